"""What a file is: found out from what is in it, never from what it is called or said to be.

There is a short list of what may lie on a shelf. Nothing is unpacked or opened here: of a parcel
(all office formats are zip files) only the directory is read, and that has a bound.
"""

import enum
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import puremagic

from zetwpo.i18n import lazy_gettext as _


@dataclass(frozen=True)
class Kind:
    """One kind of file that may lie on a shelf."""

    key: str
    # What people call it.
    title: str
    mimetype: str
    # The endings that such a file may have, the usual one first.
    endings: tuple[str, ...]


class Trouble(enum.Enum):
    """Why a file may not lie on a shelf."""

    EMPTY = enum.auto()
    # It is none of the kinds on the list.
    OTHER = enum.auto()
    # It is a page of the web, or a program.
    ACTIVE = enum.auto()
    MACROS = enum.auto()
    # Of an old office program, or locked with a password: both look the same from outside.
    OLD_OR_LOCKED = enum.auto()
    # A photo as some phones make them, which most computers do not open.
    PHONE_PHOTO = enum.auto()
    # A parcel of files that is no document.
    PARCEL = enum.auto()
    # A parcel that says that it becomes far larger than any document is.
    TOO_LARGE_INSIDE = enum.auto()
    BROKEN = enum.auto()
    # Its name says that it is something else.
    NAME = enum.auto()


class CannotTake(Exception):
    """This file may not lie on a shelf; where its name lies, `kind` is what it really is."""

    def __init__(self, trouble: Trouble, kind: Kind | None = None) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble
        self.kind = kind


_MICROSOFT = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    each.key: each
    for each in (
        Kind("pdf", _("PDF"), "application/pdf", (".pdf",)),
        Kind("docx", _("Word document"), f"{_MICROSOFT}wordprocessingml.document", (".docx",)),
        Kind(
            "pptx",
            _("PowerPoint presentation"),
            f"{_MICROSOFT}presentationml.presentation",
            (".pptx",),
        ),
        Kind("xlsx", _("Excel workbook"), f"{_MICROSOFT}spreadsheetml.sheet", (".xlsx",)),
        Kind("odt", _("OpenDocument text"), f"{_OPEN}text", (".odt",)),
        Kind("odp", _("OpenDocument presentation"), f"{_OPEN}presentation", (".odp",)),
        Kind("ods", _("OpenDocument sheet"), f"{_OPEN}spreadsheet", (".ods",)),
        Kind("png", _("picture (PNG)"), "image/png", (".png",)),
        Kind("jpeg", _("picture (JPEG)"), "image/jpeg", (".jpg", ".jpeg", ".jfif")),
        Kind("webp", _("picture (WebP)"), "image/webp", (".webp",)),
        Kind("gif", _("picture (GIF)"), "image/gif", (".gif",)),
        Kind("mp3", _("sound (MP3)"), "audio/mpeg", (".mp3",)),
        Kind("mp4", _("film (MP4)"), "video/mp4", (".mp4", ".m4v")),
        Kind("text", _("plain text"), "text/plain", (".txt", ".md", ".csv")),
    )
}
# For the file field of a page: phones offer what fits, and make a JPEG of their own photos.
ACCEPTED = ",".join(
    [ending for each in KINDS.values() for ending in each.endings]
    + ["image/png", "image/jpeg", "application/pdf"]
)

_FILMS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
)
# What a file of each kind begins with. The library is asked as well, and both have to agree: it
# knows thousands of kinds by a few letters each, and would take a short text for one of them.
_BEGINS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda head: head.startswith(b"%PDF-"),
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "mp3": lambda head: head.startswith(b"ID3") or _is_sound_frame(head),
    "mp4": lambda head: head[4:8] == b"ftyp" and head[8:12] in _FILMS,
}
_PHOTOS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"})
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# Of programs for Windows, Linux and the Mac.
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")

# An entry of the directory of a zip file begins with this. A document has some hundreds; a
# directory of hundreds of thousands costs seconds and much memory to read.
_ENTRY = b"PK\x01\x02"
MOST_PARTS = 5000
# In bytes, as its directory says. Nothing is unpacked here, but whoever opens it would.
LARGEST_INSIDE = 500 * 1024 * 1024
_MAIN_PARTS = {
    "docx": re.compile(r"word/document[0-9]*\.xml"),
    "pptx": re.compile(r"ppt/presentation[0-9]*\.xml"),
    "xlsx": re.compile(r"xl/workbook[0-9]*\.xml"),
}
# Where office programs keep what runs by itself.
_MACROS = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/|activeX/|Basic/|Scripts/)", re.IGNORECASE
)
# Of text, in bytes: a page or a script says early what it is.
_HEAD = 1024
# Line ends, tabs, and the page breaks of old programs.
_TEXT_CONTROLS = frozenset("\t\n\r\f")


