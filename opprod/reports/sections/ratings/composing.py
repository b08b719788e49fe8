"""How workstreams and projects were rated over time: a chart and a table of each."""

from collections.abc import Iterator, Sequence
from datetime import date

from opprod.charts import Rated, RatingHistory, Strip
from opprod.reports.blocks import Block, Cell, Chart, Column, Heading, Paragraph, Row, Span, Table
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.ratings.facts import RatedStrand, RatingFacts, RatingsFacts
from opprod.reports.writing import narrative_blocks
from opprod.web.presenters import day as day_in_words

KEY = "ratings"

NO_RATINGS = "No workstream or project has been recorded yet."
NOT_RATED = "Not rated"
STRIPS_A_CHART = 20  # what goes on a page
# How wide a column of ratings is, by how many there are: per cent of the table, as tables want it.
SHARES = (40, 25, 20, 15, 15, 10)


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what the letters mean."""
    return (
        "Each workstream and project is rated red, amber or green. The charts and tables show how each was rated at "
        "the Board’s last meetings, and how it stands now."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the charts and tables after the narrative."""
    written = narrative_blocks(text, snapshot.figures)
    facts = snapshot.of(KEY, RatingsFacts)
    if facts is None or not (facts.workstreams or facts.projects):
        return (*written, Paragraph((Span(NO_RATINGS, emphasis=True),)))
    return (
        *written,
        *_strands("Workstreams", "Workstream", facts.workstreams, facts),
        *_strands("Projects", "Project", facts.projects, facts),
    )


def _strands(heading: str, one: str, strands: Sequence[RatedStrand], facts: RatingsFacts) -> Iterator[Block]:
    if not strands:
        return
    yield Heading((Span(heading),))
    title = f"RAG history of {heading.lower()}"
    parts = [strands[start : start + STRIPS_A_CHART] for start in range(0, len(strands), STRIPS_A_CHART)]
    for number, part in enumerate(parts, start=1):
        of_parts = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        yield Chart(_chart(f"{title}{of_parts}", part, facts))
    yield _table(title, one, strands, facts)


def _chart(title: str, strands: Sequence[RatedStrand], facts: RatingsFacts) -> RatingHistory:
    said = "; ".join(
        f"{strand.name}: {', '.join(_rated(rating).said.lower() for rating in strand.ratings)}" for strand in strands
    )
    return RatingHistory(
        title,
        f"{_and(facts.days)}. {said}. The table that follows has the same ratings.",
        tuple((f"{day.day} {day:%b}", str(day.year)) for day in facts.days),
        tuple(Strip(strand.name, tuple(map(_rated, strand.ratings))) for strand in strands),
    )


def _rated(rating: RatingFacts | None) -> Rated:
    if rating is None:
        return Rated("–", "none", NOT_RATED)
    word = rating.rag.capitalize()
    return Rated(word[0], rating.rag, word, illustrative=rating.illustrative is not None)


def _table(name: str, one: str, strands: Sequence[RatedStrand], facts: RatingsFacts) -> Table:
    share = SHARES[len(facts.days) - 1]
    columns = (Column(one, 100 - share * len(facts.days)), *(Column(day_in_words(day), share) for day in facts.days))
    return Table(name, columns, tuple(map(_row, strands)))


def _row(strand: RatedStrand) -> Row:
    return Row((_cell(Span(strand.name)), *(_cell(_span(rating)) for rating in strand.ratings)))


def _span(rating: RatingFacts | None) -> Span:
    if rating is None:
        return Span(NOT_RATED, emphasis=True)
    return Span(rating.rag.capitalize(), illustrative=rating.illustrative)


def _cell(span: Span) -> Cell:
    return Cell((Paragraph((span,)),))


def _and(days: Sequence[date]) -> str:
    *before, last = map(day_in_words, days)
    return f"{', '.join(before)} and {last}" if before else last
