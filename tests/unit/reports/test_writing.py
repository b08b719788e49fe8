"""From Markdown and plain text to blocks."""

from unittest.mock import ANY

import pytest

from opprod.reports.blocks import Block, Bullets, Heading, Item, Paragraph, Span
from opprod.reports.facts import SectionText, StatementFacts
from opprod.reports.writing import markdown_blocks, plain_spans, statement_list
from tests.builders.papers import figure, strand_facts

NO_CHANGES = SectionText("Establishment", "")


def blocks(text: str) -> tuple[Block, ...]:
    return markdown_blocks(text, {}, numbered=False)


def paragraph(*spans: Span | str) -> Paragraph:
    return Paragraph(tuple(Span(span) if isinstance(span, str) else span for span in spans))


def test_blank_lines_part_paragraphs_and_single_line_breaks_do_not() -> None:
    assert blocks("One\nline.\n\nAnother.") == (paragraph("One", " ", "line."), paragraph("Another."))
    assert blocks("Two  \nlines.") == (paragraph("Two", "\n", "lines."),)


def test_emphasis_and_links_become_spans() -> None:
    (found,) = blocks("A **bold *word***, [a link](https://example.org/a?b=1&c) and the end.")
    assert found == paragraph(
        "A ",
        Span("bold ", strong=True),
        Span("word", strong=True, emphasis=True),
        ", ",
        Span("a link", href="https://example.org/a?b=1&c"),
        " and the end.",
    )


def test_only_paragraphs_outside_lists_are_numbered() -> None:
    found = markdown_blocks("First:\n\n- one\n\n- two\n\nLast.", {}, numbered=True)
    first, bullets, last = found
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert first.numbered
    assert last.numbered
    assert bullets == Bullets((Item((paragraph("one"),)), Item((paragraph("two"),))))


def test_lists_within_lists_keep_their_depth_and_their_numbers() -> None:
    outer, apart = blocks("- outer\n    1. inner\n    2. next\n\n3. apart")
    inner = Bullets((Item((paragraph("inner"),)), Item((paragraph("next"),))), start=1)
    assert outer == Bullets((Item((paragraph("outer"), inner)),))
    assert apart == Bullets((Item((paragraph("apart"),)),), start=3)


def test_headings_have_two_levels_and_become_bold_within_lists() -> None:
    assert blocks("# Big\n\n###### Small") == (Heading((Span("Big"),)), Heading((Span("Small"),), level=2))
    assert blocks("- # Big") == (Bullets((Item((paragraph(Span("Big", strong=True)),)),)),)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[press](javascript:alert(1))",
        "![image](https://example.org/x.png)",
        "<img src=x onerror=alert(1)>",
        "[press](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_what_is_no_markdown_of_ours_stays_text(hostile: str) -> None:
    (found,) = blocks(hostile)
    assert isinstance(found, Paragraph)
    assert all(span.href is None or span.href.startswith("https:") for span in found.spans)
    assert "<" not in hostile or "".join(span.text for span in found.spans) == hostile


def test_lists_nested_without_end_do_not_break_it() -> None:
    assert blocks("\n".join(f"{' ' * 4 * depth}- x" for depth in range(500)))


def test_a_quotation_becomes_what_was_said_in_markdown_and_in_plain_text() -> None:
    figures = {"users": figure("users", "over 1,400", illustrative="the value"), "later": figure("later", None)}

    (found,) = markdown_blocks("There are **[[ Users ]] users**.", figures, numbered=False)
    assert found == paragraph(
        "There are ",
        Span("over 1,400", strong=True, measure="users", illustrative="the value", evidence=ANY),
        Span(" users", strong=True),
        ".",
    )
    assert plain_spans("[[later]], [[nobody]]", figures) == (
        Span("[no reading yet]", measure="later"),
        Span(", "),
        Span("[[nobody]]"),
    )


def test_a_figure_that_looks_like_markdown_is_text() -> None:
    (found,) = markdown_blocks("[[odd]]", {"odd": figure("odd", "*12* # <b>")}, numbered=False)
    assert found == paragraph(Span("*12* # <b>", measure="odd", evidence=ANY))


def test_statements_are_not_markdown_and_keep_their_lines() -> None:
    statement = StatementFacts(
        "progress", "We ask who:\na) *has* plans", illustrative="the whole", outcome="Achieved"
    )
    (found,) = statement_list(strand_facts("HR", statement), "progress", text=NO_CHANGES)
    assert found == Bullets(
        (
            Item(
                (paragraph("We ask who:", "\n", "a) *has* plans"),),
                outcome="Achieved",
                illustrative="the whole",
            ),
        )
    )
    assert statement_list(strand_facts("HR", statement), "achievement", text=NO_CHANGES) == ()
