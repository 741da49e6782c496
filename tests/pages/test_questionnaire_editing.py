"""Changing a partnership's own questionnaire: words, statements, behaviours and their order."""

import re

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Browser, Page
from tests.pages.questionnaire import Editor, anchors, place
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.library.models import ContentDraft

STATEMENT = "statement/student-relationship"
DRAFT = sa.select(ContentDraft.document, ContentDraft.revision)
FORMS = ("self", "student", "trainer")
TEXT = "Mijn begeleider kent mij."


@pytest.fixture
def path(make: Maker, programme_leader: Someone) -> str:
    return f"/partnerships/{make.partnership()}/questionnaire"


@pytest.fixture
def piet(browse: Browse, programme_leader: Someone, path: str) -> Editor:
    """The leader of the programme, with a draft."""
    editor = Editor(browse(programme_leader), path)
    editor.start()
    return editor


@pytest.fixture
def pia(browse: Browse, make: Maker, path: str) -> Editor:
    """Another leader of the same programme."""
    return Editor(browse(make.person("Pia Programme", Role.PROGRAMME_LEADER)), path)


def new_behaviours(page: Page) -> list[str]:
    """The places of behaviours that the product does not have."""
    found = re.compile(r"behaviour-own_[0-9a-f]{8}")
    return [each for each in anchors(page, "behaviour-") if found.fullmatch(each)]


def test_the_draft_has_every_statement_under_its_behaviour(piet: Editor) -> None:
    page = piet.draft()
    assert len(anchors(page, "behaviour-")) == 2 * 20
    counts = {form: len(anchors(page, f"statement-{form}-")) for form in FORMS}
    assert counts == {"self": 19, "student": 18, "trainer": 19}
    row = place(page, "behaviour-taking_part")
    assert "Does not ask about this." in row.text
    ways = [each.get("href") for each in row.all("a")]
    assert f"{piet.path}/draft/new-statement/student-taking_part" in ways


