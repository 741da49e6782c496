"""Methods that a partnership keeps itself: made, changed by two, published, and taken out again."""

import re

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.methods import small_method
from tests.pages.client import Browser, Fields, Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.library.models import ContentDraft, PublishedContent

DRAFTS = sa.select(ContentDraft.key, ContentDraft.document, ContentDraft.revision)
PUBLISHED = sa.select(
    PublishedContent.key, PublishedContent.version, PublishedContent.document
).order_by(PublishedContent.version)
WORDS = {
    "title": "Wandelen in tweetallen",
    "good_for": "Buiten praat je makkelijker.",
    "what": "Loop samen een blokje om.",
    "phases": "explore",
    "doing": "active",
    "least": "2",
}


class Kept:
    """The own methods of a partnership, in the browser of whoever keeps them."""

    def __init__(self, browser: Browser, path: str) -> None:
        self.browser, self.path = browser, path

    def get(self, path: str = "") -> Page:
        return self.browser.get(self.path + path)

    def post(self, path: str, fields: Fields | None = None) -> Page:
        return self.browser.post(self.path + path, fields)

    def make(self, **fields: str) -> Page:
        """Fill in the page for a new one with one step, and save it."""
        page = self.get("/new")
        step = steps(page)[0]
        words = {f"{step}_title": "Loop", f"{step}_text": "Naar buiten.", f"{step}_minutes": "10"}
        return page.send(WORDS | words | fields, form="/new")

    def publish(self, key: str) -> Page:
        return self.get(f"/{key}/look").send(form="/look")


def steps(page: Page) -> list[str]:
    """How the names of the fields of each step begin, in their order."""
    names = [each.get("name") for each in page.main.all("input")]
    return [name.removesuffix("_title") for name in names if re.fullmatch(r"step_.*_title", name)]


def key_in(page: Page) -> str:
    """The key in the address to which an answer leads."""
    found = re.search(r"made_[0-9a-f]{32}", page.location)
    assert found, page.text
    return found[0]


@pytest.fixture
def path(make: Maker, facilitator: Someone) -> str:
    return f"/partnerships/{make.partnership()}/methods/own"


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, path: str) -> Kept:
    """A facilitator."""
    return Kept(browse(facilitator), path)


@pytest.fixture
def fay(browse: Browse, make: Maker, path: str) -> Kept:
    """Another facilitator of the same partnership."""
    return Kept(browse(make.person("Fay Facilitator", Role.FACILITATOR)), path)


def test_a_method_is_made_looked_at_and_published(fem: Kept, fay: Kept, stored: Stored) -> None:
    saved = fem.make(why="Je loopt in hetzelfde tempo.", material="Jassen\nEen vraag op een kaart")
    key = key_in(saved)
    assert saved.location.endswith(f"/{key}/look")
    look = saved.follow()
    for words in (*list(WORDS.values())[:3], "10 minutes", "2 people or more", "Een vraag op een"):
        assert words in look.main.text
    assert not stored.rows(PUBLISHED)
    assert WORDS["title"] in fay.get().text
    published = look.send(form="/look").follow()
    assert published.heading == WORDS["title"]
    [[_key, version, document]] = stored.rows(PUBLISHED)
    assert (version, document["steps"][0]["minutes"], document["key"]) == (1, 10, key)
    assert not stored.rows(DRAFTS)
    late = fem.post(f"/{key}/look", {"seen": "1"})
    assert late.location == fem.path
    assert len(stored.rows(PUBLISHED)) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 101}, "title"),
        ({"good_for": ""}, "good_for"),
        ({"what": ""}, "what"),
        ({"what": "Voor {naam}"}, "what"),
        ({"why": "a" * 701}, "why"),
        ({"phases": "nowhere"}, "phases"),
        ({"doing": "nothing"}, "doing"),
        ({"least": "0"}, "least"),
        ({"least": "veel"}, "least"),
        ({"least": "101"}, "least"),
        ({"least": "²", "most": "4"}, "least"),
        ({"least": "5", "most": "4"}, "most"),
        ({"material": "\n".join("abcdefghijk")}, "material"),
        ({"material": "a" * 141}, "material"),
        ({"STEP_title": ""}, "STEP_title"),
        ({"STEP_text": ""}, "STEP_text"),
        ({"STEP_text": "Zo {x}"}, "STEP_text"),
        ({"STEP_minutes": ""}, "STEP_minutes"),
        ({"STEP_minutes": "181"}, "STEP_minutes"),
        ({"STEP_minutes": "half an hour"}, "STEP_minutes"),
        ({"STEP_most": "9"}, "STEP_most"),
        ({"STEP_title": "", "STEP_text": "", "STEP_minutes": ""}, "STEP_title"),
        ({"SECOND_text": "Praat."}, "SECOND_title"),
        ({"variant_0_text": "In stilte"}, "variant_0_title"),
        ({"variant_4_title": "In stilte"}, "variant_4_text"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    fem: Kept, stored: Stored, fields: dict[str, str], wrong: str
) -> None:
    names = dict(zip(("STEP", "SECOND"), steps(fem.get("/new")), strict=False))

    def real(name: str) -> str:
        for short, step in names.items():
            name = name.replace(short, step)
        return name

    sent = {real(name): value for name, value in fields.items()}
    page = fem.make(**sent)
    assert page.status == 422
    assert page.errors[0] == real(wrong)
    assert page.tree.all("title")[0].raw_text.startswith("Error:")
    # Nothing that was typed is lost.
    for name, value in ({"title": WORDS["title"]} | sent).items():
        if name not in {"phases", "doing"}:
            assert page.value(name) == value.strip()
    assert not stored.rows(DRAFTS)


