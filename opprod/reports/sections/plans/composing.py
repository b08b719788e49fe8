"""STPs' consolidation plans: their categories, what moved, the largest near-term gains and what is not yet known."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from opprod.charts import Series, StackedBar, StackedBars
from opprod.reports.blocks import Block, Bullets, Cell, Chart, Column, Heading, Item, Paragraph, Row, Span, Table
from opprod.reports.evidence import Evidence
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.plans import resting
from opprod.reports.sections.plans.facts import PlanCount, PlanGain, PlanMove, PlanMoves, PlansFacts, PlanUnknowns
from opprod.reports.sections.plans.savings import savings_blocks
from opprod.reports.writing import narrative_blocks

KEY = "plans"

NO_PLANS = "No plan has been recorded yet."
MOVE_COLUMNS = (Column("From", 15), Column("To", 15), Column("Plans", 10), Column("Which", 60))
NAMES_IN_A_ROW = 15  # a row is never broken, so one of many names goes on in further rows
GAIN_COLUMNS = (
    Column("STP", 35),
    Column("Saving a year", 20),
    Column("First saving in", 20),
    Column("Payback on investment", 25),
)
UNKNOWN_COLUMNS = (Column("Service", 20), Column("Plans", 10), Column("Not yet known", 70))


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what the plans are, how they are triaged and what the tables show."""
    return (
        "Sustainability and transformation plans (STPs) say how health economies will consolidate services such as "
        "pathology and back office. The regional teams sort these plans into categories, and the centre "
        "moderates them: A has good plans and deliverables in this year and next; B needs support or brokered "
        "partnerships to improve ambition, scale and timelines; C has no plan and needs intensive challenge and "
        "support.\n\n"
        "The tables show how the plans stand, what has moved since the Board last met, where the largest gains can "
        "soonest be had, and what is not yet known."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the tables after the narrative."""
    written = narrative_blocks(text, snapshot.figures)
    plans = snapshot.of(KEY, PlansFacts)
    if plans is None or not plans.counts:
        return (*written, _remark(NO_PLANS))
    return (
        *written,
        *_categories(plans),
        *_moves(plans.moves),
        *savings_blocks(plans.savings, plans.ledgers),
        *_rest(plans),
    )


def _categories(plans: PlansFacts) -> Iterator[Block]:
    columns = (Column("Region", 25), *(Column(heading, 15) for heading in (*plans.standings, "All")))
    yield _heading("Categories of plans by region")
    for service, of_service in groupby(plans.counts, key=lambda count: count.service):
        found = list(of_service)
        standing = [count for count in found if count.standing is not None]
        regions = [
            _count_row(region, list(of_region), plans, service)
            for region, of_region in groupby(standing, key=lambda count: count.region)
        ]
        total = [_count_row("All regions", standing, plans, service)] if len(regions) > 1 else []
        yield _heading(service, level=2)
        if regions:
            yield _categories_chart(service, standing, plans.standings)
            yield Table(f"{service} plans by region and category", columns, (*regions, *total))
        withdrawn = sum(count.plans for count in found) - sum(count.plans for count in standing)
        if withdrawn:
            yield _remark(
                f"{_plans(withdrawn)} withdrawn, and left out.", _note(count.illustrative for count in found)
            )


def _categories_chart(service: str, counts: Sequence[PlanCount], standings: Sequence[str]) -> Chart:
    bars = tuple(
        StackedBar(
            region,
            tuple(sum(count.plans for count in found if count.standing == standing) for standing in standings),
            illustrative=any(count.illustrative for count in found),
        )
        for region, found in ((region, list(found)) for region, found in groupby(counts, key=lambda one: one.region))
    )
    said = "; ".join(
        f"{bar.label}: {', '.join(f'{n} {standing}' for n, standing in zip(bar.counts, standings, strict=True))}"
        for bar in bars
    )
    return Chart(
        StackedBars(
            f"{service} plans by region and category",
            f"{said}. The table that follows has the same numbers.",
            tuple(Series(standing, standing[:1]) for standing in standings),
            bars,
        )
    )


def _count_row(name: str, counts: Sequence[PlanCount], plans: PlansFacts, service: str) -> Row:
    sums = [sum(count.plans for count in counts if count.standing == standing) for standing in plans.standings]
    note = _note(count.illustrative for count in counts)
    evidence = next((resting.categories(one) for one in plans.categories if one.service == service), None)
    return _row(Span(name, illustrative=note, evidence=evidence), *map(str, sums), str(sum(sums)))


def _moves(moves: PlanMoves | None) -> Iterator[Block]:
    if moves is None:
        yield _heading("Movement since the last meeting")
        yield _remark("No earlier meeting of the Board is recorded.")
        return
    day = f"{moves.since.day} {moves.since:%B %Y}"
    yield _heading(f"Movement since the meeting on {day}")
    if not moves.moves:
        yield _remark("No plan stands elsewhere than it did.")
        return
    evidence = resting.moves(moves)
    rows = tuple(row for move in moves.moves for row in _move(move, evidence))
    yield Table(f"Plans that moved since {day}", MOVE_COLUMNS, rows)


def _move(move: PlanMove, evidence: Evidence) -> Iterator[Row]:
    items = [Item((Paragraph((Span(plan.name),)),), illustrative=plan.illustrative) for plan in move.named]
    if more := move.plans - len(items):
        items.append(Item((Paragraph((Span(f"{more} more" if items else _plans(more)),)),)))
    for start in range(0, len(items), NAMES_IN_A_ROW):
        names = Cell((Bullets(tuple(items[start : start + NAMES_IN_A_ROW])),))
        if start:
            yield Row((*_row(Span(f"{move.before}, continued"), "", "").cells, names), continued=True)
        else:
            heading = Span(move.before, illustrative=move.illustrative, evidence=evidence)
            yield Row((*_row(heading, move.after, str(move.plans)).cells, names))


def _rest(plans: PlansFacts) -> Iterator[Block]:
    yield _heading("Largest near-term gains")
    yield Paragraph((Span(_basis(plans.counting)),))
    if not plans.gains:
        yield _remark("No plan states a saving that can be ranked.")
    for service, of_service in groupby(plans.gains, key=lambda gain: gain.service):
        yield _heading(service, level=2)
        yield Table(f"Largest near-term gains in {service}", GAIN_COLUMNS, tuple(map(_gain, of_service)))
    yield _heading("What is not yet known")
    yield Table("What is not yet known", UNKNOWN_COLUMNS, tuple(map(_unknown, plans.unknowns)))


def _basis(counting: Iterable[tuple[str, str]]) -> str:
    """What the gains are ranked by, and which functions count."""
    functions = "; ".join(f"for {service}, {names}" for service, names in counting)
    return (
        "Plans are ranked by the low end of the cash they expect to release a year, divided by the months to the end "
        f"of the first year in which they release any. Counted are: {functions}."
    )


def _gain(gain: PlanGain) -> Row:
    heading = Span(gain.stp, illustrative=gain.illustrative, evidence=resting.gain(gain))
    return _row(heading, gain.yearly, gain.first, gain.payback)


def _unknown(found: PlanUnknowns) -> Row:
    items = tuple(Item((Paragraph((Span(words),)),)) for words in found.unknown)
    unknown: Block = Bullets(items) if items else _remark("All that is looked for is recorded.")
    return Row(
        (
            Cell((Paragraph((Span(found.service, illustrative=found.illustrative),)),)),
            Cell((Paragraph((Span(str(found.plans)),)),)),
            Cell((unknown,)),
        )
    )


def _row(heading: Span, *cells: str) -> Row:
    return Row(tuple(Cell((Paragraph((span,)),) if span.text else ()) for span in (heading, *map(Span, cells))))


def _heading(words: str, *, level: int = 1) -> Heading:
    return Heading((Span(words),), level)


def _remark(words: str, note: str | None = None) -> Paragraph:
    return Paragraph((Span(words, emphasis=True, illustrative=note),))


def _plans(count: int) -> str:
    return "1 plan" if count == 1 else f"{count} plans"


def _note(notes: Iterable[str | None]) -> str | None:
    return next((note for note in notes if note), None)
