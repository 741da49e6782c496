"""Everything about one person, gathered or deleted."""

import uuid
from typing import Any

from zetwpo import audit
from zetwpo.accounts import personal_data as accounts
from zetwpo.accounts import service as account_service
from zetwpo.accounts.queries import get_people, get_person
from zetwpo.cycle.agenda import personal_data as agenda
from zetwpo.cycle.agreements import personal_data as agreements
from zetwpo.cycle.attendance import personal_data as attendance
from zetwpo.cycle.calendar import personal_data as calendar
from zetwpo.cycle.certificate import personal_data as certificates
from zetwpo.cycle.common_question import personal_data as common_question
from zetwpo.cycle.invitations import personal_data as invitations
from zetwpo.cycle.learning_question import personal_data as learning_question
from zetwpo.cycle.pairs import personal_data as pairs
from zetwpo.cycle.plans import personal_data as plans
from zetwpo.cycle.portfolio import personal_data as portfolios
from zetwpo.cycle.practice import personal_data as practice
from zetwpo.cycle.recaps import personal_data as recaps
from zetwpo.cycle.reflection import personal_data as reflection
from zetwpo.cycle.shelf import personal_data as shelf
from zetwpo.cycle.team_message import personal_data as team_message
from zetwpo.cycle.trajectories import personal_data as trajectories
from zetwpo.database.statements import one_at_a_time
from zetwpo.extensions import db
from zetwpo.library import personal_data as library
from zetwpo.mail import personal_data as mails
from zetwpo.partnerships.importing import personal_data as lists
from zetwpo.scan import personal_data as scans
from zetwpo.sharing import personal_data as sharing
from zetwpo.sharing.service import forget_person


def export(person_id: uuid.UUID) -> dict[str, Any]:
    """All that we hold about this person, in plain words and figures, ready for JSON."""
    email = get_person(person_id).email
    return {
        "account": accounts.export(person_id),
        "scans": scans.export(person_id),
        "feedback_on_others": scans.export_given(email),
        "learning_questions": learning_question.export(person_id),
        "learning_question_drafts": learning_question.export_drafts(person_id),
        "brought_questions": common_question.export(person_id),
        "subgroups": common_question.export_subgroups(person_id),
        "trajectories": trajectories.export(person_id),
        "calendar_address": calendar.export(person_id),
        "attendance": attendance.export(person_id),
        "brings_in": agreements.export(person_id),
        "recaps": recaps.export(person_id),
        "recap_corrections": recaps.export_corrections(person_id),
        "blocks_led": agenda.export(person_id),
        "invited_to": invitations.export(email),
        "plans": plans.export(person_id),
        "plan_questions": plans.export_asked(person_id),
        "practice_notes": practice.export(person_id),
        "reflections": reflection.export(person_id),
        "pairs": pairs.export(person_id),
        "portfolios": portfolios.export(person_id),
        "certificates": certificates.export(person_id),
        "on_shelves": shelf.export(person_id),
        "team_messages": team_message.export(person_id),
        "published": library.export(person_id),
        "content_drafts": library.export_drafts(person_id),
        "lists": lists.export(person_id),
        "shared": sharing.export(person_id),
        "shared_with_me": sharing.export_received(person_id),
        "mails": mails.export(email),
        "acts": audit.acts_of(person_id),
    }


def erase(person_id: uuid.UUID) -> None:
    """Delete all that we hold about this person; only that it happened stays for a year.

    What they shared with others stays with those others. Doing it twice changes nothing.
    """
    _wait_for_others()
    # In this order, as whoever adds something holds its scan or its trajectory first.
    scans.hold(person_id)
    trajectories.hold(person_id)
    # And whoever invites the people of a list holds that before the accounts.
    card = get_people([person_id]).get(person_id)
    if card:
        lists.erase(person_id, card.email)
    if not account_service.hold(person_id):
        return
    scans.erase_given(get_person(person_id).email)
    delete_account(person_id)
    audit.record("account deleted", actor_id=person_id)


def _wait_for_others() -> None:
    """Let one account be deleted after the other.

    Of two in one trajectory the last one takes it along: at the same moment each would leave it to
    the other.
    """
    one_at_a_time(db.session.connection(), "accounts deleted")


def delete_account(person_id: uuid.UUID) -> None:
    """All but the feedback that this person gives others: that has a term of its own."""
    _wait_for_others()
    email = get_person(person_id).email
    forget_person(person_id)
    learning_question.erase(person_id)
    common_question.erase(person_id)
    for room in (portfolios, certificates, plans, practice, reflection, pairs, team_message):
        room.erase(person_id)
    attendance.erase(person_id)
    agreements.erase(person_id)
    recaps.erase(person_id)
    gone_with = trajectories.only_in(person_id)
    invitations.erase(email, gone_with)
    shelf.erase(person_id, gone_with)
    trajectories.erase(person_id)
    calendar.erase(person_id)
    scans.erase(person_id)
    lists.erase(person_id, email)
    mails.erase(email)
    accounts.erase(person_id)
