"""Where the link leads: who asks, why, and how things stand for the one who was asked."""

import re
import uuid
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from itsdangerous import URLSafeSerializer

from tests.application import SETTINGS, Stored
from tests.factories import Asked, Maker, Scan
from tests.forms import SCHOOL_TRAINER
from tests.mailbox import Mailbox
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import clock


def actions(student: Browser, asked: Asked) -> set[str]:
    """What one can press on the page, by the last word of the address."""
    page = student.get(asked.path)
    pressed = {each.get("action").rsplit("/", 1)[-1] for each in page.main.all("form")}
    linked = {link.rsplit("/", 1)[-1] for link in page.links if asked.path in link}
    # That one stands below every page.
    return (pressed | linked) - {"privacy"}


def test_it_says_who_asks_why_and_who_will_read(student: Browser, scan: Scan, make: Maker) -> None:
    page = student.get(make.asked(scan, word="Because you saw it all").path)
    assert scan.owner.name in page.heading
    for words in ("Because you saw it all", "18 statements", "with your name", "15 minutes"):
        assert words in page.text
    assert "Nobody is told" in page.text


def test_a_student_reads_whether_it_counts_for_an_assessment_before_the_first_question(
    student: Browser, asked: Asked, make: Maker
) -> None:
    first = student.get(asked.path)
    assert first.text.count("Does this count for my assessment?") == 1
    assert "is part of an assessment" in first.text
    # Once: neither on the way nor after it.
    make.drafted(asked)
    for page in ("", "/part/1", "/preview"):
        assert "Does this count" not in student.get(f"{asked.path}{page}").text


def test_a_trainer_reads_what_fits_a_trainer(student: Browser, scan: Scan, make: Maker) -> None:
    page = student.get(make.asked(scan, "Tess", SCHOOL_TRAINER).path)
    assert "Does this count for an assessment?" in page.text
    assert "my assessment" not in page.text
    assert "supervises you" not in page.text
    preview = make.drafted(make.asked(scan, "Theo", SCHOOL_TRAINER))
    assert "assessment" not in student.get(f"{preview.path}/preview").text


def test_nothing_is_said_twice_from_the_mail_to_the_preview(
    student: Browser, asked: Asked, make: Maker, mailbox: Mailbox
) -> None:
    [letter] = mailbox.to(asked.email)
    # Whom to turn to stands below everything.
    pages = [letter.text, student.get(asked.path).main.text]
    make.drafted(asked)
    pages.append(student.get(f"{asked.path}/preview").main.text)
    said = [
        sentence.strip()
        for text in pages
        for sentence in re.split(r"(?<=[.?!])\s", text)
        if len(sentence.split()) > 4
    ]
    assert [sentence for sentence, count in Counter(said).items() if count > 1] == []
    for words in ("with your name", "to nobody else", "Nobody is told"):
        assert sum(text.count(words) for text in pages) == 1, words


def test_the_trainer_reads_about_nineteen_statements(
    student: Browser, scan: Scan, make: Maker
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER)
    assert "19 statements" in student.get(asked.path).text


def test_looking_changes_nothing(student: Browser, asked: Asked, stored: Stored) -> None:
    before = stored.everything()
    student.client.head(asked.path)
    for page in ("", "/part/1", "/preview", "/decline", "/take-back"):
        student.get(f"{asked.path}{page}")
    assert stored.everything() == before


def test_what_one_can_do_follows_how_things_stand(
    student: Browser, asked: Asked, make: Maker
) -> None:
    assert actions(student, asked) == {"1", "decline"}
    make.drafted(asked, "5" + 17 * " -")
    assert actions(student, asked) == {"1#at-tailored_guidance", "decline", "preview"}
    make.planned(asked)
    assert actions(student, asked) == {"preview", "take-back"}
    make.declined(asked)
    assert actions(student, asked) == {"reconsider"}


def test_planned_feedback_has_a_page_of_its_own(
    student: Browser, asked: Asked, make: Maker
) -> None:
    make.planned(asked)
    page = student.get(asked.path)
    assert page.heading.startswith("You share your feedback on")
    assert "18 statements" not in page.text


