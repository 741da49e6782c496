"""Every column stands in the file that a person takes out, or is left out for a reason.

A new column makes the first test fail: say in COLUMNS where it stands in the file (and show it in
templates/privacy/readable.html), or why it is left out. What one person's file may say about
another's doings stands in test_byte_for_byte.py.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.forms import SCHOOL_TRAINER
from tests.mailbox import Letter, Mailbox
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.devices import BROWSERS, SYSTEMS
from zetwpo.accounts.models import Membership, School
from zetwpo.config import ROOT
from zetwpo.cycle.attendance.rules import Presence
from zetwpo.cycle.attendance.words import OWN_WORDS, hours
from zetwpo.cycle.learning_question.grounds import KINDS
from zetwpo.database.tables import Base, Moment
from zetwpo.extensions import db
from zetwpo.i18n import LANGUAGE_NAMES, LANGUAGES, Language, gettext, moment, writing_in
from zetwpo.library.kinds import KINDS as CONTENT
from zetwpo.library.queries import library
from zetwpo.mail.kinds import KINDS as MAILS
from zetwpo.partnerships.importing.queries import find_list
from zetwpo.partnerships.importing.service import import_people
from zetwpo.privacy.words import (
    ACTS,
    CONTENT_KINDS,
    file_kind,
    file_size,
    form_title,
    note_day,
    plan_status,
    portfolio_order,
    portfolio_section,
    read_by,
    reflection_question,
    shared_item,
    shelf_part,
)

Clock = time_machine.Traveller
NEW_ADDRESS = "olga@new.example"


@dataclass(frozen=True)
class LeftOut:
    """Why a column is in nobody's file."""

    reason: str


KEY = LeftOut("a random key: it tells rows apart and says nothing")
HASH = LeftOut("the hash of a secret, which somebody else has to keep out of as well")
BROWSER = LeftOut("tells about a browser, and not about who asked with it")
COUNT = LeftOut("under a hash: whose it is, cannot be told from it")
SENDING = LeftOut("how the sending went, not what was sent")
PLANS = LeftOut("would tell when somebody else decided to share (trust, rule 4)")
COMPARED = LeftOut("the address or name beside it, in the form in which it is compared")
PLACE = LeftOut("about a school, and not about who works there")
FOOT = LeftOut("stands below every page of the partnership, for everybody in it")
ACTOR = LeftOut("an act of somebody else, which stands in the file of whoever did it")
OF_ALL = LeftOut("what a partnership made together; it is about nobody")
LISTED = LeftOut("about others, and kept for a day: who is on it deletes it with the account")
GROUP = LeftOut("what a group has together; it is about nobody in particular")
PREPARED = LeftOut("what the facilitators of a group write together, about the meeting")
TWICE = LeftOut("stands in the file under another name, or inside the text that does")

# Where a column stands: a path into the file. `[]` is each of a list, `{}` each of a map (its keys
# where the path ends there).
FILLED_IN = ("scans[].draft", "scans[].result.views[]", "feedback_on_others[].filled_in")


def filled_in(path: str) -> tuple[str, ...]:
    return tuple(f"{form}.{path}" for form in FILLED_IN)


