"""The headers of pages and of static files."""

import re
from pathlib import Path

from flask import Flask

from opprod.web.assets import static_url
from tests.client import Client


def test_a_page_runs_its_own_scripts_alone(client: Client) -> None:
    answer = client.get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    nonces = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert len(nonces) == 1
    assert f"script-src 'self' 'nonce-{nonces.pop()}'" in policy
    for rule in ("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert not re.findall(r"<[^>]+ (?:style|on\w+)=", answer.text)


def test_no_two_answers_share_a_nonce(client: Client) -> None:
    policies = {client.get("/sign-in").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_pages_and_errors_are_kept_by_no_cache_and_framed_by_nobody(client: Client) -> None:
    for path in ("/sign-in", "/no-such-page", "/"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def test_https_is_asked_for_again_where_it_was_used(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    assert (
        "max-age=31536000"
        in client.get("/sign-in", base_url="https://opprod.example").headers["Strict-Transport-Security"]
    )


def test_static_files_named_with_their_content_are_kept_for_a_year(client: Client) -> None:
    page = client.get("/sign-in").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
        with client.get(address.split("?")[0] + "?v=another") as answer:
            assert "immutable" not in answer.headers["Cache-Control"]


def test_scripts_that_are_imported_by_bare_name_are_asked_for_again(client: Client) -> None:
    with client.get("/static/list-editor.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_changed_file_has_another_address(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "static"
    folder.mkdir()
    app.static_folder = str(folder)
    addresses = []
    for content in ("a", "b"):
        (folder / "page.css").write_text(content)
        with app.test_request_context():
            addresses.append(static_url("page.css"))
    assert addresses[0] != addresses[1]
