"""Taking what the last paper stated as next steps, and what became of each by a day."""

from opprod.reports.asked import Asked
from opprod.reports.queries.answers import promises_answered
from opprod.reports.sections.promises.facts import PromisesFacts


def gather(asked: Asked) -> PromisesFacts | None:
    """Take the Board's last paper; None where it had none on this matter. A fixed number of statements of SQL."""
    last = asked.last
    if last is None:
        return None
    return PromisesFacts(
        reference=last.reference,
        meeting_on=last.meeting_on,
        promises=tuple(promises_answered(last, asked.day)),
        illustrative=last.illustrative,
    )
