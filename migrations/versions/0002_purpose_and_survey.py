"""before and after a review, needs in communication, the quarterly survey."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONCE = ("review_id", "role", "ordinal"), ("review_id", "person_id", "role")


def upgrade() -> None:
    """To 0002."""
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "communication_needs", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("purpose", sa.String(length=8), nullable=False, server_default="before")
        )
        for columns in ONCE:
            batch_op.drop_constraint(_named(columns), type_="unique")
            batch_op.create_unique_constraint(_named((*columns, "purpose")), [*columns, "purpose"])
    op.create_table(
        "survey_answer",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("reply", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("reply", "question", name=op.f("uq_survey_answer_reply_question")),
    )
    with op.batch_alter_table("survey_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_survey_answer_made_on_question", ["made_on", "question"], unique=False
        )


def downgrade() -> None:
    """Back to 0001: what was asked after a review goes, for the older tables have no place for it."""
    op.drop_table("survey_answer")
    after = "(SELECT id FROM consultation WHERE purpose = 'after')"
    for table in ("answer", "concern", "link", "visit"):
        op.execute(f"DELETE FROM {table} WHERE consultation_id IN {after}")
    for table in ("message", "inbound"):
        op.execute(f"UPDATE {table} SET consultation_id = NULL WHERE consultation_id IN {after}")
    op.execute("DELETE FROM consultation WHERE purpose = 'after'")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        for columns in ONCE:
            batch_op.drop_constraint(_named((*columns, "purpose")), type_="unique")
            batch_op.create_unique_constraint(_named(columns), list(columns))
        batch_op.drop_column("purpose")
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.drop_column("communication_needs")


def _named(columns: tuple[str, ...]) -> str:
    return op.f(f"uq_consultation_{'_'.join(columns)}")
