"""Who may do what to an update."""

import pytest

from opprod.accounts import Role, User
from opprod.projects import permissions
from opprod.projects.models import Status

OPEN = {Status.DRAFT, Status.RETURNED}
PUBLISHED = {Status.SUBMITTED, Status.APPROVED}
WRITERS = {Role.STAFF, Role.EXECUTIVE}
OWNERS = {*WRITERS, Role.REGIONAL_LEAD}


def person(role: Role, *, key: int = 1, is_active: bool = True) -> User:
    return User(id=key, role=role, is_active=is_active)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_drafts_are_read_by_those_who_write_and_what_is_submitted_by_all(role: Role, status: Status) -> None:
    assert permissions.can_see(person(role), status) is (role in WRITERS or status in PUBLISHED)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_an_open_update_is_written_and_a_submitted_one_revised(role: Role, status: Status) -> None:
    assert permissions.can_edit(person(role), status) is (role in WRITERS and status in OPEN)
    assert permissions.can_revise(person(role), status) is (role in WRITERS and status in PUBLISHED)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_executives_return_and_approve_what_is_submitted(role: Role, status: Status) -> None:
    decides = role is Role.EXECUTIVE and status is Status.SUBMITTED
    assert permissions.can_return(person(role), status) is decides
    assert permissions.can_approve(person(role), status, submitted_by_id=2) is decides


@pytest.mark.parametrize("role", Role)
def test_writers_answer_for_any_next_step_and_regional_leads_for_their_own(role: Role) -> None:
    assert permissions.can_own(person(role)) is (role in OWNERS)
    assert permissions.can_answer(person(role), owner_id=1) is (role in OWNERS)
    assert permissions.can_answer(person(role), owner_id=2) is (role in WRITERS)
    assert permissions.can_answer(person(role), owner_id=None) is (role in WRITERS)


def test_nobody_approves_what_they_submitted() -> None:
    assert not permissions.can_approve(person(Role.EXECUTIVE), Status.SUBMITTED, submitted_by_id=1)


def test_a_disabled_account_may_do_nothing() -> None:
    gone = person(Role.EXECUTIVE, is_active=False)
    assert not permissions.can_edit(gone, Status.DRAFT)
    assert not permissions.can_see(gone, Status.DRAFT)
    assert not permissions.can_approve(gone, Status.SUBMITTED, submitted_by_id=2)
    assert not permissions.can_answer(gone, owner_id=1)
    assert not permissions.can_own(gone)
