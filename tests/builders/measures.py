"""Measures and readings for tests."""

from datetime import date
from itertools import count

from opprod.accounts import User
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.projects.models import Measure, Reading, Strand
from opprod.projects.services.measures import create_measure, record_reading
from tests.builders.accounts import a_user

_numbers = count(1)


def a_measure(
    strand: Strand | None = None,
    *,
    key: str | None = None,
    name: str | None = None,
    unit: str = "trusts",
    actor: User | None = None,
) -> Measure:
    """Something counted, of a strand or of the directorate itself."""
    number = next(_numbers)
    return create_measure(
        strand=strand,
        key=key or f"measure-{number}",
        name=name or f"Measure {number}",
        unit=unit,
        actor=actor or a_user(),
    )


def a_reading(
    measure: Measure,
    said: str = "12",
    *,
    on: date | None = None,
    source: str = "Monthly return",
    illustrative: str | None = None,
    actor: User | None = None,
) -> Reading:
    """A value of a measure on a day, today unless told."""
    return record_reading(
        measure=measure,
        quantity=parse(said, unit=measure.unit),
        source=source,
        effective_on=on or clock.today(),
        actor=actor or a_user(),
        illustrative=illustrative,
    )
