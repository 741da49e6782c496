"""What a camera writes into a picture or a film besides what it shows: where, when, whose, which.

People photograph a flip-over and mean to give the flip-over, not the place where they live. So only
those parts stay of which a picture or a film is made, by a list for each kind; how it is to be
turned is said anew. The picture itself is copied and never packed again: not one dot of it changes.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from zetwpo.cycle.shelf.file_kinds import CannotTake, Kind, Trouble

# Of one file. One of ten megabytes has some thousands.
MOST_PARTS = 100_000


def without_traces(kind: Kind, content: bytes) -> bytes:
    """A file of this kind without what it tells of who made it; of other kinds, as it is.

    Raises CannotTake for one that is not built as files of its kind are: nobody knows what is where
    in it.
    """
    clean = _CLEAN.get(kind.key)
    return clean(content) if clean else content


# ---------------------------------------------------------------------------------------- EXIF

UPRIGHT = 1
_TURNS = range(1, 9)
_ORIENTATION, _SHORT = 0x0112, 3
# How it counts, by how it begins.
_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
# What stands before it in a JPEG, and by mistake in other pictures as well.
_EXIF = b"Exif\0\0"


def turn_of(exif: bytes) -> int:
    """How a picture is to be turned or mirrored before it shows, 1 (not at all) to 8."""
    told = exif.removeprefix(_EXIF)
    order = _ORDERS.get(told[:4])
    if order is None or len(told) < 8:
        return UPRIGHT
    [begins] = struct.unpack_from(f"{order}I", told, 4)
    [entries] = struct.unpack(f"{order}H", told[begins : begins + 2].ljust(2, b"\0"))
    for place in range(begins + 2, min(begins + 2 + 12 * entries, len(told) - 11), 12):
        tag, sort, count, turn = struct.unpack_from(f"{order}HHIH", told, place)
        if (tag, sort, count) == (_ORIENTATION, _SHORT, 1) and turn in _TURNS:
            return int(turn)
    return UPRIGHT


def exif_with(turn: int) -> bytes:
    """What says how to turn a picture, and nothing else; empty where there is nothing to turn."""
    if turn == UPRIGHT:
        return b""
    return struct.pack(">4sIHHHIHHI", b"MM\0*", 8, 1, _ORIENTATION, _SHORT, 1, turn, 0, 0)


# ---------------------------------------------------------------------------------------- JPEG

# Where a part begins. What else follows this byte belongs to the picture. Between parts nothing
# stands; what does so all the same is skipped, as whoever shows a JPEG skips it.
_MARK = re.compile(b"\xff[\xc0-\xcf\xd9-\xfe]")
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
# For any program to write into, and what of it a picture needs: its size on paper, its colours, and
# how these are counted.
_OF_PROGRAMS = range(0xE0, 0xF0)
_KEPT_IN_JPEG = re.compile(b"\xff(\xe0..JFIF\0|\xe2..ICC_PROFILE\0|\xee..Adobe)", re.DOTALL)
_EXIF_OF_JPEG = 0xE1


def _clean_jpeg(content: bytes) -> bytes:
    kept = [content[:2]]
    has_picture = False
    for part in _parts_of_jpeg(content):
        mark = part[1]
        has_picture = has_picture or mark == _SCAN
        if mark == _EXIF_OF_JPEG and part[4:].startswith(_EXIF):
            kept.append(_as_part_of_jpeg(exif_with(turn_of(part[4:]))))
        elif mark != _COMMENT and (mark not in _OF_PROGRAMS or _KEPT_IN_JPEG.match(part)):
            kept.append(part)
    if not has_picture:
        raise CannotTake(Trouble.BROKEN)
    return b"".join(kept)


def _parts_of_jpeg(content: bytes) -> Iterator[bytes]:
    """Its parts, to the end of the picture: what comes then is another one, or a film.

    A scan comes with what is in it. The last one may lack its end: some cameras leave it out.
    """
    place = 2
    for _part in range(MOST_PARTS):
        found = _MARK.search(content, place)
        if found is None:
            return
        begins, mark = found.start(), found[0][1]
        if mark == _END:
            yield found[0]
            return
        length = int.from_bytes(content[begins + 2 : begins + 4], "big")
        place = begins + 2 + length
        if length < 2 or place > len(content):
            raise CannotTake(Trouble.BROKEN)
        if mark == _SCAN:
            following = _MARK.search(content, place)
            place = following.start() if following else len(content)
        yield content[begins:place]
    raise CannotTake(Trouble.BROKEN)


def _as_part_of_jpeg(exif: bytes) -> bytes:
    if not exif:
        return b""
    told = _EXIF + exif
    return struct.pack(">BBH", 0xFF, _EXIF_OF_JPEG, len(told) + 2) + told


# ----------------------------------------------------------------------------------------- PNG

_HEAD_OF_PNG = 8
# Of what can be left out, that which says how the picture looks, or moves.
_KEPT_IN_PNG = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST sPLT pHYs acTL fcTL fdAT".split()
)


def _clean_png(content: bytes) -> bytes:
    kept = [content[:_HEAD_OF_PNG]]
    for name, part in _parts_of_png(content):
        if name == b"eXIf":
            kept.append(_as_part_of_png(exif_with(turn_of(part[8:-4]))))
        elif name[:1].isupper() or name in _KEPT_IN_PNG:
            kept.append(part)
    return b"".join(kept)


def _parts_of_png(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Its parts with their names, to its end: what comes then may be all that was cut off it."""
    place = _HEAD_OF_PNG
    for _part in range(MOST_PARTS):
        begins, name = place, content[place + 4 : place + 8]
        place += 12 + int.from_bytes(content[place : place + 4], "big")
        if place > len(content):
            break
        yield name, content[begins:place]
        if name == b"IEND":
            return
    raise CannotTake(Trouble.BROKEN)


