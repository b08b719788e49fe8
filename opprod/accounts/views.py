"""Signing in and out, one's own account, and administrators' pages of accounts."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from opprod.accounts import gate, services
from opprod.accounts.forms import SignInForm
from opprod.accounts.permissions import Permission, requires
from opprod.db import keep_despite_error
from opprod.web.forms import render_form

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


def _safe(target: str | None) -> str:
    """A path of our own to go on to, never another site."""
    parts = urlsplit(target or "")
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(("//", "/\\")):
        return url_for("overview.home")
    return parts.geturl()


@blueprint.get("/account")
@requires(Permission.USE_OWN_ACCOUNT)
def own_account() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template("overview/home.html")


@blueprint.get("/accounts")
@requires(Permission.MANAGE_ACCOUNTS)
def people() -> ResponseReturnValue:
    """List the accounts."""
    return render_template("overview/home.html")


@blueprint.get("/audit")
@requires(Permission.VIEW_AUDIT)
def audit_trail() -> ResponseReturnValue:
    """List what was done."""
    return render_template("overview/home.html")
