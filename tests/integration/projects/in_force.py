"""What tests of updates ask of the programme, and the days they do it on."""

from datetime import date, timedelta

from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.rag import Rag
from opprod.db import Base
from opprod.history import entry_in_force
from opprod.projects.models import RagRating, Status, Strand, Update
from opprod.projects.queries import updates as queries
from opprod.projects.queries.statements import published_statements
from opprod.projects.services import updates as services
from opprod.projects.services.updates import UpdateContent
from tests.builders.accounts import a_user

TODAY = date(2016, 9, 26)
YESTERDAY = TODAY - timedelta(days=1)
NEXT_MEETING = date(2016, 11, 24)
IN_NEXT_ROUND = date(2016, 11, 1)


def status(update: Update) -> Status:
    return queries.status_of(update, clock.today()).status


def texts(strand: Strand, day: date = TODAY) -> list[str]:
    return [view.text for view in published_statements(day).get(strand.id, [])]


def rag(strand: Strand, day: date = TODAY) -> Rag | None:
    rating = entry_in_force(RagRating, strand.id, day)
    return rating.rag if rating else None


def events(record: Base) -> list[Event]:
    return [event.event for event in reversed(latest_about(record, limit=50))]


def save(update: Update, says: UpdateContent) -> None:
    services.save_update(update=update, content=says, version=update.version, actor=a_user())
