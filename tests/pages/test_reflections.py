"""Looking back: each answer with readers of its own, and one sentence that goes along."""

import uuid

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker
from tests.pages.client import Page
from tests.pages.group import OUTSIDE, Group, autosave, group
from tests.people import CLOSED
from zetwpo.cycle.meetings.queries import find_meeting
from zetwpo.cycle.reflection.models import Reflection, ReflectionAnswer
from zetwpo.cycle.reflection.queries import sentences_for
from zetwpo.library.reflections import load

__all__ = ["group"]
GAINED = "I see what she finds hard."
HARD = "Saying nothing."
SENTENCE = "Silence is a question too."


@pytest.fixture
def reflection(make: Maker, group: Group) -> uuid.UUID:
    answers = {"gained": GAINED, "hard": HARD}
    return make.reflection(group.trajectory, group.people["owner"], answers, number=2)


def begin(group: Group, who: str = "owner", number: int = 2) -> Page:
    return group[who].post(f"{group.meeting(number)}/reflection", {})


def answers(stored: Stored) -> dict[str, str]:
    rows = stored.rows(sa.select(ReflectionAnswer.question, ReflectionAnswer.text))
    return dict(map(tuple, rows))


def test_all_eight_questions_are_asked_and_each_may_stay_open(group: Group, stored: Stored) -> None:
    page = begin(group).follow()
    for each in load().by_key.values():
        assert str(each.question.en) in page.text
    assert page.text.count("Only you read this.") == 8
    assert page.send({"gained": GAINED}).status == 303
    assert answers(stored) == {"gained": GAINED}


def test_what_is_asked_of_practice_is_folded_until_there_is_something_of_it(group: Group) -> None:
    def is_open(page: Page) -> bool:
        [folded] = page.main.all("details")
        return "open" in folded.attributes

    page = begin(group).follow()
    assert not is_open(page)
    page.send({"gained": GAINED})
    assert not is_open(begin(group).follow())
    refused = begin(group).follow().send({"hard": "x" * 10_000})
    assert refused.status == 422
    assert is_open(refused)
    begin(group).follow().send({"hard": HARD})
    assert is_open(begin(group).follow())


def test_it_is_one_for_each_meeting(group: Group, stored: Stored) -> None:
    assert begin(group).location == begin(group).location != begin(group, number=1).location
    assert len(stored.values(sa.select(Reflection.id))) == 2


def test_not_before_the_meeting_nor_by_others(group: Group, stored: Stored) -> None:
    assert begin(group, number=3).status == 409
    for who in ("fem", *OUTSIDE):
        assert begin(group, who).status in CLOSED
    assert stored.values(sa.select(Reflection.id)) == []


def test_what_is_typed_is_kept_meanwhile(
    group: Group, reflection: uuid.UUID, stored: Stored
) -> None:
    page = group["owner"].get(f"/reflections/{reflection}")
    reply = autosave(page, {"use": "On Tuesday"})
    assert (reply.status, reply.json["refused"]) == (200, [])
    assert answers(stored) == {"gained": GAINED, "hard": HARD, "use": "On Tuesday"}
    assert autosave(page, {"rank": "1"}).status == 400


def test_two_pages_get_a_choice_for_the_answer_that_both_changed(
    group: Group, reflection: uuid.UUID, stored: Stored
) -> None:
    first, second = (group["owner"].get(f"/reflections/{reflection}") for _ in "ab")
    first.send({"gained": "The first", "use": "One"})
    page = second.send({"gained": "The second", "learned": "Two"})
    assert page.status == 409
    assert "The first" in page.text
    assert answers(stored) == {
        **{"gained": "The first", "hard": HARD},
        **{"use": "One", "learned": "Two"},
    }
    assert page.send().status == 303
    assert answers(stored)["gained"] == "The second"


def test_an_answer_that_is_too_long_holds_up_no_other(
    group: Group, reflection: uuid.UUID, stored: Stored
) -> None:
    page = group["owner"].get(f"/reflections/{reflection}")
    page = page.send({"gained": "x" * 2001, "use": "Kept"})
    assert (page.status, page.errors) == (422, ["gained"])
    assert answers(stored) == {"gained": GAINED, "hard": HARD, "use": "Kept"}


def read_by(group: Group, text: str, after: int = 2) -> set[str]:
    path = f"{group.trajectory.path}/shared?after={after}"
    return {who for who in group.browsers if text in group[who].get(path).text}


def test_each_answer_opens_by_itself_and_closes_at_once(
    group: Group, reflection: uuid.UUID
) -> None:
    assert read_by(group, GAINED) == read_by(group, HARD) == set()
    page = group["owner"].get(f"/reflections/{reflection}/gained/readers")
    page.send({"audience": "group"})
    assert read_by(group, GAINED) == {"bo", "fem"}
    assert read_by(group, HARD) == set()
    page.send({"audience": "facilitators"})
    assert read_by(group, GAINED) == {"fem"}
    page.send({"audience": "me"})
    assert read_by(group, GAINED) == set()


