"""The forms of an agenda, and of what a meeting is prepared with."""

import uuid
from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice

from zetwpo.cycle.agenda.dividing import STEP
from zetwpo.cycle.agenda.queries import TEXTS, Programme, people_of
from zetwpo.cycle.agenda.rules import LONGEST_LINE, LONGEST_TITLE, Block, Work
from zetwpo.fields import (
    ChoiceField,
    EditForm,
    KeyedForm,
    LineField,
    LongTextField,
    OneOf,
    StrangeButton,
    as_key,
)
from zetwpo.i18n import gettext, ngettext
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.meeting_frames import meeting_frames
from zetwpo.library.method_queries import methods_for

EVERYBODY = _("The group and the facilitators read this.")
ON_THE_WALL = _("The group and the facilitators read this, also on the wall.")
FACILITATORS = _("Only the facilitators read this.")
WORKS = {
    Work.ACTIVE: _("Active work: people talk, write or try something out"),
    Work.INPUT: _("Input: people listen, look or read"),
    Work.PAUSE: _("A break"),
}
# In minutes, besides what a block has already.
LENGTHS = (*range(STEP, 95, STEP), 105, 120, 150, 180, 240)
USUAL = 15


def minutes_in_words(minutes: int) -> str:
    """For example '45 minutes'."""
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _lengths(*more: int) -> list[SelectChoice]:
    return [SelectChoice(str(each), minutes_in_words(each)) for each in sorted({*LENGTHS, *more})]


def _chosen(label: str, message: str, **rest: object) -> ChoiceField:
    return ChoiceField(label, [OneOf(message)], choices=[], validate_choice=False, **rest)


class BlockForm(EditForm):
    """What a block is."""

    edited = ("title", "minutes", "method", "leader", "work", "good_for", "question")
    title = LineField(_("Title"), readers=ON_THE_WALL, most=LONGEST_TITLE)
    minutes = _chosen(_("How long"), _("Choose how long it takes."))
    method = _chosen(_("Method"), _("Choose a method from the list."))
    leader = _chosen(_("Who leads it"), _("Choose somebody from the list."))
    work = _chosen(_("What people do"), _("Choose what people do."))
    good_for = LineField(_("What it is good for"), readers=EVERYBODY, most=LONGEST_LINE)
    question = LineField(_("The question on the wall"), readers=ON_THE_WALL, most=LONGEST_LINE)

    def offer(self, programme: Programme, block: Block) -> None:
        """Let somebody choose from what there is for this block of this meeting."""
        meeting, kind = programme.meeting, meeting_frames().kind(block.kind)
        self.minutes.choices = _lengths(block.minutes)
        self.leader.choices = [
            SelectChoice("", gettext("Nobody yet")),
            *(SelectChoice(str(each.id), each.name) for each in people_of(meeting)),
        ]
        self.method.choices = [
            SelectChoice("", gettext("No method")),
            *_methods(meeting.trajectory.partnership_id, block),
        ]
        self.work.choices = [SelectChoice(each.value, words) for each, words in WORKS.items()]
        self.title.description = gettext("Left empty, it says: %(title)s", title=str(kind.title))
        self.good_for.description = gettext(
            "Left empty, it says: %(line)s", line=str(kind.good_for)
        )
        if kind.question:
            self.question.description = gettext(
                "Left empty, it says: %(question)s", question=str(kind.question)
            )


def _methods(partnership_id: uuid.UUID, block: Block) -> Iterable[SelectChoice]:
    """Those that fit this kind of block first, and then the others."""
    found = sorted(methods_for(partnership_id), key=lambda each: block.kind not in each.phases)
    for each in found:
        fits = block.kind in each.phases
        title = str(each.title)
        yield SelectChoice(
            each.key, gettext("%(title)s (fits here)", title=title) if fits else title
        )
    # It was chosen, and its partnership has it no more.
    if block.method and block.method.key not in {each.key for each in found}:
        yield SelectChoice(block.method.key, gettext("The method that was chosen before"))


class NewBlockForm(KeyedForm):
    """A block more."""

    kind = _chosen(_("What kind of block?"), _("Choose a kind of block."), default="own")
    title = LineField(_("A title of its own, if you like"), readers=ON_THE_WALL, most=LONGEST_TITLE)
    minutes = _chosen(_("How long"), _("Choose how long it takes."), default=str(USUAL))
    before = _chosen(_("Where"), _("Choose where it comes."), default="")

    def offer(self, programme: Programme) -> None:
        """Let somebody choose from the kinds that there are, and a place in this agenda."""
        kinds = meeting_frames().kinds
        self.kind.choices = [SelectChoice(each.key, str(each.title)) for each in kinds]
        self.minutes.choices = _lengths()
        self.before.choices = [
            SelectChoice("", gettext("At the end")),
            *(
                SelectChoice(str(each.block.id), gettext("Before %(title)s", title=str(each.title)))
                for each in programme.blocks
            ),
        ]

    def block_in(self, meeting_id: uuid.UUID) -> Block:
        """What was filled in, for this meeting. Valid forms only."""
        kind = meeting_frames().kind(self.kind.data)
        return Block(
            self.key_in(meeting_id),
            kind.key,
            int(self.minutes.data),
            Work(kind.work),
            self.title.data or "",
        )

    @property
    def before_id(self) -> uuid.UUID | None:
        """Before which block it comes; None for at the end. Valid forms only."""
        return as_key(self.before.data)


def _text(label: str, hint: str, rows: int = 3) -> LongTextField:
    return LongTextField(label, readers=FACILITATORS, hint=hint, rows=rows)


class PreparationForm(EditForm):
    """What the facilitators write down for themselves. All of it may stay empty."""

    edited = TEXTS
    aim = _text(
        _("What we want to reach"),
        _("With what do people go home that they did not have when they came?"),
    )
    look_back = _text(
        _("How we look back at the homework"),
        _("Who brings something in, and which question do you ask about it?"),
    )
    dialogue = _text(
        _("The dialogue"), _("Which form, and with which open question do you begin it?")
    )
    deepening = _text(
        _("The deepening"),
        _("A text, a model, a skill to practise: and what do people do with it?"),
    )
    theory = _text(
        _("Theory to hand out"),
        _("What do people get to read, now or for next time? Keep it short."),
    )
    reflecting = _text(
        _("How we reflect on the theory"), _("How does it come back to the question of the group?")
    )
    to_bring = _text(_("What to bring"), _("Paper, pens, cards, a beamer, something to eat."))


def number_sent(text: str | None) -> int:
    """A number that a button of ours sends along. Raises StrangeButton where it is none."""
    if text and text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    raise strange_button()


def key_sent(text: str | None) -> uuid.UUID:
    """A key that a button of ours sends along. Raises StrangeButton where it is none."""
    key = as_key(text)
    if key is None:
        raise strange_button()
    return key


def strange_button() -> StrangeButton:
    """What is said of a button that sent something strange, and what to do then."""
    return StrangeButton(gettext("Go back to the agenda and choose again. Nothing changed."))
