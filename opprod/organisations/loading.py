"""Bringing STPs and trusts to what the reference data says of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import select

from opprod import history
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core.actors import Actor
from opprod.db import db
from opprod.organisations import reference
from opprod.organisations.models import Stp, StpName, Trust, TrustName
from opprod.organisations.reference import Row

Kind = TypeVar("Kind", Stp, Trust)
Name = TypeVar("Name", StpName, TrustName)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records were new, were changed (their names too), and were as the data says already."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did."""

    stps: Tally
    trusts: Tally

    @property
    def changed_nothing(self) -> bool:
        """Whether all was as the data says already."""
        return not any((self.stps.added, self.stps.changed, self.trusts.added, self.trusts.changed))


def load_reference_data(*, actor: Actor, folder: Path = reference.FOLDER) -> LoadResult:
    """Add the STPs and trusts of the data files, and change those that differ; may be repeated.

    A record the files do not name is left as it is. Raises ``InvalidInput`` for files that cannot be used, before
    anything is changed.
    """
    data = reference.read(folder)
    return LoadResult(
        stps=_Load(Stp, StpName, "id", data.stp_names, actor).run(data.stps),
        trusts=_Load(Trust, TrustName, "ods_code", data.trust_names, actor).run(data.trusts),
    )


class _Load(Generic[Kind, Name]):
    """The load of one kind of record, found by its key, and of its names."""

    def __init__(self, kind: type[Kind], name_kind: type[Name], key: str, names: Sequence[Row], actor: Actor) -> None:
        self.kind: type[Kind] = kind
        self.name_kind: type[Name] = name_kind
        self.key, self.actor = key, actor
        self.wanted: defaultdict[Any, list[Mapping[str, Any]]] = defaultdict(list)
        for row in sorted(names, key=lambda row: row.values["effective_on"]):
            self.wanted[row.values[key]].append(row.values)

    def run(self, rows: Sequence[Row]) -> Tally:
        known: dict[Any, Kind] = {getattr(r, self.key): r for r in db.session.scalars(select(self.kind))}
        self._read_held_names()
        done = Counter(self._bring(known.get(row.values[self.key]), row.values) for row in rows)
        return Tally(added=done["added"], changed=done["changed"], unchanged=done["unchanged"])

    def _read_held_names(self) -> None:
        self.held: defaultdict[int, dict[date, Name]] = defaultdict(dict)
        entries = select(self.name_kind).where(self.name_kind.withdrawn_on.is_(None)).order_by(self.name_kind.id)
        entry: Name
        for entry in db.session.scalars(entries):
            # Of two for one day, the one recorded last is in force.
            self.held[entry.subject_id][entry.effective_on] = entry

    def _bring(self, record: Kind | None, values: Mapping[str, Any]) -> str:
        if record is None:
            record = self.kind(**values)
            trail.added(Event.REFERENCE_DATA_LOADED, record, actor=self.actor)
            self._bring_names(record)
            return "added"
        differing = {key: value for key, value in values.items() if getattr(record, key) != value}
        if differing:
            with trail.changing(Event.REFERENCE_DATA_LOADED, record, actor=self.actor):
                for key, value in differing.items():
                    setattr(record, key, value)
        renamed = self._bring_names(record)
        return "changed" if differing or renamed else "unchanged"

    def _bring_names(self, record: Kind) -> bool:
        held = self.held[record.id]
        wanted = {values["effective_on"]: values for values in self.wanted[getattr(record, self.key)]}
        gone = [entry for day, entry in held.items() if day not in wanted]
        new = [
            self.name_kind(subject_id=record.id, **{key: values[key] for key in ("effective_on", "name", "source")})
            for day, values in wanted.items()
            if day not in held or (held[day].name, held[day].source) != (values["name"], values["source"])
        ]
        for entry in gone:
            with trail.changing(Event.ENTRY_WITHDRAWN, entry, actor=self.actor, about=record):
                history.withdraw(entry, reason="The reference data no longer has it.", actor=self.actor)
        for entry in new:
            history.record(entry, actor=self.actor)
            trail.added(Event.NAME_RECORDED, entry, actor=self.actor, about=record)
        return bool(gone or new)
