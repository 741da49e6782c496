"""A partnership's own questionnaire: from the product's, to what new scans are filled in with."""

import copy
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.pages.result_page import section
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.audit import AuditEntry
from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.i18n import gettext
from zetwpo.library import queries, service
from zetwpo.library.kinds import own_key
from zetwpo.library.models import ContentDraft, PublishedContent
from zetwpo.library.problems import Unreadable
from zetwpo.library.queries import MOST_KEPT, Kept, current_for, get_questionnaire, library
from zetwpo.library.questionnaires import Document, document_of
from zetwpo.scan.responses.models import Response
from zetwpo.scan.responses.queries import check_versions

LATER = timedelta(days=20)
ELSEWHERE = "Partnership of others"
OWN_WORDS = "Ik luister eerst, en zwijg dan nog even."


def first(document: Document, form: str = "self") -> Any:
    return document["forms"][form]["parts"][0]["statements"][0]


def reword(document: Document) -> None:
    """Other words about the same behaviour, and another title of the axis; no English."""
    first(document)["text"] = {"nl": OWN_WORDS}
    document["forms"]["self"]["scale"]["highest"] = {"nl": "past helemaal bij ons"}
    document["axes"]["axes"][0]["title"] = {"nl": "Onze begeleider", "en": "Our own coach"}


def replace(document: Document) -> None:
    """Another behaviour in the place of the first one."""
    document["axes"]["behaviours"].append(
        {
            "key": "listening",
            "axis": "pedagogical",
            "name": {"nl": "Luisteren", "en": "Listening"},
            "opening_question": {"nl": "Wanneer?", "en": "When?"},
        }
    )
    text = {"nl": "Ik luister.", "en": "I listen."}
    behaviour = {"key": "listens", "behaviours": ["listening"], "text": text}
    document["forms"]["self"]["parts"][0]["statements"][0] = behaviour


@pytest.fixture
def home(make: Maker, owner: Someone) -> uuid.UUID:
    return make.partnership()


@pytest.fixture
def away(make: Maker) -> uuid.UUID:
    make.person("Els Elsewhere", Role.SUPERVISOR, partnership=ELSEWHERE)
    return make.partnership(ELSEWHERE)


# ------------------------------------------------------------------------------ drafts


def test_a_draft_begins_with_what_is_used_now(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored
) -> None:
    with make.request():
        draft = service.start_draft(home, programme_leader.id)
        shipped = document_of(library().current)
    assert draft.document["forms"] == shipped["forms"]
    assert draft.document["axes"] == shipped["axes"] | {"questionnaire": own_key(home)}
    assert (draft.revision, draft.changed_by_id) == (1, programme_leader.id)
    make.questionnaire(programme_leader, reword)
    with make.request():
        again = service.start_draft(home, programme_leader.id)
    assert first(again.document)["text"] == {"nl": OWN_WORDS}
    assert again.document["axes"]["version"] == 2
    assert stored.count(AuditEntry, AuditEntry.action == "questionnaire draft begun") == 2


def test_whoever_begins_second_goes_on_with_the_same_draft(
    make: Maker, home: uuid.UUID, programme_leader: Someone, administrator: Someone, stored: Stored
) -> None:
    make.questionnaire_draft(programme_leader, reword)
    with make.request():
        draft = service.start_draft(home, administrator.id)
    assert first(draft.document)["text"] == {"nl": OWN_WORDS}
    assert (draft.revision, draft.changed_by_id) == (2, programme_leader.id)
    assert stored.count(AuditEntry, AuditEntry.action == "questionnaire draft begun") == 1


def test_of_two_editors_the_second_gets_a_choice_and_nothing_is_lost(
    make: Maker, home: uuid.UUID, programme_leader: Someone, administrator: Someone
) -> None:
    seen = make.questionnaire_draft(programme_leader)
    with make.request():
        changed = copy.deepcopy(seen.document)
        reword(changed)
        service.save_draft(home, changed, seen.revision, administrator.id)
    for act in (
        lambda: service.save_draft(home, seen.document, seen.revision, programme_leader.id),
        lambda: service.publish(home, seen.revision, programme_leader.id),
        lambda: service.discard_draft(home, seen.revision, programme_leader.id),
    ):
        with make.app.app_context(), pytest.raises(service.Overtaken) as refusal:
            act()
        assert refusal.value.draft.changed_by_id == administrator.id
        assert first(refusal.value.draft.document)["text"] == {"nl": OWN_WORDS}


