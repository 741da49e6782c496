"""Whatever comes in: a clear page, nothing half written, and nothing lost that was there."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP, ROOM, TEXT, answers, texts
from tests.people import Browse
from zetwpo.scan.feedback.models import Invitation

MEGABYTE = 1024 * 1024
ODD_VALUES = ["0", "8", "-1", "4.5", "1e0", " 5", "05", "٣", "five", "\0", "7" * 5000]
# Right to left, with marks that steer it; an emoji of several parts; an accent of its own.
WORLD = "שלום עולם\u200f والسلام \u202bכן\u202c 👩🏽‍🏫🇳🇱 e\u0301"
CONTROLS = "\0 \x01 \x1b[2J \x7f \x85 \x9b"


@pytest.mark.parametrize("value", [*ODD_VALUES, "cannot_judge"])
def test_a_value_off_the_scale_is_refused_and_the_rest_is_saved(
    olga: Browser, draft: Scan, stored: Stored, value: str
) -> None:
    sent = {RELATIONSHIP: value, ROOM: "6", TEXT: "Typed for long"}
    page = olga.get(f"{draft.path}/part/1").send(sent)
    assert page.status == 422
    assert page.errors == [RELATIONSHIP]
    assert page.main.all(id=RELATIONSHIP)[0].get("type") == "radio"
    assert page.tree.all("title")[0].raw_text.startswith("Error:")
    assert (page.value(ROOM), page.value(TEXT)) == ("6", "Typed for long")
    assert answers(stored) == {"room_to_try": 6}
    assert texts(stored) == ["Typed for long"]


@pytest.mark.parametrize("value", ODD_VALUES)
def test_a_value_off_the_scale_is_refused_behind_the_link_too(
    student: Browser, asked: Asked, stored: Stored, value: str
) -> None:
    before = stored.everything()
    page = student.get(f"{asked.path}/part/1").send({RELATIONSHIP: value})
    assert (page.status, page.errors) == (422, [RELATIONSHIP])
    assert stored.everything() == before


@pytest.mark.parametrize(
    "field",
    [
        "relationship",
        "statement-no_such_statement",
        "statement-contact_about_progress",
        "text-example-gatekeeper",
        "value",
        "__proto__",
    ],
)
def test_what_the_page_does_not_ask_is_refused_and_the_rest_is_saved(
    olga: Browser, draft: Scan, stored: Stored, field: str
) -> None:
    page = olga.get(f"{draft.path}/part/1").send({field: "Not ours", TEXT: "Typed for long"})
    assert page.status == 400
    assert "does not belong to this part. Not ours The rest is saved." in page.text
    assert answers(stored) == {}
    assert texts(stored) == ["Typed for long"]
    assert page.send().status == 303


def test_answers_to_other_parts_do_not_slip_in_by_the_link(
    student: Browser, asked: Asked, stored: Stored
) -> None:
    before = stored.everything()
    for field in (
        "statement-contact_about_progress",
        "text-feed_forward-gatekeeper",
        "role",
        "share_from",
    ):
        assert student.post(f"{asked.path}/part/1", {field: "5"}).status == 400
    assert stored.everything() == before


def test_a_field_that_comes_in_twice_is_its_senders_choice(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "5"})
    fields = {RELATIONSHIP: ["2", "3"], TEXT: ["One text", "Another"], ROOM: ["4", "4"]}
    seen = f"{RELATIONSHIP}=5"
    page = olga.post(f"{draft.path}/part/1", fields | {"seen": seen})
    assert (page.status, page.errors) == (422, [RELATIONSHIP, TEXT])
    assert page.value(TEXT) == "One text\nAnother"
    # Nothing is chosen for its sender: what stands there is what is stored.
    assert page.value(RELATIONSHIP) == "5"
    assert answers(stored) == {"relationship": 5, "room_to_try": 4}
    assert page.send().status == 303
    assert texts(stored) == ["One text\nAnother"]


@pytest.fixture(params=["scan", "feedback", "question", "word"])
def field(
    request: pytest.FixtureRequest, olga: Browser, student: Browser, scan: Scan, make: Maker
) -> Any:
    """A page with a text field, and the fields that it needs: each text field of the product."""
    if request.param == "scan":
        return olga.get(f"{make.draft_scan(scan.owner).path}/part/1"), TEXT, {}
    if request.param == "feedback":
        return student.get(f"{make.asked(scan).path}/part/1"), "text-feed_forward-pedagogical", {}
    if request.param == "question":
        return olga.get(f"{scan.path}/learning-question"), "text", {"axis": "gatekeeper"}
    more = {"role": "student", "name": "Noor", "email": "noor@student.example"}
    return olga.get(f"{scan.path}/feedback"), "word", more | {"mail_language": "nl"}


def send(field: tuple[Page, str, dict[str, str]], text: str) -> Page:
    page, name, more = field
    return page.send(more | {name: text})


def without_drafts(stored: Stored) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, but for the choice that is kept beside a learning question that is refused."""
    rows = stored.everything()
    assert {text for _question, _axis, text, _moment in rows.pop("learning_question_draft")} <= {""}
    del rows["learning_question"]
    return rows


