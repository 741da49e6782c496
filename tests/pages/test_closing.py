"""Closing a trajectory, what stays readable, reopening, and the next one that goes on from it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.audit import AuditEntry
from zetwpo.cycle.common_question.models import CommonQuestion, SubgroupMember
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.rules import Step
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.models import Facilitation, Participation
from zetwpo.cycle.trajectories.models import Trajectory as Row
from zetwpo.cycle.trajectories.queries import find_trajectory

# A Wednesday; the meetings are on Wednesdays, from 10 June to 2 September 2026.
NOW = datetime(2026, 10, 7, 9, tzinfo=UTC)
FIRST, COUNT = date(2026, 6, 10), 4
QUESTION = "How do we ask before we answer?"


@pytest.fixture(autouse=True)
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def bo(make: Maker) -> Someone:
    return make.person("Bo", Role.SUPERVISOR)


@pytest.fixture
def second(make: Maker) -> Someone:
    return make.person("Ina Institute", Role.FACILITATOR)


@pytest.fixture
def group(
    make: Maker, facilitator: Someone, second: Someone, owner: Someone, bo: Someone
) -> Trajectory:
    with time_machine.travel(NOW - timedelta(days=150)):
        made = make.trajectory(facilitator, owner, bo, first_day=FIRST, count=COUNT)
        make.lead(made, second)
    make.common_question(made, facilitator, QUESTION)
    return made


def closing(browser: Browser, group: Trajectory) -> Page:
    return browser.get(f"{group.path}/closing")


def closed_at(stored: Stored, group: Trajectory) -> datetime | None:
    [found] = stored.values(sa.select(Row.closed_at).where(Row.id == group.id))
    return found


def acts(stored: Stored) -> list[str]:
    found = stored.values(sa.select(AuditEntry.action).order_by(AuditEntry.at))
    return [each for each in found if each in {"trajectory closed", "trajectory reopened"}]


# ------------------------------------------------------------------------------------- closing


def test_a_facilitator_closes_it_and_everybody_still_reads(
    fem: Browser, browse: Browse, group: Trajectory, owner: Someone, stored: Stored
) -> None:
    page = closing(fem, group)
    assert "For two weeks you can let it go on after all." in page.text
    done = page.send(form="/close").follow()
    assert "The trajectory is closed." in done.text
    [until] = [each.text for each in done.main.all("p") if "it can go on" in each.text]
    assert "21 October" in until
    assert closed_at(stored, group) is not None
    # Nothing is ahead to put into a calendar.
    assert "/my-account/calendar" not in fem.get(group.path).links
    for path in (group.path, f"{group.path}/questions", group.meeting(1)):
        shown = browse(owner).get(path)
        assert shown.status == 200
        assert "closed since" in shown.text


def test_closing_twice_changes_nothing_also_at_once(
    group: Trajectory,
    browse: Browse,
    facilitator: Someone,
    second: Someone,
    stored: Stored,
    database: str,
) -> None:
    browsers = [browse(facilitator), browse(second)]
    pages = [closing(each, group) for each in browsers]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda page: page.send(form="/close").status, pages))
    assert found == [303, 303]
    assert acts(stored) == ["trajectory closed"]
    first = closed_at(stored, group)
    assert browsers[0].post(f"{group.path}/closing/close").status == 303
    assert closed_at(stored, group) == first


def test_as_long_as_people_come_to_a_meeting_it_stays_open(
    browse: Browse,
    facilitator: Someone,
    group: Trajectory,
    time: time_machine.Traveller,
    stored: Stored,
) -> None:
    time.move_to(NOW - timedelta(days=40))
    fem = browse(facilitator)
    assert "Meeting 4 is on" in closing(fem, group).text
    assert "/my-account/calendar" in fem.get(group.path).links
    refused = fem.post(f"{group.path}/closing/close")
    assert refused.status == 409
    assert "People still come to a meeting." in refused.text
    assert closed_at(stored, group) is None


def test_one_to_which_nobody_comes_can_be_closed(
    fem: Browser, make: Maker, facilitator: Someone, stored: Stored
) -> None:
    empty = make.trajectory(facilitator)
    closing(fem, empty).send(form="/close")
    assert closed_at(stored, empty) is not None


def test_in_a_closed_one_nothing_of_the_group_changes(
    fem: Browser, make: Maker, group: Trajectory, bo: Someone
) -> None:
    make.closed(group)
    meeting = group.meeting(1)
    for path, fields in (
        (f"{group.path}/people/choose", {"person": str(bo.id)}),
        (f"{group.path}/facilitators/choose", {"person": str(bo.id)}),
        (f"{group.path}/invitations", {"name": "Cas", "email": "cas@school.example"}),
        (f"{group.path}/settings", {"title": "Another"}),
        (f"{group.path}/pairs", {"person": str(bo.id)}),
        (f"{group.path}/dates", {"day": "2026-12-01"}),
        (f"{group.path}/questions/open", {}),
        (f"{meeting}/agreements", {"notes": "More"}),
        (f"{meeting}/attendance", {"person": str(bo.id), "presence": "present"}),
    ):
        refused = fem.post(path, fields)
        assert (path, refused.status) == (path, 409)
        assert "This trajectory is closed" in refused.text


def test_what_is_somebodys_own_goes_on_and_so_does_leaving(
    browse: Browse, make: Maker, group: Trajectory, owner: Someone
) -> None:
    make.closed(group)
    olga = browse(owner)
    assert olga.post(f"/meetings/{group.meetings[-1]}/practice-notes").status == 303
    assert olga.get(f"{group.path}/leave").send(form="/leave").status == 303
    assert olga.get(group.path).status == 404
    assert olga.get(f"{group.path}/mine").status == 200


def test_within_two_weeks_it_goes_on_after_all(
    browse: Browse,
    facilitator: Someone,
    group: Trajectory,
    time: time_machine.Traveller,
    stored: Stored,
) -> None:
    closing(browse(facilitator), group).send(form="/close")
    time.shift(timedelta(days=13))
    fem = browse(facilitator)
    closing(fem, group).send(form="/reopen")
    assert closed_at(stored, group) is None
    # A second click finds that it goes on.
    assert fem.post(f"{group.path}/closing/reopen").status == 303
    closing(fem, group).send(form="/close")
    time.shift(timedelta(days=15))
    fem = browse(facilitator)
    assert "/reopen" not in closing(fem, group).response.text
    assert fem.post(f"{group.path}/closing/reopen").status == 409
    assert acts(stored) == ["trajectory closed", "trajectory reopened", "trajectory closed"]


def test_a_facilitator_who_leaves_a_closed_one_leaves_it_to_the_other(
    browse: Browse, make: Maker, group: Trajectory, facilitator: Someone, second: Someone
) -> None:
    make.closed(group)
    make.left(group, facilitator)
    assert closing(browse(facilitator), group).status in CLOSED
    assert closing(browse(second), group).status == 200


def test_only_who_leads_it_closes_it_or_begins_the_next(
    browse: Browse, make: Maker, group: Trajectory, owner: Someone
) -> None:
    make.left(group, owner)
    people = (
        owner,
        make.person("Cas", Role.FACILITATOR),
        make.person("Pia", Role.PROGRAMME_LEADER),
        make.person("Els", Role.FACILITATOR, partnership="Elsewhere"),
    )
    for browser in map(browse, people):
        for path in ("/closing", "/next"):
            assert browser.get(group.path + path).status in CLOSED
        for path in ("/closing/close", "/closing/reopen", "/next"):
            assert browser.post(group.path + path).status in CLOSED


# ------------------------------------------------------------------------------------ the next one


def begin(page: Page, *people: Someone, **fields: object) -> Page:
    ticked = {"people": ["", *(str(each.id) for each in people)]}
    return page.send({"title": "The year after", "goes_on": "new"} | ticked | fields, form="/next")


def following(stored: Stored, group: Trajectory) -> list[sa.Row[tuple[object, ...]]]:
    columns = (Row.id, Row.title, Row.meeting_minutes, Row.rhythm_weeks, Row.is_obligatory)
    return stored.rows(sa.select(*columns).where(Row.follows_id == group.id))


def test_the_form_proposes_the_settings_and_a_day_and_ticks_nobody(
    fem: Browser, group: Trajectory
) -> None:
    page = fem.get(f"{group.path}/next")
    # On the day of the week of the last one, and two weeks from now at least.
    assert page.value("first_day") == "2026-10-21"
    assert page.value("begins") == "15:30"
    assert page.value("count") == str(COUNT)
    assert page.value("wording") == QUESTION
    boxes = page.main.all("input", type="checkbox")
    assert [each.get("name") for each in boxes] == ["people", "people", "leaders"]
    assert not any("checked" in each.attributes for each in boxes)


def test_only_those_who_were_ticked_are_in_it_and_hear_of_it(
    fem: Browser,
    group: Trajectory,
    owner: Someone,
    second: Someone,
    facilitator: Someone,
    stored: Stored,
    mailbox: Mailbox,
    time: time_machine.Traveller,
) -> None:
    made = begin(fem.get(f"{group.path}/next"), owner, leaders=["", str(second.id)])
    assert made.status == 303
    [row] = following(stored, group)
    assert tuple(row[1:]) == ("The year after", 180, 4, False)
    there = Participation.trajectory_id == row.id
    assert stored.values(sa.select(Participation.person_id).where(there)) == [owner.id]
    leads = sa.select(Facilitation.person_id).where(Facilitation.trajectory_id == row.id)
    assert set(stored.values(leads)) == {facilitator.id, second.id}
    count = sa.select(sa.func.count()).where(Meeting.trajectory_id == row.id)
    assert stored.values(count) == [COUNT]
    time.shift(timedelta(hours=1))
    told = [each.to for each in mailbox.deliver() if "The year after" in each.text]
    assert sorted(told) == sorted([owner.email, second.email, facilitator.email])


def test_a_second_click_begins_nothing_more(
    fem: Browser, group: Trajectory, owner: Someone, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/next")
    for _click in range(2):
        begin(page, owner, goes_on="deepen")
    [row] = following(stored, group)
    words = sa.select(CommonQuestion.step).where(CommonQuestion.trajectory_id == row.id)
    assert stored.values(words) == ["deepen"]


def test_a_click_that_comes_much_later_changes_nothing_of_what_was_begun(
    fem: Browser,
    make: Maker,
    group: Trajectory,
    facilitator: Someone,
    second: Someone,
    owner: Someone,
    bo: Someone,
    stored: Stored,
) -> None:
    """Whoever began it sends the page again: when others left, or they lead it no more."""
    page = fem.get(f"{group.path}/next")
    begin(page, owner, leaders=["", str(second.id)])
    [row] = following(stored, group)
    new = Trajectory(row.id, row.title, ())
    make.common_question(new, second, "What do we ask now?")
    make.left(new, owner)
    make.left(new, facilitator)
    before = stored.everything()
    again = begin(page, owner, bo, goes_on="deepen")
    assert again.status == 303
    assert again.follow().status in CLOSED
    assert stored.everything() == before


def test_the_line_of_questions_goes_on_and_its_words_stay_where_they_were(
    fem: Browser,
    browse: Browse,
    make: Maker,
    group: Trajectory,
    owner: Someone,
    bo: Someone,
    stored: Stored,
) -> None:
    page = fem.get(f"{group.path}/next")
    same = begin(page, owner, goes_on="follow_up")
    assert same.status == 422
    assert same.errors == ["wording"]
    begin(same, owner, goes_on="follow_up", wording="And then, how do we listen?")
    [row] = following(stored, group)
    cas = make.person("Cas", Role.SUPERVISOR)
    make.joined(Trajectory(row.id, row.title, ()), cas)
    line = browse(owner).get(f"/trajectories/{row.id}/questions")
    assert "And then, how do we listen?" in line.text
    assert "A follow-up question" in line.text
    assert group.path in "".join(line.links)
    # Who was not in the one before reads the new question, and finds no way to the old one.
    new = browse(cas).get(f"/trajectories/{row.id}/questions")
    assert "And then, how do we listen?" in new.text
    assert "It goes on from an earlier trajectory" in new.text
    assert group.path not in "".join(new.links)
    assert QUESTION not in new.text
    old = browse(bo).get(f"{group.path}/questions")
    assert QUESTION in old.text
    assert "how do we listen" not in old.text


def test_without_a_question_everybody_brings_in_their_own(
    fem: Browser, make: Maker, group: Trajectory, facilitator: Someone, stored: Stored
) -> None:
    bare = make.trajectory(facilitator)
    assert "wording" not in fem.get(f"{bare.path}/next").fields("/next")
    begin(fem.get(f"{bare.path}/next"))
    [row] = following(stored, bare)
    there = CommonQuestion.trajectory_id == row.id
    assert stored.values(sa.select(CommonQuestion.id).where(there)) == []


@pytest.fixture
def parts(
    make: Maker, group: Trajectory, facilitator: Someone, owner: Someone, bo: Someone
) -> dict[str, Someone]:
    """A group in three parts: two have a question of their own, one that of the whole group."""
    people = {name: make.person(name, Role.SUPERVISOR) for name in ("Cas", "Dan", "Eva", "Fee")}
    make.joined(group, *people.values())
    first = make.subgroup(group, facilitator, "pedagogical", owner, bo)
    second = make.subgroup(group, facilitator, "organisational", people["Cas"], people["Dan"])
    make.subgroup(group, facilitator, "developmental", people["Eva"], people["Fee"])
    for key, text in ((first, "How do we ask?"), (second, "How do we plan?")):
        make.common_question(group, facilitator, text, step=Step.FOLLOW_UP, subgroup_id=key)
    return people


def parts_of(stored: Stored, row: sa.Row[tuple[object, ...]]) -> list[tuple[str, str, set[str]]]:
    """The area of each subgroup, its newest question, and who is in it."""
    with stored.app.app_context():
        card = find_trajectory(row.id)
        assert card
        found = questions_of(card)
        return [
            (each.area, newest.text, {found.names[key] for key in each.members})
            for each in found.subgroups
            if (newest := found.newest(each.id))
        ]


def test_each_question_of_a_group_in_parts_goes_along_with_its_part(
    fem: Browser, group: Trajectory, parts: dict[str, Someone], owner: Someone, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/next")
    shown = {key: text for key, text in page.fields("/next").items() if "wording" in key}
    assert list(shown.values()) == ["How do we ask?", "How do we plan?", QUESTION]
    begin(page, owner, parts["Cas"], parts["Eva"], goes_on="deepen")
    [row] = following(stored, group)
    assert parts_of(stored, row) == [
        ("pedagogical", "How do we ask?", {owner.name}),
        ("organisational", "How do we plan?", {"Cas"}),
        ("developmental", QUESTION, {"Eva"}),
    ]
    # Of who does not go along nothing is written down there.
    members = sa.select(SubgroupMember.person_id).where(SubgroupMember.trajectory_id == row.id)
    assert set(stored.values(members)) == {owner.id, parts["Cas"].id, parts["Eva"].id}


def test_of_several_questions_those_that_stay_are_emptied(
    fem: Browser, group: Trajectory, parts: dict[str, Someone], owner: Someone, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/next")
    first, second, whole = [name for name in page.fields("/next") if "wording" in name]
    same = begin(page, owner, goes_on="follow_up", **{second: "", whole: "And then?"})
    assert (same.status, same.errors) == (422, [first])
    none = begin(page, owner, goes_on="deepen", **{first: "", second: "", whole: ""})
    assert (none.status, none.errors) == (422, [first])
    begin(page, owner, goes_on="deepen", **{first: "And why?", second: "", whole: ""})
    [row] = following(stored, group)
    # One is left, so it is for everybody.
    assert parts_of(stored, row) == []
    there = sa.select(CommonQuestion.text, CommonQuestion.subgroup_id)
    assert stored.rows(there.where(CommonQuestion.trajectory_id == row.id)) == [("And why?", None)]


def test_with_new_questions_nothing_of_the_parts_goes_along(
    fem: Browser, group: Trajectory, parts: dict[str, Someone], stored: Stored
) -> None:
    begin(fem.get(f"{group.path}/next"))
    [row] = following(stored, group)
    there = CommonQuestion.trajectory_id == row.id
    assert stored.values(sa.select(CommonQuestion.id).where(there)) == []


def test_a_second_click_does_not_bring_back_who_left_meanwhile(
    fem: Browser, group: Trajectory, owner: Someone, make: Maker, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/next")
    begin(page, owner)
    [row] = following(stored, group)
    make.left(Trajectory(row.id, row.title, ()), owner)
    begin(page, owner)
    assert owner.name not in fem.get(f"/trajectories/{row.id}/people").main.text


def test_parts_with_the_same_question_go_on_with_that_one(
    fem: Browser,
    make: Maker,
    group: Trajectory,
    facilitator: Someone,
    owner: Someone,
    bo: Someone,
) -> None:
    make.subgroup(group, facilitator, "pedagogical", owner, bo)
    cas, dan = (make.person(name, Role.SUPERVISOR) for name in ("Cas", "Dan"))
    make.joined(group, cas, dan)
    # Both subgroups work on that of the whole group: there is one to go on from.
    make.subgroup(group, facilitator, "organisational", cas, dan)
    assert fem.get(f"{group.path}/next").value("wording") == QUESTION


def test_it_has_a_name_of_its_own_and_a_day_to_come(fem: Browser, group: Trajectory) -> None:
    page = fem.get(f"{group.path}/next")
    wrong = begin(page, title=group.title.upper(), first_day="2026-01-01", goes_on="x")
    assert wrong.status == 422
    assert set(wrong.errors) == {"title", "first_day", "goes_on"}


def test_whoever_may_not_be_in_it_any_more_is_not_offered(
    fem: Browser, make: Maker, group: Trajectory, owner: Someone, bo: Someone, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/next")
    make.without_role(bo, Role.SUPERVISOR)
    refused = begin(page, owner, bo)
    assert refused.status == 422
    assert refused.errors == ["people"]
    assert following(stored, group) == []
    assert "Bo" not in fem.get(f"{group.path}/next").main.text


def test_whoever_was_the_last_to_choose_from_and_is_gone_is_said_to_be(
    fem: Browser, make: Maker, group: Trajectory, second: Someone, owner: Someone, bo: Someone
) -> None:
    page = fem.get(f"{group.path}/next")
    for each in (second, owner, bo):
        make.left(group, each)
    refused = begin(page, owner, leaders=["", str(second.id)])
    assert (refused.status, refused.errors) == (422, ["people", "leaders"])
    assert begin(refused).status == 303


def test_words_for_a_question_that_was_taken_back_meanwhile_are_not_lost(
    fem: Browser, browse: Browse, group: Trajectory, second: Someone, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/next")
    [question] = stored.values(sa.select(CommonQuestion.id))
    undo = f"{group.path}/questions/common/{question}/undo"
    assert browse(second).post(undo).status == 303
    refused = begin(page, goes_on="follow_up", wording="And then?")
    assert (refused.status, refused.errors) == (422, ["goes_on"])
    assert "And then?" in refused.main.text
    assert following(stored, group) == []


def test_words_for_the_question_of_a_group_that_split_meanwhile_go_along_nowhere_unseen(
    fem: Browser,
    make: Maker,
    group: Trajectory,
    facilitator: Someone,
    owner: Someone,
    bo: Someone,
    stored: Stored,
) -> None:
    page = fem.get(f"{group.path}/next")
    for each in (owner, bo):
        part = make.subgroup(group, facilitator, "pedagogical", each)
        make.common_question(group, facilitator, "Of a part?", subgroup_id=part)
    for way in ("deepen", "follow_up"):
        refused = begin(page, goes_on=way, wording="And then?")
        assert refused.status == 422
        assert "works on other questions than when you opened this page" in refused.main.text
        assert "And then?" in refused.main.text
    assert following(stored, group) == []
    assert begin(page, goes_on="new", wording="And then?").status == 303


def test_sixty_people_go_along(
    fem: Browser, make: Maker, facilitator: Someone, stored: Stored
) -> None:
    people = [make.person(f"Person {number}", Role.SUPERVISOR) for number in range(60)]
    large = make.trajectory(facilitator, *people)
    with statements(make.app) as taken:
        page = fem.get(f"{large.path}/next")
    assert len(taken) < 40
    assert begin(page, *people).status == 303
    [row] = following(stored, large)
    count = sa.select(sa.func.count()).where(Participation.trajectory_id == row.id)
    assert stored.values(count) == [60]


def test_the_page_of_closing_leads_to_what_goes_on(
    fem: Browser, group: Trajectory, owner: Someone, stored: Stored
) -> None:
    begin(fem.get(f"{group.path}/next"), owner)
    [row] = following(stored, group)
    page = closing(fem, group)
    assert f"/trajectories/{row.id}" in page.links
    assert "The year after" in page.text


def test_whoever_begins_one_more_is_told_that_there_is_one(
    fem: Browser, group: Trajectory, owner: Someone
) -> None:
    assert "What you set up here is one more" not in fem.get(f"{group.path}/next").text
    begin(fem.get(f"{group.path}/next"), owner)
    assert "What you set up here is one more" in fem.get(f"{group.path}/next").text


def test_a_closed_one_is_found_again_from_the_desk_and_from_the_first_page(
    fem: Browser, browse: Browse, make: Maker, group: Trajectory, owner: Someone
) -> None:
    make.closed(group)
    assert "/desk" in fem.get("/start").links
    assert {group.path, f"{group.path}/closing"} <= set(fem.get("/desk").links)
    assert group.path in browse(owner).get("/start").links


def test_steps_of_a_line_are_those_of_common_questions() -> None:
    assert {"deepen", "follow_up", "new"} <= {each.value for each in Step}
