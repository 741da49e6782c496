"""Makes people, scans, feedback and learning questions, the way the pages do: by the services.

Plain functions: what a test needs is the outcome of a few calls, not rows with made-up values.
"""

import copy
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.forms import STUDENT
from tests.methods import small_method
from zetwpo import clock
from zetwpo.accounts import service as accounts
from zetwpo.accounts.actors import Role
from zetwpo.accounts.address_change.service import ask_address_change
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.models import Membership, Partnership
from zetwpo.accounts.own import service as own
from zetwpo.accounts.queries import PartnershipCard, get_person, partnerships_of
from zetwpo.cycle.agenda import service as agenda
from zetwpo.cycle.agenda.queries import TEXTS
from zetwpo.cycle.agenda.rules import Block, Work
from zetwpo.cycle.agreements import service as agreements
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.attendance import service as attendance
from zetwpo.cycle.attendance.rules import Presence
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.calendar import queries as calendar_queries
from zetwpo.cycle.calendar import service as calendars
from zetwpo.cycle.certificate import service as certificates
from zetwpo.cycle.common_question import service as together
from zetwpo.cycle.common_question import subgroups
from zetwpo.cycle.common_question.queries import Questions, questions_of
from zetwpo.cycle.common_question.rules import Step, holding, mark_of
from zetwpo.cycle.common_question.service import Decision
from zetwpo.cycle.halfway import service as halfway
from zetwpo.cycle.halfway.queries import gaps_of
from zetwpo.cycle.invitations import service as trajectory_invitations
from zetwpo.cycle.invitations.queries import find_invitation, not_accepted
from zetwpo.cycle.learning_question import service as cycle
from zetwpo.cycle.learning_question.rules import Draft
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting, meetings_of
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.cycle.mine.queries import find_own_part
from zetwpo.cycle.pairs import service as pairs
from zetwpo.cycle.pairs.queries import pairs_in
from zetwpo.cycle.plans import service as plans
from zetwpo.cycle.plans.queries import PlanCard, find_plan, questions_about
from zetwpo.cycle.plans.rules import Status as PlanStatus
from zetwpo.cycle.portfolio import service as portfolio
from zetwpo.cycle.portfolio.queries import material_for
from zetwpo.cycle.practice import service as practice
from zetwpo.cycle.practice.queries import find_note
from zetwpo.cycle.recaps import service as recaps
from zetwpo.cycle.recaps.queries import recap_of
from zetwpo.cycle.reflection import service as reflection
from zetwpo.cycle.reflection.queries import ReflectionCard, find_reflection
from zetwpo.cycle.rescan import service as rescan
from zetwpo.cycle.setting_up.service import Dates, set_up
from zetwpo.cycle.shelf import service as shelves
from zetwpo.cycle.shelf.file_kinds import recognise
from zetwpo.cycle.shelf.models import ShelfItem
from zetwpo.cycle.shelf.queries import Shelf, shelf_of
from zetwpo.cycle.shelf.service import NewFile
from zetwpo.cycle.team_message import service as team_message
from zetwpo.cycle.team_message.queries import written_in
from zetwpo.cycle.team_message.rules import message_in
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.edits import Sent as Edit
from zetwpo.edits import marks_of
from zetwpo.extensions import db
from zetwpo.library import service as library
from zetwpo.library.kinds import METHOD, made_key, own_key
from zetwpo.library.queries import DraftView
from zetwpo.library.questionnaires import Document, FormFile, Version
from zetwpo.library.respondents import respondents
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import Failure
from zetwpo.marks import digest
from zetwpo.methods.document import begun_with
from zetwpo.partnerships.breaks import service as breaks
from zetwpo.partnerships.breaks.rules import Event
from zetwpo.partnerships.identity import service as identity
from zetwpo.partnerships.importing import service as importing
from zetwpo.partnerships.importing.delimited import read_text
from zetwpo.partnerships.schools import service as schools
from zetwpo.partnerships.schools.queries import find_school, schools_of
from zetwpo.privacy.service import erase
from zetwpo.scan.feedback import queries as invitations
from zetwpo.scan.feedback import service as feedback
from zetwpo.scan.feedback.letters import INVITED
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.responses.rules import Filled, TextKind
from zetwpo.scan.responses.service import store
from zetwpo.scan.self_scan import queries as scans
from zetwpo.scan.self_scan import service as self_scan
from zetwpo.scan.subjects import service as subjects
from zetwpo.scan.subjects.rules import Item
from zetwpo.sharing import service as sharing
from zetwpo.sharing.items import find_item
from zetwpo.sharing.queries import PERSON, Receiver, find_share, who_sees

