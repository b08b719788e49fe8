"""What the figures of the section on STPs' plans rest on."""

from opprod.reports.evidence import Evidence
from opprod.reports.sections.plans.facts import PlanGain, PlanMoves, PlanRecords


def categories(records: PlanRecords) -> Evidence:
    """What counts by category rest on."""
    return Evidence(
        key=f"count:categories:{records.service}",
        kind="count",
        what=f"Categories of {records.service} plans",
        said=f"{records.entries:,} in force",
        source="Categories that the centre agreed with the regions, or set instead",
        provenance=records.provenance,
        record=f"/plans/matrix?service={records.slug}",
    )


def moves(found: PlanMoves) -> Evidence:
    """What the count of plans that moved rests on."""
    return Evidence(
        key="count:moves",
        kind="count",
        what="Plans that stand elsewhere than they did",
        said=f"{sum(move.plans for move in found.moves):,}",
        on=found.until,
        source="Categories agreed or set by the centre, and plans withdrawn or reinstated",
        provenance=found.provenance,
        record=f"/plans/movement?since={found.since.isoformat()}"
        + (f"&until={found.until.isoformat()}" if found.until else ""),
    )


def savings(records: PlanRecords) -> Evidence:
    """What the totals of a service's savings rest on."""
    return Evidence(
        key=f"ledger:{records.service}",
        kind="ledger",
        what=f"Savings ledgers of {records.service} plans",
        said=f"{records.entries:,} lines of {records.plans:,} plans",
        source="What each plan says of itself, line by line",
        provenance=records.provenance,
        record=f"/plans/savings?service={records.slug}",
    )


def gain(found: PlanGain) -> Evidence | None:
    """What a plan's gain rests on; None where its ledger was not gathered."""
    if found.ledger is None:
        return None
    return Evidence(
        key=f"ledger:plan:{found.ledger}",
        kind="ledger",
        what=f"Savings ledger of {found.stp}, {found.service}",
        said=found.yearly,
        source=found.source,
        provenance=found.provenance,
        record=found.ledger,
        illustrative=found.illustrative,
    )
