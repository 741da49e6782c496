"""The result: everybody's view side by side, for the supervisor alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.html import Element
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.i18n import day, writing_in
from zetwpo.scan.feedback.rules import AskedRole

OWN = "7 6 5 4 3  5 5 -  6 -  2 2 2 2 2  7 1 7 1"
NOOR = "7 6 5 4 x  1 2 3 4  6 6  2 2 2 - -  x x"
TESS = "7 6 5 4 3  3 3 3  6 2  2 2 2 2 2  7 7 7 7"


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """A scan with the views of a student and of a trainer, in figures and in words."""
    scan = make.scan(owner, OWN, {"gatekeeper": "My own example"})
    words = {"feed_forward": {"gatekeeper": "Tell me <b>earlier</b>"}}
    make.shared(make.asked(scan, "Tess", AskedRole.SCHOOL_TRAINER), TESS)
    make.shared(make.asked(scan, "Noor"), NOOR, **words, examples={"pedagogical": "You asked"})
    return scan


def result(olga: Browser, scan: Scan) -> Page:
    page = olga.get(f"{scan.path}/result")
    assert page.status == 200
    return page


def table(page: Page, number: int) -> list[list[str]]:
    return [
        [cell.text for cell in row.all("th", "td")]
        for row in page.main.all("table")[number].all("tr")
    ]


def section(page: Page, key: str) -> Element:
    return next(each for each in page.main.all("section") if each.get("aria-labelledby") == key)


def test_the_table_gives_each_mean_and_what_it_rests_on(olga: Browser, full: Scan) -> None:
    head, *rows = table(result(olga, full), 0)
    assert head[1:] == ["You", "Noor (student)", "Tess (school trainer)"]
    cells = [[" ".join(cell.split()[:4]) for cell in row[1:]] for row in rows]
    assert cells == [
        ["5 5 of 5", "5.5 4 of 5", "5 5 of 5"],
        ["5 2 of 3", "2.5 4 of 4", "3 3 of 3"],
        ["6 1 of 2", "6 2 of 2", "4 2 of 2"],
        ["2 5 of 5", "2 3 of 5", "2 5 of 5"],
        ["4 4 of 4", "no judgement 0 of", "7 4 of 4"],
    ]


def test_students_stand_together_before_trainers(olga: Browser, full: Scan, make: Maker) -> None:
    make.shared(make.asked(full, "Daan"), 3)
    heads = table(result(olga, full), 0)[0][1:]
    assert [head.split()[0] for head in heads] == ["You", "Noor", "Daan", "Tess"]


def test_another_trainer_changes_no_figure_of_anybody_else(
    olga: Browser, full: Scan, make: Maker
) -> None:
    before = [row[1:] for row in table(result(olga, full), 0)]
    make.shared(make.asked(full, "Ton", AskedRole.SCHOOL_TRAINER), 1)
    after = [row[1:] for row in table(result(olga, full), 0)]
    assert [row[:3] for row in after] == before
    assert {len(row) for row in after} == {4}


def test_the_spider_and_its_table_have_the_same_series(olga: Browser, full: Scan) -> None:
    page = result(olga, full)
    [spider] = [each for each in page.main.all("div") if "data-spider" in each.attributes]
    assert spider.all("svg")[0].get("role") == "img"
    legend = [each.text for each in page.main.all("label") if each.all("input")]
    assert legend == ["You", "Noor (student)", "Tess (school trainer)"]


def test_the_rows_have_a_key_of_their_own_as_the_legend_is_far(olga: Browser, full: Scan) -> None:
    [key] = section(result(olga, full), "rows").all("p", **{"class": "chart-key"})
    assert [each.get("class") for each in key.children] == ["series-1", "series-2", "series-3"]
    assert [each.text for each in key.children] == [
        "You",
        "Noor (student)",
        "Tess (school trainer)",
    ]
    assert key.all("input") == []


def test_a_row_is_only_for_what_somebody_here_was_asked(
    olga: Browser, owner: Someone, full: Scan, make: Maker
) -> None:
    def names(scan: Scan) -> str:
        rows = section(result(olga, scan), "rows").all("div", **{"class": "dot-row"})
        return " ".join(row.text for row in rows)

    assert "Asking for feedback" in names(full)
    assert "Asking for feedback" not in names(make.scan(owner, 4))


def test_a_row_without_any_value_says_so(olga: Browser, owner: Someone, make: Maker) -> None:
    scan = make.scan(owner, "4 4 4 4 x  4 4 4  4 4  4 4 4 4 4  - - - -")
    rows = section(result(olga, scan), "rows").all("div", **{"class": "dot-row"})
    words = [row.text for row in rows if not row.all("svg")]
    assert len(words) == 1 + 4
    assert all(text.endswith("no judgement") for text in words)


def test_everybody_has_a_look_and_who_comes_after_eight_a_number(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    for number in range(10):
        make.shared(make.asked(scan, f"Student {number}"))
    page = result(olga, scan)
    styles = "".join(each.raw_text for each in page.tree.all("style"))
    used = {
        name
        for each in page.main.walk()
        for name in each.get("class").split()
        if name.startswith("look-")
    }
    assert used == set(re.findall(r"\.(look-[a-z0-9-]+){", styles))
    assert used == {"look-self", *(f"look-student-{number}" for number in range(1, 11))}
    [fieldset] = page.main.all("fieldset", **{"class": "chart-legend"})
    labels = fieldset.all("label")
    numbers = [each.all("small")[0].text if each.all("small") else "" for each in labels]
    assert numbers == [*[""] * 9, "9", "10"]
    [spider] = [each for each in page.main.all("div") if "data-spider" in each.attributes]
    beside = [each.text for each in spider.all("text", **{"class": "chart-number"})]
    assert beside == ["9"] * 5 + ["10"] * 5


def test_every_tick_has_its_rule_however_many_people_answered(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    for number in range(13):
        make.shared(make.asked(scan, f"Student {number}"))
    page = result(olga, scan)
    series = [each.get("data-series") for each in page.main.all("input", type="checkbox")]
    assert series == [str(number) for number in range(1, 15)]
    styles = "".join(each.raw_text for each in page.tree.all("style"))
    assert re.findall(r'\[data-series="(\d+)"\]:not\(:checked\)\) \.series-(\d+)', styles) == [
        (number, number) for number in series
    ]


def test_the_table_stays_a_table_for_whoever_hears_it(olga: Browser, full: Scan) -> None:
    """On a phone its parts are drawn as blocks, and then their own meaning is lost."""
    found = result(olga, full).main.all("table")[0]
    roles = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    assert found.get("role") == "table"
    assert all(each.get("role") == roles[each.tag] for each in found.all(*roles))
    heads = {each.get("scope"): each.get("role") for each in found.all("th")}
    assert heads == {"col": "columnheader", "row": "rowheader"}
    names = [each.get("data-who") for each in found.all("td")]
    assert names == ["You", "Noor (student)", "Tess (school trainer)"] * 5


def test_what_matters_comes_before_the_details(olga: Browser, full: Scan) -> None:
    page = result(olga, full)
    keys = [each.get("aria-labelledby") for each in page.main.all("section")]
    assert [key for key in keys if key] == [
        *("summary", "overall", "strong", "differ", "attention", "figures"),
        *("words", "rows", "all", "take"),
    ]
    buttons = [
        each for each in page.main.all("a") if each.get("href").endswith("learning-question")
    ]
    assert len(buttons) == 2
    folded = [each.all("summary")[0].text for each in section(page, "rows").all("details")]
    assert len(folded) == 5


def test_the_summary_leads_to_all_that_it_names(olga: Browser, full: Scan) -> None:
    page = result(olga, full)
    summary = section(page, "summary")
    named = {
        each.get("href").removeprefix("#"): each.text
        for each in summary.all("a")
        if each.get("href").startswith("#")
    }
    assert named
    targets = {each.get("id"): each.text for each in page.main.all("li", "article")}
    assert all(targets[key].startswith(words) for key, words in named.items())
    assert "A tip from Noor" in summary.text
    assert "Tell me <b>earlier</b>" in summary.text


def test_paper_has_her_name_and_the_moment_and_not_who_reads_the_screen(
    olga: Browser, owner: Someone, full: Scan
) -> None:
    page = result(olga, full)
    with writing_in("en"):
        today = day(clock.now())
    [heading] = page.main.all("h1")
    screen, paper = heading.all("span")
    assert (screen.get("class"), screen.text) == ("no-print", f"Your result of {today}")
    assert (paper.get("class"), paper.text) == ("print-only", f"Result of {owner.name}, {today}")
    [readers] = page.main.all("p", id="readers")
    assert readers.parent
    assert readers.parent.get("class") == "no-print"
    [margin] = [each.raw_text for each in page.tree.all("style") if "@page{" in each.raw_text]
    assert '@bottom-left{content:"Confidential. Printed on ' in margin


def test_the_sentence_counts_the_parts_of_the_questionnaire(olga: Browser, full: Scan) -> None:
    lead = section(result(olga, full), "overall").all("p")[0].text
    assert lead.endswith(": 5 parts, from 1 to 7.")


def test_a_reader_meets_the_words_of_the_field(olga: Browser, full: Scan) -> None:
    text = result(olga, full).text.lower()
    for word in ("axis", "axes", "feed-forward"):
        assert word not in text


def test_what_is_strong_comes_before_what_differs_and_what_could_get_attention(
    olga: Browser, full: Scan
) -> None:
    keys = [each.get("aria-labelledby") for each in result(olga, full).main.all("section")]
    found = [key for key in keys if key in {"strong", "differ", "attention"}]
    assert found == ["strong", "differ", "attention"]


def differences(page: Page) -> dict[str, str]:
    """What the page says of each behaviour on which views differ, in its order."""
    found = section(page, "differ").all("article")
    return {each.all("h3")[0].text: each.text for each in found}


def test_differences_go_both_ways_and_name_who_sees_it(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "6 2 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4")
    make.shared(make.asked(scan, "Noor"), "1 4 4 4 4  4 4 4 4  4 4  4 4 4 4 4  4 4")
    trainer = make.asked(scan, "Tess", AskedRole.SCHOOL_TRAINER)
    make.shared(trainer, "6 5 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4")
    bond, tailored = differences(result(olga, scan)).values()
    assert "You see more of it than Noor." in bond
    assert "Noor and Tess see more of it than you." in tailored
    assert "To begin the talk:" in bond
    assert "To begin the talk:" in tailored


def test_the_largest_difference_is_open_and_the_small_ones_are_one_press_away(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, 7)
    make.shared(make.asked(scan, "Noor"), "5 5 5 5 7  7 7 7 7  7 7  7 7 7 7 1  3 7")
    page = result(olga, scan)
    names = list(differences(page))
    assert names[0] == "Connecting theory and practice"
    assert len(names) == 5
    [more] = section(page, "differ").all("details")
    folded = [each.all("h3")[0].text for each in more.all("article")]
    assert len(folded) == 4
    assert names[-4:] == folded
    assert "4 more differences" in more.all("summary")[0].text


def test_differences_that_nothing_sets_apart_are_all_folded(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, 7)
    make.shared(make.asked(scan, "Noor"), 3)
    page = result(olga, scan)
    [more] = section(page, "differ").all("details")
    assert len(more.all("article")) == len(differences(page)) == 16
    assert more.all("summary")[0].text == "See all 16 differences"
    assert "16 behaviours" in section(page, "summary").text


def test_differences_that_are_folded_are_not_said_to_be_equal(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, 7)
    make.shared(make.asked(scan, "Noor"), "3 3 3 3 3  7 7 7 7  7 7  7 7 7 7 5  7 7")
    page = result(olga, scan)
    [more] = section(page, "differ").all("details")
    assert more.all("summary")[0].text == "See all 6 differences"
    for key in ("differ", "summary"):
        assert "equal" not in section(page, key).text


def test_each_difference_has_everybodys_dot(olga: Browser, full: Scan) -> None:
    [first, *_others] = section(result(olga, full), "differ").all("article")
    lanes = first.all("li")
    assert lanes[0].all("bdi")[0].text == "You"
    values = [each.all("svg")[0].get("aria-label") for each in lanes]
    assert all(value.replace(".", "").isdigit() for value in values)
    assert all(each.all("svg")[0].get("role") == "img" for each in lanes)


def test_an_even_picture_points_nothing_out_and_says_so(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    page = result(olga, make.scan(owner, 4))
    assert section(page, "strong").all("ul") == []
    assert "nothing stands higher than the rest" in section(page, "strong").text
    assert "nothing stands higher than the rest" in section(page, "summary").text
    assert "Nothing stands out." in section(page, "attention").text


def test_what_shares_the_highest_place_is_counted_and_not_named(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "7 6 6 6 6  6 6 6  5 5  5 5 5 5 5  5 5 5 5")
    strong = section(result(olga, scan), "strong")
    named = [each.all("span")[0].text for each in strong.all("li")]
    assert named == ["A good professional relationship"]
    assert "Then come 7 behaviours that stand level." in strong.text


def test_who_asked_and_waits_is_not_told_to_ask(olga: Browser, scan: Scan, make: Maker) -> None:
    for name in ("Noor", "Daan", "Mila"):
        make.asked(scan, name)
    differ = section(result(olga, scan), "differ")
    assert "You asked 3 people; nothing has been shared yet." in differ.text
    assert "Ask for feedback" not in differ.text


def test_who_could_judge_nothing_is_not_said_to_agree(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    make.shared(make.asked(scan, "Noor"), "x x x x x  x x x x  x x  x x x x x  x x")
    differ = section(result(olga, scan), "differ")
    assert "There is nothing to compare" in differ.text


def test_of_four_answers_nothing_stands_out_and_the_page_says_so(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "4 4 4 4 -  - - -  - -  - - - - -  - - - -")
    make.shared(make.asked(scan, "Noor"), 6)
    page = result(olga, scan)
    assert "fewer than half" in section(page, "strong").text
    for key in ("strong", "attention"):
        assert section(page, key).all("ul") == []


def test_where_all_that_is_lower_differs_the_page_says_where_it_stands(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "3 6 6 6 6  6 6 6  6 6  6 6 6 6 6  6 6 6 6")
    make.shared(make.asked(scan, "Noor"), "5 6 6 6 6  6 6 6 6  6 6  6 6 6 6 6  6 6")
    attention = section(result(olga, scan), "attention")
    assert attention.all("ul") == []
    assert "Look at the differences" in attention.text


@pytest.mark.parametrize("alone", [True, False])
def test_the_lists_say_whose_view_they_are(
    olga: Browser, owner: Someone, make: Maker, alone: bool
) -> None:
    scan = make.scan(owner, "7 7 7 3 5  5 5 5  5 5  5 5 5 5 5  5 5 5 5")
    if not alone:
        make.shared(make.asked(scan, "Noor"), "7 7 7 4 5  5 5 5 5  5 5  5 5 5 5 5  5 5")
    page = result(olga, scan)
    for key in ("strong", "attention"):
        together = ("lowest figure", "highest figure here")
        words = ("your own", "You rated") if alone else together
        assert any(each in section(page, key).all("p")[0].text for each in words)


def test_a_behaviour_that_not_everybody_judged_says_whose_view_it_is(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "7 - 6 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 -")
    make.shared(make.asked(scan, "Noor"), "7 7 x 4 4  4 4 4 4  4 4  4 4 4 4 4  7 4")
    strong = [each.all("span")[0].text for each in section(result(olga, scan), "strong").all("li")]
    assert strong == [
        "A good professional relationship",
        "Tailored guidance Only Noor judged this.",
        "Asking for feedback Only Noor judged this.",
    ]
    trainer = "7 7 6 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4"
    make.shared(make.asked(scan, "Tess", AskedRole.SCHOOL_TRAINER), trainer)
    make.shared(make.asked(scan, "Daan"), "7 7 x 4 4  4 4 4 4  4 4  4 4 4 4 4  7 4")
    strong = [each.all("span")[0].text for each in section(result(olga, scan), "strong").all("li")]
    assert strong == [
        "A good professional relationship",
        "Tailored guidance You did not judge this yourself.",
        "Asking for feedback This is not in your self-scan.",
    ]


def test_of_what_only_the_supervisor_judged_the_page_says_so(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "4 4 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 7")
    assert "judged this" not in section(result(olga, scan), "strong").text
    make.shared(make.asked(scan, "Noor"), 4)
    assert "Only you judged this." in section(result(olga, scan), "strong").text


def test_the_lowest_place_is_said_to_leave_out_what_differs(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, "1 7 7 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4")
    make.shared(make.asked(scan, "Noor"), "3 7 7 4 4  4 4 4 4  4 4  4 4 4 4 4  4 4")
    attention = section(result(olga, scan), "attention")
    assert "Apart from the differences 1" in attention.text


def test_once_there_is_a_question_every_button_leads_on_with_it(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    scan = make.scan(owner, 4)
    assert section(result(olga, scan), "take").all("a")[0].text == "Draft your learning question"
    make.learning_question(scan, "Why do I take over?")
    page = result(olga, scan)
    for key in ("take", "summary"):
        assert "Go on with your learning question" in section(page, key).text
        assert "Draft" not in section(page, key).text


def test_there_is_no_total_and_no_verdict(olga: Browser, full: Scan) -> None:
    text = result(olga, full).text.lower()
    for word in ("total", "average of", "rank", "pass", "fail", "insufficient"):
        assert word not in text.split()


def test_texts_stand_with_their_author_and_are_shown_as_typed(olga: Browser, full: Scan) -> None:
    words = section(result(olga, full), "words")
    said = [each.text for each in words.all("figure")]
    assert any(each.startswith("Tell me <b>earlier</b> Noor, tip") for each in said)
    assert "You asked Noor, example" in said
    assert "My own example You, example" in said


def test_every_answer_stands_at_its_person(olga: Browser, full: Scan) -> None:
    page = result(olga, full)
    people = section(page, "all").all("details")
    marks = [" ".join(each.text for each in person.all("dd")) for person in people]
    plain = [
        each.replace("not answered", "-").replace("I cannot judge this", "x") for each in marks
    ]
    assert plain == [" ".join(each.split()) for each in (OWN, NOOR, TESS)]


def test_alone_it_shows_the_own_view_and_leads_to_asking(olga: Browser, scan: Scan) -> None:
    page = result(olga, scan)
    assert table(page, 0)[0][1:] == ["You"]
    assert f"{scan.path}/feedback" in page.links


def test_what_is_not_released_is_not_there(olga: Browser, scan: Scan, make: Maker) -> None:
    words = {"feed_forward": {"gatekeeper": "Not yet"}}
    make.drafted(make.asked(scan, "Daan"), **words)
    make.planned(make.asked(scan, "Youssef"), **words)
    make.declined(make.asked(scan, "Mila"), **words)
    page = result(olga, scan)
    for hidden in ("Not yet", "Daan", "Youssef", "Mila"):
        assert hidden not in page.response.text


def test_a_rescan_shows_how_the_own_view_moved(
    olga: Browser, browse: Browse, owner: Someone, make: Maker
) -> None:
    first = make.scan(owner, 3)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        page = result(browse(owner), make.scan(owner, 5))
    growth = section(page, "growth")
    moved = growth.all("li")
    assert len(moved) == 19
    assert {each.all("span")[1].text for each in moved} == {"then 3 → now 5"}
    assert "step back" not in growth.text
    assert len(table(page, 0)[0]) == 3
    assert not [each for each in result(olga, first).main.all("h2") if each.get("id") == "growth"]


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (3, 3, "19 behaviours you see as you did then."),
        ("-" + " 3" * 18, "3" + " -" * 18, "no behaviour that you judged both times"),
    ],
)
def test_where_nothing_moved_nothing_is_said_to_have_changed(
    browse: Browse, owner: Someone, make: Maker, before: int | str, now: int | str, says: str
) -> None:
    make.scan(owner, before)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        page = result(browse(owner), make.scan(owner, now))
    assert says in section(page, "growth").text
    for key in ("growth", "summary"):
        assert "has changed" not in section(page, key).text


def test_falling_is_shown_like_rising_with_a_word_about_it(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    make.scan(owner, "5 3 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4", {"gatekeeper": "I wait"})
    with time_machine.travel(clock.now() + timedelta(days=30)):
        again = make.scan(
            owner,
            "4 5 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4",
            {"gatekeeper": "I say it", "pedagogical": "Only now"},
        )
        page = result(browse(owner), again)
    growth = section(page, "growth")
    assert [each.all("span")[1].text for each in growth.all("li")] == [
        "then 5 → now 4",
        "then 3 → now 5",
    ]
    assert "A lower figure need not be a step back" in growth.text
    assert "17 behaviours you see as you did then." in growth.text
    said = [each.text for each in section(page, "words").all("figure")]
    assert [each.split(" You")[0] for each in said] == ["Only now", "I say it", "I wait"]
    assert "stands together" in growth.text
    assert growth.all("details") == []
    ticks = [each for each in page.main.all("input") if "data-series" in each.attributes]
    assert all("checked" in each.attributes for each in ticks)


def test_the_scan_comes_first(olga: Browser, draft: Scan) -> None:
    assert olga.get(f"{draft.path}/result").status == 409


def test_nobody_else_reads_it(outsider: Browser, browse: Browse, full: Scan) -> None:
    for ending in ("result", "result.xlsx", "result.json"):
        assert outsider.get(f"{full.path}/{ending}").status == 404
        assert browse().get(f"{full.path}/{ending}").location.startswith("/sign-in")


@pytest.mark.parametrize("ending", ["result", "result.xlsx", "result.json"])
def test_the_number_of_statements_does_not_grow_with_the_number_of_people(
    app: Flask, olga: Browser, scan: Scan, make: Maker, ending: str
) -> None:
    counts = []
    for name in ("Noor", "Daan", "Youssef", "Mila", "Bram"):
        make.shared(make.asked(scan, name))
        with statements(app) as seen:
            assert olga.get(f"{scan.path}/{ending}").status == 200
        counts.append(len(seen))
    # Who is signed in, the scan, the one before, who shared, whose scan it is, and all that they
    # filled in; on the page also what is taken along, and the learning question.
    assert set(counts) == {8 if ending == "result" else 6}
