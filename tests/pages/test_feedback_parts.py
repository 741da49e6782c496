"""Giving feedback, part by part, without an account."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan
from tests.forms import SCHOOL_TRAINER, STUDENT, table
from tests.pages.client import Browser
from tests.pages.test_scan_parts import RELATIONSHIP, answers, texts
from tests.people import Browse
from zetwpo.scan.responses.models import Answer

FEED_FORWARD = "text-feed_forward-pedagogical"
EXAMPLE = "text-example-pedagogical"


@pytest.mark.parametrize(
    ("role", "counts"),
    [(STUDENT, [5, 4, 2, 5, 2]), (SCHOOL_TRAINER, [5, 3, 2, 5, 4])],
)
def test_each_part_asks_its_statements_offers_cannot_judge_and_two_texts(
    student: Browser, scan: Scan, make: Maker, role: str, counts: list[int]
) -> None:
    asked = make.asked(scan, role=role)
    for number, count in enumerate(counts, 1):
        page = student.get(f"{asked.path}/part/{number}")
        radios = page.main.all("input", type="radio")
        points = [each.get("value") for each in radios]
        assert points == ["1", "2", "3", "4", "5", "6", "7", "cannot_judge"] * count
        assert len(page.main.all("textarea")) == 2


def test_a_student_reads_illustrations_and_a_trainer_does_not(
    student: Browser, scan: Scan, make: Maker
) -> None:
    pages = [
        student.get(f"{make.asked(scan, name, role).path}/part/1")
        for name, role in (("Noor", STUDENT), ("Tess", SCHOOL_TRAINER))
    ]
    lists = [
        [each for each in page.main.all("ul") if each.get("class") == "illustrations"]
        for page in pages
    ]
    assert len(lists[0]) >= 3
    assert lists[1] == []


def test_saving_goes_on_part_by_part_to_the_preview(
    student: Browser, asked: Asked, stored: Stored
) -> None:
    page = student.get(f"{asked.path}/part/1")
    for _number in range(5):
        names = {each.get("name") for each in page.main.all("input", type="radio")}
        page = page.send(dict.fromkeys(names, "3")).follow()
    assert page.path == f"{asked.path}/preview"
    assert len([value for value in answers(stored, "student").values() if value == 3]) == 18


def test_cannot_judge_is_stored_as_no_number_and_unanswered_not_at_all(
    student: Browser, asked: Asked, make: Maker, stored: Stored
) -> None:
    own = set(answers(stored))
    student.get(f"{asked.path}/part/1").send({RELATIONSHIP: "cannot_judge"})
    found = stored.rows(sa.select(Answer.statement, Answer.value))
    assert ("relationship", None) in found
    assert len(found) == len(own) + 1
    assert student.get(f"{asked.path}/part/1").value(RELATIONSHIP) == "cannot_judge"


def test_the_same_link_resumes_on_another_device(
    student: Browser, browse: Browse, asked: Asked
) -> None:
    student.get(f"{asked.path}/part/1").send({FEED_FORWARD: "Ask me first", RELATIONSHIP: "5"})
    page = browse().get(f"{asked.path}/part/1")
    assert page.value(FEED_FORWARD) == "Ask me first"
    assert page.value(RELATIONSHIP) == "5"


def test_who_will_read_it_stands_at_each_text(student: Browser, asked: Asked) -> None:
    page = student.get(f"{asked.path}/part/1")
    for area in page.main.all("textarea"):
        readers = page.main.all(id=area.get("aria-describedby").split()[0])[0].text
        assert asked.scan.owner.name in readers
        assert "can print or show it" in readers


@pytest.mark.parametrize("role", [each.key for each in table()])
def test_it_says_that_a_tip_may_be_left_out(
    student: Browser, scan: Scan, make: Maker, role: str
) -> None:
    asked = make.asked(scan, role=role)
    [hint] = student.get(f"{asked.path}/part/1").main.all(id=f"{FEED_FORWARD}-hint")
    assert hint.text == "You may leave this open."


def test_after_sharing_nothing_changes_and_the_text_comes_back(
    student: Browser, asked: Asked, make: Maker, stored: Stored
) -> None:
    page = student.get(f"{asked.path}/part/1")
    make.shared(asked)
    before = stored.everything()
    refused = page.send({FEED_FORWARD: "One more thing"})
    assert refused.status == 409
    assert "One more thing" in refused.text
    assert stored.everything() == before


@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_a_closed_form_takes_in_nothing(
    student: Browser, asked: Asked, make: Maker, stored: Stored, end: str
) -> None:
    page = student.get(f"{asked.path}/part/1")
    getattr(make, end)(asked)
    before = stored.everything()
    assert page.send({RELATIONSHIP: "5"}).status == 409
    assert student.get(f"{asked.path}/part/1").location == asked.path
    assert stored.everything() == before


def test_after_six_weeks_the_form_takes_in_nothing(
    browse: Browse, asked: Asked, stored: Stored
) -> None:
    before = stored.everything()
    with time_machine.travel(asked.expires_at - timedelta(minutes=1)):
        page = browse().get(f"{asked.path}/part/1")
    with time_machine.travel(asked.expires_at + timedelta(minutes=1)):
        assert page.send({RELATIONSHIP: "5"}).status == 409
    assert stored.everything() == before


def test_what_changed_on_another_device_is_not_overwritten_without_a_choice(
    student: Browser, browse: Browse, asked: Asked, stored: Stored
) -> None:
    phone, laptop = (each.get(f"{asked.path}/part/1") for each in (student, browse()))
    phone.send({FEED_FORWARD: "From the phone"})
    page = laptop.send({FEED_FORWARD: "From the laptop"})
    assert page.status == 409
    assert texts(stored) == ["From the phone"]
    assert page.send().status == 303
    assert texts(stored) == ["From the laptop"]