# What a group tells the team.
MESSAGE = ("question", "different", "proposal", "celebration", "told")
COLUMNS: dict[str, tuple[str, ...] | LeftOut] = {
    "address_change.id": KEY,
    "address_change.person_id": KEY,
    "address_change.email": ("account.address_change.email",),
    "address_change.link_hash": HASH,
    "address_change.asked_by_id": LeftOut("the file says whether it was the person or another"),
    "address_change.asked_at": ("account.address_change.asked_at",),
    "address_change.expires_at": ("account.address_change.expires_at",),
    "address_change.confirmed_at": ("account.address_change.confirmed_at",),
    "agenda_block.id": KEY,
    "agenda_block.meeting_id": KEY,
    "agenda_block.place": GROUP,
    "agenda_block.kind": LeftOut("its title says so"),
    "agenda_block.minutes": ("blocks_led[].minutes",),
    "agenda_block.work": GROUP,
    "agenda_block.title": ("blocks_led[].title",),
    "agenda_block.good_for": GROUP,
    "agenda_block.question": GROUP,
    "agenda_block.method_key": GROUP,
    "agenda_block.method_version": GROUP,
    "agenda_block.leader_id": KEY,
    "agenda_block.is_dropped": LeftOut("what is not done is led by nobody"),
    "answer.response_id": KEY,
    "answer.statement": filled_in("answers{}"),
    "answer.value": filled_in("answers{}.answer"),
    "attendance.meeting_id": KEY,
    "attendance.person_id": KEY,
    "attendance.presence": ("attendance[].presence",),
    "audit_entry.id": KEY,
    "audit_entry.at": ("acts[].at", "feedback_on_others[].acts[].at"),
    "audit_entry.action": ("acts[].action", "feedback_on_others[].acts[].action"),
    "audit_entry.actor_id": KEY,
    "audit_entry.object_id": KEY,
    "brought_question.id": KEY,
    "brought_question.round_id": KEY,
    "brought_question.author_id": KEY,
    "brought_question.proposal_id": KEY,
    "brought_question.text": ("brought_questions[].text",),
    "brought_question.axis": ("brought_questions[].axis",),
    "brought_question.brought_at": ("brought_questions[].brought_at",),
    "common_question.id": KEY,
    "common_question.trajectory_id": KEY,
    "common_question.number": GROUP,
    "common_question.subgroup_id": KEY,
    "common_question.step": GROUP,
    "common_question.text": GROUP,
    "common_question.area": GROUP,
    "common_question.proposal_id": KEY,
    "common_question.meeting_id": KEY,
    "common_question.decided_at": GROUP,
    "calendar_address.person_id": KEY,
    "calendar_address.word": LeftOut("stands in an address that its owner reads on a page"),
    "calendar_address.made_at": ("calendar_address.made_at",),
    "certificate.id": KEY,
    "certificate.owner_id": KEY,
    "certificate.trajectory_id": KEY,
    "certificate.name": ("certificates[].name",),
    "certificate.title": ("certificates[].title",),
    "certificate.partnership": ("certificates[].partnership",),
    "certificate.first_day": ("certificates[].first_day",),
    "certificate.last_day": ("certificates[].last_day",),
    "certificate.meetings": ("certificates[].meetings",),
    "certificate.minutes": ("certificates[].minutes",),
    "certificate.claimed_at": ("certificates[].claimed_at",),
    "certificate_leader.certificate_id": KEY,
    "certificate_leader.person_id": KEY,
    "certificate_leader.name": LeftOut("would tell whoever led that somebody claimed one"),
    "content_draft.partnership_id": KEY,
    "content_draft.kind": ("content_drafts[].kind",),
    "content_draft.key": KEY,
    "content_draft.document": OF_ALL,
    "content_draft.revision": LeftOut("counts changes, whoever made them"),
    "content_draft.changed_at": ("content_drafts[].changed_at",),
    "content_draft.changed_by_id": KEY,
    "counter.bucket": HASH,
    "counter.count": COUNT,
    "counter.ends_at": COUNT,
    "halfway_gap.meeting_id": KEY,
    "halfway_gap.is_skipped": PREPARED,
    "halfway_gap.went_at": GROUP,
    "halfway_reminder.trajectory_id": KEY,
    "halfway_reminder.is_on": PREPARED,
    "halfway_reminder.text": PREPARED,
    "homework_bringer.meeting_id": KEY,
    "homework_bringer.person_id": KEY,
    "invitation.id": KEY,
    "invitation.scan_id": KEY,
    "invitation.form_key": KEY,
    "invitation.response_id": KEY,
    "invitation.role": ("scans[].asked[].role", "feedback_on_others[].role"),
    "invitation.name": ("scans[].asked[].name", "feedback_on_others[].name"),
    "invitation.email": ("scans[].asked[].email", "feedback_on_others[].email"),
    "invitation.normal_email": COMPARED,
    "invitation.language": ("scans[].asked[].language", "feedback_on_others[].language"),
    "invitation.word": ("scans[].asked[].word", "feedback_on_others[].word"),
    "invitation.invited_at": ("scans[].asked[].invited_at", "feedback_on_others[].invited_at"),
    "invitation.expires_at": ("scans[].asked[].expires_at", "feedback_on_others[].expires_at"),
    "invitation.withdrawn_at": (
        "scans[].asked[].withdrawn_at",
        "feedback_on_others[].withdrawn_at",
    ),
    # For the supervisor it does not exist.
    "invitation.declined_at": ("feedback_on_others[].declined_at",),
    # For the supervisor it exists from that moment on.
    "invitation.share_from": ("scans[].asked[].shared_at", "feedback_on_others[].share_from"),
    # These two are of who was asked: whoever asked reads on the page that it was withdrawn.
    "invitation.held_from": ("feedback_on_others[].held_from",),
    "invitation.retracted_at": ("feedback_on_others[].retracted_at",),
    "learning_question.id": KEY,
    "learning_question.owner_id": KEY,
    "learning_question.scan_id": KEY,
    "learning_question_draft.question_id": KEY,
    "learning_question_draft.axis": ("learning_question_drafts[].axis",),
    "learning_question_draft.text": ("learning_question_drafts[].text",),
    "learning_question_draft.written_at": ("learning_question_drafts[].written_at",),
    "learning_question_ground.version_id": KEY,
    "learning_question_ground.kind": ("learning_questions[].rested_on[].kind",),
    "learning_question_ground.key": ("learning_questions[].rested_on[].key",),
    "learning_question_ground.source": KEY,
    "learning_question_version.id": KEY,
    "learning_question_version.question_id": KEY,
    "learning_question_version.number": ("learning_questions[].number",),
    "learning_question_version.axis": ("learning_questions[].axis",),
    "learning_question_version.text": ("learning_questions[].text",),
    "learning_question_version.written_at": ("learning_questions[].written_at",),
    "facilitation.id": KEY,
    "facilitation.trajectory_id": KEY,
    "facilitation.person_id": KEY,
    "facilitation.since": ("trajectories.led[].since",),
    "facilitation.ended_at": ("trajectories.led[].until",),
    "meeting.id": KEY,
    "meeting.trajectory_id": KEY,
    "meeting.number": ("attendance[].number", "brings_in[].number"),
    "meeting.starts_at": ("attendance[].starts_at", "brings_in[].starts_at"),
    "meeting.minutes": GROUP,
    "meeting.place": GROUP,
    "meeting.sequence": GROUP,
    "meeting_agreements.meeting_id": KEY,
    "meeting_agreements.notes": GROUP,
    # Of the homework that this person was to bring in.
    "meeting_agreements.homework": ("brings_in[].homework",),
    "meeting_agreements.next_step": GROUP,
    "meeting_preparation.meeting_id": KEY,
    "meeting_preparation.aim": PREPARED,
    "meeting_preparation.look_back": PREPARED,
    "meeting_preparation.dialogue": PREPARED,
    "meeting_preparation.deepening": PREPARED,
    "meeting_preparation.theory": PREPARED,
    "meeting_preparation.reflecting": PREPARED,
    "meeting_preparation.to_bring": PREPARED,
    "membership.id": KEY,
    "membership.person_id": KEY,
    "membership.partnership_id": KEY,
    "membership.school_id": KEY,
    "membership.role": ("account.memberships[].role",),
    "membership.given_at": ("account.memberships[].given_at",),
    "membership.given_by_id": ACTOR,
    "membership.ended_at": ("account.memberships[].ended_at",),
    "membership.ended_by_id": ACTOR,
    "open_answer.response_id": KEY,
    "open_answer.kind": filled_in("texts[].kind"),
    "open_answer.axis": filled_in("texts[].axis"),
    "open_answer.text": filled_in("texts[].text"),
    "outbox_mail.id": KEY,
    "outbox_mail.kind": TWICE,
    "outbox_mail.reason": KEY,
    "outbox_mail.about_id": KEY,
    "outbox_mail.partnership_id": SENDING,
    "outbox_mail.recipient": TWICE,
    "outbox_mail.normal_recipient": COMPARED,
    "outbox_mail.language": TWICE,
    "outbox_mail.values": TWICE,
    "outbox_mail.queued_at": PLANS,
    "outbox_mail.due_at": PLANS,
    "outbox_mail.at_decent_hours": SENDING,
    "outbox_mail.useful_until": SENDING,
    "outbox_mail.is_urgent": SENDING,
    "outbox_mail.claimed_at": SENDING,
    "outbox_mail.attempts": SENDING,
    "outbox_mail.failure": SENDING,
    "outbox_mail.sent_at": ("mails[].sent_at",),
    "outbox_mail.subject": ("mails[].subject",),
    "outbox_mail.text": ("mails[].text",),
    "participation.id": KEY,
    "participation.trajectory_id": KEY,
    "participation.person_id": KEY,
    "participation.since": ("trajectories.took_part[].since",),
    "participation.left_at": ("trajectories.took_part[].until",),
    "partnership.id": KEY,
    "partnership.name": (
        "account.memberships[].partnership",
        "scans[].partnership",
        "lists[].partnership",
    ),
    "partnership.is_demo": LeftOut("about this site, not about a person"),
    "partnership_identity.partnership_id": KEY,
    "partnership_identity.controller": FOOT,
    "partnership_identity.address": FOOT,
    "partnership_identity.help_name": FOOT,
    "partnership_identity.help_email": FOOT,
    "partnership_identity.help_phone": FOOT,
    "partnership_identity.privacy_name": FOOT,
    "partnership_identity.privacy_email": FOOT,
    "partnership_identity.complaint": FOOT,
    "partnership_identity.ground": FOOT,
    "pair.id": KEY,
    "pair.trajectory_id": KEY,
    "pair.proposed_at": ("pairs[].proposed_at",),
    "pair_member.pair_id": KEY,
    "pair_member.person_id": KEY,
    "pair_member.agreed_at": ("pairs[].agreed_at",),
    "people_list.id": KEY,
    "people_list.partnership_id": KEY,
    "people_list.brought_by_id": KEY,
    "people_list.brought_at": ("lists[].brought_at",),
    "people_list.lines": LISTED,
    "people_list.choices": LISTED,
    "people_list.done_at": ("lists[].done_at",),
    "people_list.outcome": LISTED,
    "person.id": KEY,
    "person.name": ("account.name", "feedback_on_others[].supervisor"),
    "person.email": ("account.email",),
    "person.normal_email": COMPARED,
    "person.language": ("account.language",),
    "person.created_at": ("account.created_at",),
    "person.last_sign_in_at": ("account.last_sign_in_at",),
    "plan.id": KEY,
    "plan.owner_id": KEY,
    "plan.meeting_id": KEY,
    "plan.what": ("plans[].what",),
    "plan.at": ("plans[].at",),
    "plan.sign": ("plans[].sign",),
    "plan.minutes": ("plans[].minutes",),
    "plan.status": ("plans[].status",),
    "plan.opened_at": ("plans[].opened_at",),
    "plan.written_at": ("plans[].written_at",),
    "plan_question.id": KEY,
    "plan_question.plan_id": KEY,
    "plan_question.author_id": LeftOut("on the page of the plan; it is about whoever asked"),
    "plan_question.form_key": KEY,
    "plan_question.text": ("plans[].questions[].text", "plan_questions[].text"),
    "plan_question.asked_at": ("plans[].questions[].asked_at", "plan_questions[].asked_at"),
    # Of whose plan it is: for whoever asked it is somebody else's.
    "plan_question.answer": ("plans[].questions[].answer",),
    "plan_question.answered_at": ("plans[].questions[].answered_at",),
    "portfolio.id": KEY,
    "portfolio.owner_id": KEY,
    "portfolio.trajectory_id": KEY,
    "portfolio.introduction": ("portfolios[].introduction",),
    "portfolio.sections": ("portfolios[].order",),
    "portfolio.written_at": ("portfolios[].written_at",),
    "portfolio_item.portfolio_id": KEY,
    "portfolio_item.section": ("portfolios[].chosen{}",),
    "portfolio_item.key": KEY,
    "practice_note.id": KEY,
    "practice_note.owner_id": KEY,
    "practice_note.meeting_id": KEY,
    "practice_note.day": ("practice_notes[].day",),
    "practice_note.text": ("practice_notes[].text",),
    "practice_note.audience": ("practice_notes[].audience",),
    "practice_note.chosen_at": ("practice_notes[].chosen_at",),
    "practice_note.written_at": ("practice_notes[].written_at",),
    "published_content.id": KEY,
    "published_content.partnership_id": KEY,
    "published_content.kind": ("published[].kind",),
    "published_content.key": KEY,
    "published_content.version": ("published[].version",),
    "published_content.document": OF_ALL,
    "published_content.published_at": ("published[].published_at",),
    "published_content.published_by_id": KEY,
    "recap.meeting_id": KEY,
    "recap.opening": ("recaps[].opening",),
    "recap.question": GROUP,
    "recap.noted": GROUP,
    "recap.homework": GROUP,
    "recap.ahead": GROUP,
    "recap.correction": PREPARED,
    "recap.sent_at": ("recaps[].sent_at",),
    "recap.sent_by_id": KEY,
    "recap.next_starts_at": GROUP,
    "recap.next_minutes": GROUP,
    "recap.next_place": GROUP,
    "recap.reading": GROUP,
    "recap_correction.id": KEY,
    "recap_correction.meeting_id": KEY,
    "recap_correction.text": ("recap_corrections[].text",),
    "recap_correction.sent_at": ("recap_corrections[].sent_at",),
    "recap_correction.sent_by_id": KEY,
    "reflection.id": KEY,
    "reflection.owner_id": KEY,
    "reflection.meeting_id": KEY,
    "reflection.begun_at": ("reflections[].begun_at",),
    "reflection.sentence": ("reflections[].sentence",),
    "reflection.brought_at": ("reflections[].brought_at",),
    "reflection_answer.reflection_id": KEY,
    "reflection_answer.question": ("reflections[].answers[].question",),
    "reflection_answer.text": ("reflections[].answers[].text",),
    "reflection_answer.audience": ("reflections[].answers[].audience",),
    "reflection_answer.chosen_at": ("reflections[].answers[].chosen_at",),
    "reflection_answer.written_at": ("reflections[].answers[].written_at",),
    "rescan_call.trajectory_id": KEY,
    "rescan_call.called_at": GROUP,
    "response.id": KEY,
    "response.questionnaire": filled_in("questionnaire"),
    "response.version": filled_in("version"),
    "response.form": filled_in("form"),
    "response.opened_at": LeftOut("the moment at which the scan was started, or somebody asked"),
    "scan.id": KEY,
    "scan.owner_id": KEY,
    "scan.partnership_id": KEY,
    "scan.response_id": KEY,
    "scan.started_at": ("scans[].started_at",),
    "scan.submitted_at": ("scans[].submitted_at",),
    "school.id": KEY,
    "school.partnership_id": KEY,
    "school.name": ("account.memberships[].school",),
    "school.kind": PLACE,
    "school.closed_at": PLACE,
    "school.normal_name": PLACE,
    "school_break.id": KEY,
    "school_break.partnership_id": KEY,
    "school_break.name": PLACE,
    "school_break.first_day": PLACE,
    "school_break.last_day": PLACE,
    "school_break.source": PLACE,
    "share.id": KEY,
    "share.item_kind": ("shared[].kind", "shared_with_me[].kind"),
    "share.item_id": KEY,
    "share.part": ("shared[].part", "shared_with_me[].part"),
    "share.owner_id": KEY,
    "share.partnership_id": KEY,
    # To whom, and by whom, stands there by name.
    "share.to_person_id": KEY,
    "share.to_group_kind": KEY,
    "share.to_group_id": KEY,
    "share.opened_at": ("shared[].opened_at", "shared_with_me[].opened_at"),
    "share.until": ("shared[].until", "shared_with_me[].until"),
    "share.taken_back_at": ("shared[].taken_back_at",),
    "shelf_file.id": KEY,
    "shelf_file.item_id": KEY,
    "shelf_file.name": ("on_shelves[].file.name",),
    "shelf_file.kind": ("on_shelves[].file.kind",),
    "shelf_file.size": ("on_shelves[].file.size",),
    "shelf_item.id": KEY,
    "shelf_item.partnership_id": KEY,
    "shelf_item.trajectory_id": KEY,
    "shelf_item.section": ("on_shelves[].section",),
    "shelf_item.area": ("on_shelves[].area",),
    "shelf_item.title": ("on_shelves[].title",),
    "shelf_item.text": ("on_shelves[].text",),
    "shelf_item.url": ("on_shelves[].url",),
    "shelf_item.put_by_id": KEY,
    "shelf_item.put_at": ("on_shelves[].put_at",),
    "shelf_item.form_key": KEY,
    "shelf_reading.meeting_id": KEY,
    "shelf_reading.item_id": KEY,
    "sign_in.id": KEY,
    "sign_in.person_id": KEY,
    "sign_in.token_hash": HASH,
    "sign_in.signed_in_at": ("account.sign_ins[].signed_in_at",),
    "sign_in.expires_at": ("account.sign_ins[].expires_at",),
    "sign_in.browser": ("account.sign_ins[].browser",),
    "sign_in.system": ("account.sign_ins[].system",),
    "stopped_mail.person_id": KEY,
    "stopped_mail.kind": ("account.stopped_mails[].kind",),
    "stopped_mail.stopped_at": ("account.stopped_mails[].stopped_at",),
    "sign_in_request.id": KEY,
    "sign_in_letter.id": KEY,
    "sign_in_letter.address_hash": HASH,
    "sign_in_letter.person_id": KEY,
    "sign_in_letter.link_hash": HASH,
    "sign_in_letter.code_hash": HASH,
    "sign_in_letter.to_known": BROWSER,
    "sign_in_letter.written_at": LeftOut("the mail is in the file, with its moment"),
    "sign_in_letter.expires_at": LeftOut("the end of the requests that it answers"),
    "sign_in_request.address_hash": HASH,
    "sign_in_request.browser_hash": HASH,
    "sign_in_request.is_known": BROWSER,
    "sign_in_request.letter_id": KEY,
    "sign_in_request.asked_at": ("account.sign_in_requests[].asked_at",),
    "sign_in_request.expires_at": ("account.sign_in_requests[].expires_at",),
    "sign_in_request.used_at": ("account.sign_in_requests[].used_at",),
    "sign_in_request.wrong_codes": ("account.sign_in_requests[].wrong_codes",),
    "taken_item.scan_id": KEY,
    "taken_item.kind": ("scans[].taken_along[].kind",),
    "taken_item.key": ("scans[].taken_along[].key",),
    # Whose tip it is stands there by name.
    "taken_item.source": KEY,
    "taken_item.taken_at": ("scans[].taken_along[].taken_at",),
    "question_proposal.id": KEY,
    "question_proposal.round_id": KEY,
    "question_proposal.wording": GROUP,
    "question_proposal.points": GROUP,
    "question_round.id": KEY,
    "question_round.trajectory_id": KEY,
    "question_round.number": GROUP,
    "question_round.opened_at": GROUP,
    "question_subgroup.id": KEY,
    "question_subgroup.trajectory_id": KEY,
    "question_subgroup.number": ("subgroups[].number",),
    "question_subgroup.area": ("subgroups[].area",),
    "question_subgroup_member.trajectory_id": KEY,
    "question_subgroup_member.person_id": KEY,
    "question_subgroup_member.subgroup_id": KEY,
    "team_message.trajectory_id": KEY,
    **{f"team_message.{name}": GROUP for name in MESSAGE},
    "team_message_release.trajectory_id": KEY,
    **{f"team_message_release.{name}": GROUP for name in MESSAGE},
    "team_message_release.released_at": GROUP,
    "team_message_voice.trajectory_id": KEY,
    "team_message_voice.person_id": KEY,
    "team_message_voice.version": LeftOut("the file says whether it is the text as it is now"),
    "team_message_voice.agrees": ("team_messages[].agrees",),
    "team_message_voice.words": ("team_messages[].words",),
    "team_message_voice.said_at": ("team_messages[].said_at",),
    "trajectory.id": KEY,
    "trajectory.partnership_id": KEY,
    "trajectory.title": ("trajectories.took_part[].title", "trajectories.led[].title"),
    "trajectory.is_obligatory": GROUP,
    "trajectory.meeting_minutes": GROUP,
    "trajectory.rhythm_weeks": GROUP,
    "trajectory.started_at": GROUP,
    "trajectory.closed_at": GROUP,
    "trajectory.follows_id": GROUP,
    "trajectory_invitation.id": KEY,
    "trajectory_invitation.trajectory_id": KEY,
    "trajectory_invitation.name": ("invited_to[].name",),
    "trajectory_invitation.email": ("invited_to[].email",),
    "trajectory_invitation.normal_email": COMPARED,
    "trajectory_invitation.language": ("invited_to[].language",),
    "trajectory_invitation.invited_at": ("invited_to[].invited_at",),
    "trajectory_invitation.invited_by_id": ACTOR,
    "trajectory_invitation.expires_at": ("invited_to[].expires_at",),
    "trajectory_invitation.accepted_at": ("invited_to[].accepted_at",),
    "trajectory_invitation.declined_at": ("invited_to[].declined_at",),
    "trajectory_invitation.withdrawn_at": ("invited_to[].withdrawn_at",),
    "welcome.id": KEY,
    "welcome.partnership_id": KEY,
    "welcome.person_id": KEY,
    "welcome.name": ("account.invited[].name",),
    "welcome.sought_name": COMPARED,
    "welcome.email": ("account.invited[].email",),
    "welcome.normal_email": COMPARED,
    "welcome.invited_at": ("account.invited[].invited_at",),
    "welcome.invited_by_id": ACTOR,
    "welcome.came_at": ("account.invited[].came_at",),
}
EXPORTED = {column: paths for column, paths in COLUMNS.items() if isinstance(paths, tuple)}


