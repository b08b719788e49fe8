"""What we said we would do, composed from what became of each next step of the last paper."""

from collections.abc import Iterator

from opprod.reports.answers import AnsweredPromise, day_in_words, outcome_in_words, slips_in_words
from opprod.reports.blocks import Block, BoardOnly, Cell, Column, Heading, Note, Paragraph, Row, Span, Spans, Table
from opprod.reports.evidence import Evidence
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.marking import Ground, marked
from opprod.reports.sections.promises.facts import PromisesFacts
from opprod.reports.writing import narrative_blocks

KEY = "promises"

COLUMNS = (
    Column("Workstream or project", 20),
    Column("What we said", 30),
    Column("What became of it", 30),
    Column("How often it slipped", 20),
)
FIRST_PAPER = "This is the first paper to the Board on this matter, so there is nothing yet to answer for."
UNANSWERED = Note("unanswered", "The paper cannot be issued until this is answered.", preview_only=True)


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what the Board can rely on; it holds for a first paper too."""
    return (
        "In each paper we tell the Board what we will do next. In the paper after it we say, for every one of these "
        "next steps, whether it was achieved, achieved in part, slipped, was dropped or continues."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the table after the narrative; what the Board alone was told of stays with the Board alone."""
    written = narrative_blocks(text, snapshot.figures)
    facts = snapshot.of(KEY, PromisesFacts)
    if facts is None:
        return (*written, Paragraph((Span(FIRST_PAPER),), numbered=True))
    return (*written, _lead_in(facts), *_tables(facts, text))


def _lead_in(facts: PromisesFacts) -> Paragraph:
    had = (
        Span("The Board last had a paper on this matter for its meeting on "),
        Span(f"{day_in_words(facts.meeting_on)} ({facts.reference})", illustrative=facts.illustrative),
    )
    if not facts.promises:
        return Paragraph((*had, Span(". It stated no next steps.")), numbered=True)
    return Paragraph((*had, Span(". The table answers for each next step it stated.")), numbered=True)


def _tables(facts: PromisesFacts, text: SectionText) -> Iterator[Block]:
    shared = [_row(one, facts, text) for one in facts.promises if one.public]
    withheld = [_row(one, facts, text) for one in facts.promises if not one.public]
    if shared:
        yield Table("What became of the next steps of the last paper", COLUMNS, tuple(shared))
    if withheld:
        table = Table("What became of next steps told to the Board alone", COLUMNS, tuple(withheld))
        yield BoardOnly((Heading((Span("Next steps told to the Board alone"),)), table))


def _row(answered: AnsweredPromise, facts: PromisesFacts, text: SectionText) -> Row:
    said = answered.promise
    whose = f"{said.owner}, by {day_in_words(said.due_on)}"
    cells = (
        (Paragraph((Span(said.strand),)),),
        (
            Paragraph(_words(answered, facts, text)),
            Paragraph((Span(whose, emphasis=True),)),
        ),
        tuple(_outcome(answered, text)),
        (Paragraph((Span(slips_in_words(answered)),)),),
    )
    return Row(tuple(map(Cell, cells)), promise=answered.still_promised)


def _words(answered: AnsweredPromise, facts: PromisesFacts, text: SectionText) -> Spans:
    """What was promised; its figures rest on the paper that stated it."""
    said = answered.promise
    what = f"{said.strand}, next step stated to the Board"
    source = f"Board paper {facts.reference} of {day_in_words(facts.meeting_on)}"
    evidence = Evidence(f"promise:{said.next_step_id}", "statement", what, "", source=source, record=answered.record)
    spans = (Span(said.text, illustrative=said.illustrative, record=answered.record),)
    return marked(spans, text, what=what, ground=Ground.of(evidence, said.text))


def _outcome(answered: AnsweredPromise, text: SectionText) -> Iterator[Block]:
    outcome, words = answered.outcome, outcome_in_words(answered)
    if outcome is None:
        yield Paragraph((Span(words, emphasis=True),))
        yield UNANSWERED
        return
    on = " on" if outcome.closes else ", as at"
    since = Span(f"{on} {day_in_words(outcome.effective_on)}", illustrative=outcome.illustrative)
    yield Paragraph((Span(words, strong=True), since))
    if outcome.note:
        what = f"{answered.promise.strand}, what became of a next step"
        lines = [line for line in outcome.note.splitlines() if line.strip()]
        yield from (Paragraph(marked((Span(line),), text, what=what)) for line in lines)
    if not (outcome.closes or outcome.slipped) and answered.due_on > answered.promise.due_on:
        yield Paragraph((Span(f"Now due {day_in_words(answered.due_on)}"),))
