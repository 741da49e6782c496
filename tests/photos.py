"""Pictures and films as cameras make them: with where, when, whose and with what."""

import struct
import zlib

from tests.pages.shelves import JPEG, MP4, PNG, WEBP

# What nobody means to give, in each place where a camera or a program writes it.
SECRET = b"52 5 21 N, Olga Owner"
UPRIGHT = 1


def exif(turn: int, order: str = ">") -> bytes:
    """What a camera says of a picture: its owner, how to turn it, and where that was."""
    entries = [
        (0x010F, 2, len(SECRET), 100),
        (0x0112, 3, 1, turn if order == "<" else turn << 16),
        (0x8825, 4, 1, 100),
    ]
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}IH", 8, len(entries))
    told = head + b"".join(struct.pack(f"{order}HHII", *each) for each in entries)
    return told.ljust(100, b"\0") + SECRET


def jpeg_part(mark: int, told: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(told) + 2) + told


def png_part(name: bytes, told: bytes) -> bytes:
    ending = struct.pack(">I", zlib.crc32(name + told))
    return struct.pack(">I", len(told)) + name + told + ending


def webp_part(name: bytes, told: bytes) -> bytes:
    return name + struct.pack("<I", len(told)) + told + b"\0" * (len(told) % 2)


def box(name: bytes, *inside: bytes) -> bytes:
    told = b"".join(inside)
    return struct.pack(">I", len(told) + 8) + name + told


def jpeg(turn: int = UPRIGHT, order: str = ">") -> bytes:
    """A photo, with a second one behind it as phones put it there."""
    head = 20
    told = [
        jpeg_part(0xE1, b"Exif\0\0" + exif(turn, order)),
        jpeg_part(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        jpeg_part(0xE2, b"ICC_PROFILE\0\1\1colours"),
        jpeg_part(0xE2, b"MPF\0" + SECRET),
        jpeg_part(0xED, b"Photoshop 3.0\0" + SECRET),
        jpeg_part(0xFE, SECRET),
    ]
    second = JPEG[:2] + jpeg_part(0xE1, b"Exif\0\0" + exif(turn)) + JPEG[2:]
    return JPEG[:head] + b"".join(told) + JPEG[head:] + second


def png(turn: int = UPRIGHT, order: str = ">") -> bytes:
    """A picture, with what was cut off it still behind its end."""
    head = 33
    told = [
        png_part(b"eXIf", exif(turn, order)),
        png_part(b"tEXt", b"Author\0" + SECRET),
        png_part(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET),
        png_part(b"zTXt", b"Comment\0\0" + SECRET),
        png_part(b"pHYs", b"\0\0\x0b\x13\0\0\x0b\x13\1"),
        png_part(b"prVt", SECRET),
    ]
    return PNG[:head] + b"".join(told) + PNG[head:] + SECRET


def webp(turn: int = UPRIGHT, order: str = ">") -> bytes:
    """A picture in the longer form, which has room for what is told of it."""
    size = b"\x0f\0\0\x07\0\0"
    parts = [
        webp_part(b"VP8X", b"\x0c\0\0\0" + size),
        WEBP[12:],
        webp_part(b"EXIF", exif(turn, order)),
        webp_part(b"XMP ", SECRET),
        webp_part(b"PRVT", SECRET),
    ]
    told = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(told)) + told + SECRET


def mp4(mdat: bytes = b"picture and sound") -> bytes:
    """A film of a phone that knows where it is."""
    where = box(b"udta", box(b"\xa9xyz", SECRET))
    track = box(b"trak", box(b"tkhd", b"head"), where, box(b"mdia", b"how it plays"))
    return (
        MP4
        + box(b"moov", box(b"mvhd", b"head"), where, track, box(b"meta", SECRET))
        + box(b"uuid", SECRET)
        + box(b"free", SECRET)
        + box(b"mdat", mdat)
    )


PHOTOS = {"jpeg": jpeg, "png": png, "webp": webp}
