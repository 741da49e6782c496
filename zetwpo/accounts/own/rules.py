"""What a person changes about their account, without a database."""

from dataclasses import dataclass

from zetwpo.edits import Fields

# What can be changed on one page, by the names of its fields.
NAMES = ("name", "language")


@dataclass(frozen=True)
class Profile:
    """What somebody is called, and the language in which pages and mails are for them."""

    name: str
    language: str

    @property
    def fields(self) -> Fields:
        """The same by the names of the fields."""
        return {name: getattr(self, name) for name in NAMES}
