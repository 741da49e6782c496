"""A questionnaire as a file: out, and in again, whole or not at all."""

from copy import deepcopy
from io import BytesIO

import pytest
import sqlalchemy as sa
import yaml

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Page
from tests.pages.questionnaire import Editor
from tests.people import Browse
from zetwpo.library.models import ContentDraft, PublishedContent

DOCUMENT = sa.select(ContentDraft.document)
TEXT = "Ik ken mijn student goed."


@pytest.fixture
def piet(browse: Browse, make: Maker, programme_leader: Someone) -> Editor:
    return Editor(browse(programme_leader), f"/partnerships/{make.partnership()}/questionnaire")


def bring_in(editor: Editor, text: str) -> Page:
    return editor.get("/file").send({"text": text}, form="/file")


def choose(editor: Editor, content: bytes, text: str = "") -> Page:
    """Bring it in as a file that somebody chose."""
    path = f"{editor.path}/file"
    fields = editor.browser.get(path).fields("/file") | {"text": text}
    # Not as fields of the test's own client, which takes a pair for two values.
    sent = fields | {"file": (BytesIO(content), "ours.yaml")}
    return Page(editor.browser, editor.browser.client.post(path, data=sent), path)


def file_of(editor: Editor, path: str) -> str:
    page = editor.get(path)
    assert page.response.headers["Content-Disposition"].endswith('.yaml"')
    return page.response.data.decode()


def test_out_and_in_again_is_the_same(piet: Editor, stored: Stored) -> None:
    piet.start()
    piet.save("statement/self-relationship", text_nl=TEXT, text_en="")
    piet.add()
    out = file_of(piet, "/draft/file")
    assert TEXT in out
    [before] = stored.values(DOCUMENT)
    piet.get("/draft/discard").send(form="/discard")
    page = bring_in(piet, out).follow()
    assert "The file is brought in" in page.text
    assert stored.values(DOCUMENT) == [before]


def test_a_version_comes_out_as_it_was(piet: Editor) -> None:
    found = yaml.safe_load(file_of(piet, "/versions/0/file"))
    assert set(found) == {"axes", "forms"}
    assert len(found["forms"]["student"]["parts"]) == 5


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("nl: Ik kan met", "nl: '{naam} kan met", "Line "),
        ("key: relationship", "key: Relationship", "Line "),
        ("      - key: relationship\n", "      - key: self_direction\n", "stands here twice"),
        (
            "behaviours:\n              - relationship",
            "behaviours:\n              - judging_level",
            "no behaviour",
        ),
        ("axes:", "axis:", "does not belong here"),
    ],
)
def test_a_file_with_a_mistake_changes_nothing(
    piet: Editor, stored: Stored, old: str, new: str, says: str
) -> None:
    piet.start()
    out = file_of(piet, "/draft/file")
    before = stored.values(DOCUMENT)
    wrong = out.replace(old, new)
    assert wrong != out, out[:3000]
    page = bring_in(piet, wrong)
    assert page.status == 422
    assert says in page.text
    assert page.value("text").split() == wrong.split()
    assert stored.values(DOCUMENT) == before


def test_a_file_with_two_hundred_statements_and_one_of_two_thousand_letters(
    piet: Editor, stored: Stored
) -> None:
    document = yaml.safe_load(file_of(piet, "/versions/0/file"))
    part = document["forms"]["student"]["parts"][0]
    first = part["statements"][0]
    first["text"]["nl"] = "a" * 2000
    part["statements"] += [deepcopy(first) | {"key": f"own_{number}"} for number in range(200)]
    page = bring_in(piet, yaml.safe_dump(document))
    # A draft may be wrong; what is published may not.
    assert page.status == 303
    found = piet.get("/draft/publish").text
    assert "60 statements at most" in found
    assert "more than 400 letters" in found
    assert piet.draft().status == 200
    assert piet.post("/draft/publish", {"seen": "2"}).status == 422
    assert stored.count(PublishedContent) == 0


@pytest.mark.parametrize("text", ["", "a: [", "- one\n- two", "&a [*a]", "!!python/object:os {}"])
def test_what_is_no_questionnaire(piet: Editor, stored: Stored, text: str) -> None:
    assert bring_in(piet, text).status == 422
    assert stored.count(ContentDraft) == 0


def test_a_draft_that_somebody_changed_is_not_written_over_unseen(
    piet: Editor, stored: Stored
) -> None:
    out = file_of(piet, "/versions/0/file")
    page = piet.get("/file")
    piet.start()
    piet.save("statement/self-relationship", text_nl=TEXT)
    before = stored.values(DOCUMENT)
    refused = page.send({"text": out}, form="/file")
    assert refused.status == 409
    assert stored.values(DOCUMENT) == before
    assert refused.send(form="/file").status == 303
    assert stored.values(DOCUMENT) != before


def test_a_file_is_chosen_or_pasted(piet: Editor, stored: Stored) -> None:
    out = file_of(piet, "/versions/0/file").encode()
    both = choose(piet, out, "something")
    assert (both.status, both.errors) == (422, ["text"])
    too_large = choose(piet, b"#" * (1024 * 1024 + 1))
    assert too_large.status in {413, 422}
    assert stored.count(ContentDraft) == 0
    assert choose(piet, b"\xff\xfe\x00").status == 422
    assert choose(piet, b"\xef\xbb\xbf" + out).status == 303
    assert stored.count(ContentDraft) == 1
