"""What the page of the result points out, and in which words."""

import pytest

from tests.factories import Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser, Page
from tests.pages.result_page import full_scan, result, section


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """A scan with the views of a student and of a trainer, in figures and in words."""
    return full_scan(make, owner)


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
    trainer = make.asked(scan, "Tess", SCHOOL_TRAINER)
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
    make.shared(make.asked(scan, "Tess", SCHOOL_TRAINER), trainer)
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
