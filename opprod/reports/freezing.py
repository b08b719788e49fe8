"""A paper's content as text that never changes, and back: what is stored, hashed and attached."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar, get_args

from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from opprod.charts import PaperChart
from opprod.reports.blocks import Block
from opprod.reports.composition import PaperContent

FORMAT = "opprod-paper/1"

Frozen = TypeVar("Frozen")


def frozen(value: Any) -> str:
    """The value, made of frozen dataclasses, as JSON; equal values give equal text."""
    return json.dumps(_converter.unstructure(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(text: str, kind: type[Frozen]) -> Frozen:
    """The value that ``frozen`` made the text of."""
    return _converter.structure(json.loads(text), kind)


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def but_for_approvals(text: str) -> Any:
    """What a frozen paper says but for which updates were approved, by whom and when: equal where no more differs."""
    return _pruned(json.loads(text))


def attachment(content: PaperContent) -> bytes:
    """What a PDF of the paper carries for machines: its content, and the format that is in."""
    return f'{{"content":{frozen(content)},"format":"{FORMAT}"}}\n'.encode()


def _pruned(value: Any) -> Any:
    match value:
        case dict():
            return {key: _pruned(part) for key, part in value.items() if key not in {"approved_by", "approved_at"}}
        case list():
            return [
                _pruned(part) for part in value if not (isinstance(part, dict) and part.get("about") == "unapproved")
            ]
        case _:
            return value


def _make_converter() -> Converter:
    made = Converter(omit_if_default=True, forbid_extra_keys=True)
    for kind in (date, datetime):
        made.register_unstructure_hook(kind, kind.isoformat)
        made.register_structure_hook(kind, partial(_from_iso, kind))
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda value, _kind: Decimal(value))
    made.register_unstructure_hook(datetime, datetime.isoformat)
    for kinds in (PaperChart, Block):
        configure_tagged_union(kinds, made, tag_name="kind", tag_generator=_tag)
    return made


def _from_iso(kind: Any, value: str, _kind: Any) -> Any:
    return kind.fromisoformat(value)


def _tag(kind: Any) -> str:
    tag: str = kind.__dataclass_fields__["kind"].default
    return tag


for _kinds in (Block, PaperChart):
    assert len({_tag(kind) for kind in get_args(_kinds)}) == len(get_args(_kinds))  # noqa: S101 each has its own

_converter = _make_converter()
