"""What a setting has to be like: each of these says what is wrong with one, or that nothing is."""

import ipaddress
import re
from itertools import pairwise
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from zetwpo.addresses import NotAnAddress, clean_address, read_sender
from zetwpo.characters import is_blank

# With the one driver for each that is installed here.
DATABASES = frozenset({"sqlite", "postgres", "postgresql", "postgresql+psycopg"})
SHORTEST_KEY = 32
LONGEST_ORGANISATION = 240
# Of what chance makes, even in 32 digits from 0 to f, practically all have far more than this; of
# what somebody makes up by pressing a key, or repeating a word, practically none.
FEWEST_SIGNS, FEWEST_PAIRS, FEWEST_STEPS = 8, 18, 8
# A name with labels as long as they may be, or an address on the network, in brackets if it is of
# version 6.
HOST = re.compile(
    r"(?!.{254})(?:(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?|\[[0-9a-f:.]{2,45}\])",
    re.ASCII | re.IGNORECASE,
)


def is_this_machine(host: str) -> bool:
    """True for a name or address by which a machine calls itself, and nobody else."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def key_problem(key: str) -> str:
    """Why this key signs nothing that could be relied on; empty where it does."""
    if len(key) < SHORTEST_KEY:
        return f"needs at least {SHORTEST_KEY} characters"
    pairs = set(pairwise(key))
    steps = {ord(after) - ord(before) for before, after in pairs}
    if len(set(key)) < FEWEST_SIGNS or len(pairs) < FEWEST_PAIRS or len(steps) < FEWEST_STEPS:
        return "can be guessed: let chance make it, for instance `openssl rand -base64 48`"
    return ""


def address_problem(address: str) -> str:
    """Why links cannot begin with this address; empty where they can.

    Only what is on this machine needs no encryption. The pages live at the top of a site.
    """
    try:
        parts = urlsplit(address)
        is_whole = HOST.fullmatch(_host(parts.netloc)) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.scheme not in {"http", "https"}:
        return "must be an address that starts with https://, like https://scan.school.example"
    if parts.scheme == "http" and not is_this_machine(parts.hostname or ""):
        return "must be an address that starts with https://"
    if parts.path.strip("/") or set("?#@\\") & set(address) or not address.isprintable():
        return (
            "must be the address of the site and no more, like https://scan.school.example: "
            "no user, no path, nothing behind a ? or #"
        )
    return ""


def _host(place: str) -> str:
    return re.sub(r":\d*$", "", place.rpartition("@")[2])


def host_problem(host: str) -> str:
    """Why this is no name or address of a machine; empty where it is one."""
    if HOST.fullmatch(host) or is_address(host):
        return ""
    return "must be the name or address of a machine and no more: the port has a setting of its own"


def sender_problem(sender: str) -> str:
    """Why no mail can come from this; empty where it can."""
    if not sender.strip():
        return "is missing"
    try:
        read_sender(sender)
    except NotAnAddress:
        return "must be an address, or a name with the address behind it: De Linde <a@school.nl>"
    return ""


def organisation_problem(name: str) -> str:
    """Why no organisation stands in the foot of every page by this; empty where one can."""
    if is_blank(name) or not name.isprintable() or len(name) > LONGEST_ORGANISATION:
        return (
            f"must be one line of at most {LONGEST_ORGANISATION} characters: the organisation, "
            "and its address behind a comma"
        )
    return ""


def contact_problem(address: str) -> str:
    """Why nobody gets help at this; empty where somebody may."""
    try:
        is_bare = clean_address(address) == address
    except NotAnAddress:
        is_bare = False
    return "" if is_bare else "must be a mail address and no more, like hulp@school.nl"


def database_problem(address: str) -> str:
    """Why no database of ours can be at this address; empty where one can, or none is named."""
    scheme = address.partition(":")[0]
    if not address:
        return ""
    if scheme in DATABASES and is_database_address(address):
        is_in_memory = scheme == "sqlite" and make_url(address).database in {None, "", ":memory:"}
        return "must name a file: in memory, nothing would be kept" if is_in_memory else ""
    return "must be an address like postgresql://user:password@host/name"


def is_database_address(address: str) -> bool:
    """True where SQLAlchemy can read it."""
    try:
        make_url(address)
    except (ArgumentError, ValueError):
        return False
    return True


def is_address(host: str) -> bool:
    """True for an address on the network, in figures."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
