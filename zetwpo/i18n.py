"""Which language a page is in, and how it writes words, dates and numbers. Dutch by default.

Built on Babel itself: the language of a page or a mail is one context variable, which is cheap
to ask for (a result asks a thousand times) and works the same in a request and in the worker.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from gettext import NullTranslations
from typing import Literal, cast

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import LazyProxy, Translations
from flask import Flask, session

from zetwpo.characters import set_apart
from zetwpo.clock import dutch, now
from zetwpo.config import ROOT

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
DEFAULT_LANGUAGE: Language = "nl"
# In its own language: whoever cannot read the page must be able to find the way out.
LANGUAGE_NAMES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}

# How each writes its dates and figures: the English of our texts is British.
LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB"}

# In the session: what somebody chose in this browser, and what was suggested to it last.
CHOSEN, SUGGESTED = "language", "suggested_language"

A_YEAR = timedelta(days=365)

_writing: ContextVar[Language] = ContextVar("writing", default=DEFAULT_LANGUAGE)


# ---------------------------------------------------------------------- which language


def as_language(value: object) -> Language:
    """The language with this code, Dutch for anything that we do not speak."""
    return "en" if value == "en" else DEFAULT_LANGUAGE


def language() -> Language:
    """The language of what is being written now, a page or a mail."""
    return _writing.get()


def choose_language(chosen: Language) -> None:
    """Show this browser its pages in this language from now on."""
    session[CHOSEN] = chosen
    _writing.set(chosen)


def chosen_language() -> Language | None:
    """The language that somebody chose in this browser, if they did."""
    return as_language(session[CHOSEN]) if CHOSEN in session else None


def suggest_language(suggested: Language) -> None:
    """Use this language from now on, unless the browser chose one itself.

    The next request starts in it: it may be refused before anybody knows whose it is.
    """
    if CHOSEN in session:
        return
    _writing.set(suggested)
    if session.get(SUGGESTED) != suggested:
        session[SUGGESTED] = suggested


def kept_language() -> dict[str, str]:
    """What of this browser's session about the language outlives a sign-in.

    A suggestion, also where it was chosen: the next one here may be somebody else.
    """
    shown = session.get(CHOSEN) or session.get(SUGGESTED)
    return {SUGGESTED: shown} if shown else {}


@contextmanager
def writing_in(chosen: Language) -> Iterator[None]:
    """Write in this language for the length of the block, for example a mail."""
    before = _writing.set(chosen)
    try:
        yield
    finally:
        _writing.reset(before)


def _start_request() -> None:
    _writing.set(as_language(session.get(CHOSEN) or session.get(SUGGESTED)))


def _end_request(_error: BaseException | None) -> None:
    _writing.set(DEFAULT_LANGUAGE)


# ------------------------------------------------------------------------------- words


@cache
def _catalogue(chosen: Language) -> NullTranslations:
    # The source strings are English: that language needs no catalogue.
    return Translations.load(str(ROOT / "translations"), [chosen])


def gettext(message: str, **values: object) -> str:
    """The message in the language of the page, with its values filled in."""
    translated = _catalogue(_writing.get()).gettext(message)
    return translated % _apart(values) if values else translated


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for this number, in the language of the page; `%(num)s` is the number."""
    return _catalogue(_writing.get()).ngettext(one, many, num) % {"num": num, **_apart(values)}


def _apart(values: Mapping[str, object]) -> Mapping[str, object]:
    """Let no name turn around the sentence that it stands in, on a page or in a mail."""
    return {
        name: set_apart(value) if type(value) is str else value for name, value in values.items()
    }


def lazy_gettext(message: str, **values: object) -> str:
    """Translate when the text is shown, in the language that the page has then.

    Forms and errors are made before anybody knows the language. The result is no `str`, but it
    prints like one, and libraries say `str` for what they print.
    """
    return cast("str", LazyProxy(gettext, message, enable_cache=False, **values))


# ------------------------------------------------------------------- dates and numbers


def day(moment: datetime) -> str:
    """For example '3 maart 2027'."""
    return _day(dutch(moment).date(), language())


# Kept: Babel takes a tenth of the time of a result to write its twenty days.
@lru_cache(maxsize=1000)
def _day(on: date, chosen: Language) -> str:
    return format_date(on, "long", locale=LOCALES[chosen])