def test_only_a_number_is_written_as_one(fem: Kept, stored: Stored) -> None:
    fem.make(title="007", least="03")
    [[_key, document, _revision]] = stored.rows(DRAFTS)
    assert document["title"]["nl"] == "007"
    assert document["people"]["least"] == 3


def test_two_clicks_make_one(fem: Kept, stored: Stored) -> None:
    page = fem.get("/new")
    step = steps(page)[0]
    sent = WORDS | {
        f"{step}_title": "Loop",
        f"{step}_text": "Ga\nnaar buiten.",
        f"{step}_minutes": "05",
    }
    first, second = (page.send(sent, form="/new") for _click in range(2))
    assert (first.status, second.location) == (303, first.location)
    [[_key, document, revision]] = stored.rows(DRAFTS)
    assert (len(document["steps"]), revision) == (1, 1)


@pytest.mark.parametrize("key", ["", "made_up", "check_in", "own_" + "0" * 32])
def test_a_key_that_no_page_of_ours_gave_is_refused(fem: Kept, stored: Stored, key: str) -> None:
    page = fem.get("/new")
    assert page.send(WORDS | {"key": key}, form="/new").status == 400
    assert not stored.rows(DRAFTS)


def test_steps_are_added_moved_and_dropped_and_what_was_typed_stays(fem: Kept) -> None:
    key = key_in(fem.make())
    for name in ("Praat", "Kom terug"):
        page = fem.get(f"/{key}")
        new = next(step for step in steps(page) if not page.value(f"{step}_title"))
        words = {f"{new}_title": name, f"{new}_text": f"{name}!", f"{new}_minutes": "5"}
        assert page.send(words, form=f"/{key}").status == 303
    page = fem.get(f"/{key}")
    loop, praat, terug = steps(page)[:3]
    fields = page.fields(f"/{key}") | {"title": "Wandelen", "places": "up"}
    moved = fem.post(f"/{key}/steps/{terug.removeprefix('step_')}/move", fields)
    assert moved.location == f"{fem.path}/{key}"
    page = fem.get(f"/{key}")
    assert steps(page)[:3] == [loop, terug, praat]
    assert page.value("title") == "Wandelen"
    fields = page.fields(f"/{key}") | {f"{loop}_text": "Nog eens."}
    fem.post(f"/{key}/steps/{praat.removeprefix('step_')}/drop", fields)
    page = fem.get(f"/{key}")
    assert [page.value(f"{step}_title") for step in steps(page)][:3] == ["Loop", "Kom terug", ""]
    assert page.value(f"{loop}_text") == "Nog eens."


