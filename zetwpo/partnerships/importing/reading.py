"""Reads a list, whatever it turns out to be: its first bytes tell, and not its name."""

from zetwpo.partnerships.importing.delimited import decode, read_text
from zetwpo.partnerships.importing.tables import CannotRead, Table, Trouble
from zetwpo.partnerships.importing.workbook import read_workbook

# In bytes.
LARGEST_FILE = 5 * 1024 * 1024
_ZIP = b"PK\x03\x04"
# Microsoft's container of before 2007; a workbook with a password is in one until today.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FIRST_BYTES = {
    b"%PDF": Trouble.DOCUMENT,
    b"{\\rtf": Trouble.DOCUMENT,
    b"\x89PNG": Trouble.IMAGE,
    b"\xff\xd8\xff": Trouble.IMAGE,
    b"GIF8": Trouble.IMAGE,
    b"RIFF": Trouble.IMAGE,
    b"BM": Trouble.IMAGE,
    b"II*\0": Trouble.IMAGE,
    b"MM\0*": Trouble.IMAGE,
    b"\0\0\0": Trouble.IMAGE,
}
# What some systems give out under the name of a spreadsheet.
_WEB_PAGE = ("<!doctype", "<html", "<?xml", "<table")


def read_file(content: bytes) -> Table:
    """The table in a file: a workbook, or text of some kind. Raises CannotRead."""
    if content.startswith(_ZIP):
        return read_workbook(content)
    if content.startswith(_OLE):
        raise CannotRead(Trouble.PASSWORD if _ENCRYPTED in content else Trouble.OLD_EXCEL)
    for first, trouble in _FIRST_BYTES.items():
        if content.startswith(first) and (len(first) > 2 or b"\0" in content[:64]):
            raise CannotRead(trouble)
    text = decode(content)
    if text.lstrip("\ufeff \r\n\t")[:9].lower().startswith(_WEB_PAGE):
        raise CannotRead(Trouble.WEB_PAGE)
    return read_text(text)
