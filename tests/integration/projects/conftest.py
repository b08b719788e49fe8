"""What tests of updates' pages begin with."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from flask import Flask

from opprod.core import clock
from opprod.db import unit_of_work
from opprod.projects.services import updates as services
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.builders.updates import a_round
from tests.client import Client
from tests.integration.projects.update_forms import Made

Found = TypeVar("Found")


@pytest.fixture
def within(app: Flask) -> Callable[[Callable[[], Found]], Found]:
    """Do something in the application's own context, and commit it."""

    def do(what: Callable[[], Found]) -> Found:
        with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
            return what()

    return do


@pytest.fixture
def made(within: Callable[[Callable[[], Made]], Made]) -> Made:
    """A project with a measure and a draft, in a round that is open."""

    def make() -> Made:
        strand = a_strand(name="Pathology")
        measure = a_measure(strand, key="visits", name="Trusts visited", unit="trusts")
        a_reading(measure, "20", on=date(2016, 9, 1), source="August return")
        staff = a_user(name="Ann Staff")
        update = services.start_update(strand=strand, round=a_round(), actor=staff)
        return Made(strand.id, strand.slug, update.id, staff.email, staff.id, measure.id)

    return within(make)


@pytest.fixture
def staff(app: Flask, made: Made) -> Client:
    """A browser of the member of staff who wrote the draft."""
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(made.staff)
    return client