def test_a_button_of_a_form_that_cannot_be_kept_does_nothing_but_say_so(fem: Kept) -> None:
    key = key_in(fem.make())
    page = fem.get(f"/{key}")
    step = steps(page)[0].removeprefix("step_")
    fields = page.fields(f"/{key}") | {"title": "", "places": "up"}
    for way in ("move", "drop"):
        refused = fem.post(f"/{key}/steps/{step}/{way}", fields)
        assert (refused.status, refused.errors) == (422, ["title"])
    assert fem.post(f"/{key}/steps/{step}/move", page.fields(f"/{key}")).status == 400
    only = fem.post(f"/{key}/steps/{step}/drop", page.fields(f"/{key}")).follow()
    assert "A method has one step at least" in only.text
    gone = fem.post(f"/{key}/steps/gone/move", page.fields(f"/{key}") | {"places": "up"})
    assert gone.status == 303
    assert steps(fem.get(f"/{key}"))[0] == f"step_{step}"


def test_two_who_change_other_words_both_keep_theirs(fem: Kept, fay: Kept) -> None:
    key = key_in(fem.make())
    hers = fay.get(f"/{key}")
    mine = fem.get(f"/{key}")
    step = steps(mine)[0]
    assert mine.send({"title": "Wandelen", f"{step}_title": "Ga"}, form=f"/{key}").status == 303
    new = steps(hers)[1]
    words = {f"{new}_title": "Praat", f"{new}_text": "Met elkaar.", f"{new}_minutes": "5"}
    assert hers.send(words | {"pitfall": "Regen."}, form=f"/{key}").status == 303
    # And Fem, whose page is old as well, adds one too.
    new = steps(mine)[1]
    words = {f"{new}_title": "Terug", f"{new}_text": "Weer naar binnen.", f"{new}_minutes": "5"}
    assert (
        mine.send(words | {"title": "Wandelen", f"{step}_title": "Ga"}, form=f"/{key}").status
        == 303
    )
    page = fem.get(f"/{key}")
    assert page.value("title") == "Wandelen"
    assert page.value("pitfall") == "Regen."
    assert [page.value(f"{each}_title") for each in steps(page)][:3] == ["Ga", "Praat", "Terug"]


def test_two_who_change_the_same_words_get_a_choice(fem: Kept, fay: Kept, stored: Stored) -> None:
    key = key_in(fem.make())
    hers, mine = fay.get(f"/{key}"), fem.get(f"/{key}")
    step = steps(mine)[0]
    mine.send(
        {"what": "Ga lopen.", f"{step}_text": "Naar het park.", "phases": "deepen"}, form=f"/{key}"
    )
    before = stored.rows(DRAFTS)
    words = {"what": "Ga fietsen.", f"{step}_text": "Naar zee.", "phases": "design"}
    clash = hers.send(words, form=f"/{key}")
    assert clash.status == 409
    assert "Fem Facilitator changed the same words" in clash.text
    assert set(clash.errors) == {"what", f"{step}_text", "phases"}
    for text in ("Ga lopen.", "Naar het park.", "Deepen"):
        assert text in clash.main.text
    assert clash.value("what") == "Ga fietsen."
    assert stored.rows(DRAFTS) == before
    # Once more, hers count.
    assert clash.send(form=f"/{key}").status == 303
    page = fem.get(f"/{key}")
    assert (page.value("what"), page.value(f"{step}_text")) == ("Ga fietsen.", "Naar zee.")
    assert page.value("phases") == "design"


def test_a_step_that_was_dropped_meanwhile_comes_back_with_its_author(fem: Kept, fay: Kept) -> None:
    key = key_in(fem.make())
    page = fem.get(f"/{key}")
    first, new = steps(page)[:2]
    words = {f"{new}_title": "Praat", f"{new}_text": "Met elkaar.", f"{new}_minutes": "5"}
    page.send(words, form=f"/{key}")
    hers = fay.get(f"/{key}")
    fields = fem.get(f"/{key}").fields(f"/{key}")
    fem.post(f"/{key}/steps/{new.removeprefix('step_')}/drop", fields)
    clash = hers.send({f"{new}_text": "Over je vraag."}, form=f"/{key}")
    assert clash.status == 409
    assert clash.value(f"{new}_text") == "Over je vraag."
    again = clash.send({f"{new}_title": "Praat", f"{new}_minutes": "5"}, form=f"/{key}")
    assert again.status == 303
    assert [*steps(fem.get(f"/{key}"))[:2]] == [first, new]


