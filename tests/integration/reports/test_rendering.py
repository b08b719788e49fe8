"""Renders in processes of their own: whole, alike, within limits, and through whatever befalls a process."""

import os
import shutil
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
from opprod.reports.rendering import (
    Attachment,
    Limits,
    Renderer,
    RenderFailed,
    RenderState,
    RenderStatus,
    processes,
    render_pdf,
)
from opprod.reports.rendering.pdf import write_pdf
from opprod.reports.rendering.status import write_status
from tests.builders.documents import document, paper
from tests.pdf_checks import assert_pdf_ua, pdf_text

# Some seconds of work, and more than anybody waits for.
LONG = paper(rows=40)
ENDLESS = document("<p>words " * 200_000)
MEGABYTE = 1024 * 1024


def short(words: str) -> str:
    return document(f"<h1>{words}</h1>")


def eventually(condition: Callable[[], object]) -> None:
    last_look = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < last_look, "it never came about"
        time.sleep(0.02)


def processes_of(folder: Path) -> list[int]:
    """The processes, the daemon first, whose command names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in command:
            found.append(int(path.name))
    return sorted(found)


def daemon_of(folder: Path) -> int:
    return processes_of(folder)[0]


def workers_of(folder: Path) -> list[int]:
    return processes_of(folder)[1:]


@contextmanager
def paused(folder: Path) -> Iterator[None]:
    """Stop the daemon, so that what is started meanwhile waits."""
    Renderer(folder).wait(Renderer(folder).start(short("Anything")).key)
    daemon = daemon_of(folder)
    os.kill(daemon, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(daemon, signal.SIGCONT)


@contextmanager
def nothing_left_running(folder: Path) -> Iterator[Path]:
    """End what still runs for the folder after a ``with`` block."""
    try:
        yield folder
    finally:
        Renderer(folder).stop()
        for process in processes_of(folder):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


@pytest.fixture(scope="module", autouse=True)
def _processes_that_count() -> Iterator[None]:
    """Let what the processes run count for coverage, where that is measured."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "PASSED_ON", (*processes.PASSED_ON, "COVERAGE_PROCESS_CONFIG"))
        yield


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for renders, too far down for a socket's address, whose processes most tests here share."""
    folder = tmp_path_factory.mktemp("shared") / ("d" * 120) / "renders"
    with pytest.MonkeyPatch.context() as patch, nothing_left_running(folder):
        patch.setenv("OPPROD_DATABASE_URL", "postgresql://user:secret@host/opprod")
        renderer = Renderer(folder)
        renderer.wait(renderer.start(short("First")).key)
        yield folder


@pytest.fixture
def own_directory(tmp_path: Path) -> Iterator[Path]:
    """A folder for renders whose processes a test may harm."""
    with nothing_left_running(tmp_path / "renders") as folder:
        yield folder


def made_again(renderer: Renderer, html: str) -> bytes:
    key = renderer.start(html).key
    renderer.wait(key)
    content = renderer.pdf(key)
    (renderer._folder(key) / "paper.pdf").unlink()
    return content


def test_a_paper_comes_out_accessible_and_the_same_each_time_in_whatever_process(directory):
    renderer = Renderer(directory)
    first = made_again(renderer, paper())
    assert_pdf_ua(first)
    for other in (paper(rows=3), document("<p style='font: 20pt serif; color: red'>fi<b>x", css=""), paper(rows=13)):
        made_again(renderer, other)
    assert made_again(renderer, paper()) == first
    assert made_again(Renderer(directory, Limits(cpu_seconds=61)), paper()) == first  # a worker that is new
    # This process hashes strings with another seed, and started at another time.
    assert write_pdf(paper(), {}, lambda message: None).content == first


def test_a_render_without_a_folder_says_how_far_it_is_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said: list[RenderStatus] = []
    assert_pdf_ua(render_pdf(paper(), on_progress=said.append))
    assert [status.percent for status in said] == sorted(status.percent for status in said)
    assert said[-1].state is RenderState.DONE
    assert said[-1].pages
    assert list(tmp_path.iterdir()) == []
    eventually(lambda: not processes_of(tmp_path))


def test_assets_reach_the_render_from_memory_or_a_file(directory, tmp_path):
    (tmp_path / "a.css").write_text(".a { display: none }")
    html = document(
        '<p class="a">One</p><p class="b">Two</p><p>Three</p>',
        head='<title>t</title><link rel=stylesheet href="asset:a.css"><link rel=stylesheet href="asset:b.css">',
    )
    renderer = Renderer(directory)
    key = renderer.start(html, {"a.css": tmp_path / "a.css", "b.css": b".b { display: none }"}).key
    renderer.wait(key)
    assert pdf_text(renderer.pdf(key)) == "Three"


