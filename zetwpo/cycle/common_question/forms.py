"""The forms of questions together."""

import uuid
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from flask import request
from wtforms import Field, Form, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from zetwpo.characters import set_apart
from zetwpo.cycle.common_question.queries import Questions, Subgroup
from zetwpo.cycle.common_question.rules import LONGEST_QUESTION, NONE, Proposal, Step
from zetwpo.fields import (
    ChoiceField,
    EditForm,
    KeyedForm,
    LineField,
    LongTextField,
    OneOf,
    PageForm,
    TicksField,
    as_key,
    keys_in,
)
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Questionnaire
from zetwpo.marks import digest, read_marks

MOST_POINTS = 999
# Before the key of a question, in the name of a field.
POINTS = "points-"
OF_GROUP = _("The group and the facilitators read this.")
STEPS = {
    Step.DEEPEN: _("Go deeper into the same question"),
    Step.FOLLOW_UP: _("A follow-up question: it comes out of this one"),
    Step.NEW: _("A new question"),
}


class BringInForm(EditForm):
    """The words that somebody brings in, and the part of the competences that they name."""

    edited = ("text", "axis")
    text = LongTextField(
        _("Your question"),
        readers="",
        required=_("Write your question first. It does not have to be finished."),
        most=LONGEST_QUESTION,
        rows=4,
    )
    axis = ChoiceField(
        _("Do you name what it is about?"),
        # Nothing is chosen for anybody.
        [OneOf(_("Choose one, or leave it open."))],
        validate_choice=False,
    )

    def offer(self, questionnaire: Questionnaire) -> None:
        """Let somebody choose from these, or name nothing."""
        nothing = SelectChoice(NONE, str(_("I leave that open")))
        named = [SelectChoice(each.key, str(each.title)) for each in questionnaire.axes]
        self.axis.choices = [*named, nothing]


class MergeForm(PageForm):
    """The wording of questions that are put together."""

    # What the page showed of them.
    seen = HiddenField()
    wording = LongTextField(
        _("How does it read together?"),
        readers=OF_GROUP,
        required=_("Write down how the question reads now."),
        most=LONGEST_QUESTION,
        rows=4,
    )


class RewordForm(EditForm):
    """Other words for a question that is on the table."""

    edited = ("wording",)
    wording = LongTextField(
        _("How does it read?"),
        readers=OF_GROUP,
        required=_("Write down how the question reads now."),
        most=LONGEST_QUESTION,
        rows=4,
    )


class RewordCommonForm(EditForm):
    """Other words for the common question."""

    edited = ("text",)
    text = LongTextField(
        _("The common question"),
        readers=OF_GROUP,
        required=_("Write down the question."),
        most=LONGEST_QUESTION,
        rows=4,
    )


def _is_points(_form: Form, field: Field) -> None:
    if field.data and not (field.data.isascii() and field.data.isdigit()):
        raise StopValidation(_("Points are a whole number, 0 or more. Or leave it empty."))
    if field.data and int(field.data) > MOST_POINTS:
        raise StopValidation(_("That is more than a group gives. Count once more."))


class RankingForm(EditForm):
    """The points that the group gave, a field for each proposal; made by `ranking_form`."""

    @property
    def points(self) -> dict[uuid.UUID, int | None]:
        """What was typed. Valid forms only."""
        return points_in({name: self[name].data or "" for name in self.edited})

    @property
    def left_over(self) -> list[str]:
        """Points that were typed for questions that are on the table no more."""
        seen = read_marks(self.seen.data or "")
        return [
            value
            for name, value in request.form.items()
            if name.startswith(POINTS)
            and name not in self.edited
            and value.isdigit()
            and digest(value) != seen.get(name)
        ]


def points_in(fields: Mapping[str, str]) -> dict[uuid.UUID, int | None]:
    """The same of what stands in the fields."""
    return {
        uuid.UUID(name.removeprefix(POINTS)): int(value) if value else None
        for name, value in fields.items()
    }


def points_fields(proposals: Sequence[Proposal]) -> dict[str, str]:
    """What stands in the fields of a ranking."""
    return {
        f"{POINTS}{each.id}": "" if each.points is None else str(each.points) for each in proposals
    }


def ranking_form(proposals: Sequence[Proposal]) -> type[RankingForm]:
    """A form with a field for each of these."""
    names = tuple(points_fields(proposals))
    fields = {
        name: LineField(_("Points"), readers=OF_GROUP, most=3, checks=(_is_points,))
        for name in names
    }
    return type("RankingFormOfThese", (RankingForm,), {"edited": names, **fields})


