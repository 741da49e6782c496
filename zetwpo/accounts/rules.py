"""Rules of signing in, without a database or a clock."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

LINK_LASTS = timedelta(minutes=10)
SIGNED_IN_LASTS = timedelta(hours=12)
CODE_DIGITS = 6
# Five guesses at a million codes, in the one browser that asked.
MOST_WRONG_CODES = 5
# More mails than this within LINK_LASTS would help nobody but a pest.
MOST_OPEN_REQUESTS = 5
LONGEST_NAME = 120


@dataclass(frozen=True)
class SignInAttempt:
    """The state of a request to sign in."""

    expires_at: datetime
    used: bool
    wrong_codes: int

    def is_open(self, now: datetime) -> bool:
        """True while the link or the code still works: ten minutes, once, few wrong codes."""
        return not self.used and now < self.expires_at and self.wrong_codes < MOST_WRONG_CODES


def new_token() -> str:
    """A word that nobody guesses: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Digits that are easy to type over from a mail."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def typed_code(text: str) -> str:
    """The digits of what somebody typed, however they were grouped, from any keyboard."""
    return "".join(str(unicodedata.digit(each)) for each in text if each.isdigit())
