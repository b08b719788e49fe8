"""Word's own numbering: of paragraphs through the whole paper, and of lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from opprod.reports.docx.markup import Element, w

LEVELS = 9  # as many as Word has
PARAGRAPHS, BULLETS, NUMBERS, TABLE_BULLETS, TABLE_NUMBERS = range(1, 6)
PARAGRAPH_INDENT = 567  # twentieths of a point: 10 mm


class _Kind(NamedTuple):
    """A kind of numbering; ``style`` is the paragraph style of its first level, and the others' with a number."""

    key: int
    style: str
    bullet: bool
    indent: int
    step: int


_LISTS = (
    _Kind(BULLETS, "ListBullet", bullet=True, indent=PARAGRAPH_INDENT, step=284),
    _Kind(NUMBERS, "ListNumber", bullet=False, indent=PARAGRAPH_INDENT, step=397),
    _Kind(TABLE_BULLETS, "TableBullet", bullet=True, indent=0, step=227),
    _Kind(TABLE_NUMBERS, "TableNumber", bullet=False, indent=0, step=340),
)
STYLED_LEVELS = 3


@dataclass(slots=True)
class Numbering:
    """What numbers there are so far. ``expected`` is the one that Word would give the next paragraph."""

    root: Element
    expected: int = 1
    current: int = PARAGRAPHS
    _keys: Iterator[int] = field(default_factory=lambda: count(TABLE_NUMBERS + 1))

    @classmethod
    def begun(cls, root: Element) -> "Numbering":
        """Put the kinds of numbering in place of those that the document's template has."""
        for child in list(root):
            root.remove(child)
        root.append(_paragraphs())
        root.extend(map(_list, _LISTS))
        root.extend(w("num", w("abstractNumId", val=key), numId=key) for key in range(PARAGRAPHS, TABLE_NUMBERS + 1))
        return cls(root)

    def of_paragraph(self, number: int) -> Element:
        """What gives a paragraph its number; where that does not follow from the last, counting starts anew."""
        if number != self.expected:
            self.current = self._started(PARAGRAPHS, level=0, start=number)
        self.expected = number + 1
        return _properties(self.current, 0)

    def of_list(self, *, start: int | None, in_table: bool, level: int) -> int:
        """The key of a list's numbering; those with numbers have one each."""
        if start is None:
            return TABLE_BULLETS if in_table else BULLETS
        return self._started(TABLE_NUMBERS if in_table else NUMBERS, level=min(level, LEVELS - 1), start=start)

    def _started(self, kind: int, *, level: int, start: int) -> int:
        key = next(self._keys)
        override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
        self.root.append(w("num", w("abstractNumId", val=kind), override, numId=key))
        return key


def in_list(key: int, level: int) -> Element:
    """What makes a paragraph an item of a list."""
    return _properties(key, min(level, LEVELS - 1))


def list_style(*, numbered: bool, in_table: bool, level: int) -> str:
    """The style of a list's items; deeper ones share the last there is."""
    kind = next(kind for kind in _LISTS if kind.bullet is not numbered and (kind.indent == 0) is in_table)
    return _style(kind, level)


def indent_of(*, numbered: bool, in_table: bool, level: int) -> int:
    """Where the words of a list's items begin, in twentieths of a point."""
    kind = next(kind for kind in _LISTS if kind.bullet is not numbered and (kind.indent == 0) is in_table)
    return kind.indent + kind.step * (min(level, LEVELS - 1) + 1)


def _style(kind: _Kind, level: int) -> str:
    return kind.style if level == 0 else f"{kind.style}{min(level + 1, STYLED_LEVELS)}"


def _properties(key: int, level: int) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=key))


def _paragraphs() -> Element:
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal"),
        w("pStyle", val="NumberedParagraph"),
        w("lvlText", val="%1."),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=PARAGRAPH_INDENT, hanging=PARAGRAPH_INDENT)),
        ilvl=0,
    )
    return w(
        "abstractNum", w("nsid", val="0F9A0001"), w("multiLevelType", val="singleLevel"), level,
        abstractNumId=PARAGRAPHS,
    )  # fmt: skip


def _list(kind: _Kind) -> Element:
    return w(
        "abstractNum",
        w("nsid", val=f"0F9A000{kind.key}"),
        w("multiLevelType", val="hybridMultilevel"),
        *(_level(kind, level) for level in range(LEVELS)),
        abstractNumId=kind.key,
    )


def _level(kind: _Kind, level: int) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet" if kind.bullet else "decimal"),
        w("pStyle", val=_style(kind, level)) if level < STYLED_LEVELS else None,
        w("lvlText", val="•" if kind.bullet else f"%{level + 1}."),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=kind.indent + kind.step * (level + 1), hanging=kind.step)),
        ilvl=level,
    )
