"""whose a number is, was and may be; what was asked of a number beside questions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """To 0007."""
    op.create_table(
        "former_number",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("number_hash", sa.String(length=64), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("unsafe", sa.Boolean(), nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_former_number_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_number")),
        sa.UniqueConstraint(
            "person_id", "number_hash", name=op.f("uq_former_number_person_id_number_hash")
        ),
    )
    with op.batch_alter_table("former_number", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_former_number_number_hash"), ["number_hash"], unique=False
        )

    op.create_table(
        "dialogue",
        sa.Column("number_hash", sa.String(length=64), nullable=False),
        sa.Column("asks", sa.String(length=8), nullable=True),
        sa.Column("options", sa.String(length=400), nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("consultation_id", ID, nullable=True),
        sa.Column("chosen_at", MOMENT, nullable=True),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_dialogue_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue")),
        sa.UniqueConstraint("number_hash", name=op.f("uq_dialogue_number_hash")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("told_iro_id", ID, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_consultation_told_iro_id_iro"), "iro", ["told_iro_id"], ["id"]
        )

    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", ID, nullable=True))
        batch_op.add_column(
            sa.Column("alarm", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("placed_by_id", ID, nullable=True))
        batch_op.add_column(sa.Column("placed_at", MOMENT, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_inbound_placed_by_id_staff"), "staff", ["placed_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_inbound_person_id_person"), "person", ["person_id"], ["id"]
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_checked_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("number_asked_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("number_wrong_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("number_unsafe_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("number_unsafe_by_id", ID, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_person_number_unsafe_by_id_staff"),
            "staff",
            ["number_unsafe_by_id"],
            ["id"],
        )
    # The numbers that are here count as right: they are asked about when they grow old.
    person = sa.table("person", sa.column("number_checked_at", MOMENT))
    op.execute(person.update().values(number_checked_at=sa.func.now()))


def downgrade() -> None:
    """Back to 0006, where a text that waited for a choice waits for a person."""
    op.execute("UPDATE inbound SET state = 'quarantined' WHERE state IN ('held', 'set_aside')")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_person_number_unsafe_by_id_staff"), type_="foreignkey"
        )
        batch_op.drop_column("number_unsafe_by_id")
        batch_op.drop_column("number_unsafe_at")
        batch_op.drop_column("number_wrong_at")
        batch_op.drop_column("number_asked_at")
        batch_op.drop_column("number_checked_at")

    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_inbound_person_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_inbound_placed_by_id_staff"), type_="foreignkey")
        batch_op.drop_column("placed_at")
        batch_op.drop_column("placed_by_id")
        batch_op.drop_column("alarm")
        batch_op.drop_column("person_id")

    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consultation_told_iro_id_iro"), type_="foreignkey")
        batch_op.drop_column("told_iro_id")
        batch_op.drop_column("told_day")

    op.drop_table("dialogue")
    with op.batch_alter_table("former_number", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_number_number_hash"))

    op.drop_table("former_number")
