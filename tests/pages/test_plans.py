"""A plan: small, its author's own, and open to others only as its author says."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Maker
from tests.pages.client import Browser, Page
from tests.pages.group import OUTSIDE, Group, autosave, group
from tests.pages.statements import statements
from tests.people import CLOSED
from zetwpo.accounts.actors import Role
from zetwpo.cycle.plans.models import Plan, PlanQuestion

__all__ = ["group"]
WHAT = "I ask one more question before I answer."
QUESTION = "What do you hope to see?"


@pytest.fixture
def plan(make: Maker, group: Group) -> uuid.UUID:
    return make.plan(group.trajectory, group.people["owner"], WHAT)


@pytest.fixture
def opened(make: Maker, group: Group) -> uuid.UUID:
    return make.plan(group.trajectory, group.people["owner"], WHAT, is_open=True)


def begin(group: Group, who: str = "owner", number: int = 2) -> Page:
    return group[who].post(f"{group.meeting(number)}/plan", {})


def test_one_is_written_after_a_meeting_and_kept(group: Group, stored: Stored) -> None:
    page = begin(group).follow()
    assert page.heading == "My plan after meeting 2"
    sent = {"what": WHAT, "at": "Tuesday", "sign": "My student talks more", "minutes": "30"}
    page = page.send(sent).follow()
    assert {name: page.value(name) for name in sent} == sent
    assert stored.values(sa.select(Plan.minutes)) == [30]


def test_what_cannot_be_kept_of_a_plan_that_ended_elsewhere_is_not_lost(group: Group) -> None:
    shown = begin(group).follow()
    group["owner"].post(f"{shown.path}/let_go")
    long = shown.send({"what": "x" * 5000})
    assert (long.status, long.errors) == (422, ["what"])
    assert long.value("what") == "x" * 5000
    assert long.send({"what": WHAT}).status == 303
    assert WHAT in group["owner"].get(shown.path).text


def test_there_is_one_after_each_meeting(group: Group, stored: Stored) -> None:
    first, second, other = begin(group), begin(group), begin(group, number=1)
    assert first.location == second.location != other.location
    assert len(stored.values(sa.select(Plan.id))) == 2


def test_not_before_a_meeting_begins(group: Group, stored: Stored) -> None:
    page = begin(group, number=3)
    assert page.status == 409
    assert "This meeting is still to come" in page.text
    assert stored.values(sa.select(Plan.id)) == []


@pytest.mark.parametrize("who", ["fem", *OUTSIDE])
def test_only_by_who_takes_part(group: Group, who: str, stored: Stored) -> None:
    assert begin(group, who).status in CLOSED
    assert stored.values(sa.select(Plan.id)) == []


def test_what_is_typed_is_kept_meanwhile_and_nothing_is_lost(
    group: Group, plan: uuid.UUID, stored: Stored
) -> None:
    page = group["owner"].get(f"/plans/{plan}")
    reply = autosave(page, {"at": "Tuesday"})
    assert (reply.status, reply.json["refused"]) == (200, [])
    assert stored.values(sa.select(Plan.at)) == ["Tuesday"]
    # The button saves without a clash after it.
    assert page.send({"at": "Tuesday morning", "seen": reply.json["seen"]}).status == 303


def test_two_pages_get_a_choice_and_no_loss(group: Group, plan: uuid.UUID, stored: Stored) -> None:
    owner = group["owner"]
    first, second = owner.get(f"/plans/{plan}"), owner.get(f"/plans/{plan}")
    first.send({"what": "The first one", "at": "Monday"})
    reply = autosave(second, {"what": "The second one"})
    assert (reply.status, reply.json["refused"]) == (409, ["what"])
    refused = second.send({"what": "The second one"})
    assert refused.status == 409
    assert "The first one" in refused.text
    # What was not touched is as the other one left it.
    assert (refused.value("what"), refused.value("at")) == ("The second one", "Monday")
    assert refused.send().status == 303
    assert stored.values(sa.select(Plan.what)) == ["The second one"]


@pytest.mark.parametrize("minutes", ["an hour", "-5", "9999", "1,5"])
def test_what_is_no_time_is_said_and_the_rest_is_kept(
    group: Group, plan: uuid.UUID, minutes: str, stored: Stored
) -> None:
    page = group["owner"].get(f"/plans/{plan}").send({"minutes": minutes, "at": "Tuesday"})
    assert (page.status, page.errors) == (422, ["minutes"])
    assert page.value("minutes") == minutes
    assert stored.values(sa.select(Plan.at)) == ["Tuesday"]
    assert stored.values(sa.select(Plan.minutes)) == [30]


def test_a_field_that_is_not_on_the_page_is_refused(group: Group, plan: uuid.UUID) -> None:
    assert autosave(group["owner"].get(f"/plans/{plan}"), {"status": "done"}).status == 400


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"minutes": "61"}, "more than an hour a week"),
        ({"what": "- one\n- two"}, "several things"),
        ({"minutes": ""}, "How much time does it ask in a week?"),
    ],
)
def test_it_is_helped_to_stay_small_and_never_blocked(
    group: Group, plan: uuid.UUID, typed: dict[str, str], words: str
) -> None:
    page = group["owner"].get(f"/plans/{plan}")
    assert "you decide" not in page.text
    page = page.send(typed).follow()
    assert words in page.text
    assert "It is your plan: you decide." in page.text


def test_it_goes_from_writing_to_tried_and_back(group: Group, stored: Stored) -> None:
    page = begin(group).follow()

    def press(words: str) -> Page:
        nonlocal page
        [button] = [each for each in page.main.all("button") if each.text == words]
        action = button.get("formaction")
        fields = page.fields() if action else {}
        path = action or next(
            form.get("action")
            for form in page.main.all("form")
            if words in [each.text for each in form.all("button")]
        )
        answer = page.browser.post(path, fields, token=page.token)
        if answer.status == 303:
            page = answer.follow()
        return answer

    empty = press("I am going to try this")
    assert (empty.status, empty.errors) == (422, ["what"])
    page.send({"what": WHAT})
    page = begin(group).follow()
    for words, status in (
        ("I am going to try this", "going"),
        ("Back to writing", "writing"),
        ("I am going to try this", "going"),
        ("I tried it", "done"),
        ("I go on with it", "going"),
        ("Let this plan go", "let_go"),
        ("Take it up again", "writing"),
    ):
        assert press(words).status == 303
        assert stored.values(sa.select(Plan.status)) == [status]
    assert stored.values(sa.select(Plan.what)) == [WHAT]


def test_a_button_keeps_what_is_on_the_page(group: Group, plan: uuid.UUID, stored: Stored) -> None:
    page = group["owner"].get(f"/plans/{plan}")
    fields = page.fields() | {"sign": "She asks me why"}
    assert page.browser.post(f"/plans/{plan}/done", fields, token=page.token).status == 303
    assert stored.rows(sa.select(Plan.status, Plan.sign)) == [("done", "She asks me why")]


def test_a_button_of_a_page_that_is_behind_does_nothing(
    group: Group, plan: uuid.UUID, stored: Stored
) -> None:
    owner = group["owner"]
    owner.post(f"/plans/{plan}/done", {})
    page = owner.post(f"/plans/{plan}/let_go", {}).follow()
    assert "Look again" in page.text
    assert stored.values(sa.select(Plan.status)) == ["done"]


# ---------------------------------------------------------------------------------- who reads it


@pytest.mark.parametrize("who", ["bo", "fem", *OUTSIDE])
def test_it_is_closed_to_everybody_until_its_author_opens_it(
    group: Group, plan: uuid.UUID, who: str
) -> None:
    for path in (f"/plans/{plan}", f"/plans/{plan}/read"):
        assert group[who].get(path).status == 404
    assert WHAT not in group[who].get(f"{group.trajectory.path}/shared").text


@pytest.mark.parametrize("who", ["bo", "fem"])
def test_the_group_reads_it_from_then_on_and_no_more_once_it_is_closed(
    group: Group, plan: uuid.UUID, who: str
) -> None:
    owner, shared = group["owner"], f"{group.trajectory.path}/shared?after=1"
    page = owner.get(f"/plans/{plan}")
    assert "Only you read this." in page.text
    page = page.send(form="/open").follow()
    assert "You read this, and also Bo and Fem" in page.text.replace("Femke", "Fem")
    assert WHAT in group[who].get(shared).text
    assert WHAT in group[who].get(f"/plans/{plan}/read").text
    page.send(form="/close")
    assert group[who].get(f"/plans/{plan}/read").status == 404
    assert WHAT not in group[who].get(shared).text


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_reads_an_open_plan(group: Group, opened: uuid.UUID, who: str) -> None:
    assert group[who].get(f"/plans/{opened}/read").status == 404
    assert group[who].post(f"/plans/{opened}/questions", {"text": QUESTION}).status == 404


def test_an_employer_in_the_group_reads_nothing(
    group: Group, opened: uuid.UUID, make: Maker
) -> None:
    bo = group.people["bo"]
    make.person(bo.name, Role.SCHOOL_LEADER, email=bo.email)
    assert group["bo"].get(f"/plans/{opened}/read").status == 404
    assert "Bo" not in group["owner"].get(f"/plans/{opened}").main.text


def test_of_an_author_who_left_the_group_sees_nothing_and_the_author_all(
    group: Group, opened: uuid.UUID, make: Maker
) -> None:
    make.left(group.trajectory, group.people["owner"])
    assert group["bo"].get(f"/plans/{opened}/read").status == 404
    page = group["owner"].get(f"/plans/{opened}")
    assert WHAT in page.text
    assert not page.main.all("textarea")
    assert WHAT in group["owner"].get(f"{group.trajectory.path}/mine").text
    assert group["owner"].post(f"/plans/{opened}", {"what": "x"}).status == 403
    assert WHAT in group["owner"].get("/my-data/all.html").text


def test_an_empty_plan_cannot_be_opened(group: Group, stored: Stored) -> None:
    page = begin(group).follow().send(form="/open").follow()
    assert "Write down first what you will try" in page.text
    assert stored.values(sa.select(Plan.opened_at)) == [None]


# --------------------------------------------------------------------------------- questions


def ask(browser: Browser, plan: uuid.UUID, text: str = QUESTION) -> Page:
    return browser.get(f"/plans/{plan}/read").send({"text": text}, form="/questions")


def test_others_ask_and_the_author_may_say_something_to_it(group: Group, opened: uuid.UUID) -> None:
    assert "Questions, not advice." in group["bo"].get(f"/plans/{opened}/read").text
    assert QUESTION in ask(group["bo"], opened).follow().text
    page = group["owner"].get(f"/plans/{opened}")
    assert QUESTION in page.text
    [link] = [each for each in page.links if "/plan-questions/" in each]
    page = page.browser.get(link).send({"answer": "That she asks first."}).follow()
    assert "That she asks first." in page.text
    assert "That she asks first." in group["fem"].get(f"/plans/{opened}/read").text


def test_a_question_that_is_sent_twice_is_asked_once(
    group: Group, opened: uuid.UUID, stored: Stored
) -> None:
    page = group["bo"].get(f"/plans/{opened}/read")
    assert [page.send({"text": QUESTION}, form="/questions").status for _ in "ab"] == [303, 303]
    assert page.send({"text": "Why this?"}, form="/questions").status == 303
    assert len(stored.values(sa.select(PlanQuestion.id))) == 2


@pytest.mark.parametrize("text", ["", "x" * 601])
def test_a_question_that_cannot_be_is_said(
    group: Group, opened: uuid.UUID, text: str, stored: Stored
) -> None:
    page = ask(group["bo"], opened, text)
    assert (page.status, page.errors) == (422, ["text"])
    assert stored.values(sa.select(PlanQuestion.id)) == []


def test_the_author_asks_nothing_of_the_own_plan(group: Group, opened: uuid.UUID) -> None:
    page = group["owner"].get(f"/plans/{opened}/read")
    assert page.status == 200
    assert not page.main.all("textarea")
    assert group["owner"].post(f"/plans/{opened}/questions", {"text": "?"}).status in CLOSED


def test_closed_again_the_questions_stay_with_the_author_alone(
    group: Group, opened: uuid.UUID, make: Maker
) -> None:
    make.plan_question(opened, group.people["bo"], QUESTION, "An answer")
    make.closed_plan(opened)
    assert QUESTION in group["owner"].get(f"/plans/{opened}").text
    assert QUESTION not in group["fem"].get(f"{group.trajectory.path}/shared?after=1").text
    # Who asked sees the own words, and nothing of the plan.
    page = group["bo"].get(f"{group.trajectory.path}/shared?after=1")
    assert QUESTION in page.text
    assert WHAT not in page.text
    assert "An answer" not in page.text
    assert "about a plan that is closed now" in page.text


def test_whoever_asked_deletes_it_also_where_the_plan_is_closed(
    group: Group, opened: uuid.UUID, make: Maker, stored: Stored
) -> None:
    key = make.plan_question(opened, group.people["bo"], QUESTION)
    for who in ("owner", "fem", *OUTSIDE):
        assert group[who].post(f"/plan-questions/{key}/delete", {}).status == 404
    make.closed_plan(opened)
    group["bo"].get(f"{group.trajectory.path}/mine").send(form="/delete")
    assert stored.values(sa.select(PlanQuestion.id)) == []


def test_of_a_deleted_account_the_question_stays_without_a_name(
    group: Group, opened: uuid.UUID, make: Maker
) -> None:
    make.plan_question(opened, group.people["bo"], QUESTION)
    group["bo"].get("/my-data").send({"sure": "y"}, form="delete")
    page = group["owner"].get(f"/plans/{opened}")
    assert QUESTION in page.text
    assert "Somebody who left" in page.text


def test_what_one_says_to_a_question_is_a_choice_where_two_pages_did(
    group: Group, opened: uuid.UUID, make: Maker
) -> None:
    key = make.plan_question(opened, group.people["bo"], QUESTION)
    first, second = (group["owner"].get(f"/plan-questions/{key}") for _ in "ab")
    first.send({"answer": "One"})
    page = second.send({"answer": "Two"})
    assert page.status == 409
    assert "One" in page.text
    assert page.value("answer") == "Two"
    assert page.send().status == 303


@pytest.mark.parametrize("who", ["bo", "fem", *OUTSIDE])
def test_only_the_author_of_the_plan_answers(
    group: Group, opened: uuid.UUID, who: str, make: Maker
) -> None:
    key = make.plan_question(opened, group.people["bo"], QUESTION)
    assert group[who].get(f"/plan-questions/{key}").status in CLOSED
    assert group[who].post(f"/plan-questions/{key}", {"answer": "x"}).status in CLOSED


def test_its_pages_take_as_many_statements_however_many_there_are(
    app: Flask, group: Group, opened: uuid.UUID, make: Maker
) -> None:
    make.reflection(group.trajectory, group.people["owner"], {"gained": "A thing"}, "group")
    paths = {
        "owner": (f"/plans/{opened}", f"{group.trajectory.path}/mine"),
        "bo": (f"/plans/{opened}/read", f"{group.trajectory.path}/shared?after=1"),
    }

    def counted() -> list[int]:
        found = []
        for who, each in paths.items():
            for path in each:
                with statements(app) as seen:
                    assert group[who].get(path).status == 200
                found.append(len(seen))
        return found

    before = counted()
    for number in range(4):
        more = make.person(f"More {number}", Role.SUPERVISOR)
        make.joined(group.trajectory, more)
        other = make.plan(group.trajectory, more, is_open=True)
        for who in ("owner", "bo", "fem"):
            make.plan_question(other, group.people[who], f"Why {who} {number}?")
        make.plan_question(opened, more, f"Why {number}?", "So")
        make.note(group.trajectory, more, f"Note {number}", "group")
        make.reflection(group.trajectory, more, {"gained": "A thing"}, "group")
        make.note(group.trajectory, group.people["owner"], f"Note {number}")
    assert counted() == before
    assert max(before) < 25


def test_once_it_is_closed_nothing_waits_any_more(group: Group, make: Maker) -> None:
    make.plan(group.trajectory, group.people["owner"], "I wait.", number=1)
    page = f"{group.trajectory.path}/mine"
    assert "After meeting 2" in group["owner"].get(page).text
    make.closed(group.trajectory)
    text = group["owner"].get(page).text
    assert "Take along what it brought you" in text
    assert "After meeting 1" in text
    # Nobody wrote anything after that one.
    assert "After meeting 2" not in text
    assert "Write a plan" not in text
