"""Pages of measures and their readings."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.db import db
from opprod.projects import presenters
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.measures import (
    DIRECTORATE,
    MeasureFilters,
    MeasureForm,
    ReadingForm,
    RenameMeasureForm,
    WithdrawForm,
)
from opprod.projects.forms.strands import chosen
from opprod.projects.models import Measure, Reading
from opprod.projects.queries import measures as queries
from opprod.projects.queries import strands as strand_queries
from opprod.projects.services import measures as services
from opprod.projects.services.measures import Seen
from opprod.projects.views.history import history_of
from opprod.web.as_at import requested_day
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import SelectChoice, add_error, render_form
from opprod.web.paging import page_number, paginate_rows
from opprod.web.presenters import day as day_in_words

MEASURES_A_PAGE = 25
READINGS_SHOWN = 60


@blueprint.get("/measures")
@requires(Permission.VIEW_PROGRAMME)
def measures() -> ResponseReturnValue:
    """List everything counted, with the reading in force."""
    as_at = requested_day()
    form = MeasureFilters(request.args)
    strands = presenters.strand_choices(strand_queries.strand_names(as_at.day))
    form.strand.choices = [SelectChoice(str(DIRECTORATE), presenters.DIRECTORATES_OWN), *strands]
    form.validate()
    search, strand_id = chosen(form.q) or "", chosen(form.strand)
    query = queries.measures(as_at.day, search=search, strand_id=strand_id, unowned=strand_id == DIRECTORATE)
    page = paginate_rows(db.session, query, number=page_number(), size=MEASURES_A_PAGE)
    return render_template(
        "projects/measures/list.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        page=page,
        measures=[queries.measure_view(row) for row in page.items],
        narrowed=bool(search) or strand_id is not None,
        may_manage=as_at.is_today and signed_in().can(Permission.MANAGE_PROGRAMME),
        presenters=presenters,
    )


@blueprint.get("/measures/<key>")
@requires(Permission.VIEW_PROGRAMME)
def measure(key: str) -> ResponseReturnValue:
    """Show a measure's value, its trend, and each reading with its source."""
    as_at = requested_day()
    found = queries.measure(key)
    # One more than is shown tells whether there are more.
    readings = queries.readings([found.id], as_at.day, limit=READINGS_SHOWN + 1)[found.id]
    person = signed_in()
    return render_template(
        "projects/measures/show.html",
        as_at=as_at,
        measure=queries.view_of(found, as_at.day),
        readings=readings[:READINGS_SHOWN],
        has_more=len(readings) > READINGS_SHOWN,
        may_record=as_at.is_today and person.can(Permission.WRITE_UPDATES),
        may_manage=as_at.is_today and person.can(Permission.MANAGE_PROGRAMME),
        presenters=presenters,
        **history_of(found, as_at),
    )


