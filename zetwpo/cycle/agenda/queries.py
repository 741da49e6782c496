"""Reading agendas, and what meetings are prepared with."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.cycle.agenda import rules
from zetwpo.cycle.agenda.dividing import laid_out
from zetwpo.cycle.agenda.models import AgendaBlock, MeetingPreparation
from zetwpo.cycle.agenda.rules import Agenda, Block, Chosen, Weighed, Work
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.database.keys import among
from zetwpo.edits import Fields
from zetwpo.extensions import read
from zetwpo.library.content_file import LocalText
from zetwpo.library.meeting_frames import OWN, BlockKind, FrameBlock, meeting_frames
from zetwpo.library.method_queries import find_methods
from zetwpo.library.methods import Method, methods


@dataclass(frozen=True)
class Preparation:
    """What the facilitators wrote down for a meeting; each text may be empty."""

    aim: str = ""
    look_back: str = ""
    dialogue: str = ""
    deepening: str = ""
    theory: str = ""
    reflecting: str = ""
    to_bring: str = ""

    @property
    def fields(self) -> Fields:
        """The same, by the names of the fields."""
        return {name: getattr(self, name) for name in TEXTS}


TEXTS = tuple(field.name for field in fields(Preparation))


@dataclass(frozen=True)
class ShownBlock:
    """A block with its times, and its words: its own, or else those of its method or its kind."""

    block: Block
    starts_at: datetime
    ends_at: datetime
    kind: BlockKind
    method: Method | None
    leader: Colleague | None

    @property
    def title(self) -> str | LocalText:
        """What it is called."""
        return self.block.title or self.kind.title

    @property
    def good_for(self) -> str | LocalText:
        """One line on that, to the group: a method's own is to whoever leads it."""
        if self.block.good_for:
            return self.block.good_for
        is_own = self.kind.key == OWN
        return self.method.good_for if is_own and self.method else self.kind.good_for

    @property
    def question(self) -> str | LocalText | None:
        """What stands on the wall while it is on."""
        return self.block.question or self.kind.question

    @property
    def method_has_sheets(self) -> bool:
        """True where its method brings paper of its own: sheets, boards or cards."""
        method = self.method
        return method is not None and bool(method.sheets or method.boards or method.cards)


@dataclass(frozen=True)
class Programme:
    """The agenda of a meeting as its pages show it."""

    meeting: MeetingCard
    agenda: Agenda
    # With what was dropped.
    all_blocks: tuple[ShownBlock, ...]

    @cached_property
    def blocks(self) -> list[ShownBlock]:
        """What is in the meeting."""
        return [each for each in self.all_blocks if not each.block.is_dropped]

    @cached_property
    def dropped(self) -> list[ShownBlock]:
        """What was left out, and can come back."""
        return [each for each in self.all_blocks if each.block.is_dropped]

    @cached_property
    def methods(self) -> list[Method]:
        """What the group does it with, each once; of two versions the one that comes first."""
        found: dict[str, Method] = {}
        for each in self.blocks:
            if each.method:
                found.setdefault(each.method.key, each.method)
        return [*found.values()]

    @cached_property
    def with_sheets(self) -> list[ShownBlock]:
        """The blocks for which something is printed to work with; nothing of it twice."""
        found: dict[str, ShownBlock] = {}
        for each in self.blocks:
            if each.method and each.method_has_sheets:
                found.setdefault(f"method {each.method.key}", each)
            elif each.kind.sheet:
                found.setdefault(f"kind {each.kind.key}", each)
        return [*found.values()]

    @property
    def left(self) -> int:
        """Minutes that are still free; below nought where the agenda is too full."""
        return rules.left(self.agenda, self.meeting.minutes)

    @property
    def can_be_fitted(self) -> bool:
        """True where a button can make the minutes add up."""
        return rules.can_be_fitted(self.agenda, self.meeting.minutes)

    @property
    def weighed(self) -> Weighed:
        """Input and active work."""
        return rules.weighed(self.agenda)

    def number_now(self, now: datetime) -> int:
        """Which block is on, counted from 1; nought where none is."""
        return rules.number_now(self.agenda, self.meeting.starts_at, now)


@dataclass(frozen=True)
class BlockInMeeting:
    """One block, for a page about that one; it opens to whom its meeting opens."""

    shown: ShownBlock
    programme: Programme

    @property
    def id(self) -> uuid.UUID:
        """The key of the block."""
        return self.shown.block.id

    @property
    def facts(self) -> Facts:
        """Those of the meeting."""
        return self.programme.meeting.facts

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        return rules.fields_of(self.shown.block)


