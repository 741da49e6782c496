"""Words that open something are stored as a keyed hash: a copy of the database opens nothing."""

import hashlib
import hmac

from flask import current_app


def keyed_hash(word: str) -> str:
    """64 hexadecimal characters that only this installation can make from the word."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, word.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def is_equal(one: str, other: str) -> bool:
    """Compare in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
