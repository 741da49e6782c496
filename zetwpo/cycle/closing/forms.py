"""The form with which the next trajectory begins from one that was."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from wtforms import Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.colleagues import Colleague
from zetwpo.cycle.closing.rules import GoesOn, is_no_follow_up, words_along
from zetwpo.cycle.closing.service import Line
from zetwpo.cycle.common_question.rules import LONGEST_QUESTION, Common
from zetwpo.cycle.setting_up.forms import NewForm
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.fields import ChoiceField, LineField, LongTextField, OneOf, TicksField
from zetwpo.i18n import lazy_gettext as _

GOES_ON = {
    GoesOn.NEW: _("With new questions: everybody brings in their own"),
    GoesOn.DEEPEN: _("Deeper into the same question"),
    GoesOn.FOLLOW_UP: _("With a follow-up question"),
}

# With what the names begin of the fields with the words of questions.
WORDS = "wording"
NOT_ANY_MORE = _("Somebody whom you ticked cannot be in it any more. Look at the list once more.")


class NextForm(NewForm):
    """What a trajectory needs to begin, and what it takes along; made by `next_form`."""

    # The questions of the one before, by the names of the fields with their words.
    worded: ClassVar[Mapping[str, Common]] = {}

    people = TicksField(_("Who takes part again?"))
    leaders = TicksField(_("Who leads it with you again?"))
    goes_on = ChoiceField(
        _("With which question does it begin?"),
        [OneOf(_("Choose with which question it begins."))],
        validate_choice=False,
    )

    def offer(
        self,
        before: TrajectoryCard,
        people: Sequence[Colleague],
        leaders: Sequence[Colleague],
    ) -> None:
        """Let somebody choose from these people of the one before."""
        self._before = before
        self.people.choices = _choices(people)
        self.leaders.choices = _choices(leaders)
        ways = GOES_ON if self.worded else {GoesOn.NEW: GOES_ON[GoesOn.NEW]}
        self.goes_on.choices = [SelectChoice(way.value, words) for way, words in ways.items()]

    @property
    def chosen_people(self) -> set[uuid.UUID]:
        """Who was ticked to take part. Valid forms only."""
        return _keys(self.people)

    @property
    def chosen_leaders(self) -> set[uuid.UUID]:
        """Who was ticked to lead it as well. Valid forms only."""
        return _keys(self.leaders)

    @property
    def way(self) -> GoesOn:
        """How it goes on. Valid forms only."""
        return GoesOn(self.goes_on.data)

    @property
    def lines(self) -> list[Line]:
        """The questions with which it goes on, each in its words. Valid forms only."""
        along = {name: self._along(name) for name in self.worded}
        return [Line(self.worded[name], words) for name, words in along.items() if words]

    @property
    def left_over(self) -> list[str]:
        """What was typed at questions on which the group does not work any more."""
        return [text for name in self._gone if (text := request.form[name].strip())]

    @property
    def _gone(self) -> list[str]:
        return [each for each in request.form if each.startswith(WORDS) and each not in self.worded]

    def propose_words(self) -> None:
        """Fill in the questions as they are."""
        for name, question in self.worded.items():
            self[name].data = question.text

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Of each question as well."""
        checks = {name: [self._check_words] for name in self.worded}
        return bool(super().validate({**(extra_validators or {}), **checks}))

    def refuse_people(self) -> None:
        """Say that somebody who could be in it a moment ago cannot be in it now."""
        self.leaders.errors = [NOT_ANY_MORE]

    def validate_title(self, field: LineField) -> None:
        """A name that tells it from the one before."""
        if (field.data or "").casefold() == self._before.title.casefold():
            raise ValidationError(
                _("The one before is called so. Give this one a name of its own.")
            )

    def validate_people(self, field: TicksField) -> None:
        """Of those on the page."""
        _known(field)

    def validate_leaders(self, field: TicksField) -> None:
        """Of those on the page."""
        _known(field)

    def validate_goes_on(self, _field: ChoiceField) -> None:
        """The questions with which it could go on are those of this moment."""
        if self.way is not GoesOn.NEW and self._gone:
            raise ValidationError(
                _(
                    "The group works on other questions than when you opened this page. Look at "
                    "them once more."
                )
            )

    def _check_words(self, _form: Form, field: LongTextField) -> None:
        """A question goes along, and one that follows has words of its own."""
        if self.goes_on.data not in {GoesOn.DEEPEN, GoesOn.FOLLOW_UP}:
            return
        if is_no_follow_up(self.way, self._along(field.name), self.worded[field.name].text):
            raise ValidationError(_("Write down the follow-up question in words of its own."))
        if field.name == next(iter(self.worded)) and not self.lines:
            raise ValidationError(_("Leave one question at least, or begin with new ones."))

    def _along(self, name: str) -> str:
        is_only = len(self.worded) == 1
        return words_along(self.way, self[name].data or "", self.worded[name].text, is_only=is_only)


def next_form(
    questions: Sequence[Common], titles: Mapping[uuid.UUID | None, str]
) -> type[NextForm]:
    """A form with a field for the words of each of these, of subgroups with these titles."""
    if len(questions) == 1:
        fields = {WORDS: _wording(_("The question to go on with"))}
    else:
        fields = {
            f"{WORDS}-{each.number}": _wording(titles[each.subgroup_id]) for each in questions
        }
    worded = dict(zip(fields, questions, strict=True))
    return type("NextFormOfThese", (NextForm,), {"worded": worded, **fields})


def _wording(label: str) -> LongTextField:
    return LongTextField(
        label,
        readers=_("Everybody in the new trajectory reads this, also who was not in this one."),
        hint=_("Go deeper, and you can leave the words as they are."),
        most=LONGEST_QUESTION,
        rows=3,
    )


def _choices(people: Iterable[Colleague]) -> list[SelectChoice]:
    return [SelectChoice(str(each.id), each.name) for each in people]


def _keys(field: TicksField) -> set[uuid.UUID]:
    return {uuid.UUID(key) for key in (field.data or "").split()}


def _known(field: TicksField) -> None:
    known = {each.value for each in field.choices}
    if not known.issuperset((field.data or "").split()):
        raise ValidationError(NOT_ANY_MORE)
