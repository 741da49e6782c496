"""Publishing a questionnaire, its versions, and what new and running scans use."""

import pytest

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Page
from tests.pages.questionnaire import Editor
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.library.models import ContentDraft, PublishedContent

STATEMENT = "statement/self-relationship"
TEXT = "Ik ken mijn student goed."


@pytest.fixture
def piet(browse: Browse, make: Maker, programme_leader: Someone) -> Editor:
    """The leader of the programme, with a draft."""
    path = f"/partnerships/{make.partnership()}/questionnaire"
    editor = Editor(browse(programme_leader), path)
    editor.start()
    return editor


def changes(page: Page) -> list[str]:
    """What the page says that changes, by form and beyond."""
    lists = [each for each in page.main.all("ul") if each.get("class") == "changes"]
    return [each.text for found in lists for each in found.all("li")]


def test_a_draft_that_says_nothing_new_is_not_published(piet: Editor, stored: Stored) -> None:
    page = piet.get("/draft/publish")
    assert "Nothing changed yet" in page.text
    assert "Publish this version" not in page.text
    sent = piet.post("/draft/publish", {"seen": "1"})
    assert sent.status == 409
    assert stored.count(PublishedContent) == 0


def test_what_changes_is_said_in_words(piet: Editor) -> None:
    piet.save(STATEMENT, text_nl=TEXT, text_en="I know my student well.")
    piet.add()
    piet.get("/draft/statement/trainer-taking_part/drop").send(form="/drop")
    piet.save("part/gatekeeper", title_nl="De poort", title_en="The gate")
    found = "\n".join(changes(piet.get("/draft/publish")))
    assert "In other words: I know my student well." in found
    assert "It was: I can build a good professional relationship" in found
    assert "New: Ik stel open vragen." in found
    assert "New: (name) stelt open vragen." in found
    assert "Dropped: (name) takes an active part" in found
    assert "New: Vragen stellen" in found
    assert "The gate" in found


def test_what_has_to_be_mended_is_named_with_the_way_to_it(piet: Editor) -> None:
    piet.save(STATEMENT, text_nl="Ik ken {supervisor}.")
    page = piet.get("/draft/publish")
    assert "Publish this version" not in page.text
    assert f"{piet.path}/draft#statement-self-relationship" in page.links
    sent = piet.post("/draft/publish", {"seen": "2"})
    assert sent.status == 422
    assert "First mend this" in sent.text
    assert "To mend:" in piet.draft().text


def test_advice_is_no_wall(piet: Editor, stored: Stored) -> None:
    piet.save(STATEMENT, text_nl="Ik luister naar mijn student en geef les.")
    piet.add(text_student_nl="", text_trainer_nl="")
    page = piet.get("/draft/publish")
    assert "Only one form asks about this behaviour" in page.text
    assert "seems to ask about two things" in page.text
    assert piet.publish().status == 303
    assert stored.count(PublishedContent) == 1


def test_publishing_twice_gives_one_version_and_says_so(piet: Editor, stored: Stored) -> None:
    piet.save(STATEMENT, text_nl=TEXT)
    page = piet.get("/draft/publish")
    first, second = (page.send(form="/draft/publish").follow() for _click in range(2))
    assert "Version 1 is published." in first.text
    assert "published or thrown away already" in second.text
    assert stored.count(PublishedContent) == 1
    assert stored.count(ContentDraft) == 0


def test_what_somebody_else_changed_is_looked_at_first(
    piet: Editor, browse: Browse, make: Maker, stored: Stored
) -> None:
    pia = Editor(browse(make.person("Pia Programme", Role.PROGRAMME_LEADER)), piet.path)
    piet.save(STATEMENT, text_nl=TEXT)
    page = piet.get("/draft/publish")
    pia.save("statement/self-self_direction", text_nl="Ik wacht af.", text_en="I wait.")
    refused = page.send(form="/draft/publish")
    assert refused.status == 409
    assert "Pia Programme changed the draft" in refused.text
    assert "In other words: I wait." in "\n".join(changes(refused))
    assert stored.count(PublishedContent) == 0
    assert refused.send(form="/draft/publish").status == 303
    assert stored.count(PublishedContent) == 1


def test_throwing_away_asks_first_and_takes_what_it_showed(piet: Editor, stored: Stored) -> None:
    page = piet.get("/draft/discard")
    piet.save(STATEMENT, text_nl=TEXT)
    assert page.send(form="/discard").status == 409
    assert stored.count(ContentDraft) == 1
    gone = piet.get("/draft/discard").send(form="/discard").follow()
    assert "thrown away" in gone.text
    assert stored.count(ContentDraft) == 0
    for path in (
        "/draft",
        "/draft/publish",
        "/draft/discard",
        "/draft/preview",
        f"/draft/{STATEMENT}",
    ):
        assert piet.get(path).status == 409


def test_versions_are_listed_read_and_begun_from(piet: Editor) -> None:
    piet.save(STATEMENT, text_nl=TEXT, text_en="")
    piet.publish()
    piet.start()
    piet.save(STATEMENT, text_nl="Iets anders.", text_en="")
    piet.publish()
    page = piet.get()
    assert "Version 2" in page.text
    assert "Piet Programme" in page.text
    assert TEXT in piet.get("/versions/1").text
    assert "Iets anders." in piet.get("/versions/2").text
    assert "I can build a good professional relationship" in piet.get("/versions/0").text
    for number in (3, 99999):
        assert piet.get(f"/versions/{number}").status == 404
    draft = page.send(form="/versions/1/start").follow()
    assert TEXT in draft.text
    kept = piet.post("/versions/2/start").follow()
    assert "There is a draft already" in kept.text
    assert TEXT in piet.draft().text
