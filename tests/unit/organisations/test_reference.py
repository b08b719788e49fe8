"""Reading the data files, good and bad."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from opprod.core.errors import InvalidInput
from opprod.core.regions import Region
from opprod.organisations import reference
from opprod.organisations.models import Confidence, TrustType

TRUSTS_HEADING = (reference.FOLDER / "trusts.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to spoil."""
    return Path(shutil.copytree(reference.FOLDER, tmp_path / "data"))


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Change the first place of a text in a file: the number of its line."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(folder: Path) -> list[str]:
    """The lines of the message in which the files of a folder are refused."""
    with pytest.raises(InvalidInput) as refused:
        reference.read(folder)
    first, *problems = refused.value.message.splitlines()
    assert first == "The reference data cannot be used, so nothing was loaded."
    return problems


def test_the_files_hold_the_footprints_and_trusts_of_2016_17() -> None:
    data = reference.read()

    assert len(data.stps) == 44
    assert Counter(row.values["region"] for row in data.stps) == {
        Region.NORTH: 9,
        Region.MIDLANDS_AND_EAST: 17,
        Region.LONDON: 5,
        Region.SOUTH: 13,
    }
    assert len(data.trusts) == 238
    assert Counter(row.values["type"] for row in data.trusts) == {
        TrustType.ACUTE: 136,
        TrustType.ACUTE_SPECIALIST: 18,
        TrustType.MENTAL_HEALTH: 55,
        TrustType.COMMUNITY: 19,
        TrustType.AMBULANCE: 10,
    }
    assert Counter(row.values["region"] for row in data.trusts) == {
        Region.NORTH: 74,
        Region.MIDLANDS_AND_EAST: 73,
        Region.LONDON: 36,
        Region.SOUTH: 55,
    }


def test_what_nobody_knows_is_blank_and_what_is_doubtful_says_why() -> None:
    data = reference.read()

    without_stp = [row.values for row in data.trusts if row.values["stp_id"] is None]
    assert len(without_stp) == 13
    assert Counter(values["type"] for values in without_stp)[TrustType.AMBULANCE] == 10
    assert sum(row.values["lead_name"] is None for row in data.stps) == 27
    doubtful = [row.values["id"] for row in data.stps if row.values["number_confidence"] is Confidence.MEDIUM]
    assert doubtful == [1, 2, 3, 4]
    for row in data.trusts:
        for value in ("type", "stp"):
            confidence = row.values[f"{value}_confidence"]
            if confidence is not None and confidence.is_doubtful:
                assert row.values[f"{value}_basis"], row.values["ods_code"]


def test_the_renames_of_april_2017_are_dated() -> None:
    data = reference.read()
    later = {
        row.values.get("id") or row.values["ods_code"]: row.values["name"]
        for row in (*data.stp_names, *data.trust_names)
        if row.values["effective_on"] == date(2017, 4, 1)
    }
    assert set(later) == {1, 3, 6, 39, "RTV"}
    assert later["RTV"] == "North West Boroughs Healthcare NHS Foundation Trust"
    assert later[6] == "Humber, Coast and Vale"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("trusts.csv", ",midlands-and-east,", ",midlands,", "column region: 'midlands' is not one of north, "),
        ("trusts.csv", "community,high", "community,sure", "column type_confidence: 'sure' is not one of high, "),
        ("trusts.csv", "R1A,", "r1a,", "column ods_code: 'r1a' is not a code of 3 capital letters and digits"),
        ("trusts.csv", "WR4 9RW,19,", "WR4 9RW,45,", "column stp: '45' is not a whole number from 1 to 44"),
        ("trusts.csv", "R1C,", "R1A,", "column ods_code: line 2 is about the same"),
        ("trusts.csv", "R1A,NHS trust,", "R1A,", "13 cells instead of 14"),
        ("trusts.csv", "R1A,", "RZZ,", "column ods_code: RZZ has no name in trust_names.csv"),
        ("stps.csv", "E54000046,1680083,", "E54000046,1.6m,", "column population: '1.6m' is not a whole number"),
        ("stps.csv", "E54000047,318078,", "E54000047,³18078,", "column population: '³18078' is not a whole number"),
        ("stps.csv", "2016-03-30,", "30/03/2016,", "column lead_as_of: '30/03/2016' is not a day such as 2016-04-01"),
        ("stp_names.csv", "West Yorkshire,", ",", "column name: it is blank"),
        (
            "stp_names.csv",
            "West Yorkshire,",
            f"{'x' * 121},",
            "column name: it is 121 characters long, more than 120",
        ),
        ("trust_names.csv", "R1A,2016-04-01,", "RZZ,2016-04-01,", "column ods_code: RZZ is not in trusts.csv"),
    ],
)
def test_a_bad_value_is_named_by_file_line_and_column(folder: Path, file: str, old: str, new: str, says: str) -> None:
    line = spoil(folder, file, old, new)
    assert any(problem.startswith(f"{file}, line {line}") and says in problem for problem in refusal(folder))


def test_a_trust_in_an_stp_that_is_not_there_is_refused(folder: Path) -> None:
    path = folder / "stps.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    problems = refusal(folder)
    assert any("column stp: there is no STP 44 in stps.csv" in problem for problem in problems)
    assert any("column number: 44 is not in stps.csv" in problem for problem in problems)


def test_every_bad_value_is_told_up_to_a_limit(folder: Path) -> None:
    path = folder / "trusts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",north,", ",nowhere,"), encoding="utf-8")
    problems = refusal(folder)
    assert len(problems) == reference.PROBLEMS_SHOWN + 1
    assert problems[-1] == f"and {74 - reference.PROBLEMS_SHOWN} more"


def test_a_file_that_is_missing_or_no_table_is_refused(folder: Path) -> None:
    (folder / "stps.csv").unlink()
    (folder / "stp_names.csv").write_bytes(b"\xff\xfe\x00")
    (folder / "trusts.csv").write_text("ods_code\nR1A\n", encoding="utf-8")
    (folder / "trust_names.csv").write_text('ods_code,effective_on,name,source\n"R1A', encoding="utf-8")
    no_file, no_text, no_columns, no_end = refusal(folder)
    assert no_file.startswith("stps.csv: there is no such file in ")
    assert no_text.startswith("stp_names.csv: this is not a CSV file in UTF-8")
    assert no_columns == f"trusts.csv, line 1: the columns must be {TRUSTS_HEADING.replace(',', ', ')}"
    assert no_end.startswith("trust_names.csv: this is not a CSV file in UTF-8")


def test_a_byte_order_mark_is_let_pass(folder: Path) -> None:
    path = folder / "trusts.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert len(reference.read(folder).trusts) == 238
