"""How files come in: what is too much, who may send it, and what goes on meanwhile."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask, request

from opprod import create_app
from opprod.accounts import Permission, Role, requires
from opprod.config import Settings
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.web.uploads import FURTHER_BYTES, FURTHER_PARTS, takes_files
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.plans import a_plan
from tests.builders.samples import a_pdf
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.test_start import OPPROD
from tests.server import serving

MEBIBYTE = 1024 * 1024
BOUNDARY = "a-boundary"
HERE = {"Origin": "http://localhost"}
LIMIT = "This page takes up to 3 files of 1 MB each at once."


@pytest.fixture
def taking(app: Flask) -> str:
    """An endpoint that takes up to three files of a megabyte, and says how many came and how large."""

    @app.post("/taking")
    @requires(Permission.RECORD_PLANS)
    @takes_files(largest=MEBIBYTE, most=3)
    def taking() -> list[int]:
        return [len(file.read()) for file in request.files.getlist("file")]

    return "/taking"


def files(*sizes: int) -> dict[str, list[tuple[BytesIO, str]]]:
    return {"file": [(BytesIO(bytes(size)), "file.bin") for size in sizes]}


def test_an_endpoint_takes_more_than_others_only_where_it_says_so(
    app: Flask, signed_in: Callable[..., Client], taking: str
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    client = signed_in(Role.STAFF)
    token = client.token()  # asked for now, since pages' own forms are under that limit
    answer = client.post(taking, data={"csrf_token": token, **files(MEBIBYTE, 2 * MEBIBYTE)})
    assert answer.json == [MEBIBYTE, 2 * MEBIBYTE]
    assert client.post("/sign-in", data={"csrf_token": token, **files(2000)}).status_code == 413


@pytest.mark.parametrize("sizes", [(3 * MEBIBYTE + FURTHER_BYTES,), (1,) * (3 + FURTHER_PARTS)])
def test_too_much_is_told_with_what_would_not_be(
    signed_in: Callable[..., Client], taking: str, sizes: tuple[int, ...]
) -> None:
    client = signed_in(Role.STAFF)
    page = client.send(taking, files(*sizes))
    assert page.status_code == 413
    assert LIMIT in page.text
    told = client.send(taking, files(*sizes), headers={"Accept": "application/json"})
    assert (told.status_code, told.json) == (413, {"message": LIMIT})


def test_too_much_of_unknown_length_is_refused_where_the_limit_is(
    signed_in: Callable[..., Client], taking: str
) -> None:
    client = signed_in(Role.STAFF)
    answer = client.post(
        taking,
        input_stream=BytesIO(part("file.bin", bytes(8 * MEBIBYTE))),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert answer.status_code == 413
    assert LIMIT in answer.text


def test_those_who_may_not_send_files_are_told_so_however_large_these_are(
    app: Flask, client: Client, signed_in: Callable[..., Client], taking: str
) -> None:
    large = files(5 * MEBIBYTE)
    assert signed_in(Role.VIEWER).send(taking, large, headers=HERE).status_code == 403
    answer = client.post(taking, data=files(5 * MEBIBYTE), headers=HERE)
    assert answer.status_code == 401
    assert "Your time signed in has ended" in answer.text


def test_a_form_without_its_token_is_refused_as_any_other(signed_in: Callable[..., Client], taking: str) -> None:
    answer = signed_in(Role.STAFF).post(taking, data=files(MEBIBYTE), headers=HERE)
    assert answer.status_code == 400
    assert "You were on the page too long" in answer.text


# By a real server, over a connection of its own.


class Browser:
    """A person signed in at a server, who can stop in the middle of what they send."""

    def __init__(self, address: str, email: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookie = self.token = ""
        self.token = self._token("/sign-in")
        typed = urlencode({"email": email, "password": PASSWORD, "csrf_token": self.token})
        with self.sending("/sign-in", len(typed), "application/x-www-form-urlencoded") as connection:
            connection.send(typed.encode())
            self._keep_cookie(connection.getresponse())
        self.token = self._token("/account")

    @contextmanager
    def sending(
        self, path: str, length: int, kind: str = f"multipart/form-data; boundary={BOUNDARY}"
    ) -> Iterator[HTTPConnection]:
        """A connection on which the head of a form is sent, and its body is not."""
        connection = HTTPConnection(self.host, timeout=60)
        connection.putrequest("POST", path)
        for name, value in {"Content-Length": str(length), "Content-Type": kind, "Cookie": self.cookie}.items():
            connection.putheader(name, value)
        connection.endheaders()
        try:
            yield connection
        finally:
            connection.close()

    def get(self, path: str) -> str:
        """A page."""
        connection = HTTPConnection(self.host, timeout=60)
        connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        self._keep_cookie(answer)
        page = answer.read().decode()
        connection.close()
        return page

    def form(self, content: bytes) -> bytes:
        """A form with a file, as it is sent."""
        token = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n'
        return token.encode() + part("plan.pdf", content, field="documents")

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path))
        assert found
        return found[1]

    def _keep_cookie(self, answer: HTTPResponse) -> None:
        given = answer.getheader("Set-Cookie")
        self.cookie = given.split(";")[0] if given else self.cookie


def part(name: str, content: bytes, *, field: str = "file") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


@dataclass(frozen=True)
class Served:
    """A real server: its data folder, where a plan's documents are, and who may attach some."""

    data_dir: Path
    address: str
    path: str
    email: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[Served]:
    data_dir = tmp_path_factory.mktemp("served")
    database = shutil.copy(migrated_database, data_dir / "opprod.sqlite")
    app = create_app(Settings(data_dir=data_dir, database_url=f"sqlite:///{database}"))
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            path, email = f"/plans/{a_plan().id}/documents", a_user(Role.STAFF).email
        db.engine.dispose()
    environ = {"OPPROD_DATA_DIR": str(data_dir), "OPPROD_TODAY": TODAY.isoformat()}
    with serving([*OPPROD, "serve"], cwd=data_dir, env=environ) as address:
        yield Served(data_dir, address, path, email)


def test_four_hundred_megabytes_are_refused_in_words_and_held_nowhere(served: Served) -> None:
    browser = Browser(served.address, served.email)
    before = peak_memory(served.data_dir)
    with browser.sending(served.path, 400 * MEBIBYTE) as connection:
        chunk = bytes(MEBIBYTE)
        for _ in range(400):
            connection.send(chunk)
        answer = connection.getresponse()
        assert answer.status == 413
        assert "This page takes up to 10 files of 20 MB each at once." in answer.read().decode()
    assert peak_memory(served.data_dir) < before + 50 * MEBIBYTE


def test_what_comes_in_slowly_keeps_nobody_from_saving(served: Served) -> None:
    browser = Browser(served.address, served.email)
    form = browser.form(a_pdf(2 * MEBIBYTE))
    with browser.sending(served.path, len(form)) as connection:
        connection.send(form[: len(form) // 2])
        Browser(served.address, served.email)  # signing in is saved
        connection.send(form[len(form) // 2 :])
        assert connection.getresponse().status == 303
    assert ">plan.pdf</a>" in browser.get(served.path)


def peak_memory(data_dir: Path) -> int:
    """The most memory that any process of the server in a data folder has had, in bytes."""
    setting, peaks = f"OPPROD_DATA_DIR={data_dir}".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if setting in (process / "environ").read_bytes().split(b"\0"):
                found = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
                peaks.append(int(found[1]) * 1024 if found else 0)
        except OSError:
            continue  # another's, or gone by now
    return max(peaks)
