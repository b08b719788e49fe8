"""``opprod paper build``, run as people run it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from opprod.cli import main
from opprod.config import Settings
from opprod.core import clock
from opprod.db import unit_of_work
from opprod.projects.models import StatementKind
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.pdf_checks import assert_pdf_ua, pdf_text

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def paper_build(settings: Settings, tmp_path: Path) -> Run:
    """Run the command on the test's installation, in a folder of its own."""
    (tmp_path / "work").mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "opprod.cli", "paper", "build", *arguments],
            env={"OPPROD_DATA_DIR": str(settings.data_dir), "OPPROD_TODAY": "2016-09-26", "PATH": "/usr/bin:/bin"},
            cwd=tmp_path / "work",
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def programme_with_papers(app: Flask) -> None:
    """One paper for 29 September, two for 24 November, none for 28 July."""
    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        september, november = a_meeting(), a_meeting(date(2016, 11, 24))
        a_meeting(date(2016, 7, 28))
        a_paper(september, reference="BM/16/89")
        a_paper(november, reference="BM/16/101")
        a_paper(november, reference="BM/16/102", agenda_item="10")
        a_published_update(a_strand(name="HR"), september, (StatementKind.PROGRESS, "We offered jobs to c.35."))


@pytest.mark.usefixtures("programme_with_papers")
def test_it_writes_the_same_paper_each_time_and_says_how_far_it_is(paper_build: Run, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    first = paper_build("--meeting", "2016-09-29", "--out", "paper.pdf")
    assert first.returncode == 0, first.stderr
    assert first.stdout == ""
    assert first.stderr.startswith("Paper BM/16/89, with its facts as at 26 September 2016\n")
    assert "100 % Ready" in first.stderr
    assert first.stderr.endswith("paper.pdf: 2 pages\n")
    pdf = (folder / "paper.pdf").read_bytes()
    assert_pdf_ua(pdf)
    assert "We offered jobs to c.35." in pdf_text(pdf)

    assert paper_build("--meeting", "2016-09-29", "--out", str(folder / "again.pdf")).returncode == 0
    assert (folder / "again.pdf").read_bytes() == pdf
    assert sorted(path.name for path in folder.iterdir()) == ["again.pdf", "paper.pdf"]


@pytest.mark.usefixtures("programme_with_papers")
def test_it_takes_a_reference_and_a_day(paper_build: Run, tmp_path: Path) -> None:
    built = paper_build(
        *("--meeting", "2016-11-24", "--reference", "bm/16/102", "--as-at", "2016-09-25", "--out", "paper.pdf")
    )
    assert built.returncode == 0, built.stderr
    text = pdf_text((tmp_path / "work" / "paper.pdf").read_bytes())
    assert "Agenda item: 10 Ref: BM/16/102" in text
    assert "We offered jobs" not in text


@pytest.mark.usefixtures("programme_with_papers")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--meeting", "2016-09-30"], "No Board meeting is held on 30 September 2016."),
        (["--meeting", "2016-07-28"], "NHS Improvement Board, 28 July 2016 has no paper yet."),
        (["--meeting", "2016-11-24"], "choose one with --reference. They are BM/16/101, BM/16/102."),
        (["--meeting", "2016-09-29", "--reference", "BM/1"], "29 September 2016 has no paper BM/1."),
        (["--meeting", "2016-09-29", "--as-at", "2016-09-27"], "Facts can stand at today, 26 September 2016"),
        (["--meeting", "2016-09-29", "--out", "none/paper.pdf"], "There is no folder none to write to."),
        (["--meeting", "29/9/2016"], "Invalid value for '--meeting'"),
    ],
)
def test_what_it_cannot_do_it_says_and_leaves_no_file(
    settings: Settings, tmp_path: Path, arguments: list[str], message: str
) -> None:
    paper = tmp_path / "paper.pdf"
    runner = CliRunner(env={"OPPROD_DATA_DIR": str(settings.data_dir), "OPPROD_TODAY": "2016-09-26"})
    refused = runner.invoke(main, ["paper", "build", "--out", str(paper), *arguments])
    assert refused.exit_code != 0
    assert message in refused.stderr
    assert not paper.exists()


def test_without_tables_it_says_what_to_run(tmp_path: Path) -> None:
    runner = CliRunner(env={"OPPROD_DATA_DIR": str(tmp_path)})
    refused = runner.invoke(main, ["paper", "build", "--meeting", "2016-09-29", "--out", str(tmp_path / "x.pdf")])
    assert refused.exit_code == 1
    assert "opprod migrate" in refused.stderr
