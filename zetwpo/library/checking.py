"""Whether content has its shape; the same for what a file holds and for what people make."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from zetwpo.i18n import LANGUAGES, Language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.problems import Problem, Unreadable

# In the context of a validation: the English of a text may be left out.
MAY_LACK_ENGLISH = "may_lack_english"

Model = TypeVar("Model", bound=BaseModel)


def shaped(raw: Any, model: type[Model], *, may_lack_english: bool = False) -> Model:
    """This as content of a kind. Raises Unreadable with everything that has another shape."""
    try:
        return model.model_validate(raw, context={MAY_LACK_ENGLISH: may_lack_english})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise Unreadable(
            _problem(raw, each["loc"], each) for each in found if not _follows(each, found)
        ) from None


def _follows(error: Mapping[str, Any], found: Iterable[Mapping[str, Any]]) -> bool:
    """True for a list that is too short only because an item of it has another shape."""
    place = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"] != place and other["loc"][: len(place)] == place for other in found
    )


def _problem(raw: Any, location: tuple[int | str, ...], error: Mapping[str, Any]) -> Problem:
    """The problem at the way to its item, which goes by keys where items have them."""
    words: list[str] = []
    language: Language | None = None
    for step in location:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        if step in LANGUAGES:
            language = step
        else:
            words.append(_name(raw, step))
    message = _message(error["type"], error.get("ctx", {}))
    return Problem(tuple(words), message, language, steps=location)


def _name(item: Any, step: int | str) -> str:
    if isinstance(step, str):
        return step
    named = isinstance(item, dict) and (item.get("key") or item.get("axis"))
    return str(named or f"item {step + 1}")


_MESSAGES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _about: _("This is missing."),
    "string_too_short": lambda _about: _("Something has to stand here."),
    "too_short": lambda _about: _("Something has to stand here."),
    "string_too_long": lambda about: _(
        "This has more than %(most)s letters.", most=about["max_length"]
    ),
    "too_long": lambda about: _(
        "There can be %(most)s of these at most.", most=about["max_length"]
    ),
    "int_parsing": lambda _about: _("This has to be a whole number."),
    "greater_than_equal": lambda about: _("This has to be %(least)s or more.", least=about["ge"]),
    "less_than_equal": lambda about: _("This has to be %(most)s or less.", most=about["le"]),
    "extra_forbidden": lambda _about: _("This does not belong here."),
    "no_name": lambda about: _("No name is filled in here: %(braces)s", braces=about["braces"]),
    "other_name": lambda about: _(
        "Only %(name)s is filled in: %(braces)s", name="{supervisor}", braces=about["braces"]
    ),
    "enum": lambda about: _("This has to be one of: %(words)s", words=about["expected"]),
}


def _message(kind: str, about: Mapping[str, Any]) -> str:
    if kind in _MESSAGES:
        return _MESSAGES[kind](about)
    return _("This does not have the form that belongs here.")