def test_after_sharing_it_leads_to_what_was_shared(
    student: Browser, asked: Asked, make: Maker
) -> None:
    make.shared(asked)
    assert student.get(asked.path).status == 200
    assert actions(student, asked) == {"shared"}


@pytest.mark.parametrize("become", ["asked", "drafted"])
@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_when_it_is_over_nothing_is_said_of_what_was_never_filled_in(
    browse: Browse, asked: Asked, make: Maker, become: str, end: str
) -> None:
    if become == "drafted":
        make.drafted(asked)
    if end == "withdrawn":
        make.withdrawn(asked)
    with time_machine.travel(clock.now() + timedelta(days=50 if end == "expired" else 0)):
        page = browse().get(asked.path)
    assert page.status == 410
    assert ("Nobody saw what you filled in" in page.text) == (become == "drafted")


def test_a_withdrawn_question_says_so(student: Browser, asked: Asked, make: Maker) -> None:
    make.withdrawn(asked)
    page = student.get(asked.path)
    assert page.status == 410
    assert "withdrawn" in page.heading
    assert actions(student, asked) == set()


def test_after_six_weeks_it_says_so(browse: Browse, asked: Asked) -> None:
    with time_machine.travel(asked.expires_at - timedelta(minutes=1)):
        assert browse().get(asked.path).status == 200
    with time_machine.travel(asked.expires_at + timedelta(minutes=1)):
        student = browse()
        page = student.get(asked.path)
        assert page.status == 410
        assert actions(student, asked) == set()
        assert student.get(f"{asked.path}/part/1").location == asked.path


def forged(asked: Asked, key: str) -> str:
    return str(URLSafeSerializer(key, salt="feedback-link").dumps(asked.id.hex))


def test_altered_and_made_up_links_open_nothing(student: Browser, asked: Asked) -> None:
    signer = URLSafeSerializer(SETTINGS["secret_key"], salt="feedback-link")
    tokens = [
        asked.token[:-1],
        asked.token + "x",
        asked.token.swapcase(),
        forged(asked, "another key"),
        asked.id.hex,
        str(signer.dumps("no key")),
        str(signer.dumps([1, 2])),
        "%00",
        "%ff",
    ]
    pages = [student.get(f"/feedback/{token}") for token in tokens]
    assert {page.status for page in pages} == {404}
    assert {page.heading for page in pages} == {"This link does not work"}
    [next_page] = pages[0].main.all("a")
    assert next_page.get("href") == "/feedback/lost-link"
    assert "/sign-in" not in pages[0].links


def test_a_link_that_was_made_here_and_leads_nowhere_any_more_says_so(student: Browser) -> None:
    signer = URLSafeSerializer(SETTINGS["secret_key"], salt="feedback-link")
    page = student.get(f"/feedback/{signer.dumps(uuid.uuid4().hex)}")
    assert (page.status, page.heading) == (410, "What this link led to is no longer there")


def test_what_was_typed_comes_back_from_a_link_that_stopped_working(student: Browser) -> None:
    page = student.post("/feedback/broken/part/1", {"text-example-pedagogical": "Typed for long"})
    assert page.status == 404
    assert "Typed for long" in page.text


def test_the_supervisor_cannot_open_the_link_of_somebody_who_was_asked(
    olga: Browser, asked: Asked, make: Maker, stored: Stored
) -> None:
    make.drafted(asked)
    before = stored.everything()
    for page in ("", "/part/1", "/preview", "/decline", "/take-back"):
        assert olga.get(f"{asked.path}{page}").status == 404
    changes = ("decline", "decline/sure", "reconsider", "take-back", "share", "plan")
    for act in (*changes, "part/1", "part/1/autosave"):
        assert olga.post(f"{asked.path}/{act}").status == 404
    assert stored.everything() == before


def test_somebody_with_an_account_can_use_the_own_link(
    browse: Browse, make: Maker, scan: Scan, request: pytest.FixtureRequest
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER)
    browser = browse(request.getfixturevalue("trainer"))
    assert browser.get(asked.path).status == 200
