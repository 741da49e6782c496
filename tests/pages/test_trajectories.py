"""A facilitator sets up a trajectory and chooses who is in it."""

from datetime import time, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import PARTNERSHIP, Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.people import CLOSED, Browse, sign_in
from zetwpo.accounts.actors import Role
from zetwpo.clock import dutch, moment_on, today
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.models import Facilitation, Participation
from zetwpo.cycle.trajectories.models import Trajectory as TrajectoryRow
from zetwpo.cycle.trajectories.rules import MOST_PARTICIPANTS

FIRST = today() + timedelta(days=10)
FILLED = {
    "title": "From supervisor to trainer",
    "first_day": FIRST.isoformat(),
    "begins": "15:30",
    "place": "De Linde, room 12",
    "count": "6",
    "minutes": "180",
    "rhythm_weeks": "4",
    "is_obligatory": "no",
}


@pytest.fixture
def new(make: Maker, facilitator: Someone) -> str:
    return f"/partnerships/{make.partnership()}/trajectories/new"


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner)


def people(stored: Stored, table: type[Participation | Facilitation]) -> int:
    is_now = table.left_at if table is Participation else table.ended_at
    return len(stored.values(sa.select(table.id).where(is_now.is_(None))))


def choose(browser: Browser, group: Trajectory, *chosen: Someone, of: str = "people") -> Page:
    return browser.post(
        f"{group.path}/{of}/choose", {"person": [str(each.id) for each in chosen], "name": "e"}
    )


def test_a_trajectory_is_set_up_with_its_meetings(fem: Browser, new: str, stored: Stored) -> None:
    page = fem.get(new).send(FILLED)
    assert page.location.endswith("/people")
    assert "Now choose who takes part" in page.follow().text
    moments = [dutch(each) for each in stored.values(sa.select(Meeting.starts_at))]
    assert len(moments) == 6
    # The same time on the wall, before and after the clocks change.
    assert {(each.hour, each.minute) for each in moments} == {(15, 30)}
    assert min(moments).date() == FIRST
    assert "Choose who takes part" in fem.get(page.location.removesuffix("/people")).text


def test_a_form_that_is_sent_twice_makes_one(fem: Browser, new: str, stored: Stored) -> None:
    form = fem.get(new)
    first, second = form.send(FILLED), form.send(FILLED)
    assert first.location == second.location
    assert len(stored.values(sa.select(TrajectoryRow.id))) == 1
    assert len(stored.values(sa.select(Meeting.id))) == 6


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": " "}, "Give it a name"),
        ({"title": "x" * 121}, "room for 120"),
        ({"first_day": ""}, "Choose the first day"),
        ({"first_day": "31/02/2027"}, "Choose the first day"),
        ({"first_day": (today() - timedelta(days=1)).isoformat()}, "This day is over"),
        ({"first_day": "2999-01-01"}, "more than two years ahead"),
        ({"begins": "quarter past"}, "Fill in a time"),
        ({"count": "0"}, "whole number from 1 to 12"),
        ({"count": "13"}, "whole number from 1 to 12"),
        ({"count": "six"}, "whole number from 1 to 12"),
        ({"minutes": "29"}, "whole number from 30 to 480"),
        ({"rhythm_weeks": "9"}, "whole number from 1 to 8"),
        ({"is_obligatory": "perhaps"}, "Choose one of the two"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    fem: Browser, new: str, typed: dict[str, str], words: str, stored: Stored
) -> None:
    page = fem.get(new).send(FILLED | typed)
    assert page.status == 422
    assert words in page.text
    assert page.value("place") == FILLED["place"]
    assert stored.values(sa.select(TrajectoryRow.id)) == []