def test_a_statement_is_said_in_other_words(piet: Editor) -> None:
    saved = piet.save(STATEMENT, text_nl=TEXT, text_en="")
    assert saved.location.endswith("/draft")
    said = place(saved.follow(), "statement-student-relationship").text
    assert TEXT in said
    assert "no English yet" in said
    page = piet.edit(STATEMENT)
    assert page.value("text_nl") == TEXT
    assert page.value("text_en") == ""
    assert "Not everything here has been translated into English" in page.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text_nl": " "}, "text_nl"),
        ({"text_nl": "a" * 401}, "text_nl"),
        ({"text_nl": "a" * 2000}, "text_nl"),
        ({"text_en": "a" * 401}, "text_en"),
        ({"text_nl": "Voor {naam}"}, "text_nl"),
        ({"text_en": "For {supervisor"}, "text_en"),
        ({"example_1_nl": "Zo {x}"}, "example_1_nl"),
        ({"behaviour": "nowhere"}, "behaviour"),
        ({"also": "judging_level"}, "also"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_place(
    piet: Editor, stored: Stored, fields: dict[str, str], field: str
) -> None:
    before = stored.rows(DRAFT)
    page = piet.save(STATEMENT, **{"text_en": "Something", **fields})
    assert (page.status, page.errors) == (422, [field])
    assert page.tree.all("title")[0].raw_text.startswith("Error:")
    name, value = next(iter(fields.items()))
    if name.startswith(("text", "example")):
        assert page.value(name) == value.strip()
    assert stored.rows(DRAFT) == before


def test_examples_come_and_go(piet: Editor) -> None:
    page = piet.edit(STATEMENT)
    second = page.value("example_1_nl")
    piet.save(STATEMENT, example_0_nl="", example_0_en="", example_2_nl="Die vraagt hoe het gaat.")
    page = piet.edit(STATEMENT)
    assert page.value("example_0_nl") == second
    assert page.value("example_1_nl") == "Die vraagt hoe het gaat."
    assert page.value("example_2_nl") == ""


def test_a_statement_moves_to_the_part_of_its_behaviour(piet: Editor) -> None:
    page = piet.save(STATEMENT, behaviour="judging_level").follow()
    row = place(page, "behaviour-judging_level")
    assert [each for each in row.walk() if each.get("id") == "statement-student-relationship"]
    assert "Does not ask about this." in place(page, "behaviour-relationship").text


def test_two_behaviours_of_one_statement(piet: Editor) -> None:
    page = piet.save(STATEMENT, also="tailored_guidance").follow()
    assert "Also about:" in place(page, "behaviour-relationship").text
    assert "Also about:" in place(page, "behaviour-tailored_guidance").text
    stays = page.send({"part": "gatekeeper"}, form="/draft/behaviour/relationship/to").follow()
    assert "is also about another behaviour" in stays.text
    assert "behaviour-relationship" in anchors(stays, "behaviour-")[0]


def test_a_behaviour_is_added_in_all_three_forms(piet: Editor) -> None:
    saved = piet.add()
    page = saved.follow()
    [added] = new_behaviours(page)
    assert saved.response.location.endswith(f"#{added}")
    row = place(page, added)
    assert [each.text for each in row.all("h4")] == [
        "Self-scan for workplace supervisors",
        "Student feedback for the supervisor",
        "Trainer feedback for the supervisor",
    ]
    assert "(name) stelt open vragen." in row.text


def test_adding_twice_adds_once(piet: Editor) -> None:
    page = piet.edit("new-behaviour/pedagogical")
    fields = {"name_nl": "Een", "opening_question_nl": "Hoe?", "text_self_nl": "Ik doe het."}
    assert [page.send(fields).status for _time in range(2)] == [303, 303]
    assert len(new_behaviours(piet.draft())) == 1


@pytest.mark.parametrize("key", ["relationship", "own_x", "", "own_0123456789abcdef"])
def test_a_key_that_no_page_of_ours_gives(piet: Editor, key: str) -> None:
    page = piet.add(key=key)
    assert page.status == 404


def test_a_form_that_misses_a_behaviour_gets_it(piet: Editor) -> None:
    piet.save("new-statement/student-taking_part", text_nl="Mijn begeleider gaat naar avonden.")
    assert "Mijn begeleider gaat naar avonden." in place(piet.draft(), "behaviour-taking_part").text


def test_a_behaviour_moves_up_and_to_another_part(piet: Editor) -> None:
    page = piet.draft()
    moved = page.send({"step": "up"}, form="/draft/behaviour/tailored_guidance/move")
    page = moved.follow()
    assert moved.response.location.endswith("#behaviour-tailored_guidance")
    assert anchors(page, "behaviour-")[0] == "behaviour-tailored_guidance"
    for form in FORMS:
        assert anchors(page, f"statement-{form}-")[0] == f"statement-{form}-tailored_guidance"
    page = page.send({"part": "gatekeeper"}, form="/draft/behaviour/relationship/to").follow()
    gatekeeper = place(page, "part-gatekeeper")
    rows = [each.get("id") for each in gatekeeper.all("article")]
    assert rows[-1] == "behaviour-relationship"


@pytest.mark.parametrize("fields", [{}, {"step": "sideways"}])
def test_a_move_that_no_button_of_ours_sends(piet: Editor, fields: dict[str, str]) -> None:
    page = piet.post("/draft/behaviour/relationship/move", fields)
    assert page.status == 400
    assert piet.post("/draft/behaviour/nowhere/move", {"step": "up"}).status == 409
    assert piet.post("/draft/behaviour/relationship/to", {"part": "nowhere"}).status == 409


def test_dropping_asks_first_and_says_what_goes_along(piet: Editor) -> None:
    ask = piet.get("/draft/behaviour/judging_level/drop")
    assert len(ask.main.all("dd")) == 3
    assert anchors(piet.draft(), "behaviour-judging_level")
    page = ask.send(form="/drop").follow()
    assert not anchors(page, "behaviour-judging_level")
    assert not anchors(page, "statement-self-judging_level")
    ask = piet.get("/draft/statement/self-relationship/drop")
    page = ask.send(form="/drop").follow()
    assert not anchors(page, "statement-self-relationship")
    assert anchors(page, "statement-student-relationship")


def test_names_and_labels_of_a_part(piet: Editor) -> None:
    item = "part/gatekeeper"
    page = piet.save(item, title_nl="De poort", label_short_nl="De\npoort", title_en="The gate")
    assert "The gate" in place(page.follow(), "part-gatekeeper").text
    assert piet.edit(item).value("label_short_nl") == "De\npoort"
    too_long = piet.save(item, label_short_nl="abcdefghijklmnopqrstuvwxyz")
    assert (too_long.status, too_long.errors) == (422, ["label_short_nl"])


def test_the_preview_follows_what_is_typed_and_stores_nothing(piet: Editor, stored: Stored) -> None:
    before = stored.rows(DRAFT)
    page = piet.edit(STATEMENT)
    fields = page.fields(f"/draft/{STATEMENT}") | {"text_en": "My supervisor <b>knows</b> me."}
    card = piet.post(f"/draft/{STATEMENT}/card", fields)
    assert "My supervisor &lt;b&gt;knows&lt;/b&gt; me." in card.json["html"]
    assert card.json["html"].count('class="phone"') == 3
    shown = piet.post(f"/draft/{STATEMENT}/preview", fields)
    assert shown.status == 200
    assert "My supervisor <b>knows</b> me." in shown.text
    assert shown.value("text_en") == "My supervisor <b>knows</b> me."
    assert stored.rows(DRAFT) == before


def test_a_preview_says_what_is_in_its_way(piet: Editor) -> None:
    fields = piet.edit(STATEMENT).fields(f"/draft/{STATEMENT}")
    card = piet.post(f"/draft/{STATEMENT}/card", fields | {"text_nl": "Voor {naam}"})
    assert "There is no preview yet" in card.json["html"]
    strange = piet.post(f"/draft/{STATEMENT}/card", fields | {"behaviour": "nowhere"})
    assert "There is no preview yet" in strange.json["html"]
    empty = piet.post(f"/draft/{STATEMENT}/card", {})
    assert empty.status == 200


def test_three_forms_and_the_chart_of_each_part(piet: Editor) -> None:
    for axis in ("pedagogical", "gatekeeper", "nowhere"):
        page = piet.get(f"/draft/preview?part={axis}")
        assert len([each for each in page.main.walk() if each.get("class") == "phone"]) == 3
        disabled = [each for each in page.main.all("fieldset") if "disabled" in each.attributes]
        for control in page.main.all("input", "textarea", "button"):
            if control.get("type") != "hidden":
                assert set(control.ancestors()) & set(disabled), control.attributes


def test_two_who_change_the_same_words_get_a_choice(piet: Editor, pia: Editor) -> None:
    page = pia.edit(STATEMENT)
    piet.save(STATEMENT, text_nl=TEXT, text_en="")
    clash = page.send({"text_nl": "Mijn begeleider ziet mij."}, form=f"/draft/{STATEMENT}")
    assert clash.status == 409
    assert "Piet Programme changed the same words" in clash.text
    assert clash.errors == ["text_nl"]
    assert TEXT in clash.main.text
    assert clash.value("text_nl") == "Mijn begeleider ziet mij."
    assert TEXT in piet.draft().text
    # Theirs: nothing is sent any more. Mine: once more.
    left = clash.browser.post(
        f"{pia.path}/draft/theirs", {"next": f"{pia.path}/draft"}, shown_on=clash.path
    )
    assert left.location == f"{pia.path}/draft"
    assert TEXT in pia.draft().text
    kept = clash.send(form=f"/draft/{STATEMENT}")
    assert kept.status == 303
    assert "Mijn begeleider ziet mij." in pia.draft().text
    assert pia.edit(STATEMENT).value("text_en") == ""


def test_two_who_change_other_words_both_keep_theirs(piet: Editor, pia: Editor) -> None:
    page = pia.edit(STATEMENT)
    piet.save(STATEMENT, text_nl=TEXT, text_en="")
    saved = page.send({"example_0_nl": "Die groet mij."}, form=f"/draft/{STATEMENT}")
    assert saved.status == 303
    page = piet.edit(STATEMENT)
    assert (page.value("text_nl"), page.value("example_0_nl")) == (TEXT, "Die groet mij.")


def test_what_somebody_else_dropped_comes_back_to_its_author(piet: Editor, pia: Editor) -> None:
    page = pia.edit(STATEMENT)
    piet.get(f"/draft/{STATEMENT}/drop").send(form="/drop")
    lost = page.send({"text_nl": "Dit schreef ik."}, form=f"/draft/{STATEMENT}")
    assert lost.status == 404
    assert "Dit schreef ik." in lost.text
    assert pia.edit(STATEMENT).status == 404


def test_only_who_leads_the_programme_here(
    piet: Editor, browse: Browse, make: Maker, outsider: Browser
) -> None:
    other = make.person("Ot Other", Role.PROGRAMME_LEADER, partnership="Elsewhere")
    elsewhere = browse(other)
    for path in ("", "/draft", f"/draft/{STATEMENT}", "/draft/publish", "/draft/file", "/file"):
        assert outsider.get(piet.path + path).status == 403
        assert elsewhere.get(piet.path + path).status == 404
        assert browse().get(piet.path + path).location.startswith("/sign-in")
    for path in ("/start", f"/draft/{STATEMENT}", f"/draft/{STATEMENT}/card", "/draft/publish"):
        assert elsewhere.post(piet.path + path, {"text_nl": "x"}).status == 404


def test_the_place_of_the_name_is_written_as_it_is_shown(piet: Editor, stored: Stored) -> None:
    new = piet.edit("new-behaviour/pedagogical")
    assert "Write (name) where the supervisor’s name goes." in new.text
    saved = piet.add(
        text_trainer_nl="(naam) vraagt door. ( Naam ) luistert.", text_trainer_en="(name) asks."
    )
    [anchor] = new_behaviours(saved.follow())
    kept = str(stored.rows(DRAFT)[0][0])
    assert "{supervisor} vraagt door. {supervisor} luistert." in kept
    assert "{supervisor} asks." in kept
    item = f"statement/trainer-{anchor.removeprefix('behaviour-')}"
    page = piet.edit(item)
    assert page.value("text_nl") == "(naam) vraagt door. (naam) luistert."
    assert page.value("text_en") == "(name) asks."
    # What comes back as it was shown changes nothing.
    piet.save(item)
    assert str(stored.rows(DRAFT)[0][0]) == kept
    # In a form that knows no name it is a word like any other.
    piet.save("statement/self-relationship", text_nl="Ik ken (naam).")
    assert "Ik ken (naam)." in str(stored.rows(DRAFT)[0][0])


def test_what_is_missing_is_named_above_the_form(piet: Editor) -> None:
    refused = piet.save("new-behaviour/pedagogical")
    assert refused.errors == ["name_nl", "opening_question_nl"]
    [box] = [each for each in refused.main.walk() if each.get("class") == "errors"]
    said = [each.text for each in box.all("a")]
    assert len(set(said)) == 2


def test_who_comes_back_to_what_is_gone_finds_the_way_on(piet: Editor) -> None:
    item = "behaviour/taking_part"
    piet.edit(f"{item}/drop").send(form="/drop")
    gone = piet.edit(f"{item}/drop")
    assert gone.status == 404
    assert f"{piet.path}/draft" in gone.links
    piet.publish()
    late = piet.get("/draft/publish")
    assert (late.status, piet.path in late.links) == (409, True)
