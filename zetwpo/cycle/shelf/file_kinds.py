"""What a file is: found out from what is in it, never from what it is called or said to be.

There is a short list of what may lie on a shelf. Of a parcel (all office formats are zip files)
the directory is read, and the one part that says what the others are; both have a bound, and
nothing else is unpacked.
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
# A name that leads out of the folder in which somebody unpacks it.
_LEADS_OUT = re.compile(r"^[/\\]|(^|[/\\])\.\.([/\\]|$)")
# The part in which a document lists what its parts are, of Microsoft and of OpenDocument. A program
# goes by that list: a macro can be called anything.
_LISTS = ("[Content_Types].xml", "META-INF/manifest.xml")
# In bytes, unpacked: many times that of a document of thousands of parts.
LARGEST_LIST = 1024 * 1024
# As office programs pack; other ways can ask for any amount of memory.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LISTED_MACROS = re.compile(rb"contenttype\s*=\s*[\"'][^\"']*(vba|macro|activex)", re.IGNORECASE)
# Where OpenDocument is locked, as it says of each part.
_LISTED_LOCK = b"encryption-data"
# Of text, in characters: a page or a script says early what it is.
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
    head = text.lstrip()[:_HEAD].lower()
    if head.startswith(("<!", "<?", "<html", "<svg", "<script", "<head", "<body", "#!")):
        raise CannotTake(Trouble.ACTIVE)
    if "<script" in head or "<svg" in head or "<html" in head:
        raise CannotTake(Trouble.ACTIVE)
    # Letters all, and a document all the same: whoever opens it would see none of its words.
    return not head.startswith("{\\rtf")


def _document_in(content: bytes) -> str:
    """Which document this parcel is, by what it says of its parts. Raises CannotTake."""
    if content.count(_ENTRY) > MOST_PARTS:
        raise CannotTake(Trouble.TOO_LARGE_INSIDE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = _names_in(packed)
            listed = b"".join(_unpacked(packed, each) for each in _LISTS if each in names)
    except CannotTake:
        raise
    except Exception:
        # A damaged parcel is so in a hundred ways.
        raise CannotTake(Trouble.BROKEN) from None
    if any(_MACROS.search(each) for each in names) or _LISTED_MACROS.search(listed):
        raise CannotTake(Trouble.MACROS)
    if _LISTED_LOCK in listed:
        raise CannotTake(Trouble.OLD_OR_LOCKED)
    found = _open_document(content) or _microsoft_document(names)
    if not found:
        raise CannotTake(Trouble.PARCEL)
    return found


def _names_in(packed: zipfile.ZipFile) -> list[str]:
    """What its parts are called. Raises CannotTake for what nobody should unpack."""
    parts = packed.infolist()
    if sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise CannotTake(Trouble.TOO_LARGE_INSIDE)
    if any(part.flag_bits & 1 for part in parts):
        raise CannotTake(Trouble.OLD_OR_LOCKED)
    if any(_LEADS_OUT.search(part.filename) for part in parts):
        raise CannotTake(Trouble.PARCEL)
    return [part.filename for part in parts]


def _unpacked(packed: zipfile.ZipFile, name: str) -> bytes:
    """One part, in letters of one byte. Raises CannotTake where it is larger than it ever is."""
    part = packed.getinfo(name)
    if part.compress_type not in _PACKED:
        raise CannotTake(Trouble.BROKEN)
    with packed.open(part) as opened:
        content = opened.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise CannotTake(Trouble.TOO_LARGE_INSIDE)
    return content.replace(b"\0", b"")


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
