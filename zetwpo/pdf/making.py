"""Has a PDF made of a print page, a few at a time, where this machine can."""

import logging
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from threading import BoundedSemaphore, Lock

from flask import Response

from zetwpo.config import ROOT
from zetwpo.errors import NextPage, NotFound, Refusal
from zetwpo.extensions import db
from zetwpo.i18n import lazy_gettext as _
from zetwpo.web import download

log = logging.getLogger(__name__)

# One that is long leaves room for one more; and so many besides may wait for their turn. The server
# has many more threads than that.
AT_ONCE, WAITING = 2, 8
# Of one person, those included that wait: who clicks again and again leaves room for others.
OF_ONE = 2
# Seconds that somebody waits for a turn, and for the PDF.
PATIENCE, LONGEST = 20.0, 90.0
# Of the machine (operating.md): WeasyPrint is Python, and lets these do the letters.
LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
# Where a program finds others, the fonts, and which of them it looked through before.
KEPT = ("PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")

_DRAWING = re.compile(r"(<svg\b[^>]*>)")
_turns, _places = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE + WAITING)
# How many each person waits for at this moment; read and changed by who holds the lock.
_asked: Counter[Hashable] = Counter()
_counting = Lock()


class PdfBusy(Refusal):
    """Others have theirs made at this moment, or the same person has."""

    status = 503
    headers = {"Retry-After": "60"}


class PdfFailed(Refusal):
    """It was not made."""

    status = 500


@cache
def is_possible() -> bool:
    """True where this machine has what a PDF is made with: an optional extra (operating.md)."""
    return find_spec("weasyprint") is not None and all(map(find_library, LIBRARIES))


def pdf_of(
    page: str, name: str, print_page: NextPage, whose: Hashable, drawings: str = ""
) -> Response:
    """This print page as a PDF of this name; `print_page` helps where it cannot be made.

    `whose` tells who asks for it from others. `drawings` are style rules for its drawings, into
    which those of the page do not reach.
    Raises NotFound, PdfBusy and PdfFailed.
    """
    if not is_possible():
        raise NotFound(_("This site makes no PDF"), _PRINT, print_page)
    # What was read is on the page: nobody waits for the database while this is made.
    db.session.rollback()
    with _one_of(whose, print_page), _turn(print_page):
        content = _make(_DRAWING.sub(rf"\1<style>{drawings}</style>", page))
    if content is None:
        raise PdfFailed(_("The PDF was not made"), _PRINT, print_page)
    return download(content, name, "application/pdf")


@contextmanager
def _one_of(whose: Hashable, print_page: NextPage) -> Iterator[None]:
    with _counting:
        if _asked[whose] >= OF_ONE:
            raise PdfBusy(_("Your PDF is being made already"), _WAIT, print_page)
        _asked[whose] += 1
    try:
        yield
    finally:
        with _counting:
            _asked[whose] -= 1
            # Nobody is kept in mind who waits for nothing.
            if not _asked[whose]:
                del _asked[whose]


@contextmanager
def _turn(print_page: NextPage) -> Iterator[None]:
    busy = PdfBusy(_("Others are making a PDF at this moment"), _AGAIN, print_page)
    if not _places.acquire(blocking=False):
        raise busy
    try:
        if not _turns.acquire(timeout=PATIENCE):
            raise busy
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def _make(page: str) -> bytes | None:
    """The PDF; None where the program that makes it failed, or took too long."""
    known = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "zetwpo.pdf.worker"],
            input=page.encode(),
            capture_output=True,
            cwd=ROOT,
            env=known,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.error("a PDF was not made in %s seconds", LONGEST)
        return None
    if done.returncode:
        # A signal, with a minus; never what it said, which can quote the page.
        log.error("the program that makes a PDF ended with %s", done.returncode)
        return None
    return done.stdout


_PRINT = _("Print the page with your browser: there you can also choose “Save as PDF”.")
_WAIT = _(
    "Wait for it: a long one takes a minute. Or print the page with your browser: there you can "
    "also choose “Save as PDF”."
)
_AGAIN = _(
    "Try it again in a minute. Or print the page with your browser: there you can also choose "
    "“Save as PDF”."
)
