"""A group puts its questions together without losing whose words they were, and keeps a line."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.cycle.agreements.models import MeetingAgreements
from zetwpo.cycle.common_question.models import (
    BroughtQuestion,
    CommonQuestion,
    QuestionProposal,
    QuestionRound,
    QuestionSubgroup,
    SubgroupMember,
)
from zetwpo.cycle.common_question.queries import current_questions, questions_of
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.queries import find_trajectory
from zetwpo.extensions import db

MINE = "When do I let a student find out for themselves?"
THEIRS = "What do I show of my own doubts?"
THIRD = "How do I listen?"
TOGETHER = "What do we show, and when do we keep silent?"


@pytest.fixture
def third(make: Maker) -> Someone:
    return make.person("Tom Third", Role.SUPERVISOR)


@pytest.fixture
def group(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, third: Someone
) -> Trajectory:
    """Fem leads it; Olga, Sven and Tom brought in a question each."""
    found = make.trajectory(facilitator, owner, stranger, third, first_day=clock.today())
    make.brought_in(found, owner, MINE, "gatekeeper")
    make.brought_in(found, stranger, THEIRS, "teacher_of_teachers")
    make.brought_in(found, third, THIRD)
    make.questions_opened(found, facilitator)
    return found


@pytest.fixture
def path(group: Trajectory) -> str:
    return f"{group.path}/questions"


@pytest.fixture
def olga(browse: Browse, owner: Someone, group: Trajectory) -> Browser:
    return browse(owner)


@pytest.fixture
def tom(browse: Browse, third: Someone, group: Trajectory) -> Browser:
    return browse(third)


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, group: Trajectory) -> Browser:
    return browse(facilitator)


def key_of(stored: Stored, text: str) -> uuid.UUID:
    [found] = stored.values(sa.select(BroughtQuestion.id).where(BroughtQuestion.text == text))
    assert isinstance(found, uuid.UUID)
    return found


def proposal_of(stored: Stored, text: str) -> uuid.UUID:
    [found] = stored.values(
        sa.select(BroughtQuestion.proposal_id).where(BroughtQuestion.text == text)
    )
    assert isinstance(found, uuid.UUID)
    return found


def wordings(stored: Stored) -> list[str]:
    return sorted(stored.values(sa.select(QuestionProposal.wording)))


def choose(browser: Browser, path: str, stored: Stored, *texts: str) -> Page:
    chosen = "&".join(f"question={key_of(stored, text)}" for text in texts)
    return browser.get(f"{path}/together?{chosen}")


def sources_on(page: Page) -> list[str]:
    """All questions that the form of a page would send along."""
    return [each.get("value") for each in page.form("together").all("input", name="question")]


def put_together(page: Page, wording: str) -> Page:
    return page.send({"question": sources_on(page), "wording": wording}, form="together")


def decide(browser: Browser, path: str, **fields: str) -> Page:
    return browser.get(f"{path}/decide").send({"area": "none"} | fields, form="decide")


# ------------------------------------------------------------------------- side by side


def test_the_board_names_overlap_by_the_area_that_authors_named(fem: Browser, path: str) -> None:
    text = fem.get(f"{path}/board").text
    assert "Several of you name the same competence area:" in text
    assert "Teacher-training competence: Olga Owner and Sven Stranger" in text
    assert "Not brought in yet" not in text


def test_the_board_of_sixty_asks_the_database_as_often_as_that_of_three(
    fem: Browser, path: str, make: Maker, group: Trajectory
) -> None:
    fem.get(f"{path}/board")
    with statements(fem.app) as few:
        fem.get(f"{path}/board")
    for number in range(20):
        person = make.person(f"Person {number}", Role.SUPERVISOR)
        make.joins(group, person)
        make.brought_in(group, person, f"Question {number}?")
    with statements(fem.app) as many:
        page = fem.get(f"{path}/board")
    assert "Question 19?" in page.text
    assert len(many) == len(few)


def test_questions_put_together_keep_the_words_and_the_names(
    fem: Browser, tom: Browser, path: str, stored: Stored
) -> None:
    page = choose(fem, path, stored, MINE, THEIRS)
    assert THIRD not in page.text
    assert put_together(page, TOGETHER).status == 303
    for browser, where in ((fem, f"{path}/board"), (tom, path)):
        text = browser.get(where).text
        assert f"{TOGETHER} Put together from: {MINE} Olga Owner" in text
        assert f"{THEIRS} Sven Stranger" in text
    assert wordings(stored) == ["", TOGETHER]


def test_one_question_is_nothing_to_put_together(fem: Browser, path: str, stored: Stored) -> None:
    page = choose(fem, path, stored, MINE).follow()
    assert "Choose two questions or more" in page.text
    assert fem.get(f"{path}/together?question=no-key").status == 303


def test_one_more_joins_those_that_are_together(fem: Browser, path: str, stored: Stored) -> None:
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    page = choose(fem, path, stored, MINE, THIRD)
    assert page.value("wording") == TOGETHER
    assert len(sources_on(page)) == 3
    put_together(page, f"{TOGETHER} And how do we listen?")
    assert wordings(stored) == [f"{TOGETHER} And how do we listen?"]


def test_without_a_wording_nothing_is_put_together(fem: Browser, path: str, stored: Stored) -> None:
    page = put_together(choose(fem, path, stored, MINE, THEIRS), " ")
    assert page.status == 422
    assert page.errors == ["wording"]
    assert len(sources_on(page)) == 2
    assert wordings(stored) == ["", "", ""]


def test_a_second_click_puts_together_once(fem: Browser, path: str, stored: Stored) -> None:
    page = choose(fem, path, stored, MINE, THEIRS)
    for _click in range(2):
        assert put_together(page, TOGETHER).status == 303
    assert wordings(stored) == ["", TOGETHER]


def test_two_facilitators_put_together_at_one_moment_and_nothing_is_lost(
    fem: Browser, path: str, stored: Stored
) -> None:
    one = choose(fem, path, stored, MINE, THEIRS)
    other = choose(fem, path, stored, THEIRS, THIRD)
    put_together(one, TOGETHER)
    page = put_together(other, "How do we listen to doubts?")
    assert page.status == 409
    assert "Somebody else changed these questions in the meantime" in page.text
    assert TOGETHER in page.text
    assert page.value("wording") == "How do we listen to doubts?"
    # What is chosen now is what those three are in.
    assert len(sources_on(page)) == 3
    assert put_together(page, "How do we listen to doubts?").status == 303
    assert wordings(stored) == ["How do we listen to doubts?"]


def test_what_its_author_changed_meanwhile_is_looked_at_first(
    fem: Browser, path: str, stored: Stored, make: Maker, group: Trajectory, owner: Someone
) -> None:
    page = choose(fem, path, stored, MINE, THEIRS)
    with make.request():
        db.session.execute(
            sa.update(BroughtQuestion)
            .where(BroughtQuestion.author_id == owner.id)
            .values(text="Other words")
        )
    page = put_together(page, TOGETHER)
    assert page.status == 409
    assert "Other words" in page.text


def test_it_is_taken_apart_and_its_wording_said_once_more(
    fem: Browser, path: str, stored: Stored
) -> None:
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    page = fem.get(f"{path}/proposals/{proposal_of(stored, MINE)}")
    done = page.send(form="apart").follow()
    assert f"Together they read: “{TOGETHER}”" in done.text
    assert wordings(stored) == ["", "", ""]
    assert len({proposal_of(stored, each) for each in (MINE, THEIRS, THIRD)}) == 3


def test_nothing_is_taken_apart_that_somebody_else_changed(
    fem: Browser, path: str, stored: Stored
) -> None:
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    where = f"{path}/proposals/{proposal_of(stored, MINE)}"
    one, other = fem.get(where), fem.get(where)
    one.send({"wording": "Better words"}, form=where)
    page = other.send(form="apart")
    assert page.status == 409
    assert "Nothing was changed by your click" in page.text
    assert wordings(stored) == ["", "Better words"]


def test_two_facilitators_reword_and_each_keeps_their_text(
    fem: Browser, path: str, stored: Stored
) -> None:
    where = f"{path}/proposals/{proposal_of(stored, MINE)}"
    one, other = fem.get(where), fem.get(where)
    assert one.send({"wording": "One wording"}, form=where).status == 303
    page = other.send({"wording": "Other wording"}, form=where)
    assert page.status == 409
    assert "One wording" in page.text
    assert page.value("wording") == "Other wording"
    assert page.send(form=where).status == 303
    assert "Other wording" in wordings(stored)
    assert f"Other wording Brought in as: {MINE}" in fem.get(f"{path}/board").text


def test_who_rewords_what_is_no_longer_there_gets_the_text_back(
    fem: Browser, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/proposals/{proposal_of(stored, MINE)}")
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    refused = page.send({"wording": "A wording that took long"}, form="proposals")
    assert refused.status == 404
    assert "This question is not on the table any more" in refused.text
    assert "A wording that took long" in refused.text


# ------------------------------------------------------------------------------ ranking


def rank(browser: Browser, path: str, stored: Stored, points: dict[str, str]) -> Page:
    fields = {f"points-{proposal_of(stored, text)}": value for text, value in points.items()}
    return browser.get(f"{path}/ranking").send(fields, form="ranking")


def test_points_are_kept_and_a_tie_is_a_tie(fem: Browser, path: str, stored: Stored) -> None:
    assert "that makes 18 points together" in fem.get(f"{path}/ranking").text
    rank(fem, path, stored, {MINE: "7", THEIRS: "4", THIRD: "7"})
    text = fem.get(f"{path}/board").text
    assert "The same number of points: talk about which one it will be." in text
    # Who comes second together needs no talk.
    rank(fem, path, stored, {MINE: "7", THEIRS: "4", THIRD: "4"})
    assert "The same number of points" not in fem.get(f"{path}/board").text
    assert text.index("7 points") < text.index("4 points")


def test_points_can_be_skipped_and_taken_away(fem: Browser, path: str, stored: Stored) -> None:
    rank(fem, path, stored, {MINE: "1"})
    assert "1 point" in fem.get(f"{path}/board").text
    rank(fem, path, stored, {MINE: ""})
    assert "You can also skip this." in fem.get(f"{path}/board").text


@pytest.mark.parametrize("typed", ["-1", "1.5", "many", "²"])
def test_what_are_no_points(fem: Browser, path: str, stored: Stored, typed: str) -> None:
    page = rank(fem, path, stored, {MINE: typed, THEIRS: "3"})
    assert page.status == 422
    assert page.errors == [f"points-{proposal_of(stored, MINE)}"]
    assert page.value(f"points-{proposal_of(stored, THEIRS)}") == "3"


def test_two_who_type_points_both_keep_them(fem: Browser, path: str, stored: Stored) -> None:
    name = f"points-{proposal_of(stored, MINE)}"
    one, other = fem.get(f"{path}/ranking"), fem.get(f"{path}/ranking")
    one.send({name: "3"}, form="ranking")
    page = other.send({name: "5"}, form="ranking")
    assert page.status == 409
    assert page.value(name) == "5"
    assert "in the meantime, to: 3" in page.text


def test_points_for_what_is_on_the_table_no_more_are_not_lost_in_silence(
    fem: Browser, path: str, stored: Stored
) -> None:
    mine, third = (f"points-{proposal_of(stored, text)}" for text in (MINE, THIRD))
    shown = fem.get(f"{path}/ranking")
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    page = shown.send({mine: "7", third: "5"}, form="ranking")
    assert page.status == 409
    assert "The points that you typed there: 7." in page.text
    assert page.value(third) == "5"
    assert stored.values(sa.select(QuestionProposal.points)) == [None, None]
    page.send(form="ranking")
    assert sorted(filter(None, stored.values(sa.select(QuestionProposal.points)))) == [5]


def test_points_that_nobody_touched_are_in_nobodys_way(
    fem: Browser, path: str, stored: Stored
) -> None:
    rank(fem, path, stored, {MINE: "7"})
    shown, third = fem.get(f"{path}/ranking"), f"points-{proposal_of(stored, THIRD)}"
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    assert shown.send({third: "5"}, form="ranking").status == 303


# -------------------------------------------------------------------- the common question


def test_what_the_group_decides_is_what_it_works_on(
    fem: Browser, olga: Browser, tom: Browser, path: str, stored: Stored, group: Trajectory
) -> None:
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    page = fem.get(f"{path}/decide?proposal={proposal_of(stored, MINE)}")
    assert page.value("text") == TOGETHER
    page.send({"area": "training_didactics"}, form="decide")
    mine = olga.get(path).text
    assert "This is what the group works on now." in mine
    assert "Your words are in here." in mine
    assert "The first question · meeting 1" in mine
    assert "Teacher-training competence" in mine
    assert "Your words are in here." not in tom.get(path).text
    assert THIRD in fem.get(f"{path}/board").text
    assert TOGETHER not in fem.get(f"{path}/board").text
    with fem.app.app_context():
        [now_there] = current_questions(group.id)
    assert (now_there.text, now_there.area) == (TOGETHER, "training_didactics")


def test_a_group_that_worked_on_paper_records_its_question_alone(fem: Browser, path: str) -> None:
    page = decide(fem, path, text="What is our question?").follow()
    assert "The common question is recorded." in page.text
    assert page.text.count("What is our question?") == 1
    assert "Whose words are in it" not in page.text


@pytest.mark.parametrize(
    ("fields", "field"), [({"text": " "}, "text"), ({"text": "What?", "area": "made up"}, "area")]
)
def test_what_cannot_be_recorded(
    fem: Browser, path: str, stored: Stored, fields: dict[str, str], field: str
) -> None:
    page = decide(fem, path, **fields)
    assert page.status == 422
    assert page.errors == [field]
    assert stored.values(sa.select(CommonQuestion.id)) == []


def test_two_clicks_record_one_question(fem: Browser, path: str, stored: Stored) -> None:
    page = fem.get(f"{path}/decide")
    for _click in range(2):
        fields = {"text": TOGETHER, "area": "none"}
        assert page.send(fields, form="decide").status == 303
    assert stored.values(sa.select(CommonQuestion.text)) == [TOGETHER]


def test_two_facilitators_who_decide_at_one_moment_get_a_choice(
    fem: Browser, path: str, stored: Stored
) -> None:
    one, other = fem.get(f"{path}/decide"), fem.get(f"{path}/decide")
    one.send({"text": TOGETHER, "area": "none"}, form="decide")
    page = other.send({"text": "Another question?", "area": "none"}, form="decide")
    assert page.status == 409
    assert f"Somebody else recorded a question in the meantime: “{TOGETHER}”" in page.text
    # By now there is a question before it, so the page asks how this one comes after that.
    assert page.errors == ["step", "text"]
    page = page.send({"step": "new"}, form="decide")
    assert page.status == 303
    assert stored.values(sa.select(CommonQuestion.text).order_by(CommonQuestion.number)) == [
        TOGETHER,
        "Another question?",
    ]


def test_what_was_put_together_meanwhile_is_not_recorded_in_silence(
    fem: Browser, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/decide?proposal={proposal_of(stored, MINE)}")
    put_together(choose(fem, path, stored, MINE, THEIRS), TOGETHER)
    page = page.send({"area": "none"}, form="decide")
    assert page.status == 409
    assert page.value("text") == MINE
    assert stored.values(sa.select(CommonQuestion.id)) == []
    assert page.send(form="decide").status == 303


def test_words_that_became_common_are_taken_back_and_the_line_stays_whole(
    fem: Browser,
    olga: Browser,
    tom: Browser,
    path: str,
    make: Maker,
    group: Trajectory,
    facilitator: Someone,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
) -> None:
    shown_before = olga.get(f"{path}/bring-in")
    make.common_question(group, facilitator, TOGETHER, owner, stranger)
    assert f"{path}/bring-in" not in olga.get(path).links
    assert olga.get(f"{path}/bring-in").status == 409
    refused = shown_before.send({"text": "Other"}, form="bring-in")
    assert refused.status == 409
    assert "Your question is part of the common question now" in refused.text
    key = key_of(stored, MINE)
    page = olga.get(f"/brought-questions/{key}/take-back")
    assert "The common question stays as the group decided it." in page.text
    page.send(form="take-back")
    text = tom.get(path).text
    assert TOGETHER in text
    assert THEIRS in text
    assert MINE not in text
    assert "Olga" not in tom.get(path).main.text


def test_the_line_stays_whole_when_somebody_leaves_or_deletes_their_account(
    fem: Browser,
    olga: Browser,
    tom: Browser,
    path: str,
    make: Maker,
    group: Trajectory,
    facilitator: Someone,
    owner: Someone,
    stranger: Someone,
) -> None:
    make.common_question(group, facilitator, TOGETHER, owner, stranger)
    make.left(group, stranger)
    text = tom.get(path).text
    assert TOGETHER in text
    assert THEIRS not in text
    assert "Sven" not in tom.get(path).main.text
    make.erased(owner)
    text = tom.get(path).text
    assert TOGETHER in text
    assert MINE not in text


# -------------------------------------------------------------------- the line of questions


@pytest.fixture
def decided(
    group: Trajectory, make: Maker, facilitator: Someone, owner: Someone, stranger: Someone
) -> Trajectory:
    """Olga's and Sven's questions became one."""
    make.common_question(group, facilitator, TOGETHER, owner, stranger)
    return group


def next_page(browser: Browser, group: Trajectory, number: int = 2) -> Page:
    return browser.get(f"{group.meeting(number)}/next-question")


def test_after_a_meeting_the_group_goes_deeper_with_the_same_words(
    fem: Browser, olga: Browser, tom: Browser, decided: Trajectory, path: str
) -> None:
    page = next_page(fem, decided)
    assert TOGETHER in page.text
    page = page.send({"step": "deepen", "area": "none"}, form="next-question").follow()
    assert "Deeper into the same question · meeting 2" in page.text
    with fem.app.app_context():
        trajectory = find_trajectory(decided.id)
        assert trajectory
        line = questions_of(trajectory).common
    assert [each.text for each in line] == [TOGETHER, TOGETHER]
    assert "It builds on a question with your words in it." in olga.get(path).text
    assert "with your words in it" not in tom.get(path).text


def test_what_comes_next_keeps_the_area_unless_somebody_names_another(
    fem: Browser, decided: Trajectory
) -> None:
    assert next_page(fem, decided).fields("next-question")["area"] == "none"
    named = {"step": "new", "text": "Something else?", "area": "pedagogical"}
    next_page(fem, decided).send(named, form="next-question")
    assert next_page(fem, decided, 3).fields("next-question")["area"] == "pedagogical"


# ------------------------------------------------------------- what a meeting agreed on


def agreed(stored: Stored) -> list[object]:
    """What comes next, as the agreements of each meeting say it."""
    return stored.values(sa.select(MeetingAgreements.next_step))


OTHER = {"step": "follow_up", "text": "And then?", "area": "none"}


def test_a_question_that_is_recorded_says_what_comes_next_in_the_agreements(
    fem: Browser, olga: Browser, make: Maker, decided: Trajectory, stored: Stored
) -> None:
    make.agreements(decided, 2, "We talked long.", "Try it once.")
    make.agreements(decided, 3, "Of another meeting.")
    page = next_page(fem, decided).send(OTHER, form="next-question").follow()
    assert "What comes next stands in the agreements of meeting 2 as well." in page.text
    text = olga.get(f"{decided.meeting(2)}/agreements").text
    for words in ("We talked long.", "Try it once.", "A follow-up question"):
        assert words in text
    assert sorted(map(str, agreed(stored))) == ["follow_up", "undecided"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"step": "deepen", "text": ""}, "deepen"),
        ({"step": "new", "area": "pedagogical"}, "new_same_area"),
        ({"step": "new", "area": "developmental"}, "new_other_area"),
        ({"step": "new", "area": "none"}, None),
    ],
    ids=["deeper", "same area", "other area", "no area"],
)
def test_a_question_straight_from_our_questions_counts_for_the_last_meeting(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    group: Trajectory,
    path: str,
    stored: Stored,
    fields: dict[str, str],
    says: str | None,
) -> None:
    make.common_question(group, facilitator, TOGETHER, area="pedagogical")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        page = browse(facilitator).get(f"{path}/decide")
        page = page.send(OTHER | fields, form="decide").follow()
    assert agreed(stored) == ([says] if says else [])
    assert ("agreements of meeting 1 as well" in page.text) is bool(says)


@pytest.mark.parametrize("there", ["deepen", "new_other_area"])
def test_what_somebody_agreed_stays_and_the_page_says_that_it_differs(
    fem: Browser, make: Maker, decided: Trajectory, stored: Stored, there: str
) -> None:
    make.agreements(decided, 2, next_step=there)
    page = next_page(fem, decided).send(OTHER, form="next-question").follow()
    assert agreed(stored) == [there]
    assert "In the agreements of meeting 2 something else comes next." in page.text


def test_what_was_agreed_and_recorded_alike_is_not_spoken_of(
    fem: Browser, make: Maker, decided: Trajectory, stored: Stored
) -> None:
    make.agreements(decided, 2, next_step="follow_up")
    page = next_page(fem, decided).send(OTHER, form="next-question").follow()
    assert agreed(stored) == ["follow_up"]
    assert "in the agreements of meeting 2" not in page.text.lower()


def test_the_first_question_and_that_of_a_subgroup_say_nothing_of_it(
    fem: Browser,
    make: Maker,
    decided: Trajectory,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
    group: Trajectory,
) -> None:
    assert agreed(stored) == []
    split_off(fem, group, "pedagogical", owner, stranger)
    [part] = stored.values(sa.select(QuestionSubgroup.id))
    page = next_page(fem, decided).send(OTHER | {"subgroup": str(part)}, form="next-question")
    assert page.status == 303
    assert agreed(stored) == []


def test_what_was_agreed_is_chosen_wherever_the_next_question_is_recorded(
    browse: Browse, make: Maker, facilitator: Someone, group: Trajectory, path: str
) -> None:
    make.common_question(group, facilitator, TOGETHER, area="pedagogical")
    make.agreements(group, 1, next_step="new_same_area")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        fem = browse(facilitator)
        for page in (next_page(fem, group, 1), fem.get(f"{path}/decide")):
            assert (page.value("step"), page.value("area")) == ("new", "pedagogical")
        page.send({"text": "And then?"}, form="decide")
        # It is worded: what comes after that, nobody said.
        assert not fem.get(f"{path}/decide").value("step")
        assert not next_page(fem, group, 1).value("step")


def test_the_line_speaks_the_language_of_who_reads_it(
    fem: Browser, decided: Trajectory, path: str, browse: Browse, facilitator: Someone
) -> None:
    assert "De eerste vraag" in browse(facilitator, "nl").get(path).text
    assert "The first question" in fem.get(path).text


def test_who_is_not_in_the_common_question_reads_that_the_own_one_stays(
    olga: Browser, tom: Browser, decided: Trajectory, path: str
) -> None:
    assert "It is not part of the common question" in tom.get(path).text
    assert "It is not part of the common question" not in olga.get(path).text


def test_a_follow_up_goes_on_with_whose_words_it_came_from_and_a_new_one_does_not(
    fem: Browser, olga: Browser, decided: Trajectory, path: str
) -> None:
    fields = {"step": "follow_up", "text": "And then?", "area": "developmental"}
    next_page(fem, decided).send(fields, form="next-question")
    assert olga.get(path).text.count("Your words are in here.") == 2
    fields = {"step": "new", "text": "Something else?", "area": "none"}
    next_page(fem, decided, 3).send(fields, form="next-question")
    text = olga.get(path).text
    assert "A new question · meeting 3" in text
    # In the first one; no more in what the group works on now.
    assert text.count("Your words are in here.") == 1


def test_the_pages_of_a_meeting_show_the_question_and_the_way_to_what_comes_next(
    fem: Browser,
    olga: Browser,
    browse: Browse,
    owner: Someone,
    facilitator: Someone,
    decided: Trajectory,
    stored: Stored,
) -> None:
    second = decided.meeting(2)
    assert TOGETHER in fem.get(second).text
    wall = fem.get(f"{second}/wall")
    assert TOGETHER in wall.text
    assert "Olga" not in wall.main.text
    assert TOGETHER in olga.get(second).text
    # How it goes on is decided in the meeting.
    assert f"{second}/next-question" not in fem.get(second).links
    [starts_at] = stored.values(
        sa.select(Meeting.starts_at).where(Meeting.id == decided.meetings[1])
    )
    with time_machine.travel(starts_at):
        assert f"{second}/next-question" in browse(facilitator).get(second).links
        assert f"{second}/next-question" not in browse(owner).get(second).links


def test_who_brought_in_nothing_finds_the_way_on_the_page_of_the_meeting(
    group: Trajectory, make: Maker, browse: Browse, olga: Browser
) -> None:
    vera = make.person("Vera Fourth", Role.SUPERVISOR)
    make.joins(group, vera)
    first = group.meeting(1)
    assert f"{group.path}/questions/bring-in" in browse(vera).get(first).links
    assert f"{group.path}/questions/bring-in" not in olga.get(first).links


def test_another_question_has_other_words(fem: Browser, decided: Trajectory) -> None:
    fields = {"step": "new", "text": TOGETHER, "area": "none"}
    page = next_page(fem, decided).send(fields, form="next-question")
    assert page.status == 422
    assert "Choose to go deeper, or write the other question here" in page.text


def test_two_who_record_what_comes_next_get_a_choice(
    fem: Browser, decided: Trajectory, stored: Stored
) -> None:
    one, other = next_page(fem, decided), next_page(fem, decided)
    one.send({"step": "new", "text": "One?", "area": "none"}, form="next-question")
    page = other.send({"step": "new", "text": "Other?", "area": "none"}, form="next-question")
    assert page.status == 409
    assert "Somebody else recorded a question in the meantime: “One?”" in page.text
    assert page.value("text") == "Other?"
    assert page.send(form="next-question").status == 303
    texts = stored.values(sa.select(CommonQuestion.text).order_by(CommonQuestion.number))
    assert texts == [TOGETHER, "One?", "Other?"]


def test_the_words_are_mended_and_two_who_do_both_keep_theirs(
    fem: Browser, decided: Trajectory, path: str, stored: Stored
) -> None:
    [key] = stored.values(sa.select(CommonQuestion.id))
    where = f"{path}/common/{key}"
    one, other = fem.get(where), fem.get(where)
    assert one.send({"text": "One?"}, form=where).status == 303
    page = other.send({"text": "Other?"}, form=where)
    assert page.status == 409
    assert page.value("text") == "Other?"
    assert "One?" in page.text
    page.send(form=where)
    assert stored.values(sa.select(CommonQuestion.text)) == ["Other?"]


def test_the_last_step_is_taken_back_and_its_questions_lie_on_the_table_again(
    fem: Browser, decided: Trajectory, path: str, stored: Stored
) -> None:
    assert TOGETHER not in fem.get(f"{path}/board").text
    [key] = stored.values(sa.select(CommonQuestion.id))
    page = fem.get(f"{path}/common/{key}").send(form="undo").follow()
    assert f"Taken back. It read: “{TOGETHER}”" in page.text
    assert TOGETHER in fem.get(f"{path}/board").text
    assert fem.get(f"{path}/common/{key}").status == 404


def test_a_step_in_the_middle_of_the_line_stays(
    fem: Browser, decided: Trajectory, path: str, stored: Stored
) -> None:
    [key] = stored.values(sa.select(CommonQuestion.id))
    page = fem.get(f"{path}/common/{key}")
    next_page(fem, decided).send({"step": "deepen", "area": "none"}, form="next-question")
    assert page.send(form="undo").status == 409
    assert len(stored.values(sa.select(CommonQuestion.id))) == 2
    assert "Not decided after all?" not in fem.get(f"{path}/common/{key}").text


def test_everybody_is_asked_anew_once(
    fem: Browser, olga: Browser, tom: Browser, decided: Trajectory, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/board")
    for _click in range(2):
        page.send(form="anew")
    assert stored.values(sa.select(QuestionRound.number).order_by("number")) == [1, 2]
    assert "Not brought in yet: Olga Owner, Sven Stranger and Tom Third." in fem.get(page.path).text
    text = olga.get(path).text
    assert "You have not brought in your question yet" in text
    assert "Still closed" in text
    # What became common stays with it.
    assert f"{MINE} Olga Owner (your words)" in text
    olga.get(f"{path}/bring-in").send({"text": "Fresh?", "axis": "none"}, form="bring-in")
    assert "Fresh?" not in tom.get(path).text
    assert "Fresh?" in fem.get(f"{path}/board").text


# ------------------------------------------------------------------------------ subgroups


@pytest.fixture
def fourth(make: Maker, group: Trajectory) -> Someone:
    person = make.person("Vera Fourth", Role.SUPERVISOR)
    make.joins(group, person)
    return person


def split_off(browser: Browser, group: Trajectory, area: str, *people: Someone) -> Page:
    fields = {"area": area, "members": [str(each.id) for each in people]}
    return browser.get(f"{group.path}/subgroups").send(fields, form="subgroups")


def members(stored: Stored) -> dict[object, int]:
    rows = stored.values(sa.select(SubgroupMember.subgroup_id))
    return {key: rows.count(key) for key in set(rows)}


def test_a_group_splits_and_each_subgroup_has_a_question_of_its_own(
    fem: Browser,
    olga: Browser,
    tom: Browser,
    group: Trajectory,
    owner: Someone,
    stranger: Someone,
    third: Someone,
    fourth: Someone,
    path: str,
) -> None:
    assert split_off(fem, group, "training_didactics", owner, stranger).status == 303
    assert split_off(fem, group, "pedagogical", third, fourth).status == 303
    page = fem.get(f"{path}/decide")
    [one, other] = [
        each.get("value")
        for each in page.main.all("input", name="subgroup")
        if each.get("value") != "none"
    ]
    page = page.send({"text": TOGETHER, "subgroup": one}, form="decide").follow()
    page = fem.get(f"{path}/decide")
    page.send({"text": "How do we listen?", "subgroup": other, "step": "new"}, form="decide")
    for browser in (olga, tom):
        text = browser.get(path).text
        assert f"Subgroup 1: Teacher-training competence {TOGETHER}" in text
        assert "Subgroup 2: Guidance competence How do we listen?" in text
        # Each has a first one.
        assert text.count("The first question") == 2
    with fem.app.app_context():
        found = current_questions(group.id)
    assert [(each.text, each.area) for each in found] == [
        (TOGETHER, "training_didactics"),
        ("How do we listen?", "pedagogical"),
    ]


def test_two_subgroups_record_at_one_moment_without_meeting(
    fem: Browser,
    group: Trajectory,
    owner: Someone,
    stranger: Someone,
    third: Someone,
    fourth: Someone,
    path: str,
    stored: Stored,
) -> None:
    split_off(fem, group, "training_didactics", owner, stranger)
    split_off(fem, group, "pedagogical", third, fourth)
    keys = [str(key) for key in stored.values(sa.select(QuestionSubgroup.id))]
    decide(fem, path, text="Before?", subgroup=keys[0])
    pages = [fem.get(f"{path}/decide") for _key in keys]
    for page, key in zip(pages, keys, strict=True):
        fields = {"text": f"For {key}?", "subgroup": key, "step": "new"}
        assert page.send(fields, form="decide").status == 303
    assert len(stored.values(sa.select(CommonQuestion.id))) == 3


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"members": "both"}, "area"), ({"area": "pedagogical"}, "members")],
)
def test_what_is_no_subgroup(
    fem: Browser,
    group: Trajectory,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
    fields: dict[str, str],
    field: str,
) -> None:
    both = [str(owner.id), str(stranger.id)]
    sent = {name: both if value == "both" else value for name, value in fields.items()}
    page = fem.get(f"{group.path}/subgroups").send(sent, form="subgroups")
    assert page.status == 422
    assert page.errors == [field]
    assert stored.values(sa.select(QuestionSubgroup.id)) == []


def test_nobody_from_outside_comes_into_a_subgroup(
    fem: Browser, group: Trajectory, owner: Someone, make: Maker, stored: Stored
) -> None:
    outside = make.person("Ot Outside", Role.SUPERVISOR)
    page = split_off(fem, group, "pedagogical", owner, outside)
    assert page.status == 422
    assert page.errors == ["members"]


def test_whoever_moves_is_in_one_subgroup_at_a_time(
    fem: Browser,
    group: Trajectory,
    owner: Someone,
    stranger: Someone,
    third: Someone,
    fourth: Someone,
    stored: Stored,
) -> None:
    split_off(fem, group, "training_didactics", owner, stranger, third)
    split_off(fem, group, "pedagogical", third, fourth)
    assert sorted(members(stored).values()) == [2, 2]
    # The same click twice makes no third one.
    page = fem.get(f"{group.path}/subgroups")
    fields = {"area": "pedagogical", "members": [str(third.id), str(fourth.id)]}
    for _click in range(2):
        assert page.send(fields, form="subgroups").status == 303
    assert len(stored.values(sa.select(QuestionSubgroup.id))) == 3


def test_two_who_change_a_subgroup_get_a_choice(
    fem: Browser,
    group: Trajectory,
    owner: Someone,
    stranger: Someone,
    third: Someone,
    fourth: Someone,
    stored: Stored,
) -> None:
    split_off(fem, group, "pedagogical", owner, stranger)
    [key] = stored.values(sa.select(QuestionSubgroup.id))
    where = f"{group.path}/subgroups/{key}"
    one, other = fem.get(where), fem.get(where)
    ids = [str(each.id) for each in (owner, stranger, third, fourth)]
    assert one.send({"members": ids[:3]}, form=where).status == 303
    page = other.send({"members": ids[1:]}, form=where)
    assert page.status == 409
    assert "in the meantime, to: Olga Owner · Teacher training: the gatekeeper, Sven" in page.text
    ticked = [
        each.get("value")
        for each in page.main.all("input", name="members")
        if "checked" in each.attributes
    ]
    assert sorted(ticked) == sorted(ids[1:])
    page.send({"members": ticked}, form=where)
    assert members(stored) == {key: 3}


def test_a_subgroup_joins_the_group_again_unless_it_has_a_question(
    fem: Browser,
    group: Trajectory,
    owner: Someone,
    stranger: Someone,
    path: str,
    stored: Stored,
) -> None:
    split_off(fem, group, "pedagogical", owner, stranger)
    [key] = stored.values(sa.select(QuestionSubgroup.id))
    page = fem.get(f"{group.path}/subgroups/{key}")
    decide(fem, path, text="What?", subgroup=str(key))
    assert page.send(form="join").status == 409
    assert "Join with the group again" not in fem.get(page.path).text
    [question] = stored.values(sa.select(CommonQuestion.id))
    fem.get(f"{path}/common/{question}").send(form="undo")
    assert page.send(form="join").status == 303
    assert stored.values(sa.select(QuestionSubgroup.id)) == []


# --------------------------------------------------------------------------- who comes in


def test_what_comes_next_is_for_who_leads_this_group(
    olga: Browser, decided: Trajectory, browse: Browse, make: Maker
) -> None:
    other = make.person("Fien Facilitator", Role.FACILITATOR)
    make.trajectory(other)
    for browser in (olga, browse(other)):
        assert next_page(browser, decided).status in {403, 404}
        assert browser.get(f"{decided.path}/subgroups").status in {403, 404}


def test_keys_of_another_group_lead_nowhere(
    fem: Browser, path: str, make: Maker, facilitator: Someone, owner: Someone, stored: Stored
) -> None:
    other = make.trajectory(facilitator, owner)
    for where in ("proposals", "common"):
        assert fem.get(f"{other.path}/questions/{where}/{proposal_of(stored, MINE)}").status == 404
    assert fem.get(f"{other.path}/subgroups/{uuid.uuid4()}").status == 404
