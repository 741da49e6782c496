"""Which language a page is in, and how it writes dates and numbers. Dutch by default."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, cast

import flask_babel
from babel.lists import format_list
from flask import Flask, g, has_request_context, session
from flask_babel import (
    force_locale,
    format_date,
    format_datetime,
    format_decimal,
    get_locale,
    refresh,
)

from zetwpo.clock import AMSTERDAM, dutch
from zetwpo.extensions import babel

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
DEFAULT_LANGUAGE: Language = "nl"
# In its own language: whoever cannot read the page must be able to find the way out.
LANGUAGE_NAMES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}


def as_language(value: object) -> Language:
    """The language with this code, Dutch for anything that we do not speak."""
    return "en" if value == "en" else DEFAULT_LANGUAGE


def choose_language(language: Language) -> None:
    """Show this browser its pages in this language from now on."""
    session["language"] = language
    g.language = language
    refresh()


def suggest_language(language: Language) -> None:
    """Use this language on this page, unless the browser chose one itself."""
    if "language" not in session:
        g.language = language
        refresh()


def language() -> Language:
    """The language of what is being written now, a page or a mail."""
    return as_language(getattr(get_locale(), "language", None))


@contextmanager
def writing_in(chosen: Language) -> Iterator[None]:
    """Write in this language for the length of the block, for example a mail."""
    with force_locale(chosen):
        yield


def _select_locale() -> Language:
    if not has_request_context():
        return DEFAULT_LANGUAGE
    return as_language(g.get("language") or session.get("language"))


def day(moment: datetime) -> str:
    """For example '3 maart 2027'."""
    return str(format_date(dutch(moment), "long", rebase=False))


def moment(value: datetime) -> str:
    """For example '3 maart 2027, 14:03'."""
    return f"{day(value)}, {clock_time(value)}"


def clock_time(value: datetime) -> str:
    """For example '14:03'."""
    return str(format_datetime(dutch(value), "HH:mm", rebase=False))


def figure(value: float | None) -> str:
    """A mean with at most one decimal, with the comma or point of the language."""
    if value is None:
        return ""
    # Half up, as a reader expects: 4.25 becomes 4.3.
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(format_decimal(rounded, "0.#"))


def lazy_gettext(message: str, **values: object) -> str:
    """Translate when the text is shown, in the language that the page has then.

    Forms and errors are made before anybody knows the language. The result is no `str`, but it
    behaves like one wherever a text is printed, and libraries say `str` for what they print.
    """
    return cast("str", flask_babel.lazy_gettext(message, **values))


def decimal_mark() -> str:
    """The comma or the point."""
    return "." if language() == "en" else ","


def listed(words: Sequence[str]) -> str:
    """For example 'one, two and three'."""
    return format_list(words, locale=get_locale())


def dutch_date(value: datetime) -> str:
    """The day as a date field has it, for example '2027-03-03'."""
    return dutch(value).date().isoformat()


def init_app(app: Flask) -> None:
    """Let pages and mails translate, and write dates the Dutch way."""
    babel.init_app(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone=str(AMSTERDAM),
        default_translation_directories=str(app.root_path) + "/../translations",
        locale_selector=_select_locale,
    )
    app.jinja_env.filters |= {"day": day, "moment": moment, "time": clock_time, "figure": figure}
    app.jinja_env.filters["dutch_date"] = dutch_date
    app.jinja_env.globals |= {
        "language": language,
        "languages": LANGUAGE_NAMES,
    }
