"""The demonstration programme states every fact of the Board paper, and keeps every figure as it was said."""

import csv
import re
from calendar import month_name
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from opprod.core.quantity import Qualifier, Quantity, parse
from opprod.demo import meetings, paper
from opprod.demo.measures import MEASURES
from opprod.demo.meetings import MEETINGS
from opprod.demo.projects import PROJECTS
from opprod.demo.workstreams import WORKSTREAMS

Fact = dict[str, str]

STRANDS = (*WORKSTREAMS, *PROJECTS)
VAGUENESS = {
    "(circa)": Qualifier.CIRCA,
    "(about)": Qualifier.CIRCA,
    "(at least)": Qualifier.AT_LEAST,
    "(over)": Qualifier.OVER,
    "(more than)": Qualifier.OVER,
}


def facts() -> list[Fact]:
    with (Path(__file__).parent / "source_facts.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def numbered(fact: Fact) -> str:
    return f"{fact['number']} {fact['about']}, {fact['field']}"


def figures() -> list[Fact]:
    return [fact for fact in facts() if fact["value"].isdecimal() and fact["unit"]]


def quantities_by_fact() -> dict[str, Quantity]:
    return {number: parse(measure.said, unit=measure.unit) for measure in MEASURES for number in measure.facts}


def texts_by_fact() -> dict[str, list[str]]:
    said = {f"[[{measure.key}]]": parse(measure.said, unit=measure.unit).said for measure in MEASURES}
    texts: dict[str, list[str]] = defaultdict(list)
    lines = [(line.text, line.facts) for strand in STRANDS for line in strand.report.lines]
    sections = [(section.narrative, section.facts) for section in paper.SECTIONS]
    for text, numbers in (*lines, *sections, (meetings.DIRECTORATE_PURPOSE, meetings.DIRECTORATE_FACTS)):
        for quotation, value in said.items():
            text = text.replace(quotation, value)  # noqa: PLW2901 built up
        for number in numbers:
            texts[number].append(text)
    return texts


def test_every_fact_is_stated_and_no_other_is_cited() -> None:
    cited = {
        *texts_by_fact(),
        *quantities_by_fact(),
        *(number for strand in STRANDS for number in strand.facts),
        *(number for meeting in MEETINGS for number in meeting.facts),
        *paper.HEADER_FACTS,
    }

    assert cited == {fact["number"] for fact in facts()}


@pytest.mark.parametrize("fact", figures(), ids=numbered)
def test_a_figure_is_a_measure_as_exact_or_vague_as_it_was_said(fact: Fact) -> None:
    quantity = quantities_by_fact()[fact["number"]]

    assert Decimal(fact["value"]) in {quantity.low, quantity.high}
    expected = next((found for words, found in VAGUENESS.items() if words in fact["unit"]), Qualifier.EXACT)
    assert quantity.qualifier is expected


@pytest.mark.parametrize("fact", figures(), ids=numbered)
def test_a_figure_is_quoted_where_it_is_told(fact: Fact) -> None:
    key = next(measure.key for measure in MEASURES if fact["number"] in measure.facts)
    texts = [line.text for strand in STRANDS for line in strand.report.lines if fact["number"] in line.facts]
    texts += [section.narrative for section in paper.SECTIONS if fact["number"] in section.facts]

    assert any(f"[[{key}]]" in text for text in texts)


@pytest.mark.parametrize(
    "fact", [fact for fact in facts() if re.fullmatch(r"\d{4}-\d\d", fact["value"])], ids=numbered
)
def test_a_month_is_named_where_it_is_told(fact: Fact) -> None:
    month = month_name[int(fact["value"][5:])]

    assert any(month in text for text in texts_by_fact()[fact["number"]])


@pytest.mark.parametrize("fact", [fact for fact in facts() if fact["value"] == "all"], ids=numbered)
def test_all_stps_are_the_44_there_are(fact: Fact) -> None:
    assert any("All 44 STPs" in text for text in texts_by_fact()[fact["number"]])


def test_workstreams_and_projects_have_their_names() -> None:
    names = {number: strand.name for strand in STRANDS for number in strand.facts}

    named = [fact for fact in facts() if fact["field"] == "name"]
    assert [names[fact["number"]] for fact in named] == [fact["value"] for fact in named]


def test_the_header_is_the_paper_s_own() -> None:
    header = {fact["field"]: fact["value"] for fact in facts() if fact["number"] <= "F-007"}

    assert header == {
        "to": paper.ADDRESSEE,
        "meeting date": meetings.SEPTEMBER.held_on.isoformat(),
        "agenda item": paper.AGENDA_ITEM,
        "report by": paper.AUTHOR_NAME,
        "role": paper.AUTHOR_TITLE,
        "report on": paper.REPORT_ON,
        "reference": paper.REFERENCE,
    }


@pytest.mark.parametrize(
    "name", [fact["value"] for fact in facts() if fact["field"] in {"host", "coordination body"}]
)
def test_bodies_are_named(name: str) -> None:
    assert any(name in text for texts in texts_by_fact().values() for text in texts)
