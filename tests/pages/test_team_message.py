"""What we tell the team: the group writes, each agrees, and the group releases and takes back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Page
from tests.pages.group import Group, autosave, group
from tests.pages.statements import statements
from tests.people import CLOSED
from zetwpo.accounts.actors import Role
from zetwpo.audit import AuditEntry
from zetwpo.clock import now
from zetwpo.cycle.common_question.rules import LONGEST_QUESTION, MOST_SUBGROUPS
from zetwpo.cycle.team_message.models import TeamMessage, TeamMessageRelease, TeamMessageVoice
from zetwpo.cycle.team_message.queries import newly_released
from zetwpo.cycle.team_message.rules import NEW_FOR
from zetwpo.i18n import day, writing_in

__all__ = ["group"]
QUESTION = "How do we ask before we answer?"
TEXTS = {"different": "We ask first.", "proposal": "An hour a week.", "celebration": "Cake."}
PATH = "/team-message"


def page(group: Group, who: str = "owner") -> Page:
    return group[who].get(group.trajectory.path + PATH)


def write(group: Group, who: str = "fem", **texts: str) -> Page:
    return page(group, who).send(TEXTS | texts, form=PATH)


def agree(group: Group, *people: str) -> None:
    for who in people:
        assert page(group, who).send(form="/approve").status == 303


def release(group: Group, told: str = "both") -> None:
    write(group, told=told)
    agree(group, "owner", "bo")
    assert page(group).send(form="/release").status == 303


@pytest.fixture
def asked(group: Group, make: Maker) -> str:
    make.common_question(group.trajectory, group.people["fem"], QUESTION)
    return QUESTION


@pytest.fixture
def programme(make: Maker) -> Someone:
    return make.person("Pia", Role.PROGRAMME_LEADER)


def test_the_question_of_the_group_stands_there_and_everybody_writes(
    group: Group, asked: str, stored: Stored
) -> None:
    assert page(group).value("question") == QUESTION
    assert stored.rows(sa.select(TeamMessage.told)) == []
    write(group, "owner")
    write(group, "fem", different="We ask twice.")
    [row] = stored.rows(sa.select(TeamMessage.question, TeamMessage.different, TeamMessage.told))
    assert tuple(row) == (QUESTION, "We ask twice.", "on_paper")
    assert page(group, "bo").value("different") == "We ask twice."


def test_two_who_change_the_same_part_both_keep_their_text(group: Group) -> None:
    mine, theirs = page(group, "owner"), page(group, "bo")
    mine.send({"different": "Words of Olga"}, form=PATH)
    late = theirs.send({"different": "Words of Bo", "proposal": "More time."}, form=PATH)
    assert late.status == 409
    assert "Words of Olga" in late.text
    assert late.value("different") == "Words of Bo"
    assert page(group, "fem").value("proposal") == "More time."
    assert late.send({"different": "Words of both"}, form=PATH).status == 303
    assert page(group, "fem").value("different") == "Words of both"


def test_it_is_kept_while_somebody_types(group: Group) -> None:
    assert autosave(page(group), {"different": "We a"}).json["refused"] == []
    assert page(group, "bo").value("different") == "We a"
    theirs = page(group, "bo")
    autosave(page(group), {"different": "We ask"})
    answer = autosave(theirs, {"different": "We answer"})
    assert (answer.status, answer.json["refused"]) == (409, ["different"])


def test_everybody_agrees_by_themselves_and_the_group_reads_who_did(group: Group) -> None:
    write(group, told="schools")
    assert "Nobody said yet that they agree" in page(group).text
    agree(group, "owner")
    for who in ("owner", "bo", "fem"):
        text = page(group, who).text
        assert "These people agree with the text as it is now: Olga Owner" in text
        assert "One person has not said anything of it yet." in text
        assert "Everybody who takes part agrees." not in text
    # Who leads it has no yes of their own, and gives none for others.
    assert group["fem"].post(group.trajectory.path + PATH + "/approve").status in CLOSED
    agree(group, "bo")
    assert "Everybody who takes part agrees." in page(group, "fem").text


def test_words_that_all_agree_with_are_there_to_be_read_and_changed_on_purpose(
    group: Group,
) -> None:
    def folded() -> list[str]:
        return [each.text for each in page(group).main.all("summary")]

    write(group, told="schools")
    agree(group, "owner")
    assert "Change the text" not in folded()
    agree(group, "bo")
    assert "Change the text" in folded()
    # Below it the form, with everything in it.
    assert page(group).value("different") == TEXTS["different"]
    assert page(group).send({"different": ""}, form=PATH).status == 303
    assert "Change the text" not in folded()


def test_a_change_asks_everybody_anew(group: Group, stored: Stored) -> None:
    write(group, told="schools")
    agree(group, "owner", "bo")
    autosave(page(group, "fem"), {"proposal": "Two hours a week."})
    assert "Everybody who takes part agrees." not in page(group).text
    refused = group["bo"].post(group.trajectory.path + PATH + "/release", {"seen": ""})
    assert refused.status == 409
    assert stored.rows(sa.select(TeamMessageRelease.told)) == []


def test_whoever_agrees_while_another_changes_a_word_reads_it_first(
    group: Group, stored: Stored
) -> None:
    write(group)
    shown = page(group, "bo")
    autosave(page(group, "owner"), {"proposal": "Nothing, thank you."})
    late = shown.send(form="/approve")
    assert late.status == 409
    assert "Somebody changed this text after you opened the page" in late.text
    assert "Nothing, thank you." in late.text
    assert stored.rows(sa.select(TeamMessageVoice.agrees)) == []
    assert late.send(form="/approve").status == 303


def test_nobody_releases_it_before_everybody_agrees(group: Group, stored: Stored) -> None:
    write(group, told="schools")
    version = page(group, "bo").fields("/approve")["seen"]
    agree(group, "owner")
    for who in ("owner", "bo", "fem"):
        refused = group[who].post(group.trajectory.path + PATH + "/release", {"seen": version})
        assert refused.status == 409
        assert "Not everybody who takes part agrees with this text." in refused.text
    assert stored.rows(sa.select(TeamMessageRelease.told)) == []


def test_a_yes_and_a_change_at_one_moment_never_meet(group: Group, stored: Stored) -> None:
    write(group)
    yes, change = page(group, "owner"), page(group, "fem")
    with ThreadPoolExecutor(2) as pool:
        said = pool.submit(lambda: yes.send(form="/approve").status)
        changed = pool.submit(lambda: change.send({"proposal": "Other words."}, form=PATH).status)
    assert changed.result() == 303
    assert said.result() in {303, 409}
    # Whoever was first: a yes is about the words that its author read.
    assert "Nobody said yet that they agree" in page(group).text
    assert page(group).value("proposal") == "Other words."


def test_to_whom_it_goes_is_part_of_what_they_agree_with(group: Group) -> None:
    write(group, told="programme")
    agree(group, "owner", "bo")
    write(group, "fem", told="both")
    assert "Nobody said yet that they agree" in page(group).text


def test_somebody_says_what_should_change_and_the_group_reads_it(group: Group) -> None:
    write(group)
    agree(group, "bo")
    empty = page(group, "bo").send({"words": " "}, form="/object")
    assert empty.status == 422
    assert empty.errors == ["words"]
    page(group, "bo").send({"words": "Not an hour: half."}, form="/object")
    for who in ("owner", "bo", "fem"):
        text = page(group, who).text
        assert "Not an hour: half." in text
        assert "Bo: this should change first" in text
        assert "Nobody said yet that they agree" in text
    write(group, proposal="Half an hour a week.")
    assert "Bo: said of the text before it was changed" in page(group).text
    agree(group, "bo")
    assert "Not an hour: half." not in page(group).text


def test_a_yes_can_be_taken_back(group: Group) -> None:
    write(group)
    agree(group, "owner")
    page(group).send(form="/silence")
    assert "Nobody said yet that they agree" in page(group).text


def test_whoever_left_does_not_count_any_more(group: Group, make: Maker) -> None:
    write(group, told="schools")
    agree(group, "owner")
    page(group, "bo").send({"words": "Not like this."}, form="/object")
    make.left(group.trajectory, group.people["bo"])
    text = page(group).text
    assert "Not like this." not in text
    assert "Everybody who takes part agrees." in text
    make.joined(group.trajectory, make.person("Cas", Role.SUPERVISOR))
    assert "Everybody who takes part agrees." not in page(group).text


def test_whoever_may_take_part_no_more_holds_nobody_up(group: Group, make: Maker) -> None:
    """They have no way to say anything of it, and none to leave."""
    write(group, told="both")
    agree(group, "owner", "bo")
    make.joined(group.trajectory, cas := make.person("Cas", Role.SUPERVISOR))
    assert "Everybody who takes part agrees" not in page(group).text
    make.without_role(cas, Role.SUPERVISOR)
    assert "Everybody who takes part agrees" in page(group).text
    assert page(group).send(form="/release").status == 303


def test_two_clicks_say_and_release_it_once(group: Group, stored: Stored) -> None:
    write(group, told="both")
    for who in ("owner", "bo"):
        shown = page(group, who)
        for _click in range(2):
            shown.send(form="/approve")
    whole = page(group)
    whole.send(form="/release")
    before = stored.everything()
    whole.send(form="/release")
    assert stored.everything() == before
    for _click in range(2):
        whole.send({"words": "Less cake"}, form="/object")
    done = stored.values(sa.select(AuditEntry.action))
    assert (done.count("team message approved"), done.count("team message objected")) == (2, 1)


def test_who_objects_while_another_changes_a_word_is_asked_about_the_new_words(
    group: Group,
) -> None:
    write(group, told="both")
    agree(group, "bo")
    shown = page(group)
    write(group, different="We ask twice.")
    agree(group, "bo")
    shown.send({"words": "More cake"}, form="/object")
    after = page(group, "bo").text
    assert "More cake" in after
    assert "said of the text before it was changed" in after
    assert "One person has not said anything of it yet" in after


def test_the_questions_of_twelve_subgroups_are_not_too_long(group: Group, make: Maker) -> None:
    people = [make.person(f"Person {number}", Role.SUPERVISOR) for number in range(MOST_SUBGROUPS)]
    make.joined(group.trajectory, *people)
    for each in people:
        part = make.subgroup(group.trajectory, group.people["fem"], "pedagogical", each)
        make.common_question(
            group.trajectory, group.people["fem"], "q" * LONGEST_QUESTION, subgroup_id=part
        )
    assert write(group).status == 303
    assert len(page(group).value("question")) > MOST_SUBGROUPS * LONGEST_QUESTION


@pytest.mark.parametrize(
    ("told", "who_reads"),
    [
        ("programme", ("programme",)),
        ("schools", ("leader",)),
        ("both", ("programme", "leader")),
    ],
)
def test_released_only_those_read_it_whom_the_group_chose(
    group: Group, make: Maker, programme: Someone, asked: str, told: str, who_reads: tuple[str, ...]
) -> None:
    outside = {"programme": group.open(programme), "leader": group["leader"]}
    address = f"{group.trajectory.path}{PATH}/released"
    dates = f"/partnerships/{make.partnership()}/trajectories"
    write(group, told=told)
    agree(group, "owner", "bo")
    assert {each.get(address).status for each in outside.values()} == {404}
    said = page(group).send(form="/release").follow().main.text
    # In the middle of a sentence, without the capital of a choice.
    assert "It is read by: the " in said
    assert "Who reads it: the " in said
    for who, browser in outside.items():
        found = browser.get(address)
        assert (found.status == 200) is (who in who_reads)
        assert (address in browser.get(dates).links) is (who in who_reads)
        # On the first page it stands once, without a number.
        assert browser.get("/start").links.count(address) == (who in who_reads)
        if who in who_reads:
            for words in (QUESTION, *TEXTS.values()):
                assert words in found.text
            for name in ("Olga", "Bo", "Fem"):
                assert name not in found.main.text
    for who in ("left", "other_leader", "other_member", "nowhere"):
        assert group[who].get(address).status in CLOSED


def test_what_is_written_on_stays_in_the_group_until_all_agree_again(group: Group) -> None:
    release(group)
    address = f"{group.trajectory.path}{PATH}/released"
    write(group, "owner", different="Secret for now.")
    assert "Secret for now." not in group["leader"].get(address).text
    assert "They read it as you released it then." in page(group).text
    agree(group, "owner", "bo")
    assert "Secret for now." not in group["leader"].get(address).text
    page(group).send(form="/release")
    assert "Secret for now." in group["leader"].get(address).text


@pytest.mark.parametrize("who", ["bo", "fem"])
def test_one_of_the_group_is_enough_to_take_it_back(group: Group, who: str, stored: Stored) -> None:
    release(group)
    page(group, who).send(form="/take-back")
    assert group["leader"].get(f"{group.trajectory.path}{PATH}/released").status == 404
    assert stored.rows(sa.select(TeamMessageRelease.told)) == []
    # A second click changes nothing.
    assert group[who].post(f"{group.trajectory.path}{PATH}/take-back").status == 303


def test_a_first_page_tells_of_it_as_long_as_it_is_new(group: Group, programme: Someone) -> None:
    release(group)
    address = f"{group.trajectory.path}{PATH}/released"
    first = group.open(programme).get("/start")
    assert "New: what a group tells the team" in first.main.text
    with writing_in("en"):
        assert f"released on {day(now())}" in first.main.text
    for who in ("owner", "fem", "left", "other_leader", "other_member", "nowhere"):
        assert address not in group[who].get("/start").links
    with time_machine.travel(now() + NEW_FOR - timedelta(hours=1)):
        assert address in group.open(programme).get("/start").links
    with time_machine.travel(now() + NEW_FOR + timedelta(hours=1)):
        assert address not in group.open(programme).get("/start").links
    page(group).send(form="/take-back")
    assert address not in group.open(programme).get("/start").links


def test_however_many_groups_tell_something_a_first_page_asks_as_much(
    group: Group, make: Maker, programme: Someone
) -> None:
    release(group)
    browser = group.open(programme)
    with statements(make.app) as one:
        browser.get("/start")
    titles = ["Third", "Fourth", "Fifth"]
    for title in titles:
        made = make.trajectory(group.people["fem"], group.people["bo"], title=title)
        told = {"told": "programme", "different": "We ask first."}
        make.team_message(made, group.people["bo"], is_released=True, **told)
    with statements(make.app) as several:
        text = browser.get("/start").main.text
    assert all(title in text for title in titles)
    assert len(several) == len(one)


def test_a_first_page_is_silent_on_what_is_told_to_another_partnership(
    group: Group, make: Maker
) -> None:
    release(group)
    elsewhere = make.person("Pim", Role.PROGRAMME_LEADER, partnership="Elsewhere")
    assert "what a group tells" not in group.open(elsewhere).get("/start").text
    with make.request():
        assert newly_released([make.partnership("Elsewhere")], now()) == []


@pytest.mark.parametrize(("told", "lines"), [("programme", 1), ("both", 2)])
def test_who_leads_programme_and_school_reads_it_on_the_card_for_which_it_is(
    group: Group, make: Maker, told: str, lines: int
) -> None:
    release(group, told)
    both = group.open(make.person("Pien", Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER))
    address = f"{group.trajectory.path}{PATH}/released"
    assert both.get("/start").links.count(address) == lines


def test_on_paper_it_opens_to_nobody(group: Group, stored: Stored) -> None:
    write(group)
    agree(group, "owner", "bo")
    shown = page(group)
    assert "Print it, and take it along." in shown.text
    assert "Release it" not in shown.text
    paper = group["owner"].get(f"{group.trajectory.path}{PATH}/paper")
    assert "A draft" not in paper.text
    assert TEXTS["proposal"] in paper.text


def test_on_paper_a_draft_says_that_it_is_one(group: Group) -> None:
    write(group)
    assert "A draft" in group["bo"].get(f"{group.trajectory.path}{PATH}/paper").text


@pytest.mark.parametrize("who", ["left", "other_leader", "other_member", "leader", "nowhere"])
def test_the_page_of_the_group_opens_to_nobody_else(group: Group, who: str) -> None:
    for end in ("", "/paper"):
        assert group[who].get(group.trajectory.path + PATH + end).status in CLOSED
    for end in ("", "/autosave", "/approve", "/object", "/silence", "/release", "/take-back"):
        assert group[who].post(group.trajectory.path + PATH + end).status in CLOSED


def test_it_goes_on_after_closing(group: Group, make: Maker) -> None:
    write(group, told="schools")
    make.closed(group.trajectory)
    agree(group, "owner", "bo")
    assert page(group).send(form="/release").status == 303


def test_without_people_nobody_agrees(make: Maker, group: Group) -> None:
    for who in ("owner", "bo"):
        make.left(group.trajectory, group.people[who])
    write(group, told="both")
    text = page(group, "fem").text
    assert "Nobody takes part, so nobody can agree with it." in text
    refused = group["fem"].post(group.trajectory.path + PATH + "/release", {"seen": ""})
    assert refused.status == 409


def test_sixty_people_take_as_many_statements_as_two(group: Group, make: Maker, asked: str) -> None:
    write(group)
    with statements(make.app) as few:
        page(group)
    make.joined(group.trajectory, *(make.person(f"P{n}", Role.SUPERVISOR) for n in range(20)))
    with statements(make.app) as many:
        page(group)
    assert len(many) == len(few)
