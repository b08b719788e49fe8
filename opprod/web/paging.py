"""Lists in pages, at two statements a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from flask import request
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.exceptions import NotFound

T = TypeVar("T")
AnySession: TypeAlias = Session | scoped_session[Any]

SIZE = 50
PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Return one page of a list: its items, its number from 1, the items to a page and in all."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this."""
        return self.number < self.pages

    @property
    def first(self) -> int:
        """The place in the whole list of this page's first item, from 1; 0 for an empty list."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place in the whole list of this page's last item."""
        return min(self.number * self.size, self.total)

    def numbers(self) -> list[int | None]:
        """Return the pages to link to: first, last and those near this, None where some are left out."""
        near = {1, self.number - 1, self.number, self.number + 1, self.pages}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        links: list[int | None] = []
        for number in shown:
            before = links[-1] if links else 0
            if before is not None and number - before == 2:
                links.append(number - 1)
            elif before is not None and number - before > 2:
                links.append(None)
            links.append(number)
        return links


def page_number() -> int:
    """Return the page asked for by ``?page=``, 1 without it; raise ``NotFound`` (404) for what cannot be a page."""
    typed = request.args.get("page", "")
    if not typed:
        return 1
    if not PLAIN_NUMBER.fullmatch(typed):
        raise NotFound
    return int(typed)


def paginate(session: AnySession, statement: Select[T], *, number: int, size: int = SIZE) -> Page[T]:
    """Return one page of the first column or entity of a statement; raise ``NotFound`` (404) past the last page."""
    total = _count(session, statement, number=number, size=size)
    items = session.scalars(_window(statement, number=number, size=size)).all()
    return Page(items, number, size, total)


def paginate_rows(
    session: AnySession, statement: Select[*tuple[Any, ...]], *, number: int, size: int = SIZE
) -> Page[Row[Any]]:
    """Return one page of the rows of a statement of several columns; raise ``NotFound`` (404) past the last page."""
    total = _count(session, statement, number=number, size=size)
    rows = session.execute(_window(statement, number=number, size=size)).all()
    return Page(rows, number, size, total)


def _count(session: AnySession, statement: Select[*tuple[Any, ...]], *, number: int, size: int) -> int:
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = session.scalars(counted).one()
    _check(number, size=size, total=total)
    return total


def _check(number: int, *, size: int, total: int) -> None:
    if number > 1 and (number - 1) * size >= total:
        raise NotFound


def _window(statement: Select[*tuple[Any, ...]], *, number: int, size: int) -> Select[*tuple[Any, ...]]:
    return statement.limit(size).offset((number - 1) * size)
