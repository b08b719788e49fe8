"""What tests of plans' pages share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import TypeVar

import pytest
from flask import Flask

from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import unit_of_work
from tests.builders.plans import a_lead
from tests.client import Client
from tests.conftest import TODAY

On = Callable[..., AbstractContextManager[None]]
LeadOf = Callable[[Region], Client]
Found = TypeVar("Found")
Within = Callable[[Callable[[], Found]], Found]


@pytest.fixture
def on(app: Flask) -> On:
    """A day on which something is done, and kept."""

    @contextmanager
    def day(value: date = TODAY) -> Iterator[None]:
        with app.app_context(), clock.pinned_to(value), unit_of_work():
            yield

    return day


@pytest.fixture
def lead_of(app: Flask, on: On) -> LeadOf:
    """A browser signed in as a new lead of a region."""

    def sign_in(region: Region) -> Client:
        with on():
            email = a_lead(region).email
        client: Client = app.test_client()  # type: ignore[assignment]
        client.sign_in(email)
        return client

    return sign_in


@pytest.fixture
def within(app: Flask) -> Within[Found]:
    """Do something in the application's own context, and commit it."""

    def do(what: Callable[[], Found]) -> Found:
        with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
            return what()

    return do
