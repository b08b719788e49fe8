"""Add days of a round, no change, and sources."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("reporting_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("updates_reviewed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("paper_drafted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("paper_approved_on", sa.Date(), nullable=True))
    _fill_days()
    with op.batch_alter_table("reporting_round", schema=None) as batch_op:
        batch_op.alter_column("updates_reviewed_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("paper_drafted_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("paper_approved_on", existing_type=sa.Date(), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_reporting_round_days_in_order"),
            "updates_due_on <= updates_reviewed_on AND updates_reviewed_on <= paper_drafted_on "
            "AND paper_drafted_on <= paper_approved_on",
        )

    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=300), nullable=True))

    with op.batch_alter_table("published_update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unchanged_reason", sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column("unchanged_since", sa.Date(), nullable=True))

    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unchanged_reason", sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column("unchanged_since", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_update_unchanged_since_for_a_reason"),
            "(unchanged_reason IS NULL) = (unchanged_since IS NULL)",
        )


def downgrade():
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_update_unchanged_since_for_a_reason"), type_="check")
        batch_op.drop_column("unchanged_since")
        batch_op.drop_column("unchanged_reason")

    with op.batch_alter_table("published_update", schema=None) as batch_op:
        batch_op.drop_column("unchanged_since")
        batch_op.drop_column("unchanged_reason")

    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_column("source")

    with op.batch_alter_table("reporting_round", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_reporting_round_days_in_order"), type_="check")
        batch_op.drop_column("paper_approved_on")
        batch_op.drop_column("paper_drafted_on")
        batch_op.drop_column("updates_reviewed_on")


def _fill_days():
    """Spread the new days of rounds there are evenly between updates and paper, on weekdays where these leave any."""
    meeting = sa.table("meeting", sa.column("id", sa.Integer), sa.column("paper_due_on", sa.Date))
    reporting_round = sa.table(
        "reporting_round",
        sa.column("id", sa.Integer),
        sa.column("meeting_id", sa.Integer),
        *(
            sa.column(name, sa.Date)
            for name in ("updates_due_on", "updates_reviewed_on", "paper_drafted_on", "paper_approved_on")
        ),
    )
    connection = op.get_bind()
    rounds = connection.execute(
        sa.select(reporting_round.c.id, reporting_round.c.updates_due_on, meeting.c.paper_due_on).join_from(
            reporting_round, meeting, meeting.c.id == reporting_round.c.meeting_id
        )
    ).all()
    for round_id, updates_due_on, paper_due_on in rounds:
        days = (paper_due_on - updates_due_on).days
        reviewed, drafted, approved = (
            max(updates_due_on, _weekday_by(updates_due_on + timedelta(days=days * part // 4))) for part in (1, 2, 3)
        )
        connection.execute(
            reporting_round.update()
            .where(reporting_round.c.id == round_id)
            .values(updates_reviewed_on=reviewed, paper_drafted_on=drafted, paper_approved_on=approved)
        )


def _weekday_by(day):
    return day - timedelta(days=max(0, day.weekday() - 4))
