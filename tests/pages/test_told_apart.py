"""People of one name and scans of one day: told apart on every page, in every file and mail."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
import time_machine

from tests.factories import Asked, Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER, STUDENT
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.result_page import section, table
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.characters import APART, END_APART, in_one_direction

TRAINER = SCHOOL_TRAINER
# In the order of asking; one of them did not answer.
PEOPLE = (
    ("Noor", STUDENT),
    ("NOOR ", STUDENT),
    ("Noor", TRAINER),
    ("You", STUDENT),
    ("You, 3 May 2026", TRAINER),
    ("Noor", STUDENT),
    ("Tess", TRAINER),
    ("Ton", TRAINER),
    ("Ton", TRAINER),
    ("Noor (student 1)", TRAINER),
    ("נועה", STUDENT),
)
UNANSWERED = 0
LABELS = [
    *("Noor (student 2)", "NOOR (student 3)", "Noor (school trainer)", "You (student)"),
    *("You, 3 May 2026 (school trainer)", "Noor (student 4)", "Tess", "Ton (school trainer 1)"),
    *("Ton (school trainer 2)", "Noor (student 1)", "נועה"),
]
# In the order of the result: the supervisor, the students, the trainers.
SHARED = ["You", *(LABELS[at] for at in (1, 3, 5, 10, 2, 4, 6, 7, 8, 9))]
# The role stands beside who has it not in the name yet.
WITH_ROLE = {
    "Tess": "Tess (school trainer)",
    "Noor (student 1)": "Noor (student 1) (school trainer)",
    "נועה": "נועה (student)",
}


@pytest.fixture
def asked(make: Maker, scan: Scan) -> list[Asked]:
    return [
        make.asked(scan, name.strip(), role, email=f"person-{number}@school.example")
        for number, (name, role) in enumerate(PEOPLE)
    ]


@pytest.fixture
def shared(make: Maker, asked: list[Asked]) -> list[Asked]:
    """All but the first shared something in words and in figures."""
    for number, each in enumerate(asked):
        if number != UNANSWERED:
            words = {"pedagogical": f"Example of person {number}"}
            make.shared(each, 1 + number % 7, examples=words)
    return asked


def result(browser: Browser, scan: Scan) -> Page:
    page = browser.get(f"{scan.path}/result")
    assert page.status == 200
    return page


def plain(words: list[str]) -> list[str]:
    return [in_one_direction(each) for each in words]


def test_everybody_is_told_apart_wherever_the_result_names_them(
    olga: Browser, scan: Scan, shared: list[Asked]
) -> None:
    page = result(olga, scan)
    heads = [WITH_ROLE.get(each, each) for each in SHARED]
    assert plain(table(page, 0)[0][1:]) == heads
    [legend] = page.main.all("fieldset", **{"class": "chart-legend"})
    assert plain([each.text for each in legend.all("label")]) == heads
    assert plain([each.get("data-who") for each in page.main.all("td")][: len(heads)]) == heads
    captions = [each.all("bdi")[0].text for each in page.main.all("figcaption")]
    assert plain(captions) == SHARED[1:]
    who = [each.text.partition(" – ")[0] for each in section(page, "all").all("summary")]
    assert plain(who) == SHARED
    texts = [each.text for each in page.main.all("figure")]
    of_seven = [each for each in texts if "Example of person 5" in each]
    assert [each.endswith("Noor (student 4), example") for each in of_seven] == [True]


def test_everybody_is_told_apart_in_the_files(
    olga: Browser, scan: Scan, shared: list[Asked]
) -> None:
    response = olga.get(f"{scan.path}/result.xlsx").response
    areas, behaviours, answers, texts = openpyxl.load_workbook(io.BytesIO(response.data))
    assert [cell.value for cell in areas[1]][1::2] == SHARED
    assert [cell.value for cell in behaviours[1]][1:] == SHARED
    assert list(dict.fromkeys(row[1].value for row in answers.iter_rows(min_row=2))) == SHARED
    assert [row[1].value for row in texts.iter_rows(min_row=2)] == SHARED[1:]
    content = olga.get(f"{scan.path}/result.json").json
    assert [each["label"] for each in content["views"]] == SHARED
    assert content["views"][1]["name"] == "NOOR"


def test_everybody_is_told_apart_in_what_one_takes_out(
    olga: Browser, scan: Scan, shared: list[Asked]
) -> None:
    content = olga.get("/my-data/all.json").json
    [taken] = content["scans"]
    assert [each["label"] for each in taken["asked"]] == LABELS
    assert [each["label"] for each in taken["result"]["views"]] == SHARED
    page = olga.get("/my-data/all.html")
    heads = [each.text for each in page.tree.all("h3")]
    assert heads[: len(SHARED)] == SHARED
    lines = [each.text for each in page.tree.all("li") if "person-" in each.text]
    assert [line.startswith(label) for line, label in zip(lines, LABELS, strict=True)] == [
        *[True] * len(LABELS)
    ]
    assert [line for line in lines if "Tess, school trainer" in line]


def test_everybody_is_told_apart_where_one_asks_and_withdraws(
    olga: Browser, scan: Scan, asked: list[Asked]
) -> None:
    page = olga.get(f"{scan.path}/feedback")
    assert plain([each.text for each in page.main.all("strong")]) == LABELS
    links = [each.text for each in page.main.all("a") if each.get("href").endswith("/withdraw")]
    assert plain(links) == [f"Withdraw the request to {label}" for label in LABELS]
    first = olga.get(f"/scan/feedback/{asked[0].id}/withdraw")
    assert first.heading == "Withdraw the request to Noor (student 2)?"
    assert "Noor (student 2)" in first.send().follow().text


def test_who_was_asked_in_vain_takes_no_name(olga: Browser, scan: Scan, make: Maker) -> None:
    make.withdrawn(make.asked(scan, "Noor", email="wrong@school.example"))
    make.shared(make.asked(scan, "Noor", email="right@school.example"))
    assert "Noor (student)" in table(result(olga, scan), 0)[0]
    page = olga.get(f"{scan.path}/feedback")
    assert [each.text for each in page.main.all("strong")] == ["Noor (student)", "Noor"]


def test_one_person_in_two_roles_is_two_views(olga: Browser, scan: Scan, make: Maker) -> None:
    make.shared(make.asked(scan, "Sam", STUDENT))
    make.shared(make.asked(scan, "Sam", TRAINER, email="Sam@student.example"))
    heads = table(result(olga, scan), 0)[0][1:]
    assert heads == ["You", "Sam (student)", "Sam (school trainer)"]


def test_a_name_does_not_change_when_another_of_that_name_shares(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    first, second = (make.asked(scan, "Noor", email=f"{n}@school.example") for n in range(2))
    make.shared(second)
    assert table(result(olga, scan), 0)[0][2:] == ["Noor (student 2)"]
    make.shared(first)
    assert table(result(olga, scan), 0)[0][2:] == ["Noor (student 1)", "Noor (student 2)"]


def test_namesakes_on_another_scan_change_nothing(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    before = make.scan(owner)
    make.shared(make.asked(before, "Noor"))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30)):
        scan = make.scan(owner)
        make.shared(make.asked(scan, "Noor"))
        olga = browse(owner)
        for each in (before, scan):
            assert "Noor (student)" in table(result(olga, each), 0)[0]


def test_the_mail_says_which_of_them_it_was(make: Maker, scan: Scan, mailbox: Mailbox) -> None:
    first, second = (make.asked(scan, "Noor", email=f"{n}@school.example") for n in range(2))
    make.shared(second)
    make.shared(first)
    subjects = {each.subject for each in mailbox.to(scan.owner.email)}
    assert subjects == {f"Noor (student {n}) heeft feedback met je gedeeld" for n in (1, 2)}


# ------------------------------------------------------------- names that run from the right


def test_a_name_from_the_right_is_set_apart_in_every_sentence(
    browse: Browse, make: Maker, mailbox: Mailbox
) -> None:
    owner = make.person("שירה", Role.SUPERVISOR, email="shira@school.example")
    scan = make.scan(owner)
    asked = make.asked(scan, "نور", email="nour@student.example")
    [letter] = mailbox.to(asked.email)
    apart = f"{APART}שירה{END_APART}"
    assert letter.subject == f"{apart} asks for your feedback"
    assert f"Hello {APART}نور{END_APART}," in letter.text
    page = browse().get(asked.path)
    for text in (page.heading, page.tree.all("title")[0].raw_text):
        assert apart in text


def test_a_name_from_the_right_has_no_marks_in_files(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    make.shared(make.asked(scan, "נועה", email="noa@student.example"))
    response = olga.get(f"{scan.path}/result.xlsx").response
    for sheet in openpyxl.load_workbook(io.BytesIO(response.data)):
        values = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert not set(values) & {APART, END_APART}
    for path in (f"{scan.path}/result.json", "/my-data/all.json"):
        words = json.dumps(olga.get(path).json["views" if "scan" in path else "scans"])
        assert r"\u2068" not in words


# ------------------------------------------------------------------------- two scans on one day

MORNING = datetime(2026, 5, 3, 8, 5, tzinfo=UTC)


@pytest.fixture
def same_day(make: Maker, owner: Someone) -> list[Scan]:
    scans = []
    for moment in (MORNING, MORNING + timedelta(hours=4), MORNING + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            scans.append(make.scan(owner))
    return scans


def test_two_scans_on_one_day_have_other_names_everywhere(
    browse: Browse, owner: Someone, same_day: list[Scan]
) -> None:
    moments = ["3 May 2026, 10:05", "3 May 2026, 14:05", "4 May 2026"]
    with time_machine.travel(MORNING + timedelta(days=2)):
        olga = browse(owner)
        for scan, moment in zip(same_day, moments, strict=True):
            page = result(olga, scan)
            assert page.main.all("h1")[0].all("span")[0].text == f"Your result of {moment}"
            assert page.tree.all("title")[0].raw_text.startswith(f"Your result of {moment} ")
            assert olga.get(f"{scan.path}/result.json").json["submitted_on"] == moment
            question = olga.get(f"{scan.path}/learning-question")
            assert moment in question.main.all("p", **{"class": "about"})[0].text
            assert moment in question.tree.all("title")[0].raw_text
            asking = olga.get(f"{scan.path}/feedback")
            assert asking.main.all("p", **{"class": "about"})[0].text.endswith(moment)
            assert moment in asking.tree.all("title")[0].raw_text
        start = olga.get("/start").text
        assert all(f"Finished on {moment}." in start for moment in moments)
        assert "You, 3 May 2026, 10:05" in table(result(olga, same_day[1]), 0)[0]
        assert "You, 3 May 2026, 14:05" in table(result(olga, same_day[2]), 0)[0]


def test_two_scans_of_one_minute_have_a_number(browse: Browse, owner: Someone, make: Maker) -> None:
    with time_machine.travel(MORNING, tick=True):
        scans = [make.scan(owner) for _time in range(2)]
        headings = [result(browse(owner), scan).heading for scan in scans]
    assert "3 May 2026, 10:05 (1)" in headings[0]
    assert "3 May 2026, 10:05 (2)" in headings[1]


@pytest.mark.parametrize(("language", "word"), [("nl", "resultaat"), ("en", "result")])
def test_a_file_is_called_by_the_language_and_the_day(
    browse: Browse, owner: Someone, same_day: list[Scan], language: str, word: str
) -> None:
    stamps = ["2026-05-03-1005", "2026-05-03-1405", "2026-05-04"]
    with time_machine.travel(MORNING + timedelta(days=2)):
        olga = browse(owner, language)
        for scan, stamp in zip(same_day, stamps, strict=True):
            for ending in ("xlsx", "json"):
                response = olga.get(f"{scan.path}/result.{ending}").response
                assert response.headers["Content-Disposition"] == (
                    f'attachment; filename="{word}-{stamp}.{ending}"'
                )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_file_has_a_name_that_any_system_takes(
    browse: Browse, scan: Scan, language: str
) -> None:
    olga = browse(scan.owner, language)
    paths = ("result.xlsx", "result.json")
    for path in (
        *(f"{scan.path}/{each}" for each in paths),
        "/my-data/all.json",
        "/my-data/all.html",
    ):
        disposition = olga.get(path).response.headers["Content-Disposition"]
        assert re.fullmatch(r'attachment; filename="[a-z]+(-[a-z0-9]+)+\.[a-z]+"', disposition)


# Where a group names people: below its own address, and below that of a meeting.
GROUP_PAGES = ("/people", "/readiness", "/pairs", "/questions/board", "/subgroups")
MEETING_PAGES = ("/attendance", "/agreements", "/blocks/{block}", "/print")


def test_two_of_one_name_in_a_group_are_told_apart_wherever_it_names_them(
    make: Maker, browse: Browse, facilitator: Someone
) -> None:
    twins = [
        make.person("Jan de Vries", role, email=f"{role}@twins.example")
        for role in (Role.SUPERVISOR, Role.SCHOOL_TRAINER)
    ]
    first_day = clock.today() - timedelta(days=1)
    with clock.as_if(clock.now() - timedelta(days=3)):
        group = make.trajectory(facilitator, *twins, first_day=first_day)
    for each in twins:
        make.brought_in(group, each, "What do I ask?")
    block = make.block(group, 1, "Ours", twins[1])
    make.agreements(group, 1, homework="Try it", bringers=[twins[1]])
    make.pair(group, *twins)
    plan = make.plan(group, twins[1], is_open=True)
    fem, jan = browse(facilitator), browse(twins[0])
    meeting = group.meeting(1)
    pages = [fem.get(group.path + each) for each in GROUP_PAGES]
    pages += [fem.get(meeting + each.format(block=block)) for each in MEETING_PAGES]
    pages += [fem.get(f"{group.path}/people/{twins[1].id}/end"), fem.get(f"/plans/{plan}/read")]
    pages += [jan.get(f"{group.path}/mine"), jan.get(f"{group.path}/shared?after=1")]
    for page in pages:
        assert page.status == 200, page.path
        assert "Jan de Vries (school trainer" in page.text, page.path
    # And where one of them is chosen.
    other = make.trajectory(facilitator)
    offered = fem.get(f"{other.path}/people/choose?name=jan").main.text
    assert "Jan de Vries (school trainer" in offered
    assert "Jan de Vries (workplace supervisor" in offered
