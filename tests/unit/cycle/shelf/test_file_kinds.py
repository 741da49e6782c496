"""What a file is, by what is in it; what lies about itself, hides something or would swell."""

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.shelves import (
    DOCX,
    GIF,
    GOOD,
    JPEG,
    MP3,
    PDF,
    PNG,
    SOUND,
    TEXT,
    office,
    parcel,
)
from zetwpo.cycle.shelf import file_kinds
from zetwpo.cycle.shelf.file_kinds import (
    KINDS,
    LARGEST_LIST,
    MOST_PARTS,
    CannotTake,
    Trouble,
    recognise,
)


@pytest.mark.parametrize("key", sorted(GOOD))
def test_each_kind_on_the_list_is_recognised(key: str) -> None:
    kind = KINDS[key]
    for ending in kind.endings:
        assert recognise(GOOD[key], f"A name{ending.upper()}") is kind
    # Some phones send no ending at all.
    assert recognise(GOOD[key], "photo") is kind


def test_every_kind_has_a_file_here() -> None:
    assert set(GOOD) == set(KINDS)


def trouble_of(content: bytes, name: str = "name") -> Trouble:
    with pytest.raises(CannotTake) as refused:
        recognise(content, name)
    return refused.value.trouble


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "plan.pdf"),
        (PDF, "plan.docx"),
        (DOCX, "plan.xlsx"),
        (JPEG, "photo.png"),
        (TEXT, "notes.pdf"),
        (MP3, "song.mp4"),
        (PDF, "plan.html"),
        (GIF, "picture.svg"),
        (TEXT, "script.js"),
        (DOCX, "plan.docm"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_that_lies_is_refused_with_what_it_is(content: bytes, name: str) -> None:
    with pytest.raises(CannotTake) as refused:
        recognise(content, name)
    assert refused.value.trouble is Trouble.NAME
    assert refused.value.kind is recognise(content, "name")


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500


LIST = "[Content_Types].xml"


def listing(kind: str, *names: str, encoding: str = "utf-8") -> bytes:
    """What an office program makes, with a part of this kind in its list."""
    listed = f'<Types><Override PartName="/x" ContentType="{kind}"/></Types>'
    return parcel("_rels/.rels", *names, inside={LIST: listed.encode(encoding)})


REFUSED = {
    "empty": (b"", Trouble.EMPTY),
    "page": (b"<!doctype html><script>alert(1)</script>", Trouble.ACTIVE),
    "page with a mark": (b"\xef\xbb\xbf  \n<HTML>", Trouble.ACTIVE),
    "drawing": (b"<?xml version='1.0'?><svg onload='alert(1)'/>", Trouble.ACTIVE),
    "words and a script": (b"Some words first <script>alert(1)</script>", Trouble.ACTIVE),
    "shell": (b"#!/bin/sh\nrm -rf /\n", Trouble.ACTIVE),
    "server script": (b"<?php system('id');", Trouble.ACTIVE),
    "windows program": (b"MZ\x90\x00" + b"\x00" * 200, Trouble.ACTIVE),
    "linux program": (b"\x7fELF" + b"\x00" * 200, Trouble.ACTIVE),
    "old office": (OLD, Trouble.OLD_OR_LOCKED),
    "photo of a phone": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", Trouble.PHONE_PHOTO),
    "film of a phone": (b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00", Trouble.OTHER),
    "zero in text": (b"words \x00 and a zero", Trouble.OTHER),
    "old alphabet": (b"caf\xe9 in an old alphabet", Trouble.OTHER),
    "zeros": (b"\x00" * 100, Trouble.OTHER),
    "pdf that begins later": (b"  %PDF-1.7 that begins later\x00", Trouble.OTHER),
    "zip": (parcel("a.txt", "b.txt"), Trouble.PARCEL),
    "java": (parcel("META-INF/MANIFEST.MF", "A.class"), Trouble.PARCEL),
    "no types": (parcel("word/document.xml"), Trouble.PARCEL),
    "two documents": (office("word/document.xml", "xl/workbook.xml"), Trouble.PARCEL),
    "book": (parcel("content.xml", first="application/epub+zip"), Trouble.PARCEL),
    "macros": (office("word/document.xml", "word/vbaProject.bin"), Trouble.MACROS),
    "old macros": (office("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), Trouble.MACROS),
    "open macros": (
        parcel("Basic/Standard/Module1.xml", first=KINDS["odt"].mimetype),
        Trouble.MACROS,
    ),
    "macros under another name": (
        listing("application/vnd.ms-office.vbaProject", "word/document.xml", "word/more.bin"),
        Trouble.MACROS,
    ),
    "a document that says that it has macros": (
        listing("application/vnd.ms-word.document.MACROENABLED.main+xml", "word/document.xml"),
        Trouble.MACROS,
    ),
    "the same in letters of two bytes": (
        listing("application/vnd.ms-office.vbaProject", "word/document.xml", encoding="utf-16"),
        Trouble.MACROS,
    ),
    "open and locked": (
        parcel(
            "content.xml",
            first=KINDS["odt"].mimetype,
            inside={"META-INF/manifest.xml": b"<manifest:encryption-data/>"},
        ),
        Trouble.OLD_OR_LOCKED,
    ),
    "a list without end": (
        parcel("word/document.xml", inside={LIST: b" " * (LARGEST_LIST + 1)}),
        Trouble.TOO_LARGE_INSIDE,
    ),
    "a list that is packed otherwise": (
        parcel(LIST, "word/document.xml", compress_type=zipfile.ZIP_LZMA),
        Trouble.BROKEN,
    ),
    "leads out": (office("word/document.xml", "../../run.exe"), Trouble.PARCEL),
    "leads out on windows": (office("word/document.xml", "x\\..\\run.exe"), Trouble.PARCEL),
    "leads to the top": (office("word/document.xml", "/etc/run"), Trouble.PARCEL),
    "a page far below": (b" \n" * 2000 + b"<html><script>alert(1)</script>", Trouble.ACTIVE),
    "rich text": (b"{\\rtf1\\ansi words}", Trouble.OTHER),
    "cut off": (DOCX[:-30], Trouble.BROKEN),
    "no directory": (b"PK\x03\x04" + b"\x00" * 300, Trouble.BROKEN),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_on_the_list_is_refused_with_a_reason(name: str) -> None:
    content, trouble = REFUSED[name]
    assert trouble_of(content) is trouble


def test_sound_without_a_heading_is_sound() -> None:
    assert recognise(SOUND, "talk.mp3") is KINDS["mp3"]


@pytest.mark.parametrize("inside", [PNG, GIF, PDF], ids=["png", "gif", "pdf"])
def test_what_is_two_things_is_what_it_begins_with(inside: bytes) -> None:
    """A program that runs from the end of a picture stays a picture here, and is sent as one."""
    both = inside + parcel("META-INF/MANIFEST.MF", "A.class")
    assert recognise(both, "name").mimetype in {"image/png", "image/gif", "application/pdf"}


def test_a_parcel_that_swells_is_refused_and_never_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unpack(*_args: object, **_rest: object) -> None:
        raise AssertionError("nothing is unpacked")

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("[Content_Types].xml", "<x/>")
        for number in range(3):
            opened.writestr(f"word/document{number}.xml", b"\x00" * 1000)
    swelling = bytearray(made.getvalue())
    # Their sizes, as the directory says them: it may say what it likes.
    place = swelling.find(b"PK\x01\x02")
    while place >= 0:
        swelling[place + 24 : place + 28] = (400 * 1024 * 1024).to_bytes(4, "little")
        place = swelling.find(b"PK\x01\x02", place + 4)
    for name in ("open", "read", "extract", "extractall"):
        monkeypatch.setattr(zipfile.ZipFile, name, unpack)
    assert trouble_of(bytes(swelling)) is Trouble.TOO_LARGE_INSIDE


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_of_a_document_nothing_is_unpacked_but_the_list_of_its_parts(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    unpacked: list[str] = []
    unpack = zipfile.ZipFile.open

    def note(packed: zipfile.ZipFile, part: zipfile.ZipInfo, *rest: Any) -> Any:
        unpacked.append(part.filename)
        return unpack(packed, part, *rest)

    monkeypatch.setattr(zipfile.ZipFile, "open", note)
    assert recognise(GOOD[kind], f"plan.{kind}") is KINDS[kind]
    assert unpacked == {"docx": [LIST], "odt": []}[kind]


def test_a_directory_without_end_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_args: object) -> None:
        raise AssertionError("nothing is read")

    monkeypatch.setattr(file_kinds.zipfile, "ZipFile", read)
    content = b"PK\x03\x04" + b"PK\x01\x02" * (MOST_PARTS + 1)
    assert trouble_of(content) is Trouble.TOO_LARGE_INSIDE


@given(st.binary(max_size=300), st.sampled_from(sorted(GOOD)))
def test_whatever_comes_in_is_of_a_kind_or_refused(rest: bytes, key: str) -> None:
    for content in (rest, GOOD[key][:8] + rest, rest + GOOD[key]):
        with suppress(CannotTake):
            assert recognise(content, "name") in KINDS.values()