@pytest.mark.parametrize(
    ("html", "limits", "message"),
    [
        (document('<img alt="x" src="file:///etc/passwd">'), Limits(), "Refused to load file:///etc/passwd"),
        (document("<div>" * 2_000), Limits(), "too deep inside one another"),
        (document("<p>words " * 30_000), Limits(memory_bytes=320 * MEGABYTE), "needs more than 320 MB"),
        (short("No memory at all"), Limits(memory_bytes=2**80), "a fault in opprod"),
        (document("<p>words " * 200_001), Limits(cpu_seconds=1), "more than 1 seconds of computing"),
        (document("<p>words " * 200_002), Limits(wall_seconds=0.5), "not ready after 0.5 seconds"),
    ],
)
def test_a_document_that_cannot_be_made_fails_with_words_for_a_person(directory, html, limits, message):
    renderer = Renderer(directory, limits)
    key = renderer.start(html).key
    assert renderer.wait(key, timeout=60).state is RenderState.FAILED
    with pytest.raises(RenderFailed, match=message):
        renderer.pdf(key)
    # The next is none the worse for it.
    assert (
        Renderer(directory).wait(Renderer(directory).start(short(f"After {message}")).key).state is RenderState.DONE
    )


def test_a_pdf_that_is_not_ready_cannot_be_read(directory):
    renderer = Renderer(directory)
    with paused(directory):
        key = renderer.start(short("Not ready")).key
        assert renderer.wait(key, timeout=0.1).state is RenderState.QUEUED
        with pytest.raises(RenderFailed, match="not ready"):
            renderer.pdf(key)


@pytest.mark.parametrize("harm", [Path.unlink, lambda pdf: pdf.write_bytes(b"\0" * 2_000)])
def test_a_finished_pdf_that_was_lost_or_spoilt_is_made_again(directory, harm):
    renderer = Renderer(directory)
    key = renderer.start(short("Lost")).key
    renderer.wait(key)
    harm(directory / key / "paper.pdf")
    with pytest.raises(NotFound):
        renderer.pdf(key)
    assert renderer.start(short("Lost")).started
    renderer.wait(key)
    assert pdf_text(renderer.pdf(key)) == "Lost"


def test_a_status_that_a_power_cut_left_empty_is_as_none(directory):
    renderer = Renderer(directory)
    key = renderer.start(short("Cut")).key
    renderer.wait(key)
    (directory / key / "status.json").write_bytes(b"\0" * 100)
    with pytest.raises(NotFound):
        renderer.status(key)
    assert renderer.start(short("Cut")).started


def test_many_who_start_the_same_document_at_once_get_one_daemon_and_one_render(own_directory):
    with ThreadPoolExecutor(8) as pool:
        renders = list(pool.map(lambda _: Renderer(own_directory).start(short("Same")), range(16)))
    assert [render.started for render in renders].count(True) == 1
    [key] = {render.key for render in renders}
    assert Renderer(own_directory).wait(key, timeout=60).state is RenderState.DONE
    assert len(workers_of(own_directory)) == 1
    assert not Renderer(own_directory).start(short("Same")).started
    assert pdf_text(Renderer(own_directory).pdf(key)) == "Same"


def test_as_many_as_may_render_do_and_one_that_waits_too_long_for_its_turn_fails(own_directory):
    renderer = Renderer(own_directory, Limits(renders_at_once=1))
    first = renderer.start(ENDLESS).key
    eventually(lambda: renderer.status(first).state is RenderState.RENDERING)
    hurried = Renderer(own_directory, Limits(renders_at_once=1, queue_seconds=0.1))
    status = hurried.wait(hurried.start(short("Late")).key, timeout=60)
    assert status.state is RenderState.FAILED
    assert "Too many" in (status.message or "")
    assert len(workers_of(own_directory)) == 1


def test_a_daemon_that_was_killed_is_noticed_and_the_next_start_makes_the_pdf(own_directory):
    renderer = Renderer(own_directory)
    key = renderer.start(LONG).key
    eventually(lambda: renderer.status(key).state is RenderState.RENDERING)
    os.kill(daemon_of(own_directory), signal.SIGKILL)
    assert renderer.wait(key, timeout=20).message == "Making the PDF was cut off before it was ready. Try again."
    with pytest.raises(RenderFailed, match="cut off"):
        renderer.pdf(key)
    eventually(lambda: not processes_of(own_directory))
    assert renderer.start(LONG).started
    assert renderer.wait(key, timeout=60).state is RenderState.DONE
    assert renderer.pdf(key)


def test_a_worker_that_is_killed_at_its_first_render_is_reported(directory):
    renderer = Renderer(directory, Limits(cpu_seconds=50))
    before = workers_of(directory)
    key = renderer.start(ENDLESS).key
    eventually(lambda: renderer.status(key).state is RenderState.RENDERING)
    for worker in set(workers_of(directory)) - set(before):
        os.kill(worker, signal.SIGKILL)
    status = renderer.wait(key, timeout=60)
    assert status.state is RenderState.FAILED
    assert "SIGKILL" in (status.message or "")
    assert renderer.start(ENDLESS).started
    renderer.stop()


