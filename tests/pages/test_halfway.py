"""Halfway between two meetings a reminder goes to whoever has an open plan, once, and by itself."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Letter, Mailbox
from tests.pages.client import Page
from tests.pages.statements import statements
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.cycle import sweeping
from zetwpo.cycle.halfway.queries import Going, going_of_all
from zetwpo.cycle.meetings.queries import meetings_of_all
from zetwpo.cycle.trajectories.queries import get_trajectories
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import DecentHours

Clock = time_machine.Traveller
DAY = timedelta(days=1)
# On Wednesdays, at half past three: 3 and 31 March, with the clock put forward between them and
# the meeting of 28 April.
FIRST = date(2027, 3, 3)
BEGINS = datetime.fromisoformat("2027-03-03T14:30:00+00:00")
HALFWAY = BEGINS + 14 * DAY
# The next day, on which people write their plans.
AFTER = BEGINS + DAY


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    with time_machine.travel(BEGINS - 7 * DAY, tick=False) as time:
        yield time


@pytest.fixture
def trajectory(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, time: Clock
) -> Trajectory:
    made = make.trajectory(facilitator, owner, stranger, first_day=FIRST)
    time.move_to(AFTER)
    return made


@pytest.fixture
def second(make: Maker, trajectory: Trajectory) -> Someone:
    """Who leads it as well."""
    person = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(trajectory, person)
    return person


@pytest.fixture
def plan(make: Maker, trajectory: Trajectory, owner: Someone) -> str:
    """What the owner is trying."""
    words = "I count to five before I answer."
    make.plan(trajectory, owner, words, at="On Tuesday", sign="She goes on by herself")
    return words


@pytest.fixture
def path(trajectory: Trajectory) -> str:
    return f"{trajectory.path}/halfway"


@pytest.fixture
def going(app: Flask, mailbox: Mailbox, time: Clock) -> Callable[[datetime], list[Letter]]:
    """Lets both workers do their work at a moment; all reminders until then."""

    def go(moment: datetime) -> list[Letter]:
        time.move_to(moment)
        with app.app_context():
            sweeping.HALFWAY.run()
        return [each for each in mailbox.deliver() if "alverwege" in each.subject + each.text]

    return go


Go = Callable[[datetime], list[Letter]]


def waiting(stored: Stored) -> list[str]:
    query = sa.select(OutboxMail.recipient).where(OutboxMail.kind == "halfway_reminder")
    return sorted(stored.values(query))


def move(page: Page, day: date) -> Page:
    return page.send({"day": day.isoformat()})


# --------------------------------------------------------------------------- when, and to whom


def test_it_goes_halfway_with_ones_own_question_and_plan_and_once(
    make: Maker, owner: Someone, trajectory: Trajectory, plan: str, going: Go
) -> None:
    make.learning_question(make.scan(owner), "How do I ask more, and tell less?")
    assert going(HALFWAY - timedelta(minutes=1)) == []
    [letter] = going(HALFWAY)
    assert letter.to == owner.email
    for words in (plan, "On Tuesday", "She goes on by herself", "30 minuten per week"):
        assert words in letter.text
        assert words in letter.html
    assert "How do I ask more, and tell less?" in letter.text
    assert "Fem Facilitator" in letter.text
    assert "Fem Facilitator" in letter.html
    assert "bijeenkomst 2" in letter.subject
    assert plan not in letter.subject
    assert letter.link.startswith("/plans/")
    for moment in (HALFWAY, HALFWAY + DAY, HALFWAY + 13 * DAY):
        assert going(moment) == [letter]


def test_each_gets_their_own_words_and_nobody_elses(
    make: Maker, stranger: Someone, owner: Someone, trajectory: Trajectory, plan: str, going: Go
) -> None:
    make.learning_question(make.scan(owner), "How do I ask more?")
    make.plan(trajectory, stranger, "I write it down.", is_open=True)
    letters = {each.to: each for each in going(HALFWAY)}
    assert set(letters) == {owner.email, stranger.email}
    theirs = letters[stranger.email]
    assert "I write it down." in theirs.text
    for words in (plan, "How do I ask more?", "Olga", "On Tuesday"):
        assert words not in theirs.text
        assert words not in theirs.html
    assert "I write it down." not in letters[owner.email].text


def test_it_is_halfway_by_the_clock_on_the_wall_where_that_is_put_forward(
    make: Maker, owner: Someone, trajectory: Trajectory, time: Clock, going: Go
) -> None:
    second = BEGINS + 28 * DAY - timedelta(hours=1)
    time.move_to(second + DAY)
    make.plan(trajectory, owner, "I wait.", number=2)
    # Half past three in summer time.
    halfway = second + 14 * DAY
    assert going(halfway - timedelta(minutes=1)) == []
    assert len(going(halfway)) == 1


@pytest.mark.parametrize("status", ["writing", "going", "done", "let_go"])
def test_only_a_plan_that_somebody_is_at_is_open(
    app: Flask,
    make: Maker,
    owner: Someone,
    trajectory: Trajectory,
    time: Clock,
    going: Go,
    status: str,
) -> None:
    make.plan(trajectory, owner, "I wait.", status)
    is_at_it = status in {"writing", "going"}
    time.move_to(HALFWAY)
    with app.app_context():
        assert sweeping.HALFWAY.run() == is_at_it
    assert [each.to for each in going(HALFWAY)] == [owner.email] * is_at_it


def test_a_plan_in_which_nothing_is_written_is_none(
    browse: Browse, owner: Someone, trajectory: Trajectory, going: Go, stored: Stored
) -> None:
    browse(owner).get(f"{trajectory.path}/mine").send(form="plan")
    assert going(HALFWAY) == []
    assert waiting(stored) == []


def test_the_last_plan_counts_also_of_an_earlier_meeting(
    make: Maker,
    owner: Someone,
    stranger: Someone,
    trajectory: Trajectory,
    plan: str,
    time: Clock,
    going: Go,
) -> None:
    make.plan(trajectory, stranger, "Forgotten.")
    time.move_to(BEGINS + 29 * DAY)
    make.plan(trajectory, stranger, "Tried.", "done", number=2)
    [letter] = going(BEGINS + 42 * DAY)
    assert letter.to == owner.email
    assert plan in letter.text


def test_without_a_learning_question_the_one_that_was_brought_in_is_theirs(
    make: Maker, trainer: Someone, trajectory: Trajectory, going: Go
) -> None:
    make.joined(trajectory, trainer)
    make.brought_in(trajectory, trainer, "What do I see too late?")
    make.plan(trajectory, trainer, "I look twice.")
    [letter] = going(HALFWAY)
    assert letter.to == trainer.email
    assert "What do I see too late?" in letter.text


def test_a_question_of_another_partnership_stays_there(
    make: Maker, trajectory: Trajectory, going: Go
) -> None:
    both = make.person("Bo Both", Role.SUPERVISOR, partnership="Another partnership")
    make.learning_question(make.scan(both), "What do they want there?")
    make.person("Bo Both", Role.SUPERVISOR, email=both.email)
    make.joined(trajectory, both)
    make.plan(trajectory, both, "I look twice.")
    [letter] = going(HALFWAY)
    assert "What do they want there?" not in letter.text
    assert "Je vraag" not in letter.text


def test_it_comes_in_the_language_of_whoever_gets_it(
    make: Maker, trajectory: Trajectory, going: Go
) -> None:
    eve = make.person("Eve English", Role.SUPERVISOR, language="en")
    make.joined(trajectory, eve)
    make.plan(trajectory, eve, "Halverwege")
    [letter] = going(HALFWAY)
    assert letter.subject == "Halfway to meeting 2: your plan"
    assert "We are halfway to our next meeting" in letter.text


# ------------------------------------------------------------------------ what happens meanwhile


def _nothing(_make: Maker, _trajectory: Trajectory, _owner: Someone, _leader: Someone) -> None:
    """What does not happen keeps nobody from getting it."""


MEANWHILE = {
    "nothing": _nothing,
    "left": lambda make, group, owner, _leader: make.left(group, owner),
    "deleted": lambda make, _group, owner, _leader: make.erased(owner),
    "role": lambda make, _group, owner, _leader: make.without_role(owner, Role.SUPERVISOR),
    "stopped": lambda make, _g, owner, _l: make.stopped_mail(owner, "halfway_reminder"),
    "closed": lambda make, group, _owner, _leader: make.closed(group),
    "tried": lambda make, group, owner, _leader: make.plan(group, owner, "I did.", "done"),
    "alone": lambda make, _g, _owner, leader: make.without_role(leader, Role.FACILITATOR),
}


@pytest.mark.parametrize("what", MEANWHILE)
@pytest.mark.parametrize("is_queued", [False, True], ids=["before", "queued"])
def test_it_goes_only_while_it_is_needed(
    app: Flask,
    make: Maker,
    owner: Someone,
    facilitator: Someone,
    trajectory: Trajectory,
    plan: str,
    time: Clock,
    going: Go,
    stored: Stored,
    what: str,
    is_queued: bool,
) -> None:
    if is_queued:
        time.move_to(HALFWAY)
        with app.app_context():
            assert sweeping.HALFWAY.run() == 1
    MEANWHILE[what](make, trajectory, owner, facilitator)
    for _look in range(2):
        assert len(going(HALFWAY)) == (what == "nothing")
        assert len(waiting(stored)) == (what == "nothing")
    with app.app_context():
        # What was dropped is not queued again every half a minute.
        assert sweeping.HALFWAY.run() == 0


def test_another_facilitator_puts_their_name_under_it(
    make: Maker,
    second: Someone,
    facilitator: Someone,
    trajectory: Trajectory,
    plan: str,
    going: Go,
) -> None:
    make.left(trajectory, facilitator)
    [letter] = going(HALFWAY)
    assert "Ina Institute" in letter.text
    assert "Fem" not in letter.text


def test_who_lead_it_together_both_put_their_names_under_it(
    second: Someone, plan: str, going: Go
) -> None:
    [letter] = going(HALFWAY)
    assert "Fem Facilitator en Ina Institute" in letter.text


def test_a_meeting_that_moves_takes_along_what_did_not_go_yet(
    browse: Browse, facilitator: Someone, trajectory: Trajectory, plan: str, going: Go
) -> None:
    edit = f"{trajectory.meeting(2)}/move"
    move(browse(facilitator).get(edit), FIRST + 40 * DAY).follow()
    # In summer time.
    halfway = BEGINS + 20 * DAY
    assert going(HALFWAY) == []
    assert going(halfway - timedelta(minutes=1)) == []
    assert len(going(halfway)) == 1


def test_what_is_queued_waits_for_the_new_middle(
    app: Flask,
    browse: Browse,
    facilitator: Someone,
    trajectory: Trajectory,
    plan: str,
    time: Clock,
    going: Go,
) -> None:
    time.move_to(HALFWAY)
    with app.app_context():
        sweeping.HALFWAY.run()
    move(browse(facilitator).get(f"{trajectory.meeting(2)}/move"), FIRST + 40 * DAY)
    # In summer time, which began before.
    assert going(HALFWAY) == []
    assert len(going(BEGINS + 20 * DAY)) == 1


def test_what_went_does_not_go_again_when_the_next_meeting_moves_or_goes(
    browse: Browse, facilitator: Someone, trajectory: Trajectory, plan: str, going: Go
) -> None:
    assert len(going(HALFWAY)) == 1
    browser = browse(facilitator)
    move(browser.get(f"{trajectory.meeting(2)}/move"), FIRST + 40 * DAY)
    assert len(going(BEGINS + 21 * DAY)) == 1
    browse(facilitator).get(f"{trajectory.meeting(2)}/cancel").send(form="cancel")
    assert len(going(BEGINS + 30 * DAY)) == 1


def test_a_meeting_that_comes_nearer_lets_it_go_at_once(
    browse: Browse, facilitator: Someone, trajectory: Trajectory, plan: str, time: Clock, going: Go
) -> None:
    time.move_to(BEGINS + 12 * DAY)
    assert going(BEGINS + 12 * DAY) == []
    move(browse(facilitator).get(f"{trajectory.meeting(2)}/move"), FIRST + 20 * DAY)
    assert len(going(BEGINS + 12 * DAY)) == 1


def test_where_the_worker_was_away_it_goes_late_but_not_after_the_next_meeting_began(
    make: Maker, trajectory: Trajectory, plan: str, going: Go
) -> None:
    assert going(BEGINS + 28 * DAY) == []
    # In summer time the second one began an hour ago.
    assert going(BEGINS + 28 * DAY - timedelta(hours=2))


@pytest.mark.parametrize(
    ("moments", "count"),
    [
        # A Wednesday afternoon.
        ([HALFWAY], 1),
        # It lies in a break: the Monday after it, at eight in the morning.
        ([HALFWAY + 4 * DAY, HALFWAY + 5 * DAY - timedelta(hours=8, minutes=31)], 0),
    ],
    ids=["at school", "in a break"],
)
def test_it_goes_when_people_are_at_school(
    app: Flask,
    make: Maker,
    plan: str,
    going: Go,
    moments: list[datetime],
    count: int,
) -> None:
    app.extensions["mail_hours"] = DecentHours(8, 18)
    if not count:
        make.school_break(make.partnership(), "Break", HALFWAY.date(), (HALFWAY + 2 * DAY).date())
    assert [len(going(each)) for each in moments] == [count] * len(moments)
    monday = datetime.fromisoformat("2027-03-22T07:00:00+00:00")
    assert len(going(monday)) == 1


def test_who_manages_accounts_is_not_told_that_one_did_not_arrive(
    plan: str, going: Go, stored: Stored
) -> None:
    going(HALFWAY)
    query = sa.select(OutboxMail.partnership_id).where(OutboxMail.kind == "halfway_reminder")
    assert stored.values(query) == [None]


def test_nothing_of_it_stands_in_a_log(
    plan: str, owner: Someone, going: Go, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        assert going(HALFWAY)
    # The mail server is one of the tests.
    ours = [each.getMessage() for each in caplog.records if each.name != "mail.log"]
    assert not [each for each in ours if plan in each or owner.email in each]


# ------------------------------------------------------------------------------ the page


def test_the_page_says_when_it_goes_and_nothing_of_who_gets_it(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    owner: Someone,
    path: str,
    trajectory: Trajectory,
) -> None:
    fem = browse(facilitator)
    before = fem.get(path)
    assert "It goes on Wednesday, 17 March 2027, 15:30." in before.text
    make.learning_question(make.scan(owner), "How do I ask more?")
    make.plan(trajectory, owner, "I wait.", is_open=False)
    assert fem.get(path).text == before.text


def test_when_it_went_the_page_is_the_same_whoever_got_it(
    browse: Browse, make: Maker, facilitator: Someone, path: str, going: Go, plan: str
) -> None:
    going(HALFWAY)
    page = browse(facilitator).get(path)
    assert "It went on Wednesday, 17 March 2027, 15:30." in page.text
    assert plan not in page.text


def test_the_preview_has_the_words_of_somebody_invented_in_both_languages(
    browse: Browse, facilitator: Someone, path: str, plan: str
) -> None:
    page = browse(facilitator).get(path)
    for words in ("Halfway to meeting 2: your plan", "Hello Robin,", "Fem Facilitator", "[link]"):
        assert words in page.main.text
    assert "Olga" not in page.main.text
    assert plan not in page.text
    assert "Dag Robin," in browse(facilitator, "nl").get(path).main.text


def test_a_facilitator_words_it_and_reads_that_back(
    browse: Browse, facilitator: Someone, path: str, plan: str, going: Go
) -> None:
    words = "Ring me on Thursday <b>if</b> you are stuck."
    page = browse(facilitator).get(path)
    done = page.send({"text": words}, form="/trajectories/").follow()
    assert "Saved." in done.text
    assert done.main.text.count(words) == 2
    assert "We are halfway" not in done.main.text
    [letter] = going(HALFWAY)
    assert words in letter.text
    assert "We zijn halverwege" not in letter.text
    assert "<b>if</b>" not in letter.html


def test_two_facilitators_who_word_it_both_keep_their_words(
    browse: Browse, facilitator: Someone, second: Someone, path: str
) -> None:
    mine, theirs = browse(facilitator).get(path), browse(second).get(path)
    mine.send(form="/trajectories/", fields={"text": "Mine"})
    clash = theirs.send(form="/trajectories/", fields={"text": "Theirs", "is_on": "no"})
    assert clash.status == 409
    assert clash.value("text") == "Theirs"
    assert "Mine" in clash.main.text
    assert clash.send(form="/trajectories/").status == 303
    page = browse(facilitator).get(path)
    assert page.value("text") == "Theirs"
    assert "It is switched off" in page.text


def test_what_is_too_long_or_not_on_the_page_is_refused_and_kept(
    browse: Browse, facilitator: Someone, path: str
) -> None:
    page = browse(facilitator).get(path)
    refused = page.send(form="/trajectories/", fields={"text": "x" * 601})
    assert refused.status == 422
    assert refused.value("text") == "x" * 601
    assert page.send(form="/trajectories/", fields={"is_on": "maybe"}).status == 422


def test_switched_off_it_does_not_go_until_it_is_on_again(
    browse: Browse, facilitator: Someone, path: str, plan: str, going: Go
) -> None:
    browse(facilitator).get(path).send(form="/trajectories/", fields={"is_on": "no"})
    assert going(HALFWAY) == []
    page = browse(facilitator).get(path)
    assert "Not this time" not in page.text
    page.send(form="/trajectories/", fields={"is_on": "yes"})
    assert len(going(HALFWAY + DAY)) == 1


def test_switched_off_while_it_waits_to_leave_it_does_not_leave(
    app: Flask,
    browse: Browse,
    facilitator: Someone,
    path: str,
    plan: str,
    time: Clock,
    going: Go,
) -> None:
    time.move_to(HALFWAY)
    with app.app_context():
        sweeping.HALFWAY.run()
    browse(facilitator).get(path).send(form="/trajectories/", fields={"is_on": "no"})
    assert going(HALFWAY) == []


def test_it_can_stay_out_once(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    owner: Someone,
    trajectory: Trajectory,
    path: str,
    plan: str,
    time: Clock,
    going: Go,
) -> None:
    first = f"{trajectory.meetings[0]}/halfway/skip"
    page = browse(facilitator).get(path)
    assert "It does not go this time." in page.send(form=first).follow().text
    assert page.send(form=first).follow().status == 200
    assert going(HALFWAY) == []
    page = browse(facilitator).get(path)
    assert "It goes." in page.send(form="want").follow().text
    assert len(going(HALFWAY + DAY)) == 1
    page = browse(facilitator).get(path)
    skips = [each.get("action") for each in page.main.all("form") if "skip" in each.get("action")]
    assert [each.split("/")[2] for each in skips] == [
        str(each) for each in trajectory.meetings[1:5]
    ]
    answer = browse(facilitator).post(f"{trajectory.meeting(1)}/halfway/skip")
    assert "It went already" in answer.follow().text


def test_after_the_last_meeting_nothing_can_go(
    browse: Browse, facilitator: Someone, trajectory: Trajectory, path: str, time: Clock
) -> None:
    answer = browse(facilitator).post(f"/meetings/{trajectory.meetings[-1]}/halfway/skip")
    assert "no meeting follows" in answer.follow().text
    time.move_to(BEGINS + 300 * DAY)
    assert "No two meetings are ahead" in browse(facilitator).get(path).text


def test_a_closed_trajectory_can_be_read_and_not_changed(
    browse: Browse, make: Maker, facilitator: Someone, trajectory: Trajectory, path: str
) -> None:
    page = browse(facilitator).get(path)
    make.closed(trajectory)
    assert page.send(form="/trajectories/", fields={"text": "Hello"}).status == 409
    assert page.send(form="skip").status == 409
    page = browse(facilitator).get(path)
    assert "This trajectory is closed" in page.text
    assert page.main.all("textarea") == []


def test_others_do_not_come_in(
    browse: Browse,
    make: Maker,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
) -> None:
    left = make.person("Lex Left", Role.FACILITATOR)
    make.lead(trajectory, left)
    make.left(trajectory, left)
    other = make.person("Otto Other", Role.FACILITATOR)
    elsewhere = make.person("Els Elsewhere", *Role, partnership="Elsewhere")
    for person in (
        *(owner, programme_leader, school_leader, administrator, left, other, elsewhere),
    ):
        browser = browse(person)
        assert browser.get(path).status in CLOSED
        assert browser.post(path, {"text": "Mine", "is_on": "no"}).status in CLOSED
        for act in ("skip", "want"):
            address = f"{trajectory.meeting(1)}/halfway/{act}"
            assert browser.post(address).status in CLOSED


def test_the_dates_lead_to_it(browse: Browse, facilitator: Someone, trajectory: Trajectory) -> None:
    assert f"{trajectory.path}/halfway" in browse(facilitator).get(f"{trajectory.path}/dates").links


# --------------------------------------------------------------------- what the desk asks of it


@pytest.fixture
def next_going(app: Flask, trajectory: Trajectory) -> Callable[[], Going | None]:
    def find() -> Going | None:
        with app.app_context():
            ids = [trajectory.id]
            cards = list(get_trajectories(ids).values())
            return going_of_all(cards, meetings_of_all(ids))[trajectory.id]

    return find


def test_the_desk_hears_when_the_next_one_goes(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    path: str,
    plan: str,
    going: Go,
    next_going: Callable[[], Going | None],
) -> None:
    first = next_going()
    assert first
    assert (first.after.number, first.until.number, first.leaves_at) == (1, 2, HALFWAY)
    browse(facilitator).get(path).send(form=f"{trajectory.meetings[0]}/halfway/skip")
    found = next_going()
    assert found
    assert found.after.number == 2
    browse(facilitator).get(path).send(form="want")
    going(HALFWAY)
    assert next_going() == found
    browse(facilitator).get(path).send(form="/trajectories/", fields={"is_on": "no"})
    assert next_going() is None
    browse(facilitator).get(path).send(form="/trajectories/", fields={"is_on": "yes"})
    make.closed(trajectory)
    assert next_going() is None


def test_more_trajectories_people_and_plans_cost_no_more_statements(
    app: Flask,
    make: Maker,
    browse: Browse,
    facilitator: Someone,
    trajectory: Trajectory,
    path: str,
    plan: str,
    time: Clock,
) -> None:
    def count() -> tuple[int, int]:
        fem = browse(facilitator)
        with statements(app) as page:
            fem.get(path)
        with app.app_context():
            found = get_trajectories(list(ids)).values()
            meetings = meetings_of_all(ids)
            with statements(app) as desk:
                going_of_all(list(found), meetings)
        return len(page), len(desk)

    ids = [trajectory.id]
    few = count()
    time.move_to(BEGINS - 7 * DAY)
    more = [make.trajectory(facilitator, first_day=FIRST, title=f"T {n}") for n in range(4)]
    time.move_to(AFTER)
    for number in range(8):
        person = make.person(f"Person {number}", Role.SUPERVISOR)
        make.joined(trajectory, person)
        make.joined(more[0], person)
        make.plan(trajectory, person, "I wait.")
        make.plan(more[0], person, "I wait.")
    ids += [each.id for each in more]
    assert count() == few
    time.move_to(HALFWAY)
    with statements(app) as swept, app.app_context():
        assert sweeping.HALFWAY.run() == 17
    # For seventeen mails in two groups, in one batch.
    assert len(swept) < 20
