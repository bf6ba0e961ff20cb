"""ways to reach a person beside texts, and what a message by them needs."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To 0008."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("details_sealed", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("whatsapp", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("email_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("email_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("address_sealed", sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_email_hash"), ["email_hash"], unique=False)


def downgrade() -> None:
    """Back to 0007: what waits to go another way is cancelled, what came or went keeps a name."""
    op.execute(
        "UPDATE message SET state = 'cancelled' "
        "WHERE channel <> 'sms' AND state IN ('queued', 'sending', 'unknown')"
    )
    for table, column in (
        ("message", "channel"), ("inbound", "channel"), ("answer", "channel"),
        ("consultation", "channel_begun"), ("consultation", "channel_finished"),
    ):
        op.execute(f"UPDATE {table} SET {column} = 'sms' WHERE {column} = 'whatsapp'")
        op.execute(f"UPDATE {table} SET {column} = 'paper' WHERE {column} = 'letter'")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_email_hash"))
        batch_op.drop_column("address_sealed")
        batch_op.drop_column("email_hash")
        batch_op.drop_column("email_sealed")
        batch_op.drop_column("whatsapp")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("details_sealed")
