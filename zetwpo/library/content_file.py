"""The words of content, in two languages, and reading a content file.

Every mistake is reported with its file, item and language.
"""

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from markupsafe import Markup, escape
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from zetwpo.characters import in_one_direction, is_blank, set_apart, without_controls
from zetwpo.errors import StartRefused
from zetwpo.i18n import Language, language, writing_in
from zetwpo.library.checking import MAY_LACK_ENGLISH, shaped
from zetwpo.library.plain_yaml import ContentLoader, NotPlain
from zetwpo.library.problems import Unreadable

CONTENT = Path(__file__).parent / "content"

DUTCH = Markup(' lang="nl"')
# Where the name of the supervisor goes, in words of a form that somebody else fills in.
SUPERVISOR = "{supervisor}"
# Letters of any text, so that nobody stores a book; what fits its place is less (`rules.py`).
LONGEST_WORDS = 5000


def _on_one_line(words: Any) -> Any:
    """The words without line ends, spaces around them, and what nobody can see."""
    if not isinstance(words, str):
        return words
    line = " ".join(in_one_direction(without_controls(words)).split())
    return "" if is_blank(line) else line


def _without_a_name(words: str) -> str:
    if braces := re.search(r"[{}].*", words):
        raise PydanticCustomError("no_name", "{braces}", {"braces": braces[0]})
    return words


def _with_a_name_at_most(words: str) -> str:
    if braces := re.search(r"[{}].*", words.replace(SUPERVISOR, "")):
        raise PydanticCustomError("other_name", "{braces}", {"braces": braces[0]})
    return words


def _or_left_out(
    words: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> Any | None:
    """Nothing, where a partnership leaves out the English of its own content."""
    if words is None or (isinstance(words, str) and not words.strip()) or words == []:
        if (info.context or {}).get(MAY_LACK_ENGLISH):
            return None
        raise PydanticCustomError("missing", "")
    return validate(words)


_Words = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=LONGEST_WORDS),
    BeforeValidator(_on_one_line),
]
Words = Annotated[_Words, AfterValidator(_without_a_name)]
WordsAbout = Annotated[_Words, AfterValidator(_with_a_name_at_most)]
Lines = Annotated[tuple[Words, ...], Field(min_length=1)]
_Perhaps = (WrapValidator(_or_left_out), Field(validate_default=True))
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Content = TypeVar("Content", bound="ContentModel")


class ContentModel(BaseModel):
    """Part of a content file. What is not expected is a mistake, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Loaded once, so each item is itself; comparing all its words takes long.
    def __hash__(self) -> int:
        return id(self)


class InBothLanguages(ContentModel):
    """The same words in both languages. Where the English is left out, the Dutch stands in."""

    nl: str
    en: str | None = None

    def in_language(self, chosen: Language) -> str:
        """The words in this language."""
        return self.en if chosen == "en" and self.en is not None else self.nl

    @property
    def lang(self) -> Markup:
        """For the tag around them: that they are Dutch, on a page that is not."""
        return DUTCH if self.en is None and language() != "nl" else Markup()


class LocalText(InBothLanguages):
    """Words that are the same whoever they are about."""

    nl: Words
    en: Annotated[Words | None, *_Perhaps] = None

    def __str__(self) -> str:
        """The words in the language of the page that is being written."""
        return self.in_language(language())

    def __html__(self) -> str:
        """The same for a page: templates ask for this first."""
        return escape(self.in_language(language()))


class TextAbout(InBothLanguages):
    """Words about a supervisor, whose name may stand in them.

    They cannot be written without saying whom they are about, so no page forgets the name.
    """

    nl: WordsAbout
    en: Annotated[WordsAbout | None, *_Perhaps] = None

    @property
    def has_name(self) -> bool:
        """True where the name of the supervisor goes into them."""
        return SUPERVISOR in self.nl or SUPERVISOR in (self.en or "")

    def about(self, supervisor: str) -> str:
        """The words in the language of the page that is being written, with this name.

        Nothing in the name itself is read as a place for another one, and letters that run from
        the right turn around nothing but themselves.
        """
        return self.in_language(language()).replace(SUPERVISOR, set_apart(supervisor))

    def __str__(self) -> str:
        """Refuse."""
        raise TypeError("say whom this is about")

    __html__ = __str__


class LocalLines(ContentModel):
    """A label with its line breaks, in both languages."""

    nl: Lines
    en: Annotated[Lines | None, *_Perhaps] = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines in the language of the page that is being written."""
        return self.en if language() == "en" and self.en is not None else self.nl


def read_raw(path: Path) -> Any:
    """What one file holds, as words, lists and mappings.

    Raises StartRefused with the file and, where it is known, the line.
    """
    name = name_of(path)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), ContentLoader)  # noqa: S506 (words only)
    except FileNotFoundError:
        raise StartRefused(f"{name}: this content file is missing") from None
    except NotPlain as error:
        with writing_in("en"):
            raise StartRefused(f"{name}, line {error.line}: {error.message}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        where = f", line {place.line + 1}" if place else ""
        problem = getattr(error, "problem", None) or "this is not readable"
        raise StartRefused(f"{name}{where}: {problem}") from None


def read(path: Path, model: type[Content]) -> Content:
    """Read one file as this kind of content.

    Raises StartRefused with the file, the item and, where it is a text, the language.
    """
    try:
        return shaped(read_raw(path), model)
    except Unreadable as error:
        with writing_in("en"):
            lines = [f"{name_of(path)}: {problem}" for problem in error.problems]
        raise StartRefused("\n".join(lines)) from None


def name_of(path: Path) -> str:
    """What a refusal calls this file."""
    return f"{path.parent.name}/{path.name}"
