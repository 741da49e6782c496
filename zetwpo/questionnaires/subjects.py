"""What an editing page can be about: for each what it asks, and what its answers change."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zetwpo.edits import Fields
from zetwpo.i18n import gettext as _
from zetwpo.i18n import language
from zetwpo.library.content_file import SUPERVISOR
from zetwpo.library.rules import LONGEST_LINE, LONGEST_TITLE, MOST_ILLUSTRATIONS
from zetwpo.questionnaires import rules
from zetwpo.questionnaires.forms import Asked, StatementForm, WordsForm, form_for
from zetwpo.questionnaires.rules import Document, NotThere, Words, words_of

NEW_KEY = re.compile(r"own_[0-9a-f]{8}")
# Empty places for examples, beside those that there are.
SPARE = 2


@dataclass(frozen=True)
class Subject:
    """One page: what it is about, what stands there, and how to write what was sent."""

    title: str
    asked: Sequence[Asked]
    # What stands there, by the names of the fields.
    fields: Fields
    write: Callable[[Document, Fields], Document]
    # Where the way back leads on the page with everything.
    anchor: str
    # The axis that the preview shows; of a behaviour only what asks about it.
    axis: str
    behaviour: str = ""
    # The form that the page is about; empty for all three.
    form: str = ""
    # The behaviours to choose from, each with its axis; empty where nothing is to be chosen.
    offered: Mapping[str, str] = field(default_factory=dict)
    # Of something that is not there yet.
    new_key: str = ""

    @property
    def form_class(self) -> type[WordsForm]:
        """The form that asks all this."""
        return form_for(self.asked, StatementForm if self.offered else WordsForm)


def subject(document: Document, kind: str, key: str, new_key: str, examples: int = 0) -> Subject:
    """What the page of this kind with this key is about. Raises NotThere.

    `new_key` is what something new is to be called. A page that was sent may have more places for
    `examples` than the statement has now.
    """
    first, _dash, second = key.partition("-")
    match kind:
        case "statement":
            return _statement(document, first, second, examples)
        case "new-statement":
            return _new_statement(document, first, second, new_key)
        case "behaviour":
            return _behaviour(document, key)
        case "new-behaviour":
            return _new_behaviour(document, key, new_key)
        case "part":
            return _part(document, key)
    raise NotThere(kind)


def form_title(document: Document, form: str) -> str:
    """What a form is called, in the language of the page."""
    return said(words_of(document["forms"][form]["title"]))


def said(words: Words) -> str:
    """These words in the language of the page, or else in Dutch; with no name filled in."""
    shown = (words.en if language() == "en" else "") or words.nl
    return shown.replace(SUPERVISOR, _("(name)"))


def _words(fields: Fields, name: str) -> Words:
    return Words(fields.get(f"{name}_nl", ""), fields.get(f"{name}_en", ""))


def _fields(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_nl": words.nl, f"{name}_en": words.en}


def _of_form(document: Document, form: str, name: str, legend: str, **rest: Any) -> Asked:
    """Words of this form, with how to write the supervisor’s name where it has that elsewhere."""
    texts = (words_of(each["text"]) for _axis, each in rules.statements_of(document, form))
    has_name = any(SUPERVISOR in text.nl for text in texts)
    place = _("Write %(place)s where the supervisor’s name goes.", place=_("(name)"))
    return Asked(name, legend, place if has_name else "", has_name=has_name, **rest)


# --------------------------------------------------------------------------- statements


def _statement(document: Document, form: str, key: str, examples: int) -> Subject:
    statement = rules.get_statement(document, form, key)
    axis = rules.axis_of_statement(document, form, key)
    first, *more = statement["behaviours"]
    illustrations = [words_of(each) for each in statement.get("illustrations", ())]
    places = min(max(len(illustrations) + SPARE, examples), MOST_ILLUSTRATIONS + SPARE)
    fields = _fields("text", words_of(statement["text"]))
    for number, words in enumerate(illustrations):
        fields |= _fields(f"example_{number}", words)
    return Subject(
        form_title(document, form),
        [_of_form(document, form, "text", _("The statement")), *_examples(places)],
        fields | {"behaviour": first, "also": more[0] if more else ""},
        lambda new, sent: _write_statement(new, form, key, sent),
        f"statement-{form}-{key}",
        axis,
        first,
        form,
        {each["key"]: each["axis"] for each in rules.behaviours_of(document)},
    )


def _examples(count: int) -> list[Asked]:
    return [
        Asked(
            f"example_{number}",
            _("Example %(number)s", number=number + 1),
            is_required=False,
            rows=2,
        )
        for number in range(count)
    ]


def _write_statement(document: Document, form: str, key: str, fields: Fields) -> Document:
    new = rules.reword_statement(document, form, key, _words(fields, "text"))
    examples = [_words(fields, each.name) for each in _examples(MOST_ILLUSTRATIONS + SPARE)]
    new = rules.illustrate(new, form, key, examples)
    # A file can name more than the two that a page asks for.
    _first, *rest = rules.get_statement(document, form, key)["behaviours"]
    wanted = [each for each in (fields["behaviour"], fields["also"]) if each]
    axis = rules.get_behaviour(new, wanted[0])["axis"]
    more = [each for each in rest[1:] if rules.get_behaviour(new, each)["axis"] == axis]
    return rules.set_behaviours(new, form, key, [*wanted, *more])


def _new_statement(document: Document, form: str, behaviour: str, key: str) -> Subject:
    item = rules.get_behaviour(document, behaviour)
    title = form_title(document, form)

    def write(new: Document, fields: Fields) -> Document:
        return rules.add_statement(new, form, key, behaviour, _words(fields, "text"))

    return Subject(
        title,
        [_of_form(document, form, "text", _("The statement"))],
        {},
        write,
        f"behaviour-{behaviour}",
        item["axis"],
        behaviour,
        form,
        new_key=key,
    )


# --------------------------------------------------------------------------- behaviours


def _asked_of_behaviour() -> list[Asked]:
    return [
        Asked(
            "name",
            _("What the behaviour is called"),
            _("A few words. They stand beside the figures on a result."),
            LONGEST_TITLE,
            rows=1,
        ),
        Asked(
            "opening_question",
            _("A question to begin a talk with"),
            _("The supervisor asks it of others where views differ, about themselves."),
            rows=2,
        ),
    ]


def _behaviour(document: Document, key: str) -> Subject:
    item = rules.get_behaviour(document, key)

    def write(new: Document, fields: Fields) -> Document:
        name, opening = _words(fields, "name"), _words(fields, "opening_question")
        return rules.reword_behaviour(new, key, name, opening)

    return Subject(
        said(words_of(item["name"])),
        _asked_of_behaviour(),
        _fields("name", words_of(item["name"]))
        | _fields("opening_question", words_of(item["opening_question"])),
        write,
        f"behaviour-{key}",
        item["axis"],
        key,
    )


def _new_behaviour(document: Document, axis: str, key: str) -> Subject:
    item = rules.get_axis(document, axis)
    forms = list(document["forms"])
    texts = [
        _of_form(document, form, f"text_{form}", form_title(document, form), is_required=False)
        for form in forms
    ]

    def write(new: Document, fields: Fields) -> Document:
        name, opening = _words(fields, "name"), _words(fields, "opening_question")
        new = rules.add_behaviour(new, key, axis, name, opening)
        for form in forms:
            text = _words(fields, f"text_{form}")
            if text.nl:
                new = rules.add_statement(new, form, key, key, text)
        return new

    return Subject(
        said(words_of(item["title"])),
        [*_asked_of_behaviour(), *texts],
        {},
        write,
        f"behaviour-{key}",
        axis,
        key,
        new_key=key,
    )


# --------------------------------------------------------------------------------- parts


def _part(document: Document, key: str) -> Subject:
    axis, forms = rules.get_axis(document, key), list(document["forms"])
    questions = [
        _of_form(
            document,
            form,
            f"open_question_{form}",
            _("The open question: %(form)s", form=form_title(document, form)),
            rows=2,
        )
        for form in forms
    ]
    fields: dict[str, str] = {}
    for name in rules.AXIS_WORDS:
        fields |= _fields(name, words_of(axis[name]))
    for name in rules.LABELS:
        fields |= _fields(name, rules.label_of(axis[name]))
    for form in forms:
        question = rules.get_part(document, form, key)["open_question"]
        fields |= _fields(f"open_question_{form}", words_of(question))
    return Subject(
        said(words_of(axis["title"])),
        [*_asked_of_part(), *questions],
        fields,
        lambda new, sent: _write_part(new, key, forms, sent),
        f"part-{key}",
        key,
    )


def _asked_of_part() -> list[Asked]:
    return [
        Asked("title", _("Title"), most=LONGEST_TITLE, rows=1),
        Asked("role", _("The role, in a word or two"), most=LONGEST_TITLE, rows=1),
        Asked("about", _("What it is about, in one sentence"), rows=2),
        _label("label_long", _("Beside the chart on a wide screen")),
        _label("label_short", _("Beside the chart on a phone")),
    ]


def _label(name: str, legend: str) -> Asked:
    letters = LONGEST_LINE[name]
    hint = _("One or two lines, of %(letters)s letters at most.", letters=letters)
    return Asked(name, legend, hint, 2 * letters + 1, rows=2, is_label=True)


def _write_part(document: Document, key: str, forms: Sequence[str], fields: Fields) -> Document:
    texts = {name: _words(fields, name) for name in rules.AXIS_WORDS}
    labels = {name: _words(fields, name) for name in rules.LABELS}
    new = rules.reword_axis(document, key, texts, labels)
    for form in forms:
        new = rules.ask_openly(new, form, key, _words(fields, f"open_question_{form}"))
    return new
