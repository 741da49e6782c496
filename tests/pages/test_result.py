"""The result: everybody's view side by side, for the supervisor alone."""

import re

import pytest
from flask import Flask

from tests.factories import Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser
from tests.pages.result_page import NOOR, OWN, TESS, full_scan, result, section, table
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.i18n import day, writing_in


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """A scan with the views of a student and of a trainer, in figures and in words."""
    return full_scan(make, owner)


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
    make.shared(make.asked(full, "Ton", SCHOOL_TRAINER), 1)
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
        *("words", "rows", "all", "who-sees", "take"),
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


@pytest.mark.parametrize("case", ["nobody asked", "asked", "withdrawn", "folded"])
def test_paper_asks_nobody_to_press(olga: Browser, owner: Someone, make: Maker, case: str) -> None:
    scan = make.scan(owner, 7)
    if case == "asked":
        make.asked(scan, "Noor")
    elif case == "withdrawn":
        make.retracted(make.asked(scan, "Noor"))
    elif case == "folded":
        make.shared(make.asked(scan, "Noor"), 3)
    differ = section(result(olga, scan), "differ")
    [pressed] = differ.all("summary") if case == "folded" else differ.all("a")
    assert pressed.text.startswith(("Ask for", "See"))
    assert pressed.get("class") == "no-print"


def test_without_words_one_sentence_stands_there_alone(
    olga: Browser, owner: Someone, make: Maker
) -> None:
    words = section(result(olga, make.scan(owner, 4)), "words")
    assert [each.text for each in words.all("p")] == ["Nobody wrote an example or a tip."]
    assert not words.all("div")


def test_the_sentence_counts_the_parts_of_the_questionnaire(olga: Browser, full: Scan) -> None:
    lead = section(result(olga, full), "overall").all("p")[0].text
    assert lead.endswith(": 5 parts, from 1 to 7.")


def test_a_reader_meets_the_words_of_the_field(olga: Browser, full: Scan) -> None:
    text = result(olga, full).text.lower()
    for word in ("axis", "axes", "feed-forward"):
        assert word not in text


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
    # filled in; on the page also what is taken along, the learning question, what is opened, and
    # who is responsible, in the foot.
    assert set(counts) == {10 if ending == "result" else 6}
