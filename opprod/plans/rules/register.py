"""The versions of the rules. A change is a new version with a package of its own; an old one is never touched."""

from datetime import date

from opprod.plans.rules import v1
from opprod.plans.rules.facts import PlanFacts
from opprod.plans.rules.ruleset import RuleSet
from opprod.plans.rules.suggestion import Suggestion

RULE_SETS: tuple[RuleSet, ...] = (v1.RULES,)
"""Oldest first."""


def in_force(day: date) -> RuleSet:
    """The version in force on a day; the first for any day before there were rules."""
    return next((rules for rules in reversed(RULE_SETS) if rules.in_force_from <= day), RULE_SETS[0])


def rule_set(version: int) -> RuleSet:
    """A version by its number; raises ``LookupError`` for one that there never was."""
    for rules in RULE_SETS:
        if rules.version == version:
            return rules
    raise LookupError(f"There is no version {version} of the rules.")


def suggest(facts: PlanFacts, *, version: int | None = None) -> Suggestion:
    """What the rules make of a plan's facts: by the version in force on the facts' day, unless another is given."""
    return (in_force(facts.day) if version is None else rule_set(version)).suggest(facts)
