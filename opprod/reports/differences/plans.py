"""What changed in STPs' plans: their categories, savings and single figures. None of it is for publication."""

from collections.abc import Iterable, Iterator

from opprod.reports.differences.change import Change, ChangeKind
from opprod.reports.differences.joining import how, joined
from opprod.reports.standing import PlanStanding, SavingStanding

NOT_STATED = "Not stated"
WITHDRAWN = "Withdrawn"


def of_plans(before: Iterable[PlanStanding], after: Iterable[PlanStanding]) -> Iterator[Change]:
    """What changed from some plans to the same ones later."""
    for was, now, shown in joined({one.id: one for one in before}, {one.id: one for one in after}):
        if was is None or now is None:
            old, new = (one.category if one else None for one in (was, now))
            yield _of_plan(ChangeKind.CATEGORIES, how(was, now), shown, before=old, after=new)
            continue
        yield from _category(was, now)
        yield from _savings(was, now)
        yield from _figures(was, now)


def _category(was: PlanStanding, now: PlanStanding) -> Iterator[Change]:
    if now.withdrawn is not None:
        if was.withdrawn is None:
            yield _of_plan(
                *(ChangeKind.WITHDRAWN, "Plan withdrawn", now),
                before=was.category,
                after=WITHDRAWN,
                why=now.withdrawn,
            )
    elif was.withdrawn is not None:
        yield _of_plan(ChangeKind.CATEGORIES, "Reinstated", now, before=WITHDRAWN, after=now.category)
    elif was.category != now.category:
        yield _of_plan(ChangeKind.CATEGORIES, "Moved", now, before=was.category, after=now.category)


def _savings(was: PlanStanding, now: PlanStanding) -> Iterator[Change]:
    for old, new, shown in joined(
        {(one.year, one.kind): one for one in was.savings}, {(one.year, one.kind): one for one in now.savings}
    ):
        if old and new and (old.said, old.cash) == (new.said, new.cash):
            continue
        cash_moved = (
            old is not None and new is not None and old.cash != new.cash and not (_is_cash(old) and _is_cash(new))
        )
        yield _of_plan(
            ChangeKind.SAVINGS,
            how(old, new),
            now,
            about=f"{shown.year}, {shown.kind.lower()}",
            before=_saving(old, with_cash=cash_moved) if old else None,
            after=_saving(new, with_cash=cash_moved) if new else NOT_STATED,
            illustrative=shown.illustrative,
        )


def _is_cash(saving: SavingStanding) -> bool:
    return saving.cash == saving.said


def _saving(saving: SavingStanding, *, with_cash: bool) -> str:
    if not with_cash:
        return saving.said
    if saving.cash == NOT_STATED:
        return f"{saving.said}, none of it stated to release cash"
    return f"{saving.said}, {'all' if _is_cash(saving) else saving.cash} of it releasing cash"


def _figures(was: PlanStanding, now: PlanStanding) -> Iterator[Change]:
    for old, new, shown in joined({one.name: one for one in was.figures}, {one.name: one for one in now.figures}):
        if old and new and old.said == new.said:
            continue
        yield _of_plan(
            ChangeKind.FIGURES,
            how(old, new),
            now,
            about=shown.name,
            before=old.said if old else None,
            after=new.said if new else NOT_STATED,
            source=new.source if new else None,
            illustrative=shown.illustrative,
        )


def _of_plan(
    kind: ChangeKind,
    what: str,
    plan: PlanStanding,
    *,
    before: str | None,
    after: str | None,
    about: str | None = None,
    why: str | None = None,
    source: str | None = None,
    illustrative: str | None = None,
) -> Change:
    return Change(
        kind=kind,
        how=what,
        of=plan.name,
        record=f"/plans/{plan.id}",
        about=about,
        before=before,
        after=after,
        why=why,
        source=source,
        of_plan=True,
        illustrative=illustrative or plan.illustrative,
    )
