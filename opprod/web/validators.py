"""Checks of a field; each message names the field and says what to do."""

from collections.abc import Callable

from wtforms import Field, Form
from wtforms.validators import StopValidation, ValidationError

from opprod.web.text import is_blank

Validator = Callable[[Form, Field], None]


class required:  # noqa: N801 - reads as a word in a list of validators
    """Something must be typed or chosen; ``message`` says what: "Enter the purpose"."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse a field that holds nothing, and let no later check speak of it."""
        if is_empty(field):
            field.errors = []
            raise StopValidation(self.message)


class max_length:  # noqa: N801 - reads as a word in a list of validators
    """At most this many characters, a line break counting as one."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse longer text."""
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(f"{name_of(field)} must be {self.limit:,} characters or fewer; you have {length:,}")


class min_length:  # noqa: N801 - reads as a word in a list of validators
    """At least this many characters, where anything is typed."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse shorter text."""
        if field.data and len(field.data) < self.limit:
            raise ValidationError(f"{name_of(field)} must be {self.limit:,} characters or more")


class most_files:  # noqa: N801 - reads as a word in a list of validators
    """At most this many files at once."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse more."""
        if len(field.data) > self.limit:
            raise ValidationError(f"Choose {self.limit} files or fewer; you chose {len(field.data)}")


def name_of(field: Field) -> str:
    """Return what messages call the field: its label, without the note that it may be left empty."""
    return str(field.label.text).removesuffix(" (optional)").removesuffix("?")


def is_empty(field: Field) -> bool:
    """Return whether the person gave the field nothing, whatever became of it since."""
    return all(isinstance(given, str) and is_blank(given) for given in field.raw_data or [])
