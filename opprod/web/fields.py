"""The fields of the product's forms: WTForms', with what a person typed kept, tidied and never lost."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any

import wtforms
from flask_wtf.file import FileField as UploadField
from werkzeug.datastructures import FileStorage
from wtforms.fields.choices import Choice, SelectChoice, enum_choices
from wtforms.validators import StopValidation, ValidationError

from opprod.core.quantity import QuantityError, parse
from opprod.web.days import parse_day
from opprod.web.presenters import day as day_as_text
from opprod.web.text import is_blank, tidy, without_unusable
from opprod.web.validators import is_empty, name_of

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
LARGEST = 1_000_000_000


class StringField(wtforms.StringField):
    """One line of text. Needs ``max_length``; a blank one is the empty string."""

    lines = False

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Tidy what was typed; take out and report what cannot be kept."""
        if not valuelist:
            return
        self.data = tidy(without_unusable(valuelist[0]), lines=self.lines)
        if without_unusable(valuelist[0]) != valuelist[0]:
            raise ValueError(
                f"{name_of(self)} had characters that cannot be kept. "
                "They have been taken out: check it and send it again"
            )
        if is_blank(self.data):
            self.data = ""

    def pre_validate(self, form: wtforms.Form) -> None:
        """Let no other check speak where the text itself was refused."""
        _stop_at_process_errors(self)


class TextAreaField(StringField):
    """Several lines of text. Needs ``max_length``."""

    widget = wtforms.widgets.TextArea()
    lines = True


class HiddenField(StringField):
    """A value the page carries along. Needs ``max_length``."""

    widget = wtforms.widgets.HiddenInput()


class EmailField(StringField):
    """An email address, in small letters. Needs ``max_length``."""

    widget = wtforms.widgets.EmailInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Tidy the address and check its form."""
        super().process_formdata(valuelist)
        if not valuelist or not self.data:
            return
        self.data = self.data.lower()
        if not EMAIL.fullmatch(self.data):
            raise ValueError("Enter an email address in the correct format, like name@example.com")


class PasswordField(wtforms.PasswordField):
    """A password, kept exactly as typed and never sent back. Needs ``max_length``."""


class _ReadFromText:
    """What fields share that read a value out of what was typed: the typing outlives a value that can't be read."""

    data: Any
    raw_data: list[Any] | None

    def pre_validate(self, form: wtforms.Form) -> None:
        """Let no other check speak where what was typed could not be read."""
        _stop_at_process_errors(self)

    def _value(self) -> str:
        if self.raw_data:
            return without_unusable(str(self.raw_data[0]))
        return "" if self.data is None else str(self.data)


class IntegerField(_ReadFromText, wtforms.IntegerField):
    """A whole number from ``smallest`` to ``largest``; spaces and commas in it are let pass."""

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] | None = None,
        *,
        smallest: int = 0,
        largest: int = LARGEST,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.smallest, self.largest = smallest, largest

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number; keep what was typed for the page."""
        if not valuelist:
            return
        self.data = None
        typed = re.sub(r"[,\s]", "", valuelist[0])
        if not typed:
            return
        if not re.fullmatch(r"-?[0-9]{1,15}", typed):
            raise ValueError(f"{name_of(self)} must be a whole number, like 12")
        if not self.smallest <= int(typed) <= self.largest:
            raise ValueError(f"{name_of(self)} must be between {self.smallest:,} and {self.largest:,}")
        self.data = int(typed)


class DayField(_ReadFromText, wtforms.Field):
    """A day, typed in any usual way; ``data`` is a date or None."""

    widget = wtforms.widgets.TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day; keep what was typed for the page."""
        if not valuelist:
            return
        self.data = None
        typed = tidy(valuelist[0], lines=False)
        if not typed:
            return
        try:
            self.data = parse_day(typed)
        except ValueError as error:
            raise ValueError(f"{name_of(self)} must be a real day, like 29 September 2016 or 29/9/2016") from error

    def _value(self) -> str:
        if self.data is not None:
            return day_as_text(self.data)
        return without_unusable(self.raw_data[0]) if self.raw_data else ""


