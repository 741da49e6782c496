"""Links for people without an account.

The link is the invitation's key with a signature, so that the same link can be sent again and
a copy of the database holds none.
"""

import uuid

from flask import Flask, Request, current_app
from itsdangerous import BadSignature, URLSafeSerializer

PREFIX = "/feedback/"


def token_for(invitation_id: uuid.UUID) -> str:
    """The word in the link of this invitation."""
    return str(_signer(current_app).dumps(invitation_id.hex))


def read_token(token: str) -> uuid.UUID | None:
    """The invitation that this word opens; None where the word was not made here."""
    return _read(current_app, token)


def holds_link(app: Flask, sent: Request) -> bool:
    """True where a request came in by a link that was made here, whatever became of it since."""
    word, _slash, _rest = sent.path.removeprefix(PREFIX).partition("/")
    return sent.path.startswith(PREFIX) and _read(app, word) is not None


def _read(app: Flask, token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=_signer(app).loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(str(app.secret_key), salt="feedback-link")
