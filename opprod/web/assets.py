"""Addresses of static files that change with their content, so that browsers may keep the files."""

import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = "public, max-age=31536000, immutable"
DAY = "public, max-age=86400"


def init_app(app: Flask) -> None:
    """Give templates ``static_url()``, and static files their caching."""
    app.extensions["opprod-asset-hashes"] = {}
    app.after_request(_add_caching)
    app.add_template_global(static_url)


def static_url(filename: str) -> str:
    """Return a static file's address with a hash of its content; raise ``FileNotFoundError`` for none."""
    return url_for("static", filename=filename, v=_content_hash(filename))


def _content_hash(filename: str) -> str:
    path = Path(str(current_app.static_folder)) / filename
    modified = path.stat().st_mtime_ns
    known: dict[str, tuple[int, str]] = current_app.extensions["opprod-asset-hashes"]
    if filename not in known or known[filename][0] != modified:
        known[filename] = (modified, hashlib.sha256(path.read_bytes()).hexdigest()[:16])
    return known[filename][1]


def _add_caching(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code not in {200, 206, 304}:
        return response
    filename = str((request.view_args or {})["filename"])
    if request.args.get("v") == _content_hash(filename):
        response.headers["Cache-Control"] = YEAR
    elif filename.endswith((".css", ".js")):
        # Scripts import each other by bare name: the browser asks each time whether they changed.
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = DAY
    return response
