"""A partnership knows whom it invited, and which mails to them did not arrive."""

import unicodedata
import uuid

import sqlalchemy as sa
from alembic import op

revision = "013"
down_revision = "012"

MOMENT = sa.DateTime(timezone=True)
LONGEST_SOUGHT = 240
PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"þ": "th"}
)

person = sa.table(
    "person",
    sa.column("id", sa.Uuid()),
    sa.column("name", sa.String()),
    sa.column("email", sa.String()),
    sa.column("normal_email", sa.String()),
    sa.column("last_sign_in_at", MOMENT),
)
membership = sa.table(
    "membership",
    sa.column("person_id", sa.Uuid()),
    sa.column("partnership_id", sa.Uuid()),
    sa.column("given_at", MOMENT),
)
KNOWN_AS = ("name", "email", "normal_email")


def upgrade() -> None:
    _add_welcome()
    with op.batch_alter_table("outbox_mail") as table:
        table.add_column(sa.Column("partnership_id", sa.Uuid(), nullable=True))
        table.create_index("ix_outbox_mail_failures", ["partnership_id", "failure", "due_at"])


def _sought(name: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = unicodedata.normalize("NFKD", letters.translate(PLAIN))
    found = "".join(each for each in plain if unicodedata.category(each)[0] in "LN")
    return found[:LONGEST_SOUGHT]


def _add_welcome() -> None:
    op.create_table(
        "welcome",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("sought_name", sa.String(LONGEST_SOUGHT), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("normal_email", sa.String(254), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("came_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_welcome_partnership_id_partnership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_welcome_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["person.id"],
            name=op.f("fk_welcome_invited_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome")),
        sa.UniqueConstraint(
            "partnership_id", "person_id", name=op.f("uq_welcome_partnership_id_person_id")
        ),
    )
    op.create_index(op.f("ix_welcome_person_id"), "welcome", ["person_id"])
    op.create_index(op.f("ix_welcome_invited_by_id"), "welcome", ["invited_by_id"])
    op.create_index("ix_welcome_list", "welcome", ["partnership_id", "sought_name", "person_id"])
    _welcome_whoever_is_here()


def _welcome_whoever_is_here() -> None:
    """Under the name and at the address that they have, and by no one who is known."""
    connection = op.get_bind()
    welcome = sa.table(
        "welcome",
        *(sa.column(name, sa.Uuid()) for name in ("id", "partnership_id", "person_id")),
        *(sa.column(name, sa.String()) for name in (*KNOWN_AS, "sought_name")),
        *(sa.column(name, MOMENT) for name in ("invited_at", "came_at")),
    )
    first = sa.func.min(membership.c.given_at)
    rows = connection.execute(
        sa.select(
            membership.c.partnership_id,
            membership.c.person_id,
            sa.type_coerce(first, MOMENT).label("invited_at"),
            person.c.last_sign_in_at.label("came_at"),
            *(person.c[name] for name in KNOWN_AS),
        )
        .join(person, person.c.id == membership.c.person_id)
        .group_by(
            membership.c.partnership_id,
            membership.c.person_id,
            person.c.last_sign_in_at,
            *(person.c[name] for name in KNOWN_AS),
        )
    ).mappings()
    made = [{**row, "id": uuid.uuid4(), "sought_name": _sought(row["name"])} for row in rows]
    if made:
        connection.execute(sa.insert(welcome), made)


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_index("ix_outbox_mail_failures")
        table.drop_column("partnership_id")
    op.drop_table("welcome")
