"""Refusals with a name. Each becomes an error page that says what happened and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class NextPage:
    """The page that helps, and the words on the button to it."""

    endpoint: str
    words: str
    # Of its address.
    values: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """Something that cannot be done now. `title` says what, `advice` says what to do.

    `next_page` takes the place of the ways to sign in and to the start page.
    """

    status = 409
    # Of the answer, besides the usual ones.
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, title: str, advice: str, next_page: NextPage | None = None) -> None:
        super().__init__(type(self).__name__)
        self.title = title
        self.advice = advice
        self.next_page = next_page


class BadInput(Refusal):
    """What was sent cannot come from one of our own pages."""

    status = 400


class NotFound(Refusal):
    """It does not exist, or not for the one who asks: the page is the same."""

    status = 404


class Gone(Refusal):
    """It was there, as the one who asks can prove, and is deleted."""

    status = 410


class SignInNeeded(Refusal):
    """Only for people who are signed in."""

    status = 401


class StartRefused(Exception):
    """The application must not start like this; the text is for the one who starts it."""
