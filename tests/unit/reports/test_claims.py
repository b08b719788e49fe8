"""Figures in people's own words: what is one, and how each is known again."""

import pytest

from opprod.reports.claims import around, find
from opprod.reports.numbers import figures_in


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("12 trusts", ["12"]),
        ("over 1,400 users, 3.5 a day", ["over 1,400", "3.5"]),
        ("£42m this year and £18–20m next", ["£42m", "£18–20m"]),
        ("£900k–1.2m, or £5m to £6m", ["£900k–1.2m", "£5m to £6m"]),
        ("a saving of -£2m, £20 million in all", ["-£2m", "£20 million"]),
        ("40%, 5–10%, 40 per cent, less than 2%", ["40%", "5–10%", "40 per cent", "less than 2%"]),
        ("c.20 jobs, ~£60m, c20, 20+ others", ["c.20", "~£60m", "c20", "20+"]),
        ("about six, up to £2m, no more than 30", ["about six", "up to £2m", "no more than 30"]),
        ("three months, 4 years and 6 months", ["three months", "4 years", "6 months"]),
        ("twenty-five trusts, forty five more", ["twenty-five", "forty five"]),
        ("Two dozen, a hundred, half a dozen", ["Two dozen", "a hundred", "half a dozen"]),
        ("two hundred and fifty thousand", ["two hundred and fifty thousand"]),
        ("Hundreds of trusts, tens of thousands of staff", ["Hundreds", "tens of thousands"]),
        ("one in five trusts, 12 of 44 STPs, 6 out of 10", ["one in five", "12 of 44", "6 out of 10"]),
        ("two thirds of them, a third of these, half the rest", ["two thirds", "a third", "half"]),
        ("more than half; cut by half", ["more than half", "by half"]),
        ("2½ years, 3/4 of it, one nurse to eight, 1:8", ["2½ years", "3/4", "eight", "1:8"]),
        ("a 12-month programme and a five-year plan", ["12-month", "five-year"]),
        ("20mg, 3 kg, 5p, 12wte", ["20mg", "3", "5p", "12wte"]),
        ("acute trusts (136), of them (12) here", ["136", "12"]),
        ("At this stage 12 have joined; this year 20 more", ["12", "20"]),
        ("more than 2000 users and 2,000 visits", ["more than 2000", "2,000"]),
        ("12 may follow in May 2016", ["12"]),
        ("two\nlines", ["two"]),
        ("٣ trusts", ["٣"]),
    ],
)
def test_what_says_how_much_or_how_many_is_a_figure(text: str, figures: list[str]) -> None:
    assert said(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "29 September 2016, 6 October, 28 and 29 July, 12 to 15 March, May 2016, July 4, 1st of May, 5 Sept.",
        "2016-09-29 and 29/9/2016 and 5.10.16",
        "at 10:30, 9am, 9.30 am and 5 p.m.",
        "2016/17, 2017-18, 17/18, 2016/2017, FY17",
        "in 2016, by 2020, up to 2018, about 2019, the 2010s",
        "BM/16/89, Regulation (EU) 2016/679, CG190, No. 10",
        "Phase 1, Q2, Part 3, section 149, Act 2010, sections 4 and 149, band 8a, year 2, month 6, version 2.1",
        "1:1 and one to one and 24/7",
        "the first, the second, the third meeting, 2nd, 21st, the twenty-first century",
        "1. First\n2) Second",
        "It is (1) new, (2) good and (3) cheap; or 4) all of it",
        "one trust and one other",
        "categories A to C, i) this and ii) that",
        "COVID19, COVID-19, HbA1c, B12, SE1 8UG, 2-pagers, a 2-pager, a two-page plan, a two-way street",
        "https://www.england.nhs.uk/2016/12/20-trusts, www.example.org/5 and 12@b.example",
        "[[pathology-44]] and [[support#2]]",
        "NHS Five Year Forward View, NHS 111, 020 3747 0000, 10.6.1",
        "the first half of 2016 and half an hour, half a day",
        "",
    ],
)
def test_what_names_dates_or_counts_off_is_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "piece", ["1,", "1.1.", "[[", "c.~", "a/", "two hundred and ", "(1) ", "x@", " ", "\n", "00 ", "12–", "£"]
)
def test_hostile_text_is_read_in_one_go(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    find(text)  # what reads it twice over for each character takes minutes
    assert around(text, 0, 1) is not None


def test_a_figure_stands_in_its_sentence() -> None:
    first, second, third = find("We met approx. 12 trusts, e.g. 3\nin  London. (Of 40.) Then none.")
    assert first.sentence == second.sentence == "We met approx. 12 trusts, e.g. 3"
    assert (third.said, third.sentence) == ("40", "(Of 40.)")
    assert around("We met  12 trusts.  Of 40.", 8, 10) == ("We met ", " trusts.")


def test_other_sentences_do_not_change_what_a_figure_is_known_by() -> None:
    (before,) = find("We met 12 trusts.")
    first, again = find("There are 40 trusts! We  met 12\ttrusts.")
    assert again.key == before.key != first.key


def test_another_figure_or_sentence_is_another_claim() -> None:
    keys = {one.key for text in ("We met 12 trusts.", "We met 13 trusts.", "We saw 12 trusts.") for one in find(text)}
    assert len(keys) == 3


def test_like_figures_of_one_sentence_are_told_apart() -> None:
    first, second = find("We met 12 trusts and 12 STPs.")
    assert first.key != second.key
    assert first.said == second.said == "12"
