"""What every form of the product is made from. A form's module imports all it needs from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import wtforms
from flask import Flask, render_template
from flask_wtf import FlaskForm
from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from opprod.core.errors import InvalidInput
from opprod.web.fields import (
    BooleanField,
    CheckboxesField,
    DayField,
    EmailField,
    FileField,
    FilesField,
    HiddenField,
    IntegerField,
    PasswordField,
    QuantityField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    choices_of,
)
from opprod.web.rows import RowsField
from opprod.web.validators import max_length, min_length, most_files, required

__all__ = [
    "BaseForm",
    "BooleanField",
    "CheckboxesField",
    "DayField",
    "EmailField",
    "FileField",
    "FilesField",
    "FormError",
    "FormField",
    "HiddenField",
    "IntegerField",
    "PasswordField",
    "QuantityField",
    "RadioField",
    "RowsField",
    "SelectChoice",
    "SelectField",
    "StringField",
    "SubForm",
    "TextAreaField",
    "add_error",
    "choices_of",
    "form_errors",
    "max_length",
    "min_length",
    "most_files",
    "render_form",
    "required",
]

KINDS: list[tuple[type[wtforms.Field], str]] = [
    (wtforms.HiddenField, "hidden"),
    (HiddenField, "hidden"),
    (PasswordField, "password"),
    (EmailField, "email"),
    (TextAreaField, "textarea"),
    (RadioField, "radios"),
    (CheckboxesField, "checkboxes"),
    (SelectField, "select"),
    (BooleanField, "checkbox"),
    (FileField, "file"),
    (FilesField, "files"),
    (IntegerField, "integer"),
]
_kinds: dict[type[wtforms.Field], str] = {}


class _OurFieldsOnly:
    """Hold every text field to a length, and to the tidying of ``opprod.web.fields``."""

    def bind_field(self, form: wtforms.Form, unbound_field: Any, options: dict[str, Any]) -> wtforms.Field:
        """Bind a field; raise ``TypeError`` for one the house does not use."""
        field = unbound_field.bind(form=form, **options)
        if isinstance(field, wtforms.StringField) and not isinstance(field, wtforms.HiddenField):
            _check_text_field(field)
        return field


class BaseForm(FlaskForm):
    """A form: its CSRF token is checked, and its text is tidied and held to a length."""

    class Meta(_OurFieldsOnly, FlaskForm.Meta):
        """WTForms reads its settings from here."""


class SubForm(wtforms.Form):
    """A form within a form, as in a row of a list; the outer one carries the CSRF token."""

    class Meta(_OurFieldsOnly, wtforms.meta.DefaultMeta):
        """WTForms reads its settings from here."""


@dataclass(frozen=True, slots=True)
class FormError:
    """A message of the error summary, and the id of the field it is about."""

    message: str
    field_id: str | None


def init_app(app: Flask) -> None:
    """Give templates ``field_kind`` and ``form_errors``."""
    app.add_template_filter(field_kind)
    app.add_template_filter(form_errors)


def render_form(template: str, form: wtforms.Form, **context: Any) -> tuple[str, int]:
    """Make the page of a form: 422 with "Error:" in its title where the form was refused, 200 where it is fresh.

    What was typed is kept. The template gets ``form``.
    """
    has_errors = bool(form.errors)
    page = render_template(template, form=form, has_errors=has_errors, **context)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if has_errors else HTTPStatus.OK


def add_error(form: wtforms.Form, error: InvalidInput) -> None:
    """Show a service's refusal at the field it names, or at the top of the form."""
    if error.field is not None and error.field in form:
        field = form[error.field]
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors = [*form.form_errors, error.message]


def form_errors(form: wtforms.Form) -> list[FormError]:
    """Return the form's messages, in the order of its fields, those of rows and inner forms too."""
    own = [FormError(message, None) for message in form.form_errors]
    return [*own, *(error for field in form for error in _errors_of(field, ""))]


def field_kind(field: wtforms.Field) -> str:
    """Return the sort of input the ``field`` macro draws."""
    kind = _kinds.get(type(field))
    if kind is None:
        kind = next((kind for base, kind in KINDS if isinstance(field, base)), "text")
        _kinds[type(field)] = kind
    return kind


def _check_text_field(field: wtforms.Field) -> None:
    if not isinstance(field, (StringField, PasswordField)):
        raise TypeError(f"{field.name}: take text fields from opprod.web.forms.")
    if not field.flags.maxlength:
        raise TypeError(f"{field.name}: a text field needs max_length(...).")


def _errors_of(field: wtforms.Field, place: str) -> Iterator[FormError]:
    if isinstance(field, RowsField):
        yield from (FormError(place + message, field.id) for message in field.errors if isinstance(message, str))
        for number, row in enumerate(field.entries, start=1):
            yield from _errors_of(row, f"{place}{field.row_name} {number}: ")
    elif isinstance(field, FormField):
        yield from (FormError(place + message, field.id) for message in field.form.form_errors)
        for inner in field.form:
            yield from _errors_of(inner, place)
    else:
        yield from (FormError(place + message, field.id) for message in field.errors)
