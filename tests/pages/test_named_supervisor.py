"""A trainer reads, and others read after them, the name of the supervisor in each sentence."""

import io

import openpyxl
import pytest

from tests.factories import Asked, Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo.accounts.actors import Role

# What HTML, a format string and a catalogue each would read as something else.
AWKWARD = "{supervisor} %(name)s <b>Hans</b>"


@pytest.fixture
def hans(make: Maker) -> Someone:
    return make.person(AWKWARD, Role.SUPERVISOR, email="hans@school.example")


@pytest.fixture
def tess(make: Maker, hans: Someone) -> Asked:
    """A school trainer whom he asked."""
    return make.asked(make.scan(hans), "Tess", SCHOOL_TRAINER, email="tess@school.example")


def test_the_form_of_a_trainer_names_the_supervisor(student: Browser, tess: Asked) -> None:
    page = student.get(f"{tess.path}/part/1")
    legends = [each.text for each in page.main.all("legend")]
    assert legends[1] == (
        f"{AWKWARD} adapts the way of guiding to what the student needs and to how the student "
        "learns."
    )
    assert all(AWKWARD in each for each in legends)
    [ends, *_rest] = page.main.all("div", **{"class": "ends"})
    lowest, highest = f"does not describe {AWKWARD} at all", f"describes {AWKWARD} completely"
    assert [each.text for each in ends.children] == [f"1 = {lowest}", f"7 = {highest}"]
    spoken = [each.text for each in page.main.all("span") if each.get("class") == "unseen"]
    assert spoken[0] == f"1, {lowest}"
    assert spoken[6] == f"7, {highest}"
    assert f"What small step could {AWKWARD} try out" in page.main.text


def test_a_refused_answer_is_named_with_the_supervisor(
    student: Browser, browse: Browse, tess: Asked
) -> None:
    old = student.get(f"{tess.path}/part/1")
    browse().get(f"{tess.path}/part/1").send({"statement-relationship": "2"})
    refused = old.send({"statement-relationship": "6"})
    [trouble] = refused.main.all("div", **{"class": "errors"})
    assert f"{AWKWARD} can build a good professional relationship" in trouble.text


def test_a_trainer_checks_the_sentences_with_the_name(
    student: Browser, make: Maker, tess: Asked
) -> None:
    make.drafted(tess, 5)
    terms = [each.text for each in student.get(f"{tess.path}/preview").main.all("dt")]
    assert len(terms) == 19
    assert all(AWKWARD in each for each in terms)


def test_the_supervisor_reads_the_answers_with_the_own_name(
    browse: Browse, make: Maker, hans: Someone, tess: Asked
) -> None:
    make.shared(tess, 5)
    browser = browse(hans)
    terms = [each.text for each in browser.get(f"{tess.scan.path}/result").main.all("dt")]
    assert sum(AWKWARD in each for each in terms) == 19
    content = browser.get(f"{tess.scan.path}/result.json").json
    own, other = content["views"]
    assert not any(AWKWARD in each["text"] for each in own["answers"].values())
    assert all(AWKWARD in each["text"] for each in other["answers"].values())
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"{tess.scan.path}/result.xlsx").response.data)
    )
    statements = [str(row[0].value) for row in book.worksheets[2].iter_rows(min_row=2)]
    assert sum(AWKWARD in each for each in statements) == 19
    readable = browser.get("/my-data/all.html")
    rows = [each.text for each in readable.main.all("th") if each.get("scope") == "row"]
    assert sum(AWKWARD in each for each in rows) == 19


def test_a_trainer_takes_out_what_was_asked_with_each_name(
    browse: Browse, make: Maker, scan: Scan, tess: Asked, trainer: Someone
) -> None:
    for each in (scan, tess.scan):
        make.asked(each, "Tess", SCHOOL_TRAINER, email=trainer.email)
    content = browse(trainer).get("/my-data/all.json").json
    for given in content["feedback_on_others"]:
        texts = [each["text"] for each in given["filled_in"]["answers"].values()]
        assert len(texts) == 19
        assert all(given["supervisor"] in each for each in texts)
    assert {given["supervisor"] for given in content["feedback_on_others"]} == {
        AWKWARD,
        scan.owner.name,
    }