def recognise(content: bytes, name: str) -> Kind:
    """What this file is, whatever it is called. Raises CannotTake.

    A name that says something else is refused: whoever opens it would be surprised.
    """
    kind = _kind_of(content)
    ending = ending_of(name)
    if ending and ending not in kind.endings:
        raise CannotTake(Trouble.NAME, kind)
    return kind


def ending_of(name: str) -> str:
    """The ending of a name in small letters, with its dot; empty where there is none."""
    found = re.search(r"[^./\\](\.[A-Za-z0-9]{1,10})\s*$", name)
    return found[1].lower() if found else ""


def _kind_of(content: bytes) -> Kind:
    if not content:
        raise CannotTake(Trouble.EMPTY)
    if content.startswith(_OLD_OFFICE):
        raise CannotTake(Trouble.OLD_OR_LOCKED)
    if content.startswith(_PROGRAMS):
        raise CannotTake(Trouble.ACTIVE)
    if content[4:8] == b"ftyp" and content[8:12] in _PHOTOS:
        raise CannotTake(Trouble.PHONE_PHOTO)
    if content.startswith(_ZIP):
        return KINDS[_document_in(content)]
    seen_as = _mimetypes(content)
    for key, begins in _BEGINS.items():
        if begins(content) and KINDS[key].mimetype in seen_as:
            return KINDS[key]
    if _is_text(content):
        return KINDS["text"]
    raise CannotTake(Trouble.OTHER)


def _mimetypes(content: bytes) -> frozenset[str]:
    """What the library takes this for: all that it could be."""
    try:
        return frozenset(each.mime_type for each in puremagic.magic_string(content))
    except puremagic.PureError:
        return frozenset()


def _is_sound_frame(head: bytes) -> bool:
    """True for a frame of MPEG sound, layer 3, with a bit rate and a sampling rate that exist."""
    return (
        head[:1] == b"\xff"
        and len(head) > 2
        and head[1] & 0xE6 == 0xE2
        and head[2] >> 4 not in {0, 15}
        and head[2] >> 2 & 3 != 3
    )


def _is_text(content: bytes) -> bool:
    """True for text in UTF-8 that shows all that is in it.

    Raises CannotTake for pages and scripts.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(each) < 32 and each not in _TEXT_CONTROLS for each in set(text)) or "\x7f" in text:
        return False
    head = text[:_HEAD].lstrip().lower()
    if head.startswith(("<!", "<?", "<html", "<svg", "<script", "<head", "<body", "#!")):
        raise CannotTake(Trouble.ACTIVE)
    if "<script" in head or "<svg" in head or "<html" in head:
        raise CannotTake(Trouble.ACTIVE)
    return True


def _document_in(content: bytes) -> str:
    """Which document this parcel is, by the directory alone. Raises CannotTake."""
    if content.count(_ENTRY) > MOST_PARTS:
        raise CannotTake(Trouble.TOO_LARGE_INSIDE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except Exception:
        # A damaged parcel is so in a hundred ways.
        raise CannotTake(Trouble.BROKEN) from None
    if sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise CannotTake(Trouble.TOO_LARGE_INSIDE)
    if any(part.flag_bits & 1 for part in parts):
        raise CannotTake(Trouble.OLD_OR_LOCKED)
    names = [part.filename for part in parts]
    if any(_MACROS.search(each) for each in names):
        raise CannotTake(Trouble.MACROS)
    found = _open_document(content) or _microsoft_document(names)
    if not found:
        raise CannotTake(Trouble.PARCEL)
    return found


def _open_document(content: bytes) -> str:
    """The kind of OpenDocument file: its first part says so, unpacked, right at the beginning."""
    name_length = int.from_bytes(content[26:28], "little")
    begins = 30 + name_length + int.from_bytes(content[28:30], "little")
    if content[30 : 30 + name_length] != b"mimetype":
        return ""
    said = content[begins : begins + 80]
    open_kinds = [each for each in KINDS.values() if each.mimetype.startswith(_OPEN)]
    return next(
        (each.key for each in open_kinds if said.startswith(each.mimetype.encode() + b"PK")), ""
    )


def _microsoft_document(names: Iterable[str]) -> str:
    """The kind of office file by its main part; nothing where it has none, or several."""
    there = set(names)
    if "[Content_Types].xml" not in there:
        return ""
    found = {
        key for key, main in _MAIN_PARTS.items() if any(main.fullmatch(each) for each in there)
    }
    return found.pop() if len(found) == 1 else ""
