"""Until its author releases it, feedback changes nothing that others see (promise 10)."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
import time_machine

from tests.factories import SIX_WEEKS, Asked, Maker, Scan
from tests.guards.world import World
from tests.mailbox import Mailbox
from tests.pages.client import Browser
from tests.pages.test_scan_parts import RELATIONSHIP
from zetwpo import clock

ONE_TIME = re.compile(
    rb'nonce="[^"]+"|name="csrf_token" value="[^"]+"|name="form_key" value="[^"]+"'
)


@pytest.fixture
def scan(world: World) -> Scan:
    return world.scans["own"]


@pytest.fixture
def asked(world: World, scan: Scan) -> Asked:
    """The student who makes up her mind meanwhile."""
    return world.make.asked(scan, "Noor")


@pytest.fixture
def moment() -> datetime:
    """When everybody looks: the clock stands still for it."""
    return clock.now() + timedelta(hours=1)


class Onlooker:
    """Somebody who looks at everything about a scan, again and again."""

    def __init__(self, browser: Browser, scan: Scan, paths: Sequence[str] = ()) -> None:
        self.browser = browser
        self.paths = [*paths] or ["/start", "/my-data/all.json", "/my-data/all.html"] + [
            f"{scan.path}/{ending}"
            for ending in (
                *("feedback", "result", "result/figures.json", "result.xlsx", "result.json"),
                "learning-question",
            )
        ]

    def look(self, moment: datetime) -> dict[str, bytes]:
        """What there is to see; without words that are new on every page."""
        with time_machine.travel(moment, tick=False):
            pages = {path: self.browser.client.get(path) for path in self.paths}
        assert {page.status_code for page in pages.values()} == {200}
        return {path: ONE_TIME.sub(b"", page.data) for path, page in pages.items()}


@pytest.fixture
def olga(world: World, scan: Scan) -> Onlooker:
    return Onlooker(world.browser("owner"), scan)


def doings(make: Maker, asked: Asked, student: Browser) -> Iterator[str]:
    """What a student can do without anybody noticing."""
    student.get(asked.path)
    yield "opened the link"
    student.get(f"{asked.path}/part/1").send({RELATIONSHIP: "3"})
    yield "answered"
    fields = {"text-feed_forward-pedagogical": "Something"}
    student.post(f"{asked.path}/part/1/autosave", fields)
    yield "wrote"
    student.get("/feedback/lost-link").send({"email": asked.email})
    yield "lost the link"
    day = (clock.today() + timedelta(days=30)).isoformat()
    preview = student.get(f"{asked.path}/preview")
    preview.send({"day": day}, form="plan")
    yield "planned to share"
    student.get(f"{asked.path}/take-back").send(form="take-back")
    yield "took it back"
    preview = student.get(f"{asked.path}/preview")
    preview.send({"day": day}, form="plan")
    student.get(f"{asked.path}/part/1").send({RELATIONSHIP: "4"})
    yield "planned, and changed something"
    student.post(f"{asked.path}/delete")
    yield "tried to delete what is not shared"
    student.get(f"{asked.path}/decline").send(form="decline")
    yield "said no"
    student.get(asked.path).send(form="reconsider")
    yield "came back"
    make.planned(asked)
    student.get(f"{asked.path}/decline").send(form="decline")
    yield "planned and said no"


def test_until_it_is_released_every_page_and_file_stays_the_same(
    world: World, asked: Asked, olga: Onlooker, moment: datetime, mailbox: Mailbox
) -> None:
    mails = len(mailbox.to(asked.scan.owner.email))
    before = olga.look(moment)
    assert olga.look(moment) == before
    for doing in doings(world.make, asked, world.browser("nobody")):
        assert olga.look(moment) == before, doing
        assert len(mailbox.to(asked.scan.owner.email)) == mails, doing


def test_a_colleague_who_reads_the_own_view_never_sees_that_there_is_feedback(
    world: World, asked: Asked, scan: Scan, moment: datetime
) -> None:
    paths = ["/start", "/shared", "/my-data/all.json", "/my-data/all.html"]
    colleagues = [
        Onlooker(world.browser(who), scan, [*paths, f"/shared/{world.opened[who]}"])
        for who in ("trainer", "facilitator", "institute_trainer")
    ]
    before = [each.look(moment) for each in colleagues]
    for doing in doings(world.make, asked, world.browser("nobody")):
        assert [each.look(moment) for each in colleagues] == before, doing
    world.make.shared(world.make.asked(scan, "Daan"), 1, examples={"pedagogical": "Something"})
    assert [each.look(moment) for each in colleagues] == before
    world.make.taken(scan, "tip", "gatekeeper", world.asked["teacher"])
    assert [each.look(moment) for each in colleagues] == before


def test_who_keeps_a_partnership_never_sees_what_a_student_does(
    world: World, asked: Asked, scan: Scan, moment: datetime
) -> None:
    place = f"/partnerships/{world.partnerships['here']}"
    owner = world.people["owner"].id
    of_all = ["/start", "/my-data/all.json", "/my-data/all.html"]
    pages = {
        "administrator": [f"{place}/people", f"{place}/people/{owner}", f"{place}/mails"],
        "programme_leader": [f"{place}/names", f"{place}/questionnaire"],
        "process_facilitator": [f"{place}/names"],
        "school_leader": [],
    }
    keepers = [Onlooker(world.browser(who), scan, of_all + own) for who, own in pages.items()]
    before = [each.look(moment) for each in keepers]
    for doing in doings(world.make, asked, world.browser("nobody")):
        assert [each.look(moment) for each in keepers] == before, doing
    world.make.shared(world.make.asked(scan, "Daan"), 1, examples={"pedagogical": "Something"})
    world.make.taken(scan, "tip", "gatekeeper", world.asked["teacher"])
    world.make.opened(scan, world.people["trainer"], "learning_question")
    assert [each.look(moment) for each in keepers] == before


def test_who_leads_the_group_never_sees_what_a_supervisor_begins(
    world: World, scan: Scan, moment: datetime
) -> None:
    trajectory = world.trajectories["facilitator"]
    paths = ["/start", trajectory.path, f"{trajectory.path}/readiness"]
    fem = Onlooker(world.browser("facilitator"), scan, paths)
    before = fem.look(moment)
    owner, make = world.people["owner"], world.make
    make.draft_scan(owner, 5, {"gatekeeper": "Another example"})
    assert fem.look(moment) == before
    make.asked(scan, "Noor")
    make.learning_question_draft(scan, "What else could I ask?")
    assert fem.look(moment) == before
    # Done is done: that it is done again is no news either.
    make.learning_question(scan, "What else could I ask?")
    make.scan(owner)
    assert fem.look(moment) == before


def test_what_is_opened_to_one_changes_nothing_for_others(
    world: World, scan: Scan, moment: datetime
) -> None:
    paths = ["/start", "/shared", "/my-data/all.json", "/my-data/all.html"]
    others = [
        Onlooker(world.browser(who), scan, paths)
        for who in ("stranger", "facilitator", "two_hats", "school_leader", "outsider", "ended")
    ]
    before = [each.look(moment) for each in others]
    opened = world.make.opened(scan, world.people["trainer"], "learning_question")
    assert [each.look(moment) for each in others] == before
    world.make.taken_back(opened)
    assert [each.look(moment) for each in others] == before


def test_once_it_is_released_every_page_and_file_changes(
    world: World, asked: Asked, olga: Onlooker, moment: datetime
) -> None:
    before = olga.look(moment)
    world.make.shared(asked, examples={"pedagogical": "Something"})
    after = olga.look(moment)
    same = {path for path in before if before[path] == after[path]}
    # The page of the learning question says how everybody sees what was taken along.
    assert {path.rsplit("/", 1)[-1] for path in same} == {"start"}


def test_once_it_is_retracted_every_file_is_as_it_was_before_it_was_released(
    world: World, asked: Asked, olga: Onlooker, moment: datetime
) -> None:
    before = olga.look(moment)
    world.make.retracted(asked, examples={"pedagogical": "Something"})
    after = olga.look(moment)
    changed = {path.rsplit("/", 1)[-1] for path in before if before[path] != after[path]}
    # The two pages that say that it was withdrawn, and nothing else.
    assert changed == {"feedback", "result"}


def test_whatever_was_retracted_and_whenever_it_looks_the_same(
    world: World, scan: Scan, moment: datetime
) -> None:
    olga = Onlooker(world.browser("owner"), scan)
    looks = []
    for number, text in enumerate(("Short", "Long " * 100)):
        asked = world.make.asked(scan, f"Noor {number}")
        with time_machine.travel(moment - timedelta(minutes=10 * number + 10)):
            world.make.shared(asked, 1 + number, examples={"pedagogical": text})
        with time_machine.travel(moment - timedelta(minutes=10 * number + 5)):
            world.browser("nobody").get(f"{asked.path}/delete").send(form="delete")
        with time_machine.travel(moment, tick=False):
            page = olga.browser.get(f"{scan.path}/feedback")
        [item] = [each.text for each in page.main.all("li") if asked.email in each.text]
        looks.append(item.replace(asked.email, "").replace(asked.name, ""))
    assert looks[0] == looks[1]
    assert "withdrawn by its author" in looks[0]


@pytest.mark.parametrize("become", ["drafted", "declined", "held"])
def test_after_six_weeks_nobody_sees_what_came_of_it_either(
    world: World, asked: Asked, scan: Scan, moment: datetime, become: str
) -> None:
    later = moment + SIX_WEEKS + timedelta(days=2)
    with time_machine.travel(later - timedelta(hours=1)):
        olga = Onlooker(world.browser("owner"), scan)
    before = olga.look(later)
    getattr(world.make, become)(asked)
    assert olga.look(later) == before


def test_withdrawing_looks_the_same_whatever_the_student_had_done(
    world: World, scan: Scan, moment: datetime
) -> None:
    looks = []
    # All on one day, also around midnight.
    with time_machine.travel(moment, tick=False):
        for become in ("asked", "drafted", "planned", "held", "declined"):
            asked = world.make.asked(scan, f"Noor {become}", email=f"{become}@student.example")
            if become != "asked":
                getattr(world.make, become)(asked)
            world.make.withdrawn(asked)
            page = world.browser("owner").get(f"{scan.path}/feedback")
            [item] = [each.text for each in page.main.all("li") if asked.email in each.text]
            looks.append(item.replace(asked.email, "").replace(asked.name, ""))
    assert len(set(looks)) == 1
