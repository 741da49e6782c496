"""What is done for a whole partnership, fifty times at the same moment: it is done once."""

import uuid
from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import PARTNERSHIP, Maker, Someone
from tests.guards.test_parallel import CLICKS, at_once, clicks
from tests.mailbox import Mailbox
from tests.pages.client import Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, Person
from zetwpo.audit import AuditEntry
from zetwpo.library.models import PublishedContent
from zetwpo.mail.models import OutboxMail


def acts(stored: Stored, action: str) -> int:
    return stored.count(AuditEntry, AuditEntry.action == action)


def once(page: Page, path: str) -> int:
    [status] = clicks(page, path, [{"seen": page.value("seen")}])
    return status


@pytest.fixture
def place(make: Maker, administrator: Someone) -> uuid.UUID:
    return make.partnership()


def test_fifty_clicks_invite_a_list_once(
    browse: Browse, make: Maker, administrator: Someone, place: uuid.UUID, stored: Stored
) -> None:
    names = "\n".join(f"Nina {number};nina{number}@school.example;wpb" for number in range(20))
    key = make.people_list(administrator, f"naam;e-mail;rol\n{names}")
    page = browse(administrator).get(f"/people-lists/{key}")
    answers = clicks(page, f"/people-lists/{key}/invite", [{"left_out": ""}] * CLICKS)
    assert set(answers) == {303}
    assert stored.count(Person, Person.name.like("Nina%")) == 20
    assert stored.count(Membership, Membership.role == Role.SUPERVISOR) == 20
    assert stored.count(OutboxMail, OutboxMail.kind == "welcome") == 20
    assert acts(stored, "people imported") == 1


def test_fifty_clicks_publish_once(
    browse: Browse, make: Maker, programme_leader: Someone, stored: Stored
) -> None:
    draft = make.questionnaire_draft(programme_leader)
    path = f"/partnerships/{make.partnership()}/questionnaire/draft/publish"
    page = browse(programme_leader).get(path)
    answers = clicks(page, path, [{"seen": str(draft.revision)}] * CLICKS)
    assert set(answers) == {303}
    assert stored.values(sa.select(PublishedContent.version)) == [1]
    assert acts(stored, "questionnaire published") == 1


def test_fifty_clicks_confirm_an_address_once(
    browse: Browse, make: Maker, owner: Someone, stored: Stored, mailbox: Mailbox
) -> None:
    make.address_change(owner, "new@school.example")
    [letter] = mailbox.to("new@school.example")
    page = browse(owner).get(letter.link)
    assert set(clicks(page, letter.link, [{}] * CLICKS)) == {303}
    assert stored.count(OutboxMail, OutboxMail.kind == "address_changed") == 1
    assert acts(stored, "address changed") == 1


def test_of_two_administrators_who_end_each_others_role_one_stays(
    browse: Browse, make: Maker, administrator: Someone, stored: Stored
) -> None:
    other = make.person("Other Administrator", Role.ADMINISTRATOR)
    here = f"/partnerships/{make.partnership(PARTNERSHIP)}/people"
    ends: list[Callable[[], int]] = []
    for ender, ended in ((administrator, other), (other, administrator)):
        person = browse(ender).get(f"{here}/{ended.id}")
        [link] = [each for each in person.links if each.endswith("/end")]
        form = person.browser.get(link)
        ends.append(partial(once, form, link))
    answers = at_once(ends)
    assert sorted(answers) in ([303, 403], [303, 409])
    is_held = (Membership.role == Role.ADMINISTRATOR, Membership.ended_at.is_(None))
    assert stored.count(Membership, *is_held) == 1
    assert acts(stored, "role ended") == 1
