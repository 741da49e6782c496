"""The pages that say who reads what are made from the permission table, for each role."""

import re

import pytest
from markupsafe import escape

from tests.pages.client import Browser
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.accounts.policy import MANAGE_PEOPLE, PERMISSIONS, SEE_NAMES, Permission
from zetwpo.accounts.predicates import holds, holds_there
from zetwpo.home.sights import Relation, is_read_otherwise, opens_at, sights_of
from zetwpo.i18n import LANGUAGES, Language, writing_in

each_role = pytest.mark.parametrize("role", Role)


def sections(browser: Browser, role: Role) -> dict[str, str]:
    """What stands under each heading of the page of a role."""
    text = browser.get(f"/who-reads-what/{role}").response.text
    parts = re.split(r"<h2>(.*?)</h2>", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@each_role
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_role_reads_what_the_table_opens_to_it_and_nothing_else(
    browse: Browse, role: Role, language: Language
) -> None:
    browser = browse(language=language)
    reads, closed, does, *_rest = sections(browser, role).values()
    with browser.app.app_context(), writing_in(language):
        for permission in PERMISSIONS:
            opens = opens_at(permission, role) is not None
            assert (f"<li>{escape(permission.meaning)}</li>" in does) is opens, permission.name
            if permission.shows:
                assert (f"<li>{escape(permission.shows)}</li>" in reads) is opens, permission.name
                is_closed = not opens and not is_read_otherwise(permission, role)
                assert (f"<li>{escape(permission.shows)}</li>" in closed) is is_closed, (
                    permission.name
                )


def test_a_new_line_of_the_table_stands_on_the_pages_by_itself() -> None:
    new = Permission(
        "new.read",
        "Read something new",
        holds(Role.SCHOOL_LEADER),
        holds_there(Role.SCHOOL_LEADER),
        shows="Something new",
    )
    for role in Role:
        sights = sights_of(role, [*PERMISSIONS, new])
        is_leader = role is Role.SCHOOL_LEADER
        assert (new in sights.reads.get(Relation.PARTNERSHIP, [])) is is_leader
        assert (new in sights.closed) is not is_leader


def test_no_page_says_of_the_same_that_it_is_read_and_that_it_is_closed() -> None:
    administrator = sights_of(Role.ADMINISTRATOR)
    assert MANAGE_PEOPLE in administrator.reads[Relation.PARTNERSHIP]
    assert SEE_NAMES not in administrator.closed
    assert SEE_NAMES in sights_of(Role.SCHOOL_TRAINER).closed
    assert MANAGE_PEOPLE in sights_of(Role.PROGRAMME_LEADER).closed


def test_an_employer_reads_no_answers_and_an_administrator_neither() -> None:
    for role in (Role.SCHOOL_LEADER, Role.ADMINISTRATOR, Role.PROGRAMME_LEADER):
        assert Relation.SHARED not in sights_of(role).reads
    assert Relation.SHARED in sights_of(Role.SCHOOL_TRAINER).reads


def test_the_overview_leads_to_the_page_of_each_role(browse: Browse) -> None:
    page = browse().get("/who-reads-what")
    for role in Role:
        assert f'href="/who-reads-what/{role}"' in page.response.text
    assert browse().get("/who-reads-what/king").status == 404


@each_role
def test_each_page_says_who_reads_the_record_of_acts(browse: Browse, role: Role) -> None:
    assert "record of acts" in browse().get(f"/who-reads-what/{role}").response.text
