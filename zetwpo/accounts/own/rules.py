"""What a person, or an administrator, changes about an account, without a database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from zetwpo import marks

# By the names of the fields of the page.
Fields = Mapping[str, str]
# A mark stands for what the page showed in a field.
Marks = Mapping[str, str]


@dataclass(frozen=True)
class Profile:
    """What somebody is called, and the language in which pages and mails are for them."""

    name: str
    language: str

    @property
    def fields(self) -> Fields:
        """The same by the names of the fields."""
        return {"name": self.name, "language": self.language}


@dataclass(frozen=True)
class Sent:
    """What came in from a page, with what it showed before; what is in `wrong` cannot be kept."""

    fields: Fields
    seen: Marks = field(default_factory=dict)
    wrong: Collection[str] = ()


def marks_of(profile: Profile) -> Marks:
    """What a page shows, for it to send back."""
    return marks.showing(_marks(profile.fields))


def overtaken(stored: Profile, sent: Sent) -> set[str]:
    """The fields that somebody else changed after this page was shown, and that differ from it."""
    return marks.overtaken(sent.seen, _marks(stored.fields), _marks(sent.fields))


def after(stored: Profile, sent: Sent) -> Profile:
    """What is to be stored: all that came in, but not what is wrong or waits for a choice."""
    left_out = overtaken(stored, sent) | set(sent.wrong)
    kept = {name: value for name, value in sent.fields.items() if name not in left_out}
    return Profile(**{**stored.fields, **kept})


def _marks(fields: Fields) -> dict[str, str]:
    return {name: marks.digest(value) for name, value in fields.items()}
