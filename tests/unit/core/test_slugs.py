"""Names that stand in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.core.slugs import LENGTH, is_slug, slug_of, unused_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pathology consolidation", "pathology-consolidation"),
        ("Hospital Pharmacy & Medicines", "hospital-pharmacy-and-medicines"),
        ("  The directorate’s own – 2016/17 ", "the-directorates-own-2016-17"),
        ("Café réunion", "cafe-reunion"),
        ("…", ""),
        ("a" * 100, "a" * LENGTH),
        (" ".join(["word"] * 30), "-".join(["word"] * 12)),
    ],
)
def test_a_name_makes_a_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(name=st.text(max_size=200), taken=st.sets(st.sampled_from(["a", "b", "other", "new", "a-2"]), max_size=5))
def test_whatever_the_name_the_slug_is_one_and_free(name: str, taken: set[str]) -> None:
    slug = unused_slug(name, taken=taken, otherwise="other")
    assert is_slug(slug)
    assert slug not in taken


def test_names_alike_are_told_apart_by_a_number() -> None:
    assert unused_slug("Estates", taken={"estates"}, otherwise="project") == "estates-2"
    assert unused_slug("Estates", taken={"estates", "estates-2"}, otherwise="project") == "estates-3"
    long = "a" * LENGTH
    assert unused_slug(long, taken={long}, otherwise="project") == "a" * (LENGTH - 2) + "-2"


def test_a_page_s_own_name_is_no_slug() -> None:
    assert not is_slug("new")
    assert unused_slug("New", taken=set(), otherwise="project") == "new-2"


@pytest.mark.parametrize("text", ["", "Capital", "two words", "-edge", "edge-", "two--hyphens", "é", "a" * 61, "a/b"])
def test_what_is_no_slug(text: str) -> None:
    assert not is_slug(text)
