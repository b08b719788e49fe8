"""Pages of the services that STPs make plans for, for those who keep them."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.audit.queries import latest_about, lines
from opprod.core.errors import Conflict, InvalidInput
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.catalogue import ServiceForm, as_typed, form_data
from opprod.plans.models import Service
from opprod.plans.queries import catalogue as queries
from opprod.plans.services.catalogue import MOST_SERVICES, change_service, create_service
from opprod.web.errors import conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.presenters import plural


@blueprint.get("/services")
@requires(Permission.MANAGE_SERVICES)
def services() -> ResponseReturnValue:
    """List the services with their functions."""
    found = queries.service_views()
    return render_template(
        "plans/services/list.html",
        services=found,
        stps=queries.stp_count(),
        may_add=len(found) < MOST_SERVICES,
        most=MOST_SERVICES,
    )


@blueprint.route("/services/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SERVICES)
def new_service() -> ResponseReturnValue:
    """Add a service, which opens a plan for it in every STP."""
    form = ServiceForm(version=0, functions=[{"in_focus": True}])
    if _rows_moved(form) or not form.validate_on_submit():
        return _new_form(form)
    try:
        made = create_service(name=form.name.data, functions=form.contents(), actor=signed_in())
    except InvalidInput as error:
        add_error(form, error)
        return _new_form(form)
    flash(f"{made.name} is added, with a plan for it in {plural(queries.stp_count(), 'STP')}.")
    return redirect(url_for("plans.services"), HTTPStatus.SEE_OTHER)


@blueprint.route("/services/<slug>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SERVICES)
def edit_service(slug: str) -> ResponseReturnValue:
    """Rename a service, and rename, order or add its functions."""
    service = queries.service(slug)
    form = ServiceForm(data=form_data(service))
    if _rows_moved(form) or not form.validate_on_submit():
        return _edit_form(form, service)
    try:
        change_service(
            service=service,
            version=form.version.data,
            name=form.name.data,
            functions=form.contents(),
            actor=signed_in(),
        )
    except InvalidInput as error:
        add_error(form, error)
        return _edit_form(form, service)
    except Conflict:
        stored = ServiceForm(formdata=None, data=form_data(service))
        return conflict_page(
            what=service.name,
            theirs=as_typed(service.name, stored.contents()),
            yours=as_typed(form.name.data, form.contents()),
            reload_href=request.path,
        )
    flash(f"{service.name} is saved.")
    return redirect(url_for("plans.services"), HTTPStatus.SEE_OTHER)


def _rows_moved(form: ServiceForm) -> bool:
    """Do what a button of the list of functions asked for, if it was one of these that was pressed."""
    return request.method == "POST" and form.functions.apply(request.form.get("action"), defaults={"in_focus": True})


def _new_form(form: ServiceForm) -> tuple[str, int]:
    return render_form("plans/services/new.html", form, stps=queries.stp_count())


def _edit_form(form: ServiceForm, service: Service) -> tuple[str, int]:
    return render_form(
        "plans/services/edit.html",
        form,
        service=service,
        history=lines(latest_about(service)),
        history_href=url_for("accounts.audit_trail", kind=service.__tablename__, record=service.id),
    )