def test_saving_what_stands_there_changes_nothing(
    make: Maker, home: uuid.UUID, programme_leader: Someone, administrator: Someone
) -> None:
    draft = make.questionnaire_draft(programme_leader)
    with make.request():
        same = service.save_draft(home, draft.document, draft.revision, administrator.id)
    assert same == draft


def test_what_is_no_questionnaire_is_not_kept(
    make: Maker, home: uuid.UUID, programme_leader: Someone
) -> None:
    draft = make.questionnaire_draft(programme_leader)
    for broken in ({}, {"axes": 1}, draft.document | {"forms": {}}):
        with make.app.app_context(), pytest.raises(Unreadable):
            service.save_draft(home, broken, draft.revision, programme_leader.id)
    big = copy.deepcopy(draft.document)
    first(big)["illustrations"] = [{"nl": "a" * 4000}] * 300
    with make.app.app_context(), pytest.raises(Unreadable):
        service.save_draft(home, big, draft.revision, programme_leader.id)
    with make.app.app_context():
        assert service.get_draft(home) == draft


def test_a_document_cannot_say_whose_it_is(
    make: Maker, home: uuid.UUID, away: uuid.UUID, programme_leader: Someone
) -> None:
    def pretend(document: Document) -> None:
        reword(document)
        document["axes"] |= {"questionnaire": own_key(away), "version": 7}

    assert make.questionnaire(programme_leader, pretend) == (own_key(home), 1)
    with make.app.app_context():
        assert current_for(away) is library().current


@pytest.mark.parametrize("act", [service.save_draft, service.publish, service.discard_draft])
def test_without_a_draft_there_is_nothing_to_do(
    make: Maker, home: uuid.UUID, programme_leader: Someone, act: Callable[..., object]
) -> None:
    given = ({},) if act is service.save_draft else ()
    with make.app.app_context(), pytest.raises(service.NoDraft):
        act(home, *given, 1, programme_leader.id)


def test_a_draft_that_is_thrown_away_is_gone(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored
) -> None:
    draft = make.questionnaire_draft(programme_leader, reword)
    with make.request():
        service.discard_draft(home, draft.revision, programme_leader.id)
    assert stored.count(ContentDraft) == 0
    assert stored.count(AuditEntry, AuditEntry.action == "questionnaire draft thrown away") == 1
    with make.app.app_context():
        assert current_for(home) is library().current


# -------------------------------------------------------------------------- publishing


def test_publishing_makes_one_version_and_writes_down_who_did(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored
) -> None:
    assert make.questionnaire(programme_leader, reword) == (own_key(home), 1)
    assert make.questionnaire(programme_leader) == (own_key(home), 2)
    assert stored.count(ContentDraft) == 0
    with make.app.app_context():
        cards = queries.versions(home)
        assert (current_for(home).key, current_for(home).version) == (own_key(home), 2)
    assert [(each.version, each.published_by_id) for each in cards] == [
        (2, programme_leader.id),
        (1, programme_leader.id),
    ]
    assert stored.count(AuditEntry, AuditEntry.action == "questionnaire published") == 2


def test_what_has_to_be_mended_is_not_published(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored
) -> None:
    def too_long(document: Document) -> None:
        first(document)["text"]["nl"] = "a" * 2000

    draft = make.questionnaire_draft(programme_leader, too_long)
    with make.app.app_context(), pytest.raises(service.NotReady) as refusal:
        service.publish(home, draft.revision, programme_leader.id)
    assert refusal.value.status == 422
    assert [each.item for each in refusal.value.problems] == [
        "forms > self > statements > relationship > text"
    ]
    assert stored.count(PublishedContent) == 0
    assert stored.count(ContentDraft) == 1


def test_what_says_nothing_new_is_not_published(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored
) -> None:
    def publish_as_it_is() -> None:
        with make.request():
            draft = service.start_draft(home, programme_leader.id)
        with make.app.app_context(), pytest.raises(service.NothingNew):
            service.publish(home, draft.revision, programme_leader.id)

    publish_as_it_is()
    make.questionnaire(programme_leader, reword)
    publish_as_it_is()
    assert stored.count(PublishedContent) == 1


def test_a_second_click_finds_that_it_is_done(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored
) -> None:
    draft = make.questionnaire_draft(programme_leader, reword)
    with make.request():
        service.publish(home, draft.revision, programme_leader.id)
    with make.app.app_context(), pytest.raises(service.NoDraft):
        service.publish(home, draft.revision, programme_leader.id)
    assert stored.count(PublishedContent) == 1


# ---------------------------------------------------------------- who fills in which one


def used(stored: Stored) -> list[tuple[str, int]]:
    rows = stored.rows(sa.select(Response.questionnaire, Response.version).distinct())
    return sorted((key, version) for key, version in rows)


