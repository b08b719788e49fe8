"""Text that means harm, in every field of every form: kept as text, or refused, and never anything else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.client import HTML, Client, parsed
from tests.whole.addresses import address_of, begin_work
from tests.whole.table import ACCOUNTS, ADMINISTRATOR, ALLOWED, EXECUTIVE, rules

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "'; DROP TABLE user; --",
    "[click](javascript:alert(1)) ![x](file:///etc/passwd)",
    '=HYPERLINK("http://evil.example")',
    "\u202eright to left\u202c \u0000 nul \ufffe",
    "🏥 " + "x" * 70_000,
)
# Short enough for most fields, so that it is kept and shown again.
KEPT = "<img src=x onerror=alert(1)>{{7*7}}"
# Their passwords would be lost to the rest of the test.
LEFT_ALONE = {"accounts.sign_in", "accounts.own_account", "accounts.set_password"}


@dataclass(frozen=True)
class Form:
    address: str
    fields: dict[str, str]
    texts: tuple[str, ...]


def forms_on(page: str, address: str) -> Iterator[Form]:
    """The forms of a page that post, with what they hold, and which of their fields take text."""
    for form in parsed(page).iter(f"{HTML}form"):
        fields: dict[str, str] = {}
        texts = []
        for element in form.iter():
            name, kind = element.get("name"), element.get("type")
            if not name or kind in {"submit", "file"} or element.tag == f"{HTML}button":
                continue
            if kind in {"radio", "checkbox"}:
                if element.get("checked") is not None or name not in fields:
                    fields[name] = element.get("value") or ""
            elif element.tag == f"{HTML}select":
                options = [o.get("value") or "" for o in element.iter(f"{HTML}option")]
                fields[name] = next((value for value in options if value), "")
            elif element.tag in {f"{HTML}textarea", f"{HTML}input"}:
                fields[name] = element.text or "" if element.tag == f"{HTML}textarea" else element.get("value") or ""
                if kind not in {"hidden", "password"}:
                    texts.append(name)
        if form.get("method") == "post" and texts:
            yield Form(form.get("action") or address, fields, tuple(texts))


def _all_at_once(form: Form) -> Iterator[dict[str, str]]:
    for hostile in HOSTILE:
        yield {**form.fields, **dict.fromkeys(form.texts, hostile)}


def _one_by_one(form: Form) -> Iterator[dict[str, str]]:
    for name in form.texts:
        yield {**form.fields, name: KEPT}


def is_live(page: str) -> str | None:
    """What of the hostile text came out as more than text, if anything did."""
    for element in parsed(page).iter():
        for name, value in element.items():
            if name.startswith("on") or re.match(r"\s*(javascript|file):", value, re.IGNORECASE):
                return f"{element.tag} {name}={value}"
        if element.tag == f"{HTML}script" and "alert" in "".join(element.itertext()):
            return "a script"
        if element.tag == f"{HTML}img":
            return "an image"
    return "49 was computed" if re.search(r"\b49\$", page) else None


@pytest.mark.parametrize("letter", [EXECUTIVE, ADMINISTRATOR], ids=ACCOUNTS.get)
def test_no_field_lets_text_become_more_than_text(demo_app: Flask, letter: str) -> None:
    begin_work(demo_app)
    client: Client = demo_app.test_client()
    client.sign_in(ACCOUNTS[letter])
    pages = [
        address_of(demo_app, rule)
        for rule in rules(demo_app)
        if "GET" in (rule.methods or ()) and letter in ALLOWED[rule.endpoint] and rule.endpoint not in LEFT_ALONE
    ]
    kept = 0
    for address in pages:
        found = client.get(address)
        if found.mimetype != "text/html":
            continue
        for form in list(forms_on(found.text, address)):
            for filled in (*_all_at_once(form), *_one_by_one(form)):
                answer = client.post(form.address, data=filled)
                assert answer.status_code < 500, form.address
                if answer.mimetype == "text/html" and answer.status_code not in {302, 303}:
                    assert is_live(answer.text) is None, form.address
                kept += answer.status_code in {302, 303}
    assert kept > 0, "nothing hostile was ever kept, so nothing was shown"
    for address in pages:
        shown = client.get(address)
        if shown.mimetype == "text/html" and shown.status_code == 200:
            assert is_live(shown.text) is None, address


def test_the_check_sees_what_it_looks_for() -> None:
    page = "<!DOCTYPE html><html><head><title>x</title></head><body>{}</body></html>"
    assert is_live(page.format("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")) is None
    assert is_live(page.format("<script>alert(1)</script>"))
    assert is_live(page.format('<a href="javascript:alert(1)">x</a>'))
    assert is_live(page.format('<p onclick="x">x</p>'))