def test_every_column_is_in_the_file_or_left_out_for_a_reason() -> None:
    there_are = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }
    assert sorted(there_are - set(COLUMNS)) == [], "say in COLUMNS where these stand, or why not"
    assert sorted(set(COLUMNS) - there_are) == [], (
        "these columns are gone: take them out of COLUMNS"
    )


@pytest.fixture
def time() -> Iterator[Clock]:
    """Stands still, so that each thing gets a moment of its own by which it can be found."""
    with time_machine.travel(clock.now().replace(second=0), tick=False) as time:
        yield time


@pytest.fixture
def olga(
    browse: Browse, make: Maker, owner: Someone, trainer: Someone, mailbox: Mailbox, time: Clock
) -> Browser:
    """The browser of a supervisor of whom everything is known, who signed in with a code."""
    browser, made = browse(), []
    day = clock.today() + timedelta(days=7)
    for step in (
        lambda: made.append(make.draft_scan(owner, 4, {"gatekeeper": "An example"})),
        lambda: make.scan(owner, 4),
        lambda: make.taken(made[0], "strength", "relationship"),
        lambda: make.learning_question(made[0], "What do I want to learn?"),
        lambda: make.learning_question_draft(made[0], "And what then?", "gatekeeper"),
        lambda: made.append(make.asked(made[0], "Noor", word="Please")),
        lambda: make.shared(made[1], feed_forward={"gatekeeper": "A tip"}),
        lambda: made.append(make.asked(made[0], "Daan")),
        lambda: make.withdrawn(made[2]),
        lambda: make.opened(made[0], trainer, part="gatekeeper", day=day),
        lambda: make.taken_back(make.opened(made[0], trainer, "learning_question")),
        lambda: make.draft_scan(owner, " ".join("1-4567" + "-" * 13), {"gatekeeper": "Other"}),
        lambda: make.questionnaire(owner),
        lambda: _been_in_trajectories(make, owner),
        lambda: _wrote_in_a_trajectory(make, owner),
        lambda: make.calendar_address(owner),
        lambda: make.questionnaire_draft(owner),
        lambda: _import_list(make, owner),
        lambda: _send_to_school(make, owner),
        lambda: make.stopped_mail(owner, "feedback_shared"),
        lambda: make.address_change(owner, NEW_ADDRESS),
        lambda: browse(owner).get(link_to(NEW_ADDRESS, mailbox)).send(),
        lambda: _invited_to_trajectories(make),
        lambda: browser.get("/sign-in").send({"email": NEW_ADDRESS}),
        lambda: browser.get("/sign-in/code").send({"code": "no code"}),
        lambda: made.extend(mailbox.to(NEW_ADDRESS)),
        lambda: browser.get("/sign-in/code").send({"code": code_in(made[3:])}),
    ):
        time.shift(60)
        step()
    return browser


