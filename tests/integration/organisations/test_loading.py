"""Loading the reference data, again and again, and from files that changed."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from opprod.accounts import services as accounts
from opprod.audit import queries as audit
from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.cli import main
from opprod.config import Settings
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.db import db, unit_of_work
from opprod.organisations import queries, reference
from opprod.organisations.models import Confidence, Stp, Trust, TrustName, TrustType
from opprod.organisations.services import LoadResult, Tally, load_reference_data
from tests.builders.plans import a_service

TODAY = date(2016, 9, 26)
ALL_UNCHANGED = LoadResult(stps=Tally(0, 0, 44), trusts=Tally(0, 0, 238))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to change."""
    return Path(shutil.copytree(reference.FOLDER, tmp_path / "data"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def load(folder: Path = reference.FOLDER) -> LoadResult:
    with unit_of_work():
        return load_reference_data(actor=accounts.system_actor(), folder=folder)


def events() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


class TestFirst:
    """Into an empty programme."""

    @pytest.fixture
    def settings(self, tmp_path: Path, migrated_database: Path) -> Settings:
        path = tmp_path / "opprod.sqlite"
        shutil.copy(migrated_database, path)
        return Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=TODAY)

    @pytest.mark.usefixtures("programme")
    def test_a_first_load_adds_everything_and_says_so(self) -> None:
        assert load() == LoadResult(stps=Tally(44, 0, 0), trusts=Tally(238, 0, 0))

        assert db.session.scalar(select(func.count()).where(Trust.type == TrustType.ACUTE)) == 136
        assert db.session.scalar(select(func.count()).where(Trust.stp_id.is_(None))) == 13
        assert db.session.scalar(select(func.count()).where(Stp.lead_name.is_(None))) == 27

    @pytest.mark.usefixtures("programme")
    def test_a_bad_file_leaves_nothing_behind(self, folder: Path) -> None:
        change(folder, "trust_names.csv", "RTV,2017-04-01,", "RTV,1 April 2017,")
        with pytest.raises(InvalidInput, match=r"trust_names.csv, line \d+, column effective_on: '1 April 2017'"):
            load(folder)
        assert db.session.scalar(select(func.count()).select_from(Stp)) == 0

    def test_the_command_says_what_it_did_and_the_second_time_that_all_was_there(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPPROD_DATA_DIR", str(settings.data_dir))
        first = CliRunner().invoke(main, ["reference", "load"])
        assert (first.exit_code, first.output) == (
            0,
            "STPs: 44 added, 0 changed, 0 unchanged.\nTrusts: 238 added, 0 changed, 0 unchanged.\n",
        )
        second = CliRunner().invoke(main, ["reference", "load"])
        assert second.output == (
            "STPs: 0 added, 0 changed, 44 unchanged.\nTrusts: 0 added, 0 changed, 238 unchanged.\n"
            "The reference data was loaded already.\n"
        )

    def test_the_command_opens_the_plans_of_new_stps(
        self, settings: Settings, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with app.app_context(), unit_of_work():
            a_service()
        monkeypatch.setenv("OPPROD_DATA_DIR", str(settings.data_dir))
        assert "Plans: 44 opened.\n" in CliRunner().invoke(main, ["reference", "load"]).output
        assert "Plans:" not in CliRunner().invoke(main, ["reference", "load"]).output


@pytest.mark.usefixtures("programme")
class TestAgain:
    """Into a programme that has it."""

    def test_a_second_load_changes_nothing_and_writes_no_event(self) -> None:
        before = events()
        result = load()
        assert result == ALL_UNCHANGED
        assert result.changed_nothing
        assert events() == before

    def test_a_changed_fact_is_changed_and_audited(self, folder: Path) -> None:
        change(folder, "stps.csv", "E54000010,1109099,", "E54000010,1109100,")
        result = load(folder)
        assert result == LoadResult(stps=Tally(0, 1, 43), trusts=Tally(0, 0, 238))
        assert not result.changed_nothing

        stp, _ = queries.stp(10, TODAY)
        newest = audit.latest_about(stp)[0]
        assert (newest.event, newest.changes) == (
            Event.REFERENCE_DATA_LOADED,
            {"population": [1109099, 1109100]},
        )

    def test_a_corrected_name_is_a_later_entry_for_the_same_day(self, folder: Path) -> None:
        change(folder, "trust_names.csv", "R1A,2016-04-01,Worcestershire", "R1A,2016-04-01,West Worcestershire")
        assert load(folder).trusts == Tally(0, 1, 237)

        trust, name, _ = queries.trust("R1A", TODAY)
        assert name == "West Worcestershire Health and Care NHS Trust"
        entries = db.session.scalars(select(TrustName).where(TrustName.subject_id == trust.id)).all()
        assert [entry.effective_on for entry in entries] == [date(2016, 4, 1)] * 2
        assert audit.latest_about(trust)[0].event is Event.NAME_RECORDED
        assert load(folder) == ALL_UNCHANGED

    def test_a_name_moved_to_another_day_no_longer_holds_from_the_old_one(self, folder: Path) -> None:
        change(folder, "trust_names.csv", "RTV,2017-04-01,", "RTV,2016-09-01,")
        assert load(folder).trusts == Tally(0, 1, 237)

        assert queries.trust("RTV", date(2016, 8, 31))[1] == "5 Boroughs Partnership NHS Foundation Trust"
        trust, name, _ = queries.trust("RTV", TODAY)
        assert name == "North West Boroughs Healthcare NHS Foundation Trust"
        assert Event.ENTRY_WITHDRAWN in {event.event for event in audit.latest_about(trust)}
        with clock.pinned_to(date(2017, 4, 1)):
            assert [entry.effective_on for entry in queries.trust_names(trust, date(2017, 4, 1))] == [
                date(2016, 9, 1),
                date(2016, 4, 1),
            ]
        assert load(folder) == ALL_UNCHANGED

    def test_a_record_that_left_the_files_stays(self, folder: Path) -> None:
        for file in ("trusts.csv", "trust_names.csv"):
            path = folder / file
            path.write_text(re.sub(r"(?m)^RTV,.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
        assert load(folder).trusts == Tally(0, 0, 237)
        assert queries.trust("RTV", TODAY)[1] == "5 Boroughs Partnership NHS Foundation Trust"


@pytest.mark.usefixtures("programme")
def test_names_are_those_of_the_day_asked_for_whatever_day_it_is() -> None:
    eve, day = date(2017, 3, 31), date(2017, 4, 1)
    for now in (TODAY, eve, day, date(2018, 1, 1)):
        with clock.pinned_to(now):
            assert queries.trust("RTV", eve)[1] == "5 Boroughs Partnership NHS Foundation Trust"
            assert queries.trust("RTV", day)[1] == "North West Boroughs Healthcare NHS Foundation Trust"
            assert queries.stp(6, eve)[1] == "Coast, Humber and Vale"
            assert queries.stp(6, day)[1] == "Humber, Coast and Vale"
            assert queries.trust("RTV", date(2016, 3, 31))[1] is None


@pytest.mark.usefixtures("programme")
def test_doubt_comes_with_its_basis() -> None:
    trust, _, stp_name = queries.trust("RAN", TODAY)
    assert stp_name is None
    assert trust.stp_confidence is Confidence.LOW
    assert trust.stp_basis is not None
    assert "footprint not confirmed" in trust.stp_basis
    assert queries.stp(1, TODAY)[0].number_confidence is Confidence.MEDIUM