_BLOCKS = (
    sa.select(
        AgendaBlock.id,
        AgendaBlock.kind,
        AgendaBlock.minutes,
        AgendaBlock.work,
        AgendaBlock.title,
        AgendaBlock.good_for,
        AgendaBlock.question,
        AgendaBlock.method_key,
        AgendaBlock.method_version,
        AgendaBlock.leader_id,
        AgendaBlock.is_dropped,
    )
    .where(AgendaBlock.meeting_id == sa.bindparam("meeting_id"))
    .order_by(AgendaBlock.place, AgendaBlock.id)
)
_PREPARATION = sa.select(*(getattr(MeetingPreparation, name) for name in TEXTS)).where(
    MeetingPreparation.meeting_id == sa.bindparam("meeting_id")
)


_PREPARED = sa.union(
    sa.select(MeetingPreparation.meeting_id).where(
        among(MeetingPreparation.meeting_id),
        sa.or_(*(getattr(MeetingPreparation, name) != "" for name in TEXTS)),
    ),
    sa.select(AgendaBlock.meeting_id).where(among(AgendaBlock.meeting_id)),
)


def programme_of(meeting: MeetingCard) -> Programme:
    """The agenda of this meeting with its times and words."""
    agenda = agenda_of(meeting)
    chosen = {(each.method.key, each.method.version) for each in agenda if each.method}
    known = find_methods(meeting.trajectory.partnership_id, chosen)
    people = {each.id: each for each in people_of(meeting)}
    return Programme(
        meeting,
        agenda,
        tuple(
            ShownBlock(
                each.block,
                each.starts_at,
                each.ends_at,
                meeting_frames().kind(each.block.kind),
                known.get(each.block.method) if each.block.method else None,
                people.get(each.block.leader_id) if each.block.leader_id else None,
            )
            for each in rules.timed(agenda, meeting.starts_at)
        ),
    )


def find_block(meeting: MeetingCard, block_id: uuid.UUID) -> BlockInMeeting | None:
    """The block with this key, dropped or not."""
    programme = programme_of(meeting)
    found = next((each for each in programme.all_blocks if each.block.id == block_id), None)
    return BlockInMeeting(found, programme) if found else None


def people_of(meeting: MeetingCard) -> tuple[Colleague, ...]:
    """Who can lead a block: whoever leads the trajectory, and whoever takes part in it."""
    return (*meeting.trajectory.leading, *meeting.trajectory.participants)


def agenda_of(meeting: MeetingCard) -> Agenda:
    """The agenda of this meeting: as somebody made it, or else the frame for its length."""
    stored = tuple(_block(row) for row in read(_BLOCKS, meeting_id=meeting.id))
    return stored or _from_frame(meeting)


def preparation_of(meeting: MeetingCard) -> Preparation:
    """What its facilitators wrote down for it."""
    row = read(_PREPARATION, meeting_id=meeting.id).one_or_none()
    return Preparation(*row) if row else Preparation()


def prepared_of(meeting_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """For which of these meetings somebody wrote something down, or made the agenda their own."""
    return set(read(_PREPARED, ids=meeting_ids).scalars()) if meeting_ids else set()


def _from_frame(meeting: MeetingCard) -> Agenda:
    there = laid_out(meeting_frames().frame(meeting.number), meeting.minutes)
    return tuple(
        _framed(rules.key_of(meeting.id, place), block, minutes)
        for place, (block, minutes) in enumerate(there, 1)
    )


def _framed(block_id: uuid.UUID, block: FrameBlock, minutes: int) -> Block:
    kind = meeting_frames().kind(block.kind)
    method = methods().get(block.method) if block.method else None
    chosen = Chosen(method.key, method.version) if method else None
    return Block(block_id, kind.key, minutes, Work(kind.work), method=chosen)


def _block(
    row: sa.Row[
        uuid.UUID, str, int, str, str, str, str, str | None, int | None, uuid.UUID | None, bool
    ],
) -> Block:
    block_id, kind, minutes, work, title, good_for, question, key, version, leader, gone = row
    method = Chosen(key, version) if key and version else None
    return Block(
        block_id, kind, minutes, Work(work), title, good_for, question, method, leader, gone
    )
