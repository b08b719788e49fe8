"""What changed between two days: everything that did, each thing once, and nothing else."""

from collections.abc import Iterable, Iterator

from opprod.reports.differences.change import Change, ChangeKind, Differences
from opprod.reports.differences.joining import how, joined
from opprod.reports.differences.matching import Piece
from opprod.reports.differences.plans import of_plans
from opprod.reports.differences.strands import of_promises, of_strands
from opprod.reports.standing import ReadingStanding, Standing, Withdrawn

__all__ = ["Change", "ChangeKind", "Differences", "Piece", "differences"]

NO_READING = "No reading"


def differences(before: Standing, after: Standing) -> Differences:
    """What changed from one standing to a later one.

    What a new strand or plan says is new with it, and what one that has gone said is gone with it: none of that is
    told apart. What changed and changed back is not told.
    """
    changes = [
        *of_strands(before, after),
        *of_promises(before, after),
        *_readings(before.readings, after.readings),
        *of_plans(before.plans, after.plans),
        *_withdrawn(before, after),
    ]
    order = list(ChangeKind)
    return Differences(before.day, after.day, tuple(sorted(changes, key=lambda change: order.index(change.kind))))


def _readings(before: Iterable[ReadingStanding], after: Iterable[ReadingStanding]) -> Iterator[Change]:
    for was, now, shown in joined({one.key: one for one in before}, {one.key: one for one in after}):
        old, new = (one.said if one else None for one in (was, now))
        if old == new:
            continue
        yield Change(
            kind=ChangeKind.FIGURES,
            how=how(old, new),
            of=shown.name,
            record=f"/measures/{shown.key}",
            before=old,
            after=new or NO_READING,
            source=now.source if now else None,
            on=now.effective_on if now else None,
            illustrative=shown.illustrative or (was.illustrative if was else None),
        )


def _withdrawn(before: Standing, after: Standing) -> Iterator[Change]:
    """What was withdrawn since; a promise that was made again stands, and is not told."""
    known = {one.key for one in before.withdrawn}
    standing = {one.next_step_id for one in after.promises}
    for one in after.withdrawn:
        made_again = one.what == "next step" and one.next_step_id in standing
        if one.key not in known and not made_again:
            yield _gone(one)


def _gone(one: Withdrawn) -> Change:
    return Change(
        kind=ChangeKind.WITHDRAWN,
        how=f"{one.what.capitalize()} withdrawn",
        of=one.of,
        record=one.record,
        before=one.said,
        why=one.why,
        on=one.on,
        of_plan=one.plan_id is not None,
        illustrative=one.illustrative,
    )
