"""What the section on changes is composed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from opprod.reports.differences import Differences
from opprod.reports.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """What changed since the Board's last paper or, where none was issued, since its last meeting.

    ``reference`` is that paper's, and ``meeting_on`` the day of its meeting. ``evidence`` is what changed readings
    rest on, by the path of their measure.
    """

    meeting_on: date
    reference: str | None
    found: Differences
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
