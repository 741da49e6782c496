"""A questionnaire of a partnership's own: what has to be mended, and what could be better."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import Form
from tests.unit.content import current
from zetwpo.i18n import writing_in
from zetwpo.library.kinds import QUESTIONNAIRE, own_key, partnership_of
from zetwpo.library.problems import Problem, Unreadable, advice, to_mend
from zetwpo.library.questionnaires import Document, all_texts, document_of, parse
from zetwpo.library.rules import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_ILLUSTRATIONS,
    MOST_STATEMENTS,
)

Change = Callable[[Document], object]


@pytest.fixture
def own() -> Document:
    """The product's questionnaire as a partnership begins with it."""
    return copy.deepcopy(document_of(current()))


def problems(document: Document) -> list[Problem]:
    with writing_in("en"):
        content = QUESTIONNAIRE.parse(document)
    return list(QUESTIONNAIRE.problems(content, current()))


def said(found: list[Problem]) -> list[str]:
    with writing_in("en"):
        return [str(each) for each in found]


def mend(document: Document) -> list[str]:
    return said(to_mend(problems(document)))


def part(document: Document, form: str = "student", number: int = 0) -> Any:
    return document["forms"][form]["parts"][number]


def first(document: Document, form: str = "student") -> Any:
    return part(document, form)["statements"][0]


def reword(document: Document, words: str, form: str = "student") -> None:
    first(document, form)["text"]["nl"] = words


def test_what_a_partnership_begins_with_can_be_published(own: Document) -> None:
    assert mend(own) == []
    assert {each.path[:3] for each in advice(problems(own))} == {
        ("axes", "behaviours", "asking_for_feedback")
    }


def test_a_document_comes_back_as_it_went(own: Document) -> None:
    assert document_of(parse(own, is_own=True)) == own


def test_it_says_nothing_that_says_nothing(own: Document) -> None:
    first(own)["source"] = None
    first(own)["illustrations"] = []
    del first(own)["text"]["en"]
    found = first(document_of(parse(own, is_own=True)))
    assert found.keys() == {"key", "behaviours", "text"}
    assert found["text"].keys() == {"nl"}


@pytest.mark.parametrize("left_out", ["", "  ", "\u200b", None])
def test_english_may_be_left_out_and_dutch_stands_in(own: Document, left_out: str | None) -> None:
    first(own)["text"] = {"nl": "Mijn begeleider luistert", "en": left_out}
    if left_out == "\u200b":
        del first(own)["text"]["en"]
    own["axes"]["axes"][0]["label_short"] = {"nl": ["Coach"], "en": []}
    assert mend(own) == []
    content = parse(own, is_own=True)
    assert content.lacks_english
    text = content.forms[Form.STUDENT].statements[0].text
    with writing_in("en"):
        assert text.about("") == "Mijn begeleider luistert"
        assert text.lang == ' lang="nl"'
        assert content.axes[0].label_short.lines == ("Coach",)
    with writing_in("nl"):
        assert text.lang == ""


def test_with_all_its_english_nothing_says_that_it_is_dutch() -> None:
    assert not current().lacks_english
    with writing_in("en"):
        assert {each.text.lang for each in all_texts(current()) if hasattr(each.text, "lang")} == {
            ""
        }


def test_the_product_may_not_leave_it_out(own: Document) -> None:
    del first(own)["text"]["en"]
    with pytest.raises(Unreadable) as refusal:
        parse(own, is_own=False)
    [problem] = refusal.value.problems
    assert problem.path == ("forms", "student", "statements", "relationship", "text")
    assert problem.language == "en"


def test_dutch_may_never_be_left_out(own: Document) -> None:
    for blank in ("", " \n ", "\u200b\u200b", None, 3, ["a"]):
        reword(own, blank)  # type: ignore[arg-type]
        with pytest.raises(Unreadable) as refusal:
            parse(own, is_own=True)
        [problem] = refusal.value.problems
        assert problem.item == "forms > student > statements > relationship > text"
        assert problem.language == "nl"


