"""Finding the directorate, STPs and trusts."""

from opprod.db import db
from opprod.organisations.models import Directorate


def directorate() -> Directorate | None:
    """The body whose programme this is; None until it is set up."""
    return db.session.get(Directorate, 1)
