"""The days on which the demonstration programme happens."""

from datetime import date

TODAY = date(2016, 9, 26)
"""Where the demonstration's clock stands, so that what is due for 29 September still lies ahead."""

SET_UP = date(2016, 5, 3)
"""When the programme is first recorded. Invented, so that earlier readings have something to belong to."""

PLANS_RECEIVED = (date(2016, 6, 24), date(2016, 6, 30), date(2016, 7, 8), date(2016, 7, 15))
"""When STPs' two-page submissions come in and are recorded. Invented, as is all that is done with them."""

FIRST_LOOK = date(2016, 6, 27)
FIRST_LOOK_DUE = date(2016, 7, 15)
FIRST_LOOK_PROPOSED = date(2016, 7, 5)
FIRST_LOOK_MODERATED = date(2016, 7, 12)

TRIAGE = date(2016, 7, 18)
TRIAGE_DUE = date(2016, 9, 30)
PROPOSED = (
    *(date(2016, 8, day) for day in (3, 10, 17, 24)),
    *(date(2016, 9, day) for day in (7, 14, 21)),
)
MODERATED = (
    *(date(2016, 8, day) for day in (15, 22, 31)),
    *(date(2016, 9, day) for day in (5, 12, 16, 22)),
)
ANSWERED = date(2016, 9, 2)
"""When regions answer the questions of August."""
STEPS_OF_TRIAGE = (FIRST_LOOK_PROPOSED, FIRST_LOOK_MODERATED, *PROPOSED, *MODERATED, ANSWERED)

SAVINGS_SHARED = date(2016, 8, 5)
SAVINGS_CHANGED = date(2016, 9, 9)
PLAN_WITHDRAWN = date(2016, 9, 13)

JULY_UPDATES_SUBMITTED = date(2016, 7, 14)
JULY_UPDATES_APPROVED = date(2016, 7, 18)
JULY_PAPER_DRAFTED = date(2016, 7, 19)
JULY_PAPER_APPROVED = date(2016, 7, 20)
JULY_PAPER_ISSUED = date(2016, 7, 21)

UPDATES_SUBMITTED = date(2016, 9, 20)
"""When the updates for 29 September are written. The paper gives no day for its figures: they are read on this."""

UPDATES_APPROVED = date(2016, 9, 22)
PAPER_BEGUN = date(2016, 9, 23)

END_OF_OCTOBER = date(2016, 10, 31)
"""What the paper puts in October is due by its last day."""