@blueprint.route("/measures/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def new_measure() -> ResponseReturnValue:
    """Add something to count."""
    form = MeasureForm(strand=request.args.get("strand", type=int))
    form.strand.choices = presenters.strand_choices(strand_queries.strand_names(clock.today()))
    if form.validate_on_submit():
        try:
            made = services.create_measure(
                strand=strand_queries.strand(form.strand.data) if form.strand.data else None,
                key=form.key.data or None,
                name=form.name.data,
                unit=form.unit.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash(f"{made.name} is added. Statements quote it as [[{made.key}]].")
            return redirect(url_for("projects.measure", key=made.key), 303)
    return render_form("projects/measures/new.html", form)


@blueprint.route("/measures/<key>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def edit_measure(key: str) -> ResponseReturnValue:
    """Rename a measure."""
    found = queries.measure(key)
    form = RenameMeasureForm(obj=found)
    if form.validate_on_submit():
        try:
            services.change_measure(measure=found, version=form.version.data, name=form.name.data, actor=signed_in())
        except Conflict:
            return conflict_page(
                what=found.name,
                theirs=[Typed("Name", found.name)],
                yours=[Typed("Name", form.name.data)],
                reload_href=request.path,
            )
        flash(f"{found.name} is saved.")
        return redirect(url_for("projects.measure", key=key), 303)
    return render_form("projects/measures/edit.html", form, measure=found)


@blueprint.route("/measures/<key>/readings/new", methods=["GET", "POST"])
@requires(Permission.WRITE_UPDATES)
def new_reading(key: str) -> ResponseReturnValue:
    """Record a measure's value on a day."""
    found = queries.measure(key)
    today = clock.today()
    in_force = queries.view_of(found, today).reading
    form = ReadingForm(effective_on=today, seen=in_force.id if in_force else 0)
    if form.validate_on_submit():
        seen = Seen(form.seen.data or None, on=today)
        return _record(found, form, seen) or _reading_form(form, found)
    return _reading_form(form, found)


@blueprint.route("/measures/<key>/readings/<int:reading_id>/correct", methods=["GET", "POST"])
@requires(Permission.WRITE_UPDATES)
def correct_reading(key: str, reading_id: int) -> ResponseReturnValue:
    """Put right what a reading says; the wrong one is kept, and a later one for its day takes its place."""
    found = queries.measure(key)
    reading = _standing_reading(found, reading_id)
    form = ReadingForm(
        quantity=reading.quantity, effective_on=reading.effective_on, source=reading.source, seen=reading.id
    )
    form.effective_on.data = reading.effective_on  # a correction is for the same day, whatever was sent
    if form.validate_on_submit():
        seen = Seen(form.seen.data or None, on=reading.effective_on)
        return _record(found, form, seen) or _reading_form(form, found, reading)
    return _reading_form(form, found, reading)


@blueprint.route("/measures/<key>/readings/<int:reading_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.WRITE_UPDATES)
def withdraw_reading(key: str, reading_id: int) -> ResponseReturnValue:
    """Take a reading out, for a reason; what was in force before it is so again."""
    found = queries.measure(key)
    reading = _standing_reading(found, reading_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        services.withdraw_reading(reading=reading, reason=form.reason.data, actor=signed_in())
        flash(f"The reading of {day_in_words(reading.effective_on)} is withdrawn.")
        return redirect(url_for("projects.measure", key=key), 303)
    return render_form("projects/measures/withdraw.html", form, measure=found, reading=reading)


def _record(measure: Measure, form: ReadingForm, seen: Seen) -> ResponseReturnValue | None:
    """Record what was typed and go on; None where it was refused, and the form says why."""
    try:
        services.record_reading(
            measure=measure,
            quantity=form.quantity.data,
            source=form.source.data,
            effective_on=form.effective_on.data,
            actor=signed_in(),
            seen=seen,
        )
    except InvalidInput as error:
        add_error(form, error)
        return None
    except Conflict:
        now = queries.view_of(measure, seen.on).reading
        return conflict_page(
            what=measure.name,
            theirs=presenters.reading_as_typed(now.said, now.effective_on, now.source) if now else [],
            yours=presenters.reading_as_typed(str(form.quantity.data), form.effective_on.data, form.source.data),
            reload_href=url_for("projects.measure", key=measure.key),
        )
    flash(f"The reading for {day_in_words(form.effective_on.data)} is recorded.")
    return redirect(url_for("projects.measure", key=measure.key), 303)


def _reading_form(form: ReadingForm, measure: Measure, corrects: Reading | None = None) -> ResponseReturnValue:
    return render_form(
        "projects/measures/reading.html", form, measure=measure, corrects=corrects, presenters=presenters
    )


def _standing_reading(measure: Measure, reading_id: int) -> Reading:
    reading = queries.reading(measure, reading_id)
    if reading.withdrawn_on is not None:
        raise WrongState(f"This reading was withdrawn on {day_in_words(reading.withdrawn_on)}.")
    return reading