PARTNERSHIP = "Partnership of the tests"
# What a partnership says of itself.
IDENTITY = {
    "controller": "Foundation De Linde",
    "address": "Kerkstraat 1, Lindedorp",
    "help_name": "Hanna Help",
    "help_email": "help@linde.example",
    "help_phone": "0123 456789",
    "privacy_name": "Pim Privacy",
    "privacy_email": "privacy@linde.example",
    "complaint": "Committee of De Linde, Postbus 1",
    "ground": "public_task",
}
# How long a link for feedback works.
SIX_WEEKS = timedelta(weeks=6)
Texts = Mapping[str, str]
# All statements the same, or one mark per statement in the order of the form: a number, "x" for
# cannot judge, "-" for not answered.
Marks = int | str
# Changes a questionnaire in place.
Change = Callable[[Document], object]


@dataclass(frozen=True)
class Someone:
    """A person with an account."""

    id: uuid.UUID
    name: str
    email: str


@dataclass(frozen=True)
class Scan:
    """A scan of somebody."""

    id: uuid.UUID
    owner: Someone

    @property
    def path(self) -> str:
        return f"/scan/{self.id}"


@dataclass(frozen=True)
class Asked:
    """A request for feedback, with the link of the one who was asked."""

    id: uuid.UUID
    token: str
    scan: Scan
    name: str
    email: str
    # The end of the last day on which the link works.
    expires_at: datetime

    @property
    def path(self) -> str:
        return f"/feedback/{self.token}"


@dataclass(frozen=True)
class Trajectory:
    """A trajectory, with the keys of its meetings in order."""

    id: uuid.UUID
    title: str
    meetings: tuple[uuid.UUID, ...]

    @property
    def path(self) -> str:
        return f"/trajectories/{self.id}"

    def meeting(self, number: int) -> str:
        """The page of the meeting with this number."""
        return f"/meetings/{self.meetings[number - 1]}"


def _of_our_own(document: Document) -> None:
    version = document["axes"]["version"]
    document["axes"]["title"] = {"nl": f"Van onszelf {version}", "en": f"Of our own {version}"}


def _meeting(trajectory: Trajectory, number: int) -> MeetingCard:
    found = find_meeting(trajectory.meetings[number - 1])
    assert found
    return found


def _plan(plan_id: uuid.UUID) -> PlanCard:
    found = find_plan(plan_id, to_write=True)
    assert found
    return found


def _reflection(reflection_id: uuid.UUID) -> ReflectionCard:
    found = find_reflection(reflection_id, to_write=True)
    assert found
    return found