class QuestionForm(KeyedForm):
    """What the group decided to work on."""

    # For the whole group and for each subgroup, the question that the page showed as the newest.
    seen = HiddenField()
    proposal = HiddenField()
    subgroup = ChoiceField(
        _("For whom?"), [OneOf(_("Choose for whom this question is."))], validate_choice=False
    )
    step = ChoiceField(
        _("What comes next?"), [OneOf(_("Choose what comes next."))], validate_choice=False
    )
    text = LongTextField(
        _("The common question"),
        readers=OF_GROUP,
        most=LONGEST_QUESTION,
        rows=4,
    )
    area = ChoiceField(_("Which competence area is it about?"), validate_choice=False)

    def offer(self, questions: Questions, questionnaire: Questionnaire) -> None:
        """Let somebody choose for whom it is, how it comes after the last one, and its area."""
        titles = {each.key: str(each.title) for each in questionnaire.areas}
        if questions.subgroups:
            everybody = SelectChoice(NONE, str(_("The whole group")))
            self.subgroup.choices = [
                *(
                    SelectChoice(str(each.id), subgroup_title(each, titles))
                    for each in questions.subgroups
                ),
                everybody,
            ]
        elif "subgroup" in self:
            del self.subgroup
        if questions.common:
            self.step.choices = [SelectChoice(each.value, words) for each, words in STEPS.items()]
        elif "step" in self:
            del self.step
        nothing = SelectChoice(NONE, str(_("We name no competence area")))
        self.area.choices = [*(SelectChoice(*each) for each in titles.items()), nothing]

    def show_newest(self, questions: Questions) -> None:
        """Let the page send back which questions it shows as the newest."""
        newest = {_seen_name(key): questions.newest(key) for key in _everybody(questions)}
        self.seen.data = urlencode({name: found.id for name, found in newest.items() if found})

    @property
    def subgroup_id(self) -> uuid.UUID | None:
        """For whom it is; None for the whole group."""
        return as_key(self.chosen_in("subgroup"))

    @property
    def seen_newest(self) -> str:
        """The key of the question that the page showed for them, empty for none."""
        return read_marks(self.seen.data or "").get(_seen_name(self.subgroup_id), "")

    @property
    def chosen_step(self) -> Step:
        """How it comes after the one before it. Valid forms only."""
        return Step(self.step.data) if "step" in self else Step.FIRST

    def validate_text(self, field: LongTextField) -> None:
        """Who goes deeper keeps the words, unless there are others."""
        if not field.data and self.chosen_in("step") != Step.DEEPEN:
            raise ValidationError(_("Write down the question."))

    def chosen_in(self, name: str) -> str:
        """What is chosen in a field, where there is such a field."""
        return (self[name].data or "") if name in self else ""

    def validate_area(self, field: ChoiceField) -> None:
        """One of those, or none on purpose; a subgroup has its own."""
        if self.chosen_in("subgroup") in {"", NONE}:
            OneOf(_("Choose a competence area, or name none."))(self, field)


class SubgroupForm(EditForm, KeyedForm):
    """Who is in a subgroup, and the one area that it keeps to."""

    edited = ("area", "members")
    area = ChoiceField(
        _("Which competence area does it keep to?"),
        # Literature and dialogue are about one thing at a time.
        [OneOf(_("Choose a competence area."))],
        validate_choice=False,
    )
    members = TicksField(_("Who is in it?"))

    def offer(self, questions: Questions, questionnaire: Questionnaire) -> None:
        """Let somebody choose from these people and areas."""
        self.area.choices = [
            SelectChoice(each.key, str(each.title)) for each in questionnaire.areas
        ]
        titles = {each.key: str(each.title) for each in questionnaire.axes}
        named = {each.author_id: titles.get(each.axis, "") for each in questions.brought}
        self.members.choices = [
            SelectChoice(str(key), " · ".join(filter(None, [set_apart(name), named.get(key)])))
            for key, name in questions.names.items()
        ]

    def validate_members(self, field: Field) -> None:
        """Of those who take part; two at least make a group."""
        known = {str(each.value) for each in field.choices}
        field.data = " ".join(each for each in (field.data or "").split() if each in known)
        if " " not in field.data:
            raise ValidationError(_("Choose at least two people."))


def _everybody(questions: Questions) -> list[uuid.UUID | None]:
    return [None, *(each.id for each in questions.subgroups)]


def _seen_name(subgroup_id: uuid.UUID | None) -> str:
    return str(subgroup_id or NONE)


def subgroup_title(subgroup: Subgroup, areas: Mapping[str, str]) -> str:
    """What a subgroup is called: its number and its area."""
    return str(
        _(
            "Subgroup %(number)s: %(about)s",
            number=subgroup.number,
            about=areas.get(subgroup.area, subgroup.area),
        )
    )


def chosen_questions() -> set[uuid.UUID]:
    """The questions that somebody ticked, to put them together."""
    return keys_in(request.values.getlist("question"))
