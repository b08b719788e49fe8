"""Pages of STPs, trusts and the directorate."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.audit.queries import latest_about, lines
from opprod.core.errors import Conflict
from opprod.core.regions import Region
from opprod.db import Base, db
from opprod.organisations import presenters, queries, services
from opprod.organisations.forms import DirectorateForm, StpFilters, TrustFilters
from opprod.web.as_at import requested_day
from opprod.web.errors import conflict_page
from opprod.web.forms import render_form
from opprod.web.paging import page_number, paginate_rows

blueprint = Blueprint("organisations", __name__)

STPS_A_PAGE = 50
TRUSTS_A_PAGE = 25


@blueprint.get("/stps")
@requires(Permission.VIEW_PROGRAMME)
def stps() -> ResponseReturnValue:
    """List the STPs by region."""
    as_at = requested_day()
    form = StpFilters(request.args)
    form.validate()
    query = queries.stps(as_at.day, region=form.region.data)
    page = paginate_rows(db.session, query, number=page_number(), size=STPS_A_PAGE)
    by_region = {region: [row for row in page.items if row[0].region is region] for region in Region}
    return render_template(
        "organisations/stps.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        page=page,
        by_region={region: rows for region, rows in by_region.items() if rows},
        stp_counts=queries.stp_counts(),
        trust_counts=queries.trust_counts(),
        title_of=presenters.stp_title,
    )


@blueprint.get("/stps/<int:number>")
@requires(Permission.VIEW_PROGRAMME)
def stp(number: int) -> ResponseReturnValue:
    """Show an STP."""
    as_at = requested_day()
    found, name = queries.stp(number, as_at.day)
    person = signed_in()
    return render_template(
        "organisations/stp.html",
        as_at=as_at,
        stp=found,
        title=presenters.stp_title(found, name),
        trusts=queries.trusts_of(found, as_at.day),
        names=queries.stp_names(found, as_at.day),
        may_see_plans=person.can(Permission.VIEW_PLANS) and person.region in {None, found.region},
        trust_title=presenters.trust_title,
        trust_type=presenters.trust_type,
        **_history_of(found),
    )


@blueprint.get("/trusts")
@requires(Permission.VIEW_PROGRAMME)
def trusts() -> ResponseReturnValue:
    """List the trusts that fit the search and the filters."""
    as_at = requested_day()
    form = TrustFilters(request.args)
    names = sorted((presenters.stp_title(stp, name), stp.id) for stp, name in queries.stps_with_trusts(as_at.day))
    form.stp.choices = [(queries.NO_STP, "In no STP"), *((number, name) for name, number in names)]
    form.validate()
    search = queries.TrustSearch(
        text="" if form.q.errors else form.q.data or "",
        region=form.region.data,
        type=form.type.data,
        stp_number=form.stp.data,
    )
    page = paginate_rows(db.session, queries.trusts(search, as_at.day), number=page_number(), size=TRUSTS_A_PAGE)
    return render_template(
        "organisations/trusts.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        page=page,
        narrowed=search != queries.TrustSearch(),
        trust_title=presenters.trust_title,
        stp_title=presenters.stp_title,
        trust_type=presenters.trust_type,
    )


@blueprint.get("/trusts/<ods_code>")
@requires(Permission.VIEW_PROGRAMME)
def trust(ods_code: str) -> ResponseReturnValue:
    """Show a trust; its code may be typed in small letters."""
    as_at = requested_day()
    if ods_code != ods_code.upper():
        return redirect(
            url_for("organisations.trust", ods_code=ods_code.upper(), as_at=as_at.url_args().get("as_at"))
        )
    found, name, stp_name = queries.trust(ods_code, as_at.day)
    return render_template(
        "organisations/trust.html",
        as_at=as_at,
        trust=found,
        title=presenters.trust_title(found, name),
        type=presenters.trust_type(found),
        head_office=presenters.head_office(found),
        stp_title=stp_name or f"STP {found.stp_id}",
        names=queries.trust_names(found, as_at.day),
        **_history_of(found),
    )


@blueprint.get("/directorate")
@requires(Permission.VIEW_PROGRAMME)
def directorate() -> ResponseReturnValue:
    """Show whose programme this is."""
    found = queries.directorate()
    return render_template(
        "organisations/directorate.html",
        directorate=found,
        may_edit=signed_in().can(Permission.MANAGE_PROGRAMME),
        **(_history_of(found) if found else {}),
    )


@blueprint.route("/directorate/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def edit_directorate() -> ResponseReturnValue:
    """Say what the directorate is called, whose it is and what it is for."""
    found = queries.directorate()
    form = DirectorateForm(obj=found) if found else DirectorateForm(version=0)
    if form.validate_on_submit():
        try:
            services.describe_directorate(
                name=form.name.data,
                body=form.body.data,
                purpose=form.purpose.data,
                version=form.version.data,
                actor=signed_in(),
            )
        except Conflict:
            return conflict_page(
                what="The directorate",
                theirs=presenters.directorate_as_typed(name=found.name, body=found.body, purpose=found.purpose)
                if found
                else [],
                yours=presenters.directorate_as_typed(
                    name=form.name.data, body=form.body.data, purpose=form.purpose.data
                ),
                reload_href=request.path,
            )
        else:
            flash("The directorate is saved.")
            return redirect(url_for("organisations.directorate"), 303)
    return render_form("organisations/edit_directorate.html", form)


def _history_of(record: Base) -> dict[str, object]:
    """What a page's history panel shows, and where those who may read the whole trail find the rest."""
    more = url_for("accounts.audit_trail", kind=record.__tablename__, record=record.id)  # type: ignore[attr-defined] # every table of ours has it
    return {
        "history": lines(latest_about(record)),
        "history_href": more if signed_in().can(Permission.VIEW_AUDIT) else "",
    }
