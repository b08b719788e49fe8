"""Reading the reference data: the files in ``data/``, checked as a whole before anything is done with them."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from opprod.core.errors import InvalidInput
from opprod.core.regions import Region
from opprod.organisations.models import AcuteSize, Confidence, FoundationStatus, TrustType

FOLDER = Path(__file__).parent / "data"
PROBLEMS_SHOWN = 20
FOOTPRINTS = 44

Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file: the attributes of a record, by name."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """All of it, every value of the right kind and every reference to something that is there."""

    stps: Sequence[Row]
    stp_names: Sequence[Row]
    trusts: Sequence[Row]
    trust_names: Sequence[Row]


@dataclass(frozen=True, slots=True)
class _File:
    """A file of reference data: what reads each column, and the attribute of a column with another name."""

    name: str
    columns: Mapping[str, Reader]
    attributes: Mapping[str, str] = field(default_factory=dict)


def read(folder: Path = FOLDER) -> ReferenceData:
    """Read and check the files. Raises ``InvalidInput`` listing what is wrong, each by file, line and column."""
    problems: list[str] = []
    stps, stp_names, trusts, trust_names = (
        _read_file(folder, file, problems) for file in (_STPS, _STP_NAMES, _TRUSTS, _TRUST_NAMES)
    )
    if not problems:
        problems += _unmatched(stps, "id", stp_names)
        problems += _unmatched(trusts, "ods_code", trust_names)
        numbers = {row.values["id"] for row in stps}
        problems += [
            f"trusts.csv, line {row.line}, column stp: there is no STP {row.values['stp_id']} in stps.csv"
            for row in trusts
            if row.values["stp_id"] not in {None, *numbers}
        ]
    if problems:
        left = len(problems) - PROBLEMS_SHOWN
        shown = [*problems[:PROBLEMS_SHOWN], *([f"and {left} more"] if left > 0 else [])]
        raise InvalidInput("The reference data cannot be used, so nothing was loaded.\n" + "\n".join(shown))
    return ReferenceData(stps=stps, stp_names=stp_names, trusts=trusts, trust_names=trust_names)


def _read_file(folder: Path, file: _File, problems: list[str]) -> list[Row]:
    try:
        with (folder / file.name).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            if next(reader, []) != list(file.columns):
                problems.append(f"{file.name}, line 1: the columns must be {', '.join(file.columns)}")
                return []
            rows = [row for row in _rows(reader, file, problems) if row]
    except FileNotFoundError:
        problems.append(f"{file.name}: there is no such file in {folder}")
        return []
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(f"{file.name}: this is not a CSV file in UTF-8: {error}")
        return []
    problems += _repeated(file, rows)
    return rows


def _rows(reader: Any, file: _File, problems: list[str]) -> Iterator[Row | None]:
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(file.columns):
            problems.append(f"{file.name}, line {line}: {len(cells)} cells instead of {len(file.columns)}")
            continue
        values = {}
        for (column, read_cell), cell in zip(file.columns.items(), cells, strict=True):
            try:
                values[file.attributes.get(column, column)] = read_cell(cell.strip())
            except ValueError as error:
                problems.append(f"{file.name}, line {line}, column {column}: {error}")
        yield Row(line, values)


def _repeated(file: _File, rows: list[Row]) -> Iterator[str]:
    """Two lines about one record, or about one record's name from one day."""
    column = next(iter(file.columns))
    key = file.attributes.get(column, column)
    seen: dict[Any, int] = {}
    for row in rows:
        identity = (row.values.get(key), row.values.get("effective_on"))
        if identity in seen:
            yield f"{file.name}, line {row.line}, column {column}: line {seen[identity]} is about the same"
        seen.setdefault(identity, row.line)


def _unmatched(records: list[Row], key: str, names: list[Row]) -> Iterator[str]:
    """Records without a name, and names of no record."""
    records_file, names_file = ("stps.csv", "stp_names.csv") if key == "id" else ("trusts.csv", "trust_names.csv")
    known, named = ({row.values[key] for row in rows} for rows in (records, names))
    column = "number" if key == "id" else key
    for row in records:
        if row.values[key] not in named:
            yield f"{records_file}, line {row.line}, column {column}: {row.values[key]} has no name in {names_file}"
    for row in names:
        if row.values[key] not in known:
            yield f"{names_file}, line {row.line}, column {column}: {row.values[key]} is not in {records_file}"


def _text(limit: int = 1000) -> Reader:
    def read_cell(cell: str) -> str:
        if not cell:
            raise ValueError("it is blank")
        if len(cell) > limit:
            raise ValueError(f"it is {len(cell)} characters long, more than {limit}")
        return cell

    return read_cell


def _or_blank(reader: Reader) -> Reader:
    return lambda cell: reader(cell) if cell else None


def _member(kind: type[StrEnum]) -> Reader:
    def read_cell(cell: str) -> StrEnum:
        try:
            return kind(cell)
        except ValueError:
            _refuse(cell, "one of " + ", ".join(kind))

    return read_cell


def _whole_number(largest: int) -> Reader:
    def read_cell(cell: str) -> int:
        if not (cell.isascii() and cell.isdecimal() and len(cell) <= 10 and 1 <= int(cell) <= largest):
            _refuse(cell, f"a whole number from 1 to {largest:,}")
        return int(cell)

    return read_cell


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        _refuse(cell, "a day such as 2016-04-01")


def _code(length: int) -> Reader:
    def read_cell(cell: str) -> str:
        if not (len(cell) == length and cell.isascii() and cell.isalnum() and cell == cell.upper()):
            _refuse(cell, f"a code of {length} capital letters and digits")
        return cell

    return read_cell


def _refuse(cell: str, wanted: str) -> NoReturn:
    raise ValueError(f"{cell!r} is not {wanted}")


_STPS = _File(
    "stps.csv",
    {
        "number": _whole_number(FOOTPRINTS),
        "number_confidence": _member(Confidence),
        "number_basis": _or_blank(_text()),
        "region": _member(Region),
        "ons_code": _code(9),
        "population": _or_blank(_whole_number(100_000_000)),
        "population_basis": _or_blank(_text()),
        "lead_name": _or_blank(_text(120)),
        "lead_role": _or_blank(_text(200)),
        "lead_as_of": _or_blank(_day),
        "lead_confidence": _or_blank(_member(Confidence)),
        "lead_source": _or_blank(_text()),
        "source": _text(),
        "notes": _or_blank(_text()),
    },
    attributes={"number": "id"},
)
_STP_NAMES = _File(
    "stp_names.csv",
    {"number": _whole_number(FOOTPRINTS), "effective_on": _day, "name": _text(120), "source": _text()},
    attributes={"number": "id"},
)
_TRUSTS = _File(
    "trusts.csv",
    {
        "ods_code": _code(3),
        "foundation_status": _member(FoundationStatus),
        "type": _member(TrustType),
        "type_confidence": _member(Confidence),
        "type_basis": _or_blank(_text()),
        "acute_size": _or_blank(_member(AcuteSize)),
        "region": _member(Region),
        "town": _or_blank(_text(80)),
        "postcode": _or_blank(_text(8)),
        "stp": _or_blank(_whole_number(FOOTPRINTS)),
        "stp_confidence": _or_blank(_member(Confidence)),
        "stp_basis": _or_blank(_text()),
        "source": _text(),
        "notes": _or_blank(_text()),
    },
    attributes={"stp": "stp_id"},
)
_TRUST_NAMES = _File(
    "trust_names.csv",
    {"ods_code": _code(3), "effective_on": _day, "name": _text(160), "source": _text()},
)
