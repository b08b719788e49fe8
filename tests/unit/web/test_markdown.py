import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.web.markdown import markdown

ALLOWED = re.compile(
    r"</?(p|br|em|strong|ul|ol|li|h3|h4)>|<ol start=\"\d+\">|<a href=\"(https|mailto):[^\"]*\" rel=\"noopener\">|</a>"
)


def test_paragraphs_emphasis_lists_and_links_are_drawn() -> None:
    assert markdown("One *two* **three**\n\n- a\n- b") == (
        "<p>One <em>two</em> <strong>three</strong></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )
    assert '<a href="https://example.org/a?b=1" rel="noopener">plan</a>' in markdown(
        "[plan](https://example.org/a?b=1)"
    )
    assert 'href="mailto:a@example.org"' in markdown("[write](mailto:a@example.org)")


def test_headings_are_small_ones_whatever_was_typed() -> None:
    assert markdown("# Aim\n\n###### Detail") == "<h3>Aim</h3>\n<h4>Detail</h4>\n"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](http://example.org)",
        "[x](//example.org)",
        "[x](/sign-out)",
        "![x](https://example.org/pixel.png)",
        "<https://example.org>",
        '[x](https://example.org "title\\" onclick=alert(1)")',
        "[a]: javascript:alert(1)\n\n[a]",
        "`code` ~~~\n<b>\n~~~",
        "<svg/onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "| a |\n|---|\n| <b>1</b> |",
    ],
)
def test_hostile_text_gives_none_but_the_few_harmless_tags(hostile: str) -> None:
    assert "<" not in ALLOWED.sub("", markdown(hostile))


@given(st.text(alphabet=st.sampled_from("<>[](){}\"'&;:/#*_-!`~\\ \nabjpx1"), max_size=200))
def test_no_text_at_all_gives_any_other_tag(text: str) -> None:
    assert "<" not in ALLOWED.sub("", markdown(text))


def test_quotes_and_lists_without_end_are_drawn_without_end_of_stack() -> None:
    deep = "".join(f"{'  ' * depth}- x\n" for depth in range(500))
    assert markdown(deep).count("<ul>") < 20
    markdown("*" * 20_000)
    markdown("[" * 20_000)
