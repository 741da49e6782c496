"""Who left a group and is back finds closed what they had opened, until they open it again."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.factories import Maker, Someone
from tests.pages.client import Browser, Page
from tests.pages.group import OUTSIDE, Group, early_group
from tests.pages.test_opening import page_of
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.plans import service as plans
from zetwpo.cycle.plans.queries import find_plan
from zetwpo.cycle.practice import service as practice
from zetwpo.cycle.practice.queries import find_note

__all__ = ["early_group"]

Clock = time_machine.Traveller
EVERYBODY = ("bo", "fem", *OUTSIDE)


@pytest.fixture
def time() -> Iterator[Clock]:
    """Stands still, so that nothing happens at the moment of something else by chance."""
    with time_machine.travel(clock.now(), tick=False) as time:
        yield time


@pytest.fixture
def here(time: Clock, early_group: Group) -> Group:
    return early_group


def goes_and_comes_back(make: Maker, group: Group, person: Someone, time: Clock) -> None:
    """A minute passes between everything that somebody does."""
    time.shift(60)
    make.left(group.trajectory, person)
    time.shift(60)
    make.joined(group.trajectory, person)
    time.shift(60)


def readers(group: Group, words: str, after: int = 1) -> set[str]:
    """Who finds these words on the page of what others opened, or on that of the meeting after."""
    paths = [f"{group.trajectory.path}/shared?after={after}", group.meeting(after + 1)]
    return {
        who for who in EVERYBODY for path in paths if words in group[who].get(path).response.text
    }


def choose(group: Group, path: str, audience: str) -> Page:
    return group["owner"].get(f"{path}/readers").send({"audience": audience})


@pytest.mark.parametrize("audience", ["pair", "facilitators", "group"])
def test_a_note_and_an_answer_stay_closed_until_their_author_opens_them_again(
    here: Group, make: Maker, owner: Someone, time: Clock, audience: str
) -> None:
    make.pair(here.trajectory, owner, here.people["bo"])
    note = make.note(here.trajectory, owner, "I waited.", audience)
    answers = {"hard": "Being silent."}
    reflection = make.reflection(here.trajectory, owner, answers, audience)
    those = {"pair": {"bo"}, "facilitators": {"fem"}, "group": {"bo", "fem"}}[audience]
    assert readers(here, "I waited.") == readers(here, "Being silent.") == those
    goes_and_comes_back(make, here, owner, time)
    assert readers(here, "I waited.") == readers(here, "Being silent.") == set()
    page = here["owner"].get(f"/practice-notes/{note}")
    assert "Only you." in page.text
    assert here["owner"].get(f"{page.path}/readers").fields()["audience"] == "me"
    # What they write on stays with them as well.
    page.send({"text": "I waited longer."})
    assert readers(here, "I waited longer.") == set()
    assert make_pair_again(here).status == 303
    assert readers(here, "I waited longer.") == set()
    time.shift(60)
    choose(here, f"/practice-notes/{note}", audience)
    choose(here, f"/reflections/{reflection}/hard", audience)
    assert readers(here, "I waited longer.") == readers(here, "Being silent.") == those


def make_pair_again(group: Group) -> Page:
    """The owner agrees once more to be a pair, where the facilitator thought of one."""
    page = group["owner"].get(f"{group.trajectory.path}/mine")
    [agree] = re.findall(r'action="(/pairs/[^"]+/agree)"', page.response.text)
    return page.send(form=agree)


def test_a_plan_stays_closed_to_the_group_and_with_it_the_questions(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    plan = make.plan(here.trajectory, owner, "I ask one more.", "writing", is_open=True)
    make.plan_question(plan, here.people["bo"], "When is that?")
    assert readers(here, "I ask one more.") == {"bo", "fem"}
    goes_and_comes_back(make, here, owner, time)
    assert readers(here, "I ask one more.") == set()
    for who in EVERYBODY:
        assert here[who].get(f"/plans/{plan}/read").status in {403, 404}
    page = here["owner"].get(f"/plans/{plan}")
    assert "Only you." in page.text
    assert "When is that?" in page.text
    page.send(form=f"/plans/{plan}/open")
    assert readers(here, "I ask one more.") == {"bo", "fem"}


def test_a_pair_sees_no_plan_until_both_agree_again(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    make.pair(here.trajectory, owner, here.people["bo"])
    make.plan(here.trajectory, owner, "Mine to try.")
    make.plan(here.trajectory, here.people["bo"], "To try by Bo.")
    assert readers(here, "Mine to try.") == {"bo"}
    shared = f"{here.trajectory.path}/shared?after=1"
    goes_and_comes_back(make, here, owner, time)
    assert readers(here, "Mine to try.") == set()
    assert "To try by Bo." not in here["owner"].get(shared).text
    assert "not agreed by all" in here["fem"].get(f"{here.trajectory.path}/pairs").text
    make_pair_again(here)
    assert readers(here, "Mine to try.") == {"bo"}
    assert "To try by Bo." in here["owner"].get(shared).text


def test_a_sentence_is_not_brought_along_any_more_and_its_words_are_not_lost(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    key = make.reflection(here.trajectory, owner, {}, sentence="Silence is work.")
    # The next meeting has been: everybody saw it.
    assert readers(here, "Silence is work.") == {"bo", "fem"}
    goes_and_comes_back(make, here, owner, time)
    assert readers(here, "Silence is work.") == set()
    page = here["owner"].get(f"/reflections/{key}")
    assert "This goes along" not in page.text
    page.send(form=f"/reflections/{key}/sentence")
    assert readers(here, "Silence is work.") == {"bo", "fem"}


def test_the_own_question_is_theirs_alone_until_they_bring_it_in_again(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    make.brought_in(here.trajectory, owner, "How do I wait?")
    make.brought_in(here.trajectory, here.people["bo"], "How do I ask?")
    make.questions_opened(here.trajectory, here.people["fem"])
    assert who_reads_questions(here, "How do I wait?") == {"bo", "fem"}
    goes_and_comes_back(make, here, owner, time)
    assert who_reads_questions(here, "How do I wait?") == set()
    page = here["owner"].get(f"{here.trajectory.path}/questions")
    assert "You brought this in before you left the group." in page.text
    form = here["owner"].get(f"{here.trajectory.path}/questions/bring-in")
    assert form.fields()["text"] == "How do I wait?"
    assert form.send().status == 303
    assert who_reads_questions(here, "How do I wait?") == {"bo", "fem"}
    assert "before you left" not in here["owner"].get(page.path).text


def test_words_in_a_common_question_come_back_as_they_were_or_not_at_all(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    make.brought_in(here.trajectory, owner, "How do I wait?")
    make.questions_opened(here.trajectory, here.people["fem"])
    make.common_question(here.trajectory, here.people["fem"], "How do we wait?", owner)
    goes_and_comes_back(make, here, owner, time)
    assert who_reads_questions(here, "How do I wait?") == set()
    # The line of the group stays whole.
    assert who_reads_questions(here, "How do we wait?") == {"bo", "fem"}
    form = here["owner"].get(f"{here.trajectory.path}/questions/bring-in")
    assert "part of the common question" in form.send({"text": "Something else."}).text
    assert who_reads_questions(here, "Something else.") == set()
    assert form.send().status == 303
    assert who_reads_questions(here, "How do I wait?") == {"bo", "fem"}


def who_reads_questions(group: Group, words: str) -> set[str]:
    paths = [f"{group.trajectory.path}/questions", f"{group.trajectory.path}/questions/board"]
    return {
        who for who in EVERYBODY for path in paths if words in group[who].get(path).response.text
    }


def test_a_yes_to_the_team_message_and_an_objection_are_said_anew(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    bo, path = here.people["bo"], f"{here.trajectory.path}/team-message"
    make.team_message(here.trajectory, owner, bo, told="programme", different="We wait.")
    assert "Everybody who takes part agrees." in here["bo"].get(path).text
    goes_and_comes_back(make, here, owner, time)
    page = here["bo"].get(path)
    assert "Everybody who takes part agrees." not in page.text
    assert "You agree." in page.text
    assert "One person has not said anything of it yet." in page.text
    assert "You agree." not in here["owner"].get(path).text
    # The same words, agreed with anew.
    again = here["owner"].get(path)
    again.send(form=f"{path}/approve")
    assert "Everybody who takes part agrees." in here["bo"].get(path).text
    make.objection(here.trajectory, owner, "One word less.")
    assert "One word less." in here["bo"].get(path).text
    goes_and_comes_back(make, here, owner, time)
    assert "One word less." not in here["bo"].get(path).text


def test_what_was_shared_with_the_group_closes_by_leaving_and_stays_closed(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    page, to = page_of(make.scan(owner, 4)), f"trajectory:{here.trajectory.id}"
    here["owner"].get(page).send({"to": to, "part": "", "day": ""}, form=page)
    assert who_receives(here) == {"bo", "fem"}
    time.shift(60)
    make.left(here.trajectory, owner)
    assert who_receives(here) == set()
    assert here.trajectory.title not in here["owner"].get(page).text
    time.shift(60)
    make.joined(here.trajectory, owner)
    assert who_receives(here) == set()
    time.shift(60)
    here["owner"].get(page).send({"to": to, "part": "", "day": ""}, form=page)
    assert who_receives(here) == {"bo", "fem"}


def who_receives(group: Group) -> set[str]:
    return {
        who for who in EVERYBODY if group.people["owner"].name in group[who].get("/shared").text
    }


def test_a_facilitator_who_comes_later_or_comes_back_reads_what_is_opened_from_then_on(
    here: Group, make: Maker, owner: Someone, browse: Browse, time: Clock
) -> None:
    note = make.note(here.trajectory, owner, "For Fem.", "facilitators")
    make.note(here.trajectory, owner, "For all of us.", "group")
    time.shift(60)
    noor = make.person("Noor", Role.FACILITATOR)
    make.lead(here.trajectory, noor)
    browser, shared = browse(noor), f"{here.trajectory.path}/shared?after=1"
    assert "For Fem." in here["fem"].get(shared).text
    assert "For Fem." not in browser.get(shared).text
    assert "For all of us." in browser.get(shared).text
    # The page of its author says so, and names her only among those who could.
    page = here["owner"].get(f"/practice-notes/{note}")
    assert "Noor" not in page.text
    assert "Noor" in here["owner"].get(f"{page.path}/readers").text
    time.shift(60)
    make.left(here.trajectory, here.people["fem"])
    time.shift(60)
    make.lead(here.trajectory, here.people["fem"])
    assert "For Fem." not in here["fem"].get(shared).text
    assert "Only you." in here["owner"].get(page.path).text
    time.shift(60)
    choose(here, page.path, "facilitators")
    assert "For Fem." in browser.get(shared).text
    assert "For Fem." in here["fem"].get(shared).text


def test_a_participant_who_begins_to_lead_does_not_read_what_was_for_who_led(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    bo = here.people["bo"]
    make.person(bo.name, Role.FACILITATOR, email=bo.email)
    make.note(here.trajectory, owner, "For Fem.", "facilitators")
    make.note(here.trajectory, bo, "Bo to the group.", "group")
    time.shift(60)
    make.lead(here.trajectory, bo)
    shared = f"{here.trajectory.path}/shared?after=1"
    assert "For Fem." not in here["bo"].get(shared).text
    assert "Bo to the group." not in here["fem"].get(shared).text


def test_another_pair_does_not_read_what_was_for_the_one_before(
    here: Group, make: Maker, owner: Someone, browse: Browse, time: Clock
) -> None:
    pair = make.pair(here.trajectory, owner, here.people["bo"])
    make.note(here.trajectory, owner, "For Bo.", "pair")
    cas = make.person("Cas", Role.SUPERVISOR)
    make.joined(here.trajectory, cas)
    time.shift(60)
    here["fem"].get(f"{here.trajectory.path}/pairs").send(form=f"/pairs/{pair}/dissolve")
    make.pair(here.trajectory, owner, cas)
    shared = f"{here.trajectory.path}/shared?after=1"
    assert "For Bo." not in browse(cas).get(shared).text
    assert "For Bo." not in here["bo"].get(shared).text


def test_whoever_joins_later_reads_what_is_open_to_the_group_as_the_page_says(
    here: Group, make: Maker, owner: Someone, browse: Browse, time: Clock
) -> None:
    note = make.note(here.trajectory, owner, "For all of us.", "group")
    make.plan(here.trajectory, owner, "Also for all.", is_open=True)
    page = here["owner"].get(f"/practice-notes/{note}/readers")
    assert "Whoever joins the group later reads what is open to the group." in page.text
    time.shift(60)
    cas = make.person("Cas", Role.SUPERVISOR)
    make.joined(here.trajectory, cas)
    found = browse(cas).get(f"{here.trajectory.path}/shared?after=1").text
    assert "For all of us." in found
    assert "Also for all." in found


def test_who_is_back_hears_it_on_their_own_page_until_they_meet_again(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    mine = f"{here.trajectory.path}/mine"
    goes_and_comes_back(make, here, owner, time)
    # Nothing was written, so nothing is closed.
    assert "Good that you are back" not in here["owner"].get(mine).text
    make.note(here.trajectory, owner, "I waited.", "group")
    goes_and_comes_back(make, here, owner, time)
    assert "Good that you are back" in here["owner"].get(mine).text
    assert "Good that you are back" not in here["bo"].get(mine).text
    time.shift(timedelta(weeks=4))
    browser = here.open(owner)
    assert "Good that you are back" not in browser.get(mine).text


def test_the_data_of_who_left_say_that_nobody_else_reads_it(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    make.note(here.trajectory, owner, "I waited.", "group")
    make.reflection(here.trajectory, owner, {"hard": "Being silent."}, "group")
    assert audiences(here["owner"]) == ["group", "group"]
    time.shift(60)
    make.left(here.trajectory, owner)
    assert audiences(here["owner"]) == ["me", "me"]


def audiences(browser: Browser) -> list[str]:
    data = browser.client.get("/my-data/all.json").json
    answers = [each for found in data["reflections"] for each in found["answers"]]
    return [each["audience"] for each in (*data["practice_notes"], *answers)]


def test_what_one_tab_opens_while_another_one_leaves_is_closed_as_well(
    here: Group, make: Maker, owner: Someone, time: Clock
) -> None:
    plan_id = make.plan(here.trajectory, owner, "I ask one more.", "writing")
    note_id = make.note(here.trajectory, owner, "I waited.")
    with make.request():
        # As a request has them that began before the other one, and ends after it.
        plan, note, moment = find_plan(plan_id), find_note(note_id), clock.now()
    goes_and_comes_back(make, here, owner, time)
    assert plan
    assert note
    with make.request(), clock.as_if(moment):
        plans.open_to_group(plan)
        practice.let_read(note, Audience.GROUP)
    assert readers(here, "I ask one more.") == readers(here, "I waited.") == set()
    assert "Only you." in here["owner"].get(f"/plans/{plan_id}").text
