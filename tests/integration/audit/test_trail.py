"""The audit trail: complete, in words, and not to be altered."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from opprod.accounts import User
from opprod.audit import queries, trail
from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.core import clock
from opprod.db import db, unit_of_work
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan

pytestmark = pytest.mark.usefixtures("programme")


def test_a_change_says_who_when_what_before_and_after() -> None:
    with unit_of_work():
        user, actor = a_user(name="Before"), a_user()
        with trail.changing(Event.ACCOUNT_CHANGED, user, actor=actor):
            user.name = "After"
    (line, *_) = queries.lines(queries.latest_about(user))
    assert (line.actor_name, line.summary) == (actor.name, "Account changed")
    assert [(c.label, c.before, c.after) for c in line.changes] == [("Name", "Before", "After")]
    assert line.at.astimezone(clock.LONDON).date() == clock.today()


def test_what_changed_in_a_plan_is_withheld_unless_the_reader_may_open_it() -> None:
    with unit_of_work():
        plan = a_plan()
        trail.noted(Event.SAVING_RECORDED, plan, actor=a_user(), changes={"value": [None, "£2m"]})
    (line,) = queries.lines(queries.latest_about(plan))
    assert (line.summary, line.changes, line.withheld) == ("Saving recorded", (), True)
    (line,) = queries.lines(queries.latest_about(plan), with_confidential=True)
    assert ([change.after for change in line.changes], line.withheld) == (["£2m"], False)


def test_changing_nothing_writes_nothing() -> None:
    with unit_of_work():
        user = a_user()
    before = len(queries.latest_about(user))
    with unit_of_work(), trail.changing(Event.ACCOUNT_CHANGED, user, actor=user):
        user.name = str(user.name)
    assert len(queries.latest_about(user)) == before


def test_a_change_that_says_nothing_is_not_committed() -> None:
    with unit_of_work():
        user = a_user(name="Before")
    with pytest.raises(trail.UnauditedChange), unit_of_work():
        user.name = "Unsaid"
    assert db.session.get(User, user.id, populate_existing=True).name == "Before"


def test_one_transactions_event_does_not_excuse_the_next() -> None:
    with unit_of_work():
        user = a_user()
        trail.noted(Event.SIGNED_IN, user, actor=user)
    with pytest.raises(trail.UnauditedChange), unit_of_work():
        user.name = "Unsaid"


@pytest.mark.parametrize(
    "alteration",
    [
        update(AuditEvent).values(actor_name="Someone else"),
        delete(AuditEvent),
        text("UPDATE audit_event SET actor_name = 'Someone else'"),
        text("DELETE FROM audit_event"),
    ],
    ids=str,
)
def test_the_database_refuses_to_alter_the_trail(alteration: object) -> None:
    with unit_of_work():
        a_user()
    with pytest.raises(DBAPIError, match="cannot be altered"):
        db.session.execute(alteration)  # type: ignore[call-overload]
