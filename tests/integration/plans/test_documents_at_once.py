"""Two people who attach to one plan at once, each on a connection of their own, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from opprod.accounts.queries import user
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.db import db, unit_of_work
from opprod.plans.models import Plan
from opprod.plans.queries.documents import documents_of
from opprod.plans.services.documents import attach_document
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan
from tests.builders.uploads import received
from tests.conftest import TODAY

EACH = 10


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def test_the_same_content_is_attached_by_one_of_them_alone(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        plan_id, people = a_plan().id, (a_user().id, a_user().id)
        files = [received(f"{number}.docx") for number in range(EACH)]
    start = Barrier(2)

    def attach(person: int) -> int:
        attached = 0
        with app.app_context(), clock.pinned_to(TODAY):
            start.wait(10)
            for file in files:
                try:
                    with unit_of_work():
                        attach_document(plan=db.session.get_one(Plan, plan_id), received=file, actor=user(person))
                    attached += 1
                except InvalidInput as refused:
                    assert "is attached already" in refused.message  # noqa: PT017 in a thread of its own
            db.session.remove()
        return attached

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sum(pool.map(attach, people)) == EACH
    with app.app_context():
        assert len(documents_of(db.session.get_one(Plan, plan_id), TODAY)) == EACH