@pytest.fixture
def tess(browse: Browse, make: Maker, trainer: Someone, time: Clock) -> Browser:
    """The browser of a school trainer who was asked often, and did something else each time."""
    marks = "x " + "5 " * 17 + "-"
    for become in (
        *(make.drafted, make.shared, make.planned, make.held),
        *(make.declined, make.withdrawn, make.retracted),
    ):
        time.shift(60)
        scan = make.scan(make.person(f"Asker {become.__name__}", Role.SUPERVISOR))
        asked = make.asked(scan, "Tess", SCHOOL_TRAINER, "Do help", trainer.email)
        make.drafted(asked, marks, {"gatekeeper": "A tip"}, {"gatekeeper": "From the lesson"})
        time.shift(60)
        if become != make.drafted:
            become(asked)
    return browse(trainer)


def _wrote_in_a_trajectory(make: Maker, owner: Someone) -> None:
    """All that there is to write there, and to ask others."""
    leader, other = make.person("Lia", Role.FACILITATOR), make.person("Bo", Role.SUPERVISOR)
    day = clock.today() - timedelta(days=1)
    group = make.trajectory(leader, owner, other, title="Written by Olga", first_day=day)
    more = {"at": "On Tuesday", "sign": "She asks me why", "minutes": "25"}
    plan = make.plan(group, owner, "I wait", "done", is_open=True, **more)
    make.plan_question(plan, other, "Why wait?", "To hear more")
    make.plan_question(make.plan(group, other, is_open=True), owner, "Why so soon?")
    make.note(group, owner, "I waited for long", "group")
    answers = {"gained": "That silence helps", "hard": "To be silent"}
    make.reflection(group, owner, answers, "facilitators", sentence="Silence is a question")
    make.pair(group, owner, other)
    link = "https://school.example/three"
    more = {"section": "own", "text": "Ask three things", "url": link}
    make.on_shelf(group, owner, "Three questions", file=b"%PDF-1.7 three", **more)
    make.on_partnership_shelf(owner, "The same for all", text="Ask three things")
    make.team_message(group, other, different="We wait longer")
    make.objection(group, owner, "Say that it was hard")
    make.noted(group, 2, owner, "present")
    make.portfolio(group, owner, "For my talk in June")
    make.certificate(group, owner)


