"""Somebody is invited to a trajectory by mail, and gets an account when they accept."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, Person
from zetwpo.clock import now
from zetwpo.cycle.invitations.models import TrajectoryInvitation
from zetwpo.cycle.invitations.rules import KEPT_AFTER, LASTS
from zetwpo.cycle.invitations.service import clear_over
from zetwpo.cycle.trajectories.models import Participation

NOOR = {"name": "Noor New", "email": "noor@new.example", "mail_language": "en"}


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner)


def invite(fem: Browser, group: Trajectory, **typed: str) -> Page:
    return fem.get(f"{group.path}/invitations").send(NOOR | typed)


def link_to(mailbox: Mailbox, email: str = NOOR["email"]) -> str:
    letter = mailbox.to(email)[-1]
    return str(letter.link)


def accept(browse: Browse, link: str) -> Page:
    return browse().get(link).send().follow()


def test_whoever_accepts_gets_an_account_and_takes_part(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse, stored: Stored
) -> None:
    sent = invite(fem, group).follow()
    assert "Noor New gets an invitation by email." in sent.text
    assert "open until" in sent.text
    # Nothing before the answer.
    assert NOOR["email"] not in stored.values(sa.select(Person.email))
    [letter] = mailbox.to(NOOR["email"])
    assert "invites you to take part" in letter.text
    assert "There are 6 meetings" in letter.text
    landing = browse().get(letter.link)
    assert "Only you read your answers" in landing.text
    done = landing.send().follow()
    assert done.heading == "You take part"
    noor = sa.select(Person.id).where(Person.email == NOOR["email"])
    assert stored.values(sa.select(Membership.role).where(Membership.person_id.in_(noor))) == [
        Role.SUPERVISOR
    ]
    assert "Noor New" in fem.get(f"{group.path}/people").text
    # One who accepted waits for no answer, and was welcomed by this.
    assert "Not in it yet" not in fem.get(f"{group.path}/invitations").text
    assert len(mailbox.to(NOOR["email"])) == 1


def test_two_clicks_are_one(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse, stored: Stored
) -> None:
    form = fem.get(f"{group.path}/invitations")
    form.send(NOOR)
    again = form.send(NOOR | {"email": "NOOR@new.example"}).follow()
    assert "There is an invitation to this address already." in again.text
    [letter] = mailbox.to(NOOR["email"])
    landing = browse().get(letter.link)
    landing.send()
    assert landing.send().follow().heading == "You take part"
    assert len(stored.values(sa.select(Participation.id))) == 2


def test_somebody_who_has_an_account_joins_with_it_and_nobody_learns_of_it(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse, make: Maker, stored: Stored
) -> None:
    known = make.person("Noor Elsewhere", Role.SUPERVISOR, partnership="Partnership of others")
    page = invite(fem, group, email=known.email).follow()
    assert "Elsewhere" not in page.text
    accept(browse, link_to(mailbox, known.email))
    listed = fem.get(f"{group.path}/people").text
    # As they were invited, until they come (decision 34).
    assert "Noor New" in listed
    assert "Elsewhere" not in listed
    joined = sa.select(Participation.person_id).where(Participation.person_id == known.id)
    assert stored.values(joined) == [known.id]


def test_who_leads_the_group_reads_so_and_not_that_they_take_part(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse, facilitator: Someone
) -> None:
    invite(fem, group, email=facilitator.email)
    link = link_to(mailbox, facilitator.email)
    for page in (browse().get(link), browse().post(link).follow()):
        assert page.heading == "You lead this trajectory"
        assert "You take part" not in page.text
        assert group.path in page.links


def test_no_is_an_answer_and_may_become_yes(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse
) -> None:
    invite(fem, group)
    guest = browse()
    link = link_to(mailbox)
    said_no = guest.get(link).send(form="decline").follow()
    assert "You said no." in said_no.text
    assert "said no" in fem.get(f"{group.path}/invitations").text
    assert said_no.send().follow().heading == "You take part"


def test_what_was_withdrawn_opens_nothing(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse
) -> None:
    page = invite(fem, group).follow()
    link = link_to(mailbox)
    open_page = browse().get(link)
    assert "The invitation is withdrawn." in page.send(form="withdraw").follow().text
    assert browse().get(link).status == 410
    assert open_page.send().status == 410
    assert "Noor New" not in fem.get(f"{group.path}/people").text
    # And anew, after that.
    invite(fem, group)
    assert accept(browse, link_to(mailbox)).heading == "You take part"


def test_it_is_over_after_six_weeks_and_goes_a_month_later(
    fem: Browser,
    group: Trajectory,
    mailbox: Mailbox,
    browse: Browse,
    make: Maker,
    stored: Stored,
    facilitator: Someone,
) -> None:
    invite(fem, group)
    link = link_to(mailbox)
    with time_machine.travel(now() + LASTS + timedelta(days=1)):
        assert browse().get(link).status == 410
        assert browse().post(link).status == 410
        again = browse(facilitator)
        assert "did not answer in time" in again.get(f"{group.path}/invitations").text
        # The one before makes room.
        assert "gets an invitation" in invite(again, group).follow().text
    with time_machine.travel(now() + 2 * LASTS + KEPT_AFTER + timedelta(days=3)), make.request():
        clear_over()
    assert stored.values(sa.select(TrajectoryInvitation.id)) == []


def test_a_no_becomes_a_yes_only_while_the_link_works(
    group: Trajectory, mailbox: Mailbox, browse: Browse, fem: Browser, facilitator: Someone
) -> None:
    invite(fem, group)
    guest, link = browse(), link_to(mailbox)
    guest.get(link).send(form="decline")
    with time_machine.travel(now() + LASTS + timedelta(days=1)):
        assert guest.get(link).status == 410
        assert "The time for this invitation is over" in guest.get(link).text
        assert guest.post(link).status == 410
        again = browse(facilitator)
        assert "Noor New" not in again.get(f"{group.path}/people").text
        assert "said no" in again.get(f"{group.path}/invitations").text


def test_who_says_yes_to_a_group_that_is_full_reads_so(
    group: Trajectory,
    mailbox: Mailbox,
    browse: Browse,
    fem: Browser,
    make: Maker,
    stored: Stored,
) -> None:
    invite(fem, group)
    landing = browse().get(link_to(mailbox))
    others = [make.person(f"P {number}", Role.SUPERVISOR) for number in range(59)]
    make.joined(group, *others)
    answer = landing.send()
    assert answer.status == 409
    assert "There is no room in this group any more" in answer.text
    assert NOOR["email"] not in stored.values(sa.select(Person.email))
    # Nobody is in anybody's way for good.
    make.left(group, others[0])
    assert landing.send().follow().heading == "You take part"


def test_a_closed_trajectory_takes_nobody_in(
    group: Trajectory, mailbox: Mailbox, browse: Browse, fem: Browser, make: Maker
) -> None:
    invite(fem, group)
    landing = browse().get(link_to(mailbox))
    make.closed(group)
    late = {"name": "Late", "email": "late@new.example", "mail_language": "en"}
    assert fem.post(f"{group.path}/invitations", late).status == 409
    assert landing.send().status == 410
    assert browse().get(link_to(mailbox)).status == 410


def test_an_employer_comes_in_through_no_mail(
    fem: Browser, group: Trajectory, mailbox: Mailbox, browse: Browse, make: Maker, stored: Stored
) -> None:
    boss = make.person("Bo Boss", Role.SCHOOL_LEADER)
    invite(fem, group, email=boss.email)
    assert browse().get(link_to(mailbox, boss.email)).send().status == 410
    roles = sa.select(Membership.role).where(Membership.person_id == boss.id)
    assert stored.values(roles) == [Role.SCHOOL_LEADER]


def test_a_facilitator_cannot_write_to_a_mailbox_all_day_long(
    fem: Browser, group: Trajectory, mailbox: Mailbox
) -> None:
    for _number in range(3):
        invite(fem, group).follow().send(form="withdraw")
    assert invite(fem, group).status == 429
    assert len(mailbox.to(NOOR["email"])) <= 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Fill in a name"),
        ({"email": "noor"}, "email address"),
        ({"email": "\x00noor@new.example"}, "invisible"),
        ({"mail_language": "de"}, "Choose a language"),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(
    fem: Browser, group: Trajectory, typed: dict[str, str], words: str, stored: Stored
) -> None:
    page = invite(fem, group, **typed)
    assert page.status == 422
    assert words in page.text
    assert stored.values(sa.select(TrajectoryInvitation.id)) == []


def test_others_neither_invite_nor_withdraw(
    fem: Browser, browse: Browse, group: Trajectory, make: Maker, owner: Someone
) -> None:
    invite(fem, group)
    path = f"{group.path}/invitations"
    withdraw = fem.get(path).form("withdraw").get("action")
    other = make.person("Fred Facilitator", Role.FACILITATOR)
    make.trajectory(other)
    for person in (owner, other):
        browser = browse(person)
        assert browser.get(path).status in CLOSED
        assert browser.post(path, NOOR).status in CLOSED
        assert browser.post(withdraw).status in CLOSED
    assert "open until" in fem.get(path).text


def test_an_invented_link_opens_nothing(browse: Browse, group: Trajectory) -> None:
    assert browse().get("/take-part/made-up").status == 404
