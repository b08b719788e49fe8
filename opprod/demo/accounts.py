"""The accounts: one for each role, and a regional lead for each region. They name roles, never people."""

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.demo.shapes import Account

ACCOUNTS = (
    Account(key="staff", name="Directorate staff", role=Role.STAFF),
    Account(key="executive", name="Executive", role=Role.EXECUTIVE),
    Account(key="north", name="Regional lead, North", role=Role.REGIONAL_LEAD, region=Region.NORTH),
    Account(
        key="midlands",
        name="Regional lead, Midlands and East",
        role=Role.REGIONAL_LEAD,
        region=Region.MIDLANDS_AND_EAST,
    ),
    Account(key="london", name="Regional lead, London", role=Role.REGIONAL_LEAD, region=Region.LONDON),
    Account(key="south", name="Regional lead, South", role=Role.REGIONAL_LEAD, region=Region.SOUTH),
    Account(key="admin", name="Administrator", role=Role.ADMINISTRATOR),
    Account(key="viewer", name="Viewer", role=Role.VIEWER),
)
