"""Participants put a portfolio together, and claim a certificate of participation."""

import sqlalchemy as sa
from alembic import op

revision = "026"
down_revision = "025"


def upgrade() -> None:
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("sections", sa.String(length=100), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("portfolio", "owner_id", "person"),
        _goes_with("portfolio", "trajectory_id", "trajectory"),
        sa.UniqueConstraint(
            "owner_id", "trajectory_id", name=op.f("uq_portfolio_owner_id_trajectory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
    )
    op.create_index(op.f("ix_portfolio_trajectory_id"), "portfolio", ["trajectory_id"])
    op.create_table(
        "portfolio_item",
        sa.Column("portfolio_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        _goes_with("portfolio_item", "portfolio_id", "portfolio"),
        sa.PrimaryKeyConstraint("portfolio_id", "section", "key", name=op.f("pk_portfolio_item")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("partnership", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("certificate", "owner_id", "person"),
        _goes_with("certificate", "trajectory_id", "trajectory", ondelete="SET NULL"),
        sa.UniqueConstraint(
            "owner_id", "trajectory_id", name=op.f("uq_certificate_owner_id_trajectory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_trajectory_id"), "certificate", ["trajectory_id"])
    op.create_table(
        "certificate_leader",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _goes_with("certificate_leader", "certificate_id", "certificate"),
        _goes_with("certificate_leader", "person_id", "person"),
        sa.PrimaryKeyConstraint("certificate_id", "person_id", name=op.f("pk_certificate_leader")),
    )
    op.create_index(op.f("ix_certificate_leader_person_id"), "certificate_leader", ["person_id"])


def _goes_with(
    table: str, column: str, other: str, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def downgrade() -> None:
    for table in ("certificate_leader", "certificate", "portfolio_item", "portfolio"):
        op.drop_table(table)