def test_a_worker_that_dies_of_what_went_before_is_replaced_and_the_render_done_again(own_directory):
    renderer = Renderer(own_directory, Limits(renders_at_once=1))
    renderer.wait(renderer.start(short("Before")).key)
    [worker] = workers_of(own_directory)
    key = renderer.start(LONG).key
    eventually(lambda: renderer.status(key).state is RenderState.RENDERING)
    os.kill(worker, signal.SIGKILL)
    assert renderer.wait(key, timeout=60).state is RenderState.DONE
    assert worker not in workers_of(own_directory)


@pytest.mark.parametrize("limits", [Limits(renders_a_worker=1), Limits(kept_bytes=MEGABYTE)])
def test_a_worker_that_has_served_its_time_or_grown_is_replaced(directory, limits):
    renderer = Renderer(directory, limits)
    before, served = set(workers_of(directory)), set()
    for number in range(3):
        key = renderer.start(document(f"<h1>{number} of {limits}</h1>" + "<p>words" * 200)).key
        status = renderer.wait(key, on_progress=lambda _: served.update(workers_of(directory)))
        assert status.state is RenderState.DONE
    assert len(served - before) >= 3


def test_a_render_outlives_the_process_that_started_it(directory):
    starter = (
        "import sys; from pathlib import Path; from opprod.reports.rendering import Renderer; "
        "print(Renderer(Path(sys.argv[1])).start(sys.argv[2]).key)"
    )
    command = [sys.executable, "-c", starter, str(directory), short("Outlived")]
    key = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert not Renderer(directory).start(short("Outlived")).started
    assert Renderer(directory).wait(key, timeout=60).state is RenderState.DONE


def test_a_render_leaves_no_files_but_its_result(directory):
    renderer = Renderer(directory)
    key = renderer.start(short("Files")).key
    renderer.wait(key, timeout=60)
    eventually(
        lambda: {path.name for path in (directory / key).iterdir()} == {"lock", "log", "status.json", "paper.pdf"}
    )
    assert len(workers_of(directory)) <= Limits().renders_at_once


def test_its_processes_know_nothing_of_the_secrets_around_them(directory):
    Renderer(directory).start(short("Secrets"))
    for process in processes_of(directory):
        names = {line.partition(b"=")[0] for line in Path(f"/proc/{process}/environ").read_bytes().split(b"\0")}
        assert b"PATH" in names
        assert b"OPPROD_DATABASE_URL" not in names


def test_processes_end_when_nobody_asks_any_more_or_their_folder_is_gone_and_start_again(own_directory):
    renderer = Renderer(own_directory, Limits(idle_seconds=0.1))
    renderer.wait(renderer.start(short("Idle")).key, timeout=60)
    eventually(lambda: not processes_of(own_directory))
    assert [path.name for path in own_directory.iterdir() if path.is_socket()] == []
    patient = Renderer(own_directory)
    key = patient.start(short("Again"), attachment=Attachment("a.json", "A", b"{}")).key
    assert patient.wait(key, timeout=60).state is RenderState.DONE
    assert processes_of(own_directory)
    eventually(lambda: removed(own_directory))
    eventually(lambda: not processes_of(own_directory))


def removed(directory):
    """Remove the folder, which those that use it may still be writing to."""
    shutil.rmtree(directory, ignore_errors=True)
    return not directory.exists()


def test_the_oldest_renders_are_cleared_away_but_none_under_way(directory):
    renderer = Renderer(directory, Limits(renders_kept=2))
    with paused(directory):
        waiting = renderer.start(short("Waiting")).key
        old = [f"{number:064x}" for number in range(3)]
        for age, key in enumerate([waiting, *old], start=1):
            (directory / key).mkdir(exist_ok=True)
            write_status(directory / key, RenderStatus(key, RenderState.QUEUED, clock.now()))
            os.utime(directory / key, (time.time() - 100_000 * age,) * 2)
        new = renderer.start(short("New")).key
        kept = {path.name for path in directory.iterdir() if len(path.name) == 64}
    assert waiting in kept
    assert new in kept
    assert len(kept) == 3  # the two youngest, and the one under way


@pytest.mark.parametrize("key", ["", "..", "../" + "a" * 61, "A" * 64, "a" * 63, "a" * 64, "a" * 64 + "\n"])
def test_a_key_that_names_no_render_is_not_found(directory, key):
    for ask in (Renderer(directory).status, Renderer(directory).pdf, Renderer(directory).wait):
        with pytest.raises(NotFound):
            ask(key)
