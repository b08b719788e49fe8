"""More footprints than England has, for a demonstration with as many plans as are wanted."""

from sqlalchemy import select

from opprod import history
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.actors import Actor
from opprod.db import db
from opprod.organisations.models import Confidence, Stp, StpName

SOURCE = "No source: made up for the demonstration"
NAME = "Illustrative footprint {number}"
NAME_ILLUSTRATIVE = "the whole footprint"


def add_footprints(times: int, *, actor: Actor) -> None:
    """Make the footprints so many times as many, each new one in the region of the real one that it repeats.

    What is made up has a name that says so, and neither trusts nor a population.
    """
    real = db.session.execute(select(Stp.id, Stp.region).order_by(Stp.id)).all()
    made = [
        Stp(
            id=turn * len(real) + number,
            number_confidence=Confidence.HIGH,
            number_basis="Follows on from the numbers of the real footprints.",
            region=region,
            ons_code=f"X{turn * len(real) + number:08}",
            source=SOURCE,
        )
        for turn in range(1, times)
        for number, region in real
    ]
    db.session.add_all(made)
    db.session.flush()
    history.record_all(
        [
            StpName(
                subject_id=stp.id,
                name=NAME.format(number=stp.id),
                source=SOURCE,
                effective_on=clock.today(),
                illustrative=NAME_ILLUSTRATIVE,
            )
            for stp in made
        ],
        actor=actor,
    )
    for stp in made:
        trail.noted(Event.REFERENCE_DATA_LOADED, stp, actor=actor, changes={"source": [None, SOURCE]})