def test_an_answer_that_was_emptied_is_closed_when_it_is_written_anew(
    group: Group, reflection: uuid.UUID
) -> None:
    owner = group["owner"]
    owner.get(f"/reflections/{reflection}/gained/readers").send({"audience": "group"})
    owner.get(f"/reflections/{reflection}").send({"gained": ""})
    owner.get(f"/reflections/{reflection}").send({"gained": "Something else"})
    assert read_by(group, "Something else") == set()


def test_what_is_not_answered_has_no_readers(group: Group, reflection: uuid.UUID) -> None:
    for question in ("use", "made_up"):
        path = f"/reflections/{reflection}/{question}/readers"
        assert group["owner"].get(path).status == 404
        assert group["owner"].post(path, {"audience": "group"}).status == 404


@pytest.mark.parametrize("who", ["bo", "fem", *OUTSIDE])
def test_nobody_else_opens_it(group: Group, reflection: uuid.UUID, who: str) -> None:
    for path in ("", "/gained/readers"):
        assert group[who].get(f"/reflections/{reflection}{path}").status == 404
    for path in ("", "/autosave", "/gained/readers", "/sentence", "/sentence/leave"):
        assert group[who].post(f"/reflections/{reflection}{path}", {}).status in CLOSED


# ----------------------------------------------------------------------------------- one sentence


def bring(group: Group, reflection: uuid.UUID, text: str = SENTENCE) -> Page:
    page = group["owner"].get(f"/reflections/{reflection}")
    return page.send({"sentence": text}, form="/sentence")


def test_it_goes_to_who_leads_and_at_the_meeting_to_the_group(
    group: Group, reflection: uuid.UUID
) -> None:
    page = group["owner"].get(f"/reflections/{reflection}")
    assert "the group once the next meeting begins" in page.text
    assert SENTENCE in bring(group, reflection).follow().text
    assert read_by(group, SENTENCE) == {"fem"}
    # On the page where the next meeting is prepared, and not on the one that the group sees.
    assert SENTENCE in group["fem"].get(f"{group.meeting(3)}/preparation").text
    assert SENTENCE not in group["bo"].get(group.meeting(3)).text
    app = group["fem"].app
    with app.app_context():
        meeting = find_meeting(group.trajectory.meetings[2])
        assert meeting
        actors = {each.name: each.actor for each in meeting.trajectory.participants}
        leader = meeting.trajectory.facilitators[0].actor
        [sentence] = sentences_for(meeting, leader)
        assert (sentence.person.id, sentence.text) == (group.people["owner"].id, SENTENCE)
        assert sentences_for(meeting, actors["Bo"]) == []
        with time_machine.travel(meeting.starts_at, tick=False):
            assert [each.text for each in sentences_for(meeting, actors["Bo"])] == [SENTENCE]
        before = find_meeting(group.trajectory.meetings[1])
        assert before
        assert sentences_for(before, leader) == []


def test_it_can_be_another_one_or_none(group: Group, reflection: uuid.UUID, stored: Stored) -> None:
    bring(group, reflection)
    bring(group, reflection, "Another one")
    assert read_by(group, "Another one") == {"fem"}
    group["owner"].get(f"/reflections/{reflection}").send(form="/leave")
    assert read_by(group, "Another one") == set()
    assert stored.rows(sa.select(Reflection.sentence, Reflection.brought_at)) == [("", None)]


@pytest.mark.parametrize("text", ["", "x" * 301, "Two\nlines"])
def test_it_is_one_sentence(group: Group, reflection: uuid.UUID, text: str, stored: Stored) -> None:
    page = bring(group, reflection, text)
    assert (page.status, page.errors) == (422, ["sentence"])
    assert stored.values(sa.select(Reflection.brought_at)) == [None]


def test_two_pages_get_a_choice_for_it(group: Group, reflection: uuid.UUID) -> None:
    first, second = (group["owner"].get(f"/reflections/{reflection}") for _ in "ab")
    first.send({"sentence": "The first"}, form="/sentence")
    page = second.send({"sentence": "The second"}, form="/sentence")
    assert page.status == 409
    assert "The first" in page.text


def test_of_who_left_no_sentence_and_no_answer_is_there(
    group: Group, reflection: uuid.UUID, make: Maker
) -> None:
    bring(group, reflection)
    owner = group["owner"]
    owner.get(f"/reflections/{reflection}/gained/readers").send({"audience": "group"})
    make.left(group.trajectory, group.people["owner"])
    assert read_by(group, SENTENCE) == read_by(group, GAINED) == set()
    for path in (f"/reflections/{reflection}", f"{group.trajectory.path}/mine"):
        assert GAINED in owner.get(path).text
    [exported] = owner.get("/my-data/all.json").json["reflections"]
    assert exported["sentence"] == SENTENCE
