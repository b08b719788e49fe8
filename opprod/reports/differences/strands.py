"""What changed in workstreams and projects: their ratings, what they say, and what became of what they promised."""

from collections.abc import Iterator
from datetime import date

from opprod.reports.differences.change import Change, ChangeKind
from opprod.reports.differences.joining import joined
from opprod.reports.differences.matching import changed_words, paired
from opprod.reports.standing import PromiseStanding, Standing, Stated, StrandStanding
from opprod.web.presenters import day as day_in_words

NOT_RATED = "Not rated"
NO_OUTCOME = "No outcome"
_LABELS = {"achievement": "Achievement", "progress": "Progress", "next-step": "Next step"}


def of_strands(before: Standing, after: Standing) -> Iterator[Change]:
    """What changed in the strands of two standings."""
    for was, now, shown in joined({one.id: one for one in before.strands}, {one.id: one for one in after.strands}):
        if was is None or now is None:
            yield _strand(shown, is_new=was is None)
            continue
        if was.name != now.name:
            yield _of_strand("Renamed", now, before=was.name, after=now.name)
        yield from _rag(was, now)
        yield from _statements(was, now)


def _strand(one: StrandStanding, *, is_new: bool) -> Change:
    count = len(one.statements)
    said = f"{_rated(one)}; {count} {'statement' if count == 1 else 'statements'}"
    before, after = (None, said) if is_new else (said, None)
    how = "New" if is_new else "Ended"
    return _of_strand(how, one, before=before, after=after, about=one.kind.capitalize())


def _rag(was: StrandStanding, now: StrandStanding) -> Iterator[Change]:
    if was.rag == now.rag and was.rag_reason == now.rag_reason:
        return
    moved = was.rag != now.rag
    yield Change(
        kind=ChangeKind.RAG,
        how="Moved" if moved else "New reason",
        of=now.name,
        record=now.record,
        before=_rated(was),
        after=_rated(now),
        words=() if moved else changed_words(was.rag_reason or "", now.rag_reason or ""),
        why=now.rag_reason,
        illustrative=now.rag_illustrative,
    )


def _statements(was: StrandStanding, now: StrandStanding) -> Iterator[Change]:
    for kind, label in _LABELS.items():
        pairs = paired(
            [one for one in was.statements if one.kind == kind], [one for one in now.statements if one.kind == kind]
        )
        for old, new in pairs:
            yield _statement(now, label, old, new)


def _statement(strand: StrandStanding, label: str, old: Stated | None, new: Stated | None) -> Change:
    shown = new or old
    return Change(
        kind=ChangeKind.STATEMENTS,
        how="New" if old is None else "Gone" if new is None else "Reworded",
        of=strand.name,
        record=strand.record,
        about=label,
        before=old.text if old else None,
        after=new.text if new else None,
        words=changed_words(old.text, new.text) if old and new else (),
        illustrative=shown.illustrative if shown else None,
        strand_id=strand.id,
        stated=new,
    )


def _of_strand(
    how: str, strand: StrandStanding, *, before: str | None, after: str | None, about: str | None = None
) -> Change:
    return Change(
        kind=ChangeKind.STRANDS,
        how=how,
        of=strand.name,
        record=strand.record,
        about=about,
        before=before,
        after=after,
        illustrative=strand.illustrative,
    )


def _rated(strand: StrandStanding) -> str:
    return strand.rag.capitalize() if strand.rag else NOT_RATED


def of_promises(before: Standing, after: Standing) -> Iterator[Change]:
    """What was recorded of promises, and which are due on other days or are someone else's."""
    known = {one.next_step_id: one for one in before.promises}
    for now in after.promises:
        was = known.get(now.next_step_id)
        moved = was is not None and was.due_on != now.due_on
        if _outcome(was) != _outcome(now):
            slipped_to = f", now due {day_in_words(now.due_on)}" if moved else ""
            yield _of_promise(
                ChangeKind.OUTCOMES,
                "Recorded" if now.outcome else "Taken back",
                now,
                before=was.outcome if was else None,
                after=f"{now.outcome or NO_OUTCOME}{slipped_to}",
                why=now.outcome_note,
                on=now.outcome_on,
            )
        elif was is not None and moved:
            days = day_in_words(was.due_on), day_in_words(now.due_on)
            yield _of_promise(ChangeKind.PROMISES, "Due day moved", now, before=days[0], after=days[1])
        if was is not None and was.owner != now.owner:
            yield _of_promise(ChangeKind.PROMISES, "New owner", now, before=was.owner, after=now.owner)


def _outcome(promise: PromiseStanding | None) -> tuple[str | None, date | None, str | None]:
    return (promise.outcome, promise.outcome_on, promise.outcome_note) if promise else (None, None, None)


def _of_promise(
    kind: ChangeKind,
    how: str,
    promise: PromiseStanding,
    *,
    before: str | None,
    after: str,
    why: str | None = None,
    on: date | None = None,
) -> Change:
    return Change(
        kind=kind,
        how=how,
        of=promise.strand,
        record=f"/next-steps/{promise.next_step_id}",
        about=promise.text,
        before=before,
        after=after,
        why=why,
        on=on,
        illustrative=promise.illustrative,
    )
