"""Mail addresses: as their owner types them, as they are compared, and as they go over the line.

What is typed stays, as far as it is the address: capitals, and the letters of a domain. Compared
is a normal form in which two spellings of one mailbox are the same.
"""

import enum
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

import email_validator
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from zetwpo.characters import is_invisible, without_invisible

LONGEST_ADDRESS = 254
# With a name around it.
LONGEST_TYPED = 400
# Whether a mail arrives, only sending it tells; inside its walls a school may use such a name.
# Changing this list is how the library is told; an argument for it there is none.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

_IN_BRACKETS = re.compile(r"([^<>]*)<([^<>]*)>[\s;,.]*")
_MAILTO = re.compile(r"mailto:/*([^?]*)(\?.*)?", re.IGNORECASE | re.DOTALL)
# As keyboards for Chinese and Japanese write them.
_SIGNS = str.maketrans({"\uff20": "@", "\ufe6b": "@", "\uff0e": ".", "\u3002": ".", "\uff61": "."})
# What stays behind when an address is cut out of a list or a sentence.
_BEFORE = ' \t\r\n;,:"“”„'
_AFTER = _BEFORE + "."


class Problem(enum.Enum):
    """What is wrong with something that should be an address."""

    INCOMPLETE = "incomplete"
    SEVERAL = "several"
    SPACE = "space"


class NotAnAddress(ValueError):
    """No mail can be sent to this."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Sender:
    """Whom mails come from; the name may be empty."""

    name: str
    address: str


def clean_address(text: str) -> str:
    """The one address in what somebody typed or pasted, as its owner writes it.

    Invisible characters and what stands around it are left out: spaces, `mailto:`, a name with
    angle brackets, a comma. Raises NotAnAddress.
    """
    typed = _unwrapped(text)
    validated = _validated(typed)
    name, _at, domain = typed.rpartition("@")
    # Browsers send xn--..., which is not how anybody writes it.
    letters = validated.domain if "xn--" in domain.lower() else domain
    return f"{name}@{letters}"


def normal_address(text: str) -> str:
    """The form in which addresses are compared: small letters, and the domain as it is in DNS.

    Not by case folding, which would make one mailbox of straße and strasse. For what is no
    address, the text itself in small letters.
    """
    try:
        return _normal(_unwrapped(text))
    except NotAnAddress:
        return text.strip().lower()


def written_address(address: str) -> str:
    """The address as a mail server takes it, with the domain as it is in DNS.

    Letters before the @ that are not ASCII stay (SMTPUTF8). Raises NotAnAddress.
    """
    name, _at, domain = address.rpartition("@")
    validated = _validated(address, globally=False)
    return f"{name}@{domain if domain.isascii() else validated.ascii_domain}"


def read_sender(text: str) -> Sender:
    """Read `address` or `Name <address>`; the name may hold commas, in quotes or not.

    Raises NotAnAddress.
    """
    named = _IN_BRACKETS.fullmatch(text.strip())
    name, address = named.groups() if named else ("", text)
    written = written_address(_unwrapped(address))
    if not written.isascii() or any(unicodedata.category(each) == "Cc" for each in name):
        raise NotAnAddress(Problem.INCOMPLETE)
    return Sender(_without_quotes(name.strip()), written)


def _without_quotes(name: str) -> str:
    quoted = re.fullmatch(r'"(.*)"', name)
    return re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else name


def _unwrapped(text: str) -> str:
    """What is left without all that people paste around an address."""
    if len(text) > LONGEST_TYPED:
        raise NotAnAddress(Problem.INCOMPLETE)
    bare = without_invisible(unicodedata.normalize("NFC", text)).translate(_SIGNS).strip()
    if named := _IN_BRACKETS.fullmatch(bare):
        bare = named[2]
    bare = _trimmed(bare)
    if linked := _MAILTO.fullmatch(bare):
        bare = _trimmed(unquote(linked[1]))
    return bare


def _trimmed(text: str) -> str:
    bare = text.strip().lstrip(_BEFORE).rstrip(_AFTER).strip()
    quoted = re.fullmatch(r"'(.*)'|‘(.*)’", bare)
    return (quoted[1] or quoted[2] or "") if quoted else bare


def _normal(address: str) -> str:
    name, _at, _domain = address.rpartition("@")
    small = unicodedata.normalize("NFC", name.lower())
    return f"{small}@{_validated(address, globally=False).ascii_domain}"


def _validated(address: str, *, globally: bool = True) -> ValidatedEmail:
    """The address in the words of the library.

    `globally` asks for a domain that can exist on the internet, and not only on this machine.
    """
    try:
        found = validate_email(address, check_deliverability=False, globally_deliverable=globally)
    except EmailNotValidError:
        raise NotAnAddress(_problem(address)) from None
    last = found.ascii_domain.rpartition(".")[2]
    name = address.rpartition("@")[0]
    if globally and len(last) < 2 or len(f"{name.lower()}@{found.ascii_domain}") > LONGEST_ADDRESS:
        raise NotAnAddress(Problem.INCOMPLETE)
    return found


def _problem(address: str) -> Problem:
    count = address.count("@")
    if count > 1:
        return Problem.SEVERAL
    hidden = any(each.isspace() or is_invisible(each) for each in address)
    return Problem.SPACE if count and hidden else Problem.INCOMPLETE
