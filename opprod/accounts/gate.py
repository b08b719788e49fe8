"""The gate every request passes: it asks who this is, and whether they may use this endpoint.

It stands before CSRF protection, so that a missing permission is never hidden by a missing token. An endpoint
that names no permission is open to nobody.
"""

import ipaddress
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from opprod.accounts import sessions
from opprod.accounts.models import User
from opprod.accounts.permissions import Permission
from opprod.core.errors import SignedOut
from opprod.db import READING_METHODS

_TOKEN_KEY = "token"  # noqa: S105 the cookie's key, not a secret


class SessionInterface(SecureCookieSessionInterface):
    """Cookies that are ``Secure`` except on plain HTTP at a loopback address, where they could not be sent."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this request's cookie is for HTTPS alone."""
        return request.scheme == "https" or not _is_loopback(request.host)


def init_app(app: Flask) -> None:
    """Put the gate before every request. Call before CSRF protection is set up."""
    app.session_interface = SessionInterface()
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_NAME="opprod")
    manager = LoginManager(app)
    manager.session_protection = None  # sessions are the database's; see accounts.sessions
    manager.request_loader(_user_of)
    app.before_request(_check)


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """The permission an endpoint names."""
    return getattr(app.view_functions[endpoint], "permission", None)


def remember(token: str) -> None:
    """Give the browser the token of a new session, and nothing from before it."""
    session.clear()
    session[_TOKEN_KEY] = token


def token() -> str | None:
    """The token of the session this request belongs to."""
    return session.get(_TOKEN_KEY)


def forget() -> None:
    """Take the token from the browser."""
    session.clear()


def signed_in() -> User:
    """The person making this request; only for endpoints that need signing in."""
    return cast(User, current_user._get_current_object())  # noqa: SLF001 Flask-Login's own way past its proxy


def _user_of(_request: Request) -> User | None:
    held = token()
    return sessions.find(held) if held else None


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: Flask answers 404 or 405
    permission = permission_of(current_app, request.endpoint)
    if permission is Permission.PUBLIC:
        return None
    if not current_user.is_authenticated:
        if request.method not in READING_METHODS:
            raise SignedOut("Your time signed in has ended, or you signed out elsewhere.")
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if permission is None or not signed_in().can(permission):
        abort(403)
    return None


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
