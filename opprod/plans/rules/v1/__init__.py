"""Version 1 of the rules: the three categories of September 2016, made exact."""

from datetime import date

from opprod.plans.rules.ruleset import RuleSet
from opprod.plans.rules.v1.outcome import CRITERIA, STEPS

RULES = RuleSet(
    version=1,
    # The directorate began that day; in_force falls back on this version for any day before.
    in_force_from=date(2016, 5, 1),
    about=(
        "The three categories are those that the Board was told of on 29 September 2016 (BM/16/89). It gives each in "
        "a line; these criteria say what each line asks of what is recorded. “This year” is the financial year of "
        "the day a plan is looked at, “next year” the one after. A range counts as a range, and what is not recorded "
        "counts neither for a plan nor against it."
    ),
    criteria=CRITERIA,
    steps=STEPS,
)

__all__ = ["RULES"]
