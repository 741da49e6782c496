"""The recap of a meeting: drafted from it, seen before it is sent, sent once, and then it stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.cycle.agreements.rules import LONGEST_HOMEWORK
from zetwpo.cycle.common_question.rules import LONGEST_QUESTION, MOST_SUBGROUPS
from zetwpo.cycle.recaps.models import Recap, RecapCorrection
from zetwpo.cycle.recaps.personal_data import export, export_corrections
from zetwpo.cycle.trajectories.rules import MOST_PARTICIPANTS
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import DecentHours
from zetwpo.privacy.service import erase

# A Wednesday, at ten in the morning.
NOW = datetime.fromisoformat("2027-03-10T09:00:00+00:00")
NOTES, HOMEWORK = "We asked more than we told.", "Watch one lesson."
QUESTION = "How do I let my student find out?"
Clock = time_machine.Traveller


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    with time_machine.travel(NOW, tick=False) as time:
        yield time


@pytest.fixture
def trajectory(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, time: Clock
) -> Trajectory:
    """Its first meeting was yesterday, and left something behind."""
    first = (NOW - timedelta(days=1)).date()
    with clock.as_if(NOW - timedelta(days=14)):
        made = make.trajectory(facilitator, owner, stranger, first_day=first)
    make.agreements(made, 1, NOTES, HOMEWORK, [owner], "follow_up")
    return made


@pytest.fixture
def second(make: Maker, trajectory: Trajectory) -> Someone:
    """Who leads it as well."""
    person = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(trajectory, person)
    return person


@pytest.fixture
def meeting(trajectory: Trajectory) -> str:
    return trajectory.meeting(1)


@pytest.fixture
def path(meeting: str) -> str:
    return f"{meeting}/recap"


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, trajectory: Trajectory) -> Browser:
    return browse(facilitator)


def waiting(stored: Stored) -> list[str]:
    found = stored.values(sa.select(OutboxMail.recipient).where(OutboxMail.kind == "recap"))
    return sorted(found)


def send(browser: Browser, path: str) -> Page:
    return browser.get(f"{path}/preview").send(form="send")


def test_the_preview_names_whom_it_reaches(
    fem: Browser,
    make: Maker,
    path: str,
    facilitator: Someone,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
) -> None:
    make.without_role(stranger, Role.SUPERVISOR)
    page = fem.get(f"{path}/preview")
    assert owner.name in page.main.text
    assert stranger.name not in page.main.text
    assert send(fem, path).status == 303
    told = {each.to for each in mailbox.deliver() if HOMEWORK in each.text}
    assert told == {owner.email, facilitator.email}


def test_it_is_drafted_from_the_meeting_and_looking_stores_nothing(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, owner: Someone, stored: Stored
) -> None:
    make.brought_in(trajectory, owner, QUESTION)
    make.questions_opened(trajectory, owner)
    make.common_question(trajectory, owner, QUESTION, owner)
    make.noted(trajectory, 1, owner, "absent")
    before = stored.everything()
    page = fem.get(path)
    assert page.value("question") == QUESTION
    assert page.value("noted") == NOTES
    assert page.value("homework") == f"{HOMEWORK}\n\nBrings it in next time: Olga Owner."
    assert page.value("ahead") == "A follow-up question"
    assert page.value("opening") == ""
    assert "until Tuesday, 16 March 2027" in page.text
    assert "Until you send it only the facilitators read this" in page.text
    for look in (page, fem.get(f"{path}/preview")):
        assert "The next date goes along" in look.text or "When we meet next" in look.text
        assert "Tuesday" in look.text or "6 April 2027" in look.text
        assert "bsent" not in look.text
    assert stored.everything() == before


def test_a_part_that_nobody_changed_follows_the_meeting_until_it_is_sent(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, meeting: str
) -> None:
    fem.get(path).send({"noted": "In my words."}, form="recap")
    make.agreements(trajectory, 1, "Noted later.", "Watch two lessons.")
    page = fem.get(path)
    assert page.value("noted") == "In my words."
    assert page.value("homework") == "Watch two lessons."
    send(fem, path)
    make.agreements(trajectory, 1, "Noted last.", "Watch three lessons.")
    sent = fem.get(path)
    assert "Watch two lessons." in sent.text
    assert "three" not in sent.text


def test_it_is_seen_before_it_is_sent_to_all_and_stays_on_the_page_of_the_meeting(
    fem: Browser,
    browse: Browse,
    second: Someone,
    facilitator: Someone,
    owner: Someone,
    stranger: Someone,
    path: str,
    meeting: str,
    stored: Stored,
    mailbox: Mailbox,
) -> None:
    olga = browse(owner)
    assert "Write the recap" in fem.get(meeting).text
    assert path in fem.get(meeting).links
    before = olga.get(meeting)
    assert "Recap" not in before.text
    looked = fem.get(path).send({"opening": "What a start!"}, form="recap").follow()
    for words in ("What a start!", NOTES, HOMEWORK, "Olga Owner", "Ina Institute", "Fem"):
        assert words in looked.text
    assert waiting(stored) == []
    assert olga.get(meeting).text == before.text
    done = looked.send(form="send").follow()
    assert "The recap goes to everybody in the group" in done.text
    everybody = [each.email for each in (facilitator, second, owner, stranger)]
    assert waiting(stored) == sorted(everybody)
    for browser in (olga, fem):
        page = browser.get(meeting)
        for words in ("Sent by Fem", "What a start!", NOTES, HOMEWORK, "6 April 2027"):
            assert words in page.text
    mailbox.deliver()
    for address in everybody:
        [letter] = [each for each in mailbox.to(address) if "Terugkoppeling" in each.subject]
        assert letter.subject == "Terugkoppeling van bijeenkomst 1 (From supervisor to trainer)"
        for words in ("What a start!", NOTES, HOMEWORK, "Olga Owner", "6 april 2027", "Fem"):
            assert words in letter.text
            assert words in letter.html
        assert letter.link == meeting


def test_two_facilitators_who_send_at_once_send_one(
    fem: Browser, browse: Browse, second: Someone, path: str, stored: Stored
) -> None:
    mine, theirs = fem.get(f"{path}/preview"), browse(second).get(f"{path}/preview")
    mine.send(form="send")
    first = waiting(stored)
    late = theirs.send(form="send").follow()
    assert "It was sent already" in late.text
    assert waiting(stored) == first
    assert len(first) == 4


def test_what_changed_after_somebody_looked_is_not_sent_unseen(
    fem: Browser,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    second: Someone,
    path: str,
    stored: Stored,
) -> None:
    looked = fem.get(f"{path}/preview")
    browse(second).get(path).send({"noted": "Words of Ina."}, form="recap")
    late = looked.send(form="send")
    assert late.status == 409
    assert "Nothing was sent" in late.text
    assert "Words of Ina." in late.text
    assert waiting(stored) == []
    # The date is part of what is sent.
    make.agreements(trajectory, 1, "", "Another thing.")
    assert late.send(form="send").status == 409
    again = fem.get(f"{path}/preview")
    assert again.send(form="send").status == 303


def test_a_date_that_moved_after_somebody_looked_is_not_sent_unseen(
    fem: Browser, trajectory: Trajectory, path: str, stored: Stored
) -> None:
    looked = fem.get(f"{path}/preview")
    move = fem.get(f"{trajectory.meeting(2)}/move")
    assert move.send({"place": "The library"}, form="move").status == 303
    assert looked.send(form="send").status == 409
    assert waiting(stored) == []


def test_two_facilitators_both_keep_their_text(
    fem: Browser, browse: Browse, second: Someone, path: str
) -> None:
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send({"noted": "Words of Fem."}, form="recap")
    late = theirs.send({"noted": "Words of Ina.", "ahead": "Further."}, form="recap")
    assert late.status == 409
    assert "Words of Fem." in late.text
    assert late.value("noted") == "Words of Ina."
    assert fem.get(path).value("ahead") == "Further."
    assert late.send({"noted": "Words of both."}, form="recap").status == 303
    assert fem.get(path).value("noted") == "Words of both."


def test_whoever_writes_while_a_colleague_sends_keeps_their_text(
    fem: Browser, browse: Browse, second: Someone, path: str, stored: Stored
) -> None:
    theirs = browse(second).get(path)
    sent = {"seen": theirs.fields("recap")["seen"], "noted": "Words of Ina."}
    send(fem, path)
    saved = theirs.browser.post(f"{path}/autosave", sent)
    assert saved.status == 409
    assert saved.json["refused"] == ["noted"]
    late = theirs.send({"noted": "Words of Ina."}, form="recap")
    assert late.status == 409
    assert "was sent while you wrote" in late.text
    assert "Words of Ina." in late.text
    # What they left as it was is not shown as theirs.
    assert late.text.count(HOMEWORK) == 1
    [row] = stored.rows(sa.select(Recap.noted))
    assert row.noted == NOTES


def test_it_is_kept_while_somebody_types(fem: Browser, path: str) -> None:
    page = fem.get(path)
    sent = {"seen": page.fields("recap")["seen"], "opening": "Well"}
    answer = fem.post(f"{path}/autosave", sent).json
    assert answer["refused"] == []
    again = {"seen": answer["seen"], "opening": "Well done"}
    assert fem.post(f"{path}/autosave", again).json["refused"] == []
    assert fem.get(path).value("opening") == "Well done"
    assert fem.get(path).value("noted") == NOTES


def test_what_cannot_be_kept_holds_up_nothing_else(fem: Browser, path: str) -> None:
    page = fem.get(path).send({"noted": "x" * 4001, "opening": "Well done"}, form="recap")
    assert page.status == 422
    assert "there is room for 4000" in page.text
    assert page.value("noted") == "x" * 4001
    assert fem.get(path).value("opening") == "Well done"
    assert fem.get(path).value("noted") == NOTES


def test_a_correction_is_an_act_that_leaves_what_was_sent(
    fem: Browser,
    browse: Browse,
    second: Someone,
    owner: Someone,
    path: str,
    meeting: str,
    stored: Stored,
    mailbox: Mailbox,
) -> None:
    send(fem, path)
    mailbox.deliver()
    page = fem.get(path)
    assert {"opening", "noted"}.isdisjoint(page.fields("recap"))
    looked = page.send({"correction": "Watch two lessons."}, form="correction").follow()
    assert "Watch two lessons." in looked.text
    assert "Watch two lessons." not in browse(owner).get(meeting).text
    theirs = browse(second).get(f"{path}/preview")
    done = looked.send(form="correct").follow()
    assert "The correction goes to everybody" in done.text
    again = theirs.send(form="correct").follow()
    assert "It was sent already" in again.text
    read = browse(owner).get(meeting).text
    for words in (HOMEWORK, "Watch two lessons.", "Correction by Fem"):
        assert words in read
    assert fem.get(path).value("correction") == ""
    mails = mailbox.to(owner.email)
    [letter] = [each for each in mails if "Verbetering" in each.subject]
    assert "Watch two lessons." in letter.text
    assert "Watch two lessons." in letter.html
    assert HOMEWORK not in letter.text
    assert stored.count(RecapCorrection) == 1
    assert len(waiting(stored)) == 8


def test_an_empty_correction_goes_to_nobody(fem: Browser, path: str, stored: Stored) -> None:
    send(fem, path)
    before = stored.everything()
    assert fem.post(f"{path}/correct", {"seen": ""}).status == 409
    assert "There is nothing to send" in fem.get(f"{path}/preview").text
    assert stored.everything() == before


def test_before_it_was_sent_there_is_nothing_to_correct(
    fem: Browser, path: str, stored: Stored
) -> None:
    before = stored.everything()
    for way in ("correct", "correction", "correction/autosave"):
        assert fem.post(f"{path}/{way}", {"correction": "x"}).status == 409
    assert stored.everything() == before


def test_who_left_before_it_leaves_gets_none_and_reads_none(
    fem: Browser,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    meeting: str,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
) -> None:
    send(fem, path)
    make.left(trajectory, stranger)
    mailbox.deliver()
    assert [each for each in mailbox.to(owner.email) if "Terugkoppeling" in each.subject]
    assert not [each for each in mailbox.to(stranger.email) if "Terugkoppeling" in each.subject]
    assert browse(stranger).get(meeting).status in {403, 404}


def test_who_is_in_it_in_another_way_by_the_time_it_leaves_gets_it_still_and_once(
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
) -> None:
    make.person(stranger.name, Role.FACILITATOR, email=stranger.email)
    send(fem, path)
    make.left(trajectory, owner)
    make.joined(trajectory, owner)
    make.lead(trajectory, stranger)
    mailbox.deliver()
    for each in (owner, stranger):
        assert sum("Terugkoppeling" in it.subject for it in mailbox.to(each.email)) == 1


def test_a_facilitator_who_leaves_leaves_the_recap_to_the_other(
    fem: Browser,
    browse: Browse,
    make: Maker,
    second: Someone,
    facilitator: Someone,
    owner: Someone,
    trajectory: Trajectory,
    path: str,
    meeting: str,
    mailbox: Mailbox,
) -> None:
    fem.get(path).send({"opening": "Words of Fem."}, form="recap")
    ina = browse(second)
    ina.post(f"{trajectory.path}/people/{facilitator.id}/end")
    assert fem.get(path).status in {403, 404}
    assert ina.get(path).value("opening") == "Words of Fem."
    send(ina, path)
    assert "Sent by Ina" in browse(owner).get(meeting).text
    with make.request():
        erase(second.id)
    read = browse(owner).get(meeting)
    assert "Sent on" in read.text
    assert "Words of Fem." in read.text
    mailbox.deliver()
    [letter] = [each for each in mailbox.to(owner.email) if "Terugkoppeling" in each.subject]
    assert "Ina" not in letter.text


def test_whoever_deletes_their_account_brings_no_homework_in_any_more(
    fem: Browser,
    make: Maker,
    browse: Browse,
    trajectory: Trajectory,
    path: str,
    meeting: str,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
) -> None:
    make.agreements(trajectory, 1, NOTES, HOMEWORK, [owner, stranger])
    send(fem, path)
    with clock.as_if(NOW + timedelta(hours=1)):
        make.left(trajectory, owner)
    with make.request():
        erase(owner.id)
    read = browse(stranger).get(meeting)
    assert "Brings it in next time: Sven Stranger." in read.text
    assert owner.name not in read.text
    mailbox.deliver()
    [letter] = [each for each in mailbox.to(stranger.email) if HOMEWORK in each.text]
    assert owner.name not in letter.text


def test_a_name_that_somebody_typed_in_a_recap_stays_and_is_said_to(
    fem: Browser,
    make: Maker,
    browse: Browse,
    path: str,
    meeting: str,
    owner: Someone,
    stranger: Someone,
) -> None:
    fem.get(path).send({"opening": "Olga Owner read to us."}, form="recap")
    send(fem, path)
    assert "Where somebody typed it, it stays" in browse(owner).get("/my-data").text
    with make.request():
        erase(owner.id)
    read = browse(stranger).get(meeting)
    assert "Olga Owner read to us." in read.text
    assert HOMEWORK in read.text
    assert "Brings it in next time" not in read.text


def test_a_recap_that_is_being_written_names_nobody_who_is_gone(
    fem: Browser, make: Maker, path: str, owner: Someone
) -> None:
    page = fem.get(path)
    changed = page.value("homework").replace(HOMEWORK, "Watch two lessons.")
    page.send({"homework": changed}, form="recap")
    with make.request():
        erase(owner.id)
    assert fem.get(path).value("homework") == "Watch two lessons."


def test_without_participants_there_is_nobody_to_send_it_to(
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
) -> None:
    page = fem.get(f"{path}/preview")
    for person in (owner, stranger):
        make.left(trajectory, person)
    assert "nobody to send it to" in fem.get(f"{path}/preview").text
    refused = page.send(form="send")
    assert refused.status == 422
    assert waiting(stored) == []


def test_whoever_may_take_part_or_lead_no_more_is_not_named_among_who_gets_it(
    fem: Browser,
    make: Maker,
    second: Someone,
    owner: Someone,
    stranger: Someone,
    path: str,
    mailbox: Mailbox,
) -> None:
    make.without_role(stranger, Role.SUPERVISOR)
    make.without_role(second, Role.FACILITATOR)
    page = fem.get(f"{path}/preview")
    assert owner.name in page.text
    for each in (stranger, second):
        assert each.name not in page.text
    page.send(form="send")
    mailbox.deliver()
    assert [each for each in mailbox.to(owner.email) if "Terugkoppeling" in each.subject]
    for each in (stranger, second):
        assert not [it for it in mailbox.to(each.email) if "Terugkoppeling" in it.subject]


def test_where_nobody_may_take_part_any_more_it_goes_to_nobody_and_is_not_asked_for(
    fem: Browser, make: Maker, owner: Someone, stranger: Someone, path: str, stored: Stored
) -> None:
    assert path in fem.get("/desk").links
    for each in (owner, stranger):
        make.without_role(each, Role.SUPERVISOR)
    looked = fem.get(f"{path}/preview")
    assert "Nobody takes part any more" in looked.text
    assert fem.post(f"{path}/send").status == 422
    assert waiting(stored) == []
    assert path not in fem.get("/desk").links


def test_a_draft_that_nobody_touched_is_never_too_long(
    fem: Browser, make: Maker, trajectory: Trajectory, facilitator: Someone, path: str
) -> None:
    names = [f"{'Annemarie ' * 11}{number}" for number in range(MOST_PARTICIPANTS - 2)]
    people = [make.person(name, Role.SUPERVISOR) for name in names]
    make.joined(trajectory, *people)
    make.agreements(trajectory, 1, "n" * 4000, "h" * LONGEST_HOMEWORK, people, "new_other_area")
    for each in people[:MOST_SUBGROUPS]:
        part = make.subgroup(trajectory, facilitator, "pedagogical", each)
        make.common_question(trajectory, facilitator, "q" * LONGEST_QUESTION, subgroup_id=part)
    page = fem.get(path)
    assert len(page.value("question")) > MOST_SUBGROUPS * LONGEST_QUESTION
    assert page.send({"opening": "Thank you all."}, form="recap").status == 303
    assert send(fem, path).status == 303


def test_an_empty_recap_goes_to_nobody(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, stored: Stored
) -> None:
    make.agreements(trajectory, 1)
    assert "nothing to send" in fem.get(f"{path}/preview").text
    assert fem.post(f"{path}/send", {"seen": ""}).status == 422
    assert waiting(stored) == []


def test_a_meeting_that_is_still_to_come_has_none(
    fem: Browser, trajectory: Trajectory, stored: Stored
) -> None:
    ahead = trajectory.meeting(2)
    before = stored.everything()
    assert "Recap" not in fem.get(ahead).text
    page = fem.get(f"{ahead}/recap")
    assert "still to come" in page.text
    assert page.main.all("form") == []
    for way in ("", "/autosave", "/correction", "/correct"):
        refused = fem.post(f"{ahead}/recap{way}", {"noted": NOTES})
        assert refused.status == 409
        assert "still to come" in refused.text
    assert fem.post(f"{ahead}/recap/send").status == 422
    assert stored.everything() == before


def test_a_closed_trajectory_stays_as_it_was(
    fem: Browser, browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone, path: str
) -> None:
    make.closed(trajectory)
    assert "no recap of this meeting was sent" in fem.get(path).text
    for way in ("", "/send", "/autosave", "/correction", "/correct"):
        assert fem.post(f"{path}{way}").status == 409


def test_of_a_closed_trajectory_what_was_sent_still_leaves_and_is_read(
    fem: Browser,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    path: str,
    meeting: str,
    mailbox: Mailbox,
) -> None:
    send(fem, path)
    make.closed(trajectory)
    mailbox.deliver()
    assert [each for each in mailbox.to(owner.email) if "Terugkoppeling" in each.subject]
    assert NOTES in browse(owner).get(meeting).text
    page = fem.get(path)
    assert NOTES in page.text
    assert page.main.all("form") == []


def test_a_date_that_moves_afterwards_stands_beside_the_one_that_was_sent(
    fem: Browser, browse: Browse, trajectory: Trajectory, owner: Someone, path: str, meeting: str
) -> None:
    ahead = trajectory.meeting(2)
    assert "told the group" not in fem.get(f"{ahead}/move").text
    send(fem, path)
    move = fem.get(f"{ahead}/move")
    assert "The recap of meeting 1 told the group of this date" in move.text
    assert "The recap of meeting 1 told the group of this date" in fem.get(f"{ahead}/cancel").text
    assert "told the group" not in fem.get(f"{trajectory.meeting(3)}/move").text
    move.send({"day": "2027-04-13"}, form="move")
    read = browse(owner).get(meeting).text
    assert "6 April 2027" in read
    assert "The next meeting changed since then" in read
    assert "13 April 2027" in read
    # Its own meeting has been, and moves no more.
    assert fem.post(f"{meeting}/move", {"day": "2027-04-20"}).status in {409, 422}


def test_a_next_meeting_that_is_cancelled_is_said_to_be(
    fem: Browser,
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    owner: Someone,
) -> None:
    made = make.trajectory(facilitator, owner, first_day=(NOW - timedelta(days=1)).date(), count=2)
    make.recap(made, 1, facilitator, noted="Enough.")
    fem.get(f"{made.meeting(2)}/cancel").send(form="cancel")
    read = browse(owner).get(made.meeting(1)).text
    assert "was cancelled since then" in read


def test_it_leaves_in_school_time_and_says_how_it_was_sent(
    app: Flask,
    browse: Browse,
    facilitator: Someone,
    trajectory: Trajectory,
    path: str,
    stored: Stored,
    mailbox: Mailbox,
    time: Clock,
) -> None:
    mailbox.deliver()
    app.extensions["mail_hours"] = DecentHours(8, 18)
    # On Friday evening.
    time.move_to(datetime.fromisoformat("2027-03-12T19:00:00+00:00"))
    send(browse(facilitator), path)
    assert len(waiting(stored)) == 3
    for moment in ("2027-03-12T19:01:00+00:00", "2027-03-13T10:00:00+00:00"):
        time.move_to(datetime.fromisoformat(moment))
        assert not [each for each in mailbox.deliver() if "Terugkoppeling" in each.subject]
    time.move_to(datetime.fromisoformat("2027-03-15T07:30:00+00:00"))
    assert len([each for each in mailbox.deliver() if "Terugkoppeling" in each.subject]) == 3


def test_everybody_reads_it_in_their_own_language(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, owner: Someone, mailbox: Mailbox
) -> None:
    enid = make.person("Enid English", Role.SUPERVISOR, language="en")
    make.joined(trajectory, enid)
    send(fem, path)
    for address, day in ((enid.email, "6 April 2027"), (owner.email, "6 april 2027")):
        [letter] = [each for each in mailbox.to(address) if NOTES in each.text]
        assert day in letter.text


def test_others_do_not_come_in(
    browse: Browse,
    make: Maker,
    path: str,
    owner: Someone,
    trajectory: Trajectory,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
    stored: Stored,
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    elsewhere = make.person("Els Elsewhere", *Role, partnership="Elsewhere")
    left = make.person("Lex Left", Role.SUPERVISOR)
    make.joined(trajectory, left)
    make.left(trajectory, left)
    others = (programme_leader, school_leader, administrator, other, elsewhere, left, owner)
    browsers = [browse(each) for each in others]
    before = stored.everything()
    for browser in browsers:
        for way in ("", "/preview"):
            assert browser.get(f"{path}{way}").status in {403, 404}
        for way in ("", "/autosave", "/send", "/correct", "/correction", "/correction/autosave"):
            assert browser.post(f"{path}{way}", {"noted": "Mine"}).status in {403, 404}
    assert stored.everything() == before


def test_sixty_people_cost_as_many_statements_as_two(
    app: Flask, make: Maker, fem: Browser, path: str, meeting: str, trajectory: Trajectory
) -> None:
    looks = (path, f"{path}/preview", meeting)
    with statements(app) as few:
        for look in looks:
            fem.get(look)
    make.joined(trajectory, *(make.person(f"Person {each}", Role.SUPERVISOR) for each in range(20)))
    with statements(app) as many:
        for look in looks:
            fem.get(look)
    assert len(many) == len(few)


def test_what_somebody_sent_is_in_their_file(
    make: Maker, trajectory: Trajectory, facilitator: Someone
) -> None:
    make.recap(trajectory, 1, facilitator, opening="A start")
    make.recap_correction(trajectory, 1, facilitator, "Not so")
    with make.request():
        assert [each["opening"] for each in export(facilitator.id)] == ["A start"]
        assert [each["text"] for each in export_corrections(facilitator.id)] == ["Not so"]
