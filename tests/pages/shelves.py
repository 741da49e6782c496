"""Files for shelves, and how a browser sends them."""

import io
import zipfile
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from tests.pages.client import Browser, Page
from zetwpo.cycle.shelf.file_kinds import KINDS

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n%%EOF\n"
# Pictures of two halves, black and white, side by side.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAAAAADVHSBLAAAAFElEQVR4nGNkgIL/UJqJAQ3QRwAAg0kBDwOf9hsAAA"
    "AASUVORK5CYII="
)
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1"
    "tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAABgf/xAAUEAEAAAAA"
    "AAAAAAAAAAAAAAAA/9oACAEBAAA/ADKmP//Z"
)
WEBP = b64decode("UklGRiYAAABXRUJQVlA4TBoAAAAvD8ABAA8w//M///MfeBALJvOX7kwhov+hAw==")
GIF = b"GIF89a" + b"\x01\x00" * 20
MP3 = b"ID3\x03" + b"\x00" * 60
SOUND = b"\xff\xfb\x90\x44" + b"\x00" * 413
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
TEXT = "Wat vroeg je, en wat zei je zelf? Één zin is genoeg.\n".encode()


def parcel(
    *names: str, first: str = "", inside: Mapping[str, bytes] | None = None, **packed: Any
) -> bytes:
    """A zip file with these parts; before them, unpacked, what it says that it is.

    Besides those of which it matters what is `inside`.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        if first:
            opened.writestr("mimetype", first, zipfile.ZIP_STORED)
        for name in names:
            opened.writestr(name, b"<part/>", **packed)
        for name, content in (inside or {}).items():
            opened.writestr(name, content)
    return made.getvalue()


def office(main: str, *more: str) -> bytes:
    """What an office program of Microsoft makes."""
    return parcel("[Content_Types].xml", "_rels/.rels", main, *more)


DOCX = office("word/document.xml")
GOOD = {
    "pdf": PDF,
    "docx": DOCX,
    "pptx": office("ppt/presentation.xml"),
    "xlsx": office("xl/workbook.xml"),
    **{each: parcel("content.xml", first=KINDS[each].mimetype) for each in ("odt", "odp", "ods")},
    "png": PNG,
    "jpeg": JPEG,
    "webp": WEBP,
    "gif": GIF,
    "mp3": MP3,
    "mp4": MP4,
    "text": TEXT,
}


def put(
    browser: Browser, path: str, file: bytes | None = None, name: str = "form.pdf", **fields: str
) -> Page:
    """Put something on the shelf with this address, as the form of its page sends it."""
    form = browser.get(f"{path}/new").fields("/shelf/new")
    data: dict[str, Any] = {
        **form,
        "title": "The three questions",
        "section": "theory",
        **fields,
        "file": (io.BytesIO(file or b""), name if file is not None else ""),
    }
    headers = {"Origin": "http://localhost"}
    response = browser.client.post(f"{path}/new", data=data, headers=headers)
    return Page(browser, response, f"{path}/new")
