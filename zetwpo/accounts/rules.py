"""Rules of signing in, without a database or a clock."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zetwpo.characters import as_read, as_sought

# Of a letter from when it is sent, and as long one waits for a letter.
LINK_LASTS = timedelta(minutes=10)
SIGNED_IN_LASTS = timedelta(hours=12)
# A second click within this time leads to what the first one opened: where a browser sends a form
# twice, it keeps what the second answer says.
CLICKS_LAST = timedelta(seconds=10)
# Without a request; a page that saves by itself asks again and again.
IDLE_LASTS = timedelta(hours=2)
# For so long a browser is known in which somebody signed in.
KNOWN_LASTS = timedelta(days=365)

CODE_DIGITS = 8
# Where strangers guess: so many that guessing is pointless however often (decision 14).
LONG_CODE_DIGITS = 16
CODE_GROUP = 4
# In one browser, before it has to ask for another letter.
MOST_WRONG_CODES = 5
# For one address: after these, only long codes work until the day is over.
MOST_WRONG_CODES_A_DAY = 10
DAY = timedelta(days=1)

# What one mailbox gets within an hour. First a few at once, then one every so often: sooner than
# somebody who waits for it gives up. And a few for browsers in which its owner signed in before,
# whatever others do.
HOUR = timedelta(hours=1)
LETTERS_AT_ONCE = 3
LETTERS_TO_KNOWN = 3
LETTER_EVERY = timedelta(minutes=9)
LONGEST_NAME = 120
# Some letters are read as several.
LONGEST_READ = 4 * LONGEST_NAME
# Some letters are looked for as two or three.
LONGEST_SOUGHT = 2 * LONGEST_NAME


@dataclass(frozen=True)
class SignInAttempt:
    """The state of a request to sign in, once there is a letter for it."""

    expires_at: datetime
    used: bool
    wrong_codes: int

    def link_works(self, now: datetime) -> bool:
        """True for ten minutes, once: nobody guesses a link, whatever was tried as a code."""
        return not self.used and now < self.expires_at

    def code_works(self, now: datetime) -> bool:
        """True for as long as the link works, until there were too many wrong codes."""
        return self.link_works(now) and self.wrong_codes < MOST_WRONG_CODES


@dataclass(frozen=True)
class LettersSent:
    """What a mailbox got within the last hour, the oldest first."""

    to_known: Sequence[datetime]
    to_others: Sequence[datetime]

    def has_room_for_known(self) -> bool:
        """True where a letter may leave at once for a browser that its owner signed in with."""
        return len(self.to_known) < LETTERS_TO_KNOWN

    def next_at(self, now: datetime) -> datetime:
        """When the next letter may leave, whoever asked for it."""
        if len(self.to_others) < LETTERS_AT_ONCE:
            return now
        return max(now, self.to_others[-1] + LETTER_EVERY)


def new_token() -> str:
    """A word that nobody guesses: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def code_digits(wrong_codes: int) -> int:
    """How long the codes of an address are, with so many wrong ones today."""
    return CODE_DIGITS if wrong_codes < MOST_WRONG_CODES_A_DAY else LONG_CODE_DIGITS


def as_code(random: int, digits: int) -> str:
    """The digits that a large random number comes down to."""
    return f"{random % 10**digits:0{digits}}"


def grouped(code: str) -> str:
    """The digits as one reads them aloud and types them over: '1234 5678'."""
    return " ".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))


def typed_code(text: str) -> str:
    """The digits of what somebody typed, however they were grouped, from any keyboard."""
    return "".join(str(unicodedata.digit(each)) for each in text if each.isdigit())


def as_compared(name: str) -> str:
    """The form in which the names of schools are compared: the same for all that read the same."""
    return as_read(name)[:LONGEST_READ]


def sought_name(name: str) -> str:
    """The form in which people are looked for and put in order."""
    return as_sought(name)[:LONGEST_SOUGHT]
