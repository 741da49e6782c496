"""The line of a recap that says who brings in the homework: written here, and found again here.

It becomes part of a text that a facilitator may change. When somebody deletes their account, the
name that we put there ourselves goes from it; what people typed is left alone.
"""

import re
from collections.abc import Collection

from zetwpo.i18n import LANGUAGES, listed, writing_in
from zetwpo.i18n import gettext as _


def told(names: str) -> str:
    """The line, in the language of the page."""
    return _("Brings it in next time: %(names)s.", names=names)


def without(text: str, gone: Collection[str]) -> str:
    """This text without these people in that line, in whichever language it stands there."""
    left = text
    for each in LANGUAGES:
        with writing_in(each):
            lines = [_left_of(line, gone) for line in left.split("\n")]
        left = "\n".join(line for line in lines if line is not None)
    return text if left == text else left.strip()


def _left_of(line: str, gone: Collection[str]) -> str | None:
    """What stays of a line; None where it named nobody else."""
    before, after = told("\0").split("\0")
    if not line.startswith(before) or not line.endswith(after):
        return line
    names = re.split(f", |{listed(['', ''])}", line[len(before) : len(line) - len(after)])
    left = [each for each in names if each not in gone]
    if len(left) == len(names):
        return line
    return told(listed(left)) if left else None
