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
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directorate_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directorate")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("paper_due_on", sa.Date(), nullable=False),
        sa.Column("illustrative", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("paper_due_on <= held_on", name=op.f("ck_meeting_paper_due_by_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("board", "held_on", name=op.f("uq_meeting_board_held_on")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_held_on"), ["held_on"], unique=False)

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
        sa.Column("number_basis", sa.Text(), nullable=True),
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
        "strand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strand")),
        sa.UniqueConstraint("kind", "position", name=op.f("uq_strand_kind_position")),
        sa.UniqueConstraint("kind", "slug", name=op.f("uq_strand_kind_slug")),
    )
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
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_measure_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("key", name=op.f("uq_measure_key")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_strand_id"), ["strand_id"], unique=False)

    op.create_table(
        "next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_next_step_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    with op.batch_alter_table("next_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_next_step_strand_id"), ["strand_id"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("agenda_item", sa.String(length=10), nullable=False),
        sa.Column("reference", sa.String(length=30), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("author_title", sa.String(length=160), nullable=False),
        sa.Column("report_on", sa.String(length=200), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("equality_confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("equality_confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_paper_created_by_id")),
        sa.ForeignKeyConstraint(
            ["equality_confirmed_by_id"], ["user.id"], name=op.f("fk_paper_equality_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_paper_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("reference", name=op.f("uq_paper_reference")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "reporting_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("updates_due_on", sa.Date(), nullable=False),
        sa.Column("illustrative", sa.String(length=200), nullable=True),
        sa.CheckConstraint("opens_on <= updates_due_on", name=op.f("ck_reporting_round_opens_before_due")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_reporting_round_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_round")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_reporting_round_meeting_id")),
    )
    with op.batch_alter_table("reporting_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporting_round_opens_on"), ["opens_on"], unique=False)

    op.create_table(
        "stp_name",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
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
        "strand_profile",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=1000), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("reports_to", sa.String(length=300), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_strand_profile_withdrawn_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_strand_profile_owner_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_strand_profile_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["strand.id"], name=op.f("fk_strand_profile_subject_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_strand_profile_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strand_profile")),
    )
    with op.batch_alter_table("strand_profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strand_profile_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_strand_profile_subject_id_effective_on_id"),
            ["subject_id", "effective_on", "id"],
            unique=False,
        )

    op.create_table(
        "trust",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ods_code", sa.String(length=5), nullable=False),
        sa.Column("foundation_status", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("type_confidence", sa.String(length=40), nullable=False),
        sa.Column("type_basis", sa.Text(), nullable=True),
        sa.Column("acute_size", sa.String(length=40), nullable=True),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("stp_id", sa.Integer(), nullable=True),
        sa.Column("stp_confidence", sa.String(length=40), nullable=True),
        sa.Column("stp_basis", sa.Text(), nullable=True),
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
        "outcome",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_outcome_withdrawn_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_outcome_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["next_step.id"], name=op.f("fk_outcome_subject_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_outcome_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_subject_id_effective_on_id"), ["subject_id", "effective_on", "id"], unique=False
        )

    op.create_table(
        "paper_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_section_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_section")),
        sa.UniqueConstraint("paper_id", "key", name=op.f("uq_paper_section_paper_id_key")),
    )
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
        "strand_profile_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["strand_profile.id"], name=op.f("fk_strand_profile_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["strand.id"], name=op.f("fk_strand_profile_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_strand_profile_current")),
    )
    op.create_table(
        "trust_name",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
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
        "update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("rag", sa.String(length=40), nullable=True),
        sa.Column("rag_reason", sa.String(length=1000), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("illustrative", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_update_created_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["reporting_round.id"], name=op.f("fk_update_round_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_update_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update")),
        sa.UniqueConstraint("strand_id", "round_id", "number", name=op.f("uq_update_strand_id_round_id_number")),
    )
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_update_round_id"), ["round_id"], unique=False)

    op.create_table(
        "draft_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_draft_reading_measure_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_draft_reading_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_reading")),
        sa.UniqueConstraint("update_id", "measure_id", name=op.f("uq_draft_reading_update_id_measure_id")),
    )
    op.create_table(
        "next_step_terms",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("terms_illustrative", sa.String(length=200), nullable=True),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_next_step_terms_withdrawn_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_next_step_terms_owner_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_next_step_terms_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["next_step.id"], name=op.f("fk_next_step_terms_subject_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_next_step_terms_update_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_next_step_terms_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step_terms")),
    )
    with op.batch_alter_table("next_step_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_next_step_terms_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_next_step_terms_subject_id_effective_on_id"),
            ["subject_id", "effective_on", "id"],
            unique=False,
        )

    op.create_table(
        "outcome_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["outcome.id"], name=op.f("fk_outcome_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["next_step.id"], name=op.f("fk_outcome_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_outcome_current")),
    )
    op.create_table(
        "published_update",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_published_update_withdrawn_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_published_update_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["strand.id"], name=op.f("fk_published_update_subject_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_published_update_update_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_published_update_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_update")),
    )
    with op.batch_alter_table("published_update", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_published_update_subject_id_effective_on_id"),
            ["subject_id", "effective_on", "id"],
            unique=False,
        )

    op.create_table(
        "rag_rating",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("rag", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_rag_rating_withdrawn_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_rag_rating_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["strand.id"], name=op.f("fk_rag_rating_subject_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_rag_rating_update_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_rag_rating_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rag_rating")),
    )
    with op.batch_alter_table("rag_rating", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rag_rating_subject_id_effective_on_id"), ["subject_id", "effective_on", "id"], unique=False
        )

    op.create_table(
        "reading",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("qualifier", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("said", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_reading_withdrawn_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_reading_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["measure.id"], name=op.f("fk_reading_subject_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_reading_update_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_reading_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_subject_id_effective_on_id"), ["subject_id", "effective_on", "id"], unique=False
        )

    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("next_step_id", sa.Integer(), nullable=True),
        sa.Column("illustrative", sa.String(length=200), nullable=True),
        sa.Column("terms_illustrative", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "kind = 'next-step' OR (owner_id IS NULL AND due_on IS NULL AND next_step_id IS NULL AND terms_illustrative IS NULL)",
            name=op.f("ck_statement_promises_alone_are_owed"),
        ),
        sa.ForeignKeyConstraint(["next_step_id"], ["next_step.id"], name=op.f("fk_statement_next_step_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_statement_owner_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_statement_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_next_step_id"), ["next_step_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_update_id"), ["update_id"], unique=False)

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
    op.create_table(
        "update_status",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
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
            "withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_update_status_withdrawn_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_update_status_recorded_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["update.id"], name=op.f("fk_update_status_subject_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_update_status_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_status")),
    )
    with op.batch_alter_table("update_status", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_update_status_subject_id_effective_on_id"),
            ["subject_id", "effective_on", "id"],
            unique=False,
        )

    op.create_table(
        "next_step_terms_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["next_step_terms.id"], name=op.f("fk_next_step_terms_current_entry_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["next_step.id"], name=op.f("fk_next_step_terms_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_next_step_terms_current")),
    )
    op.create_table(
        "published_update_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["published_update.id"], name=op.f("fk_published_update_current_entry_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["strand.id"], name=op.f("fk_published_update_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_published_update_current")),
    )
    op.create_table(
        "rag_rating_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["rag_rating.id"], name=op.f("fk_rag_rating_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["strand.id"], name=op.f("fk_rag_rating_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_rag_rating_current")),
    )
    op.create_table(
        "reading_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["reading.id"], name=op.f("fk_reading_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["measure.id"], name=op.f("fk_reading_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_reading_current")),
    )
    op.create_table(
        "update_status_current",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["update_status.id"], name=op.f("fk_update_status_current_entry_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["update.id"], name=op.f("fk_update_status_current_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_update_status_current")),
    )


def downgrade():
    op.drop_table("update_status_current")
    op.drop_table("reading_current")
    op.drop_table("rag_rating_current")
    op.drop_table("published_update_current")
    op.drop_table("next_step_terms_current")
    with op.batch_alter_table("update_status", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_update_status_subject_id_effective_on_id"))

    op.drop_table("update_status")
    op.drop_table("trust_name_current")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_update_id"))
        batch_op.drop_index(batch_op.f("ix_statement_next_step_id"))

    op.drop_table("statement")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_subject_id_effective_on_id"))

    op.drop_table("reading")
    with op.batch_alter_table("rag_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rag_rating_subject_id_effective_on_id"))

    op.drop_table("rag_rating")
    with op.batch_alter_table("published_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_update_subject_id_effective_on_id"))

    op.drop_table("published_update")
    op.drop_table("outcome_current")
    with op.batch_alter_table("next_step_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_next_step_terms_subject_id_effective_on_id"))
        batch_op.drop_index(batch_op.f("ix_next_step_terms_owner_id"))

    op.drop_table("next_step_terms")
    op.drop_table("draft_reading")
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_update_round_id"))

    op.drop_table("update")
    with op.batch_alter_table("trust_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_name_subject_id_effective_on_id"))

    op.drop_table("trust_name")
    op.drop_table("strand_profile_current")
    op.drop_table("stp_name_current")
    op.drop_table("paper_section")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_subject_id_effective_on_id"))

    op.drop_table("outcome")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_user_id"))

    op.drop_table("user_session")
    with op.batch_alter_table("trust", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_type"))
        batch_op.drop_index(batch_op.f("ix_trust_stp_id"))
        batch_op.drop_index(batch_op.f("ix_trust_region"))

    op.drop_table("trust")
    with op.batch_alter_table("strand_profile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strand_profile_subject_id_effective_on_id"))
        batch_op.drop_index(batch_op.f("ix_strand_profile_owner_id"))

    op.drop_table("strand_profile")
    with op.batch_alter_table("stp_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stp_name_subject_id_effective_on_id"))

    op.drop_table("stp_name")
    with op.batch_alter_table("reporting_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reporting_round_opens_on"))

    op.drop_table("reporting_round")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_meeting_id"))

    op.drop_table("paper")
    with op.batch_alter_table("next_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_next_step_strand_id"))

    op.drop_table("next_step")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_strand_id"))

    op.drop_table("measure")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject_type_subject_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_event"))
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
    op.drop_table("user")
    op.drop_table("strand")
    with op.batch_alter_table("stp", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stp_region"))

    op.drop_table("stp")
    with op.batch_alter_table("refused_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refused_sign_in_email_at"))
        batch_op.drop_index(batch_op.f("ix_refused_sign_in_address_at"))

    op.drop_table("refused_sign_in")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_held_on"))

    op.drop_table("meeting")
    op.drop_table("directorate")
