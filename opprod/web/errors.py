"""The pages for what goes wrong, and which error gets which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

from opprod.core import errors
from opprod.db import db
from opprod.web.text import without_unusable

SECRET_WORDS = ("password", "csrf", "token", "secret")
UNTYPED = frozenset({"seen", "version"})  # what pages put into their forms for themselves
OWN_PAGES = {400, 403, 404, 405, 413, 429, 500, 503}


class UnusableAddress(BadRequest):
    """An address with a value in its query that cannot be used; the message says what to type."""


class TooLarge(RequestEntityTooLarge):
    """More was sent than an endpoint takes; the message says how much that is."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A field of a form as a person filled it in."""

    label: str
    value: str


def init_app(app: Flask) -> None:
    """Answer every error with a page that says what happened and where to go on."""
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(errors.DomainError, _refused)
    app.register_error_handler(UnusableAddress, _address_unusable)
    app.register_error_handler(TooLarge, _too_large)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(HTTPException, _http_error)


def conflict_page(*, what: str, theirs: Sequence[Typed], yours: Sequence[Typed], reload_href: str) -> tuple[str, int]:
    """Make the page for a record that someone else saved first: ``theirs`` is stored, ``yours`` was typed."""
    page = render_template("errors/conflict.html", what=what, theirs=theirs, yours=yours, reload_href=reload_href)
    return page, HTTPStatus.CONFLICT


def _refused(error: errors.DomainError) -> Response:
    if isinstance(error, errors.SignedOut):
        return _answer(HTTPStatus.UNAUTHORIZED, "errors/signed_out.html", error.message, typed=_typed_here())
    kinds: Mapping[type[errors.DomainError], HTTPStatus] = {
        errors.NotAllowed: HTTPStatus.FORBIDDEN,
        errors.NotFound: HTTPStatus.NOT_FOUND,
        errors.Conflict: HTTPStatus.CONFLICT,
        errors.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    }
    status = next(
        (status for kind, status in kinds.items() if isinstance(error, kind)),
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    template = "errors/403.html" if status == HTTPStatus.FORBIDDEN else "errors/refused.html"
    if status == HTTPStatus.NOT_FOUND:
        template = "errors/404.html"
    return _answer(status, template, error.message, typed=_typed_here())


def _overtaken(_error: Exception) -> Response:
    """Answer the second of two who saved at one moment: each was let through the checks, the database took one."""
    db.session.rollback()
    return _refused(errors.Conflict("Someone else saved this at the same moment. Open it again to see it."))


def _database_busy(_error: OperationalError) -> Response:
    db.session.rollback()
    current_app.logger.exception("The database could not be used")
    answer = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "errors/503.html", None, typed=_typed_here())
    answer.headers["Retry-After"] = "10"
    return answer


def _form_expired(error: CSRFError) -> Response:
    return _answer(HTTPStatus.BAD_REQUEST, "errors/expired.html", str(error.description), typed=_typed_here())


def _address_unusable(error: UnusableAddress) -> Response:
    return _answer(HTTPStatus.BAD_REQUEST, "errors/address.html", str(error.description))


def _too_large(error: TooLarge) -> Response:
    return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "errors/413.html", str(error.description))


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        # The session may be in the middle of what failed, and the page asks who is signed in.
        db.session.rollback()
    answer = _answer(status, f"errors/{int(status) if status in OWN_PAGES else 'other'}.html", None)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _answer(status: HTTPStatus, template: str, message: str | None, *, typed: Sequence[Typed] = ()) -> Response:
    if request.accept_mimetypes.best == "application/json":
        answer = jsonify(message=message or status.description or status.phrase)
        answer.status_code = status
        return answer
    try:
        page = render_template(template, message=message, typed=typed, status=int(status), back_href=_page_before())
    except Exception:
        # The page's frame asks the database who is signed in; without one, the page still says what happened.
        current_app.logger.exception("The page for status %s could not be made", int(status))
        page = current_app.jinja_env.get_template("errors/plain.html").render()
    return make_response(page, status)


def _typed_here() -> list[Typed]:
    """Return what the person sent, so that a refusal loses nothing.

    Nothing when another site made the browser send it: its words must not appear on our page as the person's.
    """
    if request.method != "POST" or not _sent_from_here():
        return []
    try:
        sent = request.form
    except RequestEntityTooLarge:  # refused before it was read, and too long to be read for this
        return []
    return [
        Typed(_as_words(without_unusable(name)), without_unusable(value))
        for name, value in sent.items(multi=True)
        if value.strip() and name not in UNTYPED and not any(word in name.lower() for word in SECRET_WORDS)
    ]


def _sent_from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin") or request.referrer or "").netloc == request.host


def _page_before() -> str:
    before = urlsplit(request.referrer or "")
    return before.path if before.netloc == request.host and before.path.startswith("/") else "/"


def _as_words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
