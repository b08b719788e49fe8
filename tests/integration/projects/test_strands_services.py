"""Creating, changing and ordering workstreams and projects."""

from datetime import date, timedelta
from typing import Any

import pytest

from opprod.accounts import Role, User
from opprod.accounts.services import change_account
from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db, unit_of_work
from opprod.projects.models import Strand, StrandKind
from opprod.projects.queries.strands import strand_view, strands
from opprod.projects.services.strands import MOST_OF_A_KIND, change_strand, create_strand, move_strand
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

YESTERDAY = TODAY - timedelta(days=1)


def create(owner: User, **changes: Any) -> Strand:
    said = {
        "kind": StrandKind.PROJECT,
        "name": "Estates",
        "purpose": "Use buildings well.",
        "reports_to": None,
        "starts_on": None,
        "ends_on": None,
        "owner": owner,
        "actor": owner,
    }
    return create_strand(**{**said, **changes})


def change(strand: Strand, *, began_from: int | None = None, **changes: Any) -> None:
    view = strand_view(strand.id, clock.today())
    assert view is not None
    actor = a_user()
    said = {
        "name": view.name,
        "purpose": view.purpose,
        "owner": actor,
        "reports_to": view.reports_to,
        "starts_on": view.starts_on,
        "ends_on": view.ends_on,
        "actor": actor,
    }
    change_strand(strand=strand, expected_profile_id=began_from or view.profile_id, **{**said, **changes})


def names(kind: StrandKind = StrandKind.PROJECT) -> list[str]:
    return [view.name for view in strands(kind, clock.today())]


def test_a_strand_is_what_was_said_of_it_at_the_end_of_its_kind() -> None:
    owner = a_user(Role.STAFF)
    a_strand(name="First")
    strand = create(
        owner,
        name="  Hospital  pharmacy ",
        reports_to="Implementation Group",
        starts_on=date(2016, 4, 1),
        ends_on=date(2017, 3, 31),
    )
    view = strand_view(strand.id, TODAY)
    assert view is not None
    assert (view.name, view.slug, view.purpose) == ("Hospital pharmacy", "hospital-pharmacy", "Use buildings well.")
    assert (view.owner_name, view.reports_to) == (owner.name, "Implementation Group")
    assert (view.starts_on, view.ends_on) == (date(2016, 4, 1), date(2017, 3, 31))
    assert names() == ["First", "Hospital pharmacy"]


