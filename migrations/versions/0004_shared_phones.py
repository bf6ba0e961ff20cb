"""picture locks, remembered telephones, and what a visit may show."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """To 0004."""
    op.create_table(
        "picture_lock",
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("pictures_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("shows_from", MOMENT, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_picture_lock_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_lock")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_picture_lock_consultation_id")),
    )
    op.create_table(
        "device",
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("shows_from", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_device_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint(
            "consultation_id", "secret_hash", name=op.f("uq_device_consultation_id_secret_hash")
        ),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shows_until", MOMENT, nullable=True))
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_from", MOMENT, nullable=True))
        batch_op.add_column(
            sa.Column("typist", sa.String(length=8), nullable=False, server_default="self")
        )
        batch_op.add_column(sa.Column("staff_id", ID, nullable=True))
        batch_op.create_foreign_key(op.f("fk_visit_staff_id_staff"), "staff", ["staff_id"], ["id"])


def downgrade() -> None:
    """Back to 0003: everything earlier is hidden again."""
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_visit_staff_id_staff"), type_="foreignkey")
        batch_op.drop_column("staff_id")
        batch_op.drop_column("typist")
        batch_op.drop_column("shown_from")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_column("shows_until")
    op.drop_table("device")
    op.drop_table("picture_lock")
