"""How the triage of each plan goes in the demonstration: who takes which step on which day. All of it is invented."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from random import Random

from opprod.demo import days
from opprod.demo.amounts import dice, picked
from opprod.demo.wording import ANSWERS, DEPARTURES, FIRST_LOOKS, OVERRIDES, QUESTIONS, REASONS_WITHOUT_SUGGESTION
from opprod.plans.models import Category, Move, Outcome
from opprod.plans.services.bulk_triage import StepContent


class Ending(StrEnum):
    """Where the triage of a plan has come to on the demonstration's day."""

    AGREED = "agreed"
    OVERRIDDEN = "overridden"
    ANSWERED = "answered"
    """Returned with a question, proposed once more, and agreed."""
    RETURNED = "returned"
    WITH_THE_CENTRE = "with the centre"
    WITH_THE_REGION = "with the region"


ENDINGS = {
    Ending.AGREED: 31,
    Ending.OVERRIDDEN: 8,
    Ending.ANSWERED: 4,
    Ending.RETURNED: 9,
    Ending.WITH_THE_CENTRE: 20,
    Ending.WITH_THE_REGION: 28,
}


class Course:
    """The steps taken on one plan, each on its day.

    ``received_on`` is when its submission came in: the first look is at those that came early.
    """

    def __init__(self, service: str, number: int, *, received_on: date) -> None:
        self._names = (service, number)
        thrown = self._dice("steps")
        self.ending = picked(thrown, ENDINGS)
        self.looked_at_first = received_on < days.FIRST_LOOK_PROPOSED and thrown.random() < 0.42
        self.changes_its_letter = thrown.random() < 0.65
        self.moves = dict(self._moves(thrown))

    def proposes(self, day: date) -> bool:
        """Whether it is the region that takes the step of a day in ``moves``."""
        return self.moves[day] is Move.PROPOSED

    def proposal(self, day: date, outcome: Outcome) -> StepContent:
        """What the region proposes on a day, where the rules come to an outcome."""
        thrown = self._dice("choice")
        category, reason = _choice(thrown, outcome)
        if day == days.FIRST_LOOK_PROPOSED:
            first = _neighbour(thrown, category) if self.changes_its_letter else category
            return StepContent(Move.PROPOSED, first, thrown.choice(FIRST_LOOKS))
        return StepContent(Move.PROPOSED, category, thrown.choice(ANSWERS) if day == days.ANSWERED else reason)

    def answer(self, day: date, proposed: Category) -> StepContent:
        """What the centre answers on a day to the category proposed."""
        thrown = self._dice("answer")
        match self.moves[day]:
            case Move.RETURNED:
                return StepContent(Move.RETURNED, None, thrown.choice(QUESTIONS))
            case Move.OVERRIDDEN:
                other = _neighbour(thrown, proposed)
                return StepContent(Move.OVERRIDDEN, other, thrown.choice(OVERRIDES[other]))
            case move:
                return StepContent(move)

    def _dice(self, part: str) -> Random:
        return dice(*self._names, part)

    def _moves(self, thrown: Random) -> Iterator[tuple[date, Move]]:
        if self.looked_at_first:
            yield days.FIRST_LOOK_PROPOSED, Move.PROPOSED
            yield days.FIRST_LOOK_MODERATED, Move.AGREED
        match self.ending:
            case Ending.WITH_THE_REGION:
                return
            case Ending.WITH_THE_CENTRE:
                yield thrown.choice(days.PROPOSED[-3:]), Move.PROPOSED
            case Ending.ANSWERED:
                yield thrown.choice(days.PROPOSED[:2]), Move.PROPOSED
                yield days.MODERATED[1], Move.RETURNED
                yield days.ANSWERED, Move.PROPOSED
                yield days.MODERATED[3], Move.AGREED
            case Ending.AGREED | Ending.OVERRIDDEN | Ending.RETURNED:
                proposed_on = thrown.choice(days.PROPOSED)
                yield proposed_on, Move.PROPOSED
                yield next(day for day in days.MODERATED if day > proposed_on), _LAST_MOVES[self.ending]


_LAST_MOVES = {
    Ending.AGREED: Move.AGREED,
    Ending.OVERRIDDEN: Move.OVERRIDDEN,
    Ending.RETURNED: Move.RETURNED,
}


def _choice(thrown: Random, outcome: Outcome) -> tuple[Category, str]:
    """The category the region holds for right, and why where the rules do not say so."""
    suggested = outcome.category
    if suggested is None:
        reasons = REASONS_WITHOUT_SUGGESTION[outcome]
        category = thrown.choices(list(reasons), (1, 2))[0]
        return category, thrown.choice(reasons[category])
    if thrown.random() < 0.88:
        return suggested, ""
    category = _neighbour(thrown, suggested)
    return category, thrown.choice(DEPARTURES[category])


def _neighbour(thrown: Random, category: Category) -> Category:
    if category is Category.B:
        return thrown.choices((Category.A, Category.C), (1, 2))[0]
    return Category.B