def _been_in_trajectories(make: Maker, owner: Someone) -> None:
    """One that somebody led and one that they took part in; both are over for them."""
    other = make.person("Fem Facilitator", Role.FACILITATOR)
    yesterday = clock.today() - timedelta(days=1)
    reader = make.person("Bea", Role.SUPERVISOR)
    led = make.trajectory(owner, reader, title="Led by Olga", first_day=yesterday)
    make.recap(led, 1, owner, opening="What a start")
    make.recap_correction(led, 1, owner, "It is for next week")
    joined = make.trajectory(other, owner, title="Joined by Olga")
    make.brought_in(joined, owner, "What do I bring into the group?", "gatekeeper")
    make.subgroup(joined, other, "pedagogical", owner)
    make.noted(joined, 1, owner, "excused")
    make.agreements(joined, 1, homework="Read something", bringers=[owner])
    make.lead(led, other)
    make.block(led, 1, "A block of Olga", owner)
    make.left(led, owner)
    make.left(joined, owner)


def _invited_to_trajectories(make: Maker) -> None:
    other = make.person("Finn Facilitator", Role.FACILITATOR)
    for become in ("accepted", "declined", "withdrawn"):
        group = make.trajectory(other, title=f"Invited and {become}")
        make.invited_by_mail(group, other, "Olga", NEW_ADDRESS, become)


