"""What pages, files and mails call the people who were asked about one scan."""

import re
from collections.abc import Sequence

from zetwpo.characters import as_read, set_apart
from zetwpo.i18n import gettext as _
from zetwpo.library.respondents import AskedRole
from zetwpo.scan.telling_apart import Person, told_apart


def labels_of(people: Sequence[tuple[str, AskedRole]], taken: Sequence[str] = ()) -> list[str]:
    """What to call each of these, in the order of asking: no two read alike.

    A name like that of the reader ("You", or "You, 3 May 2026" for an earlier scan) is no name to
    tell somebody by. `taken` are labels of others beside these.
    """
    like_reader = [name for name, _role in people if _is_like_reader(name)]
    named = [Person(name, str(role.label)) for name, role in people]
    return told_apart(named, [*like_reader, *taken])


def is_plain(label: str, name: str) -> bool:
    """True where this label is the name alone, so that the role may stand beside it."""
    return label == set_apart(name)


def _is_like_reader(name: str) -> bool:
    reader = re.escape(as_read(_("You")))
    return bool(re.fullmatch(rf"{reader}(\d.*)?", as_read(name)))
