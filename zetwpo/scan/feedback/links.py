"""Links for people without an account.

The link is the invitation's key with a signature, so that the same link can be sent again and
a copy of the database holds none.
"""

import uuid

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def token_for(invitation_id: uuid.UUID) -> str:
    """The word in the link of this invitation."""
    return str(_signer().dumps(invitation_id.hex))


def read_token(token: str) -> uuid.UUID | None:
    """The invitation that this word opens; None where the word was not made here."""
    try:
        return uuid.UUID(hex=_signer().loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="feedback-link")
