"""Methods that a partnership makes beside the product's: several, in versions that never change."""

import uuid
from typing import Any

import pytest
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.methods import small_method, words
from tests.pages.statements import statements
from zetwpo.accounts.actors import Role
from zetwpo.audit import AuditEntry
from zetwpo.library import service
from zetwpo.library.kinds import METHOD, QUESTIONNAIRE, made_key
from zetwpo.library.method_queries import (
    find_method,
    find_methods,
    get_method,
    methods_for,
    own_methods,
)
from zetwpo.library.methods import methods
from zetwpo.library.models import ContentDraft, PublishedContent
from zetwpo.library.problems import Unreadable
from zetwpo.library.queries import current_for, drafts, find_draft, versions
from zetwpo.library.rules import MOST_MADE
from zetwpo.library.service import NoDraft, NothingNew, NotReady, Overtaken, TooMany

ELSEWHERE = "Partnership of others"


@pytest.fixture
def maker(make: Maker) -> Someone:
    """Makes methods for the partnership of the tests."""
    return make.person("Fem Facilitator", Role.FACILITATOR)


@pytest.fixture
def stranger(make: Maker) -> Someone:
    """Does so elsewhere."""
    return make.person("Oscar Outsider", Role.FACILITATOR, partnership=ELSEWHERE)


@pytest.fixture
def here(make: Maker, maker: Someone) -> uuid.UUID:
    return make.partnership()


def titles(found: Any) -> list[str]:
    return [method.title.nl for method in found]


def test_what_a_partnership_made_stands_after_what_the_product_has(
    make: Maker, maker: Someone, here: uuid.UUID
) -> None:
    make.method(maker, small_method(title={"nl": "Van ons"}))
    make.method(maker, small_method(title={"nl": "Ook van ons"}))
    with make.request():
        found = methods_for(here)
        shipped = list(methods())
        assert found[: len(shipped)] == shipped
        assert sorted(titles(found[len(shipped) :])) == ["Ook van ons", "Van ons"]
        assert methods_for(None) == shipped


def test_a_next_version_is_what_everybody_finds_and_the_old_one_stays_where_it_was_used(
    make: Maker, maker: Someone, here: uuid.UUID
) -> None:
    key, first = make.method(maker, small_method(title={"nl": "Eerst"}))
    _key, second = make.method(maker, small_method(title={"nl": "Later"}), key)
    assert (first, second) == (1, 2)
    with make.request():
        assert titles(own_methods(here)) == ["Later"]
        assert find_method(here, key) == get_method(here, key, 2)
        assert get_method(here, key, 1).title.nl == "Eerst"
        assert get_method(here, key, 1).key == key
        assert [card.version for card in versions(here, METHOD, key)] == [2, 1]
        assert versions(here) == []


def test_another_partnership_finds_nothing_of_it_whoever_knows_the_key(
    make: Maker, maker: Someone, stranger: Someone, here: uuid.UUID
) -> None:
    key, version = make.method(maker)
    elsewhere = make.partnership(ELSEWHERE)
    with make.request():
        # Read by its own partnership before, so that the process keeps it.
        assert get_method(here, key, version)
        assert own_methods(elsewhere) == []
        assert find_method(elsewhere, key) is None
        for where in (elsewhere, None):
            assert find_methods(where, [(key, version)]) == {}
            with pytest.raises(KeyError):
                get_method(where, key, version)
        with pytest.raises(NoDraft):
            service.get_draft(elsewhere, METHOD, key)


def test_a_method_of_the_product_is_found_by_its_key_and_version(
    make: Maker, here: uuid.UUID
) -> None:
    with make.request():
        for where in (here, None):
            assert find_method(where, "check_in") is methods().get("check_in")
            assert get_method(where, "check_in", 1) is methods().get("check_in")
            assert find_method(where, "dance") is None
            with pytest.raises(KeyError):
                get_method(where, "check_in", 99)


def test_all_blocks_of_an_agenda_find_their_methods_in_one_statement(
    make: Maker, maker: Someone, here: uuid.UUID, app: Flask
) -> None:
    sought = [make.method(maker) for _ in range(5)]
    sought += [(key, 1) for key in ("check_in", "oase", "check_out")]
    for most in (1, 0):
        with make.request(), statements(app) as sent:
            assert find_methods(here, sought).keys() == set(sought)
        assert len(sent) == most