def test_whoever_publishes_what_changed_meanwhile_looks_once_more(fem: Kept, fay: Kept) -> None:
    key = key_in(fem.make())
    look = fem.get(f"/{key}/look")
    fay.get(f"/{key}").send({"title": "Fietsen"}, form=f"/{key}")
    late = look.send(form="/look")
    assert late.status == 409
    assert "Fay Facilitator changed the draft" in late.text
    assert "Fietsen" in late.text
    thrown = fem.get(f"/{key}/discard")
    fay.get(f"/{key}").send({"title": "Varen"}, form=f"/{key}")
    assert thrown.send(form="/discard").status == 409
    assert late.browser.get(f"{fem.path}/{key}/look").send(form="/look").status == 303


def test_what_has_to_be_mended_is_said_before_publishing(
    fem: Kept, make: Maker, facilitator: Someone
) -> None:
    steps_of = [
        {"key": f"s{n}", "title": {"nl": "Stap"}, "text": {"nl": "Doe"}, "minutes": 100}
        for n in range(2)
    ]
    draft = make.method_draft(facilitator, small_method(steps=steps_of))
    look = fem.get(f"/{draft.key}/look")
    assert "First mend this" in look.text
    assert "200 minutes" in look.text
    refused = fem.post(f"/{draft.key}/look", {"seen": str(draft.revision)})
    assert refused.status == 422


def test_a_changed_method_is_a_new_version_and_the_old_one_stays(fem: Kept, stored: Stored) -> None:
    key = key_in(fem.make())
    fem.publish(key)
    library = fem.path.removesuffix("/own")
    method = fem.browser.get(f"{library}/{key}")
    edit = method.send(form=f"/from/{key}")
    assert edit.location.endswith(f"/own/{key}")
    edit.follow().send({"title": "Wandelen"}, form=f"/{key}").follow().send(form="/look")
    assert fem.browser.get(f"{library}/{key}").heading == "Wandelen"
    old = fem.browser.get(f"{library}/{key}/versions/1")
    assert old.heading == WORDS["title"]
    assert f"{library}/{key}" in old.links
    assert [row[1] for row in stored.rows(PUBLISHED)] == [1, 2]
    # The same once more is nothing new.
    again = fem.post(f"/from/{key}").follow()
    again.send(form=f"/{key}").follow().send(form="/look")
    assert len(stored.rows(PUBLISHED)) == 2


def test_a_copy_of_one_of_the_product_stands_beside_it(fem: Kept, stored: Stored) -> None:
    library = fem.path.removesuffix("/own")
    page = fem.browser.get(f"{library}/training_didactics").send(form="/from/training_didactics")
    key = key_in(page)
    page = page.follow()
    assert page.value("title") == "Vormen van opleidingsdidactiek"
    page.send({"title": "Onze kaartjes"}, form=f"/{key}").follow().send(form="/look")
    [[_key, version, document]] = stored.rows(PUBLISHED)
    assert (version, len(document["cards"])) == (1, 20)
    cards = fem.browser.get(f"{library}/cards?card={key}&sheets=yes")
    assert "Onze kaartjes" in cards.text
    assert fem.browser.get(f"{library}/training_didactics").heading == "Forms of training didactics"


def test_one_that_is_taken_out_is_found_no_more_and_can_come_back(
    fem: Kept, fay: Kept, stored: Stored
) -> None:
    key = key_in(fem.make())
    fem.publish(key)
    library = fem.path.removesuffix("/own")
    ask = fem.get(f"/{key}/withdraw")
    assert WORDS["title"] in fem.browser.get(library).text
    ask.send(form="/withdraw")
    # A second click, of somebody else.
    assert fay.post(f"/{key}/withdraw").status == 303
    assert WORDS["title"] not in fem.browser.get(library).text
    for version in ("", "/versions/1"):
        page = fem.browser.get(f"{library}/{key}{version}")
        assert page.heading == WORDS["title"]
        assert "no longer in the library" in page.text
    assert "No card was ticked" in fem.browser.get(f"{library}/cards?card={key}").text
    assert len(stored.rows(PUBLISHED)) == 2
    fem.get().send(form="/bring-back")
    assert fay.post(f"/{key}/bring-back").status == 303
    assert WORDS["title"] in fem.browser.get(library).text
    assert [row[2].get("is_withdrawn", False) for row in stored.rows(PUBLISHED)] == [
        False,
        True,
        False,
    ]


