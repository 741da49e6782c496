"""Whoever looks for a method from an agenda finds the way back, and puts the card into it."""

import pytest

from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner)


@pytest.fixture
def path(group: Trajectory) -> str:
    return group.meeting(2)


def link(page: Page, words: str) -> str:
    """Where the first link with these words leads."""
    found = next(each for each in page.main.all("a") if words in each.text)
    return str(found.get("href"))


def block_page(fem: Browser, path: str) -> Page:
    """The page of the block for the dialogue, to change it."""
    return fem.get(link(fem.get(f"{path}/agenda"), "Change: Explore"))


def test_a_card_is_found_read_and_put_into_the_agenda(fem: Browser, path: str) -> None:
    library = fem.get(link(block_page(fem, path), "Look for another card"))
    assert "You look for a method for the block “Explore” of" in library.text
    assert library.value("phase") or "Explore" in library.text
    # The way back outlasts a search.
    every = fem.get(link(library, "Show all methods"))
    card = fem.get(link(every, "OASE"))
    assert "Now it is done with: Inquiry dialogue" in card.text
    assert link(card, "Back to the agenda of meeting 2").startswith(f"{path}/agenda#block-")
    put = card.send(form="/method")
    assert put.location.startswith(f"{path}/agenda")
    agenda = put.follow()
    assert "The card is in the agenda." in agenda.text
    there = fem.get(link(agenda, "OASE"))
    assert "This card is in the agenda." in there.text
    assert not [each for each in there.main.all("form") if "/blocks/" in each.get("action")]


def test_whoever_takes_part_reads_the_card_and_goes_back(olga: Browser, path: str) -> None:
    card = olga.get(link(olga.get(path), "Inquiry dialogue"))
    assert link(card, "Back to the agenda of meeting 2") == path
    assert "Put this card into the agenda" not in card.text


def test_the_library_leads_back_to_the_group(olga: Browser, group: Trajectory) -> None:
    library = olga.get(link(olga.get(group.path), "Methods"))
    assert link(library, f"Back to “{group.title}”") == group.path
    card = olga.get(link(library, "OASE"))
    assert link(card, f"Back to “{group.title}”") == group.path


def test_a_closed_trajectory_takes_no_card(
    fem: Browser, path: str, make: Maker, group: Trajectory
) -> None:
    page = block_page(fem, path)
    card = fem.get(link(fem.get(link(page, "Look for another card")), "Inquiry dialogue"))
    make.closed(group)
    assert "Put this card into the agenda" not in fem.get(card.path).text


@pytest.mark.parametrize("who", ["left", "other_leader", "nowhere"])
def test_the_way_back_opens_to_nobody_else(
    browse: Browse, make: Maker, group: Trajectory, fem: Browser, path: str, who: str
) -> None:
    people = {
        "left": make.person("Lex", Role.SUPERVISOR),
        "other_leader": make.person("Fleur", Role.FACILITATOR),
        "nowhere": make.person("Els", Role.FACILITATOR, partnership="Elsewhere"),
    }
    make.joined(group, people["left"])
    make.left(group, people["left"])
    browser = browse(people[who])
    address = link(block_page(fem, path), "Look for another card")
    page = browser.get(address)
    assert page.status in {200, *CLOSED}
    assert group.title not in page.text
    assert "Back to" not in page.text
    block = address.partition("block=")[2].partition("&")[0]
    put = browser.post(f"{path}/blocks/{block}/method", {"method": "oase"})
    assert put.status in CLOSED


@pytest.mark.parametrize("key", ["", "no_such_method", "made_up"])
def test_what_is_no_method_changes_nothing(fem: Browser, path: str, key: str) -> None:
    page = block_page(fem, path)
    action = f"{page.path}/method"
    assert fem.post(action, {"method": key}).status == 400
    assert "Inquiry dialogue" in fem.get(path).text


@pytest.mark.parametrize("query", ["meeting=x", "meeting=", "block=1", "trajectory=x&meeting=1"])
def test_an_address_of_somebodys_making_has_no_way_back(
    fem: Browser, make: Maker, query: str
) -> None:
    page = fem.get(f"/partnerships/{make.partnership()}/methods?{query}")
    assert page.status == 200
    assert "Back to" not in page.text
