"""What participants and facilitators do with their questions.

Who changes something holds the trajectory (`find_trajectory(..., to_write=True)`) and reads the
questions after that, so that of two at one moment the second sees what the first one did.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.common_question.models import (
    BroughtQuestion,
    CommonQuestion,
    QuestionProposal,
    QuestionRound,
)
from zetwpo.cycle.common_question.queries import BroughtCard, Questions
from zetwpo.cycle.common_question.rules import (
    NONE,
    Common,
    Proposal,
    Step,
    brought_fields,
    holding,
    mark_of,
)
from zetwpo.database.statements import change_row, insert_once
from zetwpo.database.tables import Base
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db


class Changed(Exception):
    """Somebody else changed these questions after the page was shown."""


class PartOfIt(Exception):
    """What somebody brought in is part of a common question already."""


class StillClosed(Exception):
    """The group has not opened its questions: what is recorded would show whose words are in it."""


class DecidedElsewhere(Exception):
    """There is another common question by now than the page showed."""

    def __init__(self, newest: Common | None) -> None:
        super().__init__()
        self.newest = newest


@dataclass(frozen=True)
class Decision:
    """What a group decided to work on, and what it came out of."""

    step: Step
    text: str
    area: str = ""
    subgroup_id: uuid.UUID | None = None
    proposal_id: uuid.UUID | None = None
    meeting_id: uuid.UUID | None = None


# ----------------------------------------------------------------------------- bringing in


def bring_in(questions: Questions, author_id: uuid.UUID, sent: Sent) -> None:
    """Bring in a question, or other words than before. Raises Overtaken and PartOfIt."""
    mine, proposal = questions.brought_by(author_id), questions.proposal_of(author_id)
    closed = questions.closed.get(author_id)
    before = brought_fields(mine)
    fields = merged(sent, before)
    if fields == before:
        return
    if proposal and proposal.is_decided:
        raise PartOfIt
    if closed and closed.is_decided and closed.brought.text != fields["text"]:
        raise PartOfIt
    axis = "" if fields["axis"] == NONE else fields["axis"]
    values = {"text": fields["text"], "axis": axis, "brought_at": now()}
    accounts.keep_author(author_id)
    # Once for each time that everybody brings one in, also where somebody left in between.
    if before_now := mine or (closed.brought if closed else None):
        _update(BroughtQuestion, before_now.id, **values)
    else:
        own = {
            "proposal_id": _new_proposal(questions),
            "round_id": _round_of(questions),
            "author_id": author_id,
        }
        db.session.add(BroughtQuestion(**own, **values))
    audit.record("question brought in", actor_id=author_id, object_id=questions.trajectory.id)


def take_back(brought: BroughtCard) -> None:
    """Take a question back, with its author's name; a common question stays as it was decided."""
    db.session.execute(sa.delete(BroughtQuestion).where(BroughtQuestion.id == brought.id))
    _delete_if_empty([brought.proposal_id])
    audit.record("question taken back", actor_id=brought.author_id, object_id=brought.trajectory_id)


def open_round(questions: Questions, actor_id: uuid.UUID) -> None:
    """From now on everybody in the group reads what was and what will be brought in."""
    if not questions.is_open:
        _update(QuestionRound, _round_of(questions), opened_at=now())
        audit.record("questions opened", actor_id=actor_id, object_id=questions.trajectory.id)


def begin_anew(questions: Questions, seen_number: int, actor_id: uuid.UUID) -> None:
    """Let everybody bring in a question once more; a second click begins nothing."""
    there = questions.round
    if there is None or there.number != seen_number:
        return
    trajectory_id = questions.trajectory.id
    db.session.add(QuestionRound(trajectory_id=trajectory_id, number=there.number + 1))
    audit.record("questions asked anew", actor_id=actor_id, object_id=trajectory_id)


# ------------------------------------------------------------------------ putting together


def put_together(
    questions: Questions,
    brought: Collection[uuid.UUID],
    wording: str,
    seen: str,
    actor_id: uuid.UUID,
) -> None:
    """Put these questions together under one wording; whose words they were stays.

    Raises Changed where they are not as the page showed them.
    """
    chosen = holding(questions.open_proposals, brought)
    if len(chosen) == 1 and chosen[0].wording == wording and _holds_just(chosen[0], brought):
        # A second click.
        return
    if mark_of(chosen) != seen or not chosen:
        raise Changed
    made, before = _new_proposal(questions, wording), [each.id for each in chosen]
    _move(BroughtQuestion.proposal_id.in_(before), made)
    _delete_if_empty(before)
    audit.record("questions put together", actor_id=actor_id, object_id=made)


def take_apart(questions: Questions, proposal: Proposal, seen: str, actor_id: uuid.UUID) -> None:
    """Give each question that was put together a place of its own again, in its own words.

    Raises Changed where it is not as the page showed it.
    """
    if not proposal.is_merged:
        # A second click.
        return
    if mark_of([proposal]) != seen:
        raise Changed
    for source in proposal.sources[1:]:
        _move(BroughtQuestion.id == source.id, _new_proposal(questions))
    _update(QuestionProposal, proposal.id, wording="", points=None)
    audit.record("questions taken apart", actor_id=actor_id, object_id=proposal.id)


