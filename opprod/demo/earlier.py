"""The round of July 2016. All of it is invented, so that there are promises kept, moved and missed.

Most are still to be answered on the demonstration's day, before the paper of September can be issued.
"""

from datetime import date

from opprod.core.rag import Rag
from opprod.demo.shapes import Answer, Line, Report, achieved, next_step, progress
from opprod.projects.models import Outcome

INVENTED = "all that this update says"
_LINE = "the whole statement"


def _promise(text: str, *answers: Answer, due: date, owner: str = "staff") -> Line:
    return next_step(text, due=due, owner=owner, illustrative=_LINE, terms_illustrative=None, answers=answers)


JULY_REPORTS = {
    "hr": Report(
        invented=INVENTED,
        rag=Rag.RED,
        rag_reason="Nobody has been recruited yet.",
        lines=(
            progress("There are [[jobs-advertised]] out to advert.", illustrative=_LINE),
            _promise(
                "Make offers to the first recruits.",
                Answer(
                    on=date(2016, 8, 31),
                    outcome=Outcome.SLIPPED,
                    note="Interviews took longer than planned.",
                    new_due_on=date(2016, 9, 16),
                ),
                Answer(on=date(2016, 9, 15), outcome=Outcome.ACHIEVED, note="The first offers are made."),
                due=date(2016, 8, 31),
            ),
        ),
    ),
    "accommodation-and-it": Report(
        invented=INVENTED,
        rag=Rag.AMBER,
        rag_reason="The London team has no home of its own yet.",
        lines=(
            achieved("New starters get their IT equipment on their first day.", illustrative=_LINE),
            _promise(
                "Move the London team to Wellington House.",
                Answer(on=date(2016, 8, 26), outcome=Outcome.ACHIEVED, note="The team has moved."),
                due=date(2016, 8, 31),
            ),
        ),
    ),
    "procurement": Report(
        invented=INVENTED,
        rag=Rag.AMBER,
        rag_reason="Some trusts have still to send their prices.",
        lines=(
            progress("The price data of [[ppib-return-rate]] of trusts is in.", illustrative=_LINE),
            _promise(
                "Send trusts the template for their procurement transformation plans.",
                due=date(2016, 9, 9),
            ),
        ),
    ),
    "nursing-productivity": Report(
        invented=INVENTED,
        rag=Rag.GREEN,
        rag_reason="Wards have begun to send their data.",
        lines=(
            achieved("The Nursing & Midwifery Dashboard is in use.", illustrative=_LINE),
            _promise(
                "Publish the report on the Nursing Improvement Collaborative.",
                due=date(2016, 8, 31),
            ),
        ),
    ),
    "doctor-productivity": Report(
        invented=INVENTED,
        rag=Rag.AMBER,
        rag_reason="We do not know yet what data trusts have on job planning.",
        lines=(
            progress("The pilot has begun.", illustrative=_LINE),
            _promise(
                "Show trusts that have no data on job planning how others collect theirs.",
                due=date(2016, 10, 14),
            ),
        ),
    ),
    "model-hospital": Report(
        invented=INVENTED,
        rag=Rag.AMBER,
        rag_reason="Too few of the registered users come back.",
        lines=(
            progress(
                "There are [[model-hospital-users]] registered, and [[compartments-live]] can be opened.",
                illustrative=_LINE,
            ),
            _promise("Ask regional teams what they want from the next compartments.", due=date(2016, 9, 16)),
        ),
    ),
}
