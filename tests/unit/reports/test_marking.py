"""What stands behind the figures of a paper's free text, and which of them nothing does."""

from dataclasses import replace
from datetime import UTC, date, datetime

from opprod.reports.annex import evidence_table
from opprod.reports.blocks import Span, Table
from opprod.reports.checks import problems
from opprod.reports.claims import find
from opprod.reports.composition import PaperContent, SectionContent, compose
from opprod.reports.evidence import Provenance
from opprod.reports.facts import Claim, SectionText, StatementFacts, Wording
from opprod.reports.sections import SECTIONS
from opprod.reports.unsourced import Unsourced, unsourced
from opprod.reports.walking import spans_in
from opprod.reports.wordings import key_of
from tests.builders.papers import a_content, a_cover, a_snapshot, figure, strand_facts

AT = datetime(2016, 9, 26, 10, tzinfo=UTC)
SUPPORT = SectionText("Support offering", "", evidence_page="/papers/1/evidence")


def claim(text: str, source: str | None = "Monthly return", place: int = 0) -> Claim:
    found = find(text)[place]
    return Claim(found.key, found.said, source, "Ada Writer", AT, f"/papers/1/evidence#claim-{found.key[:16]}")


def content(narrative: str, *claims: Claim) -> PaperContent:
    text = replace(SUPPORT, narrative=narrative, claims={one.key: one for one in claims})
    snapshot = a_snapshot(figures=[figure("users", "over 1,400")])
    blocks = SECTIONS["support"].compose(snapshot, text)
    return compose(a_cover(), [SectionContent("support", text.title, blocks)], snapshot.day)


def spans(content: PaperContent) -> list[Span]:
    return [span for section in content.sections for span in spans_in(section.blocks)]


def bare(content: PaperContent) -> list[tuple[str, str]]:
    return [(one.said, one.sentence) for one in unsourced(content)]


def test_a_figure_in_free_text_is_marked_and_what_the_text_says_is_kept() -> None:
    made = content("We met **12** trusts, and *over 1,4*00 people.\n\n# Of 44\n\n- another 3\n- none")
    assert [(span.text, span.strong, span.emphasis) for span in spans(made) if span.unsourced] == [
        *[("12", True, False), ("over 1,4", False, True), ("00", False, False), ("44", False, False)],
        ("3", False, False),
    ]
    assert "".join(span.text for span in spans(made)) == "We met 12 trusts, and over 1,400 people.Of 44another 3none"
    assert bare(made) == [
        ("12", "We met 12 trusts, and over 1,400 people."),
        ("over 1,400", "We met 12 trusts, and over 1,400 people."),
        ("44", "Of 44"),
        ("3", "another 3"),
    ]
    first = unsourced(made)[0]
    about = ("We met ", " trusts, and over 1,400 people.", "support", "Support offering", None, 1)
    assert first == Unsourced(first.key, "12", *about)
    assert first.place == "Support offering, paragraph 1"
    (linked, *_) = [span for span in spans(made) if span.unsourced]
    assert linked.record == f"/papers/1/evidence#{first.anchor}"


def test_a_quoted_reading_rests_on_itself_and_a_new_one_leaves_the_figures_beside_it_settled() -> None:
    text = "There are [[users]] users in 136 trusts."
    assert bare(content(text)) == [("136", "There are over 1,400 users in 136 trusts.")]
    made = content(text, claim(text))
    assert bare(made) == []
    assert [line.evidence.kind for line in made.evidence] == ["reading", "statement"]


def test_a_settled_figure_has_its_source_and_who_gave_it() -> None:
    text = "We met 12 trusts."
    made = content(text, claim(text))
    (line,) = made.evidence
    assert (line.evidence.said, line.evidence.source) == ("12", "Monthly return")
    assert line.evidence.provenance == Provenance("Ada Writer", AT)
    assert [(span.text, span.note) for span in spans(made) if span.note] == [("12", 1)]


def test_a_figure_accepted_by_name_says_so_in_the_annex() -> None:
    text = "We met 12 trusts."
    made = content(text, claim(text, source=None))
    table = evidence_table(made.evidence)
    assert table is not None
    words = "".join(span.text for span in spans_in([table]))
    assert "No source is recorded" in words
    assert "Accepted without a source by Ada Writer on 26 September 2016" in words


