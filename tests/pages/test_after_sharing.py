"""After sharing: its author reads it again, saves it or deletes it; what the supervisor reads."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER, STUDENT, asked_as
from tests.guards.test_byte_for_byte import ONE_TIME
from tests.mailbox import Mailbox
from tests.pages.client import Browser
from tests.pages.test_asking import NOOR, ask
from tests.pages.test_sharing import TEXTS, sheets
from tests.people import Browse
from zetwpo import clock
from zetwpo.audit import AuditEntry
from zetwpo.extensions import db
from zetwpo.mail import service as mail
from zetwpo.mail.service import Addressee
from zetwpo.privacy.tidying import tidy
from zetwpo.scan.feedback.letters import SHARED
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Answer, OpenAnswer
from zetwpo.scan.result.queries import Withdrawal, get_result
from zetwpo.scan.self_scan.queries import find_card

# Of somebody who never shared anything, or not any more.
NOT_SHARED = ("asked", "drafted", "planned", "held", "declined", "withdrawn", "retracted")
GIVEN = ("Tell me earlier", "You asked")


@pytest.fixture
def shared(make: Maker, asked: Asked) -> Asked:
    return make.shared(asked, **TEXTS)


def delete(student: Browser, asked: Asked) -> None:
    assert student.get(f"{asked.path}/delete").send(form="delete").location == asked.path


def test_its_author_reads_exactly_what_was_shared(
    student: Browser, asked: Asked, make: Maker, olga: Browser
) -> None:
    make.drafted(asked, "5 5 x - 5  1 2 3 4  5 6  7 6 5 4 3  2 1", **TEXTS)
    preview = student.get(f"{asked.path}/preview")
    page = preview.send(form="/share").follow()
    assert f"{asked.path}/shared" in page.links
    again = student.get(f"{asked.path}/shared")
    assert sheets(again) == sheets(preview)
    assert sheets(again) == sheets(olga.get(f"{asked.scan.path}/result"))[5:]
    assert not again.main.all("form")


def test_years_later_the_link_reads_it_still(
    browse: Browse, shared: Asked, make: Maker, stored: Stored
) -> None:
    with time_machine.travel(clock.now() + timedelta(days=700)):
        with browse().app.app_context():
            tidy()
        student = browse()
        page = student.get(shared.path)
        assert "we no longer have your address" in page.text
        assert "Tell me earlier" in student.get(f"{shared.path}/shared").text
        delete(student, shared)
    assert stored.count(OpenAnswer) == 0


def test_the_page_says_until_when_the_link_can_be_sent_again(
    browse: Browse, shared: Asked, mailbox: Mailbox
) -> None:
    last = shared.expires_at + timedelta(days=30)
    assert f"{last.day} " in browse().get(shared.path).text
    for moment, count in ((last - timedelta(days=1), 1), (last + timedelta(days=1), 0)):
        with time_machine.travel(moment):
            with browse().app.app_context():
                tidy()
            before = len(mailbox.to(shared.email))
            browse().get("/feedback/lost-link").send({"email": shared.email})
            letters = mailbox.to(shared.email)[before:]
            assert len(letters) == count
            assert all("You shared your feedback on" in each.text for each in letters)
            assert not any("fifteen minutes" in each.text for each in letters)


def test_the_file_stands_on_its_own_and_holds_what_was_shared(
    student: Browser, shared: Asked
) -> None:
    page = student.get(f"{shared.path}/shared.html")
    assert "attachment" in page.response.headers["Content-Disposition"]
    assert page.response.mimetype == "text/html"
    assert page.response.text.startswith("<!doctype html>")
    for words in (*GIVEN, shared.name, shared.scan.owner.name):
        assert words in page.text
    assert page.tree.all("script", "link", "img", "a", "form") == []
    assert sheets(page) == sheets(student.get(f"{shared.path}/shared"))


@pytest.mark.parametrize("become", NOT_SHARED)
def test_what_is_not_shared_has_none_of_these_pages(
    student: Browser, asked: Asked, make: Maker, stored: Stored, become: str
) -> None:
    if become != "asked":
        getattr(make, become)(asked)
    before = stored.everything()
    for page in ("shared", "shared.html", "delete"):
        assert student.get(f"{asked.path}/{page}").location == asked.path
    assert student.post(f"{asked.path}/delete").location == asked.path
    assert stored.everything() == before


def test_deleting_is_asked_once_more_and_says_what_cannot_be_called_back(
    student: Browser, shared: Asked, stored: Stored
) -> None:
    before = stored.everything()
    page = student.get(f"{shared.path}/delete")
    assert "printed or saved before cannot be called back" in page.text
    assert f"{shared.path}/shared" in page.links
    assert stored.everything() == before


def test_what_is_deleted_is_nowhere_any_more_and_its_author_reads_how_it_stands(
    student: Browser, shared: Asked, stored: Stored, olga: Browser, scan: Scan
) -> None:
    own = stored.count(Answer) - 18
    delete(student, shared)
    rows = repr(stored.everything())
    assert [words for words in GIVEN if words in rows] == []
    assert stored.count(OpenAnswer) == 0
    assert stored.count(Answer) == own
    page = student.get(shared.path)
    assert page.status == 200
    assert page.heading == "You deleted your feedback"
    assert "cannot be called back" in page.text
    assert not page.main.all("form")


def test_from_then_on_the_supervisor_reads_only_that_it_was_withdrawn(
    student: Browser, browse: Browse, shared: Asked, make: Maker, olga: Browser
) -> None:
    make.shared(make.asked(shared.scan, "Daan"), feed_forward={"gatekeeper": "Of somebody else"})
    delete(student, shared)
    page = olga.get(f"{shared.scan.path}/feedback")
    [item] = [each for each in page.main.all("li") if shared.email in each.text]
    assert item.text.endswith("withdrawn by its author")
    assert "shared with you" not in item.text
    assert not item.all("a")
    for path in ("result", "result.json", "result.xlsx"):
        found = olga.get(f"{shared.scan.path}/{path}").response
        assert [words for words in GIVEN if words.encode() in found.data] == []


def test_the_page_of_the_result_says_who_withdrew_and_nothing_else(
    student: Browser, browse: Browse, shared: Asked, scan: Scan
) -> None:
    delete(student, shared)
    page = browse(scan.owner).get(f"{scan.path}/result")
    [line] = page.main.all("ul", **{"class": "withdrawn"})
    assert line.text == f"{shared.name} (student): withdrawn by its author"
    assert page.main.text.count(shared.name) == 1
    assert "No feedback is shared with you at the moment." in page.main.text


def test_the_result_knows_who_withdrew_and_nothing_else(
    student: Browser, shared: Asked, make: Maker, scan: Scan
) -> None:
    stays = make.shared(make.asked(scan, "Daan"))
    tess = make.asked(scan, "Tess", SCHOOL_TRAINER)
    make.shared(tess)
    for each in (shared, tess):
        delete(student, each)
    with student.app.app_context():
        card = find_card(scan.id)
        assert card
        result = get_result(card)
    assert result.withdrawn == (
        Withdrawal(shared.name, asked_as(STUDENT)),
        Withdrawal("Tess", asked_as(SCHOOL_TRAINER)),
    )
    assert [each.name for each in result.others] == [stays.name]


def test_the_result_page_says_who_withdrew_and_that_is_all(
    student: Browser, shared: Asked, make: Maker, olga: Browser, scan: Scan
) -> None:
    namesake = make.shared(make.asked(scan, shared.name, email="other@student.example"))
    tess = make.shared(make.asked(scan, "Tess", SCHOOL_TRAINER))
    for each in (shared, namesake, tess):
        delete(student, each)
    page = olga.get(f"{scan.path}/result")
    [said] = [each for each in page.main.all("ul") if each.get("class") == "withdrawn"]
    assert [each.text for each in said.all("li")] == [
        f"{shared.name} (student 1): withdrawn by its author",
        f"{shared.name} (student 2): withdrawn by its author",
        "Tess (school trainer): withdrawn by its author",
    ]
    # Nowhere else on the page.
    assert page.text.count(shared.name) == 2
    assert page.text.count("Tess") == 1


def test_a_tip_that_was_taken_along_goes_too(
    student: Browser, shared: Asked, make: Maker, olga: Browser, scan: Scan
) -> None:
    make.taken(scan, "tip", "gatekeeper", shared)
    make.learning_question(scan, "How do I tell earlier?", "gatekeeper")
    path = f"{scan.path}/learning-question"
    assert "Tell me earlier" in olga.get(path).text
    delete(student, shared)
    for each in (path, "/start", "/my-data/all.json", "/my-data/all.html"):
        assert "Tell me earlier" not in olga.get(each).response.text


def test_a_result_that_is_opened_while_it_is_deleted_shows_nobody_with_an_empty_form(
    student: Browser, shared: Asked, scan: Scan, stored: Stored, make: Maker
) -> None:
    # As if only the answers had been gone when they were read.
    given = sa.select(Invitation.response_id)
    with make.request():
        for table in (Answer, OpenAnswer):
            db.session.execute(sa.delete(table).where(table.response_id.in_(given)))
    with student.app.app_context():
        card = find_card(scan.id)
        assert card
        result = get_result(card)
    assert result.others == ()
    assert result.withdrawn == (Withdrawal(shared.name, asked_as(STUDENT)),)


def test_the_mail_that_waits_is_not_sent_and_one_that_left_stays(
    browse: Browse, asked: Asked, make: Maker, mailbox: Mailbox, scan: Scan
) -> None:
    make.retracted(asked)
    other = make.shared(make.asked(scan, "Daan"))
    [letter] = mailbox.to(scan.owner.email)
    assert letter.subject.startswith(other.name)
    delete(browse(), other)
    assert len(mailbox.to(scan.owner.email)) == 1


@pytest.mark.parametrize("become", ["drafted", "planned", "held", "declined", "retracted"])
def test_a_mail_that_a_worker_holds_says_nothing_that_is_not_so_any_more(
    asked: Asked, make: Maker, mailbox: Mailbox, scan: Scan, become: str
) -> None:
    getattr(make, become)(asked)
    with make.request():
        # One that was taken back a moment after it was taken up.
        mail.queue(SHARED, Addressee(scan.owner.email, "en"), about_id=asked.id)
    assert mailbox.to(scan.owner.email) == []


def test_nobody_tells_the_supervisor_by_mail(
    student: Browser, shared: Asked, mailbox: Mailbox
) -> None:
    before = len(mailbox.to(shared.scan.owner.email))
    delete(student, shared)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert len(mailbox.to(shared.scan.owner.email)) == before


def test_the_same_person_can_be_asked_anew_and_shares_anew_or_not(
    browse: Browse, scan: Scan, make: Maker, olga: Browser, mailbox: Mailbox
) -> None:
    asked = make.shared(make.asked(scan, NOOR["name"], email=NOOR["email"]), **TEXTS)
    assert ask(olga, scan).status == 422
    delete(browse(), asked)
    assert ask(olga, scan).status == 303
    assert ask(olga, scan).status == 422
    link = mailbox.to(NOOR["email"])[-1].link
    assert link != asked.path
    assert browse().get(link).heading.endswith("asks for your feedback")
    # The old link goes on saying what was done with it.
    assert browse().get(asked.path).heading == "You deleted your feedback"


def test_the_supervisor_withdraws_nothing_that_its_author_withdrew(
    student: Browser, shared: Asked, olga: Browser, stored: Stored
) -> None:
    delete(student, shared)
    before = stored.everything()
    path = f"/scan/feedback/{shared.id}/withdraw"
    assert olga.get(path).location == f"{shared.scan.path}/feedback"
    assert olga.post(path).status == 409
    assert stored.everything() == before


def test_a_link_that_led_to_deleted_feedback_is_not_sent_again(
    student: Browser, shared: Asked, mailbox: Mailbox
) -> None:
    delete(student, shared)
    before = len(mailbox.to(shared.email))
    student.get("/feedback/lost-link").send({"email": shared.email})
    assert len(mailbox.to(shared.email)) == before


def test_a_second_press_finds_it_done(student: Browser, shared: Asked, stored: Stored) -> None:
    page = student.get(f"{shared.path}/delete")
    assert [page.send(form="delete").status for _press in range(2)] == [303, 303]
    assert stored.count(AuditEntry, AuditEntry.action == "shared feedback deleted") == 1


def test_when_whoever_asked_deletes_everything_the_link_says_so(
    student: Browser, shared: Asked, olga: Browser
) -> None:
    olga.get("/my-data").send({"sure": "y"})
    for path in (shared.path, f"{shared.path}/shared", f"{shared.path}/preview"):
        page = student.get(path)
        assert page.status == 410
        assert page.heading == "What this link led to is no longer there"


def test_my_data_leads_to_what_was_given_and_only_ones_own(
    browse: Browse, scan: Scan, make: Maker, trainer: Someone, stranger: Someone
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER, email=trainer.email)
    make.shared(asked, **TEXTS)
    make.withdrawn(make.asked(make.scan(stranger), "Tess", email=trainer.email))
    tess = browse(trainer)
    links = [each for each in tess.get("/my-data").links if each.startswith("/feedback/")]
    assert [each for each in links if each != "/feedback/lost-link"] == [asked.path]
    delete(tess, asked)
    assert asked.path not in tess.get("/my-data").links
    assert asked.path not in browse(stranger).get("/my-data").links


def test_the_file_with_ones_own_data_says_when_it_was_deleted(
    browse: Browse, scan: Scan, make: Maker, trainer: Someone
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER, email=trainer.email)
    make.retracted(asked, **TEXTS)
    [given] = browse(trainer).get("/my-data/all.json").json["feedback_on_others"]
    assert given["status"] == "retracted"
    assert given["retracted_at"]
    assert "Deleted by you after sharing" in browse(trainer).get("/my-data/all.html").text


@pytest.mark.parametrize("submitted", [False, True])
def test_who_shared_reads_that_the_own_scan_comes_first_only_while_that_is_so(
    student: Browser, make: Maker, owner: Someone, mailbox: Mailbox, submitted: bool
) -> None:
    asked = make.shared(make.asked(make.scan(owner) if submitted else make.draft_scan(owner)))
    assert ("once their own self-scan is finished" in student.get(asked.path).text) != submitted
    [letter] = mailbox.to(owner.email)
    assert ("zodra je eigen zelfscan is afgerond" in letter.text) != submitted
    assert letter.link == (f"{asked.scan.path}/result" if submitted else "/start")


def test_nobody_but_the_author_has_these_pages(
    olga: Browser, outsider: Browser, shared: Asked, stored: Stored
) -> None:
    before = stored.everything()
    for page in ("shared", "shared.html", "delete"):
        assert olga.get(f"{shared.path}/{page}").status == 404
        # Whoever holds the link is the one who was asked, and nobody finds it.
        assert outsider.get(f"/feedback/{shared.id}/{page}").status == 404
    assert olga.post(f"{shared.path}/delete").status == 404
    assert stored.everything() == before


def test_looking_again_changes_nothing(student: Browser, shared: Asked, stored: Stored) -> None:
    before = stored.everything()
    looks = {
        page: [
            ONE_TIME.sub(b"", student.client.get(f"{shared.path}{page}").data) for _look in range(2)
        ]
        for page in ("", "/shared", "/delete")
    }
    assert all(re.search(rb"<h1", one) and one == other for one, other in looks.values())
    assert stored.everything() == before