def test_each_kind_has_its_own_addresses() -> None:
    owner = a_user()
    slugs = [create(owner, kind=kind, name="Estates").slug for kind in (*StrandKind, StrandKind.PROJECT)]
    assert slugs == ["estates", "estates", "estates-2"]
    assert create(owner, slug="bricks-and-mortar").slug == "bricks-and-mortar"
    with pytest.raises(InvalidInput) as refused:
        create(owner, slug="estates")
    assert refused.value.field == "slug"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "n" * 121}, "name"),
        ({"purpose": "\n"}, "purpose"),
        ({"purpose": "p" * 1001}, "purpose"),
        ({"reports_to": "r" * 301}, "reports_to"),
        ({"slug": "Not a slug"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"starts_on": date(216, 4, 1)}, "starts_on"),
        ({"ends_on": date(2106, 4, 1)}, "ends_on"),
        ({"starts_on": date(2016, 4, 2), "ends_on": date(2016, 4, 1)}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create(a_user(), **changes)
    assert refused.value.field == field
    assert names() == []


def test_it_can_end_on_the_day_it_starts() -> None:
    assert create(a_user(), starts_on=TODAY, ends_on=TODAY).id


def test_one_whose_account_is_disabled_cannot_become_the_owner_but_can_stay_it() -> None:
    owner, admin = a_user(), a_user(Role.ADMINISTRATOR)
    strand = create(owner)
    change_account(
        user=owner, name=owner.name, role=owner.role, region=None, is_active=False, version=owner.version, actor=admin
    )
    change(strand, owner=owner, purpose="Use buildings better.")
    with pytest.raises(InvalidInput) as refused:
        create(owner, name="Another", actor=admin)
    assert refused.value.field == "owner"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_one_who_answers_for_nothing_cannot_become_the_owner(role: Role) -> None:
    with pytest.raises(InvalidInput, match="a member of staff, an executive or a regional lead") as refused:
        create(a_user(role))
    assert refused.value.field == "owner"


def test_there_is_a_limit_to_a_kind() -> None:
    owner = a_user()
    db.session.add_all(
        Strand(kind=StrandKind.PROJECT, slug=f"project-{n}", position=n) for n in range(MOST_OF_A_KIND - 1)
    )
    create(owner)
    with pytest.raises(InvalidInput, match="no more than 200 projects"):
        create(owner)
    assert create(owner, kind=StrandKind.WORKSTREAM)


def test_a_change_holds_from_today_and_the_day_before_stays_as_it_was() -> None:
    with clock.pinned_to(YESTERDAY):
        strand = a_strand(name="Old name")
    change(strand, name="New name")

    assert [strand_view(strand.id, day).name for day in (YESTERDAY, TODAY)] == ["Old name", "New name"]  # type: ignore[union-attr]
    assert strand_view(strand.id, YESTERDAY - timedelta(days=1)) is None
    assert strand.slug == "old-name"


def test_the_second_of_two_editors_is_refused() -> None:
    strand = a_strand(name="Estates")
    seen = strand_view(strand.id, TODAY)
    assert seen is not None
    change(strand, began_from=seen.profile_id, name="Mine")
    with pytest.raises(Conflict):
        change(strand, began_from=seen.profile_id, name="Theirs")
    assert names() == ["Mine"]


def test_the_trail_says_who_changed_what_from_what_to_what() -> None:
    owner, editor = a_user(name="First Owner"), a_user(name="Editor")
    strand = create(owner, starts_on=date(2016, 4, 1))
    change(strand, owner=editor, starts_on=date(2016, 5, 1), actor=editor)

    newest, oldest = latest_about(strand)
    assert (newest.event, newest.actor_name) == (Event.STRAND_CHANGED, "Editor")
    assert newest.changes == {"owner": ["First Owner", "Editor"], "starts_on": ["2016-04-01", "2016-05-01"]}
    assert oldest.event is Event.STRAND_CREATED
    assert oldest.changes["name"] == [None, "Estates"]


def test_saving_what_is_there_records_nothing() -> None:
    owner = a_user()
    strand = create(owner)
    before = strand_view(strand.id, TODAY)
    change(strand, owner=owner)
    assert strand_view(strand.id, TODAY) == before
    assert len(latest_about(strand)) == 1


def test_strands_move_up_and_down_and_stay_at_the_ends() -> None:
    actor = a_user()
    first, second, third = (a_strand(name=name) for name in ("First", "Second", "Third"))
    a_strand(StrandKind.WORKSTREAM, name="Elsewhere")
    move_strand(strand=third, up=True, actor=actor)
    assert names() == ["First", "Third", "Second"]
    move_strand(strand=first, up=False, actor=actor)
    assert names() == ["Third", "First", "Second"]
    move_strand(strand=third, up=True, actor=actor)
    move_strand(strand=second, up=False, actor=actor)
    assert names() == ["Third", "First", "Second"]
    assert latest_about(second)[0].changes == {"position": [2, 3]}


def test_one_that_is_closed_is_passed_over() -> None:
    actor = a_user()
    first = a_strand(name="First")
    a_strand(name="Closed", ends_on=YESTERDAY)
    a_strand(name="Last")
    move_strand(strand=first, up=False, actor=actor)
    assert names() == ["Last", "Closed", "First"]


def test_each_change_is_written_with_its_event() -> None:
    with unit_of_work():  # refuses to commit what the trail does not tell of
        strand = a_strand()
        change(strand, name="Another name")
        move_strand(strand=a_strand(), up=True, actor=a_user())
