"""Filling in the forms of a plan's record as a browser without JavaScript would."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from opprod.db import db
from opprod.plans.models import Plan
from opprod.plans.queries.recorded import PlanRecord
from tests.builders.plan_records import now
from tests.client import HTML, Client, parsed

Fields = dict[str, str | list[str]]

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }}'


def recorded(plan_id: int) -> PlanRecord:
    """What a plan says today; call it where something can be done."""
    return now(db.session.get_one(Plan, plan_id))


def form_at(client: Client, path: str) -> Fields:
    """What a browser would send of the form at an address, without its buttons."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return form_on(answer.text)


def form_on(page: str) -> Fields:
    """What a browser would send of the form on a page; boxes of one name are a list."""
    (main,) = parsed(page).iter(f"{HTML}main")
    (form,) = (form for form in main.iter(f"{HTML}form") if form.get("method") == "post")
    sent: Fields = {}
    for element in form.iter():
        name = element.get("name")
        if not name or "__" in name or name == "csrf_token":
            continue
        if element.get("type") == "checkbox":
            ticked = sent.setdefault(name, [])
            if element.get("checked") is not None and isinstance(ticked, list):
                ticked.append(element.get("value") or "")
        elif (value := _value(element)) is not None:
            sent[name] = value
    return sent


def errors(page: str) -> list[str]:
    """The messages of a refused form, in order."""
    summary = re.search(r'nhsuk-error-summary__list">(.*?)</ul>', page, re.DOTALL)
    return [unescape(text) for text in re.findall(r">([^<>]+)</(?:a|li)>", summary.group(1))] if summary else []


def _value(element: Element) -> str | None:
    match str(element.tag).removeprefix(HTML):
        case "textarea":
            return (element.text or "").removeprefix("\n")
        case "select":
            return next((o.get("value") or "" for o in element.iter() if o.get("selected") is not None), "")
        case "input" if element.get("type") != "radio" or element.get("checked") is not None:
            return element.get("value") or ""
        case _:
            return None
