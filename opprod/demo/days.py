"""The days on which the demonstration programme happens."""

from datetime import date

TODAY = date(2016, 9, 26)
"""Where the demonstration's clock stands, so that what is due for 29 September still lies ahead."""

SET_UP = date(2016, 5, 3)
"""When the programme is first recorded. Invented, so that earlier readings have something to belong to."""

JULY_UPDATES_SUBMITTED = date(2016, 7, 14)
JULY_UPDATES_APPROVED = date(2016, 7, 18)

UPDATES_SUBMITTED = date(2016, 9, 20)
"""When the updates for 29 September are written. The paper gives no day for its figures: they are read on this."""

UPDATES_APPROVED = date(2016, 9, 22)
PAPER_BEGUN = date(2016, 9, 23)

END_OF_OCTOBER = date(2016, 10, 31)
"""What the paper puts in October is due by its last day."""
