"""By which name to greet somebody whom one knows, as far as a full name tells."""

import re
import unicodedata

# A family name begins with these, so what stands before them is a first name.
_PARTICLES = (
    "aan|al|bij|d'|da|dal|de|degli|del|della|den|der|di|dos|du|el|in|la|las|le|los|op|over|'s|'t|"
    "te|ten|ter|tot|uit|uijt|van|vanden|vander|von|voor|zu|zum|zur"
)
# "Ms Bakker" is no first name. One with a full stop is none anyway.
_TITLES = (
    "dhr|dr|drs|heer|ing|ir|juf|juffrouw|meester|meneer|mevr|mevrouw|miss|mr|mrs|ms|mw|prof|"
    "professor|sir"
)
_NO_FIRST_NAME = re.compile(f"{_PARTICLES}|{_TITLES}", re.IGNORECASE)
# Of two letters at least: one is an initial.
_NAME = r"[^\W\d_]'?[^\W\d_]+(?:'[^\W\d_]+)*"
_BEFORE = rf"(?:(?:{_PARTICLES})\s+)*"
# Two families may be joined, as in "Bakker-de Vries".
_FAMILY = rf"{_BEFORE}{_NAME}(?:\s?-\s?{_BEFORE}{_NAME})*"
_FULL_NAME = re.compile(rf"({_NAME}(?:-{_NAME})*)\s+{_FAMILY}", re.IGNORECASE)
_APOSTROPHES = str.maketrans("’‘`", "'''")


def first_name(name: str) -> str:
    """The first name in a full name, or all of it wherever that is not beyond doubt.

    In doubt are initials, titles, a family name in front, two first names with a space between
    them, and every script but ours: others write their names in another order.
    """
    composed = unicodedata.normalize("NFC", name.strip())
    found = _FULL_NAME.fullmatch(composed.translate(_APOSTROPHES))
    if found is None or not _is_in_our_letters(composed):
        return name
    first = composed[: found.end(1)]
    return name if _NO_FIRST_NAME.fullmatch(first) or first.isupper() else first


def _is_in_our_letters(text: str) -> bool:
    letters = filter(str.isalpha, text)
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