class Maker:
    """Stores what a test starts from; each call is a request of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @contextmanager
    def request(self) -> Iterator[None]:
        """One transaction, as each request is."""
        with self.app.app_context():
            yield
            db.session.commit()

    def person(
        self,
        name: str,
        *roles: Role,
        language: str = "nl",
        email: str = "",
        partnership: str = PARTNERSHIP,
    ) -> Someone:
        """Somebody with these roles in one partnership."""
        email = email or f"{name.lower().replace(' ', '.')}@school.example"
        with self.request():
            person_id = accounts.add_person(name, email, roles, partnership)
            accounts.set_language(person_id, language)
        return Someone(person_id, name, email)

    def invited(
        self, name: str, *roles: Role, email: str = "", partnership: str = PARTNERSHIP
    ) -> Someone:
        """Somebody who was let in and has not signed in since, under this name."""
        email = email or f"{name.lower().replace(' ', '.')}@school.example"
        with self.request():
            place = sa.select(Partnership.id).where(Partnership.name == partnership)
            newcomer = Newcomer(name, email, frozenset(map(Grant, roles)))
            [found] = admit(db.session.scalars(place).one(), [newcomer]).values()
        return Someone(found.person_id, name, email)

    def not_delivered(self, asked: "Asked") -> None:
        """The mail with this request never arrived."""
        with self.request():
            db.session.execute(
                sa.update(OutboxMail)
                .where(OutboxMail.kind == INVITED, OutboxMail.about_id == asked.id)
                .values(failure=Failure.UNKNOWN_ADDRESS)
            )

    def partnership(self, name: str = PARTNERSHIP) -> uuid.UUID:
        """The key of the partnership of this name."""
        with self.request():
            found = db.session.scalars(sa.select(Partnership.id).where(Partnership.name == name))
            return found.one()

    def questionnaire_draft(
        self, author: Someone, change: Change | None = None, partnership: str = PARTNERSHIP
    ) -> DraftView:
        """What this partnership is changing in its questionnaire; without a change its title."""
        where = self.partnership(partnership)
        with self.request():
            draft = library.start_draft(where, author.id)
            document = copy.deepcopy(draft.document)
            (change or _of_our_own)(document)
            return library.save_draft(where, document, draft.revision, author.id)

    def questionnaire(
        self, author: Someone, change: Change | None = None, partnership: str = PARTNERSHIP
    ) -> Version:
        """A version of its own that this partnership published."""
        draft = self.questionnaire_draft(author, change, partnership)
        with self.request():
            version = library.publish(draft.partnership_id, draft.revision, author.id)
        return own_key(draft.partnership_id), version

    def method_draft(
        self,
        author: Someone,
        document: Document | None = None,
        key: str | None = None,
        partnership: str = PARTNERSHIP,
    ) -> DraftView:
        """What this partnership makes of a method: of a new one, or of the one with this key."""
        where, key = self.partnership(partnership), key or made_key()
        found = begun_with(document or small_method())
        with self.request():
            return library.start_draft(where, author.id, METHOD, key, document=found)

    def method(
        self,
        author: Someone,
        document: Document | None = None,
        key: str | None = None,
        partnership: str = PARTNERSHIP,
    ) -> Version:
        """A method that this partnership made: a new one, or the next version of this key."""
        where, key = self.partnership(partnership), key or made_key()
        with self.request():
            draft = library.start_draft(
                where, author.id, METHOD, key, document=document or small_method()
            )
            version = library.publish(where, draft.revision, author.id, METHOD, key)
        return key, version

    def without_role(self, person: Someone, *roles: Role) -> None:
        """End these roles of this person, wherever they are held."""
        with self.request():
            db.session.execute(
                sa.update(Membership)
                .where(Membership.person_id == person.id, Membership.role.in_(roles))
                .values(ended_at=clock.now())
            )

    def identity(self, partnership_id: uuid.UUID, **said: str) -> None:
        """What this partnership says of itself."""
        fields = IDENTITY | said
        with self.request():
            identity.describe(partnership_id, Edit(fields), uuid.uuid4())

    def school(self, partnership_id: uuid.UUID, name: str, kind: str = "school") -> uuid.UUID:
        """A school or an institute of this partnership."""
        with self.request():
            schools.add(partnership_id, name, kind, uuid.uuid4())
            there_are = schools_of(partnership_id)
            return next(each.id for each in there_are if each.name == name)

    def closed_school(self, partnership_id: uuid.UUID, name: str) -> uuid.UUID:
        """A school that takes part no more."""
        school_id = self.school(partnership_id, name)
        with self.request():
            found = find_school(school_id)
            assert found
            schools.close(found, uuid.uuid4())
        return school_id

    def school_break(
        self, partnership_id: uuid.UUID, name: str, first_day: date, last_day: date | None = None
    ) -> uuid.UUID:
        """A break of the schools of this partnership, of one day if no other is said."""
        event = Event(name, first_day, last_day or first_day)
        with self.request():
            breaks.add(partnership_id, event, uuid.uuid4())
            there_are = breaks.all_breaks(partnership_id)
            return next(each.id for each in there_are if each.event == event)

    def address_change(self, person: Someone, address: str, by: Someone | None = None) -> None:
        """A new address that somebody asked for and nobody confirmed."""
        with self.request():
            ask_address_change(person.id, address, (by or person).id)

    def stopped_mail(self, person: Someone, kind: str) -> None:
        with self.request():
            own.stop_mail(person.id, kind)

    def draft_scan(self, owner: Someone, marks: Marks = "-", examples: Texts | None = None) -> Scan:
        """The open scan of this person, with these marks."""
        with self.request():
            place = partnerships_of(owner.id, Role.SUPERVISOR)[0]
            scan_id = self_scan.start(owner.id, place.id)
        with self.request():
            scan = scans.find_scan(scan_id)
            assert scan
            store(scan.response.id, filled(scan.response.form, marks, example=examples or {}))
        return Scan(scan_id, owner)

    def scan(self, owner: Someone, marks: Marks = 4, examples: Texts | None = None) -> Scan:
        """A scan that was handed in."""
        made = self.draft_scan(owner, marks, examples)
        with self.request():
            scan = scans.find_scan(made.id)
            assert scan
            self_scan.submit(made.id, scan.response, owner.id)
        return made

    def asked(
        self,
        scan: Scan,
        name: str = "Noor",
        role: str = STUDENT,
        word: str = "",
        email: str = "",
        language: str = "en",
    ) -> Asked:
        """A request for feedback that nobody answered yet."""
        address = email or f"{name.lower().replace(' ', '.')}@student.example"
        key = uuid.uuid4()
        with self.request():
            asked_as = respondents().get(role)
            wanted = feedback.InvitationRequest(asked_as, name, address, language, word, key)
            feedback.ask(scan.id, get_person(scan.owner.id), wanted)
        with self.request():
            card = next(each for each in invitations.asked_for(scan.id) if each.email == address)
            return Asked(card.id, token_for(card.id), scan, name, address, card.expires_at)

    def drafted(
        self,
        asked: Asked,
        marks: Marks = 5,
        feed_forward: Texts | None = None,
        examples: Texts | None = None,
    ) -> Asked:
        """Feedback that was filled in and not shared."""
        with self._invitation(asked) as found:
            texts = {"feed_forward": feed_forward or {}, "example": examples or {}}
            store(found.response.id, filled(found.response.form, marks, **texts))
        return asked

    def shared(self, asked: Asked, marks: Marks = 5, **texts: Texts) -> Asked:
        """Feedback that its author released."""
        self.drafted(asked, marks, **texts)
        with self._invitation(asked) as found:
            feedback.share(found, None)
        return asked

    def planned(self, asked: Asked, day: date | None = None, **texts: Texts) -> Asked:
        """Feedback that its author releases on a day to come."""
        self.drafted(asked, **texts)
        with self._invitation(asked) as found:
            feedback.share(found, day or clock.today() + timedelta(days=14))
        return asked

    def held(self, asked: Asked, day: date | None = None, **texts: Texts) -> Asked:
        """Feedback that was planned, until its author changed something."""
        self.planned(asked, day, **texts)
        with self._invitation(asked) as found:
            feedback.hold(found)
        return asked

    def retracted(self, asked: Asked, **texts: Texts) -> Asked:
        """Feedback that its author shared and deleted."""
        self.shared(asked, **texts)
        with self._invitation(asked) as found:
            feedback.retract(found)
        return asked

    def declined(self, asked: Asked, **texts: Texts) -> Asked:
        """Feedback that was begun, until its author said no."""
        self.drafted(asked, **texts)
        with self._invitation(asked) as found:
            feedback.decline(found)
        return asked

    def withdrawn(self, asked: Asked) -> Asked:
        """A request that the supervisor took back."""
        with self.request():
            feedback.withdraw_request(asked.id, asked.scan.owner.id)
        return asked

    def learning_question(self, scan: Scan, text: str, axis: str = "pedagogical") -> None:
        with self.request():
            cycle.write(scan.id, scan.owner.id, Draft(axis, text))

    def learning_question_draft(self, scan: Scan, text: str, axis: str = "pedagogical") -> None:
        with self.request():
            cycle.keep_draft(scan.id, scan.owner.id, Draft(axis, text))

    def people_list(self, person: Someone, text: str) -> uuid.UUID:
        """A list that this person brought to the partnership of the tests."""
        place = self.partnership()
        with self.request():
            return importing.bring(place, read_text(text), person.id)

    def taken(self, scan: Scan, kind: str, key: str, tip_of: Asked | None = None) -> None:
        """Something that is taken along from the result: a behaviour, or somebody's tip."""
        with self.request():
            source = ""
            if tip_of:
                found = invitations.find_by_token(tip_of.token)
                assert found
                source = str(found.response.id)
            subjects.take(scan.id, Item(kind, key, source))

    def opened(
        self, scan: Scan, to: Someone, kind: str = "scan", part: str = "", day: date | None = None
    ) -> uuid.UUID:
        """Something of the owner of this scan that is opened to somebody; returns its key."""
        with self.request(), self.app.test_request_context():
            item = find_item(kind, scan.id)
            assert item
            sharing.share(item, part, Receiver(PERSON, to.id), clock.end_of(day) if day else None)
            return next(
                each.share.id
                for each in who_sees(kind, scan.id)
                if (each.share.to.id, each.share.part) == (to.id, part)
            )

    def taken_back(self, share_id: uuid.UUID) -> None:
        """What was opened, closed again by its owner."""
        with self.request():
            opened = find_share(share_id)
            assert opened
            sharing.take_back(opened, opened.owner_id)

    def trajectory(
        self,
        facilitator: Someone,
        *participants: Someone,
        title: str = "From supervisor to trainer",
        first_day: date | None = None,
        count: int = 6,
        place: str = "Room 12",
        partnership: str = PARTNERSHIP,
    ) -> Trajectory:
        """A trajectory that this person set up, with its meetings; by default in two weeks."""
        where, key = self.partnership(partnership), uuid.uuid4()
        first = first_day or clock.today() + timedelta(days=14)
        with self.request():
            frame = trajectories.Frame(title, False, 180, 4)
            set_up(key, where, frame, Dates(first, time(15, 30), count, place), facilitator.id)
        with self.request():
            made = Trajectory(key, title, tuple(each.id for each in meetings_of(key)))
        self.joined(made, *participants)
        return made

    def joined(self, trajectory: Trajectory, *people: Someone) -> None:
        """Let these people take part in it."""
        for each in people:
            with self.request():
                card = self._trajectory(trajectory.id)
                found = get_colleagues([each.id], card.partnership_id)
                trajectories.add_participants(card, found, each.id)

    def calendar_address(self, person: Someone) -> str:
        """An address from which a calendar fetches this person's meetings; its token."""
        with self.request():
            calendars.renew(person.id)
        with self.request():
            found = calendar_queries.find_address(person.id)
            assert found
            return found.url.rpartition("/")[2].removesuffix(".ics")

    def lead(self, trajectory: Trajectory, person: Someone) -> None:
        """Let this person lead it as well."""
        with self.request():
            card = self._trajectory(trajectory.id)
            colleague = get_colleagues([person.id], card.partnership_id)[person.id]
            trajectories.add_facilitator(card, colleague, person.id)

    def invited_by_mail(
        self, trajectory: Trajectory, by: Someone, name: str, email: str, become: str = "open"
    ) -> uuid.UUID:
        """An invitation to this trajectory, and what became of it; returns its key."""
        with self.request():
            trajectory_invitations.invite(self._trajectory(trajectory.id), name, email, "en", by.id)
        with self.request():
            key = next(
                each.invitation.id
                for each in not_accepted(trajectory.id)
                if each.invitation.email == email
            )
            found = find_invitation(key, to_write=True)
            assert found
            if become == "accepted":
                trajectory_invitations.accept(found)
            elif become == "declined":
                trajectory_invitations.decline(found)
            elif become == "withdrawn":
                trajectory_invitations.withdraw(found, by.id)
        return key

    def plan(
        self,
        trajectory: Trajectory,
        owner: Someone,
        what: str = "I ask one more question.",
        status: str = "going",
        *,
        number: int = 1,
        is_open: bool = False,
        **more: str,
    ) -> uuid.UUID:
        """A plan of this participant after a meeting that has begun; returns its key."""
        with self.request():
            plan_id = plans.begin(_meeting(trajectory, number), owner.id)
        with self.request():
            fields = {"what": what, "at": "", "sign": "", "minutes": "30"} | more
            plans.keep(_plan(plan_id), fields)
        with self.request():
            plan = _plan(plan_id)
            # There is no way from writing to done but by going to do it.
            for step in ("going", *([] if status == "going" else [status])):
                if status != "writing":
                    plans.become(plan, PlanStatus(step), plan.plan.fields)
                    plan = replace(plan, status=PlanStatus(step))
            if is_open:
                plans.open_to_group(plan)
        return plan_id

    def closed_plan(self, plan_id: uuid.UUID) -> None:
        with self.request():
            plans.close(_plan(plan_id))

    def plan_question(
        self, plan_id: uuid.UUID, author: Someone, text: str, answer: str = ""
    ) -> uuid.UUID:
        """What somebody asked about a plan, and what its author says to it; returns its key."""
        with self.request():
            plans.ask(_plan(plan_id), author.id, text, uuid.uuid4())
        with self.request():
            asked = next(each for each in questions_about(_plan(plan_id)) if each.text == text)
            plans.answer(asked, Edit({"answer": answer}))
        return asked.id

    def note(
        self,
        trajectory: Trajectory,
        owner: Someone,
        text: str = "I waited.",
        audience: str = "me",
        *,
        number: int = 1,
    ) -> uuid.UUID:
        """A practice note of this participant; returns its key."""
        with self.request():
            note_id = practice.begin(_meeting(trajectory, number), owner.id)
        with self.request():
            note = find_note(note_id, to_write=True)
            assert note
            practice.keep(note, note.fields | {"text": text})
            practice.let_read(note, Audience(audience))
        return note_id

    def reflection(
        self,
        trajectory: Trajectory,
        owner: Someone,
        answers: Texts,
        audience: str = "me",
        *,
        number: int = 1,
        sentence: str = "",
    ) -> uuid.UUID:
        """How this participant looks back, with answers by question; returns its key."""
        with self.request():
            key = reflection.begin(_meeting(trajectory, number), owner.id)
        with self.request():
            reflection.keep(_reflection(key), answers)
        with self.request():
            found = _reflection(key)
            for each in answers:
                reflection.let_read(found.answers[each], Audience(audience))
            if sentence:
                reflection.bring(found, Edit({"sentence": sentence}))
        return key

    def portfolio(self, trajectory: Trajectory, owner: Someone, introduction: str = "") -> None:
        """A portfolio of all that is this person's own there."""
        with self.request():
            part, actor = find_own_part(trajectory.id), get_colleagues([owner.id])[owner.id].actor
            assert part
            choice = portfolio.choice_to_write(trajectory.id, owner.id)
            choice = choice.with_own(material_for(part, actor).keys)
            portfolio.keep(trajectory.id, owner.id, replace(choice, introduction=introduction))

    def certificate(self, trajectory: Trajectory, owner: Someone) -> uuid.UUID:
        """A certificate that this person claimed, as if it were closed; returns its key."""
        with self.request():
            part, actor = find_own_part(trajectory.id), get_colleagues([owner.id])[owner.id].actor
            assert part
            closed = replace(part.trajectory, closed_at=clock.now())
            return certificates.claim(replace(part, trajectory=closed), actor)

    def pair(self, trajectory: Trajectory, *people: Someone, agreed: int = 2) -> uuid.UUID:
        """A pair, to which so many of them agreed; returns its key."""
        with self.request():
            card = self._trajectory(trajectory.id)
            pairs.propose(card, [each.id for each in people], card.facilitators[0].id)
        for number, each in enumerate(people):
            with self.request():
                card = self._trajectory(trajectory.id)
                pair = next(found for found in pairs_in(card) if each.id in found.agreed)
                if number < agreed:
                    pairs.agree(pair, each.id)
        return pair.id

    def team_message(
        self,
        trajectory: Trajectory,
        *agreeing: Someone,
        told: str = "on_paper",
        is_released: bool = False,
        **texts: str,
    ) -> None:
        """What the group tells the team, with those who agree with it."""
        empty = dict.fromkeys(("question", "different", "proposal", "celebration"), "")
        message = message_in(empty | texts | {"told": told})
        with self.request():
            team_message.keep(self._trajectory(trajectory.id), message)
            for each in agreeing:
                card = self._trajectory(trajectory.id)
                team_message.agree(card, message, message.version, each.id)
        if is_released:
            with self.request():
                card = self._trajectory(trajectory.id)
                team_message.release(
                    card, written_in(card.id), message.version, card.facilitators[0].id
                )

    def called_again(self, trajectory: Trajectory) -> None:
        """Its people were asked to fill in their scan once more."""
        with self.request():
            rescan.call(trajectory.id)

    def objection(self, trajectory: Trajectory, person: Someone, words: str) -> None:
        """What this person would like to see changed in it."""
        with self.request():
            message = written_in(trajectory.id).message
            assert message
            card = self._trajectory(trajectory.id)
            team_message.object_to(card, message, message.version, words, person.id)

    def left(self, trajectory: Trajectory, person: Someone) -> None:
        """Whoever took part in it, or led it, does so no more."""
        with self.request():
            card = self._trajectory(trajectory.id)
            if person.id in card.facts.leaders:
                trajectories.end_facilitation(card, person.id, person.id)
            else:
                trajectories.end_participation(card, person.id, person.id)

    def joins(self, trajectory: Trajectory, person: Someone) -> None:
        """From now on this person takes part in it."""
        with self.request():
            card = self._trajectory(trajectory.id)
            people = get_colleagues([person.id], card.partnership_id)
            trajectories.add_participants(card, people, person.id)

    def erased(self, person: Someone) -> None:
        """Whoever deleted their account."""
        with self.request():
            erase(person.id)

    def closed(self, trajectory: Trajectory) -> None:
        """It is over, and there to be read."""
        with self.request():
            card = self._trajectory(trajectory.id)
            trajectories.close(card, card.facilitators[0].id)

    def brought_in(
        self, trajectory: Trajectory, author: Someone, text: str, axis: str = "none"
    ) -> uuid.UUID:
        """What this person brought in."""
        with self._questions(trajectory) as questions:
            together.bring_in(questions, author.id, Edit({"text": text, "axis": axis}))
        with self._questions(trajectory) as questions:
            found = questions.brought_by(author.id)
            assert found
            return found.id

    def questions_opened(self, trajectory: Trajectory, by: Someone) -> None:
        """Everybody in the group reads what was brought in."""
        with self._questions(trajectory) as questions:
            together.open_round(questions, by.id)

    def asked_anew(self, trajectory: Trajectory, by: Someone) -> None:
        """Everybody can bring in a question once more."""
        with self._questions(trajectory) as questions:
            together.begin_anew(questions, questions.round.number if questions.round else 0, by.id)

    def reworded(
        self, trajectory: Trajectory, by: Someone, brought_id: uuid.UUID, wording: str = "Worded?"
    ) -> uuid.UUID:
        """The proposal that holds this question, in other words."""
        with self._questions(trajectory) as questions:
            [found] = holding(questions.open_proposals, [brought_id])
            seen = marks_of({"wording": found.text})
            together.reword(found, Edit({"wording": wording}, seen), by.id)
            return found.id

    def common_question(
        self,
        trajectory: Trajectory,
        by: Someone,
        text: str,
        *authors: Someone,
        step: Step = Step.FIRST,
        area: str = "",
        subgroup_id: uuid.UUID | None = None,
    ) -> uuid.UUID:
        """What the group works on from now on, put together from what these brought in."""
        with self._questions(trajectory) as questions:
            ids = {each.id for each in authors}
            keys = {each.id for each in questions.brought if each.author_id in ids}
            chosen = holding(questions.open_proposals, keys)
            if len(chosen) > 1:
                together.put_together(questions, keys, text, mark_of(chosen), by.id)
        with self._questions(trajectory) as questions:
            chosen, newest = holding(questions.open_proposals, keys), questions.newest(subgroup_id)
            found = questions.subgroup(subgroup_id)
            decision = Decision(
                step,
                text,
                found.area if found else area,
                subgroup_id,
                chosen[0].id if chosen else None,
            )
            key, seen = uuid.uuid4(), str(newest.id) if newest else ""
            together.record(questions, key, decision, seen, by.id)
            return key

    def subgroup(
        self, trajectory: Trajectory, by: Someone, area: str, *people: Someone
    ) -> uuid.UUID:
        """A part of the group that finds a question of its own."""
        members, key = " ".join(sorted(str(each.id) for each in people)), uuid.uuid4()
        with self._questions(trajectory) as questions:
            subgroups.split_off(questions, key, Edit({"area": area, "members": members}), by.id)
        return key

    @contextmanager
    def _questions(self, trajectory: Trajectory) -> Iterator[Questions]:
        with self.request():
            yield questions_of(self._trajectory(trajectory.id))

    def noted(self, trajectory: Trajectory, number: int, person: Someone, presence: str) -> None:
        """What is noted of somebody at the meeting with this number."""
        with self.request():
            meeting = self._meeting(trajectory, number)
            with clock.as_if(meeting.ends_at):
                attendance.note(meeting, person.id, Presence(presence), None, uuid.uuid4())

    def agreements(
        self,
        trajectory: Trajectory,
        number: int,
        notes: str = "",
        homework: str = "",
        bringers: Sequence[Someone] = (),
        next_step: str = "undecided",
    ) -> None:
        """What the meeting with this number leaves behind."""
        with self.request():
            meeting = self._meeting(trajectory, number)
            keys = frozenset(each.id for each in bringers)
            agreements.keep(meeting, Agreements(notes, homework, keys, NextStep(next_step)))

    def on_shelf(
        self,
        trajectory: Trajectory,
        by: Someone,
        title: str,
        *,
        file: bytes | None = None,
        file_name: str = "form.pdf",
        **fields: str,
    ) -> uuid.UUID:
        """Something that this person put on the shelf of a trajectory; returns its key."""
        with self.request():
            shelf = shelf_of(self._trajectory(trajectory.id))
        assert shelf
        return self._put(shelf, by, title, file, file_name, **fields)

    def on_partnership_shelf(
        self,
        by: Someone,
        title: str,
        *,
        partnership: str = PARTNERSHIP,
        file: bytes | None = None,
        file_name: str = "form.pdf",
        **fields: str,
    ) -> uuid.UUID:
        """The same on the shelf of a partnership."""
        card = PartnershipCard(self.partnership(partnership), partnership)
        fields = {"area": "pedagogical", **fields}
        return self._put(Shelf(card, None), by, title, file, file_name, **fields)

    def _put(
        self,
        shelf: Shelf,
        by: Someone,
        title: str,
        file: bytes | None,
        file_name: str,
        **fields: str,
    ) -> uuid.UUID:
        words = {"section": "theory", "area": "", "text": "", "url": "", "title": title, **fields}
        new = NewFile(file_name, recognise(file, file_name), file) if file else None
        with self.request():
            shelves.put(shelf, uuid.uuid4(), words, new, by.id)
            query = sa.select(ShelfItem.id).where(ShelfItem.title == title)
            return db.session.scalars(query).one()

    def read_for(self, trajectory: Trajectory, number: int, *items: uuid.UUID) -> None:
        """What is to be read for the meeting with this number."""
        with self.request():
            meeting = self._meeting(trajectory, number)
            fields = {"here": " ".join(map(str, items))}
            shelves.read_for(meeting.id, {"here": ""}, Edit(fields), uuid.uuid4())

    def recap(self, trajectory: Trajectory, number: int, by: Someone, **texts: str) -> None:
        """The recap of the meeting with this number, as this facilitator sent it."""
        with self.request():
            recap = recap_of(self._meeting(trajectory, number))
            recaps.keep(recap, {**recap.fields, **texts})
        with self.request():
            recap = recap_of(self._meeting(trajectory, number))
            recaps.send(recap, recap.letter.mark, by.id)

    def recap_correction(
        self, trajectory: Trajectory, number: int, by: Someone, text: str, *, sent: bool = True
    ) -> None:
        """What was not right in a recap that was sent: sent as well, or still being written."""
        with self.request():
            recaps.keep(recap_of(self._meeting(trajectory, number)), {"correction": text})
        if sent:
            with self.request():
                recap = recap_of(self._meeting(trajectory, number))
                recaps.correct(recap, digest(text), by.id)

    def halfway(self, trajectory: Trajectory, by: Someone, text: str) -> None:
        """What its facilitators say in the reminder between two meetings."""
        with self.request():
            halfway.change(self._trajectory(trajectory.id), Edit({"text": text}), by.id)

    def halfway_skipped(self, trajectory: Trajectory, by: Someone, *, number: int = 1) -> None:
        """It does not go after the meeting with this number."""
        with self.request():
            gaps = gaps_of(self._trajectory(trajectory.id))
            gap = next(each for each in gaps if each.after.number == number)
            halfway.skip(gap, by.id, is_skipped=True)

    def block(
        self,
        trajectory: Trajectory,
        number: int,
        title: str,
        leader: Someone,
        **words: str,
    ) -> uuid.UUID:
        """A block more at the end of the meeting with this number; its leader added it."""
        made = Block(uuid.uuid4(), "own", 15, Work.ACTIVE, title, leader_id=leader.id, **words)
        with self.request():
            agenda.add(self._meeting(trajectory, number), made, None, leader.id)
        return made.id

    def prepared(self, trajectory: Trajectory, number: int, words: str) -> None:
        """The facilitators wrote these words down for this meeting, each time with its field."""
        texts = {name: f"{words}{name}" for name in TEXTS}
        with self.request():
            agenda.prepare(self._meeting(trajectory, number), Edit(texts), uuid.uuid4())

    @staticmethod
    def _meeting(trajectory: Trajectory, number: int) -> MeetingCard:
        found = find_meeting(trajectory.meetings[number - 1], to_write=True)
        assert found
        return found

    @staticmethod
    def _trajectory(trajectory_id: uuid.UUID) -> TrajectoryCard:
        found = find_trajectory(trajectory_id, to_write=True)
        assert found
        return found

    @contextmanager
    def _invitation(self, asked: Asked) -> Iterator[invitations.InvitationView]:
        with self.request():
            found = invitations.find_by_token(asked.token)
            assert found
            yield found


def filled(form: FormFile, marks: Marks, **texts: Texts) -> Filled:
    """What a form holds with these marks; texts by kind, and within that by axis."""
    each = marks.split() if isinstance(marks, str) else [str(marks)] * len(form.statements)
    answers = {
        statement.key: None if mark == "x" else int(mark)
        for statement, mark in zip(form.statements, each, strict=marks != "-")
        if mark != "-"
    }
    said = {
        (TextKind(kind), axis): text
        for kind, by_axis in texts.items()
        for axis, text in by_axis.items()
    }
    return Filled(answers, said)


@pytest.fixture
def make(app: Flask) -> Maker:
    return Maker(app)
