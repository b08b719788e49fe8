import pytest

from opprod.web.text import is_blank, tidy, without_unusable


def test_line_breaks_of_every_kind_become_one_kind() -> None:
    assert tidy("a\r\nb\rc\x0bd\u2028e", lines=True) == "a\nb\nc\nd\ne"


def test_one_line_of_text_has_no_line_breaks() -> None:
    assert tidy(" a\r\nb\tc ", lines=False) == "a b c"


def test_the_same_word_typed_two_ways_is_the_same_text() -> None:
    assert tidy("Cafe\u0301", lines=False) == tidy("Café", lines=False)


def test_characters_that_cannot_be_kept_are_taken_out_and_all_others_stay() -> None:
    assert without_unusable("a\x00b\x1b\u202ec") == "abc"
    kept = "tab\t, line\n, £18–20m, “quoted”, 🏥, العربية, e\u0301"
    assert without_unusable(kept) == kept


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "\u00a0\n\t"])
def test_text_that_nobody_would_see_is_blank(text: str) -> None:
    assert is_blank(text)


def test_text_that_shows_is_not_blank() -> None:
    assert not is_blank(" 0 ")