def _as_part_of_png(exif: bytes) -> bytes:
    if not exif:
        return b""
    told = b"eXIf" + exif
    return struct.pack(">I", len(exif)) + told + struct.pack(">I", zlib.crc32(told))


# ---------------------------------------------------------------------------------------- WebP

_HEAD_OF_WEBP = 12
_SAYS_WHAT_IS_THERE = b"VP8X"
_PICTURES = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_KEPT_IN_WEBP = _PICTURES | {_SAYS_WHAT_IS_THERE, b"ALPH", b"ANIM", b"ICCP"}
_HAS_XMP, _HAS_EXIF = 0x04, 0x08


def _clean_webp(content: bytes) -> bytes:
    parts = list(_parts_of_webp(content))
    if not any(name in _PICTURES for name, _told in parts):
        raise CannotTake(Trouble.BROKEN)
    exif = exif_with(next((turn_of(told) for name, told in parts if name == b"EXIF"), UPRIGHT))
    kept = [(name, told) for name, told in parts if name in _KEPT_IN_WEBP]
    if exif:
        kept.append((b"EXIF", exif))
    made = b"WEBP" + b"".join(_as_part_of_webp(name, told, bool(exif)) for name, told in kept)
    return b"RIFF" + struct.pack("<I", len(made)) + made


def _parts_of_webp(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Its parts with their names, as far as it says that it goes."""
    place = _HEAD_OF_WEBP
    ends = 8 + int.from_bytes(content[4:8], "little")
    for _part in range(MOST_PARTS):
        if place >= ends:
            return
        name, length = content[place : place + 4], content[place + 4 : place + 8]
        begins = place + 8
        place = begins + int.from_bytes(length, "little")
        if place > min(ends, len(content)):
            break
        yield name, content[begins:place]
        # Each begins at an even place.
        place += place % 2
    raise CannotTake(Trouble.BROKEN)


def _as_part_of_webp(name: bytes, told: bytes, has_exif: bool) -> bytes:
    if name == _SAYS_WHAT_IS_THERE and told:
        said = told[0] & ~(_HAS_XMP | _HAS_EXIF) | (_HAS_EXIF if has_exif else 0)
        told = bytes([said]) + told[1:]
    return name + struct.pack("<I", len(told)) + told + b"\0" * (len(told) % 2)


# ----------------------------------------------------------------------------------------- MP4

# What a film plays from: on top, in the part about the whole film, and in one about its picture or
# its sound.
_KEPT_IN_FILM = (
    frozenset(b"ftyp styp pdin moov mdat moof mfra sidx ssix prft emsg".split()),
    frozenset(b"mvhd trak mvex iods pssh".split()),
    frozenset(b"tkhd edts tref trgr mdia".split()),
)
_HOLD_OTHERS = (b"moov", b"trak", b"")


def _clean_film(content: bytes) -> bytes:
    film = bytearray(content)
    _blank(film, 0, len(film), 0, iter(range(MOST_PARTS)))
    return bytes(film)


def _blank(film: bytearray, place: int, ends: int, level: int, parts: Iterator[int]) -> None:
    """Empty what is not played, and leave all else in its place: a film is full of places."""
    while place < ends:
        if next(parts, None) is None:
            raise CannotTake(Trouble.BROKEN)
        size, name, long = struct.unpack(">I4sQ", film[place : place + 16].ljust(16, b"\0"))
        begins = place + (16 if size == 1 else 8)
        # A size of nothing: to the end.
        follows = place + ((long if size == 1 else size) or ends - place)
        if not begins <= follows <= ends:
            raise CannotTake(Trouble.BROKEN)
        if name == _HOLD_OTHERS[level]:
            _blank(film, begins, follows, level + 1, parts)
        elif name not in _KEPT_IN_FILM[level]:
            film[place + 4 : place + 8] = b"free"
            film[begins:follows] = bytes(follows - begins)
        place = follows


_CLEAN: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": _clean_jpeg,
    "png": _clean_png,
    "webp": _clean_webp,
    "mp4": _clean_film,
}