def test_the_first_meeting_is_still_to_come(
    fem: Browser, new: str, facilitator: Someone, stored: Stored
) -> None:
    at_three = moment_on(today() + timedelta(days=1), time(15))
    with time_machine.travel(at_three, tick=False):
        sign_in(fem, facilitator)
        day = {"first_day": today().isoformat()}
        page = fem.get(new).send(FILLED | day | {"begins": "15:00"})
        assert page.status == 422
        assert page.errors == ["begins"]
        assert "This moment has passed" in page.text
        assert stored.values(sa.select(TrajectoryRow.id)) == []
        assert page.send({"begins": "15:30"}).status == 303


def test_a_time_that_the_clock_skips_is_refused(fem: Browser, new: str) -> None:
    spring = f"{today().year + 1}-03-"
    last_sunday = max(day for day in range(25, 32) if _is_sunday(today().year + 1, 3, day))
    page = fem.get(new).send(FILLED | {"first_day": f"{spring}{last_sunday}", "begins": "02:30"})
    assert page.status == 422
    assert "The clock is put forward or back" in page.text


def _is_sunday(year: int, month: int, day: int) -> bool:
    return today().replace(year=year, month=month, day=day).weekday() == 6


def test_people_are_found_by_name_and_let_in(
    fem: Browser, group: Trajectory, make: Maker, stored: Stored
) -> None:
    noor = make.person("Noor Éva", Role.SUPERVISOR)
    make.person("Nora Student", Role.STUDENT)
    make.person("Norbert Boss", Role.SUPERVISOR, Role.SCHOOL_LEADER)
    make.person("Noa Elsewhere", Role.SUPERVISOR, partnership="Partnership of others")
    page = fem.get(f"{group.path}/people/choose?name=nO")
    found = [each.text.strip() for each in page.main.all("label")]
    assert found == ["Name, or part of it", "Noor Éva"]
    added = page.send({"person": str(noor.id)}, form="people/choose").follow()
    assert "One person takes part from now on." in added.text
    assert "Noor Éva" in added.text
    # Whoever is in it is not offered again, and a second click adds nothing.
    assert "We found nobody" in fem.get(f"{group.path}/people/choose?name=noor").text
    assert "They took part already." in choose(fem, group, noor).follow().text
    assert people(stored, Participation) == 2


@pytest.mark.parametrize(
    ("roles", "where"),
    [
        ((Role.STUDENT,), PARTNERSHIP),
        ((Role.SUPERVISOR, Role.SCHOOL_LEADER), PARTNERSHIP),
        ((Role.SUPERVISOR,), "Partnership of others"),
        ((Role.ADMINISTRATOR,), PARTNERSHIP),
    ],
)
def test_nobody_is_let_in_who_may_not_be(
    fem: Browser,
    group: Trajectory,
    make: Maker,
    roles: tuple[Role, ...],
    where: str,
    stored: Stored,
) -> None:
    page = choose(fem, group, make.person("Vera", *roles, partnership=where))
    assert page.status == 422
    assert "Not everybody whom you ticked" in page.text
    assert people(stored, Participation) == 1


def test_there_is_room_for_sixty(
    fem: Browser, group: Trajectory, make: Maker, stored: Stored
) -> None:
    some = [make.person(f"Vera {number}", Role.SUPERVISOR) for number in range(MOST_PARTICIPANTS)]
    page = choose(fem, group, *some)
    assert page.status == 422
    assert "There is room for 60 people" in page.text
    assert choose(fem, group, *some[1:]).status == 303
    assert people(stored, Participation) == MOST_PARTICIPANTS
    listed = fem.get(f"{group.path}/people")
    assert "This is a large group" in listed.text
    assert all(each.name in listed.text for each in some[1:])


def test_whoever_leaves_is_out_and_keeps_their_own_things(
    fem: Browser, browse: Browse, group: Trajectory, owner: Someone
) -> None:
    olga = browse(owner)
    assert "Meeting 1" in olga.get(group.path).text
    asked = fem.get(f"{group.path}/people/{owner.id}/end")
    assert " wrote stays theirs" in asked.text
    assert "is no longer in it" in asked.send().follow().text
    assert olga.get(group.path).status == 404
    assert olga.get("/my-data/all.json").json["trajectories"]["took_part"][0]["until"]
    # And back again, as somebody new.
    assert choose(fem, group, owner).status == 303
    assert olga.get(group.path).status == 200


