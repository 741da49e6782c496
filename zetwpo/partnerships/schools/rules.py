"""What holds for the schools of a partnership, without a database."""

from zetwpo.characters import as_read

# More than the largest partnership has with all its locations; they stand on one page.
MOST_SCHOOLS = 250
# What can be changed of one.
NAMES = ("name", "kind")


def has_letters(name: str) -> bool:
    """True where two such names can be told apart when they are read."""
    return bool(as_read(name))
