"""The addresses from which calendars fetch: a word with a signature, as of links in mails.

A copy of the database holds none of them.
"""

import uuid

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def token_for(word: uuid.UUID) -> str:
    """What stands in the address that has this word."""
    return str(_signer().dumps(word.hex))


def read_token(token: str) -> uuid.UUID | None:
    """The word of this address; None where it was not made here."""
    try:
        return uuid.UUID(hex=_signer().loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="calendar-address")