def test_new_scans_use_it_and_running_ones_keep_theirs(
    make: Maker, home: uuid.UUID, owner: Someone, programme_leader: Someone, browse: Browse
) -> None:
    running = make.draft_scan(owner, 4)
    make.questionnaire(programme_leader, reword)
    olga, other = browse(owner), make.person("Otto Other", Role.SUPERVISOR)
    assert OWN_WORDS not in olga.get(f"{running.path}/part/1").text
    otto = browse(other)
    page = otto.get("/start").send().follow()
    assert OWN_WORDS in page.text
    assert "Our own coach" in page.text


def test_another_partnership_has_no_part_in_it(
    make: Maker, owner: Someone, away: uuid.UUID, programme_leader: Someone, browse: Browse
) -> None:
    make.questionnaire(programme_leader, reword)
    els = browse(make.person("Eva Elsewhere", Role.SUPERVISOR, partnership=ELSEWHERE))
    page = els.get("/start").send().follow()
    assert OWN_WORDS not in page.text
    with make.app.app_context():
        assert queries.versions(away) == []
        assert queries.find_draft(away) is None
        with pytest.raises(KeyError):
            get_questionnaire(own_key(away), 1)


def test_the_first_page_counts_the_statements_of_the_own_one(
    make: Maker, owner: Someone, programme_leader: Someone, browse: Browse
) -> None:
    assert "19 statements" in browse(owner).get("/start").text
    make.questionnaire(
        programme_leader, lambda found: found["forms"]["self"]["parts"][1]["statements"].pop()
    )
    assert "18 statements" in browse(owner).get("/start").text


def test_feedback_is_asked_in_the_version_of_its_scan(
    make: Maker, owner: Someone, programme_leader: Someone, browse: Browse, stored: Stored
) -> None:
    key, version = make.questionnaire(programme_leader, reword)
    scan = make.scan(owner, 4)
    make.questionnaire(programme_leader)
    asked = make.asked(scan, "Noor")
    assert used(stored) == [(key, version)]
    assert "Our own coach" in browse().get(f"{asked.path}/part/1").text
    make.shared(asked)
    assert "Our own coach" in browse(owner).get(f"{scan.path}/result").text


def test_a_rescan_over_to_an_own_one_compares_only_what_both_ask_about(
    make: Maker, owner: Someone, scan: Scan, programme_leader: Someone, browse: Browse
) -> None:
    def change(document: Document) -> None:
        replace(document)
        document["axes"]["axes"][0]["title"] = {"nl": "Onze begeleider", "en": "Our own coach"}

    make.learning_question(scan, "What was it about?")
    make.questionnaire(programme_leader, change)
    with time_machine.travel(clock.now() + LATER):
        again = make.scan(owner, 6)
        olga = browse(owner)
        page = olga.get(f"{again.path}/result")
        content = olga.get(f"{again.path}/result.json").json
        start = olga.get("/start").text
    moved = [each.all("span")[0].text for each in section(page, "growth").all("li")]
    assert len(moved) == 19 - 1
    assert "Listening" not in moved
    assert "The questionnaire has changed since" in page.text
    assert "Our own coach" in page.text
    assert (content["questionnaire"], content["version"]) == (own_key(make.partnership()), 1)
    # What somebody wrote after the scan before keeps the words of that one.
    assert "Guidance: the coach" in start
    assert "Our own coach" not in start


def test_a_rescan_in_the_same_own_version_compares_everything(
    make: Maker, owner: Someone, programme_leader: Someone, browse: Browse, app: Flask
) -> None:
    make.questionnaire(programme_leader, replace)
    make.scan(owner, 4)
    # As another process has it.
    app.extensions["kept_questionnaires"] = Kept()
    with time_machine.travel(clock.now() + LATER):
        page = browse(owner).get(f"{make.scan(owner, 5).path}/result")
    assert "The questionnaire has changed since" not in page.text
    assert "Listening" in section(page, "growth").text