def test_a_megabyte_of_text_is_refused_and_comes_back_whole(
    field: tuple[Page, str, dict[str, str]], stored: Stored
) -> None:
    before = without_drafts(stored)
    text = "ab\n" * (MEGABYTE // 3)
    page = send(field, text)
    assert page.status == 422
    assert page.errors == [field[1]]
    assert page.value(field[1]).rstrip() == text.rstrip()
    assert without_drafts(stored) == before


def test_ten_megabytes_get_a_clear_page(
    field: tuple[Page, str, dict[str, str]], stored: Stored
) -> None:
    before = stored.everything()
    page = send(field, "x" * (10 * MEGABYTE))
    assert page.status == 413
    assert stored.everything() == before


def test_a_megabyte_with_an_expired_token_gets_a_clear_page(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    page = olga.post(f"{draft.path}/part/1", {TEXT: "x" * MEGABYTE}, token="too old")
    assert page.status == 400
    assert len(page.response.data) < 100_000


def test_invisible_characters_are_taken_out_and_its_author_sees_that_first(
    field: tuple[Page, str, dict[str, str]], stored: Stored
) -> None:
    before = without_drafts(stored)
    page = send(field, f"Before{CONTROLS}after")
    assert (page.status, page.errors) == (422, [field[1]])
    assert page.value(field[1]) == "Before  [2J   after"
    assert without_drafts(stored) == before
    assert page.send().status == 303
    assert "Before  [2J   after" in repr(stored.everything())


def test_text_of_the_whole_world_is_kept_as_it_was_typed(
    field: tuple[Page, str, dict[str, str]], stored: Stored
) -> None:
    page = send(field, f"{WORLD}\r\n\tSecond line")
    assert page.status == 303
    rows = stored.everything()
    kept = [*rows["open_answer"], *rows["learning_question_version"], *rows["invitation"]]
    assert f"{WORLD}\n\tSecond line" in {cell for row in kept for cell in row}


def test_each_text_is_written_in_its_own_direction(olga: Browser, draft: Scan) -> None:
    page = olga.get(f"{draft.path}/part/1").send({TEXT: WORLD}).browser.get(f"{draft.path}/part/1")
    assert page.value(TEXT) == WORLD
    assert page.main.all("textarea")[0].get("dir") == "auto"
    [quote] = olga.get(f"{draft.path}/check").main.all("blockquote")
    assert (quote.raw_text, quote.get("dir")) == (WORLD, "auto")


@pytest.mark.parametrize("name", ["name", "email"])
def test_a_line_takes_no_controls_and_no_second_line(
    olga: Browser, scan: Scan, stored: Stored, name: str
) -> None:
    more = {"role": "student", "name": "Noor", "email": "noor@student.example"}
    for text in ("a\0b@c.example", "a\nb@c.example", "a\x1bb@c.example"):
        page = olga.get(f"{scan.path}/feedback").send(more | {name: text, "mail_language": "nl"})
        assert (page.status, page.errors) == (422, [name])
    assert stored.count(Invitation) == 0


def test_names_of_the_whole_world_reach_the_mail_and_the_page(
    olga: Browser, scan: Scan, stored: Stored, browse: Browse, mailbox: Mailbox
) -> None:
    more = {"role": "student", "email": "noor@student.example", "mail_language": "nl"}
    olga.get(f"{scan.path}/feedback").send(more | {"name": WORLD})
    assert stored.values(sa.select(Invitation.name)) == [WORLD]
    [letter] = mailbox.deliver()
    assert WORLD in letter.text
    assert WORLD in browse(language=None).get(letter.link).response.text


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe=\xff",
        b"=&=&&==",
        b"%",
        b"statement-relationship=%ff",
        b"csrf_token=%00",
        b"\0" * 50,
    ],
)
def test_a_body_that_is_no_form_is_refused(
    olga: Browser, draft: Scan, stored: Stored, body: bytes
) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/x"):
        path = f"{draft.path}/part/1"
        assert olga.client.post(path, data=body, content_type=kind).status_code == 400
    assert answers(stored) == {}


def test_thousands_of_fields_are_refused(olga: Browser, draft: Scan) -> None:
    fields = {f"field-{number}": "x" for number in range(5000)}
    assert olga.post(f"{draft.path}/part/1", fields).status in {400, 413}


@pytest.mark.parametrize(
    "path",
    [
        "/scan/1/result",
        "/scan/../../etc/passwd",
        "/scan/%00/result",
        "/scan/00000000-0000-4000-8000-000000000000/result",
        "/feedback/%F0%9F%91%A9/part/1",
        "/sign-in/link/%00",
        "/static/../../app.py",
        "/static/%2e%2e/app.py",
        "/start?next=%00&x=%ff",
        "/" + "x" * 5000,
    ],
)
def test_strange_addresses_get_an_ordinary_answer(olga: Browser, path: str) -> None:
    assert olga.get(path).status in {200, 404}


# As many figures as six, more than a database takes, and figures of another script.
NUMBERS = ("1000000", "99999999999", "9" * 19, "9" * 5000, "-1", "\u0663", "1.0", "0x1")


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{len(number)} of {number[:1]}")
def test_a_number_in_an_address_is_one_that_a_database_takes(
    olga: Browser, browse: Browse, make: Maker, programme_leader: Someone, draft: Scan, number: str
) -> None:
    """Every address with a number in it, of every page that there is."""
    place, piet = make.partnership(), browse(programme_leader)
    known = {"partnership_id": place, "scan_id": draft.id, "key": "check_in", "token": "made-up"}
    rules = [each for each in olga.app.url_map.iter_rules() if "<int" in each.rule]
    assert len(rules) > 5
    for rule in rules:
        path = re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: str(known.get(found[1], number)), rule.rule
        )
        for browser in (olga, piet):
            answer = browser.get(path) if "GET" in (rule.methods or ()) else browser.post(path)
            assert answer.status in {403, 404}, path