def link_to(address: str, mailbox: Mailbox) -> str:
    [letter] = mailbox.to(address)
    return letter.link


def code_in(letters: list[Letter]) -> str:
    [code] = re.findall(r"^\d{4} \d{4}$", "".join(each.text for each in letters), re.MULTILINE)
    return str(code)


def _send_to_school(make: Maker, person: Someone) -> None:
    with make.request():
        [membership] = db.session.scalars(
            sa.select(Membership).where(Membership.person_id == person.id)
        )
        school = School(name="School on the Square", partnership_id=membership.partnership_id)
        db.session.add(school)
        db.session.flush()
        membership.school_id = school.id
        db.session.add(
            Membership(
                person_id=person.id,
                partnership_id=membership.partnership_id,
                role=Role.FACILITATOR,
                given_at=clock.now() - timedelta(days=300),
                ended_at=clock.now() - timedelta(days=200),
            )
        )


def _import_list(make: Maker, person: Someone) -> None:
    list_id = make.people_list(person, "naam;e-mail;rol\nJan;jan@school.example;wpb")
    with make.request():
        found = find_list(list_id)
        assert found
        import_people(found, [])


def test_what_should_be_in_the_file_is_there(olga: Browser, tess: Browser, stored: Stored) -> None:
    files = [browser.get("/my-data/all.json").json for browser in (olga, tess)]
    for name, paths in EXPORTED.items():
        known = {plain(value) for value in stored.values(sa.select(column_of(name)))}
        for path in paths:
            found = {plain(value) for file in files for value in at(file, path)} - {None}
            if name == "answer.value":
                # "Not answered" stands there in words, and so does "cannot judge".
                found = {value for value in found if not isinstance(value, str)}
            if name == "answer.statement":
                # All statements of the form, also those without an answer.
                found &= known
            assert found, f"{name} is not at {path}"
            assert found <= known, f"at {path} stands something else than {name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_in_the_file_can_be_read_in_words(
    olga: Browser, tess: Browser, language: Language
) -> None:
    for browser in (olga, tess):
        browser.post("/language", {"language": language})
        browser.language = language
        file = browser.get("/my-data/all.json").json
        page = browser.get("/my-data/all.html").text
        with browser.app.app_context(), writing_in(language):
            # As often as there are reasons for it: the moment of a sign-in stands there for four.
            wanted = Counter(
                " ".join(words.split())
                for name, paths in EXPORTED.items()
                for path in paths
                for words in in_words(file, name, path)
            )
        found = {words: page.count(words) for words in wanted}
        assert {words for words, count in wanted.items() if found[words] < count} == set()