class QuantityField(_ReadFromText, wtforms.Field):
    """A value as the Board says it (``£18-20m``, ``c.20``); ``data`` is a ``Quantity`` or None.

    ``unit`` is what it must be in, where that is known.
    """

    widget = wtforms.widgets.TextInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] | None = None,
        *,
        unit: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.unit = unit

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the value; keep what was typed for the page."""
        if not valuelist:
            return
        self.data = None
        typed = tidy(valuelist[0], lines=False)
        if not typed:
            return
        try:
            self.data = parse(typed, unit=self.unit)
        except QuantityError as error:
            raise ValueError(str(error)) from error


class SelectField(wtforms.SelectField):
    """One of a list.

    ``choices`` are (value, label) pairs, or lists of them by the name of their group; a page that finds them later
    sets ``choices`` on the form's field. ``blank`` is the text of a first, empty choice, which gives None.
    """

    data: Any

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] | None = None,
        *,
        choices: Any = None,
        coerce: Callable[[Any], Any] = str,
        blank: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, coerce=_or_none(coerce), choices=_choices(choices), **kwargs)
        self.blank = blank

    def iter_choices(self) -> list[Any]:
        """Return the choices, the blank one first."""
        return [*self._blank_choice(), *super().iter_choices()]

    def iter_groups(self) -> list[Any]:
        """Return the groups of choices, the blank one in none, first."""
        blank = self._blank_choice()
        return [*([(None, blank)] if blank else []), *super().iter_groups()]

    def _blank_choice(self) -> list[Choice]:
        return [] if self.blank is None else [Choice("", self.blank, self.data is None, {})]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the choice."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            self.data = None
            raise ValueError(_choose_again(self)) from error

    def pre_validate(self, form: wtforms.Form) -> None:
        """Refuse what is not on the list; nothing chosen is for ``required`` to speak of."""
        _stop_at_process_errors(self)
        if is_empty(self):
            return
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise StopValidation(_choose_again(self)) from error


class RadioField(SelectField):
    """One of a short list, each in sight."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.RadioInput()


class CheckboxesField(wtforms.SelectMultipleField):
    """Any of a list, each in sight; ``data`` is a list. ``choices`` as for a ``SelectField``."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] | None = None,
        *,
        choices: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, choices=_choices(choices), **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the choices."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            self.data: list[Any] = []
            raise ValueError(_choose_again(self)) from error

    def pre_validate(self, form: wtforms.Form) -> None:
        """Refuse what is not on the list."""
        _stop_at_process_errors(self)
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise StopValidation(_choose_again(self)) from error


class BooleanField(wtforms.BooleanField):
    """One box, ticked or not."""


class FileField(UploadField):
    """A file to send; ``data`` is None or werkzeug's ``FileStorage``."""


class FilesField(wtforms.MultipleFileField):
    """Files to send; ``data`` is a list of werkzeug's ``FileStorage``."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Leave out what is no file: a browser sends an empty one where none was chosen."""
        self.data = self.raw_data = [
            given for given in valuelist if isinstance(given, FileStorage) and given.filename
        ]


def choices_of(kind: type[StrEnum]) -> list[SelectChoice]:
    """The members of an enum as choices, each by its ``label``."""
    return list(enum_choices(kind, label=attrgetter("label")))


def _stop_at_process_errors(field: wtforms.Field) -> None:
    if field.process_errors:
        raise StopValidation


def _choose_again(field: wtforms.Field) -> str:
    return f"{name_of(field)} must be one of the choices shown"


def _choices(given: Any) -> Any:
    if isinstance(given, Mapping):
        return [_choice(pair, group) for group, pairs in given.items() for pair in pairs]
    return given if given is None or callable(given) else [_choice(pair, None) for pair in given]


def _choice(given: Any, group: str | None) -> SelectChoice:
    return SelectChoice.from_input(given, optgroup=group)


def _or_none(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value in (None, "") else coerce(value)