def test_figures_of_a_paragraph_that_rest_on_the_same_have_one_number() -> None:
    text = "We met 12 trusts and 3 STPs, and 5 CCGs."
    made = content(text, claim(text), claim(text, place=1), claim(text, "Minutes", place=2))
    assert [(line.number, line.evidence.said) for line in made.evidence] == [(1, "12, 3"), (2, "5")]


def test_what_is_said_elsewhere_in_the_text_leaves_a_figure_settled_and_its_own_sentence_does_not() -> None:
    settled = claim("We met 12 trusts.")
    assert bare(content("Before. We met 12 trusts. After.", settled)) == []
    assert bare(content("We met 12 good trusts.", settled)) == [("12", "We met 12 good trusts.")]
    assert bare(content("We met 13 trusts.", settled)) == [("13", "We met 13 trusts.")]


def of_statement(said: str, source: str | None, wording: str | None = None) -> PaperContent:
    statement = StatementFacts("progress", said, source=source)
    strand = replace(strand_facts("Procurement", statement), id=7, provenance=Provenance("Ada Writer", AT))
    key = key_of(7, "progress", said)
    snapshot = a_snapshot(projects=[strand])
    text = SectionText("Progress", "", wordings={key: Wording(text=wording)} if wording else {})
    blocks = SECTIONS["progress"].compose(snapshot, text)
    return compose(a_cover(), [SectionContent("progress", "Progress", blocks)], snapshot.day)


def test_figures_of_a_statement_rest_on_the_source_its_author_gave() -> None:
    made = of_statement("12 items of 30 are chosen, 5 of them new.", "Project board")
    (line,) = made.evidence
    assert (line.evidence.kind, line.evidence.what) == ("statement", "Procurement, progress")
    assert (line.evidence.said, line.evidence.source) == ("12, 30, 5", "Project board")
    assert line.evidence.provenance.recorded_by == "Ada Writer"
    assert unsourced(made) == []


def test_figures_of_a_statement_without_a_source_are_marked_with_whose_it_is() -> None:
    (one,) = unsourced(of_statement("12 items are chosen.", None))
    assert one.place == "Progress, Procurement"


def test_wording_a_statement_anew_keeps_its_source_for_its_own_figures_alone() -> None:
    said = "After long talks 12 items are chosen."
    assert bare(of_statement(said, "Project board", "12 items chosen.")) == []
    assert bare(of_statement(said, "Project board", "12 items chosen, 40 to come.")) == [
        ("40", "12 items chosen, 40 to come.")
    ]


def test_a_papers_first_texts_state_no_figure() -> None:
    snapshot = a_snapshot(figures=[figure("support-starts-in"), figure("trusts-supported-at-once")])
    assert bare(a_content(snapshot, keys=SECTIONS)) == []


def test_a_figure_without_a_source_stands_in_the_way_of_approval() -> None:
    (problem,) = problems(content("We met 12 trusts.\n\nWe met 12 trusts.\n\nOf 44."))
    assert problem.text.startswith("2 figures have no source: “12”, “44”. Give each a source")
    text = "We met 12 trusts."
    assert problems(content(text, claim(text))) == []


def dated_words(**changes: object) -> list[str]:
    strand = replace(strand_facts("Procurement", StatementFacts("progress", "Done.")), **changes)  # type: ignore[arg-type]
    snapshot = replace(a_snapshot(projects=[strand]), meeting_on=date(2016, 9, 29))
    table = SECTIONS["progress"].compose(snapshot, SectionText("Progress", ""))[-1]
    assert isinstance(table, Table)
    return [block.text for block in table.rows[0].cells[0].blocks if block.kind == "note" and not block.preview_only]


def test_words_older_than_the_round_are_dated() -> None:
    july, september = date(2016, 7, 28), date(2016, 9, 29)
    assert dated_words(reported_for=july) == ["As reported for the meeting on 28 July 2016"]
    assert dated_words(reported_for=september) == []
    august = date(2016, 8, 24)
    assert dated_words(reported_for=september, unchanged_since=august) == ["No change since 24 August 2016"]
    assert dated_words(reported_for=july, unchanged_since=date(2016, 5, 26)) == [
        "As reported for the meeting on 28 July 2016"
    ]