def in_words(file: Any, column: str, path: str) -> Iterator[str]:
    """What the readable file has to say for everything that stands at this path."""
    around, _dot, name = path.rpartition(".")
    if column == "response.questionnaire":
        # Said by the title of the form.
        return
    if column == "response.form":
        yield from (form_title(form) for form in at(file, around))
    elif column == "answer.statement":
        yield from at(file, f"{path}.text")
    else:
        # A nought says nothing, and neither does an empty text.
        yield from (str(as_word(column, value)) for value in at(file, path) if value)


def as_word(column: str, value: Any) -> object:
    """What pages say for a value of this column."""
    if isinstance(column_of(column).type, Moment):
        return moment(datetime.fromisoformat(value))
    # By the whole name of a column, or by that in any table.
    words: dict[str, Callable[[Any], object]] = {
        "content_draft.kind": lambda kind: CONTENT_KINDS[kind],
        "attendance.presence": lambda noted: OWN_WORDS[Presence(noted)],
        "learning_question_ground.kind": lambda kind: KINDS[kind],
        "published_content.kind": lambda kind: CONTENT_KINDS[kind],
        "sign_in.browser": lambda browser: BROWSERS[browser],
        "sign_in.system": lambda system: SYSTEMS[system],
        "stopped_mail.kind": lambda kind: MAILS[kind].name,
        "taken_item.kind": lambda kind: KINDS[kind],
        "axis": _title,
        "area": lambda area: titles_of_areas()[area],
        "kind": lambda kind: gettext("example" if kind == "example" else "tip"),
        "key": _title,
        "role": lambda role: Role(role).label,
        "language": lambda code: LANGUAGE_NAMES[code],
        "action": lambda action: ACTS[action],
        "item_kind": shared_item,
        "plan.status": plan_status,
        "portfolio.sections": portfolio_order,
        "portfolio_item.section": portfolio_section,
        "certificate.minutes": hours,
        "certificate.first_day": note_day,
        "certificate.last_day": note_day,
        "shelf_item.section": shelf_part,
        "shelf_file.kind": file_kind,
        "shelf_file.size": file_size,
        "audience": read_by,
        "question": reflection_question,
        "day": note_day,
        "part": _title,
    }
    return words.get(column, words.get(column.split(".")[1], plain))(value)


