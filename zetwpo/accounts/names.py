"""What a partnership may call somebody, for statements that join `Welcome` with `Person`.

Whoever was invited and has not come yet is called what the invitation says. Otherwise anybody who
invites an address would find out that it has an account elsewhere, and whose.
"""

import sqlalchemy as sa

from zetwpo.accounts.models import Person, Welcome

_HAS_COME = Welcome.came_at.is_not(None)

SHOWN_NAME: sa.ColumnElement[str] = sa.case((_HAS_COME, Person.name), else_=Welcome.name)
SHOWN_EMAIL: sa.ColumnElement[str] = sa.case((_HAS_COME, Person.email), else_=Welcome.email)
# By which people are looked for, and put in order.
SOUGHT_NAME: sa.ColumnElement[str] = sa.case(
    (_HAS_COME, Person.sought_name), else_=Welcome.sought_name
)
SOUGHT_EMAIL: sa.ColumnElement[str] = sa.case(
    (_HAS_COME, Person.normal_email), else_=Welcome.normal_email
)
