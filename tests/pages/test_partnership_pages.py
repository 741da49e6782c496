"""The pages of a partnership: each opens to whom its permission does, and says which one it is."""

import re

import pytest

from tests.factories import Maker, Someone
from tests.pages.client import Page as Opened
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Actor, HeldRole, Role
from zetwpo.accounts.policy import (
    DESCRIBE_PARTNERSHIP,
    EDIT_QUESTIONNAIRE,
    MANAGE_PEOPLE,
    MANAGE_SCHOOLS,
    PLAN_BREAKS,
    READ_METHODS,
    READ_PARTNERSHIP_SHELF,
    SEE_FAILED_MAILS,
    SEE_NAMES,
    SEE_TRAJECTORY_DATES,
)
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.partnerships.navigation import PAGES, address_of

# By its permission, as somebody would type it.
PATHS = {
    DESCRIBE_PARTNERSHIP: "about",
    MANAGE_SCHOOLS: "schools",
    MANAGE_PEOPLE: "people",
    SEE_NAMES: "names",
    SEE_FAILED_MAILS: "mails",
    PLAN_BREAKS: "breaks",
    EDIT_QUESTIONNAIRE: "questionnaire",
    READ_METHODS: "methods",
    READ_PARTNERSHIP_SHELF: "shelf",
    SEE_TRAJECTORY_DATES: "trajectories",
}
# Below them, by the one that is marked.
BELOW = {
    "people/invite": "people",
    "people/import": "people",
    "breaks/import": "breaks",
    "questionnaire/versions/0": "questionnaire",
    "questionnaire/file": "questionnaire",
}


def marked(page: Opened) -> list[tuple[str, str]]:
    """What the list of pages says about where this is: how, and of which address."""
    links = [each for each in page.main.all("a") if each.get("aria-current")]
    return [(each.get("aria-current"), each.get("href")) for each in links]


@pytest.mark.parametrize("role", Role)
def test_each_page_opens_to_whom_its_permission_opens(
    browse: Browse, make: Maker, role: Role
) -> None:
    somebody = make.person("Somebody", role)
    place = PartnershipCard(make.partnership(), "")
    actor = Actor(somebody.id, "", "en", frozenset({HeldRole(place.id, role)}))
    browser = browse(somebody)
    for page in PAGES:
        path = f"/partnerships/{place.id}/{PATHS[page.permission]}"
        with browser.app.test_request_context():
            assert address_of(page, place) == path
        found = browser.get(path)
        if not page.permission.opens_to(actor, place.facts):
            assert found.status in CLOSED, path
            continue
        assert found.status == 200, path
        assert marked(found) == [("page", path)]


def test_nobody_comes_into_the_pages_of_another_partnership(browse: Browse, make: Maker) -> None:
    make.person("Others", Role.ADMINISTRATOR, partnership="Partnership of others")
    elsewhere = make.partnership("Partnership of others")
    everything = browse(make.person("Somebody", *Role))
    for path in PATHS.values():
        assert everything.get(f"/partnerships/{elsewhere}/{path}").status == 404


def test_a_page_below_marks_the_one_that_it_belongs_to(
    browse: Browse, make: Maker, administrator: Someone
) -> None:
    make.person("Ad", Role.PROGRAMME_LEADER, email=administrator.email)
    browser = browse(administrator)
    here = f"/partnerships/{make.partnership()}"
    for path, belongs_to in BELOW.items():
        found = browser.get(f"{here}/{path}")
        assert found.status == 200, path
        assert ("true", f"{here}/{belongs_to}") in marked(found), path


def test_a_list_of_people_that_was_brought_is_below_people(
    browse: Browse, make: Maker, administrator: Someone
) -> None:
    brought = make.people_list(administrator, "naam\te-mail\trol\nSam\tsam@list.example\twpb")
    found = browse(administrator).get(f"/people-lists/{brought}")
    [(how, where)] = [each for each in marked(found) if each[1].endswith("/people")]
    assert how == "true"
    assert re.fullmatch(rf"/partnerships/{make.partnership()}/people", where)
