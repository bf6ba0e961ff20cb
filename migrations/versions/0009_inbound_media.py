"""pictures and sounds that came with a text."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To 0009."""
    op.create_table(
        "inbound_media",
        sa.Column("inbound_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound.id"], name=op.f("fk_inbound_media_inbound_id_inbound")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_media")),
    )
    with op.batch_alter_table("inbound_media", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inbound_media_inbound_id"), ["inbound_id"], unique=False
        )
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.add_column(sa.Column("media_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to 0008."""
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.drop_column("media_at")
    op.drop_table("inbound_media")