def test_nobody_takes_out_one_of_the_product(fem: Kept, stored: Stored) -> None:
    for way in ("withdraw", "bring-back"):
        assert fem.post(f"/check_in/{way}").status == 404
    assert fem.get("/check_in/withdraw").status == 404
    assert not stored.rows(PUBLISHED)


def test_a_draft_is_thrown_away_and_what_was_published_stays(fem: Kept, stored: Stored) -> None:
    key = key_in(fem.make())
    fem.publish(key)
    fem.post(f"/from/{key}")
    fem.get(f"/{key}/discard").send(form="/discard")
    assert (len(stored.rows(DRAFTS)), len(stored.rows(PUBLISHED))) == (0, 1)
    assert fem.post(f"/{key}/discard", {"seen": "1"}).status == 303
    gone = fem.get(f"/{key}")
    assert gone.status == 409
    assert fem.path in gone.links


def test_the_preview_follows_what_is_typed_and_stores_nothing(fem: Kept, stored: Stored) -> None:
    page = fem.get("/new")
    step = steps(page)[1]
    fields = page.fields("/new") | {"title": "Lopen <b>", f"{step}_title": "Ga"}
    card = fem.post("/new/card", fields)
    assert "Lopen &lt;b&gt;" in card.json["html"]
    assert card.json["html"].count("<ol") == 1
    shown = fem.post("/new/preview", fields)
    assert shown.status == 200
    assert shown.value("title") == "Lopen <b>"
    broken = fem.post("/new/card", fields | {"title": "Voor {naam}"})
    assert "There is no preview yet" in broken.json["html"]
    assert fem.post("/new/card", {}).status == 200
    assert not stored.rows(DRAFTS)
    key = key_in(fem.make())
    assert "Lopen &lt;b&gt;" in fem.post(f"/{key}/card", fields).json["html"]


def test_there_is_an_end_to_what_one_page_can_hold(fem: Kept) -> None:
    many = {f"step_s{n}_title": "Stap" for n in range(45)}
    page = fem.post("/new", {**fem.get("/new").fields("/new"), **many})
    assert page.status == 422
    assert len(steps(page)) < 40


def test_only_who_keeps_methods_here(
    fem: Kept, browse: Browse, make: Maker, owner: Someone, programme_leader: Someone
) -> None:
    key = key_in(fem.make())
    here = fem.path
    fem.publish(key)
    fem.post(f"/from/{key}")
    paths = ("", "/new", f"/{key}", f"/{key}/look", f"/{key}/discard", f"/{key}/withdraw")
    posts = (
        "/new",
        f"/{key}",
        f"/from/{key}",
        f"/{key}/steps/walk/drop",
        f"/{key}/look",
        f"/{key}/card",
    )
    supervisor = browse(owner)
    strange = browse(make.person("Fop", Role.FACILITATOR, partnership="Elsewhere"))
    for path in paths:
        assert supervisor.get(here + path).status == 403
        assert strange.get(here + path).status == 404
        assert browse(programme_leader).get(here + path).status == 200
        assert browse().get(here + path).location.startswith("/sign-in")
    for path in posts:
        assert supervisor.post(here + path, WORDS).status == 403
        assert strange.post(here + path, WORDS).status == 404
    elsewhere = f"/partnerships/{make.partnership('Elsewhere')}/methods/own"
    for path in paths[2:]:
        assert strange.get(elsewhere + path).status in {404, 409}
    library = here.removesuffix("/own")
    assert here not in supervisor.get(library).links
    assert f"{here}/from/{key}" not in supervisor.get(f"{library}/{key}").response.text


def test_a_draft_shows_to_nobody_else(fem: Kept, browse: Browse, owner: Someone) -> None:
    key = key_in(fem.make())
    library = fem.path.removesuffix("/own")
    olga = browse(owner)
    assert WORDS["title"] not in olga.get(library).text
    assert olga.get(f"{library}/{key}").status == 404
