"""STPs' plans one by one, each as a table of what is known of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from opprod.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Item,
    Label,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
)
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.plan_details.facts import Deliverable, PlanDetail, PlanDetailsFacts
from opprod.reports.standing import SavingStanding
from opprod.reports.tables import CHARACTERS_ACROSS, in_parts
from opprod.reports.writing import narrative_blocks
from opprod.web.presenters import day as day_in_words

KEY = "plan-details"
COLUMNS = (Column("Service", 20), Column("What is recorded", 80))
DELIVERABLES_SHOWN = 20
NO_PLANS = "No plan has been recorded yet."
PLANNED = "Planned"

Blocks = tuple[Block, ...]


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what is told of each plan."""
    return (
        "This section takes the STPs’ plans one by one, by region. For each it gives the category and what that "
        "rests on, what the plan says, and what is missing from it."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the plans after the narrative, under their regions."""
    written = narrative_blocks(text, snapshot.figures)
    facts = snapshot.of(KEY, PlanDetailsFacts)
    if facts is None or not facts.plans:
        return (*written, Paragraph((Span(NO_PLANS, emphasis=True),)))
    left_out = f"{facts.more:,} more plans are left out here. They are on the pages of plans."
    return (*written, *_regions(facts.plans), *((Note("left-out", left_out),) if facts.more else ()))


def _regions(plans: Sequence[PlanDetail]) -> Iterator[Block]:
    for region, of_region in groupby(plans, key=lambda plan: plan.region):
        yield Heading((Span(region),))
        for stp, of_stp in groupby(of_region, key=lambda plan: plan.stp):
            yield Heading((Span(stp),), 2)
            yield Table(f"Plans of {stp}", COLUMNS, tuple(row for plan in of_stp for row in _rows(plan)))


def _rows(plan: PlanDetail) -> Iterator[Row]:
    for name, blocks in _told(plan):
        for number, part in enumerate(in_parts(blocks, CHARACTERS_ACROSS * COLUMNS[1].share // 100)):
            heading = replace(name, text=f"{name.text}, continued") if number else name
            yield Row((Cell((Paragraph((heading,)),)), Cell(part)), continued=number > 0)


def _told(plan: PlanDetail) -> Iterator[tuple[Span, Blocks]]:
    yield Span(plan.service, record=plan.record, illustrative=plan.illustrative), tuple(_category(plan))
    yield Span(f"{plan.service}: the plan"), (_submission(plan), *_taking_part(plan), *_deliverables(plan))
    yield Span(f"{plan.service}: money"), tuple(_money(plan))


def _category(plan: PlanDetail) -> Iterator[Block]:
    since = f", since {day_in_words(plan.since)}" if plan.since else ""
    yield Paragraph((Span(plan.category, strong=True), Span(since)))
    if plan.reasons:
        yield Bullets(tuple(Item((_said(f"{one.by}: {one.said}"),)) for one in plan.reasons))


def _submission(plan: PlanDetail) -> Paragraph:
    missing = f", without: {'; '.join(_lower(name) for name in plan.missing)}" if plan.missing else ""
    scope = f" For {', '.join(plan.functions)}." if plan.functions else " No scope is recorded."
    return _said(f"{plan.submission}{missing}.{scope}")


def _taking_part(plan: PlanDetail) -> Iterator[Block]:
    if plan.trusts:
        yield _said(f"Taking part: {'; '.join(plan.trusts)}{f'; {plan.others}' if plan.others else ''}")
    else:
        yield _said(f"Taking part: {plan.others}; no trust is recorded" if plan.others else "No trust is recorded")


def _deliverables(plan: PlanDetail) -> Iterator[Block]:
    if not plan.deliverables:
        yield _said("No deliverable is recorded")
        return
    yield Label("Deliverables")
    yield Bullets(tuple(_deliverable(one, plan) for one in plan.deliverables[:DELIVERABLES_SHOWN]))
    if more := len(plan.deliverables[DELIVERABLES_SHOWN:]):
        yield Paragraph((Span(f"{more} more", emphasis=True),))


def _deliverable(one: Deliverable, plan: PlanDetail) -> Item:
    due = day_in_words(one.due_on) if one.due_on else "no date"
    state = "" if one.state == PLANNED else f", {one.state.lower()}"
    return Item((_said(f"{one.text} ({due}{state})"),), illustrative=_beside(plan, one.illustrative))


def _money(plan: PlanDetail) -> Iterator[Block]:
    """What it saves by year, what it costs and when that is repaid, each on one line."""
    saved = [
        Span(f"{one.year}, {one.kind.lower()}: {one.said}{_cash(one)}", illustrative=_beside(plan, one.illustrative))
        for one in plan.savings
    ]
    if not saved and not plan.figures:
        yield _said("No saving and no investment is recorded")
        return
    yield Paragraph(_listed(saved)) if saved else _said("No saving is recorded")
    costs = [Span(f"{one.name}: {one.said}", illustrative=_beside(plan, one.illustrative)) for one in plan.figures]
    yield Paragraph(_listed(costs)) if costs else _said("No investment is recorded")
    if plan.payback:
        yield _said(f"Payback: {_lower(plan.payback)}")


def _cash(saving: SavingStanding) -> str:
    return "" if saving.said == saving.cash else f" (releasing cash: {_lower(saving.cash)})"


def _listed(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Runs of words with semicolons between them."""
    return tuple(part for place, span in enumerate(spans) for part in ((Span("; "), span) if place else (span,)))


def _beside(plan: PlanDetail, note: str | None) -> str | None:
    """What of a part is invented, where the plan's heading does not say already that it is."""
    return None if plan.illustrative else note


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _said(words: str) -> Paragraph:
    return Paragraph((Span(words),))
