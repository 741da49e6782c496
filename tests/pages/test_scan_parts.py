"""Filling in the self-scan, part by part."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.pages.statements import statements
from tests.people import CLOSED, Browse, sign_in
from zetwpo.scan.responses.models import Answer, OpenAnswer, Response
from zetwpo.scan.self_scan.models import Scan as ScanRow

TEXT = "text-example-pedagogical"
RELATIONSHIP, ROOM = "statement-relationship", "statement-room_to_try"
STATEMENTS_PER_PART = [5, 3, 2, 5, 4]


def answers(stored: Stored, form: str = "self") -> dict[str, int | None]:
    """The stored answers on one kind of form, of which there is one."""
    of_form = sa.select(Response.id).where(Response.form == form)
    found = sa.select(Answer.statement, Answer.value).where(Answer.response_id.in_(of_form))
    return dict(stored.rows(found))


def texts(stored: Stored) -> list[str]:
    return stored.values(sa.select(OpenAnswer.text))


def test_starting_opens_the_first_part_and_starting_again_goes_on(
    olga: Browser, stored: Stored
) -> None:
    first = olga.get("/start").send()
    assert first.location.endswith("/part/1")
    assert olga.post("/scan/start").location == first.location
    assert stored.count(ScanRow) == 1


def test_each_part_asks_its_statements_and_chooses_nothing_beforehand(
    olga: Browser, draft: Scan
) -> None:
    for number, count in enumerate(STATEMENTS_PER_PART, 1):
        page = olga.get(f"{draft.path}/part/{number}")
        radios = page.main.all("input", type="radio")
        names = {each.get("name") for each in radios}
        assert len(names) == count
        for name in names:
            points = [each.get("value") for each in radios if each.get("name") == name]
            assert points == ["1", "2", "3", "4", "5", "6", "7"]
        assert not [each for each in radios if "checked" in each.attributes]
        assert f"Part {number} of 5" in page.tree.all("title")[0].raw_text


def test_every_point_says_its_number_and_the_ends_what_they_mean(
    olga: Browser, draft: Scan
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    first = page.main.all("fieldset")[0]
    names = [each.text for each in first.all("span") if each.get("class") == "unseen"]
    assert names[0].startswith("1, ")
    assert names[-1].startswith("7, ")
    assert names[1:-1] == [f"{point} of 7" for point in range(2, 7)]


def test_saving_goes_on_part_by_part_to_the_check(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    for number in range(1, 6):
        assert page.path == f"{draft.path}/part/{number}"
        names = {each.get("name") for each in page.main.all("input", type="radio")}
        page = page.send(dict.fromkeys(names, str(number))).follow()
    assert page.path == f"{draft.path}/check"
    values = sorted(value or 0 for value in answers(stored).values())
    assert values == [1] * 5 + [2] * 3 + [3] * 2 + [4] * 5 + [5] * 4


def test_what_was_saved_stands_there_in_another_browser(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan
) -> None:
    olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "7", TEXT: "Line one\r\nLine two"})
    page = browse(owner).get(f"{draft.path}/part/1")
    assert page.value(RELATIONSHIP) == "7"
    assert page.value("statement-tailored_guidance") == ""
    assert page.value(TEXT) == "Line one\nLine two"
    assert "1 of the 19" in page.text


def test_an_answer_can_be_changed_and_a_text_taken_away(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "7", TEXT: "Something"})
    olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "2", TEXT: ""})
    assert answers(stored) == {"relationship": 2}
    assert texts(stored) == []


def test_a_part_may_be_left_open(olga: Browser, draft: Scan, stored: Stored) -> None:
    page = olga.get(f"{draft.path}/part/1").send()
    assert page.location == f"{draft.path}/part/2"
    assert answers(stored) == {}


def test_the_part_before_is_one_link_away(olga: Browser, draft: Scan) -> None:
    assert f"{draft.path}/part/1" in olga.get(f"{draft.path}/part/2").links
    assert f"{draft.path}/part/0" not in olga.get(f"{draft.path}/part/1").links


@pytest.mark.parametrize("number", ["0", "6", "99999999999999999999", "one", "-1"])
def test_there_are_five_parts(olga: Browser, draft: Scan, number: str) -> None:
    assert olga.get(f"{draft.path}/part/{number}").status == 404
    assert olga.post(f"{draft.path}/part/{number}", {RELATIONSHIP: "5"}).status == 404


def test_who_will_read_it_stands_at_the_text(olga: Browser, draft: Scan) -> None:
    page = olga.get(f"{draft.path}/part/1")
    [area] = page.main.all("textarea")
    readers = area.get("aria-describedby").split()[0]
    assert "Only you" in page.main.all(id=readers)[0].text


def test_after_handing_in_nothing_changes_and_the_text_comes_back(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    before = stored.everything()
    assert olga.get(f"{scan.path}/part/1").location == f"{scan.path}/result"
    page = olga.post(f"{scan.path}/part/1", {RELATIONSHIP: "1", TEXT: "Too late"})
    assert page.status == 409
    assert "Too late" in page.text
    assert stored.everything() == before


def test_what_changed_elsewhere_is_not_overwritten_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    phone, laptop = (each.get(f"{draft.path}/part/1") for each in (olga, browse(owner)))
    phone.send({RELATIONSHIP: "6", TEXT: "From the phone", ROOM: "3"})
    page = laptop.send({RELATIONSHIP: "2", TEXT: "From the laptop"})
    assert page.status == 409
    assert answers(stored) == {"relationship": 6, "room_to_try": 3}
    assert texts(stored) == ["From the phone"]
    assert {"From the phone", "From the laptop"} <= {
        each.raw_text.strip() for each in page.main.all("blockquote", "textarea")
    }
    assert page.value(RELATIONSHIP) == "2"
    assert page.send().location == f"{draft.path}/part/2"
    assert answers(stored) == {"relationship": 2, "room_to_try": 3}
    assert texts(stored) == ["From the laptop"]


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "x",
        "3.4.x",
        "&&",
        f"{RELATIONSHIP}=6&unknown=1",
        f"{RELATIONSHIP}=6&{RELATIONSHIP}=6",
        f"{TEXT}=12345678",
    ],
)
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(
    olga: Browser, draft: Scan, stored: Stored, seen: str
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "6", TEXT: "From the phone", ROOM: "3"})
    sent = {RELATIONSHIP: "2", ROOM: "3", TEXT: "From the laptop"}
    for page in (olga.post(path, sent), olga.post(path, sent | {"seen": seen})):
        assert page.status == 409
        assert answers(stored) == {"relationship": 6, "room_to_try": 3}
        assert texts(stored) == ["From the phone"]
        # What it sends as it stands there is nothing to choose about.
        assert page.errors == [RELATIONSHIP, TEXT]
    assert page.send().status == 303
    assert texts(stored) == ["From the laptop"]


def test_a_page_that_does_not_say_what_it_showed_may_send_what_stands_there(
    olga: Browser, draft: Scan
) -> None:
    path = f"{draft.path}/part/1"
    for _time in range(2):
        assert olga.post(path, {RELATIONSHIP: "6", TEXT: "A text"}).status == 303


def test_the_same_change_in_two_places_is_no_clash(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan
) -> None:
    phone, laptop = (each.get(f"{draft.path}/part/1") for each in (olga, browse(owner)))
    assert phone.send({RELATIONSHIP: "6"}).status == 303
    assert laptop.send({RELATIONSHIP: "6", ROOM: "2"}).status == 303


def test_nobody_else_reads_or_writes_it(outsider: Browser, draft: Scan, stored: Stored) -> None:
    assert outsider.get(f"{draft.path}/part/1").status in CLOSED
    before = stored.everything()
    assert outsider.post(f"{draft.path}/part/1", {RELATIONSHIP: "1"}).status in CLOSED
    assert stored.everything() == before


def test_only_supervisors_start_a_scan(browse: Browse, colleague: Someone, stored: Stored) -> None:
    assert browse(colleague).post("/scan/start").status == 403
    assert stored.count(ScanRow) == 0


def test_who_is_signed_out_gets_the_text_back_and_can_send_it_again(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    assert browse().get(f"{draft.path}/part/1").location.startswith("/sign-in?next=")
    olga.post("/sign-out")
    page = olga.post(f"{draft.path}/part/1", {RELATIONSHIP: "4", TEXT: "Typed for long"})
    assert page.status == 401
    assert "Typed for long" in page.text
    assert answers(stored) == {}
    sign_in(olga, owner)
    assert page.send().location == f"{draft.path}/part/2"
    assert texts(stored) == ["Typed for long"]


def test_a_scan_that_does_not_exist_looks_like_one_of_somebody_else(
    olga: Browser, make: Maker, stranger: Someone
) -> None:
    other = make.draft_scan(stranger)
    missing = "/scan/00000000-0000-4000-8000-000000000000"
    pages = [olga.get(f"{path}/part/1") for path in (other.path, missing)]
    assert {page.status for page in pages} == {404}
    assert pages[0].main.text == pages[1].main.text


def test_a_part_takes_few_statements(app: Flask, olga: Browser, draft: Scan) -> None:
    with statements(app) as seen:
        page = olga.get(f"{draft.path}/part/1")
    # Who is signed in, the scan, all that was filled in, and whom to turn to; then the answers and
    # the texts.
    assert len(seen) == 4
    with statements(app) as seen:
        assert page.send({RELATIONSHIP: "6", TEXT: "I let them try"}).location
    assert len(seen) == 5
