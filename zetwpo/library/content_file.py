"""Reading a content file: every mistake is reported with its file, item and language."""

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from markupsafe import escape
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from zetwpo.characters import set_apart
from zetwpo.errors import StartRefused
from zetwpo.i18n import Language, language

CONTENT = Path(__file__).parent / "content"

# Where the name of the supervisor goes, in words of a form that somebody else fills in.
SUPERVISOR = "{supervisor}"


def _without_a_name(words: str) -> str:
    if braces := re.search(r"[{}].*", words):
        raise ValueError(f"no name is filled in here: {braces[0]}")
    return words


def _with_a_name_at_most(words: str) -> str:
    if braces := re.search(r"[{}].*", words.replace(SUPERVISOR, "")):
        raise ValueError(f"only {SUPERVISOR} is filled in: {braces[0]}")
    return words


_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Words = Annotated[_Words, AfterValidator(_without_a_name)]
WordsAbout = Annotated[_Words, AfterValidator(_with_a_name_at_most)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Content = TypeVar("Content", bound="ContentModel")


class ContentModel(BaseModel):
    """Part of a content file. What is not expected is a mistake, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Loaded once, so each item is itself; comparing all its words takes long.
    def __hash__(self) -> int:
        return id(self)


class InBothLanguages(ContentModel):
    """The same words in both languages."""

    nl: str
    en: str

    def in_language(self, chosen: Language) -> str:
        """The words in this language."""
        return self.en if chosen == "en" else self.nl


class LocalText(InBothLanguages):
    """Words that are the same whoever they are about."""

    nl: Words
    en: Words

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
    en: WordsAbout

    @property
    def has_name(self) -> bool:
        """True where the name of the supervisor goes into them."""
        return SUPERVISOR in self.nl or SUPERVISOR in self.en

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

    nl: tuple[Words, ...] = Field(min_length=1)
    en: tuple[Words, ...] = Field(min_length=1)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines in the language of the page that is being written."""
        return self.en if language() == "en" else self.nl


class _Loader(yaml.BaseLoader):
    """All words as they stand, and no key twice: a copied line must not hide another one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a repeated key with its line."""
        seen = set()
        for key_node, _value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a name must be a word", key_node.start_mark
                )
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key_node.value} stands here twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return dict(super().construct_mapping(node, deep))


def read(path: Path, model: type[Content]) -> Content:
    """Read one file as this kind of content.

    Raises StartRefused with the file, the item and, where it is a text, the language.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 (makes words only)
    except FileNotFoundError:
        raise StartRefused(f"{name}: this content file is missing") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        where = f", line {place.line + 1}" if place else ""
        problem = getattr(error, "problem", None) or "this is not readable"
        raise StartRefused(f"{name}{where}: {problem}") from None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = [
            f"{name}: {_place(raw, problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        ]
        raise StartRefused("\n".join(problems)) from None


def _place(raw: Any, location: tuple[int | str, ...]) -> str:
    """The way to an item, by its key where it has one: `parts > pedagogical > text > nl`."""
    words = []
    for step in location:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        words.append(_name(raw, step))
    return " > ".join(words) or "the whole file"


def _name(item: Any, step: int | str) -> str:
    if isinstance(step, str):
        return step
    named = isinstance(item, dict) and (item.get("key") or item.get("axis"))
    return str(named or f"item {step + 1}")