def reword(proposal: Proposal, sent: Sent, actor_id: uuid.UUID) -> None:
    """Give a proposal other words; the words of its authors stay below them. Raises Overtaken."""
    before = {"wording": proposal.text}
    fields = merged(sent, before)
    if fields == before:
        return
    own = {source.text for source in proposal.sources} if not proposal.is_merged else set()
    wording = "" if fields["wording"] in own else fields["wording"]
    _update(QuestionProposal, proposal.id, wording=wording)
    audit.record("question reworded", actor_id=actor_id, object_id=proposal.id)


def rank(questions: Questions, points: Mapping[uuid.UUID, int | None], actor_id: uuid.UUID) -> None:
    """Keep the points that the group gave; none where they were not given."""
    changed = [each for each in questions.open_proposals if points[each.id] != each.points]
    for each in changed:
        _update(QuestionProposal, each.id, points=points[each.id])
    if changed:
        audit.record("questions ranked", actor_id=actor_id, object_id=questions.trajectory.id)


# ------------------------------------------------------------------------- the line


def record(
    questions: Questions, key: uuid.UUID, decision: Decision, seen: str, actor_id: uuid.UUID
) -> None:
    """Add a common question to the line, once for each key: a second click adds nothing.

    `seen` is the key of the question that the page showed as the newest, empty for none. Raises
    DecidedElsewhere where there is another one by now, Changed where the proposal is gone or became
    one already, and StillClosed where the group has not opened its questions.
    """
    if questions.has_common(key):
        return
    require_seen(questions, decision.subgroup_id, seen)
    if decision.proposal_id and not questions.is_open:
        raise StillClosed
    if decision.proposal_id and decision.proposal_id not in {
        each.id for each in questions.open_proposals
    }:
        raise Changed
    last = questions.common[-1].number if questions.common else 0
    db.session.add(
        CommonQuestion(
            id=key,
            trajectory_id=questions.trajectory.id,
            number=last + 1,
            subgroup_id=decision.subgroup_id,
            step=decision.step,
            text=decision.text,
            area=decision.area,
            proposal_id=decision.proposal_id,
            meeting_id=decision.meeting_id,
            decided_at=now(),
        )
    )
    audit.record("common question recorded", actor_id=actor_id, object_id=key)


def require_seen(questions: Questions, subgroup_id: uuid.UUID | None, seen: str) -> None:
    """Raise DecidedElsewhere unless the newest question is the one that a page showed."""
    newest = questions.newest(subgroup_id)
    if (str(newest.id) if newest else "") != seen:
        raise DecidedElsewhere(newest)


def reword_common(question: Common, sent: Sent, actor_id: uuid.UUID) -> None:
    """Mend the words of a common question. Raises Overtaken."""
    before = {"text": question.text}
    fields = merged(sent, before)
    if fields != before:
        _update(CommonQuestion, question.id, text=fields["text"])
        audit.record("common question reworded", actor_id=actor_id, object_id=question.id)


def undo(questions: Questions, question: Common, actor_id: uuid.UUID) -> None:
    """Take the last step of the line back: what it was put together from lies open again.

    Raises Changed where the line goes on after it.
    """
    if questions.common[-1].id != question.id:
        raise Changed
    db.session.execute(sa.delete(CommonQuestion).where(CommonQuestion.id == question.id))
    audit.record("common question taken back", actor_id=actor_id, object_id=question.id)


# --------------------------------------------------------------------------------------------


def _holds_just(proposal: Proposal, brought: Collection[uuid.UUID]) -> bool:
    return {each.id for each in proposal.sources} == set(brought)


def _round_of(questions: Questions) -> uuid.UUID:
    """The round of now; the first one begins with whoever is first to need it."""
    if questions.round:
        return questions.round.id
    trajectory_id = questions.trajectory.id
    table = QuestionRound
    insert_once(db.session(), table, {"trajectory_id": trajectory_id, "number": 1})
    return db.session.scalars(
        sa.select(table.id).where(table.trajectory_id == trajectory_id, table.number == 1)
    ).one()


def _new_proposal(questions: Questions, wording: str = "") -> uuid.UUID:
    key = uuid.uuid4()
    made = {"id": key, "round_id": _round_of(questions), "wording": wording}
    db.session.execute(sa.insert(QuestionProposal), made)
    return key


def _move(which: sa.ColumnElement[bool], proposal_id: uuid.UUID) -> None:
    table = BroughtQuestion
    db.session.execute(sa.update(table).where(which).values(proposal_id=proposal_id))


def _delete_if_empty(proposals: Collection[uuid.UUID]) -> None:
    """Nothing can become of a proposal that nothing is in."""
    table = QuestionProposal
    filled = sa.select(BroughtQuestion.id).where(BroughtQuestion.proposal_id == table.id)
    db.session.execute(sa.delete(table).where(table.id.in_(proposals), ~filled.exists()))


def _update(table: type[Base], key: uuid.UUID, **values: object) -> None:
    change_row(db.session(), table, key, values)
