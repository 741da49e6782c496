"""Questions are brought in, put together, and become a line of common questions."""

import sqlalchemy as sa
from alembic import op

revision = "017"
down_revision = "016"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create(
        "question_round",
        {"trajectory_id": "trajectory"},
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        only_once=("trajectory_id", "number"),
    )
    _create(
        "question_proposal",
        {"round_id": "question_round"},
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
    )
    _create(
        "brought_question",
        {"round_id": "question_round", "author_id": "person", "proposal_id": "question_proposal"},
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("axis", sa.String(40), nullable=False),
        sa.Column("brought_at", MOMENT, nullable=False),
        only_once=("round_id", "author_id"),
    )
    _create(
        "question_subgroup",
        {"trajectory_id": "trajectory"},
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(40), nullable=False),
        only_once=("trajectory_id", "number"),
    )
    _create(
        "question_subgroup_member",
        {"trajectory_id": "trajectory", "person_id": "person", "subgroup_id": "question_subgroup"},
        key=("trajectory_id", "person_id"),
    )
    _create(
        "common_question",
        {"trajectory_id": "trajectory"},
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subgroup_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("area", sa.String(40), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=False),
        _refers("common_question", "subgroup_id", "question_subgroup", "SET NULL"),
        _refers("common_question", "proposal_id", "question_proposal", "SET NULL"),
        _refers("common_question", "meeting_id", "meeting", "SET NULL"),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_common_question_proposal_id")),
        only_once=("trajectory_id", "number"),
    )
    for column in ("subgroup_id", "meeting_id"):
        op.create_index(op.f(f"ix_common_question_{column}"), "common_question", [column])


def _create(
    name: str,
    goes_with: dict[str, str],
    *rest: sa.schema.SchemaItem,
    key: tuple[str, ...] = ("id",),
    only_once: tuple[str, ...] = (),
) -> None:
    """A table whose rows go with those that they belong to, by column."""
    op.create_table(
        name,
        *([sa.Column("id", sa.Uuid(), nullable=False)] if key == ("id",) else []),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in goes_with),
        *rest,
        *(_refers(name, column, other, "CASCADE") for column, other in goes_with.items()),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        *(
            [sa.UniqueConstraint(*only_once, name=op.f(f"uq_{name}_{'_'.join(only_once)}"))]
            if only_once
            else []
        ),
    )
    for column in goes_with:
        if column != key[0]:
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _refers(table: str, column: str, other: str, then: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then
    )


def downgrade() -> None:
    for name in (
        "common_question",
        "question_subgroup_member",
        "question_subgroup",
        "brought_question",
        "question_proposal",
        "question_round",
    ):
        op.drop_table(name)
