"""opprod: a programme held as dated records, and the Board papers written from them."""

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from opprod import accounts, db, organisations, overview, plans, projects, reports, rounds, web
from opprod.accounts.gate import permission_of, signed_in
from opprod.config import Settings
from opprod.core import clock
from opprod.organisations.queries import directorate
from opprod.resources import resource_dir
from opprod.web import uploads

MEBIBYTE = 1024 * 1024

# An entry shows for those whose role grants its endpoint's permission.
NAVIGATION = (
    ("Overview", "overview.home"),
    ("Workstreams", "projects.workstreams"),
    ("Projects", "projects.projects"),
    ("Plans", "plans.plans"),
    ("Next steps", "projects.next_steps"),
    ("Measures", "projects.measures"),
    ("Meetings", "rounds.meetings"),
    ("Papers", "reports.papers"),
    ("STPs", "organisations.stps"),
    ("Trusts", "organisations.trusts"),
    ("Directorate", "organisations.directorate"),
    ("Services", "plans.services"),
    ("Accounts", "accounts.people"),
    ("Audit trail", "accounts.audit_trail"),
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: the one place where its rooms meet."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(resource_dir("templates")))
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        # An update of several hundred statements is one form. What takes files takes more: see web.uploads.
        MAX_CONTENT_LENGTH=4 * MEBIBYTE,
        MAX_FORM_MEMORY_SIZE=4 * MEBIBYTE,
        MAX_FORM_PARTS=10_000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session it belongs to
    )
    app.extensions["opprod"] = settings
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign] # Flask's own way
    db.init_app(app, settings.database_url)
    app.before_request(_set_clock)
    app.teardown_request(_release_clock)
    accounts.init_app(app)  # the gate, which stands before CSRF protection
    uploads.init_app(app)  # before CSRF protection too, which reads all that was sent
    CSRFProtect(app)
    web.init_app(app)
    for room in (organisations, rounds, projects, plans, reports, overview):
        room.init_app(app)
    # Style sheets and scripts are for anyone.
    app.view_functions["static"] = accounts.requires(accounts.Permission.PUBLIC)(app.view_functions["static"])
    app.context_processor(_frame)
    return app


def _set_clock() -> None:
    """Hold the request at the pinned day: the installation's setting, or the demonstration's own."""
    g.directorate = None if request.endpoint in {"static", "overview.health"} else directorate()
    settings: Settings = current_app.extensions["opprod"]
    pinned = settings.today or (g.directorate.clock_pinned_to if g.directorate else None)
    g.clock_token = clock.pin(pinned)


def _release_clock(_error: BaseException | None) -> None:
    if "clock_token" in g:
        clock.unpin(g.pop("clock_token"))


def _frame() -> dict[str, object]:
    """What the frame round every page shows."""
    if not current_user.is_authenticated:
        return {"demonstration": bool(g.get("directorate") and g.directorate.demonstration)}
    user = signed_in()
    return {
        "demonstration": bool(g.directorate and g.directorate.demonstration),
        "home_href": url_for("overview.home"),
        "account": web.Account(
            name=user.name,
            role=user.role.label,
            href=url_for("accounts.own_account"),
            sign_out_href=url_for("accounts.sign_out"),
        ),
        "navigation": [
            web.Link(text=text, href=url_for(endpoint), current=_is_current(endpoint))
            for text, endpoint in NAVIGATION
            if _may_open(user, endpoint)
        ],
    }


def _may_open(user: accounts.User, endpoint: str) -> bool:
    permission = permission_of(current_app, endpoint)
    return permission is not None and user.can(permission)


def _is_current(endpoint: str) -> bool:
    """Whether the page in hand is the entry's own, or one below it."""
    href = url_for(endpoint)
    return request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
