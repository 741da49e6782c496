"""What a meeting leaves behind: facilitators write, the group reads, two texts are both kept."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.cycle.agreements.models import HomeworkBringer, MeetingAgreements
from zetwpo.cycle.meetings.models import Meeting

NOTES, HOMEWORK = "We calibrated the competences.", "Read the plan of your student."


@pytest.fixture
def trajectory(make: Maker, facilitator: Someone, owner: Someone, stranger: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner, stranger)


@pytest.fixture
def second(make: Maker, trajectory: Trajectory) -> Someone:
    """Who leads it as well."""
    person = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(trajectory, person)
    return person


@pytest.fixture
def path(trajectory: Trajectory) -> str:
    return f"{trajectory.meeting(1)}/agreements"


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, trajectory: Trajectory) -> Browser:
    return browse(facilitator)


def written(stored: Stored) -> tuple[str, str, str]:
    table = MeetingAgreements
    [row] = stored.rows(sa.select(table.notes, table.homework, table.next_step))
    return row.notes, row.homework, row.next_step


def bringers(stored: Stored) -> set[object]:
    return set(stored.values(sa.select(HomeworkBringer.person_id)))


def ticked(*people: Someone) -> list[str]:
    return ["", *(str(each.id) for each in people)]


def test_a_facilitator_writes_and_the_group_reads(
    fem: Browser, browse: Browse, path: str, owner: Someone, stranger: Someone, stored: Stored
) -> None:
    before = browse(owner).get(path)
    assert "Nothing is written down yet" in before.text
    page = fem.get(path)
    assert "The group and the facilitators read this" in page.text
    done = page.send(
        {"notes": NOTES, "homework": HOMEWORK, "bringers": ticked(owner), "next_step": "deepen"},
        form="agreements",
    ).follow()
    assert "Saved." in done.text
    assert written(stored) == (NOTES, HOMEWORK, "deepen")
    assert bringers(stored) == {owner.id}
    for person in (owner, stranger):
        reading = browse(person).get(path)
        for words in (NOTES, HOMEWORK, "Olga Owner", "Go deeper into the same question"):
            assert words in reading.text
        assert reading.main.all("form") == []
        assert browse(person).post(path, {"notes": "Mine"}).status in {403, 404}


def test_ticks_can_all_be_taken_away(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, owner: Someone, stored: Stored
) -> None:
    make.agreements(trajectory, 1, bringers=[owner])
    page = fem.get(path)
    page.send({"bringers": ticked()}, form="agreements")
    assert bringers(stored) == set()


def test_two_facilitators_who_change_another_part_both_have_their_way(
    fem: Browser, browse: Browse, second: Someone, path: str, owner: Someone, stored: Stored
) -> None:
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send({"notes": NOTES}, form="agreements")
    theirs.send({"homework": HOMEWORK, "bringers": ticked(owner)}, form="agreements")
    assert written(stored) == (NOTES, HOMEWORK, "undecided")
    assert bringers(stored) == {owner.id}


def test_two_facilitators_who_change_the_same_note_both_keep_their_text(
    fem: Browser, browse: Browse, second: Someone, path: str, stored: Stored
) -> None:
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send({"notes": "Words of Fem"}, form="agreements")
    late = theirs.send({"notes": "Words of Ina", "homework": HOMEWORK}, form="agreements")
    assert late.status == 409
    assert "Words of Fem" in late.text
    assert late.value("notes") == "Words of Ina"
    # What nobody else touched is kept meanwhile.
    assert written(stored)[:2] == ("Words of Fem", HOMEWORK)
    assert late.send({"notes": "Words of Fem and Ina"}, form="agreements").status == 303
    assert written(stored)[0] == "Words of Fem and Ina"


def test_who_ticked_somebody_else_meanwhile_is_told_by_name(
    fem: Browser,
    browse: Browse,
    second: Someone,
    path: str,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
) -> None:
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send({"bringers": ticked(owner)}, form="agreements")
    late = theirs.send({"bringers": ticked(stranger)}, form="agreements")
    assert late.status == 409
    assert "to: Olga Owner" in late.text
    assert bringers(stored) == {owner.id}


def test_it_is_kept_while_somebody_types(
    fem: Browser, path: str, owner: Someone, stored: Stored
) -> None:
    page = fem.get(path)
    sent = {"seen": page.fields("agreements")["seen"], "notes": NOTES}
    answer = fem.post(f"{path}/autosave", sent).json
    assert answer["refused"] == []
    again = {"seen": answer["seen"], "bringers": f" {owner.id}", "notes": NOTES + " More."}
    assert fem.post(f"{path}/autosave", again).json["refused"] == []
    assert written(stored)[0] == NOTES + " More."
    assert bringers(stored) == {owner.id}


def test_autosave_goes_over_nobodys_words(
    fem: Browser, browse: Browse, second: Someone, path: str, stored: Stored
) -> None:
    mine = fem.get(path)
    browse(second).get(path).send({"notes": "Words of Ina"}, form="agreements")
    sent = {"seen": mine.fields("agreements")["seen"], "notes": "Words of Fem"}
    answer = fem.post(f"{path}/autosave", sent)
    assert answer.status == 409
    assert answer.json["refused"] == ["notes"]
    assert written(stored)[0] == "Words of Ina"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"notes": "x" * 4001}, "there is room for 4000"),
        ({"homework": "x" * 2001}, "there is room for 2000"),
        ({"next_step": "win"}, "Choose what comes next"),
    ],
)
def test_what_cannot_be_kept_holds_up_nothing_else(
    fem: Browser, path: str, fields: dict[str, str], words: str, stored: Stored
) -> None:
    good = {"notes": NOTES, "homework": HOMEWORK} | fields
    page = fem.get(path).send(good, form="agreements")
    assert page.status == 422
    assert words in page.text
    kept = written(stored)
    for name, value in (("notes", NOTES), ("homework", HOMEWORK)):
        assert (value in kept) is (name not in fields)
    [name] = fields
    if name != "next_step":
        assert page.value(name) == fields[name]


NEXT = [
    ("follow_up", "follow_up", "pedagogical"),
    ("new_same_area", "new", "pedagogical"),
    ("new_other_area", "new", ""),
]


@pytest.mark.parametrize(("agreed", "step", "area"), NEXT)
def test_another_question_is_worded_right_away(
    fem: Browser,
    path: str,
    make: Maker,
    trajectory: Trajectory,
    facilitator: Someone,
    agreed: str,
    step: str,
    area: str,
) -> None:
    make.common_question(trajectory, facilitator, "Why do we talk so much?", area="pedagogical")
    page = fem.get(path).send({"next_step": agreed}).follow()
    assert page.heading == "What comes next?"
    assert (page.value("step"), page.value("area")) == (step, area)
    page.send({"text": "Why do we not ask?", "area": "none"}, form="/next-question")
    # Saved once more, there is nothing left to word.
    again = fem.get(path).send({"notes": NOTES}).follow()
    assert again.location == trajectory.meeting(1)


@pytest.mark.parametrize("agreed", ["undecided", "deepen"])
def test_without_another_question_it_leads_back_to_the_meeting(
    fem: Browser, path: str, trajectory: Trajectory, agreed: str
) -> None:
    sent = fem.get(path).send({"next_step": agreed})
    assert sent.location == trajectory.meeting(1)


def test_who_left_brings_nothing_in(
    fem: Browser,
    make: Maker,
    browse: Browse,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
) -> None:
    page = fem.get(path)
    make.left(trajectory, stranger)
    page.send({"bringers": ticked(owner, stranger)}, form="agreements")
    assert bringers(stored) == {owner.id}
    make.agreements(trajectory, 1, NOTES, bringers=[owner])
    make.left(trajectory, owner)
    assert "Olga" not in fem.get(path).text
    assert browse(owner).get(path).status in {403, 404}


def meeting(browser: Browser, trajectory: Trajectory, number: int) -> Page:
    return browser.get(trajectory.meeting(number))


def test_the_page_of_a_meeting_shows_it_and_that_of_the_next_one_what_was_agreed(
    fem: Browser,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    facilitator: Someone,
    stored: Stored,
) -> None:
    olga = browse(owner)
    # Before its day nobody looks for what it leaves behind.
    assert "Agreements and notes" not in meeting(fem, trajectory, 1).text
    [starts_at] = stored.values(
        sa.select(Meeting.starts_at).where(Meeting.id == trajectory.meetings[0])
    )
    with time_machine.travel(starts_at - timedelta(hours=2)):
        assert "Nothing is written down yet" in meeting(browse(owner), trajectory, 1).text
        assert path in meeting(browse(facilitator), trajectory, 1).links
    assert "Agreed last time" not in meeting(olga, trajectory, 2).text
    make.agreements(trajectory, 1, NOTES, HOMEWORK, [owner], "follow_up")
    for browser in (fem, olga):
        for number in (1, 2):
            page = meeting(browser, trajectory, number)
            for words in (NOTES, HOMEWORK, "Olga Owner", "A follow-up question"):
                assert words in page.text
        assert NOTES not in meeting(browser, trajectory, 3).text
    assert path in meeting(fem, trajectory, 1).links
    assert path not in meeting(olga, trajectory, 1).links
    prepared = fem.get(f"{trajectory.meeting(2)}/preparation")
    assert "Agreed last time" in prepared.text
    assert HOMEWORK in prepared.text


def test_what_was_agreed_before_goes_once_a_meeting_is_over(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone, stored: Stored
) -> None:
    make.agreements(trajectory, 1, homework=HOMEWORK)
    [start] = stored.values(sa.select(Meeting.starts_at).where(Meeting.number == 2))
    for hours, is_there in ((1, True), (4, False)):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            page = meeting(browse(owner), trajectory, 2)
        assert (HOMEWORK in page.text) is is_there


def test_a_closed_trajectory_stays_as_it_was(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, stored: Stored
) -> None:
    make.closed(trajectory)
    before = stored.everything()
    assert fem.get(path).status == 200
    refused = fem.post(path, {"notes": NOTES})
    assert refused.status == 409
    assert "This trajectory is closed" in refused.text
    assert stored.everything() == before


def test_others_do_not_come_in(
    browse: Browse,
    make: Maker,
    path: str,
    trajectory: Trajectory,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    elsewhere = make.person("Els Elsewhere", *Role, partnership="Elsewhere")
    for person in (programme_leader, school_leader, administrator, other, elsewhere):
        browser = browse(person)
        for look in (browser.get(path), browser.post(path), browser.post(f"{path}/autosave")):
            assert look.status in {403, 404}


def test_looking_changes_nothing(fem: Browser, path: str, stored: Stored) -> None:
    before = stored.everything()
    fem.get(path)
    assert stored.everything() == before


def test_sixty_people_cost_as_many_statements_as_two(
    app: Flask, make: Maker, fem: Browser, path: str, trajectory: Trajectory
) -> None:
    with statements(app) as few:
        fem.get(path)
    for number in range(20):
        make.joined(trajectory, make.person(f"Person {number}", Role.SUPERVISOR))
    with statements(app) as many:
        page = fem.get(path)
    assert len(_boxes(page)) == 22
    assert len(many) == len(few)


def _boxes(page: Page) -> Sequence[object]:
    return page.main.all("input", type="checkbox")
