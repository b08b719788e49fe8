"""Pages that use every component, served by the real application beside its own pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.core import errors
from opprod.core.rag import Rag
from opprod.web.as_at import requested_day
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import (
    BaseForm,
    BooleanField,
    CheckboxesField,
    DayField,
    EmailField,
    FileField,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    QuantityField,
    RadioField,
    RowsField,
    SelectField,
    StringField,
    SubForm,
    TextAreaField,
    max_length,
    render_form,
    required,
)
from opprod.web.paging import Page, page_number

HOSTILE = "<script>document.title = 'broken'</script>\"'><img src=x onerror=alert(1)>"

blueprint = Blueprint("gallery", __name__, template_folder=str(Path(__file__).with_name("gallery_pages")))


def add_gallery(app: Flask) -> None:
    """Add the pages under ``/gallery``."""
    app.register_blueprint(blueprint, url_prefix="/gallery")


@dataclass(frozen=True)
class Change:
    """A field of an audit event, as the history panel shows it."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Event:
    """An audit event, as the history panel shows it."""

    at: datetime
    actor_name: str
    summary: str
    changes: tuple[Change, ...]


EVENTS = (
    Event(
        datetime(2016, 9, 20, 13, 5, tzinfo=UTC),
        "Directorate staff",
        "Rating changed",
        (
            Change("Rating", "Green", "Amber"),
            Change("Reason", None, "Two bids are late"),
            Change("Note", HOSTILE, None),
        ),
    ),
)


class StatementForm(SubForm):
    """One row of the list."""

    kind = HiddenField("Kind", [max_length(20)])
    text = TextAreaField("What was done", [required("enter what was done"), max_length(500)])
    due = DayField("Due date")
    owner = SelectField("Owner", choices=[("1", "Finance lead"), ("2", "Estates lead")], blank="Choose an owner")
    outcome = RadioField("Outcome", choices=[("achieved", "Achieved"), ("slipped", "Slipped")])


class EverythingForm(BaseForm):
    """A field of every kind."""

    rag = RadioField(
        "Rating",
        [required("Select a rating")],
        choices=[(rag.value, rag.label) for rag in Rag],
        description="How the project stands today",
    )
    title = StringField("Title", [required("Enter the title"), max_length(60)])
    purpose = TextAreaField("Purpose", [max_length(300)])
    email = EmailField("Email address", [max_length(100)])
    password = PasswordField("Password", [max_length(100)])
    takes_effect = DayField("Day it takes effect", description="For example, 29 September 2016")
    saving = QuantityField("Saving", unit="GBP", description="For example, £18–20m")
    posts = IntegerField("Posts", largest=500)
    region = SelectField(
        "Region", choices={"Outside London": [("n", "North")], "Capital": [("l", "London")]}, blank="All"
    )
    regions = CheckboxesField("Regions told", choices=[("n", "North"), ("l", "London")])
    confirmed = BooleanField("I confirm the equality duty statement")
    spreadsheet = FileField("Spreadsheet")
    statements = RowsField(
        FormField(StatementForm), "Statements", row_name="Statement", max_entries=5, kind_field="kind"
    )


@blueprint.get("/components")
@requires(Permission.PUBLIC)
def components() -> str:
    """Every component that is not part of a form."""
    as_at = requested_day()
    number = page_number()
    page = Page(range(1, 201)[(number - 1) * 20 : number * 20], number=number, size=20, total=200)
    return render_template("gallery/components.html", as_at=as_at, page=page, events=EVENTS, hostile=HOSTILE)


@blueprint.route("/form", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def form() -> ResponseReturnValue:
    """A form with a field of every kind and a list of rows."""
    start = [{"kind": "achievement", "text": "Signed the lease"}, {"kind": "step", "text": "Appoint the lead"}]
    form = EverythingForm(data={"statements": start})
    if form.statements.apply(request.form.get("action")):
        return render_form("gallery/form.html", form)
    if form.validate_on_submit():
        flash(f"Saved {form.title.data}")
        return redirect(url_for("gallery.components"), 303)
    return render_form("gallery/form.html", form)


@blueprint.get("/waiting")
@requires(Permission.PUBLIC)
def waiting() -> str:
    """Work done in the background."""
    return render_template("gallery/waiting.html")


@blueprint.get("/waiting/state")
@requires(Permission.PUBLIC)
def waiting_state() -> ResponseReturnValue:
    """How far it has come: to its end."""
    return jsonify(state="done", percent=100, text="Made", location=url_for("gallery.components"))


@blueprint.post("/conflict")
@requires(Permission.PUBLIC)
def conflict() -> ResponseReturnValue:
    """A record that someone else saved first."""
    return conflict_page(
        what="Pathology consolidation",
        theirs=[Typed("Purpose", "As stored")],
        yours=[Typed("Purpose", request.form["purpose"])],
        reload_href=url_for("gallery.form"),
    )


@blueprint.post("/refused/<kind>")
@requires(Permission.PUBLIC)
def refused(kind: str) -> ResponseReturnValue:
    """What a service refuses."""
    raise getattr(errors, kind)("The meeting has no paper deadline. Set one first.")


@blueprint.get("/broken")
@requires(Permission.PUBLIC)
def broken() -> ResponseReturnValue:
    """A fault of ours."""
    raise RuntimeError("the secret cause")