def test_a_statement_of_their_own_has_no_place_in_the_booklet(own: Document) -> None:
    del first(own)["source"]
    assert mend(own) == []


def statement(key: str, behaviour: str = "relationship", words: str = "Zij luistert") -> Document:
    return {"key": key, "behaviours": [behaviour], "text": {"nl": f"{words} ({key})"}}


def test_a_form_takes_so_many_statements_and_not_one_more(own: Document) -> None:
    room = MOST_STATEMENTS - 18
    part(own)["statements"] += [statement(f"own_{n}") for n in range(room)]
    assert mend(own) == []
    part(own)["statements"] += [statement(f"more_{n}") for n in range(200)]
    assert mend(own) == ["forms > student > parts: A form has 60 statements at most; here are 260."]


def test_a_statement_takes_so_many_letters_and_not_one_more(own: Document) -> None:
    reword(own, "a" * LONGEST_TEXT)
    assert mend(own) == []
    reword(own, "a" * 2000)
    assert mend(own) == [
        "forms > student > statements > relationship > text > nl: This has more than 400 letters."
    ]


def test_nobody_stores_a_book(own: Document) -> None:
    reword(own, "a" * 100_000)
    with pytest.raises(Unreadable) as refusal:
        parse(own, is_own=True)
    assert said(refusal.value.problems) == [
        "forms > student > statements > relationship > text > nl: This has more than 5000 letters."
    ]


def test_a_label_has_to_fit_around_the_spider(own: Document) -> None:
    axis = own["axes"]["axes"][1]
    for name, longest in LONGEST_LINE.items():
        axis[name]["nl"] = ["a" * longest, "b" * longest]
        assert mend(own) == []
        axis[name]["nl"] = ["a" * (longest + 1), "b", "c"]
        place = f"axes > axes > organisational > {name} > nl: "
        assert mend(own) == [
            f"{place}This has more than {longest} letters.",
            f"{place}A label has two lines at most.",
        ]
        axis[name]["nl"] = [name]


def test_a_statement_takes_so_many_examples(own: Document) -> None:
    first(own)["illustrations"] = [{"nl": "Zo"}] * (MOST_ILLUSTRATIONS + 1)
    assert mend(own) == [
        "forms > student > statements > relationship > illustrations: "
        "A statement has 10 examples at most."
    ]


def drop(document: Document) -> None:
    document["axes"]["axes"].pop()


def add(document: Document) -> None:
    document["axes"]["axes"].append(document["axes"]["axes"][0] | {"key": "another"})


def swap(document: Document) -> None:
    document["axes"]["axes"].reverse()


def elsewhere(document: Document) -> None:
    document["axes"]["axes"][0]["area"] = "developmental"


def no_area(document: Document) -> None:
    document["axes"]["areas"].reverse()


@pytest.mark.parametrize("change", [drop, add, swap, elsewhere, no_area])
def test_every_axis_stays_where_it_is(own: Document, change: Change) -> None:
    change(own)
    place = "areas" if change is no_area else "axes"
    assert any(each.startswith(f"axes > {place}: Parts stay as they are") for each in mend(own))


def test_an_axis_can_be_called_otherwise(own: Document) -> None:
    for axis in own["axes"]["axes"]:
        axis["title"] = {"nl": f"Over {axis['key']}"}
    assert mend(own) == []


def test_two_axes_or_behaviours_of_one_name_cannot_be_told_apart(own: Document) -> None:
    axes, behaviours = own["axes"]["axes"], own["axes"]["behaviours"]
    axes[1]["title"]["nl"] = axes[0]["title"]["nl"]
    behaviours[3]["name"] = {"nl": behaviours[2]["name"]["nl"]}
    same = "Something else has the same name."
    assert mend(own) == [
        f"axes > axes > pedagogical > title > nl: {same}",
        f"axes > axes > organisational > title > nl: {same}",
        f"axes > behaviours > self_direction > name > nl: {same}",
        f"axes > behaviours > room_to_try > name > nl: {same}",
    ]


