"""texts that came in are stored first and heard after; media, and what was unwrapped."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """To 0006."""
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("channel", sa.String(length=12), nullable=False, server_default="sms")
        )
        batch_op.add_column(sa.Column("raw_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("media_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(
            sa.Column("media_count", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("try_at", MOMENT, nullable=True))
        batch_op.create_index(
            batch_op.f("ix_inbound_state_received_at"), ["state", "received_at"], unique=False
        )


def downgrade() -> None:
    """Back to 0005, where a text that was not heard yet waits for a person."""
    op.execute("UPDATE inbound SET state = 'quarantined' WHERE state = 'received'")
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbound_state_received_at"))
        for name in ("try_at", "tries", "media_count", "media_sealed", "raw_sealed", "channel"):
            batch_op.drop_column(name)
