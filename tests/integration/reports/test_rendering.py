import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.reports.rendering import Limits, Renderer, RenderFailed, RenderState, RenderStatus, render_pdf
from opprod.reports.rendering.locks import open_lock, take
from opprod.reports.rendering.pdf import write_pdf
from opprod.reports.rendering.status import write_status
from tests.builders.documents import document, paper
from tests.pdf_checks import assert_pdf_ua, pdf_text

LONG = document("<p>words " * 200_000)
SHORT = document("<h1>Short</h1>")
MEGABYTE = 1024 * 1024


def eventually(condition: Callable[[], object]) -> None:
    last_look = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < last_look, "it never came about"
        time.sleep(0.02)


def processes_of(folder: Path) -> list[int]:
    """The processes, parents first, whose command names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in command:
            found.append(int(path.name))
    return sorted(found)


def worker_of(directory: Path) -> int:
    eventually(lambda: processes_of(directory))
    return processes_of(directory)[0]


@contextmanager
def no_free_slot(directory: Path, slots: int = 2) -> Iterator[None]:
    """Hold every place for a render, so that those started meanwhile wait."""
    (directory / "slots").mkdir(parents=True)
    locks = [open_lock(directory / "slots" / str(number)) for number in range(slots)]
    assert all(map(take, locks))
    try:
        yield
    finally:
        for lock in locks:
            os.close(lock)


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    """A folder for renders; what still runs in it when the test ends is ended."""
    folder = tmp_path / "renders"
    yield folder
    for process in processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_a_paper_comes_out_accessible_and_the_same_each_time_in_whatever_process():
    said: list[RenderStatus] = []
    first = render_pdf(paper(), on_progress=said.append)
    assert_pdf_ua(first)
    assert [status.percent for status in said] == sorted(status.percent for status in said)
    assert said[-1].state is RenderState.DONE
    assert said[-1].pages
    second = render_pdf(paper())
    assert second == first
    # This process hashes strings with another seed, and started at another time.
    assert write_pdf(paper(), {}, lambda message: None).content == first


def test_assets_reach_the_render_from_memory_or_a_file(tmp_path):
    (tmp_path / "a.css").write_text(".a { display: none }")
    html = document(
        '<p class="a">One</p><p class="b">Two</p><p>Three</p>',
        head='<title>t</title><link rel=stylesheet href="asset:a.css"><link rel=stylesheet href="asset:b.css">',
    )
    pdf = render_pdf(html, assets={"a.css": tmp_path / "a.css", "b.css": b".b { display: none }"})
    assert pdf_text(pdf) == "Three"


@pytest.mark.parametrize(
    ("html", "limits", "message"),
    [
        (document('<img alt="x" src="file:///etc/passwd">'), Limits(), "Refused to load file:///etc/passwd"),
        (document("<div>" * 2_000), Limits(), "too deep inside one another"),
        (document("<p>words " * 30_000), Limits(memory_bytes=140 * MEGABYTE), "needs more than 140 MB"),
        (SHORT, Limits(memory_bytes=2**80), "a fault in opprod"),
        (LONG, Limits(cpu_seconds=1), "more than 1 seconds of computing"),
        (LONG, Limits(wall_seconds=0.5), "not ready after 0.5 seconds"),
    ],
)
def test_a_document_that_cannot_be_made_fails_with_words_for_a_person(html, limits, message):
    with pytest.raises(RenderFailed, match=message):
        render_pdf(html, limits=limits)


def test_a_pdf_that_is_not_ready_cannot_be_read(directory):
    renderer = Renderer(directory)
    with no_free_slot(directory):
        key = renderer.start(SHORT).key
        assert renderer.wait(key, timeout=0.1).state is RenderState.QUEUED
        with pytest.raises(RenderFailed, match="not ready"):
            renderer.pdf(key)


def test_a_finished_pdf_that_was_lost_is_made_again(directory):
    renderer = Renderer(directory)
    key = renderer.start(SHORT).key
    renderer.wait(key)
    (directory / key / "paper.pdf").unlink()
    with pytest.raises(NotFound):
        renderer.pdf(key)
    assert renderer.start(SHORT).started


def test_many_who_start_the_same_document_get_one_render(directory):
    with no_free_slot(directory):
        with ThreadPoolExecutor(8) as pool:
            renders = list(pool.map(lambda _: Renderer(directory).start(SHORT), range(16)))
        assert [render.started for render in renders].count(True) == 1
        [key] = {render.key for render in renders}
        assert worker_of(directory)
        assert len(processes_of(directory)) == 1
        assert Renderer(directory).status(key).state is RenderState.QUEUED
    assert Renderer(directory).wait(key, timeout=30).state is RenderState.DONE
    assert not Renderer(directory).start(SHORT).started
    assert pdf_text(Renderer(directory).pdf(key)) == "Short"


def test_a_render_that_waits_too_long_for_its_turn_fails(directory):
    with no_free_slot(directory, slots=1):
        renderer = Renderer(directory, Limits(renders_at_once=1, queue_seconds=0.1))
        status = renderer.wait(renderer.start(SHORT).key, timeout=30)
    assert status.state is RenderState.FAILED
    assert "Too many" in (status.message or "")


def test_a_worker_that_was_killed_is_noticed_and_the_next_start_makes_the_pdf(directory):
    renderer = Renderer(directory)
    with no_free_slot(directory):
        key = renderer.start(SHORT).key
        os.kill(worker_of(directory), signal.SIGKILL)
        eventually(lambda: renderer.status(key).state is RenderState.FAILED)
        assert renderer.status(key).message == "Making the PDF was cut off before it was ready. Try again."
        with pytest.raises(RenderFailed, match="cut off"):
            renderer.pdf(key)
    assert renderer.start(SHORT).started
    assert renderer.wait(key, timeout=30).state is RenderState.DONE


def test_a_child_that_was_killed_is_reported_by_its_supervisor(directory):
    renderer = Renderer(directory)
    key = renderer.start(LONG).key
    eventually(lambda: len(processes_of(directory)) == 2)
    os.kill(processes_of(directory)[1], signal.SIGKILL)
    status = renderer.wait(key, timeout=30)
    assert status.state is RenderState.FAILED
    assert "SIGKILL" in (status.message or "")
    assert renderer.start(LONG).started


def test_a_render_outlives_the_process_that_started_it(directory):
    starter = (
        "import sys; from pathlib import Path; from opprod.reports.rendering import Renderer; "
        "print(Renderer(Path(sys.argv[1])).start(sys.argv[2]).key)"
    )
    command = [sys.executable, "-c", starter, str(directory), SHORT]
    key = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert not Renderer(directory).start(SHORT).started
    assert Renderer(directory).wait(key, timeout=30).state is RenderState.DONE


def test_a_finished_worker_leaves_no_process_and_no_files_but_its_result(directory):
    renderer = Renderer(directory)
    key = renderer.start(SHORT).key
    worker = worker_of(directory)
    renderer.wait(key, timeout=30)
    eventually(lambda: not Path(f"/proc/{worker}").exists())
    assert {path.name for path in (directory / key).iterdir()} == {"lock", "log", "status.json", "paper.pdf"}


def test_a_worker_knows_nothing_of_the_secrets_around_it(directory, monkeypatch):
    monkeypatch.setenv("OPPROD_DATABASE_URL", "postgresql://user:secret@host/opprod")
    with no_free_slot(directory):
        Renderer(directory).start(SHORT)
        worker = worker_of(directory)
        eventually(lambda: b"start.py" in Path(f"/proc/{worker}/cmdline").read_bytes())
        names = {line.partition(b"=")[0] for line in Path(f"/proc/{worker}/environ").read_bytes().split(b"\0")}
    assert b"PATH" in names
    assert b"OPPROD_DATABASE_URL" not in names


def test_the_oldest_renders_are_cleared_away_but_none_under_way(directory):
    directory.mkdir()
    renderer = Renderer(directory, Limits(renders_kept=2))
    with no_free_slot(directory):
        waiting = renderer.start(document("<h1>Waiting</h1>")).key
        old = [f"{number:064x}" for number in range(3)]
        for age, key in enumerate([waiting, *old], start=1):
            (directory / key).mkdir(exist_ok=True)
            write_status(directory / key, RenderStatus(key, RenderState.QUEUED, clock.now()))
            os.utime(directory / key, (time.time() - 1000 * age,) * 2)
        new = renderer.start(SHORT).key
        kept = {path.name for path in directory.iterdir() if len(path.name) == 64}
    assert kept == {new, waiting}


@pytest.mark.parametrize("key", ["", "..", "../" + "a" * 61, "A" * 64, "a" * 63, "a" * 64, "a" * 64 + "\n"])
def test_a_key_that_names_no_render_is_not_found(directory, key):
    (directory / "..").mkdir(parents=True, exist_ok=True)
    for ask in (Renderer(directory).status, Renderer(directory).pdf, Renderer(directory).wait):
        with pytest.raises(NotFound):
            ask(key)
