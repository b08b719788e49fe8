"""Drawing what an STP's plan says in the demonstration.

A plan is drawn by dice of its own, thrown from its service and its footprint's number: it is the same in every run,
however many are drawn beside it. The spread is what the Board was told on 29 September 2016: every STP has sent its
two pages, their detail varies, few give benefits and timescales, and savings come mainly in 2017/18 and 2018/19.
Each figure, day and sentence is invented.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP, Quantity, parse
from opprod.core.slugs import slug_of
from opprod.demo.amounts import between, dice, money, picked
from opprod.demo.days import PLANS_RECEIVED
from opprod.demo.plans import BENCHMARK_SOURCE, FORECAST_SOURCE, ILLUSTRATIVE, PATHOLOGY
from opprod.demo.shapes import ServiceContent
from opprod.demo.wording import TRUST_REASONS, WORDING
from opprod.plans.models import (
    Category,
    Confidence,
    DeliverableState,
    Element,
    FigureKind,
    NoteKind,
    SavingKind,
)
from opprod.plans.services.bulk import (
    FigureContent,
    NoteContent,
    PlanContent,
    ScopeContent,
    SubmissionContent,
    TrustContent,
)
from opprod.plans.services.deliverables import DeliverableContent
from opprod.plans.services.savings import SavingContent

THIS_YEAR, NEXT_YEAR, YEAR_AFTER, LAST_YEAR = (FinancialYear(start) for start in range(2016, 2020))

DONE_ON = date(2016, 5, 31)
"""When what is delivered before the two pages are written was due."""


class Profile(StrEnum):
    """What sort of plan is drawn."""

    FIRM = "firm"
    """What will be done, by when and for how much, this year and next."""
    LATE = "late"
    """As firm, but nothing comes of it before 2018/19."""
    UNSURE = "unsure"
    """As firm, but for savings so wide that they may be much or little."""
    PARTIAL = "partial"
    """Says what will be done, and leaves out some of by when and for how much."""
    THIN = "thin"
    """Two pages without a plan."""
    UNREAD = "unread"
    """Two pages of which little is recorded yet."""


PROFILES = {
    Profile.FIRM: 13,
    Profile.LATE: 8,
    Profile.UNSURE: 6,
    Profile.PARTIAL: 49,
    Profile.THIN: 12,
    Profile.UNREAD: 12,
}
_WEIGHTY = frozenset({Profile.FIRM, Profile.LATE, Profile.UNSURE})
_WEAK = frozenset({Profile.THIN, Profile.UNREAD})
LEAD_INS = {
    # By whether the plan is one that delivers late.
    False: ("6 months", "9 months", "6–9 months", "6–12 months", "c.12 months"),
    True: ("18 months", "18–24 months", "c.18 months", "over 18 months"),
}


@dataclass(frozen=True, slots=True)
class Footprint:
    """What is drawn for: an STP, its trusts by key with those that have acute hospitals first, and how many have."""

    number: int
    trust_ids: tuple[int, ...] = ()
    acute: int = 0


def draw_plan(footprint: Footprint, service: ServiceContent) -> PlanContent:
    """What a footprint's plan for a service says."""
    return _Draw(footprint, service).content()


