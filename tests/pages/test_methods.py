"""The library of methods: who reads it, what is found, cards to print, and the question kit."""

import pytest
from sqlalchemy import event

from tests.application import Stored
from tests.factories import PARTNERSHIP, Maker, Someone
from tests.methods import small_method
from tests.pages.client import Browser, Page
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.extensions import db
from zetwpo.library.methods import methods

OWN = "Wandelen in tweetallen"


@pytest.fixture
def path(make: Maker, owner: Someone) -> str:
    return f"/partnerships/{make.partnership()}/methods"


def titles(page: Page) -> list[str]:
    """What was found, in its order."""
    lists = [each for each in page.main.walk() if each.get("class") == "method-list"]
    return [each.text for found in lists for each in found.all("h2")]


def test_everything_there_is_stands_in_the_order_of_a_meeting(olga: Browser, path: str) -> None:
    page = olga.get(path)
    with olga.app.app_context():
        count = len(list(methods()))
    assert len(titles(page)) == count
    assert titles(page)[0] in {"Check-in", "The sentence you brought"}
    assert titles(page)[-1] == "Check-out"
    assert "All 23 methods." in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=onderzoekende dialoog", []),
        ("text=inquiry dialogue", ["Inquiry dialogue"]),
        ("text=CHECK-OUT", ["Check-out"]),
        ("text=OASE", ["OASE peer consultation"]),
        ("phase=learning_question&people=10", ["Nominal group technique", "Opportunity circle"]),
    ],
)
def test_a_search_finds_by_words_part_minutes_and_size(
    olga: Browser, path: str, query: str, found: list[str]
) -> None:
    page = olga.get(f"{path}?{query}")
    assert page.status == 200
    assert titles(page)[: len(found)] == found
    assert bool(titles(page)) == bool(found)


def test_what_was_asked_stands_in_the_form_again(olga: Browser, path: str) -> None:
    page = olga.get(f"{path}?text=vraag&phase=explore&minutes=60&people=6")
    [form] = [each for each in page.main.all("form") if each.get("role") == "search"]
    values = {each.get("name"): each.get("value") for each in form.all("input")}
    assert values == {"text": "vraag", "minutes": "60", "people": "6"}
    [chosen] = [each for each in form.all("option") if "selected" in each.attributes]
    assert chosen.get("value") == "explore"


@pytest.mark.parametrize("name", ["minutes", "people"])
@pytest.mark.parametrize("typed", ["veel", "-1", "0", "1e3", "٣", "999999"])
def test_what_is_no_number_is_said_at_its_field(
    olga: Browser, path: str, name: str, typed: str
) -> None:
    page = olga.get(path, query_string={name: typed})
    assert (page.status, page.errors) == (422, [name])
    assert page.tree.all("title")[0].raw_text.startswith("Error:")
    # The rest of the search counts.
    assert titles(page)


def test_an_address_of_somebody_elses_making_finds_everything(olga: Browser, path: str) -> None:
    page = olga.get(path, query_string={"phase": "nowhere", "page": "9", "text": " "})
    assert len(titles(page)) == 23


def test_where_nothing_fits_it_says_what_to_loosen(olga: Browser, path: str) -> None:
    page = olga.get(f"{path}?phase=check_in&minutes=2")
    assert "Nothing fits all of this" in page.text
    assert "With more time than 2 minutes: 2 methods" in page.text
    assert f"{path}?phase=check_in" in page.links
    assert len(titles(olga.get(f"{path}?phase=check_in"))) == 2
    hopeless = olga.get(f"{path}?text=zzz&minutes=1&people=99")
    assert "Leave out two of the things" in hopeless.text
    assert path in hopeless.links


def test_a_method_says_all_it_has(olga: Browser, path: str) -> None:
    page = olga.get(f"{path}/training_didactics")
    heads = [each.text for each in page.main.all("h2")]
    assert heads == ["What", "Why", "Material", "Fits", "How", "Pitfall", "Variants"]
    assert "10 to 15 minutes" in page.text
    assert f"{path}/cards?card=training_didactics&sheets=yes" in page.links
    assert olga.get(f"{path}/training_didactics/versions/1").text == page.text


def test_what_there_is_not_has_a_way_on(olga: Browser, path: str) -> None:
    for missing in ("made_up", "training_didactics/versions/9"):
        page = olga.get(f"{path}/{missing}")
        assert page.status == 404
        assert path in page.links
    for strange in ("a%00b", "A", "é", "training_didactics/versions/99999999999999999999"):
        assert olga.get(f"{path}/{strange}").status == 404


