"""The Flask extensions, made once and bound to an application in application.py."""

from typing import Any, TypeVarTuple

import sqlalchemy as sa
from flask_compress import Compress
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.sql.selectable import TypedReturnsRows

compress = Compress()
csrf = CSRFProtect()
db = SQLAlchemy()
migrate = Migrate()

Columns = TypeVarTuple("Columns")


def read(query: TypedReturnsRows[*Columns], **values: Any) -> sa.CursorResult[*Columns]:
    """The columns that a page asks for, in the transaction of its request.

    A session makes ready for objects; where there are none, that is half of what a query costs.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(query, values)
