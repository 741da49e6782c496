"""Every rule that says "only one", and every act that can meet another one, at the same moment.

SQLite lets one writer in at a time; PostgreSQL does not. Each rule is tried a few times on both:
one is first, and whoever is second gets what a second click gets, and never an error of ours.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import PARTNERSHIP, Maker, Scan, Someone, Trajectory
from tests.guards.test_parallel import at_once, clicks
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Fields, Page
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.address_change.models import AddressChange
from zetwpo.accounts.models import Membership, Partnership, Person, SignIn, Welcome
from zetwpo.accounts.own.models import StoppedMail
from zetwpo.accounts.service import add_person
from zetwpo.audit import AuditEntry
from zetwpo.cycle.agenda.models import AgendaBlock
from zetwpo.cycle.agreements.models import HomeworkBringer, MeetingAgreements
from zetwpo.cycle.attendance.models import Attendance
from zetwpo.cycle.calendar.models import CalendarAddress
from zetwpo.cycle.common_question.models import (
    BroughtQuestion,
    CommonQuestion,
    QuestionProposal,
    SubgroupMember,
)
from zetwpo.cycle.invitations.models import TrajectoryInvitation
from zetwpo.cycle.learning_question.models import (
    LearningQuestion,
    LearningQuestionDraft,
    LearningQuestionVersion,
)
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.pairs.models import PairMember
from zetwpo.cycle.plans.models import Plan, PlanQuestion
from zetwpo.cycle.practice.models import PracticeNote
from zetwpo.cycle.recaps.models import Recap, RecapCorrection
from zetwpo.cycle.reflection.models import Reflection
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem, ShelfReading
from zetwpo.cycle.team_message.models import TeamMessageVoice
from zetwpo.cycle.trajectories.models import Facilitation, Participation
from zetwpo.cycle.trajectories.models import Trajectory as TrajectoryRow
from zetwpo.demo.content import demo_content
from zetwpo.demo.data import load_demo
from zetwpo.extensions import db
from zetwpo.library import service as content
from zetwpo.library.models import ContentDraft, PublishedContent
from zetwpo.library.questionnaires import load
from zetwpo.mail import service as mail
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.service import Addressee
from zetwpo.partnerships.importing.models import PeopleList
from zetwpo.privacy.rules import KEPT, NOTICE_AFTER
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Answer, OpenAnswer, Response
from zetwpo.scan.self_scan.models import Scan as ScanRow
from zetwpo.scan.subjects.models import TakenItem
from zetwpo.scan.subjects.rules import MOST_TAKEN
from zetwpo.sharing.models import Share

TURNS = 2
FOUR = 4
DAY = timedelta(days=1)
TEXT = "text-example-pedagogical"

Acts = list[Callable[[], int]]
Check = Callable[[list[int]], None]


@dataclass
class Scene:
    """Who and what a rule is tried with."""

    app: Flask
    make: Maker
    stored: Stored
    mailbox: Mailbox
    browse: Browse
    owner: Someone
    olga: Browser

    def service(self, act: Callable[[], object]) -> Callable[[], int]:
        """A command, or the worker: a transaction of its own without a request."""

        def run() -> int:
            with self.app.app_context():
                act()
                db.session.commit()
            return 0

        return run

    def acts(self, action: str) -> int:
        """How often this was done, by the audit."""
        return self.stored.count(AuditEntry, AuditEntry.action == action)

    def nothing_is_left(self) -> None:
        """Of somebody who deleted everything, whatever else was going on."""
        for table in (ScanRow, Response, Answer, OpenAnswer, Invitation):
            assert self.stored.count(table) == 0, table
        for other in (LearningQuestion, LearningQuestionVersion, TakenItem, OutboxMail):
            assert self.stored.count(other) == 0, other
        for last in (SignIn, Membership):
            assert self.stored.count(last) == 0, last


Rule = Callable[[Scene], tuple[Acts, Check]]
RULES: dict[str, Rule] = {}


def rule(made: Rule) -> Rule:
    RULES[made.__name__] = made
    return made


def click(page: Page, path: str, fields: Fields | None = None) -> Callable[[], int]:
    """Send this, from the browser that shows the page."""
    return lambda: clicks(page, path, [fields or {}])[0]


def press(page: Page, action: str = "", fields: Fields | None = None) -> Callable[[], int]:
    """Send the form with this in its action, as it stands or filled in."""
    path = urlsplit(page.form(action).get("action")).path
    return click(page, path, page.fields(action) | (fields or {}))


def ask(scene: Scene, scan: Scan, role: str = "student") -> Callable[[], int]:
    """Ask the same address from a page of its own."""
    who = {"role": role, "name": "Noor", "email": "noor@student.example", "mail_language": "nl"}
    return press(scene.olga.get(f"{scan.path}/feedback"), fields=who)


def delete_account(browser: Browser) -> Callable[[], int]:
    return press(browser.get("/my-data"), "delete", {"sure": "y"})


# ------------------------------------------------------------------------------ only one of each


@rule
def one_request_for_each_address_and_role(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.scan(scene.owner)
    acts = [ask(scene, scan, role) for role in ("student", "school_trainer") for _ in range(FOUR)]

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 2, 422: 2 * FOUR - 2}
        assert scene.stored.count(Invitation) == 2
        assert scene.stored.count(Response) == 1 + 2
        assert scene.stored.count(OutboxMail) == 2

    return acts, check


@rule
def one_partnership_of_a_name_one_person_of_an_address_one_membership(
    scene: Scene,
) -> tuple[Acts, Check]:
    name = f"Partnership {uuid.uuid4()}"
    roles = [Role.SUPERVISOR, Role.FACILITATOR]
    people = ["nina@school.example", "NINA@school.example", "otto@school.example"]
    before = scene.stored.count(Person), scene.stored.count(Membership)

    def add(email: str, number: int) -> Callable[[], object]:
        return lambda: add_person("New", email, roles[:: 1 - 2 * (number % 2)], name)

    acts = [scene.service(add(email, number)) for email in people for number in range(FOUR)]

    def check(_statuses: list[int]) -> None:
        assert scene.stored.count(Partnership, Partnership.name == name) == 1
        assert scene.stored.count(Person) - before[0] == 2
        assert scene.stored.count(Membership) - before[1] == 4

    return acts, check


@rule
def one_mail_for_each_reason(scene: Scene) -> tuple[Acts, Check]:
    reason = uuid.uuid4()

    def queue() -> None:
        to = Addressee("noor@student.example", "nl")
        mail.queue("unused_account", to, values={}, about_id=reason, only_once=True)

    def check(_statuses: list[int]) -> None:
        assert scene.stored.count(OutboxMail) == 1

    return [scene.service(queue)] * FOUR, check


@rule
def one_scan_that_is_open(scene: Scene) -> tuple[Acts, Check]:
    page = scene.olga.get("/start")

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(ScanRow) == scene.stored.count(Response) == 1
        assert scene.acts("scan started") == 1

    return [press(page, "/scan/start")] * FOUR, check


@rule
def one_draft_and_one_version_of_what_is_published(scene: Scene) -> tuple[Acts, Check]:
    where = scene.make.partnership()

    def begin() -> None:
        content.start_draft(where, scene.owner.id)

    at_once([scene.service(begin)] * FOUR)
    assert scene.acts("questionnaire draft begun") == scene.stored.count(ContentDraft) == 1
    draft = scene.make.questionnaire_draft(scene.owner)

    def refused(act: Callable[[], object]) -> Callable[[], int]:
        def run() -> int:
            with scene.app.app_context():
                try:
                    act()
                    db.session.commit()
                except (content.NoDraft, content.Overtaken) as refusal:
                    return refusal.status
            return 303

        return run

    def publish() -> None:
        content.publish(where, draft.revision, scene.owner.id)

    def save() -> None:
        changed = draft.document | {"axes": draft.document["axes"] | {"title": {"nl": "Later"}}}
        content.save_draft(where, changed, draft.revision, scene.owner.id)

    def check(statuses: list[int]) -> None:
        # Who is first publishes or saves; nobody overwrites the other, and nothing is there twice.
        assert Counter(statuses) == {303: 1, 409: 2 * FOUR - 1}
        published = scene.stored.count(PublishedContent)
        assert published == scene.acts("questionnaire published")
        assert published + scene.stored.count(ContentDraft) == 1

    return [refused(publish), refused(save)] * FOUR, check


@rule
def one_version_however_often_it_is_published(scene: Scene) -> tuple[Acts, Check]:
    draft = scene.make.questionnaire_draft(scene.owner)

    def publish() -> int:
        with scene.app.app_context():
            try:
                content.publish(draft.partnership_id, draft.revision, scene.owner.id)
                db.session.commit()
            except content.NoDraft as refusal:
                return refusal.status
        return 303

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 1, 409: 2 * FOUR - 1}
        assert scene.stored.values(sa.select(PublishedContent.version)) == [1]
        assert scene.stored.count(ContentDraft) == 0
        assert scene.acts("questionnaire published") == 1

    return [publish] * (2 * FOUR), check


@rule
def one_withdrawal(scene: Scene) -> tuple[Acts, Check]:
    asked = scene.make.asked(scene.make.scan(scene.owner))
    page = scene.olga.get(f"{asked.scan.path}/feedback")

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.acts("feedback request withdrawn") == 1
        assert scene.stored.count(OutboxMail) == 0

    return [click(page, f"/scan/feedback/{asked.id}/withdraw")] * FOUR, check


@rule
def one_learning_question_with_one_first_version(scene: Scene) -> tuple[Acts, Check]:
    page = scene.olga.get(f"{scene.make.scan(scene.owner).path}/learning-question")
    texts = [{"axis": "gatekeeper", "text": f"Why {number}?"} for number in range(FOUR)]

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 1, 409: FOUR - 1}
        assert scene.stored.count(LearningQuestion) == 1
        assert scene.stored.count(LearningQuestionVersion) == 1

    return [press(page, fields=fields) for fields in texts], check


def group_with_questions(scene: Scene) -> tuple[Trajectory, list[Browser]]:
    """A group of three with a question each, opened, and the browsers of its two facilitators."""
    leaders = [scene.make.person(name, Role.FACILITATOR) for name in ("Fem Lead", "Finn Lead")]
    others = [scene.make.person(name, Role.SUPERVISOR) for name in ("Sven Two", "Tom Three")]
    group = scene.make.trajectory(leaders[0], scene.owner, *others)
    scene.make.lead(group, leaders[1])
    for number, each in enumerate((scene.owner, *others)):
        scene.make.brought_in(group, each, f"Question {number}?")
    scene.make.questions_opened(group, leaders[0])
    return group, [scene.browse(each) for each in leaders]


@rule
def questions_put_together_by_two_facilitators_are_in_one_place(scene: Scene) -> tuple[Acts, Check]:
    group, leaders = group_with_questions(scene)
    keys = [str(key) for key in scene.stored.values(sa.select(BroughtQuestion.id))]
    acts = []
    for number in range(FOUR):
        chosen = [keys[1], keys[2 * (number % 2)]]
        query = "&".join(f"question={key}" for key in chosen)
        page = leaders[number % 2].get(f"{group.path}/questions/together?{query}")
        fields = {"question": chosen, "wording": f"Wording of {number % 2}?"}
        acts.append(press(page, "/together", fields))

    def check(statuses: list[int]) -> None:
        # Who is first, with a second click; the others see what became of it.
        assert Counter(statuses) == {303: 2, 409: 2}
        held = Counter(scene.stored.values(sa.select(BroughtQuestion.proposal_id)))
        assert sorted(held.values()) == [1, 2]
        assert scene.stored.count(QuestionProposal) == 2
        assert scene.acts("questions put together") == 1

    return acts, check


@rule
def one_common_question_after_the_one_that_was_seen(scene: Scene) -> tuple[Acts, Check]:
    group, leaders = group_with_questions(scene)
    acts = []
    for number, leader in enumerate(leaders):
        page = leader.get(f"{group.path}/questions/decide")
        fields = {"text": f"Decided by {number}?", "area": "none"}
        acts += [press(page, "/decide", fields)] * 2

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 2, 409: 2}
        assert scene.stored.count(CommonQuestion) == 1

    return acts, check


@rule
def one_question_of_each_author(scene: Scene) -> tuple[Acts, Check]:
    leader = scene.make.person("Fem Lead", Role.FACILITATOR)
    group = scene.make.trajectory(leader, scene.owner)
    page = scene.olga.get(f"{group.path}/questions/bring-in")
    texts = [{"axis": "none", "text": f"Why {number}?"} for number in range(FOUR)]

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 1, 409: FOUR - 1}
        assert scene.stored.count(BroughtQuestion) == scene.stored.count(QuestionProposal) == 1

    return [press(page, "bring-in", fields) for fields in texts], check


@rule
def one_of_each_thing_that_is_taken_along(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.scan(scene.owner)
    page = scene.olga.get(f"{scan.path}/result")
    items = [("strength", "relationship"), ("attention", "documenting_development")]
    acts = [take(page, scan, *item) for item in items for _ in range(FOUR)]

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(TakenItem) == len(items)
        # They belong to two axes, and the first one is chosen.
        assert scene.stored.count(LearningQuestionDraft) == 1

    return acts, check


@rule
def no_more_things_that_are_taken_along_than_there_is_room_for(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.scan(scene.owner)
    keys = [each.key for each in load().current.behaviours]
    for key in keys[: MOST_TAKEN - 1]:
        scene.make.taken(scan, "strength", key)
    page = scene.olga.get(f"{scan.path}/result")

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(TakenItem) == MOST_TAKEN

    return [take(page, scan, "difference", key) for key in keys[:FOUR]], check


def take(page: Page, scan: Scan, kind: str, key: str) -> Callable[[], int]:
    return click(page, f"{scan.path}/subjects", {"kind": kind, "key": key, "source": ""})


def begun_trajectory(scene: Scene, *others: Someone) -> Trajectory:
    """One in which the owner takes part, and of which a meeting has been."""
    leader = scene.make.person("Fem", Role.FACILITATOR)
    day = clock.today() - DAY
    return scene.make.trajectory(leader, scene.owner, *others, first_day=day)


@rule
def one_plan_one_reflection_and_one_empty_note(scene: Scene) -> tuple[Acts, Check]:
    group = begun_trajectory(scene)
    page = scene.olga.get("/start")
    ways = ("plan", "reflection", "practice-notes")
    acts = [
        click(page, f"/meetings/{group.meetings[0]}/{way}") for way in ways for _ in range(FOUR)
    ]

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert [scene.stored.count(each) for each in (Plan, Reflection, PracticeNote)] == [1, 1, 1]

    return acts, check


@rule
def nothing_is_begun_of_somebody_who_deletes_everything(scene: Scene) -> tuple[Acts, Check]:
    group = begun_trajectory(scene)
    page = scene.olga.get("/start")
    ways = ("plan", "reflection", "practice-notes")
    acts = [click(page, f"/meetings/{group.meetings[0]}/{way}") for way in ways]

    def check(statuses: list[int]) -> None:
        assert max(statuses) < 500
        for table in (Plan, Reflection, PracticeNote):
            assert scene.stored.count(table) == 0

    return [*acts, delete_account(scene.olga)], check


@rule
def one_question_about_a_plan(scene: Scene) -> tuple[Acts, Check]:
    other = scene.make.person("Bo", Role.SUPERVISOR)
    group = begun_trajectory(scene, other)
    plan = scene.make.plan(group, scene.owner, is_open=True)
    page = scene.browse(other).get(f"/plans/{plan}/read")

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(PlanQuestion) == 1
        assert scene.acts("plan question asked") == 1

    return [press(page, "/questions", {"text": "Why?"})] * FOUR, check


@rule
def one_pair_for_each_of_them(scene: Scene) -> tuple[Acts, Check]:
    others = [scene.make.person(f"Bo {number}", Role.SUPERVISOR) for number in range(3)]
    leader = scene.make.person("Fem", Role.FACILITATOR)
    group = scene.make.trajectory(leader, scene.owner, *others)
    page = scene.browse(leader).get(f"{group.path}/pairs")
    acts = [
        click(page, f"{group.path}/pairs", {"person": [str(scene.owner.id), str(each.id)]})
        for each in others
    ]

    def check(statuses: list[int]) -> None:
        assert sorted(statuses) == [303, 422, 422]
        assert scene.stored.count(PairMember) == 2

    return acts, check


@rule
def one_notice_of_an_unused_account(scene: Scene) -> tuple[Acts, Check]:
    moment = clock.now() + NOTICE_AFTER + DAY

    def check(_statuses: list[int]) -> None:
        assert scene.stored.count(OutboxMail, OutboxMail.kind == "unused_account") == 1

    return [at(moment, scene.service(tidy))] * FOUR, check


@rule
def one_end_of_an_unused_account(scene: Scene) -> tuple[Acts, Check]:
    scene.make.asked(scene.make.scan(scene.owner))
    with time_machine.travel(clock.now() + NOTICE_AFTER + DAY):
        scene.service(tidy)()
        scene.mailbox.deliver()
    moment = clock.now() + KEPT + DAY

    def check(_statuses: list[int]) -> None:
        assert scene.acts("unused account deleted") == 1
        assert scene.stored.count(Person) == 0
        scene.nothing_is_left()

    return [at(moment, scene.service(tidy))] * FOUR, check


def at(moment: datetime, act: Callable[[], int]) -> Callable[[], int]:
    """Do it as if it were then. A clock of its own for each thread: others must not wind it."""

    def then() -> int:
        with clock.as_if(moment):
            return act()

    return then


@rule
def one_demo(scene: Scene) -> tuple[Acts, Check]:
    told = demo_content()

    def check(_statuses: list[int]) -> None:
        demo = scene.stored.count(Partnership, Partnership.is_demo)
        assert demo == 1
        assert scene.stored.count(Person) == 1 + len(told.people.people)
        assert scene.stored.count(ScanRow) == len(told.scans)
        assert scene.stored.count(Invitation) == len(told.asked)
        assert scene.stored.count(TrajectoryRow) == len(told.trajectories)

    return [scene.service(load_demo)] * FOUR, check


@rule
def one_new_address_that_somebody_asks_for(scene: Scene) -> tuple[Acts, Check]:
    page = scene.olga.get("/my-account")
    acts = [press(page, "/address", {"email": "olga@new.example"})] * FOUR
    other = press(page, "/address", {"email": "olga@other.example"})

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(AddressChange) == 1
        confirm = OutboxMail.kind == "address_confirm"
        [to] = scene.stored.values(sa.select(OutboxMail.recipient).where(confirm))
        assert scene.stored.values(sa.select(AddressChange.email)) == [to]

    return [*acts, other], check


@rule
def one_account_for_an_address_that_two_confirm(scene: Scene) -> tuple[Acts, Check]:
    """Each of them clicks twice."""
    other = scene.make.person("Sven", Role.SUPERVISOR)
    pages = []
    for person, browser in ((scene.owner, scene.olga), (other, scene.browse(other))):
        scene.make.address_change(person, "one@new.example")
        letter = scene.mailbox.to("one@new.example")[-1]
        pages.append(browser.get(letter.link))

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 2, 409: 2}
        assert scene.stored.count(Person, Person.normal_email == "one@new.example") == 1
        assert scene.stored.count(OutboxMail, OutboxMail.kind == "address_changed") == 1
        assert scene.acts("address changed") == 1

    return [press(page, "/new-address/") for page in pages] * 2, check


@rule
def one_end_of_a_change_that_is_confirmed_and_taken_back(scene: Scene) -> tuple[Acts, Check]:
    scene.make.address_change(scene.owner, "olga@new.example")
    [letter] = scene.mailbox.to("olga@new.example")
    confirm = press(scene.olga.get(letter.link), "/new-address/")
    keep = press(scene.olga.get("/my-account"), "/keep")

    def check(statuses: list[int]) -> None:
        assert set(statuses) <= {303, 404}
        is_new = scene.stored.count(Person, Person.email == "olga@new.example")
        assert scene.acts("address changed") == is_new
        assert scene.acts("address change taken back") == 1 - is_new
        assert scene.stored.count(OutboxMail, OutboxMail.kind == "address_changed") == is_new

    return [confirm, keep] * 2, check


@rule
def one_name_that_two_editors_change(scene: Scene) -> tuple[Acts, Check]:
    page = scene.olga.get("/my-account")
    names = [f"Olga {number}" for number in range(FOUR)]

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 1, 409: FOUR - 1}
        [name] = scene.stored.values(sa.select(Person.name).where(Person.id == scene.owner.id))
        assert name in names

    return [
        click(page, "/my-account", page.fields("/my-account") | {"name": name}) for name in names
    ], check


@rule
def one_stop_of_a_kind_of_mail(scene: Scene) -> tuple[Acts, Check]:
    page = scene.olga.get("/my-account")

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(StoppedMail) == 1

    return [press(page, "/mails/stop", {"kind": "feedback_shared"})] * FOUR, check


# ------------------------------------------------------------------- what meets a deletion


@rule
def an_account_that_is_deleted_four_times(scene: Scene) -> tuple[Acts, Check]:
    scene.make.asked(scene.make.scan(scene.owner))

    def check(statuses: list[int]) -> None:
        # Whoever comes second gets the answer of the first.
        assert set(statuses) == {303}
        assert scene.acts("account deleted") == 1
        scene.nothing_is_left()

    return [delete_account(scene.olga)] * FOUR, check


@rule
def an_account_that_is_deleted_while_its_owner_goes_on(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.scan(scene.owner)
    draft = scene.make.draft_scan(scene.owner, 4)
    why = {"axis": "gatekeeper", "text": "Why?"}
    acts = [
        delete_account(scene.olga),
        ask(scene, scan),
        press(scene.olga.get(f"{draft.path}/part/1"), fields={TEXT: "What I did"}),
        press(scene.olga.get(f"{draft.path}/check"), "submit"),
        press(scene.olga.get(f"{scan.path}/learning-question"), fields=why),
        take(scene.olga.get(f"{scan.path}/result"), scan, "strength", "relationship"),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 401, 404, 409}
        scene.nothing_is_left()

    return acts, check


@rule
def an_account_that_is_deleted_while_its_owner_confirms_an_address(
    scene: Scene,
) -> tuple[Acts, Check]:
    scene.make.address_change(scene.owner, "olga@new.example")
    [letter] = scene.mailbox.to("olga@new.example")
    confirm = press(scene.olga.get(letter.link), "/new-address/")
    again = press(scene.olga.get("/my-account"), "/address", {"email": "olga@other.example"})

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 401, 403, 404}
        assert scene.stored.count(AddressChange) == 0
        scene.nothing_is_left()

    return [delete_account(scene.olga), confirm, again], check


@rule
def an_account_that_is_deleted_while_its_owner_starts_a_scan(scene: Scene) -> tuple[Acts, Check]:
    start = press(scene.olga.get("/start"), "/scan/start")

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 401, 404}
        scene.nothing_is_left()

    return [delete_account(scene.olga), *[start] * FOUR], check


@rule
def an_account_that_is_deleted_while_others_give_it_feedback(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.scan(scene.owner)
    sharer, drafter, decliner = (
        scene.make.drafted(scene.make.asked(scan, name)) for name in ("Noor", "Daan", "Roos")
    )
    student = scene.browse()
    acts = [
        delete_account(scene.olga),
        press(student.get(f"{sharer.path}/preview"), "share"),
        press(student.get(f"{drafter.path}/part/1"), fields={TEXT: "Good"}),
        press(student.get(f"{decliner.path}/decline"), "decline"),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 409, 410}
        scene.nothing_is_left()

    return acts, check


@rule
def an_empty_scan_that_is_deleted_while_somebody_is_asked(scene: Scene) -> tuple[Acts, Check]:
    draft = scene.make.draft_scan(scene.owner)
    delete = press(scene.olga.get("/start"), f"{draft.path}/delete")

    def check(statuses: list[int]) -> None:
        assert sorted(statuses) in ([303, 404], [303, 409])
        kept = scene.stored.count(ScanRow)
        assert scene.stored.count(Invitation) == scene.stored.count(OutboxMail) == kept
        assert scene.stored.count(Response) == 2 * kept

    return [delete, ask(scene, draft)], check


@rule
def two_people_who_delete_each_others_feedback(scene: Scene) -> tuple[Acts, Check]:
    other = scene.make.person("Sven", Role.SUPERVISOR)
    for one, another in ((scene.owner, other), (other, scene.owner)):
        scan = scene.make.scan(one)
        scene.make.drafted(scene.make.asked(scan, another.name, email=another.email))
    acts = [
        delete_account(scene.olga),
        delete_account(scene.browse(other)),
    ]

    def check(statuses: list[int]) -> None:
        # PostgreSQL may have to send one of them away, who tries it again.
        assert set(statuses) <= {303, 503}
        with scene.app.app_context():
            for person in (scene.owner, other):
                erase(person.id)
            db.session.commit()
        scene.nothing_is_left()

    return acts, check


# -------------------------------------------------------------------------------- the same link


@rule
def one_link_on_which_everything_is_pressed_at_once(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.draft_scan(scene.owner)
    asked = scene.make.drafted(scene.make.asked(scan))
    page = scene.browse().get(f"{asked.path}/preview")
    once = [
        press(page, "share"),
        press(page, "plan", {"day": str(clock.today() + 14 * DAY)}),
        click(page, f"{asked.path}/take-back"),
        click(page, f"{asked.path}/decline/sure"),
        click(page, f"{asked.path}/reconsider"),
        click(scene.olga.get(f"{scan.path}/feedback"), f"/scan/feedback/{asked.id}/withdraw"),
    ]

    def check(statuses: list[int]) -> None:
        assert set(statuses) <= {303, 404, 409, 422}
        ends = sa.select(Invitation.share_from, Invitation.declined_at, Invitation.withdrawn_at)
        [(shared, declined, withdrawn)] = scene.stored.rows(ends)
        assert not (shared and (declined or withdrawn))
        told = scene.stored.count(OutboxMail, OutboxMail.kind == "feedback_shared")
        assert told == bool(shared)
        assert not (declined and scene.stored.count(Answer))

    return once * 2, check


@rule
def one_deletion_of_what_was_shared_while_its_reader_looks(scene: Scene) -> tuple[Acts, Check]:
    scan = scene.make.scan(scene.owner)
    asked = scene.make.shared(scene.make.asked(scan), examples={"pedagogical": "MARKgone"})
    page = scene.browse().get(f"{asked.path}/delete")
    seen: list[str] = []

    def look() -> int:
        client = scene.app.test_client()
        client.set_cookie("zetwpo", scene.olga.cookie)
        response = client.get(f"{scan.path}/result.json")
        seen.append(response.text)
        return response.status_code

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: FOUR, 200: FOUR}
        assert scene.acts("shared feedback deleted") == 1
        assert scene.stored.count(OpenAnswer) == 0
        assert scene.stored.count(Answer) == 19
        assert scene.stored.count(OutboxMail, OutboxMail.kind == "feedback_shared") == 0
        # All of it or nothing of it.
        assert all(("MARKgone" in each) == ("Noor" in each) for each in seen)

    return [press(page, "delete"), look] * FOUR, check


@rule
def one_end_of_what_is_shared_and_deleted_at_once(scene: Scene) -> tuple[Acts, Check]:
    asked = scene.make.drafted(scene.make.asked(scene.make.scan(scene.owner)))
    page = scene.browse().get(f"{asked.path}/preview")
    share = press(page, "share")
    delete = click(page, f"{asked.path}/delete")

    def check(statuses: list[int]) -> None:
        # Sharing what was deleted by then is refused.
        assert set(statuses[::2]) <= {303, 409}
        assert set(statuses[1::2]) == {303}
        [(shared, retracted)] = scene.stored.rows(
            sa.select(Invitation.share_from, Invitation.retracted_at)
        )
        assert shared
        assert (scene.stored.count(Answer) == 19) == bool(retracted)
        told = scene.stored.count(OutboxMail, OutboxMail.kind == "feedback_shared")
        assert told == (not retracted)

    return [share, delete] * FOUR, check


@rule
def an_account_that_is_deleted_while_what_was_shared_with_it_is(
    scene: Scene,
) -> tuple[Acts, Check]:
    asked = scene.make.shared(scene.make.asked(scene.make.scan(scene.owner)))
    delete = press(scene.browse().get(f"{asked.path}/delete"), "delete")

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 410}
        scene.nothing_is_left()

    return [delete_account(scene.olga), *[delete] * FOUR], check


# ------------------------------------------------------------------------------ lists of people

PEOPLE = [f"Bo {number};bo{number}@list.example;wpb" for number in range(20)]


def bring(scene: Scene, who: Someone, place: str, people: list[str]) -> Page:
    """The page on which this person looks a list through."""
    browser = scene.browse(who)
    text = "\n".join(["naam;e-mail;rol", *people])
    start = f"/partnerships/{scene.make.partnership(place)}/people/import"
    return browser.get(start).send({"text": text}).follow()


@rule
def the_people_of_a_list_are_invited_once(scene: Scene) -> tuple[Acts, Check]:
    ad = scene.make.person("Ad", Role.ADMINISTRATOR)
    page = bring(scene, ad, PARTNERSHIP, PEOPLE)

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(Person) == len(PEOPLE) + 2
        assert scene.stored.count(OutboxMail) == len(PEOPLE)
        assert scene.acts("people imported") == 1

    return [press(page, "/invite")] * FOUR, check


@rule
def who_stands_on_several_lists_has_one_account(scene: Scene) -> tuple[Acts, Check]:
    pages = []
    for number in range(FOUR):
        place = f"Place {number // 2}"
        ad = scene.make.person(f"Ad {number}", Role.ADMINISTRATOR, partnership=place)
        pages.append(bring(scene, ad, place, PEOPLE[:: 1 if number % 2 else -1]))

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(Person) == len(PEOPLE) + FOUR + 1
        invited = scene.stored.count(Membership, Membership.role == Role.SUPERVISOR)
        # Besides that of the owner.
        assert invited == 2 * len(PEOPLE) + 1
        assert scene.stored.count(OutboxMail) == 2 * len(PEOPLE)

    return [press(page, "/invite") for page in pages], check


@rule
def an_account_that_is_deleted_while_a_list_invites_it(scene: Scene) -> tuple[Acts, Check]:
    ad = scene.make.person("Ad", Role.ADMINISTRATOR)
    listed = [*PEOPLE, f"{scene.owner.name};{scene.owner.email};SO"]
    page = bring(scene, ad, PARTNERSHIP, listed)

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        # Who was first decides whether the list was there to invite anybody.
        assert set(statuses[1:]) <= {303, 404}

    return [delete_account(scene.olga), *[press(page, "/invite")] * FOUR], check


@rule
def an_account_that_is_deleted_while_its_list_invites(scene: Scene) -> tuple[Acts, Check]:
    ad = scene.make.person("Ad", Role.ADMINISTRATOR)
    # Who is the last one is asked once more before they go.
    scene.make.person("Bea", Role.ADMINISTRATOR)
    page = bring(scene, ad, PARTNERSHIP, PEOPLE)
    again = press(page.browser.get(f"/partnerships/{scene.make.partnership()}/people/import"))

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses[1:]) <= {303, 401, 404, 422}
        assert scene.stored.count(PeopleList) == 0

    return [delete_account(page.browser), *[press(page, "/invite"), again] * 2], check


# ------------------------------------------------------------------------- opened to a colleague


@rule
def one_opening_to_one_colleague(scene: Scene) -> tuple[Acts, Check]:
    tess = scene.make.person("Tess Trainer", Role.SCHOOL_TRAINER)
    path = f"/sharing/scan/{scene.make.scan(scene.owner).id}"
    page = scene.olga.get(path)
    to_tess = {"to": f"person:{tess.id}", "part": "", "day": ""}

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(Share) == 1
        assert scene.acts("own item opened") == 1
        assert scene.stored.count(OutboxMail) == 1

    return [click(page, path, to_tess)] * FOUR, check


@rule
def one_end_of_what_is_opened_while_both_accounts_are_deleted(scene: Scene) -> tuple[Acts, Check]:
    tess = scene.make.person("Tess Trainer", Role.SCHOOL_TRAINER)
    scan = scene.make.scan(scene.owner)
    path = f"/sharing/scan/{scan.id}"
    page = scene.olga.get(path)
    parts = ("", "pedagogical", "gatekeeper")
    share = [
        click(page, path, {"to": f"person:{tess.id}", "part": part, "day": ""}) for part in parts
    ]
    ends = [delete_account(scene.olga), delete_account(scene.browse(tess))]

    def check(statuses: list[int]) -> None:
        assert set(statuses) <= {303, 401, 404, 422}
        assert scene.stored.count(Share) == 0
        scene.nothing_is_left()

    return [*share, *ends, *share], check


# ------------------------------------------------------------------------------ people and roles


@rule
def one_invitation_whoever_sends_it(scene: Scene) -> tuple[Acts, Check]:
    place = scene.make.partnership()
    who = [scene.make.person(f"Ad {number}", Role.ADMINISTRATOR) for number in range(2)]
    pages = [scene.browse(each).get(f"/partnerships/{place}/people/invite") for each in who]
    fields = {"name": "Nina", "email": "nina@school.example", "roles": "student"}

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(Person, Person.name == "Nina") == 1
        assert scene.stored.count(Welcome, Welcome.name == "Nina") == 1
        assert scene.stored.count(Membership, Membership.role == Role.STUDENT) == 1
        assert scene.stored.count(OutboxMail) == scene.acts("person invited") == 1

    return [press(page, fields=fields) for page in pages * 2], check


@rule
def one_role_that_is_given_and_one_that_ends(scene: Scene) -> tuple[Acts, Check]:
    place = scene.make.partnership()
    ad = scene.browse(scene.make.person("Ad", Role.ADMINISTRATOR))
    page = ad.get(f"/partnerships/{place}/people/{scene.owner.id}")
    ending = ad.get(next(link for link in page.links if link.endswith("/end")))
    give = press(page, "/roles", {"role": "student"})

    def check(statuses: list[int]) -> None:
        # Whoever comes second sees first what changed.
        assert set(statuses) <= {303, 409}
        assert scene.acts("role given") + scene.acts("role ended") in {1, 2}
        assert scene.stored.count(Membership, Membership.role == Role.STUDENT) <= 1

    return [*[give] * 2, *[press(ending)] * 2], check


@rule
def one_administrator_at_least(scene: Scene) -> tuple[Acts, Check]:
    place = scene.make.partnership()
    who = [scene.make.person(f"Ad {number}", Role.ADMINISTRATOR) for number in range(FOUR)]
    acts = []
    for person in who:
        browser = scene.browse(person)
        page = browser.get(f"/partnerships/{place}/people/{person.id}")
        acts.append(press(browser.get(next(each for each in page.links if each[-4:] == "/end"))))

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: FOUR - 1, 409: 1}
        held = (Membership.role == Role.ADMINISTRATOR, Membership.ended_at.is_(None))
        assert scene.stored.count(Membership, *held) == 1

    return acts, check


@rule
def one_administrator_who_does_not_leave_unasked(scene: Scene) -> tuple[Acts, Check]:
    who = [scene.make.person(f"Ad {number}", Role.ADMINISTRATOR) for number in range(FOUR)]
    acts = [delete_account(scene.browse(person)) for person in who]

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: FOUR - 1, 422: 1}
        assert scene.stored.count(Membership, Membership.role == Role.ADMINISTRATOR) == 1

    return acts, check


@rule
def one_account_that_is_deleted_while_it_is_given_roles(scene: Scene) -> tuple[Acts, Check]:
    place = scene.make.partnership()
    ad = scene.browse(scene.make.person("Ad", Role.ADMINISTRATOR))
    page = ad.get(f"/partnerships/{place}/people/{scene.owner.id}")
    give = [press(page, "/roles", {"role": role}) for role in ("student", "facilitator")]
    form = ad.get(f"/partnerships/{place}/people/invite")
    fields = {"name": "Olga", "email": scene.owner.email, "roles": "school_trainer"}

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 404, 409}

    return [delete_account(scene.olga), *give, press(form, fields=fields)], check


# ------------------------------------------------------------------------------------- meetings


def led_by_two(scene: Scene, first_day: date | None = None) -> tuple[Trajectory, list[Browser]]:
    """A trajectory in which the owner takes part, and the browsers of who lead it."""
    leaders = [scene.make.person(f"Fem {number}", Role.FACILITATOR) for number in range(2)]
    trajectory = scene.make.trajectory(leaders[0], scene.owner, first_day=first_day)
    scene.make.lead(trajectory, leaders[1])
    return trajectory, [scene.browse(each) for each in leaders]


@rule
def one_reminder_a_week_whoever_clicks(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    pages = [each.get(f"{trajectory.path}/readiness") for each in browsers]

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(OutboxMail, OutboxMail.kind == "trajectory_reminder") == 1
        assert scene.acts("participants reminded") == 1

    return [press(page, "remind") for page in pages for _ in range(FOUR)], check


@rule
def one_of_two_taps_counts_and_the_other_is_told(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    scene.make.noted(trajectory, 1, scene.owner, "present")
    path = f"/meetings/{trajectory.meetings[0]}/attendance"
    wanted = [f"{scene.owner.id} {each} present" for each in ("excused", "-")]
    acts = [
        press(browser.get(path), fields={"tap": tap})
        for browser, tap in zip(browsers, wanted, strict=True)
    ]

    def check(statuses: list[int]) -> None:
        assert Counter(statuses) == {303: 1, 409: 1}

    return acts, check


def to_recap(scene: Scene) -> tuple[str, list[Browser]]:
    """The address of a recap that is not sent, and the browsers of who may send it."""
    trajectory, browsers = led_by_two(scene, clock.today() - timedelta(days=1))
    scene.make.agreements(trajectory, 1, "What we want to remember")
    return f"/meetings/{trajectory.meetings[0]}/recap", browsers


@rule
def one_recap_of_two_who_send_it(scene: Scene) -> tuple[Acts, Check]:
    path, browsers = to_recap(scene)
    acts = [press(browser.get(f"{path}/preview"), "send") for browser in browsers for _ in range(2)]

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.acts("recap sent") == 1
        of_kind = OutboxMail.kind == "recap"
        assert scene.stored.count(OutboxMail, of_kind) == 3

    return acts, check


@rule
def one_correction_of_two_who_send_it(scene: Scene) -> tuple[Acts, Check]:
    path, browsers = to_recap(scene)
    browsers[0].get(f"{path}/preview").send(form="send")
    browsers[0].get(path).send({"correction": "Not so"}, form="correction")
    acts = [press(browser.get(f"{path}/preview"), "correct") for browser in browsers]

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.stored.count(RecapCorrection) == 1

    return acts, check


@rule
def one_account_that_is_deleted_while_it_sends_a_recap(scene: Scene) -> tuple[Acts, Check]:
    path, browsers = to_recap(scene)
    send = press(browsers[0].get(f"{path}/preview"), "send")

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 401, 403, 404}
        sent = scene.stored.values(sa.select(Recap.sent_by_id).where(Recap.sent_at.is_not(None)))
        assert sent in ([], [None])

    return [delete_account(browsers[0]), *[send] * FOUR], check


@rule
def one_next_trajectory_while_the_people_in_it_delete_their_accounts(
    scene: Scene,
) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    page = browsers[0].get(f"{trajectory.path}/next")
    ticked = {
        name: [
            "",
            *(box.get("value") for box in page.main.all("input", name=name, type="checkbox")),
        ]
        for name in ("people", "leaders")
    }
    begin = press(page, "/next", ticked | {"title": "The year after", "goes_on": "new"})

    def check(statuses: list[int]) -> None:
        assert statuses[:2] == [303, 303]
        assert set(statuses) <= {303, 422}
        made = scene.stored.values(
            sa.select(TrajectoryRow.id).where(TrajectoryRow.follows_id.is_not(None))
        )
        assert len(made) <= 1
        assert scene.acts("trajectory started") == 1 + len(made)
        assert scene.stored.count(Meeting) == 6 * (1 + len(made))

    return [delete_account(browsers[1]), delete_account(scene.olga), *[begin] * FOUR], check


@rule
def one_release_of_what_a_group_tells(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    path = f"{trajectory.path}/team-message"
    scene.make.team_message(trajectory, scene.owner, told="both", different="We ask first.")
    pages = [scene.olga.get(path), *(each.get(path) for each in browsers)]

    def check(statuses: list[int]) -> None:
        assert set(statuses) == {303}
        assert scene.acts("team message released") == 1
        assert scene.acts("team message approved") == 1

    approve = click(pages[0], f"{path}/approve", {"seen": pages[0].fields("/release")["seen"]})
    return [*(press(page, "/release") for page in pages), approve, approve], check


@rule
def one_account_that_is_deleted_while_a_group_writes_about_it(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    meeting = f"/meetings/{trajectory.meetings[0]}"
    tap = {"tap": f"{scene.owner.id} excused -"}
    ticked = {"bringers": ["", str(scene.owner.id)]}
    acts = [
        delete_account(scene.olga),
        press(browsers[0].get(f"{meeting}/attendance"), fields=tap),
        press(browsers[1].get(f"{meeting}/agreements"), fields=ticked),
        press(browsers[0].get(f"{trajectory.path}/readiness"), "remind"),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 422}
        for table in (Attendance, HomeworkBringer):
            assert scene.stored.count(table) == 0, table
        assert scene.stored.count(OutboxMail, OutboxMail.kind == "trajectory_reminder") == 0

    return acts, check


@rule
def one_thing_that_is_taken_off_while_it_is_chosen_to_be_read(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    item = scene.make.on_shelf(trajectory, scene.owner, "A model", file=b"%PDF-1.7 model")
    acts = [
        press(
            browsers[0].get(f"/meetings/{trajectory.meetings[0]}/reading"),
            fields={"here": ["", str(item)]},
        ),
        press(browsers[1].get(f"/shelf/{item}/take-off"), "take-off"),
        press(scene.olga.get(f"/shelf/{item}/take-off"), "take-off"),
        press(scene.olga.get(f"/shelf/{item}/pass-on"), fields={"area": "pedagogical"}),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses[1:3]) <= {303, 404}
        assert 303 in statuses[1:3]
        assert statuses[3] in {303, 404, 409}
        assert scene.stored.count(ShelfReading) == 0
        # What was put on the other shelf meanwhile stays there, with its file.
        assert scene.stored.count(ShelfItem) == int(statuses[3] == 303)
        folder = scene.app.extensions["settings"].files
        names = {each.name for each in folder.iterdir()}
        assert {each.hex for each in scene.stored.values(sa.select(ShelfFile.id))} <= names

    return acts, check


@rule
def one_account_that_is_deleted_while_it_puts_something_on_a_shelf(
    scene: Scene,
) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    fields = {"title": "A model", "section": "own", "text": "Ask first."}
    page = scene.olga.get(f"{trajectory.path}/shelf/new")
    sent = page.fields("/shelf/new") | fields
    acts = [
        delete_account(scene.olga),
        click(page, f"{trajectory.path}/shelf/new", sent),
        click(page, f"{trajectory.path}/shelf/new", sent),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        # Signed out, or the first; and then it lies there without a name.
        assert set(statuses) <= {303, 401}
        assert scene.stored.count(ShelfItem) <= 1
        assert scene.stored.count(ShelfItem, ShelfItem.put_by_id.is_not(None)) == 0

    return acts, check


@rule
def one_account_that_is_deleted_while_it_comes_into_a_group(scene: Scene) -> tuple[Acts, Check]:
    """As one who takes part or leads, as half of a pair, in a subgroup, and before a block."""
    leader, other, there = (
        scene.make.person("Fem", Role.FACILITATOR),
        scene.make.person("Bo", Role.SUPERVISOR),
        scene.make.person("Vera", Role.SUPERVISOR, Role.FACILITATOR),
    )
    group = scene.make.trajectory(leader, other, there)
    scene.make.trajectory(leader, there)
    fem, key = scene.browse(leader), str(there.id)
    block = scene.make.block(group, 1, "Ours", leader)
    next_group = scene.make.trajectory(leader, other)
    both = {"person": [key, str(other.id)]}
    path = f"/meetings/{group.meetings[0]}/blocks/{block}"
    members = {"area": "pedagogical", "members": ["", key, str(other.id)]}
    acts = [
        click(fem.get(group.path), f"{next_group.path}/people/choose", {"person": key}),
        click(fem.get(group.path), f"{next_group.path}/facilitators/choose", {"person": key}),
        click(fem.get(group.path), f"{group.path}/pairs", both),
        press(fem.get(f"{group.path}/subgroups"), "subgroups", members),
        press(fem.get(path), fields={"leader": key}),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 422}
        for table in (Participation, Facilitation, PairMember, SubgroupMember):
            assert scene.stored.count(table, table.person_id == there.id) == 0, table
        assert scene.stored.count(AgendaBlock, AgendaBlock.leader_id == there.id) == 0

    return [delete_account(scene.browse(there)), *acts], check


@rule
def one_account_that_is_deleted_while_it_leads_and_takes_part(scene: Scene) -> tuple[Acts, Check]:
    leader = scene.make.person("Fem", Role.FACILITATOR)
    group, fem = scene.make.trajectory(leader, scene.owner), scene.browse(leader)
    place = scene.make.partnership()
    day = (clock.today() + timedelta(days=40)).isoformat()
    new = {"title": "Another", "first_day": day, "begins": "15:00"}
    someone = {"name": "Noor", "email": "noor@school.example", "mail_language": "nl"}
    scene.make.team_message(group, different="We ask first.")
    told = scene.olga.get(f"{group.path}/team-message")
    acts = [
        delete_account(fem),
        delete_account(scene.olga),
        press(told, "/approve"),
        press(told, "/object", {"words": "More cake"}),
        press(fem.get(f"/partnerships/{place}/trajectories/new"), "new", new),
        press(fem.get(f"{group.path}/invitations"), "invitations", someone),
        press(fem.get("/my-account/calendar"), "renew"),
        press(scene.olga.get("/my-account/calendar"), "renew"),
        press(scene.olga.get(f"{group.path}/questions/bring-in"), fields={"text": "What?"}),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[:2] == [303, 303]
        assert set(statuses) <= {303, 401, 403, 404, 422}
        for table in (
            Participation,
            Facilitation,
            CalendarAddress,
            BroughtQuestion,
            TeamMessageVoice,
        ):
            assert scene.stored.count(table) == 0, table
        assert scene.stored.count(TrajectoryInvitation) == scene.stored.count(TrajectoryRow) == 0

    return acts, check


@rule
def one_answer_to_an_invitation(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    who = {"name": "Noor", "email": "noor@new.example", "mail_language": "nl"}
    pages = [each.get(f"{trajectory.path}/invitations") for each in browsers]
    pages[0].send(who)
    landing = scene.browse().get(scene.mailbox.to(who["email"])[-1].link)
    withdraw = press(browsers[0].get(f"{trajectory.path}/invitations"), "withdraw")
    acts = [
        *[press(landing, landing.path)] * 2,
        press(landing, "decline"),
        withdraw,
        press(pages[1], "invitations", who),
    ]

    def check(statuses: list[int]) -> None:
        assert set(statuses) <= {303, 410}
        taken = scene.stored.count(Participation)
        assert taken == 1 + (scene.stored.count(Person, Person.name == "Noor"))
        accepted = TrajectoryInvitation.accepted_at.is_not(None)
        assert scene.stored.count(TrajectoryInvitation, accepted) == taken - 1

    return acts, check


@rule
def one_facilitator_at_least(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    who = sa.select(Facilitation.person_id).order_by(Facilitation.person_id)
    keys = scene.stored.values(who)
    pages = [each.get(f"{trajectory.path}/people") for each in browsers]
    acts = [click(page, f"{trajectory.path}/people/{key}/end") for page in pages for key in keys]

    def check(statuses: list[int]) -> None:
        # Whoever is out already finds nothing any more.
        assert set(statuses) <= {303, 404}
        lead = Facilitation.ended_at.is_(None)
        assert scene.stored.count(Facilitation, lead) == 1

    return acts, check


@rule
def one_way_out_of_a_group(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    path = f"{trajectory.path}/people/{scene.owner.id}/end"
    leave = press(scene.olga.get(f"{trajectory.path}/leave"), "leave")
    acts = [leave, leave, *(click(each.get(trajectory.path), path) for each in browsers)]

    def check(statuses: list[int]) -> None:
        assert set(statuses) <= {303, 404}
        assert scene.acts("participant left") == 1

    return acts, check


@rule
def a_meeting_that_is_cancelled_while_a_group_writes_about_it(scene: Scene) -> tuple[Acts, Check]:
    trajectory, browsers = led_by_two(scene)
    meeting = f"/meetings/{trajectory.meetings[1]}"
    one, other = browsers
    acts = [
        press(one.get(f"{meeting}/cancel"), "cancel"),
        press(other.get(f"{meeting}/next-question"), fields={"text": "What?", "area": "none"}),
        press(other.get(f"{meeting}/attendance"), fields={"tap": f"{scene.owner.id} excused -"}),
        press(other.get(f"{meeting}/agreements"), fields={"notes": "We agreed."}),
        press(other.get(f"{meeting}/preparation"), fields={"aim": "To try."}),
        press(other.get(f"{meeting}/agenda"), "add", {"kind": "own", "title": "More"}),
        press(other.get(f"{meeting}/move"), fields={"place": "Room 9"}),
    ]

    def check(statuses: list[int]) -> None:
        assert statuses[0] == 303
        assert set(statuses) <= {303, 404}
        assert scene.stored.count(Meeting) == 5
        assert scene.stored.count(Attendance) == scene.stored.count(MeetingAgreements) == 0

    return acts, check


# -------------------------------------------------------------------------------------- try them


@pytest.mark.parametrize("turn", range(TURNS))
@pytest.mark.parametrize("name", RULES)
def test_of_many_at_the_same_moment_one_is_first_and_the_others_come_second(
    app: Flask,
    make: Maker,
    stored: Stored,
    mailbox: Mailbox,
    browse: Browse,
    owner: Someone,
    name: str,
    turn: int,
) -> None:
    scene = Scene(app, make, stored, mailbox, browse, owner, browse(owner))
    acts, check = RULES[name](scene)
    check(at_once(acts))
