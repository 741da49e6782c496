"""Links for people without an account: the invitation's key with a signature."""

import uuid

from flask import Flask, Request

from zetwpo.signing import SignedKeys

PREFIX = "/feedback/"
_WORDS = SignedKeys("feedback-link")


def token_for(invitation_id: uuid.UUID) -> str:
    """The word in the link of this invitation."""
    return _WORDS.word_for(invitation_id)


def read_token(token: str) -> uuid.UUID | None:
    """The invitation that this word opens; None where the word was not made here."""
    return _WORDS.read(token)


def holds_link(app: Flask, sent: Request) -> bool:
    """True where a request came in by a link that was made here, whatever became of it since."""
    word, _slash, _rest = sent.path.removeprefix(PREFIX).partition("/")
    return sent.path.startswith(PREFIX) and _WORDS.read(word, app) is not None
