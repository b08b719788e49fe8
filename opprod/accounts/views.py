"""Signing in and out, one's own account, and administrators' pages of accounts."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from opprod.accounts import gate, queries, services
from opprod.accounts.forms import (
    ChangePersonForm,
    NewPersonForm,
    OwnPasswordForm,
    PasswordForm,
    SignInForm,
    TrailFilters,
)
from opprod.accounts.permissions import Permission, requires
from opprod.audit import queries as trail
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db, keep_despite_error
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import SelectChoice, add_error, render_form
from opprod.web.paging import page_number, paginate

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask who this is, and open a session."""
    form = SignInForm(next=request.args.get("next", ""))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_safe(form.next.data))
    if form.validate_on_submit():
        token = services.sign_in(
            email=form.email.data, password=form.password.data, address=request.remote_addr or ""
        )
        if token:
            gate.remember(token)
            return redirect(_safe(form.next.data), 303)
        keep_despite_error()
        form.form_errors = ["The email address or password is not right."]
    return render_form("accounts/sign_in.html", form)


@blueprint.post("/sign-out")
@requires(Permission.USE_OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """Close the session."""
    services.sign_out(user=gate.signed_in(), token=gate.token() or "")
    gate.forget()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def own_account() -> ResponseReturnValue:
    """Show one's own account, and change its password."""
    form = OwnPasswordForm()
    if form.validate_on_submit():
        try:
            services.change_own_password(
                user=gate.signed_in(),
                current=form.current.data,
                new=form.password.data,
                keep_token=gate.token(),
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash("Your password is changed. Anywhere else you were signed in, you are no longer.")
            return redirect(url_for("accounts.own_account"), 303)
    return render_form("accounts/own_account.html", form, user=gate.signed_in())


@blueprint.get("/accounts")
@requires(Permission.MANAGE_ACCOUNTS)
def people() -> ResponseReturnValue:
    """List the accounts."""
    page = paginate(db.session, queries.people(), number=page_number())
    return render_template("accounts/people.html", page=page)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def new_person() -> ResponseReturnValue:
    """Make an account."""
    form = NewPersonForm()
    if form.validate_on_submit():
        try:
            user = services.create_account(
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                region=form.region.data,
                password=form.password.data,
                actor=gate.signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash(f"{user.name} can now sign in.")
            return redirect(url_for("accounts.person", user_id=user.id), 303)
    return render_form("accounts/new_person.html", form)


@blueprint.route("/accounts/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def person(user_id: int) -> ResponseReturnValue:
    """Show an account, and change it."""
    user = queries.user(user_id)
    form = ChangePersonForm(obj=user)
    if form.validate_on_submit():
        try:
            services.change_account(
                user=user,
                name=form.name.data,
                role=form.role.data,
                region=form.region.data,
                is_active=form.is_active.data,
                version=form.version.data,
                actor=gate.signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return conflict_page(
                what=user.name,
                theirs=_as_typed(ChangePersonForm(formdata=None, obj=user)),
                yours=_as_typed(form),
                reload_href=request.path,
            )
        else:
            flash(f"Saved what you changed of {user.name}.")
            return redirect(url_for("accounts.person", user_id=user.id), 303)
    return _person_page(user_id, form)


@blueprint.post("/accounts/<int:user_id>/password")
@requires(Permission.MANAGE_ACCOUNTS)
def set_password(user_id: int) -> ResponseReturnValue:
    """Give somebody a new password."""
    user = queries.user(user_id)
    form = PasswordForm()
    if form.validate():
        try:
            services.set_password(user=user, password=form.password.data, actor=gate.signed_in())
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash(f"{user.name} has a new password, and must sign in again.")
            return redirect(url_for("accounts.person", user_id=user.id), 303)
    return _person_page(user_id, ChangePersonForm(formdata=None, obj=user), form)


@blueprint.get("/audit")
@requires(Permission.VIEW_AUDIT)
def audit_trail() -> ResponseReturnValue:
    """List what was done, by whom and when."""
    form = TrailFilters(request.args)
    form.actor.choices = [SelectChoice(str(actor_id), name) for actor_id, name in trail.actors()]
    form.validate()
    filters = trail.Filters(
        event=form.event.data,
        actor_id=form.actor.data,
        subject_type=form.kind.data or None,
        subject_id=form.record.data,
    )
    page = paginate(db.session, trail.trail(filters), number=page_number())
    return render_template("accounts/audit_trail.html", form=form, page=page, lines=trail.lines(page.items))


def _person_page(
    user_id: int, form: ChangePersonForm, password_form: PasswordForm | None = None
) -> ResponseReturnValue:
    user = queries.user(user_id)
    refused = password_form if password_form and password_form.errors else form
    return render_form(
        "accounts/person.html",
        refused,
        user=user,
        person_form=form,
        password_form=password_form or PasswordForm(formdata=None),
        history=trail.lines(trail.latest_about(user)),
    )


def _as_typed(form: ChangePersonForm) -> list[Typed]:
    return [
        Typed("Name", form.name.data or ""),
        Typed("Role", form.role.data.label if form.role.data else ""),
        Typed("Region", form.region.data.label if form.region.data else "None"),
        Typed("Can sign in", "yes" if form.is_active.data else "no"),
    ]


def _safe(target: str | None) -> str:
    """A path of our own to go on to, never another site."""
    parts = urlsplit(target or "")
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(("//", "/\\")):
        return url_for("overview.home")
    return parts.geturl()
