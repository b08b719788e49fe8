"""Suggestions as JSON and back. What any version stored stays readable, whatever becomes of the version."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from opprod.plans.models import Outcome
from opprod.plans.rules.suggestion import Finding, Result, Suggestion


def as_json(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as plain values for ``json``."""
    return {
        "version": suggestion.version,
        "outcome": suggestion.outcome.value,
        "because": suggestion.because,
        "findings": [{**asdict(finding), "result": finding.result.value} for finding in suggestion.findings],
        "next_up": list(suggestion.next_up),
    }


def from_json(content: Mapping[str, Any]) -> Suggestion:
    """The suggestion that ``as_json`` gave; names that it does not know are passed over."""
    return Suggestion(
        version=content["version"],
        outcome=Outcome(content["outcome"]),
        because=content["because"],
        findings=tuple(
            Finding(
                criterion=finding["criterion"],
                asks=finding["asks"],
                result=Result(finding["result"]),
                fact=finding["fact"],
                source=finding["source"],
                decisive=finding["decisive"],
            )
            for finding in content["findings"]
        ),
        next_up=tuple(content["next_up"]),
    )