def test_several_are_being_made_at_the_same_time_and_apart_from_the_questionnaire(
    make: Maker, maker: Someone, here: uuid.UUID
) -> None:
    one, two = made_key(), made_key()
    with make.request():
        service.start_draft(here, maker.id, METHOD, one, document=small_method())
        service.start_draft(here, maker.id, METHOD, two, document=small_method())
        service.start_draft(here, maker.id)
    with make.request():
        assert {draft.key for draft in drafts(here, METHOD)} == {one, two}
        assert len(drafts(here, QUESTIONNAIRE)) == 1
        service.discard_draft(here, 1, maker.id, METHOD, one)
    with make.request():
        assert [draft.key for draft in drafts(here, METHOD)] == [two]
        assert find_draft(here) is not None
        assert find_draft(here, METHOD, one) is None


def test_a_draft_is_saved_over_what_was_seen_and_then_published(
    make: Maker, maker: Someone, here: uuid.UUID, stored: Stored
) -> None:
    key = made_key()
    with make.request():
        draft = service.start_draft(here, maker.id, METHOD, key, document=small_method())
        assert (draft.document["key"], draft.document["version"]) == (key, 1)
        changed = draft.document | {"title": words("Changed")}
        draft = service.save_draft(here, changed, draft.revision, maker.id, METHOD, key)
        assert draft.revision == 2
        with pytest.raises(Overtaken):
            service.save_draft(here, small_method(), 1, maker.id, METHOD, key)
        with pytest.raises(Overtaken):
            service.publish(here, 1, maker.id, METHOD, key)
        assert service.publish(here, 2, maker.id, METHOD, key) == 1
        with pytest.raises(NoDraft):
            service.publish(here, 2, maker.id, METHOD, key)
    with make.request():
        assert get_method(here, key, 1).title.nl == "Changed (nl)"
    for act in ("method draft begun", "method published"):
        assert stored.count(AuditEntry, AuditEntry.action == act) == 1
    assert stored.count(AuditEntry, AuditEntry.action.startswith("questionnaire")) == 0


def test_the_next_version_begins_with_the_one_before(
    make: Maker, maker: Someone, here: uuid.UUID, stored: Stored
) -> None:
    key, _version = make.method(maker)
    with make.request():
        draft = service.start_draft(here, maker.id, METHOD, key)
        assert draft.document == small_method(key=key, version=2)
        with pytest.raises(NothingNew):
            service.publish(here, draft.revision, maker.id, METHOD, key)
        service.discard_draft(here, draft.revision, maker.id, METHOD, key)
    assert stored.count(ContentDraft) == 0
    assert stored.count(AuditEntry, AuditEntry.action == "method draft thrown away") == 1


def test_what_has_to_be_mended_is_not_published(
    make: Maker, maker: Someone, here: uuid.UUID, stored: Stored
) -> None:
    key = made_key()
    with make.request():
        broken = small_method(phases=["dance"])
        draft = service.start_draft(here, maker.id, METHOD, key, document=broken)
        with pytest.raises(NotReady) as refusal:
            service.publish(here, draft.revision, maker.id, METHOD, key)
        assert [problem.path for problem in refusal.value.problems] == [("phases",)]
    assert stored.count(PublishedContent) == 0


def test_a_draft_always_has_its_shape(
    make: Maker, maker: Someone, here: uuid.UUID, stored: Stored
) -> None:
    with make.request(), pytest.raises(Unreadable):
        service.start_draft(here, maker.id, METHOD, made_key(), document=small_method(steps=[]))
    with make.request(), pytest.raises(ValueError, match="begins with a document"):
        service.start_draft(here, maker.id, METHOD, made_key())
    assert stored.count(ContentDraft) == 0


def test_a_partnership_makes_as_many_as_fit(
    make: Maker, maker: Someone, here: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_MADE == 100
    monkeypatch.setattr(service, "MOST_MADE", 2)
    key, _version = make.method(maker)
    begun = made_key()
    with make.request():
        service.start_draft(here, maker.id, METHOD, begun, document=small_method())
    with make.request(), pytest.raises(TooMany):
        service.start_draft(here, maker.id, METHOD, made_key(), document=small_method())
    with make.request():
        # What is there already can be changed.
        assert service.start_draft(here, maker.id, METHOD, key).document["version"] == 2
        assert service.start_draft(here, maker.id, METHOD, begun, document=small_method())


def test_methods_leave_the_questionnaire_alone(
    make: Maker, maker: Someone, here: uuid.UUID
) -> None:
    with make.request():
        before = current_for(here)
    make.method(maker)
    with make.request():
        assert current_for(here) is before