def clock_time(value: datetime) -> str:
    """For example '14:03'."""
    return f"{dutch(value):%H:%M}"


def moment(value: datetime) -> str:
    """For example '3 maart 2027, 14:03'."""
    return f"{day(value)}, {clock_time(value)}"


def calendar_day(on: date) -> str:
    """For example '3 maart 2027'."""
    return _day(on, language())


def weekday(on: date) -> str:
    """For example 'woensdag 3 maart 2027': of a day, or of the day of a moment."""
    return _weekday(dutch(on).date() if isinstance(on, datetime) else on, language())


# Kept for the same reason: the first page of somebody in three groups writes twenty of them.
@lru_cache(maxsize=1000)
def _weekday(on: date, chosen: Language) -> str:
    return format_date(on, "full", locale=LOCALES[chosen])


def weekday_moment(value: datetime) -> str:
    """For example 'woensdag 3 maart 2027, 14:03': for what somebody is to be ready for."""
    return f"{weekday(value)}, {clock_time(value)}"


def from_to(begins: datetime, ends: datetime) -> str:
    """For example 'woensdag 3 maart 2027, 15:30–18:30': what somebody keeps free."""
    return f"{weekday_moment(begins)}–{clock_time(ends)}"


def _kept_together(begins: datetime, ends: datetime) -> str:
    """The same on a page, where no line ends between the two times."""
    return from_to(begins, ends).replace("–", "–\N{WORD JOINER}")


def duration(length: timedelta) -> str:
    """For example '6 weken' or '30 dagen': in the largest unit of which it is a whole number."""
    if length == A_YEAR:
        return months(12)
    if not length % timedelta(weeks=1):
        return ngettext("%(num)s week", "%(num)s weeks", length // timedelta(weeks=1))
    if not length % timedelta(days=1):
        return ngettext("%(num)s day", "%(num)s days", length // timedelta(days=1))
    if not length % timedelta(hours=1):
        return ngettext("%(num)s hour", "%(num)s hours", length // timedelta(hours=1))
    return ngettext("%(num)s minute", "%(num)s minutes", length // timedelta(minutes=1))


def months(count: int) -> str:
    """For example '24 maanden'."""
    return ngettext("%(num)s month", "%(num)s months", count)


def lately(value: datetime) -> str:
    """For example 'today 14:03', 'yesterday 14:03', or the day where it is longer ago."""
    ago = (dutch(now()).date() - dutch(value).date()).days
    if ago == 0:
        return gettext("today %(time)s", time=clock_time(value))
    if ago == 1:
        return gettext("yesterday %(time)s", time=clock_time(value))
    return moment(value)


def dutch_date(value: datetime) -> str:
    """The day as a date field has it, for example '2027-03-03'."""
    return dutch(value).date().isoformat()


def figure(value: float | None) -> str:
    """A mean with at most one decimal, with the comma or point of the language."""
    return "" if value is None else _figure(value, language())


# Kept, as only so many means exist: a result writes three hundred, and would take twice as long.
@cache
def _figure(value: float, chosen: Language) -> str:
    # Half up, as a reader expects: 4.25 becomes 4.3.
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format_decimal(rounded, "0.#", locale=LOCALES[chosen])


def decimal_mark() -> str:
    """The comma or the point."""
    return "." if language() == "en" else ","


def listed(words: Sequence[str]) -> str:
    """For example 'one, two and three'."""
    return format_list(words, locale=LOCALES[language()])


def names(found: Iterable[str]) -> str:
    """The same for what people are called: none of them turns the others around."""
    return listed([set_apart(each) for each in found])


def init_app(app: Flask) -> None:
    """Let pages translate, and write dates and numbers the way of their language."""
    app.before_request(_start_request)
    app.teardown_request(_end_request)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals |= {"_": gettext, "language": language, "languages": LANGUAGE_NAMES}
    app.jinja_env.filters |= {
        "day": day,
        "calendar_day": calendar_day,
        "weekday": weekday,
        "weekday_moment": weekday_moment,
        "from_to": _kept_together,
        "moment": moment,
        "lately": lately,
        "time": clock_time,
        "dutch_date": dutch_date,
        "figure": figure,
        "names": names,
    }