def test_a_question_keeps_the_words_of_its_scan_in_the_file_of_its_author(
    make: Maker, owner: Someone, programme_leader: Someone, browse: Browse
) -> None:
    def change(document: Document) -> None:
        replace(document)
        document["axes"]["axes"][2]["title"] = {"nl": "Onze poort", "en": "Our own gate"}

    make.questionnaire(programme_leader, change)
    scan = make.scan(owner, 4, {"gatekeeper": "An example"})
    make.taken(scan, "strength", "listening")
    make.learning_question(scan, "What now?")
    make.learning_question_draft(scan, "And then?", "gatekeeper")
    olga = browse(owner)
    file, page = olga.get("/my-data/all.json").json, olga.get("/my-data/all.html").text
    [question], [taken] = file["learning_questions"], file["scans"][0]["taken_along"]
    [draft] = file["learning_question_drafts"]
    assert question["title"] == "Guidance: the coach"
    assert (draft["axis"], draft["title"]) == ("gatekeeper", "Our own gate")
    assert [each["title"] for each in question["rested_on"]] == ["Listening"]
    assert (taken["key"], taken["title"]) == ("listening", "Listening")
    assert "Teacher training: the gatekeeper" not in page
    assert page.count("Our own gate") == 2


# ---------------------------------------------------------------------- Dutch for English


def test_what_has_no_english_is_dutch_with_a_notice(
    make: Maker, owner: Someone, programme_leader: Someone, browse: Browse
) -> None:
    make.questionnaire(programme_leader, reword)
    scan = make.draft_scan(owner, 4)
    with make.app.app_context():
        notice = gettext(
            "Not everything here has been translated into English. The rest is in Dutch."
        )
    page = browse(owner).get(f"{scan.path}/part/1")
    assert "Not everything here has been translated into English" in page.text
    of_ends = [each for each in page.main.all("span") if "past helemaal bij ons" in each.text]
    assert {each.get("lang") for each in of_ends} == {"nl"}
    legends = {each.text: each.get("lang") for each in page.main.all("legend")}
    assert legends.pop(OWN_WORDS) == "nl"
    assert set(legends.values()) == {""}
    dutch = browse(owner, "nl").get(f"{scan.path}/part/1")
    assert notice not in dutch.text
    assert not [each for each in dutch.main.walk() if each.get("lang")]
    check = browse(owner).get(f"{scan.path}/check")
    assert [each.text for each in check.main.all("dt") if each.get("lang") == "nl"] == [OWN_WORDS]


def test_the_products_own_has_no_notice(browse: Browse, owner: Someone, make: Maker) -> None:
    page = browse(owner).get(f"{make.draft_scan(owner).path}/part/1")
    assert "translated into English" not in page.text
    assert not [each for each in page.main.walk() if each.get("lang")]


# ------------------------------------------------------------------------- what it costs


def test_an_own_one_takes_one_statement_more_once_in_each_process(
    app: Flask, make: Maker, owner: Someone, programme_leader: Someone, browse: Browse
) -> None:
    olga, path = browse(owner), f"{make.draft_scan(owner).path}/part/1"
    with statements(app) as shipped:
        olga.get(path)
    make.questionnaire(programme_leader, reword)
    otto = make.person("Otto Other", Role.SUPERVISOR)
    browser, path = browse(otto), f"{make.draft_scan(otto).path}/part/1"
    app.extensions["kept_questionnaires"] = Kept()
    counts = []
    for _turn in range(3):
        with statements(app) as taken:
            browser.get(path)
        counts.append(len(taken) - len(shipped))
    assert counts == [1, 0, 0]


def test_a_process_keeps_so_many_and_those_that_were_used_last(app: Flask) -> None:
    with app.app_context():
        any_one = library().current
    kept = Kept()
    for number in range(MOST_KEPT):
        kept.keep(("own", number), any_one)
    assert kept.find(("own", 0))
    kept.keep(("own", MOST_KEPT), any_one)
    assert kept.find(("own", 0))
    assert kept.find(("own", 1)) is None
    other = copy.copy(any_one)
    assert kept.keep(("own", 2), other) is any_one


# --------------------------------------------------------------------------- the start


def test_the_start_knows_versions_in_the_database_and_misses_others(
    app: Flask, make: Maker, owner: Someone, programme_leader: Someone
) -> None:
    key, version = make.questionnaire(programme_leader, reword)
    make.draft_scan(owner)
    with app.app_context():
        check_versions()
        db.session.execute(sa.delete(PublishedContent))
        with pytest.raises(StartRefused, match=f"{key} {version}"):
            check_versions()
        db.session.rollback()


def test_whoever_published_can_leave_and_the_version_stays(
    make: Maker, home: uuid.UUID, programme_leader: Someone, stored: Stored, browse: Browse
) -> None:
    make.questionnaire(programme_leader, reword)
    before = stored.values(sa.select(PublishedContent.document))
    piet: Browser = browse(programme_leader)
    piet.get("/my-data").send({"sure": "y"}, form="delete")
    assert stored.values(sa.select(PublishedContent.published_by_id)) == [None]
    assert stored.values(sa.select(PublishedContent.document)) == before
