"""A list of like rows in a form, added to, shortened and reordered with or without JavaScript."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import wtforms

INDEX = re.compile(r"[0-9]{1,6}")
ACTION = re.compile(r"(?:(?P<list>[^:]+):)?(?P<verb>add|up|down|remove)-(?P<what>\w+)")


class RowsField(wtforms.FieldList):
    """A ``FieldList`` of ``FormField`` whose rows move.

    Args:
        unbound_field: ``wtforms.FormField(RowForm)``, the form a ``SubForm``.
        label: what the list is called, as in "Statements".
        row_name: what messages call a row, as in "Statement": "Statement 3: enter what was achieved".
        max_entries: the most rows it takes.
        kind_field: the row's hidden field that holds its kind, set by the button ``add-<kind>``.

    """

    def __init__(
        self,
        unbound_field: Any,
        label: str,
        validators: Sequence[Any] | None = None,
        *,
        row_name: str,
        max_entries: int,
        kind_field: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(unbound_field, label, validators, max_entries=max_entries, **kwargs)
        self.row_name = row_name
        self.kind_field = kind_field
        self.rows_sent = 0
        self.errors: Sequence[Any] = ()

    def apply(self, action: str | None, *, defaults: Mapping[str, Any] | None = None) -> bool:
        """Do what a row button asked of this list, and say whether there was anything to do.

        Call it before validating, with the form's ``action``; where it is true, show the form again with all
        that was typed. An action starting with a list's name and a colon is for that list alone. ``defaults``
        fill the fields of an added row.
        """
        asked = ACTION.fullmatch(action or "")
        if not asked or asked["list"] not in {None, self.name}:
            return False
        if asked["verb"] == "add":
            self._add(asked["what"], defaults or {})
            return True
        if not INDEX.fullmatch(asked["what"]):
            return False
        return self._move(asked["verb"], int(asked["what"]))

    def blank_row(self, kind: str = "", **defaults: Any) -> wtforms.FormField:
        """Return a row of that kind to copy, for the list's ``<template>``; its number is a placeholder."""
        placeholder = f"__{kind or 'row'}__"
        name, field_id = f"{self.name}-{placeholder}", f"{self.id}-{placeholder}"
        options = {"name": name, "id": field_id, "_meta": self.meta, "translations": self._translations}
        row = self.meta.bind_field(self._form, self.unbound_field, options)
        row.index = placeholder
        row.process(None, self._new_row(kind, defaults))
        return row

    def validate(self, form: wtforms.Form, extra_validators: Sequence[Any] = ()) -> bool:
        """Check each row and then the list; too many rows are refused, not dropped unsaid."""
        super().validate(form, extra_validators)
        if self.rows_sent > self.max_entries:
            self.errors = [*self.errors, self._full()]
        return not self.errors

    def _add(self, kind: str, defaults: Mapping[str, Any]) -> None:
        if len(self.entries) >= self.max_entries:
            self.errors = [self._full()]
            return
        self.append_entry(self._new_row(kind, defaults))

    def _new_row(self, kind: str, defaults: Mapping[str, Any]) -> dict[str, Any]:
        return {**defaults, self.kind_field: kind} if self.kind_field else dict(defaults)

    def _move(self, verb: str, index: int) -> bool:
        last = len(self.entries) - 1
        if index > last:
            return False
        row = self.entries.pop(index)
        if verb != "remove":
            self.entries.insert(max(0, index - 1) if verb == "up" else min(last, index + 1), row)
        self._compact_indices()
        return True

    def _full(self) -> str:
        return f"{self.label.text} can have {self.max_entries} rows at most; take one out to add another"

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # WTForms reads any digit, superscripts and numbers of a million figures too, and fails on those.
        start = f"{prefix}-"
        found = {
            int(rest)
            for rest in (name[len(start) :].split("-", 1)[0] for name in formdata if name.startswith(start))
            if INDEX.fullmatch(rest)
        }
        self.rows_sent = len(found)
        return iter(found)
