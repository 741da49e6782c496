"""The three forms and the spider, as they will be: drawn as for who fills them in, of nobody."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import FormFile, Part, Questionnaire
from zetwpo.library.respondents import respondents
from zetwpo.scan.responses import part_page
from zetwpo.scan.responses.forms import JudgementField, TextField
from zetwpo.scan.responses.part_page import PartPage
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Filled
from zetwpo.scan.result.example import Example, example

# An invented supervisor, for in the words of those who are asked about one.
SUPERVISOR = "Sanne"


@dataclass(frozen=True)
class Phone:
    """A part of one form, or some of its statements."""

    form: str
    title: str
    page: PartPage
    statements: Sequence[JudgementField]
    questions: Sequence[TextField]


@dataclass(frozen=True)
class Preview:
    """What stands beside an editing page; with no spider where no axis is changed."""

    phones: Sequence[Phone]
    spider: Example | None = None


def preview_of_part(content: Questionnaire, axis: str) -> Preview:
    """A part in all forms, and the spider with the names of all parts."""
    phones = [_phone(content, form, axis) for form in content.forms]
    return Preview(phones, example(content.axes, next(iter(respondents()))))


def preview_of_words(content: Questionnaire, axis: str) -> Preview:
    """What a part says of itself in all forms, without its statements."""
    found = preview_of_part(content, axis)
    return replace(found, phones=[replace(each, statements=()) for each in found.phones])


def preview_of_behaviour(content: Questionnaire, axis: str, behaviour: str, first: str) -> Preview:
    """What each form asks about a behaviour; the one that is called first stands first."""
    phones = [_phone(content, form, axis, behaviour) for form in content.forms]
    return Preview(sorted(phones, key=lambda each: each.form != first))


def _phone(content: Questionnaire, form: str, axis: str, behaviour: str | None = None) -> Phone:
    number = [part.axis for part in content.forms[form].parts].index(axis) + 1
    apart = _apart(content, form)
    supervisor = SUPERVISOR if content.forms[form].is_feedback else ""
    view = ResponseView(uuid.uuid4(), apart, apart.forms[form], Filled(), supervisor)
    page = part_page.show(view, number, _("Here it says who will read this."))
    statements = [
        each
        for each in page.form.judgements
        if behaviour is None or behaviour in each.statement.behaviours
    ]
    questions = page.form.open_questions if behaviour is None else []
    return Phone(
        form,
        str(content.forms[form].title),
        page,
        statements,
        questions,
    )


def _apart(content: Questionnaire, form: str) -> Questionnaire:
    """The same with keys that no other form has, so that three can stand on one page."""
    axes = tuple(axis.model_copy(update={"key": f"{form}_{axis.key}"}) for axis in content.axes)
    found = content.forms[form]
    own = FormFile.model_construct(
        form=found.form,
        is_feedback=found.is_feedback,
        title=found.title,
        scale=found.scale,
        cannot_judge=found.cannot_judge,
        parts=tuple(_part_apart(part, form) for part in found.parts),
    )
    return replace(content, axes=axes, forms={form: own})


def _part_apart(part: Part, form: str) -> Part:
    statements = tuple(
        each.model_copy(update={"key": f"{form}_{each.key}"}) for each in part.statements
    )
    return part.model_copy(update={"axis": f"{form}_{part.axis}", "statements": statements})