def test_somebody_has_to_lead_it(
    fem: Browser, browse: Browse, group: Trajectory, make: Maker, facilitator: Someone
) -> None:
    refused = fem.get(f"{group.path}/people/{facilitator.id}/end").send().follow()
    assert "Somebody has to lead it" in refused.text
    ivo = make.person("Ivo Institute", Role.FACILITATOR)
    assert (
        "Ivo Institute leads it as well."
        in choose(fem, group, ivo, of="facilitators").follow().text
    )
    left = fem.get(f"{group.path}/people/{facilitator.id}/end").send()
    assert left.location == "/start"
    assert fem.get(group.path).status == 404
    assert browse(ivo).get(f"{group.path}/settings").status == 200


def test_whoever_lost_the_role_leads_no_more(
    fem: Browser, group: Trajectory, make: Maker, facilitator: Someone
) -> None:
    make.without_role(facilitator, Role.FACILITATOR)
    assert fem.get(f"{group.path}/settings").status in CLOSED
    assert fem.get(group.path).status in CLOSED


def test_an_employer_leads_nobody(
    browse: Browse, group: Trajectory, make: Maker, fem: Browser
) -> None:
    boss = make.person("Bo Boss", Role.FACILITATOR, Role.SCHOOL_LEADER)
    assert "We found nobody" in fem.get(f"{group.path}/facilitators/choose?name=bo").text
    assert choose(fem, group, boss, of="facilitators").status == 422
    place = make.partnership()
    assert browse(boss).get(f"/partnerships/{place}/trajectories/new").status in CLOSED


def test_whoever_leads_it_no_more_as_that_role_ended_can_take_part(
    browse: Browse, group: Trajectory, make: Maker, fem: Browser, stored: Stored
) -> None:
    ivo = make.person("Ivo Both", Role.FACILITATOR, Role.SUPERVISOR)
    make.lead(group, ivo)
    assert "We found nobody" in fem.get(f"{group.path}/people/choose?name=ivo").text
    make.without_role(ivo, Role.FACILITATOR)
    found = fem.get(f"{group.path}/people/choose?name=ivo")
    assert "One person takes part from now on." in found.send({"person": str(ivo.id)}).follow().text
    assert browse(ivo).get(f"{group.path}/mine").status == 200
    # One guards the process, or goes through it: also once the role is given again.
    make.person(ivo.name, Role.FACILITATOR, email=ivo.email)
    assert browse(ivo).get(f"{group.path}/settings").status in CLOSED
    assert browse(ivo).get(f"{group.path}/mine").status == 200


@pytest.mark.parametrize("of", ["people", "facilitators"])
def test_nobody_comes_into_a_group_that_is_closed(
    group: Trajectory, make: Maker, fem: Browser, stranger: Someone, stored: Stored, of: str
) -> None:
    new = stranger if of == "people" else make.person("Ivo", Role.FACILITATOR)
    make.closed(group)
    page = choose(fem, group, new, of=of)
    assert page.status == 409
    assert "Nothing changes in it any more" in page.text
    assert people(stored, Participation) == people(stored, Facilitation) == 1
    listed = fem.get(f"{group.path}/people")
    assert "Choose people" not in listed.text
    assert "Lead it together" not in listed.text


def test_two_facilitators_change_its_name_and_both_keep_theirs(
    fem: Browser, group: Trajectory, stored: Stored
) -> None:
    first, second = fem.get(f"{group.path}/settings"), fem.get(f"{group.path}/settings")
    assert first.send({"title": "One"}).status == 303
    clash = second.send({"title": "Other"})
    assert clash.status == 409
    assert clash.value("title") == "Other"
    assert "One" in clash.text
    assert clash.send({"title": "Other"}).status == 303
    assert stored.values(sa.select(TrajectoryRow.title)) == ["Other"]


