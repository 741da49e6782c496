"""The form with which the next trajectory begins from one that was."""

import uuid
from collections.abc import Iterable, Sequence

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.colleagues import Colleague
from zetwpo.cycle.closing.rules import GoesOn
from zetwpo.cycle.common_question.rules import LONGEST_QUESTION, Common
from zetwpo.cycle.setting_up.forms import NewForm
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.fields import ChoiceField, LineField, LongTextField, TicksField
from zetwpo.i18n import lazy_gettext as _

GOES_ON = {
    GoesOn.NEW: _("With new questions: everybody brings in their own"),
    GoesOn.DEEPEN: _("Deeper into the same question"),
    GoesOn.FOLLOW_UP: _("With a follow-up question"),
}

NOT_ANY_MORE = _("Somebody whom you ticked cannot be in it any more. Look at the list once more.")


class NextForm(NewForm):
    """What a trajectory needs to begin, and what it takes along from the one before."""

    people = TicksField(_("Who takes part again?"))
    leaders = TicksField(_("Who leads it with you again?"))
    goes_on = ChoiceField(_("With which question does it begin?"), validate_choice=False)
    before = ChoiceField(_("From which question does it go on?"), validate_choice=False)
    wording = LongTextField(
        _("The question to go on with"),
        readers=_("Everybody in the new trajectory reads this, also who was not in this one."),
        hint=_("Go deeper, and you can leave the words as they are."),
        most=LONGEST_QUESTION,
        rows=3,
    )

    def offer(
        self,
        before: TrajectoryCard,
        people: Sequence[Colleague],
        leaders: Sequence[Colleague],
        questions: Sequence[Common],
    ) -> None:
        """Let somebody choose from these people, and from these questions of the one before."""
        self._before, self._questions = before, {str(each.id): each for each in questions}
        self.people.choices = _choices(people)
        self.leaders.choices = _choices(leaders)
        ways = GOES_ON if questions else {GoesOn.NEW: GOES_ON[GoesOn.NEW]}
        self.goes_on.choices = [SelectChoice(way.value, words) for way, words in ways.items()]
        self.before.choices = [
            SelectChoice(key, each.text) for key, each in self._questions.items()
        ]

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
    def question(self) -> Common | None:
        """The question from which it goes on: the one that was chosen, or the only one."""
        if len(self._questions) == 1:
            return next(iter(self._questions.values()))
        return self._questions.get(self.before.data or "")

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

    def validate_goes_on(self, field: ChoiceField) -> None:
        """One of those on the page."""
        if field.data not in {each.value for each in field.choices}:
            raise ValidationError(_("Choose with which question it begins."))

    def validate_before(self, field: ChoiceField) -> None:
        """One of those on the page, where it goes on from one."""
        if self.goes_on.data in {GoesOn.DEEPEN, GoesOn.FOLLOW_UP} and self.question is None:
            raise ValidationError(_("Choose from which question it goes on."))

    def validate_wording(self, field: LongTextField) -> None:
        """A follow-up question has words of its own."""
        is_same = self.question is None or field.data in {"", self.question.text}
        if self.goes_on.data == GoesOn.FOLLOW_UP and is_same:
            raise ValidationError(_("Write down the follow-up question in words of its own."))


def _choices(people: Iterable[Colleague]) -> list[SelectChoice]:
    return [SelectChoice(str(each.id), each.name) for each in people]


def _keys(field: TicksField) -> set[uuid.UUID]:
    return {uuid.UUID(key) for key in (field.data or "").split()}


def _known(field: TicksField) -> None:
    known = {each.value for each in field.choices}
    if not known.issuperset((field.data or "").split()):
        raise ValidationError(NOT_ANY_MORE)
