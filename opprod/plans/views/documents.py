"""The documents of a plan: attaching, downloading and withdrawing them."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.config import Settings
from opprod.core import clock
from opprod.core.errors import DomainError, InvalidInput
from opprod.db import keep_despite_error
from opprod.files import names
from opprod.files import store as files
from opprod.files.store import FileStore
from opprod.plans import permissions
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.documents import MOST_AT_ONCE, AttachForm, WithdrawDocumentForm
from opprod.plans.models import Plan
from opprod.plans.queries import documents as queries
from opprod.plans.queries.records import record_of
from opprod.plans.services import documents as services
from opprod.plans.views.access import find_plan
from opprod.plans.views.recording import form_page, standing_plan
from opprod.web.as_at import AsAt, requested_day
from opprod.web.presenters import plural
from opprod.web.uploads import let_go_of_the_database, takes_files


@blueprint.get("/plans/<int:plan_id>/documents")
@requires(Permission.VIEW_PLANS)
def documents(plan_id: int) -> ResponseReturnValue:
    """List a plan's documents, those withdrawn with them, and take more."""
    return _page(find_plan(plan_id), AttachForm(), requested_day())


@blueprint.post("/plans/<int:plan_id>/documents")
@requires(Permission.RECORD_PLANS)
@takes_files(largest=services.LARGEST, most=MOST_AT_ONCE)
def attach_documents(plan_id: int) -> ResponseReturnValue:
    """Attach documents, each taken or refused by itself; a script that asks for JSON is told in JSON."""
    plan, _record = standing_plan(plan_id)
    form = AttachForm()
    attached: list[str] = []
    if form.validate_on_submit():
        attached, refused = _attach(plan, form)
        form.documents.errors = [message.removesuffix(".") for message in refused]
    if request.accept_mimetypes.best == "application/json":
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.CREATED
        return jsonify(attached=attached, refused=form.documents.errors), status
    if form.errors:
        return _page(plan, form, AsAt(clock.today(), is_today=True), attached)
    flash(_attached_in_words(attached))
    return redirect(url_for("plans.documents", plan_id=plan_id), 303)


@blueprint.get("/plans/<int:plan_id>/documents/<int:document_id>")
@requires(Permission.VIEW_PLANS)
def document(plan_id: int, document_id: int) -> ResponseReturnValue:
    """Download a document; no browser shows it as a page of ours, or keeps it."""
    found = queries.document(find_plan(plan_id), document_id)
    answer = Response(_store().open(found.sha256, size=found.size), mimetype=found.kind.media_type)
    answer.content_length = found.size
    answer.headers["Content-Disposition"] = names.disposition(found.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/plans/<int:plan_id>/documents/<int:document_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def withdraw_document(plan_id: int, document_id: int) -> ResponseReturnValue:
    """Take a document from the plan, for a reason."""
    plan, record = standing_plan(plan_id)
    found = queries.document(plan, document_id)
    form = WithdrawDocumentForm()
    if form.validate_on_submit():
        services.withdraw_document(document=found, reason=form.reason.data, actor=signed_in())
        flash(f"{found.name} is withdrawn.")
        return redirect(url_for("plans.documents", plan_id=plan_id), 303)
    return form_page("plans/documents/withdraw.html", form, record, document=found)


def _attach(plan: Plan, form: AttachForm) -> tuple[list[str], list[str]]:
    """Attach what was sent; return the names of what was, and why the rest was not, which undoes none of it."""
    let_go_of_the_database()  # storing may take a while
    received, refused, store = [], [], _store()
    for sent in form.documents.data:
        try:
            received.append(services.receive(name=str(sent.filename), content=sent.stream, store=store))
        except DomainError as error:
            refused.append(error.message)
    attached = []
    for one in received:
        try:
            attached.append(services.attach_document(plan=plan, received=one, actor=signed_in()).name)
        except InvalidInput as error:
            refused.append(error.message)
    keep_despite_error()
    return attached, refused


def _page(plan: Plan, form: AttachForm, as_at: AsAt, attached: Sequence[str] = ()) -> ResponseReturnValue:
    record = record_of(plan, as_at.day)
    return form_page(
        "plans/documents/list.html",
        form,
        record,
        as_at=as_at,
        plan=plan,
        documents=queries.documents_of(plan, as_at.day),
        withdrawn=queries.withdrawn_documents_of(plan, as_at.day),
        may_record=as_at.is_today and record.withdrawn_on is None and permissions.can_record(signed_in(), plan),
        attached=_attached_in_words(attached) if attached else "",
        largest=services.LARGEST,
        most=MOST_AT_ONCE,
    )


def _attached_in_words(attached: Sequence[str]) -> str:
    if len(attached) == 1:
        return f"{attached[0]} is attached."
    return f"{plural(len(attached), 'document')} are attached: {', '.join(attached)}."


def _store() -> FileStore:
    settings: Settings = current_app.extensions["opprod"]
    return files.at(settings.files_address)