@pytest.mark.parametrize("path", ["", "/people", "/settings", "/people/choose"])
def test_others_find_nothing(
    browse: Browse, group: Trajectory, make: Maker, stranger: Someone, path: str
) -> None:
    other = make.person("Fred Facilitator", Role.FACILITATOR)
    make.trajectory(other, stranger)
    for person in (other, stranger, make.person("Ed", *Role, partnership="Partnership of others")):
        assert browse(person).get(group.path + path).status in CLOSED


def test_a_participant_reads_and_changes_nothing(
    browse: Browse, group: Trajectory, owner: Someone, facilitator: Someone
) -> None:
    olga = browse(owner)
    listed = olga.get(f"{group.path}/people")
    assert facilitator.name in listed.text
    assert "Let leave" not in listed.text
    assert facilitator.email not in listed.response.text
    for path in ("/settings", "/people/choose", f"/people/{owner.id}/end"):
        assert olga.get(group.path + path).status in CLOSED


def test_what_nobody_leads_any_more_is_taken_over(
    browse: Browse,
    group: Trajectory,
    make: Maker,
    owner: Someone,
    facilitator: Someone,
    programme_leader: Someone,
) -> None:
    piet, path = browse(programme_leader), f"{group.path}/appoint"
    ivo = make.person("Ivo Institute", Role.FACILITATOR)
    led = piet.get(path)
    assert "Whoever leads it can let somebody else lead it as well." in led.text
    assert piet.post(path, {"person": str(ivo.id)}).status == 409
    make.without_role(facilitator, Role.FACILITATOR)
    assert "Nobody leads it at this moment" in browse(owner).get(group.path).text
    found = piet.get(f"{path}?name=ivo")
    assert owner.name not in found.text
    assert found.send({"person": str(owner.id)}).status == 422
    done = found.send({"person": str(ivo.id)}).follow()
    assert "Ivo Institute leads it from now on." in done.text
    assert browse(ivo).get(f"{group.path}/settings").status == 200
    # The programme leader sees no more of it than before.
    assert piet.get(group.path).status in CLOSED
    # A second click changes nothing.
    assert piet.post(path, {"person": str(ivo.id)}).status == 303


def test_something_is_opened_to_the_group_and_closed_to_who_leaves(
    browse: Browse, group: Trajectory, make: Maker, owner: Someone, facilitator: Someone
) -> None:
    noor, late = make.person("Noor", Role.SUPERVISOR), make.person("Lars", Role.SUPERVISOR)
    make.joined(group, noor)
    scan = make.scan(owner, 4, {"gatekeeper": "My own example"})
    olga = browse(owner)
    page = olga.get(f"/sharing/scan/{scan.id}")
    assert group.title in page.text
    page.send({"to": f"trajectory:{group.id}", "part": "", "day": ""}, form=f"/scan/{scan.id}")
    [path] = {each for each in browse(noor).get("/shared").links if each.startswith("/shared/")}
    for person in (noor, facilitator):
        assert "My own example" in browse(person).get(path).text
    assert browse(late).get(path).status == 404
    make.joined(group, late)
    make.left(group, noor)
    assert browse(late).get(path).status == 200
    assert browse(noor).get(path).status == 404
    assert "Noor" not in olga.get(f"/sharing/scan/{scan.id}").text


def test_whoever_takes_part_can_leave(
    browse: Browse, fem: Browser, group: Trajectory, owner: Someone, stored: Stored
) -> None:
    olga = browse(owner)
    asked = olga.get(f"{group.path}/leave")
    assert "What you wrote stays yours." in asked.text
    assert "talk to the facilitator first" not in asked.text
    fem.get(f"{group.path}/settings").send({"is_obligatory": "yes"})
    assert "talk to the facilitator first" in olga.get(f"{group.path}/leave").text
    left = asked.send()
    assert "You no longer take part." in left.follow().text
    assert olga.get(group.path).status == 404
    assert people(stored, Participation) == 0
    # Whoever leads it is not in it in this way.
    assert fem.get(f"{group.path}/leave").status in CLOSED
