"""how somebody reads the language that is written to them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To 0010."""
    reading = sa.Column("reading", sa.String(length=8), nullable=False, server_default="easily")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(reading)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("reading", existing_type=sa.String(length=8), server_default=None)


def downgrade() -> None:
    """Back to 0009."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("reading")
