"""A second click on what the first one took away lands where that one led."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import Maker
from tests.pages.client import Browser, Page
from tests.pages.group import Group, early_group
from zetwpo.config import ROOT
from zetwpo.second_click import LEADS_TO, word_for

__all__ = ["early_group"]
# Makes what is to go; says who does it, and on which page.
Act = Callable[[Maker, Group], tuple[str, str]]
ACTS: dict[str, Act] = {}
CONFIRMED = re.compile(r"confirm\(.*?\) \}\}", re.DOTALL)


def act(view: Act) -> Act:
    ACTS[view.__name__] = view
    return view


@pytest.fixture
def group(early_group: Group) -> Group:
    """Its people were in it from before the first meeting on."""
    return early_group


@act
def leave(_make: Maker, group: Group) -> tuple[str, str]:
    return "owner", f"{group.trajectory.path}/leave"


@act
def let_leave(_make: Maker, group: Group) -> tuple[str, str]:
    return "fem", f"{group.trajectory.path}/people/{group.people['bo'].id}/end"


@act
def stop_leading(make: Maker, group: Group) -> tuple[str, str]:
    make.lead(group.trajectory, group.people["other_leader"])
    return "fem", f"{group.trajectory.path}/people/{group.people['fem'].id}/end"


@act
def dissolve(make: Maker, group: Group) -> tuple[str, str]:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    return "fem", f"{group.trajectory.path}/pairs"


@act
def cancel(_make: Maker, group: Group) -> tuple[str, str]:
    return "fem", f"{group.meeting(6)}/cancel"


@act
def delete(make: Maker, group: Group) -> tuple[str, str]:
    return "owner", f"/practice-notes/{make.note(group.trajectory, group.people['owner'])}/delete"


@act
def take_off(make: Maker, group: Group) -> tuple[str, str]:
    item_id = make.on_shelf(group.trajectory, group.people["owner"], "A form", text="Words.")
    return "owner", f"/shelf/{item_id}/take-off"


@act
def off_partnership(make: Maker, group: Group) -> tuple[str, str]:
    item_id = make.on_partnership_shelf(group.people["fem"], "A form", text="Words.")
    return "fem", f"/partnership-shelf/{item_id}/take-off"


@act
def take_back(make: Maker, group: Group) -> tuple[str, str]:
    brought_id = make.brought_in(group.trajectory, group.people["owner"], "Why?")
    return "owner", f"/brought-questions/{brought_id}/take-back"


@act
def took_back_after_leaving(make: Maker, group: Group) -> tuple[str, str]:
    who, path = take_back(make, group)
    make.left(group.trajectory, group.people["owner"])
    return who, path


@act
def undo(make: Maker, group: Group) -> tuple[str, str]:
    question_id = make.common_question(group.trajectory, group.people["fem"], "Why would we?")
    return "fem", f"{group.trajectory.path}/questions/common/{question_id}"


@act
def join(make: Maker, group: Group) -> tuple[str, str]:
    key = make.subgroup(group.trajectory, group.people["fem"], "pedagogical", group.people["owner"])
    return "fem", f"{group.trajectory.path}/subgroups/{key}"


@act
def question_deleted(make: Maker, group: Group) -> tuple[str, str]:
    plan_id = make.plan(group.trajectory, group.people["bo"], is_open=True)
    make.plan_question(plan_id, group.people["owner"], "What if it rains?")
    return "owner", f"/plans/{plan_id}/read"


@act
def question_deleted_from_ones_own_page(make: Maker, group: Group) -> tuple[str, str]:
    question_deleted(make, group)
    return "owner", f"{group.trajectory.path}/mine"


@act
def withdraw(make: Maker, group: Group) -> tuple[str, str]:
    make.noted(group.trajectory, 1, group.people["owner"], "present")
    certificate_id = make.certificate(group.trajectory, group.people["owner"])
    return "owner", f"/certificates/{certificate_id}/withdraw"


def click(browser: Browser, page: Page) -> tuple[str, dict[str, object]]:
    """The path to which the button that takes away sends, and what goes along."""
    form = next(
        each for each in page.main.all("form", method="post") if each.all("input", name=LEADS_TO)
    )
    path = form.get("action")
    return path, page.fields(path)


@pytest.mark.parametrize("name", ACTS)
def test_it_lands_where_the_first_one_led(make: Maker, group: Group, name: str) -> None:
    who, address = ACTS[name](make, group)
    browser = group[who]
    path, fields = click(browser, browser.get(address))
    token = fields["csrf_token"]
    first, second = (browser.post(path, fields, token=token) for _ in range(2))
    assert first.status == second.status == 303
    assert second.location == first.location
    # What the first one says stands there once, and nothing beside it.
    arrived = second.follow()
    assert arrived.status == 200
    assert "That has been done already." not in arrived.text
    third = browser.post(path, fields).follow()
    assert "That has been done already." in third.text


def test_taking_questions_apart_twice_leads_to_the_same_place(make: Maker, group: Group) -> None:
    for who in ("owner", "bo"):
        make.brought_in(group.trajectory, group.people[who], f"Why, asks {who}?")
    make.questions_opened(group.trajectory, group.people["fem"])
    board, fem = f"{group.trajectory.path}/questions/board", group["fem"]
    keys = [each.get("value") for each in fem.get(board).main.all("input", name="question")]
    query = "&".join(f"question={each}" for each in keys)
    page = fem.get(f"{group.trajectory.path}/questions/together?{query}")
    page.send({"question": keys, "wording": "Why, ask we?"}, form="/together")
    page = fem.get(next(link for link in fem.get(board).links if "/proposals/" in link))
    first, second = (page.send(form="/apart") for _ in range(2))
    assert (second.status, second.location) == (303, first.location)


def test_without_the_word_of_our_page_nothing_is_told(make: Maker, group: Group) -> None:
    who, address = dissolve(make, group)
    path, fields = click(group[who], group[who].get(address))
    assert group[who].post(path, fields).status == 303
    del fields[LEADS_TO]
    assert group[who].post(path, fields).status == 404


@pytest.mark.parametrize("who", ["other_leader", "nowhere"])
def test_a_word_for_another_button_opens_nothing(
    app: Flask, make: Maker, group: Group, who: str
) -> None:
    pair_id = make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    with app.app_context():
        word = word_for("/pairs/another/dissolve", "/start")
    for sent in (word, "made up", ""):
        refused = group[who].post(f"/pairs/{pair_id}/dissolve", {LEADS_TO: sent})
        assert refused.status in {403, 404}


def test_every_act_that_is_asked_about_once_more_says_where_it_leads() -> None:
    """Of a group; a new one that forgets it would end in a bare page."""
    asking = [
        (path.name, found)
        for path in (ROOT / "templates" / "cycle").rglob("*.html")
        for found in CONFIRMED.findall(path.read_text())
    ]
    assert len(asking) >= 7
    assert [name for name, found in asking if "lands=" not in found] == []