def titles_of_areas() -> dict[str, str]:
    return {each.key: str(each.title) for each in library().current.areas}


def _title(key: str) -> object:
    current = library().current
    axes = {axis.key for axis in current.axes}
    return current.axis(key).title if key in axes else current.behaviour(key).name


def column_of(name: str) -> sa.Column[Any]:
    table, column = name.split(".")
    return Base.metadata.tables[table].columns[column]


def at(content: Any, path: str) -> Iterator[Any]:
    """Everything that stands at this path."""
    step, _dot, rest = path.partition(".")
    name = step.rstrip("[]{}")
    found = content.get(name) if isinstance(content, dict) else None
    if found is None:
        return
    if step.endswith("[]"):
        inner = found
    elif step.endswith("{}"):
        inner = list(found.values()) if rest else list(found)
    else:
        inner = [found]
    for each in inner:
        yield from at(each, rest) if rest else [each]


def plain(value: Any) -> Any:
    """The value as the file writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def test_every_act_has_words() -> None:
    recorded = {
        call.args[0].value
        for path in (ROOT / "zetwpo").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.record"
        if isinstance(call.args[0], ast.Constant)
    } | {act for kind in CONTENT for act in astuple(kind.acts)}
    # After these there is nobody whose file it could stand in; the last is a command on the server.
    nobodys = {"account deleted", "unused account deleted", "partnership started"}
    assert recorded - nobodys == set(ACTS)
