"""What facilitators do with the subgroups of a large group; each holds it as service.py says."""

import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.cycle.common_question.models import QuestionSubgroup, SubgroupMember
from zetwpo.cycle.common_question.queries import Questions, Subgroup
from zetwpo.cycle.common_question.rules import MOST_SUBGROUPS
from zetwpo.database.statements import change_row
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db


class HasQuestion(Exception):
    """The subgroup has a question of its own in the line."""


class TooMany(Exception):
    """There are as many subgroups as a group is ever split into."""


def split_off(questions: Questions, key: uuid.UUID, sent: Sent, actor_id: uuid.UUID) -> None:
    """Make a subgroup of these people, once for each key. Raises TooMany."""
    if questions.subgroup(key):
        return
    if len(questions.subgroups) >= MOST_SUBGROUPS:
        raise TooMany
    trajectory_id = questions.trajectory.id
    number = max((each.number for each in questions.subgroups), default=0) + 1
    area = sent.fields["area"]
    db.session.add(QuestionSubgroup(id=key, trajectory_id=trajectory_id, number=number, area=area))
    db.session.flush()
    _set_members(questions, key, sent.fields["members"])
    audit.record("subgroup made", actor_id=actor_id, object_id=key)


def change_subgroup(
    questions: Questions, subgroup: Subgroup, sent: Sent, actor_id: uuid.UUID
) -> None:
    """Give it other people or another area. Raises Overtaken."""
    fields = merged(sent, subgroup.fields)
    if fields == subgroup.fields:
        return
    change_row(db.session(), QuestionSubgroup, subgroup.id, {"area": fields["area"]})
    _set_members(questions, subgroup.id, fields["members"])
    audit.record("subgroup changed", actor_id=actor_id, object_id=subgroup.id)


def join_again(questions: Questions, subgroup: Subgroup, actor_id: uuid.UUID) -> None:
    """Let its people be of the whole group again. Raises HasQuestion."""
    if any(each.subgroup_id == subgroup.id for each in questions.common):
        raise HasQuestion
    db.session.execute(sa.delete(QuestionSubgroup).where(QuestionSubgroup.id == subgroup.id))
    audit.record("subgroup ended", actor_id=actor_id, object_id=subgroup.id)


def _set_members(questions: Questions, subgroup_id: uuid.UUID, members: str) -> None:
    """Let these be in it and nobody else; whoever was in another one is no more."""
    table, trajectory_id = SubgroupMember, questions.trajectory.id
    # Nothing is left of it where an account is deleted at this moment.
    keys = accounts.keep([uuid.UUID(each) for each in members.split()])
    db.session.execute(
        sa.delete(table).where(
            table.trajectory_id == trajectory_id,
            sa.or_(table.subgroup_id == subgroup_id, table.person_id.in_(keys)),
        )
    )
    own = {"trajectory_id": trajectory_id, "subgroup_id": subgroup_id}
    db.session.add_all(SubgroupMember(person_id=key, **own) for key in keys)
