"""Filling in the form of an update as a browser without JavaScript would."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.client import Client, parsed


@dataclass(frozen=True)
class Made:
    """What a test begins with."""

    strand_id: int
    slug: str
    update_id: int
    staff: str
    staff_id: int
    measure_id: int

    @property
    def edit(self) -> str:
        return f"/updates/{self.update_id}/edit"

    @property
    def show(self) -> str:
        return f"/updates/{self.update_id}"


def fields_at(client: Client, path: str) -> dict[str, str]:
    """What a browser would send of the form on a page, without its buttons."""
    return fields_on(client.get(path).text)


def fields_on(page: str) -> dict[str, str]:
    sent = {}
    for element in parsed(page).iter():
        tag, name = str(element.tag).rpartition("}")[2], element.get("name")
        if not name or "__" in name:
            continue
        if tag == "textarea":
            sent[name] = element.text or ""
        elif tag == "select":
            sent[name] = next((o.get("value") or "" for o in element.iter() if o.get("selected") is not None), "")
        elif tag == "input" and (element.get("type") != "radio" or element.get("checked") is not None):
            sent[name] = element.get("value") or ""
    sent.pop("email", None)
    return sent


def row(index: int, kind: str, text: str, **more: Any) -> dict[str, Any]:
    prefix = f"statements-{index}"
    return {
        f"{prefix}-kind": kind,
        f"{prefix}-text": text,
        **{f"{prefix}-{name}": value for name, value in more.items()},
    }


def errors(page: str) -> list[str]:
    summary = re.search(r'nhsuk-error-summary__list">(.*?)</ul>', page, re.DOTALL)
    return [unescape(text) for text in re.findall(r">([^<>]+)</a>", summary.group(1))] if summary else []


def texts(page: str) -> list[str]:
    return [text for name, text in fields_on(page).items() if re.fullmatch(r"statements-\d+-text", name)]
