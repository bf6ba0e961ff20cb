"""when a text was tried and asked about, and moments that all workers share."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """To 0005."""
    op.create_table(
        "bookmark",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("moment", MOMENT, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmark")),
        sa.UniqueConstraint("name", name=op.f("uq_bookmark_name")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attempted_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("asked_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Back to 0004."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("asked_at")
        batch_op.drop_column("attempted_at")
    op.drop_table("bookmark")
