"""Comparing the programme with how it stood in the Board's last paper."""

from datetime import date

from opprod.projects.queries.provenance import of_readings
from opprod.reports.asked import Asked
from opprod.reports.differences import ChangeKind, Differences, differences
from opprod.reports.evidence import Evidence, Provenance
from opprod.reports.queries.compared import standing_in
from opprod.reports.queries.standing import take_standing
from opprod.reports.sections.changes.facts import ChangesFacts
from opprod.rounds.queries import neighbour_before

MEASURES = "/measures/"


def gather(asked: Asked) -> ChangesFacts | None:
    """What changed since the last paper, or the last meeting where no paper was issued; None where there was neither.

    A fixed number of statements, but for one more for each thousand readings that changed.
    """
    if asked.last is not None:
        before, meeting_on, reference = (
            *(standing_in(asked.last.edition_id), asked.last.meeting_on),
            asked.last.reference,
        )
    else:
        meeting = neighbour_before(board=asked.board, held_on=asked.day)
        if meeting is None:
            return None
        before, meeting_on, reference = take_standing(meeting.held_on), meeting.held_on, None
    found = differences(before, take_standing(asked.day))
    return ChangesFacts(meeting_on, reference, found, _evidence(found, asked.day))


def _evidence(found: Differences, day: date) -> dict[str, Evidence]:
    names = {one.record: one.of for one in found.of(ChangeKind.FIGURES) if not one.of_plan}
    readings = of_readings((record.removeprefix(MEASURES) for record in names), day)
    return {
        f"{MEASURES}{key}": Evidence(
            key=f"reading:{reading.reading_id}",
            kind="reading",
            what=names[f"{MEASURES}{key}"],
            said=reading.said,
            on=reading.effective_on,
            source=reading.source,
            provenance=Provenance(reading.recorded_by, reading.recorded_at, reading.approved_by, reading.approved_at),
            record=f"{MEASURES}{key}",
            illustrative=reading.illustrative,
        )
        for key, reading in readings.items()
    }
