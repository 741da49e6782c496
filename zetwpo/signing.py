"""Words for links that only this installation can make: a key with a signature.

The same word can be made again, and a copy of the database holds none.
"""

import uuid
from dataclasses import dataclass

from flask import Flask, current_app
from itsdangerous import BadSignature, URLSafeSerializer


@dataclass(frozen=True)
class SignedKeys:
    """The words of one kind of link; a word of another kind opens nothing here."""

    salt: str

    def word_for(self, key: uuid.UUID) -> str:
        """The word in the link of the thing with this key."""
        return str(self._signer(current_app).dumps(key.hex))

    def read(self, word: str, app: Flask | None = None) -> uuid.UUID | None:
        """The key that this word opens; None where the word was not made here."""
        try:
            return uuid.UUID(hex=self._signer(app or current_app).loads(word))
        except (BadSignature, ValueError, TypeError, AttributeError):
            return None

    def _signer(self, app: Flask) -> URLSafeSerializer:
        return URLSafeSerializer(str(app.secret_key), salt=self.salt)
