"""Taking the ratings of workstreams and projects at a Board's last meetings, through the queries of their rooms."""

from opprod.projects.models import StrandKind
from opprod.projects.queries.ratings import RatingOn, StrandRatings, ratings_on
from opprod.reports.asked import Asked
from opprod.reports.sections.ratings.facts import RatedStrand, RatingFacts, RatingsFacts
from opprod.rounds.queries import last_meetings

MEETINGS_SHOWN = 5


def gather(asked: Asked) -> RatingsFacts:
    """Take how strands stood at the Board's last meetings and how they stand on the day. Two statements."""
    held = last_meetings(board=asked.board, before=asked.day, limit=MEETINGS_SHOWN)
    days = (*(meeting.held_on for meeting in held), asked.day)
    found = ratings_on(days, asked.day)
    return RatingsFacts(
        days=days,
        workstreams=tuple(_strand(one) for one in found if one.kind is StrandKind.WORKSTREAM),
        projects=tuple(_strand(one) for one in found if one.kind is StrandKind.PROJECT),
    )


def _strand(found: StrandRatings) -> RatedStrand:
    return RatedStrand(found.name, tuple(map(_rating, found.ratings)))


def _rating(found: RatingOn | None) -> RatingFacts | None:
    return RatingFacts(found.rag.value, found.illustrative) if found else None
