"""What pages say of shelves and of what lies on them."""

from zetwpo.cycle.shelf.file_kinds import CannotTake, Trouble, ending_of
from zetwpo.cycle.shelf.queries import Shelf
from zetwpo.cycle.shelf.rules import MEBIBYTE, Section
from zetwpo.i18n import gettext, lazy_gettext
from zetwpo.i18n import lazy_gettext as _

SECTIONS = {
    Section.THEORY: _("Theory"),
    Section.TOOLS: _("Tools"),
    Section.OWN: _("Made by ourselves"),
}
ABOUT = {
    Section.THEORY: _("To read or to watch: an article, a chapter, a talk."),
    Section.TOOLS: _("To use as it is: a form, a card, a model."),
    Section.OWN: _("What people here made themselves, and others can go on with."),
}
TROUBLES = {
    Trouble.EMPTY: _("This file is empty. Choose another one."),
    Trouble.OTHER: _(
        "We do not take this kind of file. Make a PDF of it, or choose a document, a picture, a "
        "sound or a short film."
    ),
    Trouble.ACTIVE: _(
        "This is a web page or a program inside, whatever it is called. Such files can do harm, so "
        "we do not take them. Give a link to the page, or make a PDF of it."
    ),
    Trouble.MACROS: _(
        "There are macros in this document: small programs that can do harm. Save it without them, "
        "or as a PDF."
    ),
    Trouble.OLD_OR_LOCKED: _(
        "This document is locked with a password, or of an old program. Save it without a password "
        "in the newer form (docx, xlsx, pptx), or as a PDF."
    ),
    Trouble.PHONE_PHOTO: _(
        "This photo is in a form that many computers cannot open (HEIC or AVIF). Save it as JPEG."
    ),
    Trouble.PARCEL: _(
        "This is a parcel of files (zip), or a document that we do not know. Put the files on the "
        "shelf one by one, or make a PDF."
    ),
    Trouble.TOO_LARGE_INSIDE: _(
        "This document becomes far too large once it is opened. Choose another one, or make a PDF."
    ),
    Trouble.BROKEN: _("This file is damaged: it cannot be opened. Save it once more."),
}
GROUP = _("The group and the facilitators read this.")
PARTNERSHIP = _("Everybody with a role in this partnership reads this.")


def readers(shelf: Shelf) -> str:
    """Who reads what is put on this shelf."""
    return GROUP if shelf.trajectory else PARTNERSHIP


def trouble(refused: CannotTake, name: str) -> str:
    """Why this file may not lie on a shelf, and what to do."""
    if refused.trouble is Trouble.NAME and refused.kind:
        return gettext(
            "This file is called %(ending)s, but what is in it is something else: %(kind)s. Give "
            "it the ending that fits (%(right)s), or choose the file that you meant.",
            ending=ending_of(name),
            kind=refused.kind.title,
            right=refused.kind.endings[0],
        )
    return str(TROUBLES[refused.trouble])


def size(number: int) -> str:
    """A number of bytes as people read it, for example '2 MB'; the smallest is 1 kB."""
    if number < MEBIBYTE:
        return gettext("%(number)s kB", number=max(1, round(number / 1024)))
    return gettext("%(number)s MB", number=round(number / MEBIBYTE))


PUT_THERE = lazy_gettext("It lies on the shelf now.")
