"""The directorate for tests."""

from datetime import date

from opprod.accounts import services as accounts
from opprod.organisations import services
from opprod.organisations.models import Directorate


def a_directorate(*, demonstration: bool = False, clock_pinned_to: date | None = None) -> Directorate:
    """The one directorate."""
    return services.set_up_directorate(
        name="Operational Productivity",
        body="NHS Improvement",
        purpose="Help trusts to make the most of what they have.",
        demonstration=demonstration,
        clock_pinned_to=clock_pinned_to,
        actor=accounts.system_actor(),
    )