class _Draw:
    """One plan being drawn. Each part throws dice of its own, so that changing one leaves the others as they are."""

    def __init__(self, footprint: Footprint, service: ServiceContent) -> None:
        self.footprint, self.service = footprint, service
        self.words = WORDING[service.slug]
        whole = self._dice("whole")
        self.profile = picked(whole, PROFILES)
        self.received_on = whole.choice(PLANS_RECEIVED)
        self.source = f"Two-page submission, received {self.received_on:%-d %B %Y}"
        # What the service costs a year, and how much of that could be saved, in million pounds.
        self.cost = round((footprint.acute or whole.randint(1, 5)) * whole.uniform(9, 19))
        self.gap = max(round(self.cost * whole.uniform(0.08, 0.2)), 1)
        self.functions = self._functions()

    def content(self) -> PlanContent:
        trusts, deliverables, savings, figures = (
            self._trusts(),
            self._deliverables(),
            self._savings(),
            self._figures(),
        )
        scope = self._scope(names_trusts=bool(trusts))
        left_out = {
            Element.FUNCTIONS: not self.functions,
            Element.ORGANISATIONS: not trusts and not scope.ccgs,
            Element.DELIVERABLES: not deliverables,
            Element.DATES: not any(one.due_on for one in deliverables),
            Element.SAVINGS: not savings,
            Element.INVESTMENT: all(one.kind is not FigureKind.CAPITAL for one in figures),
        }
        # What of an unread submission is not recorded may be there or not.
        leaves_out = {element for element, out in left_out.items() if out and self.profile is not Profile.UNREAD}
        return PlanContent(
            submission=SubmissionContent(self.received_on, frozenset(leaves_out)),
            scope=scope if scope.functions or scope.ccgs or trusts else None,
            trusts=trusts,
            deliverables=deliverables,
            savings=savings,
            figures=figures,
            notes=self._notes(),
            source=self.source,
            illustrative=ILLUSTRATIVE,
        )

    def _dice(self, part: str) -> Random:
        return dice(self.service.slug, self.footprint.number, part)

    def _functions(self) -> tuple[str, ...]:
        """Those in scope, by slug; the ones in focus before the others."""
        thrown = self._dice("functions")
        focus = [slug_of(one.name) for one in self.service.functions if one.in_focus]
        others = [slug_of(one.name) for one in self.service.functions if not one.in_focus]
        match self.profile:
            case Profile.THIN | Profile.UNREAD:
                return tuple(focus) if thrown.random() < 0.4 else ()
            case Profile.PARTIAL:
                focus = focus[: thrown.randint(1, len(focus))]
        chosen = set(thrown.sample(others, thrown.randint(0, len(others)))) if others else set()
        return (*focus, *(slug for slug in others if slug in chosen))

    def _scope(self, *, names_trusts: bool) -> ScopeContent:
        thrown = self._dice("scope")
        # A plan of weight has more behind it than one trust.
        alone = self.footprint.acute == 1 and self.profile in _WEIGHTY
        names_ccgs = alone or thrown.random() < (0.3 if names_trusts else 0.15)
        names_councils = names_ccgs and thrown.random() < 0.4
        if not self.footprint.trust_ids:
            names_ccgs = names_councils = thrown.random() >= self._silence()
        return ScopeContent(
            functions=self.functions,
            # Bodies that are not in the reference data have no names of ours.
            ccgs=("All CCGs of the footprint",) if names_ccgs else (),
            local_authorities=("The councils of the footprint",) if names_councils else (),
        )

    def _silence(self) -> float:
        """How likely it is that nothing says who takes part."""
        return {Profile.PARTIAL: 0.2, Profile.THIN: 0.6, Profile.UNREAD: 0.5}.get(self.profile, 0)

    def _trusts(self) -> tuple[TrustContent, ...]:
        thrown = self._dice("trusts")
        if thrown.random() < self._silence():
            return ()
        everyone = self.service is not PATHOLOGY and thrown.random() < 0.6
        taking_part = self.footprint.trust_ids if everyone else self.footprint.trust_ids[: self.footprint.acute]
        apart = thrown.randrange(len(taking_part)) if len(taking_part) > 1 and thrown.random() < 0.08 else None
        category = thrown.choice(list(Category))
        reason = thrown.choice(TRUST_REASONS[category])
        return tuple(
            TrustContent(trust_id, category, reason) if place == apart else TrustContent(trust_id)
            for place, trust_id in enumerate(taking_part)
        )

    def _deliverables(self) -> tuple[DeliverableContent, ...]:
        thrown = self._dice("deliverables")
        sought: list[tuple[str, FinancialYear | None]] = []
        match self.profile:
            case Profile.FIRM | Profile.UNSURE:
                sought = [
                    *((text, THIS_YEAR) for text in thrown.sample(self.words.first_steps, 2)),
                    *((text, NEXT_YEAR) for text in thrown.sample(self.words.changes, thrown.randint(2, 3))),
                    *((text, YEAR_AFTER) for text in thrown.sample(self.words.later, thrown.randint(0, 1))),
                ]
            case Profile.LATE:
                sought = [
                    *((text, YEAR_AFTER) for text in thrown.sample(self.words.changes, thrown.randint(2, 3))),
                    *((text, LAST_YEAR) for text in thrown.sample(self.words.later, 1)),
                ]
            case Profile.PARTIAL:
                dated = thrown.random() < 0.25
                texts = thrown.sample((*self.words.first_steps, *self.words.changes), thrown.randint(1, 4))
                years = thrown.choices((NEXT_YEAR, YEAR_AFTER, None), (4, 3, 3), k=len(texts))
                sought = [(text, year if dated else None) for text, year in zip(texts, years, strict=True)]
        promised = [(text, _due(thrown, year) if year else None) for text, year in sought]
        promised.sort(key=lambda one: one[1] or date.max)
        return tuple(
            DeliverableContent(
                text=text,
                due_on=due_on,
                state=DeliverableState.DELIVERED if due_on == DONE_ON else DeliverableState.PLANNED,
            )
            for text, due_on in promised
        )

    def _savings(self) -> tuple[SavingContent, ...]:
        thrown = self._dice("savings")
        yearly = self.gap * thrown.uniform(0.65, 1.2)
        match self.profile:
            case Profile.FIRM:
                return self._schedule(thrown, {NEXT_YEAR: yearly * 0.45, YEAR_AFTER: yearly}, begins=THIS_YEAR)
            case Profile.LATE:
                return self._schedule(thrown, {YEAR_AFTER: yearly * 0.6, LAST_YEAR: yearly})
            case Profile.UNSURE:
                wide = between(self.gap * thrown.uniform(0.2, 0.35), self.gap * thrown.uniform(0.8, 1.1))
                return tuple(self._saving(thrown, year, None, wide) for year in (NEXT_YEAR, YEAR_AFTER))
            case Profile.PARTIAL if thrown.random() < 0.5:
                year = thrown.choice((NEXT_YEAR, YEAR_AFTER))
                said = money(thrown, self.gap * thrown.uniform(0.1, 0.35)) if thrown.random() < 0.35 else None
                return (self._saving(thrown, year, thrown.choice((None, self.functions[0])), said),)
            case _:
                return ()

    def _schedule(
        self, thrown: Random, years: dict[FinancialYear, float], *, begins: FinancialYear | None = None
    ) -> tuple[SavingContent, ...]:
        """What is saved each year, split by function or not; ``begins`` is a year with little or no saving yet."""
        split = self.service is not PATHOLOGY or thrown.random() < 0.4
        lines = self.functions[:3] if split else (None,)
        shares = [thrown.uniform(0.5, 1.5) for _ in lines]
        found = []
        for function, share in zip(lines, shares, strict=True):
            part = share / sum(shares)
            if begins:
                little = money(thrown, years[NEXT_YEAR] * part * 0.1) if thrown.random() < 0.4 else None
                found.append(self._saving(thrown, begins, function, little))
            for year, millions in years.items():
                found.append(self._saving(thrown, year, function, money(thrown, millions * part)))
            if begins and thrown.random() < 0.4:
                less = money(thrown, years[NEXT_YEAR] * part * thrown.uniform(0.6, 0.95))
                found.append(self._saving(thrown, NEXT_YEAR, function, less, kind=SavingKind.FORECAST))
        return tuple(found)

    def _saving(
        self,
        thrown: Random,
        year: FinancialYear,
        function: str | None,
        quantity: Quantity | None,
        *,
        kind: SavingKind = SavingKind.PLAN,
    ) -> SavingContent:
        firm = self.profile in _WEIGHTY
        return SavingContent(
            year=year,
            kind=kind,
            function=function,
            label="",
            quantity=quantity,
            cash_releasing=thrown.choices((True, False, None), (7, 1, 2) if firm else (3, 1, 4))[0],
            confidence=thrown.choices((*Confidence, None), (4, 4, 1, 1) if firm else (0, 3, 3, 3))[0],
            source=self.source if kind is SavingKind.PLAN else FORECAST_SOURCE,
        )

    def _figures(self) -> tuple[FigureContent, ...]:
        thrown = self._dice("figures")
        found = []
        if thrown.random() < 0.9:
            for kind, millions in (
                (FigureKind.BENCHMARK_COST, self.cost),
                (FigureKind.BENCHMARK_ATTAINABLE, self.cost - self.gap),
            ):
                found.append(FigureContent(kind, parse(f"£{millions}m", unit=GBP), BENCHMARK_SOURCE))
        likely = {Profile.THIN: 0, Profile.UNREAD: 0, Profile.PARTIAL: 0.25}.get(self.profile, 0.8)
        capital = self.gap * (thrown.uniform(0.5, 2.5) if self.service is PATHOLOGY else thrown.uniform(0.1, 0.6))
        for kind, said in (
            (FigureKind.CAPITAL, money(thrown, capital)),
            (FigureKind.REDUNDANCY, money(thrown, self.gap * thrown.uniform(0.1, 0.5))),
            (FigureKind.LEAD_IN, parse(thrown.choice(LEAD_INS[self.profile is Profile.LATE]), unit="months")),
        ):
            if thrown.random() < likely:
                found.append(FigureContent(kind, said, self.source))
        return tuple(found)

    def _notes(self) -> tuple[NoteContent, ...]:
        thrown = self._dice("notes")
        counts = (
            (NoteKind.DEPENDENCY, self.words.dependencies, thrown.choices((0, 1, 2), (4, 4, 2))[0]),
            (NoteKind.SUPPORT, self.words.support, thrown.choices((0, 1, 2), (5, 4, 1))[0]),
            (NoteKind.COMMENT, self.words.comments[self.profile in _WEAK], thrown.choices((0, 1), (1, 1))[0]),
        )
        return tuple(NoteContent(kind, text) for kind, pool, count in counts for text in thrown.sample(pool, count))


def _due(thrown: Random, year: FinancialYear) -> date:
    """A day on which something is due in a financial year: the end of a month, mostly that of a quarter."""
    if year == THIS_YEAR:
        return thrown.choice((DONE_ON, date(2016, 10, 31), date(2016, 12, 31), date(2017, 1, 31), date(2017, 3, 31)))
    month = thrown.choice((4, 6, 6, 9, 9, 10, 12, 12, 3, 3))
    in_year = year.start if month >= 4 else year.start + 1
    return date(in_year, month, monthrange(in_year, month)[1])