@pytest.mark.parametrize("form", Form)
def test_every_part_of_every_form_needs_a_statement(own: Document, form: Form) -> None:
    part(own, form, 2)["statements"] = []
    assert mend(own) == [
        f"forms > {form} > parts > gatekeeper > statements: This part needs a statement."
    ]


@pytest.mark.parametrize("form", Form)
def test_a_form_cannot_be_left_out(own: Document, form: Form) -> None:
    del own["forms"][form]
    with pytest.raises(Unreadable) as refusal:
        parse(own, is_own=True)
    assert said(refusal.value.problems) == [f"forms > {form}: This is missing."]


@pytest.mark.parametrize("broken", [None, [], "", 3, {}, {"axes": []}, {"forms": {"self": 1}}])
def test_anything_else_is_no_questionnaire_and_is_told_so(broken: object) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(broken, is_own=True)
    assert all(said(refusal.value.problems))


# ----------------------------------------------------------------------------- advice


def advised(document: Document) -> list[str]:
    before = said(advice(problems(document_of(current()))))
    return [each for each in said(advice(problems(document))) if each not in before]


def test_a_behaviour_that_one_form_asks_about_cannot_be_compared(own: Document) -> None:
    own["axes"]["behaviours"].append(
        {
            "key": "own",
            "axis": "pedagogical",
            "name": {"nl": "Eigen"},
            "opening_question": {"nl": "?"},
        }
    )
    assert advised(own) == ["axes > behaviours > own: No form asks about this behaviour."]
    part(own)["statements"].append(statement("own", "own"))
    assert advised(own) == [
        "axes > behaviours > own: "
        "Only one form asks about this behaviour, so views cannot be compared."
    ]
    part(own, "self")["statements"].append(statement("own", "own"))
    assert advised(own) == []
    assert mend(own) == []


def test_one_statement_says_little_about_a_part(own: Document) -> None:
    part(own, "trainer", 2)["statements"].pop()
    assert (
        "forms > trainer > parts > gatekeeper: "
        "One statement says little about a part. Two or three say more." in advised(own)
    )
    assert mend(own) == []


def test_a_statement_with_two_verbs_is_named_in_its_language(own: Document) -> None:
    first(own)["text"] = {"nl": "Zij luistert en vraagt door", "en": "She listens and asks on"}
    [dutch, english] = advised(own)
    assert dutch.startswith("forms > student > statements > relationship > text > nl: This seems")
    assert english.startswith("forms > student > statements > relationship > text > en: This seems")
    assert mend(own) == []


def test_what_is_as_the_product_has_it_gets_no_advice_about_its_words(own: Document) -> None:
    assert not [each for each in advice(problems(own)) if each.path[-1] == "text"]


# ------------------------------------------------------------------------------- keys


@given(st.uuids())
def test_the_key_of_a_partnership_leads_to_it_and_fits_its_column(key: Any) -> None:
    assert partnership_of(own_key(key)) == key
    assert len(own_key(key)) <= 40


@pytest.mark.parametrize("key", ["workplace-trainer", "own_", "own_1", "own", "other_" + "0" * 32])
def test_another_key_leads_to_no_partnership(key: str) -> None:
    assert partnership_of(key) is None


# ------------------------------------------------------------------ whatever comes in

jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.data())
def test_whatever_stands_anywhere_is_checked_and_never_breaks_us(data: st.DataObject) -> None:
    own = copy.deepcopy(document_of(current()))
    at: Any = own
    while isinstance(at, (dict, list)) and at:
        step = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[step], (dict, list)) or data.draw(st.integers(0, 4)) == 0:
            at[step] = data.draw(jsons)
            break
        at = at[step]
    try:
        content = parse(own, is_own=True)
        found = list(QUESTIONNAIRE.problems(content, current()))
        tidy = document_of(content)
    except Unreadable as error:
        found, tidy = error.problems, document_of(current())
    assert all(said(found))
    assert document_of(parse(tidy, is_own=True)) == tidy
