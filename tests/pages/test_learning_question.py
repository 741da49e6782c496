"""Drafting a learning question: versions are kept, and nobody overwrites one unseen."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Scan, Someone
from tests.pages.client import Browser, Page
from tests.people import Browse, sign_in
from zetwpo.cycle.models import LearningQuestion, LearningQuestionVersion

FIRST = "Why do I take the lead so quickly?"
SECOND = "What happens when I wait?"


def open_page(browser: Browser, scan: Scan) -> Page:
    return browser.get(f"{scan.path}/learning-question")


def write(browser: Browser, scan: Scan, text: str, axis: str = "gatekeeper", **more: str) -> Page:
    return open_page(browser, scan).send({"axis": axis, "text": text} | more)


def versions(stored: Stored) -> list[tuple[Any, ...]]:
    version = LearningQuestionVersion
    return [
        tuple(row)
        for row in stored.rows(
            sa.select(version.number, version.axis, version.text).order_by(version.number)
        )
    ]


def test_a_question_is_kept_with_its_axis(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = write(olga, scan, FIRST).follow()
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert (page.value("axis"), page.value("text")) == ("gatekeeper", FIRST)


def test_earlier_versions_stay_readable(olga: Browser, scan: Scan, stored: Stored) -> None:
    write(olga, scan, FIRST)
    page = write(olga, scan, SECOND, "developmental").follow()
    assert versions(stored) == [(1, "gatekeeper", FIRST), (2, "developmental", SECOND)]
    assert stored.count(LearningQuestion) == 1
    grown = [each.text for each in page.main.all("blockquote")]
    assert grown == [SECOND, FIRST]


def test_the_same_text_twice_is_one_version(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = open_page(olga, scan)
    fields = {"axis": "gatekeeper", "text": FIRST}
    assert [page.send(fields).status for _time in range(2)] == [303, 303]
    assert versions(stored) == [(1, "gatekeeper", FIRST)]


def test_the_prompts_and_examples_stand_beside_the_field(olga: Browser, scan: Scan) -> None:
    page = open_page(olga, scan)
    [aside] = page.main.all("aside")
    assert len([each for each in aside.all("dt") if each.text.endswith("?")]) >= 5
    assert [each for each in aside.all("dl") if each.get("class") == "example"]
    axes = [each for each in page.main.all("input", type="radio") if each.get("name") == "axis"]
    assert len(axes) == 5


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"axis": "wisdom"}, "axis"),
        ({"axis": ""}, "axis"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_its_error(
    olga: Browser, scan: Scan, stored: Stored, changed: dict[str, str], field: str
) -> None:
    sent = {"axis": "gatekeeper", "text": FIRST} | changed
    page = open_page(olga, scan).send(sent)
    assert (page.status, page.errors) == (422, [field])
    assert page.value("text") == sent["text"].strip()
    assert versions(stored) == []


def test_a_version_written_elsewhere_is_not_overwritten_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    write(browse(owner), scan, FIRST)
    refused = page.send({"axis": "developmental", "text": SECOND})
    assert refused.status == 409
    assert refused.value("text") == SECOND
    assert FIRST in refused.text
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert refused.send().status == 303
    assert [text for _number, _axis, text in versions(stored)] == [FIRST, SECOND]


def test_a_broken_number_is_refused_with_the_text(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    page = write(olga, scan, FIRST, seen="x")
    assert page.status == 400
    assert FIRST in page.text
    assert versions(stored) == []


def test_the_scan_comes_first(olga: Browser, draft: Scan, stored: Stored) -> None:
    assert open_page(olga, draft).status == 409
    page = olga.post(f"{draft.path}/learning-question", {"axis": "gatekeeper", "text": FIRST})
    assert page.status == 409
    assert FIRST in page.text
    assert stored.count(LearningQuestion) == 0


def test_nobody_else_reads_or_writes_it(outsider: Browser, scan: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert open_page(outsider, scan).status == 404
    fields = {"axis": "gatekeeper", "text": FIRST, "seen": "0"}
    assert outsider.post(f"{scan.path}/learning-question", fields).status == 404
    assert stored.everything() == before


def test_who_is_signed_out_gets_the_text_back_and_can_send_it_again(
    olga: Browser, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    olga.post("/sign-out")
    assert open_page(olga, scan).location.startswith("/sign-in")
    sent = page.fields() | {"axis": "gatekeeper", "text": FIRST}
    refused = olga.post(f"{scan.path}/learning-question", sent)
    assert refused.status == 401
    assert FIRST in refused.text
    sign_in(olga, owner)
    assert refused.send().status == 303
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