def test_an_own_method_is_for_those_of_the_partnership_alone(
    olga: Browser, browse: Browse, make: Maker, facilitator: Someone, path: str
) -> None:
    key, _version = make.method(facilitator, small_method(title={"nl": OWN}))
    page = olga.get(f"{path}?text=wandelen")
    assert titles(page) == [OWN]
    assert "your own" in page.text
    read = olga.get(f"{path}/{key}")
    assert f"A method of {PARTNERSHIP}" in read.text
    assert "Not everything here has been translated" in read.text
    # Whoever knows the key finds nothing under another partnership.
    other = make.person("Otto", Role.SUPERVISOR, Role.FACILITATOR, partnership="Elsewhere")
    elsewhere = f"/partnerships/{make.partnership('Elsewhere')}/methods"
    otto = browse(other)
    assert otto.get(f"{elsewhere}/{key}").status == 404
    assert OWN not in otto.get(elsewhere).text
    assert OWN not in otto.get(f"{elsewhere}/cards?card={key}").text
    for closed in ("", f"/{key}", f"/{key}/versions/1", f"/cards?card={key}", "/questions"):
        assert otto.get(path + closed).status == 404
        assert browse().get(path + closed).location.startswith("/sign-in")


def test_every_role_here_reads_and_whose_roles_ended_does_not(
    browse: Browse, make: Maker, path: str
) -> None:
    for role in Role:
        browser = browse(make.person(f"Per {role}", role))
        for page in ("", "/check_in", "/cards?card=check_in", "/questions", "/questions/cards"):
            assert browser.get(path + page).status == 200, role
    gone = make.person("Ger", Role.SUPERVISOR)
    make.without_role(gone, Role.SUPERVISOR)
    assert browse(gone).get(path).status in CLOSED


def test_ticked_cards_are_printed_with_what_goes_on_the_table(olga: Browser, path: str) -> None:
    both = f"{path}/cards?card=training_didactics&card=check_in"
    page = olga.get(both)
    cards = list(page.main.all("article"))
    assert [each.all("h2")[0].text for each in cards] == ["Check-in", "Forms of training didactics"]
    assert "Cards to cut out" not in page.text
    page = olga.get(f"{both}&sheets=yes&size=one")
    assert "Cards to cut out" in page.text
    assert len([each for each in page.main.walk() if each.get("class") == "board"]) == 2
    form = next(each for each in page.main.all("form") if "/cards" in each.get("action"))
    assert [each.get("value") for each in form.all("input", name="card")] == [
        "check_in",
        "training_didactics",
    ]
    assert "paper-cards one" in page.response.text


def test_without_a_tick_there_is_a_way_back(olga: Browser, path: str) -> None:
    for query in ("", "?card=made_up", "?size=nine"):
        page = olga.get(f"{path}/cards{query}")
        assert page.status == 200
        assert "No card was ticked" in page.text
        assert path in page.links


def test_the_kit_has_seven_angles_that_can_be_printed(olga: Browser, path: str) -> None:
    page = olga.get(f"{path}/questions")
    angles = [each for each in page.main.walk() if each.get("class") == "angle wide"]
    assert len(angles) == 7
    questions = [len(each.all("li")) for each in angles]
    every = olga.get(f"{path}/questions/cards")
    assert len(every.main.all("ul")[-1].all("li")) == sum(questions)
    some = olga.get(f"{path}/questions/cards?angle=pupil&angle=nowhere")
    assert len(some.main.all("ul")[-1].all("li")) == questions[-1]


def test_reading_asks_the_database_as_much_for_one_method_as_for_twenty(
    olga: Browser, make: Maker, facilitator: Someone, path: str
) -> None:
    def statements() -> int:
        count: list[str] = []
        with olga.app.app_context():
            engine = db.engine

        def note(*args: object) -> None:
            count.append(str(args[2]))

        event.listen(engine, "before_cursor_execute", note)
        olga.get(path)
        event.remove(engine, "before_cursor_execute", note)
        return len(count)

    make.method(facilitator)
    olga.get(path)
    before = statements()
    for number in range(20):
        make.method(facilitator, small_method(title={"nl": f"{OWN} {number}"}))
    olga.get(path)
    assert statements() <= before


def test_looking_stores_nothing(olga: Browser, path: str, stored: Stored) -> None:
    before = stored.everything()
    for page in ("", "?text=vraag", "/check_in", "/cards?card=check_in", "/questions"):
        olga.get(path + page)
    assert stored.everything() == before


def test_the_way_to_the_methods(
    browse: Browse, facilitator: Someone, programme_leader: Someone, path: str
) -> None:
    for person in (facilitator, programme_leader):
        assert path in browse(person).get("/start").links
