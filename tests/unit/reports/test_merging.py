"""Putting together what two people made of one text."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.reports.merging import Overlap, Passage, changed, merged, merged_line

# Few different paragraphs, so that the same one often stands in several places.
texts = st.lists(st.sampled_from("ABCDEF"), max_size=7).map("\n\n".join)


def text(words: str) -> str:
    """A text in which each word is a paragraph."""
    return "\n\n".join(words.split())


BASE = text("A B C D")


def paragraphs(of: str) -> Counter[str]:
    return Counter(of.split("\n\n")) if of else Counter()


@pytest.mark.parametrize(
    ("mine", "theirs", "together", "taken"),
    [
        # Different paragraphs, apart and side by side.
        ("A! B C D", "A B C D!", "A! B C D!", Passage("D", "D!")),
        ("A B! C D", "A B C! D", "A B! C! D", Passage("C", "C!")),
        # One adds where the other changes or takes out.
        ("E A B C D", "A! B C D", "E A! B C D", Passage("A", "A!")),
        ("A B C D E", "A B C", "A B C E", Passage("D", "")),
        ("A B C", "A B C D E", "A B C E", Passage("", "E")),
        # Both do the same, and one of them more.
        ("A! B C", "A! B C D", "A! B C", None),
    ],
)
def test_changes_of_different_paragraphs_go_together(
    mine: str, theirs: str, together: str, taken: Passage | None
) -> None:
    found = merged(BASE, text(mine), text(theirs))
    assert (found.overlaps, found.text) == ((), text(together))
    assert found.taken == ((taken,) if taken else ())


@pytest.mark.parametrize(
    ("mine", "theirs", "overlap", "both"),
    [
        ("A! B C D", "A? B C D", Overlap("A!", "A?"), "A? A! B C D"),
        ("B C D", "A? B C D", Overlap("", "A?"), "A? B C D"),
        ("A B C D E", "A B C D F", Overlap("E", "F"), "A B C D F E"),
        ("A! B! C D", "A B? C? D", Overlap("B!", "B?"), "A! B? B! C? D"),
        ("A B! C D", "A D", Overlap(text("B! C"), ""), "A B! C D"),
    ],
)
def test_changes_of_one_place_are_kept_apart_and_both_are_in_the_text(
    mine: str, theirs: str, overlap: Overlap, both: str
) -> None:
    found = merged(BASE, text(mine), text(theirs))
    assert (found.overlaps, found.text) == ((overlap,), text(both))


def test_what_changed_is_told_passage_by_passage() -> None:
    assert changed(BASE, text("A B! C E")) == (Passage("B", "B!"), Passage("D", "E"))
    assert changed(BASE, BASE) == ()


def test_a_line_is_whole_one_s_or_the_others() -> None:
    assert merged_line("Title", "Mine", "Title") == "Mine"
    assert merged_line("Title", "Title", "Theirs") == "Theirs"
    assert merged_line("Title", "Same", "Same") == "Same"
    assert merged_line("Title", "Mine", "Theirs") == Overlap("Mine", "Theirs")


@given(st.text(), st.text())
def test_what_one_alone_changed_is_exactly_theirs_and_the_same_is_taken_once(base: str, other: str) -> None:
    for found in (merged(base, other, base), merged(base, base, other), merged(base, other, other)):
        assert (found.pieces, found.overlaps) == ((other,), ())


@given(texts, texts, texts)
def test_whatever_either_added_is_in_the_text(base: str, mine: str, theirs: str) -> None:
    found = paragraphs(merged(base, mine, theirs).text)
    for side in (mine, theirs):
        added = paragraphs(side) - paragraphs(base)
        assert found >= added


@given(texts, texts, texts)
def test_it_does_not_matter_who_is_first(base: str, mine: str, theirs: str) -> None:
    one, other = merged(base, mine, theirs), merged(base, theirs, mine)
    assert len(one.overlaps) == len(other.overlaps)
    assert [(piece.theirs, piece.mine) if isinstance(piece, Overlap) else piece for piece in one.pieces] == [
        (piece.mine, piece.theirs) if isinstance(piece, Overlap) else piece for piece in other.pieces
    ]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=8))
def test_changes_of_disjoint_paragraphs_are_all_made_and_none_else(who: list[int]) -> None:
    def made(*changed_by: int) -> str:
        return "\n\n".join(f"P{n}{'!' if one in changed_by else ''}" for n, one in enumerate(who))

    found = merged(made(), made(1), made(2))
    assert (found.overlaps, found.text) == ((), made(1, 2))
