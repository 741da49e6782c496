"""What holds for things on a shelf, without a database or a disk."""

import enum
import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from zetwpo.characters import (
    as_sought,
    in_one_direction,
    is_blank,
    without_controls,
    without_invisible,
    words_sought,
)

# In characters.
LONGEST_TITLE = 120
LONGEST_LINK = 2000
# In bytes, without its ending: file systems take 255.
LONGEST_FILE_NAME = 160
# Of things on one shelf; a shelf that holds more is one on which nobody finds anything.
MOST_ITEMS = 300
# From so many on a shelf can be searched.
LONG = 12
MEBIBYTE = 1024 * 1024
# In bytes.
LARGEST_FILE = 10 * MEBIBYTE
# What can be changed of a thing, in the order of the page.
NAMES = ("title", "section", "area", "text", "url")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What stands between the parts of a name, in any script.
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_KEPT_APART = frozenset("ßς")
# Of a name: labels of letters, figures and dashes, with a dot between them.
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+", re.ASCII)


class Section(enum.StrEnum):
    """The three parts of a shelf, in their order."""

    THEORY = "theory"
    TOOLS = "tools"
    OWN = "own"


def as_link(typed: str) -> str | None:
    """The address of a page, as it will be opened; None for what no browser should follow.

    Only http and https, of a host with a name, and without a name and password in it: in
    `https://bank.example@evil.example` people read the wrong one. Where the scheme is left out, as
    people do who type it, it is https.
    """
    text = typed.strip()
    if not text.isprintable() or " " in text or "\\" in text or len(text) > LONGEST_LINK:
        return None
    address = text if _SCHEME.match(text) and not _has_port_first(text) else f"https://{text}"
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    is_page = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return address if is_page and _host(parts.hostname) else None


def _has_port_first(text: str) -> bool:
    """True for `school.example:8080/page`, which only looks as if it had a scheme."""
    return bool(re.match(r"[A-Za-z0-9.-]+\.[A-Za-z0-9-]+:[0-9]+(/|$)", text))


def _host(name: str | None) -> str:
    """The host as a browser sees it, letter for letter; empty where it is no name of one."""
    labels = _DOTS.split((name or "").rstrip("."))
    try:
        found = ".".join(map(_label, labels)).encode("idna").decode().lower()
    except UnicodeError:
        return ""
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return found if _HOST.fullmatch(found) else ""


def _label(label: str) -> str:
    """A part of a name, of which Python would make another: faß.example is not fass.example.

    Its rules are of 2003; browsers have kept these letters apart since (UTS 46). Other parts stay
    as they are. Raises UnicodeError.
    """
    # One by one: as a word, Greek would get another letter at its end.
    letters = unicodedata.normalize("NFKC", "".join(each.lower() for each in label))
    if not _KEPT_APART & set(letters):
        return label
    return f"xn--{letters.encode('punycode').decode()}"


def host_of(link: str) -> str:
    """Where a link leads: the name of the site, in the letters that no other name looks like.

    The link was read by `as_link`.
    """
    return _host(urlsplit(link).hostname).removeprefix("www.")


def says_something(text: str, link: str, *, has_file: bool) -> bool:
    """True where there is more than a title: a thing to read, to open or to look at."""
    return has_file or bool(link) or not is_blank(text)


def fits(words: str, texts: Iterable[str]) -> bool:
    """Whether each of these words is in one of the texts, as people look for them."""
    sought = [as_sought(each) for each in texts]
    return all(any(word in text for text in sought) for word in words_sought(words))


def has_room(used: int, size: int, most: int) -> bool:
    """Whether a file of this size fits beside those that are there; all in bytes."""
    return used + size <= most


# What some file systems or programs read as something else than a letter of a name.
_NOT_IN_NAMES = re.compile(r'[<>:"|?*%\n\t]+')
# As programs for Windows call what is no file, whatever stands behind a point.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def safe_name(typed: str, endings: Iterable[str]) -> str:
    """What a file is called where somebody saves it: of any script, and never a path.

    `endings` are those that such a file may have; it gets the first one where it has none of them.
    """
    name = without_controls(re.split(r"[/\\]", typed)[-1].replace("\r", " ").replace("\n", " "))
    name = in_one_direction(without_invisible(unicodedata.normalize("NFC", name)))
    name = " ".join(_NOT_IN_NAMES.sub("-", name).split())
    fitting = list(endings)
    ending = next((each for each in fitting if name.lower().endswith(each)), "")
    stem = name.removesuffix(name[len(name) - len(ending) :] if ending else "").strip(" .")
    stem = stem.encode()[:LONGEST_FILE_NAME].decode(errors="ignore").strip(" .")
    if is_blank(stem) or _DEVICES.match(stem):
        stem = f"file-{stem}".strip("- ")
    return stem + (ending or fitting[0])
