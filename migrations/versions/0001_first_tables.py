"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "directorate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=1000), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("clock_pinned_to", sa.Date(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_directorate_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directorate")),
    )
    op.create_table(
        "refused_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_sign_in")),
    )
    with op.batch_alter_table("refused_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refused_sign_in_address_at"), ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_refused_sign_in_email_at"), ["email", "at"], unique=False)

    op.create_table(
        "stp",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number_confidence", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("ons_code", sa.String(length=9), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_basis", sa.Text(), nullable=True),
        sa.Column("lead_name", sa.String(length=120), nullable=True),
        sa.Column("lead_role", sa.String(length=200), nullable=True),
        sa.Column("lead_as_of", sa.Date(), nullable=True),
        sa.Column("lead_source", sa.Text(), nullable=True),
        sa.Column("lead_confidence", sa.String(length=40), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stp")),
        sa.UniqueConstraint("ons_code", name=op.f("uq_stp_ons_code")),
    )
    with op.batch_alter_table("stp", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stp_region"), ["region"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_system", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(role = 'regional-lead') = (region IS NOT NULL)", name=op.f("ck_user_lead_has_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_label", sa.String(length=200), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_audit_event_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_event"), ["event"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_event_subject_type_subject_id_id"),
            ["subject_type", "subject_id", "id"],
            unique=False,
        )

    op.create_table(
        "stp_name",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("illustrative", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_stp_name_withdrawn_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_stp_name_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["stp.id"], name=op.f("fk_stp_name_subject_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_stp_name_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stp_name")),
    )
    with op.batch_alter_table("stp_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stp_name_subject_id_effective_on_id"), ["subject_id", "effective_on", "id"], unique=False
        )

    op.create_table(
        "trust",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ods_code", sa.String(length=5), nullable=False),
        sa.Column("foundation_status", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("acute_size", sa.String(length=20), nullable=True),
        sa.Column("acute_non_specialist", sa.Boolean(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("stp_id", sa.Integer(), nullable=True),
        sa.Column("stp_confidence", sa.String(length=40), nullable=True),
        sa.Column("stp_basis", sa.Text(), nullable=True),
        sa.Column("confidence", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["stp_id"], ["stp.id"], name=op.f("fk_trust_stp_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust")),
        sa.UniqueConstraint("ods_code", name=op.f("uq_trust_ods_code")),
    )
    with op.batch_alter_table("trust", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trust_region"), ["region"], unique=False)
        batch_op.create_index(batch_op.f("ix_trust_stp_id"), ["stp_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trust_type"), ["type"], unique=False)

    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "stp_name_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["stp_name.id"], name=op.f("fk_stp_name_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["stp.id"], name=op.f("fk_stp_name_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_stp_name_current")),
    )
    op.create_table(
        "trust_name",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("illustrative", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_trust_name_withdrawn_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_trust_name_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["trust.id"], name=op.f("fk_trust_name_subject_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_trust_name_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_name")),
    )
    with op.batch_alter_table("trust_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trust_name_subject_id_effective_on_id"), ["subject_id", "effective_on", "id"], unique=False
        )

    op.create_table(
        "trust_name_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["trust_name.id"], name=op.f("fk_trust_name_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["trust.id"], name=op.f("fk_trust_name_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_trust_name_current")),
    )


def downgrade():
    op.drop_table("trust_name_current")
    with op.batch_alter_table("trust_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_name_subject_id_effective_on_id"))

    op.drop_table("trust_name")
    op.drop_table("stp_name_current")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_user_id"))

    op.drop_table("user_session")
    with op.batch_alter_table("trust", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_type"))
        batch_op.drop_index(batch_op.f("ix_trust_stp_id"))
        batch_op.drop_index(batch_op.f("ix_trust_region"))

    op.drop_table("trust")
    with op.batch_alter_table("stp_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stp_name_subject_id_effective_on_id"))

    op.drop_table("stp_name")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject_type_subject_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_event"))
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
    op.drop_table("user")
    with op.batch_alter_table("stp", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stp_region"))

    op.drop_table("stp")
    with op.batch_alter_table("refused_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refused_sign_in_email_at"))
        batch_op.drop_index(batch_op.f("ix_refused_sign_in_address_at"))

    op.drop_table("refused_sign_in")
    op.drop_table("directorate")
