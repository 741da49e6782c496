"""Questions are put together without losing whose words they were, and become a line."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.common_question.rules import (
    Brought,
    Common,
    Overlap,
    Proposal,
    Step,
    agreed_by,
    asked_in,
    holding,
    is_worded,
    line_for,
    mark_of,
    newest,
    newest_for,
    overlaps,
    points_together,
    ranked,
    step_of,
    words_in,
)
from zetwpo.cycle.meetings.rules import NextStep

MORNING = datetime(2027, 3, 3, 9, tzinfo=UTC)
AREA_OF = {
    "pedagogical": "pedagogical",
    "gatekeeper": "training_didactics",
    "teacher_of_teachers": "training_didactics",
}
GROUP, OTHER_GROUP = uuid.UUID(int=100), uuid.UUID(int=101)


def brought(number: int, text: str = "Why?", axis: str = "", author: str = "") -> Brought:
    return Brought(
        uuid.UUID(int=number), uuid.UUID(int=50 + number), author or f"P{number}", text, axis
    )


def proposal(*sources: Brought, wording: str = "", points: int | None = None) -> Proposal:
    return Proposal(uuid.UUID(int=sources[0].id.int + 1000), wording, sources, points)


ANNA = brought(1, "When do I keep silent?", "gatekeeper", "Anna")
BRAM = brought(2, "What do I show of my craft?", "teacher_of_teachers", "Bram")
CARLA = brought(3, "How do I listen?", "pedagogical", "Carla")
DIRK = brought(4, "What is my role?", "", "Dirk")


def test_overlap_is_by_area_and_not_by_axis() -> None:
    found = overlaps([ANNA, BRAM, CARLA, DIRK], AREA_OF)
    assert found == [Overlap("training_didactics", ("Anna", "Bram"))]


def test_who_names_no_area_overlaps_with_nobody() -> None:
    assert overlaps([DIRK, brought(5), CARLA], AREA_OF) == []


def test_an_axis_that_nobody_knows_any_more_overlaps_with_nothing() -> None:
    assert overlaps([brought(5, axis="gone"), brought(6, axis="gone")], AREA_OF) == []


def test_areas_stand_in_their_own_order_and_not_by_how_many_name_them() -> None:
    many = [ANNA, BRAM, brought(5, axis="gatekeeper"), CARLA, brought(6, axis="pedagogical")]
    assert [each.area for each in overlaps(many, AREA_OF)] == ["pedagogical", "training_didactics"]


def test_one_question_reads_as_it_was_brought_in() -> None:
    alone = proposal(ANNA)
    assert (alone.text, alone.is_merged, alone.is_reworded) == (ANNA.text, False, False)


def test_questions_put_together_read_in_the_new_words_and_keep_the_old() -> None:
    both = proposal(ANNA, BRAM, wording="What do we show, and when?")
    assert (both.text, both.is_merged, both.is_reworded) == (both.wording, True, True)
    assert [each.text for each in both.sources] == [ANNA.text, BRAM.text]


def test_a_wording_that_is_what_its_author_wrote_is_no_other_wording() -> None:
    assert not proposal(ANNA, wording=ANNA.text).is_reworded


def test_what_is_chosen_is_found_by_the_questions_wherever_they_are_now() -> None:
    both, alone = proposal(ANNA, BRAM, wording="We?"), proposal(CARLA)
    assert holding([both, alone], {BRAM.id}) == [both]
    assert holding([both, alone], {BRAM.id, CARLA.id}) == [both, alone]
    assert holding([both, alone], {DIRK.id}) == []


@pytest.mark.parametrize(
    "changed",
    [
        proposal(ANNA, BRAM, wording="Other words"),
        proposal(ANNA, wording="We?"),
        proposal(ANNA, BRAM, CARLA, wording="We?"),
        proposal(ANNA, brought(2, "New words", BRAM.axis, "Bram"), wording="We?"),
    ],
)
def test_a_mark_changes_with_words_and_with_what_is_in_it(changed: Proposal) -> None:
    shown = proposal(ANNA, BRAM, wording="We?")
    assert mark_of([changed]) != mark_of([shown])


def test_a_mark_does_not_change_with_points_or_with_an_order() -> None:
    one, two = proposal(ANNA, BRAM, wording="We?"), proposal(CARLA)
    other = Proposal(one.id, one.wording, (BRAM, ANNA), points=3)
    assert mark_of([one, two]) == mark_of([two, other])


@pytest.mark.parametrize(
    ("people", "proposals", "points"), [(4, 5, 24), (4, 3, 24), (4, 2, 20), (4, 1, 12), (0, 3, 0)]
)
def test_how_many_points_there_are(people: int, proposals: int, points: int) -> None:
    assert points_together(people, proposals) == points


def test_a_tie_stays_a_tie() -> None:
    first, second = proposal(ANNA, points=7), proposal(BRAM, points=7)
    third, skipped = proposal(CARLA, points=0), proposal(DIRK)
    assert ranked([third, second, skipped, first]) == [[second, first], [third]]


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=12))
def test_ranking_orders_by_points_alone(points: list[int | None]) -> None:
    all_of_them = [proposal(brought(n), points=each) for n, each in enumerate(points)]
    found = ranked(all_of_them)
    heights = [{each.points for each in tier} for tier in found]
    assert all(len(height) == 1 for height in heights)
    assert heights == sorted(heights, key=lambda height: -next(iter(height)))  # type: ignore[operator,type-var]
    assert sum(map(len, found)) == sum(each is not None for each in points)


def common(
    number: int,
    step: Step,
    *sources: Brought,
    subgroup_id: uuid.UUID | None = None,
) -> Common:
    return Common(
        uuid.UUID(int=2000 + number),
        number,
        step,
        f"Question {number}",
        "",
        MORNING,
        subgroup_id,
        sources=sources,
    )


FIRST = common(1, Step.FIRST, ANNA, BRAM)
DEEPER = common(2, Step.DEEPEN)
FOLLOWING = common(3, Step.FOLLOW_UP, CARLA)
NEW = common(4, Step.NEW, DIRK)
LINE = [FIRST, DEEPER, FOLLOWING, NEW]


def test_the_newest_question_is_the_last_of_the_line() -> None:
    assert newest_for([NEW, FIRST, DEEPER]) == NEW
    assert newest(LINE, []) == [NEW]
    assert newest([], []) == []


def test_words_live_on_until_there_is_a_new_question() -> None:
    assert words_in(LINE, FIRST) == [ANNA, BRAM]
    assert words_in(LINE, DEEPER) == [ANNA, BRAM]
    assert words_in(LINE, FOLLOWING) == [ANNA, BRAM, CARLA]
    assert words_in(LINE, NEW) == [DIRK]


def test_a_meeting_works_on_what_was_decided_before_it_or_first_in_it() -> None:
    meeting, next_meeting = uuid.UUID(int=300), uuid.UUID(int=301)
    first = replace(FIRST, meeting_id=meeting)
    deeper = replace(DEEPER, meeting_id=meeting, decided_at=MORNING + timedelta(hours=3))
    both = [first, deeper]
    assert asked_in(both, meeting, MORNING) == [first]
    assert asked_in(both, next_meeting, MORNING) == []
    assert asked_in(both, next_meeting, MORNING + timedelta(days=30)) == both


def test_what_comes_after_a_meeting_is_worded_once_another_question_is_there() -> None:
    meeting, other = uuid.UUID(int=300), uuid.UUID(int=301)
    first = replace(FIRST, meeting_id=meeting, decided_at=MORNING + timedelta(hours=1))
    early = replace(DEEPER, meeting_id=meeting, decided_at=MORNING - timedelta(minutes=20))
    later = replace(DEEPER, meeting_id=None, decided_at=MORNING + timedelta(days=2))
    assert not is_worded([first], meeting, MORNING)
    assert is_worded([first, early], meeting, MORNING)
    assert not is_worded([first, early], other, MORNING)
    assert is_worded([first, later], meeting, MORNING)
    assert not is_worded([first, later], other, MORNING + timedelta(days=30))


@pytest.mark.parametrize(
    ("step", "area", "before", "agreed"),
    [
        (Step.DEEPEN, "", "pedagogical", NextStep.DEEPEN),
        (Step.FOLLOW_UP, "pedagogical", "", NextStep.FOLLOW_UP),
        (Step.NEW, "pedagogical", "pedagogical", NextStep.NEW_SAME_AREA),
        (Step.NEW, "developmental", "pedagogical", NextStep.NEW_OTHER_AREA),
        (Step.NEW, "", "pedagogical", NextStep.UNDECIDED),
        (Step.NEW, "pedagogical", "", NextStep.UNDECIDED),
        (Step.NEW, "", "", NextStep.UNDECIDED),
        (Step.FIRST, "pedagogical", "pedagogical", NextStep.UNDECIDED),
    ],
)
def test_a_question_says_what_was_agreed(
    step: Step, area: str, before: str, agreed: NextStep
) -> None:
    assert agreed_by(step, area, replace(FIRST, area=before)) is agreed
    assert agreed_by(step, area, None) is NextStep.UNDECIDED
    assert step_of(agreed) in {None, step}


def test_what_was_agreed_is_a_step_of_the_line() -> None:
    assert {each: step_of(each) for each in NextStep} == {
        NextStep.UNDECIDED: None,
        NextStep.DEEPEN: Step.DEEPEN,
        NextStep.FOLLOW_UP: Step.FOLLOW_UP,
        NextStep.NEW_SAME_AREA: Step.NEW,
        NextStep.NEW_OTHER_AREA: Step.NEW,
    }


def test_each_subgroup_has_its_own_question_after_that_of_all() -> None:
    mine = common(2, Step.FOLLOW_UP, subgroup_id=GROUP)
    theirs = common(3, Step.NEW, subgroup_id=OTHER_GROUP)
    questions = [FIRST, mine, theirs]
    assert line_for(questions, GROUP) == [FIRST, mine]
    assert line_for(questions) == [FIRST]
    assert newest(questions, [GROUP, OTHER_GROUP]) == [mine, theirs]


def test_a_subgroup_without_a_question_works_on_that_of_all_and_it_counts_once() -> None:
    third = uuid.UUID(int=102)
    mine = common(2, Step.FOLLOW_UP, subgroup_id=GROUP)
    assert newest([FIRST, mine], [GROUP, OTHER_GROUP, third]) == [mine, FIRST]


def test_a_group_that_comes_together_again_has_one_question() -> None:
    mine, together = common(2, Step.FOLLOW_UP, subgroup_id=GROUP), common(3, Step.NEW)
    assert newest([FIRST, mine, together], [GROUP, OTHER_GROUP]) == [together]
