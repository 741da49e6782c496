"""Methods: those that ship, and what is refused in a file or in what a partnership makes."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods import board, card, sheet, small_method, words
from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGES, writing_in
from zetwpo.library import phases
from zetwpo.library.kinds import METHOD, made_key, partnership_of
from zetwpo.library.method_advice import LONG
from zetwpo.library.methods import (
    MOST,
    GroupSize,
    Method,
    Methods,
    all_texts,
    document_of,
    load,
    parse,
)
from zetwpo.library.problems import Problem, Unreadable, advice, to_mend
from zetwpo.library.questionnaires import Document
from zetwpo.library.rules import (
    LONGEST_METHOD_MINUTES,
    LONGEST_REASON,
    LONGEST_STEP,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_PEOPLE,
    MOST_SHEET_ROWS,
)
from zetwpo.library.yaml_text import from_yaml, to_yaml

SHIPPED = load()
each_method = pytest.mark.parametrize("method", list(SHIPPED), ids=lambda method: method.key)
Change = Callable[[Document], object]

# What the field's two guides to meetings name, and every facilitator may look for.
NAMED = {
    "nominal_group",
    "inquiry_dialogue",
    "question_plans",
    "check_in",
    "check_out",
    "self_scan_talk",
    "starting_point",
    "keep_stop_start",
    "opportunity_circle",
    "oase",
    "calibrate_competences",
    "calibrate_outcomes",
    "training_didactics",
    "letter_dialogue",
    "own_expertise",
    "interventions",
}
# Least and most minutes, where the guides say how long it takes.
MINUTES = {
    "calibrate_competences": (60, 60),
    "calibrate_outcomes": (60, 60),
    "training_didactics": (30, 60),
    "letter_dialogue": (60, 60),
    "interventions": (55, 60),
}


# -------------------------------------------------------------------------- what ships


def test_all_methods_that_the_field_names_are_there() -> None:
    assert {method.key for method in SHIPPED} >= NAMED


@pytest.mark.parametrize(("key", "minutes"), MINUTES.items())
def test_a_method_takes_as_long_as_the_field_says(key: str, minutes: tuple[int, int]) -> None:
    least, most = minutes
    method = SHIPPED.get(key)
    assert least <= method.minutes <= method.most_minutes <= most


def test_there_are_two_ways_to_do_each_phase() -> None:
    for phase in SHIPPED.phases:
        assert len(SHIPPED.for_phase(phase.key)) >= 2, phase.key


def test_the_phases_are_those_of_a_meeting_and_what_lies_between_two() -> None:
    assert [phase.key for phase in SHIPPED.phases] == [
        "check_in",
        "calibrate",
        "learning_question",
        "look_back",
        "explore",
        "deepen",
        "design",
        "practise",
        "evaluate",
        "check_out",
    ]


@each_method
def test_a_method_says_all_in_both_languages(method: Method) -> None:
    for each in all_texts(method):
        assert each.text.en is not None
        assert each.text.nl
    assert not method.lacks_english


@each_method
def test_its_steps_add_up(method: Method) -> None:
    assert method.minutes == sum(step.minutes for step in method.steps)
    assert method.minutes <= method.most_minutes <= 60


@each_method
def test_it_can_be_published_as_a_partnership_has_it(method: Method) -> None:
    document = METHOD.known_as(document_of(method), made_key(), 1)
    assert problems(document) == [
        Problem(("title",), said_twice, language, is_advice=True)
        for language in LANGUAGES
        for said_twice in ["Another method has this name. A name of its own is found sooner."]
    ]


def test_a_group_of_four_can_do_nearly_everything() -> None:
    """The group that the field describes had four people."""
    assert [method.key for method in SHIPPED if not method.people.fits(4)] == ["pair_moment"]


def test_titles_tell_methods_apart() -> None:
    for language in LANGUAGES:
        titles = [method.title.in_language(language) for method in SHIPPED]
        assert len(set(titles)) == len(titles)


def test_most_methods_let_people_work_and_some_bring_something_in() -> None:
    passive = [method.key for method in SHIPPED if not method.is_active]
    assert passive == ["input_with_questions"]


def test_the_quadrants_have_their_cards_and_the_students_own_board() -> None:
    method = SHIPPED.get("training_didactics")
    assert len(method.cards) == 20
    supervisor, student = method.boards
    assert (supervisor.key, student.key) == ("supervisor", "student")
    # How much one learns is the same axis for both; the other one is about comfort for a student.
    assert supervisor.across != student.across


@each_method
def test_nobody_ranks_people_and_nothing_is_a_verdict(method: Method) -> None:
    wrong = {"nl": ["beste begeleider", "rangorde", "cijfer geven", "onvoldoende"]}
    wrong["en"] = ["best supervisor", "ranking", "give a mark", "insufficient"]
    for each in all_texts(method):
        for language in LANGUAGES:
            text = each.text.in_language(language).lower()  # type: ignore[union-attr]
            assert not [bad for bad in wrong[language] if bad in text]


@each_method
def test_nothing_is_said_twice_within_a_card(method: Method) -> None:
    for language in LANGUAGES:
        said = [each.text.in_language(language) for each in all_texts(method)]  # type: ignore[union-attr]
        # What a column or a title is called may come back; a whole sentence may not.
        sentences = [text for text in said if len(text) > 40]
        assert len(set(sentences)) == len(sentences)


# -------------------------------------------------------------------------- versions


def versions(*numbers: int) -> Methods:
    found = [parse(small_method(version=number), is_own=False) for number in numbers]
    return Methods({(each.key, each.version): each for each in found}, SHIPPED.phases)


def test_the_newest_version_is_the_one_to_choose_and_all_are_kept() -> None:
    found = versions(2, 10, 9)
    assert [method.version for method in found] == [10]
    assert found.get("small").version == 10
    assert found.versions["small", 2].version == 2
    assert "small" in found
    with pytest.raises(KeyError):
        found.get("large")


@given(st.integers(1, MOST_PEOPLE), st.integers(1, MOST_PEOPLE), st.integers(1, MOST_PEOPLE))
def test_a_group_fits_from_the_least_to_the_most(least: int, most: int, people: int) -> None:
    assert GroupSize(least=least, most=most).fits(people) == (least <= people <= most)
    assert GroupSize(least=least).fits(people) == (least <= people)


# ---------------------------------------------------------------------- a broken file


def refused(folder: Path, document: Document, name: str = "small-1") -> str:
    (folder / f"{name}.yaml").write_text(to_yaml(document), encoding="utf-8")
    with pytest.raises(StartRefused) as caught:
        load(folder)
    return str(caught.value).replace(f"{folder.name}/", "")


def test_without_a_mistake_it_loads(tmp_path: Path) -> None:
    (tmp_path / "small-1.yaml").write_text(to_yaml(small_method()), encoding="utf-8")
    [method] = load(tmp_path)
    assert (method.minutes, method.most_minutes) == (15, 20)
    assert method.is_active


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["title", "good_for", "what", "why", "pitfall"])
def test_a_missing_language(tmp_path: Path, name: str, language: str) -> None:
    document = small_method()
    del document[name][language]
    assert refused(tmp_path, document) == f"small-1.yaml: {name} > {language}: This is missing."


@pytest.mark.parametrize("name", ["why", "pitfall", "material", "variants"])
def test_what_each_method_of_the_product_has(tmp_path: Path, name: str) -> None:
    document = small_method()
    del document[name]
    assert refused(tmp_path, document) == f"small-1.yaml: {name}: This is missing."


def deep(key: str, *way: Any, to: Any) -> Change:
    """The change that puts this at the end of this way."""

    def change(document: Document) -> None:
        at: Any = document[key]
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] = to

    return change


def put(**changed: Any) -> Change:
    return lambda document: document.update(changed)


MISTAKES = {
    "a step without English": (
        deep("steps", 1, "text", to={"nl": "Vertel"}),
        "steps > item 2 > text > en: This is missing.",
    ),
    "a step without words": (
        deep("steps", 0, "title", "nl", to="  "),
        "steps > item 1 > title > nl: Something has to stand here.",
    ),
    "no steps": (put(steps=[]), "steps: Something has to stand here."),
    "a step without time": (
        deep("steps", 0, "minutes", to=0),
        "steps > item 1 > minutes: This has to be 1 or more.",
    ),
    "a step of half a day": (
        deep("steps", 0, "minutes", to=LONGEST_METHOD_MINUTES + 1),
        f"steps > item 1 > minutes: This has to be {LONGEST_METHOD_MINUTES} or less.",
    ),
    "a step that takes a while": (
        deep("steps", 0, "minutes", to="a while"),
        "steps > item 1 > minutes: This has to be a whole number.",
    ),
    "a step whose most is less": (
        deep("steps", 1, "most_minutes", to=9),
        "steps > item 2 > most_minutes: This is less than the least number of minutes.",
    ),
    "more minutes than a meeting": (
        deep("steps", 0, "minutes", to=LONGEST_METHOD_MINUTES - 14),
        "steps: All steps together take 181 minutes; a meeting has 180.",
    ),
    "an unknown phase": (put(phases=["explore", "party"]), "phases: There is no phase party."),
    "a phase twice": (put(phases=["explore"] * 2), "phases: explore stands here twice."),
    "no phase": (put(phases=[]), "phases: Something has to stand here."),
    "nobody": (deep("people", "least", to=0), "people > least: This has to be 1 or more."),
    "everybody": (
        deep("people", "most", to=MOST_PEOPLE + 1),
        f"people > most: This has to be {MOST_PEOPLE} or less.",
    ),
    "a smaller most": (
        put(people={"least": 5, "most": 4}),
        "people > most: This is less than the least number of people.",
    ),
    "a word that nobody asked for": (put(live="wall"), "live: This does not belong here."),
    "active, perhaps": (
        put(is_active="perhaps"),
        "is_active: This does not have the form that belongs here.",
    ),
    "a card without English": (
        put(cards=[card("heart") | {"text": {"nl": "Hart"}}]),
        "cards > heart > text > en: This is missing.",
    ),
    "a card twice": (put(cards=[card("heart")] * 2), "cards > heart: This key stands here twice."),
    "a board with three ends": (
        put(boards=[board("mine") | {"up": {"low": words("little")}}]),
        "boards > mine > up > high: This is missing.",
    ),
    "a board twice": (
        put(boards=[board("mine")] * 2),
        "boards > mine: This key stands here twice.",
    ),
    "a sheet twice": (put(sheets=[sheet("one")] * 2), "sheets > one: This key stands here twice."),
    "an empty sheet": (
        put(sheets=[sheet("one", questions=[])]),
        "sheets > one: There is nothing to fill in here.",
    ),
    "a table without rows": (
        put(sheets=[sheet("one", table={"columns": [words("a"), words("b")]})]),
        "sheets > one > table: This table has no rows.",
    ),
    "a table of one column": (
        put(sheets=[sheet("one", table={"columns": [words("a")], "blank": 1})]),
        "sheets > one > table > columns: Something has to stand here.",
    ),
    "a table of five columns": (
        put(sheets=[sheet("one", table={"columns": [words("a")] * 5, "blank": 1})]),
        "sheets > one > table > columns: There can be 4 of these at most.",
    ),
    "a question with too many lines": (
        put(sheets=[sheet("one", questions=[{"text": words("?"), "lines": MOST_SHEET_ROWS + 1}])]),
        f"sheets > one > questions > item 1 > lines: This has to be {MOST_SHEET_ROWS} or less.",
    ),
    "a long title": (
        deep("title", "en", to="x" * (LONGEST_TITLE + 1)),
        f"title > en: This has more than {LONGEST_TITLE} letters.",
    ),
    "a long reason": (
        deep("good_for", "nl", to="x" * (LONGEST_REASON + 1)),
        f"good_for > nl: This has more than {LONGEST_REASON} letters.",
    ),
    "a long step": (
        deep("steps", 0, "text", "en", to="x" * (LONGEST_STEP + 1)),
        f"steps > item 1 > text > en: This has more than {LONGEST_STEP} letters.",
    ),
    "a long card": (
        put(cards=[card("heart") | {"text": {"nl": "x" * (LONGEST_TEXT + 1), "en": "x"}}]),
        f"cards > heart > text > nl: This has more than {LONGEST_TEXT} letters.",
    ),
    "a version before the first": (put(version=0), "version: This has to be 1 or more."),
    "another name than the file": (
        put(key="large"),
        "key: A file with this method is called large-1.",
    ),
    "a name in the text": (
        deep("what", "nl", to="Vraag {supervisor}"),
        "what > nl: No name is filled in here: {supervisor}",
    ),
}


@pytest.mark.parametrize(("change", "problem"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_refused_at_the_start(tmp_path: Path, change: Change, problem: str) -> None:
    document = small_method()
    change(document)
    assert refused(tmp_path, document) == f"small-1.yaml: {problem}"


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_a_card_does_not_run_over(tmp_path: Path, name: str, most: int) -> None:
    one = {
        "steps": small_method()["steps"][0],
        "material": words("Paper"),
        "variants": small_method()["variants"][0],
    }
    made: dict[str, Callable[[str], Document]] = {"cards": card, "boards": board, "sheets": sheet}
    fitting = [made[name](f"n{number}") if name in made else one[name] for number in range(most)]
    assert to_mend(problems(small_method(**{name: fitting}))) == []
    more = [*fitting, made[name]("more") if name in made else one[name]]
    message = f"small-1.yaml: {name}: There can be {most} of these at most."
    assert message in refused(tmp_path, small_method(**{name: more})).splitlines()


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "large-1.yaml").write_text(to_yaml(small_method()), encoding="utf-8")
    found = refused(tmp_path, small_method(phases=["party", "dance"]))
    assert found.splitlines() == [
        "large-1.yaml: key: A file with this method is called small-1.",
        "small-1.yaml: phases: There is no phase party.",
        "small-1.yaml: phases: There is no phase dance.",
    ]


def test_a_file_that_is_no_content(tmp_path: Path) -> None:
    (tmp_path / "small-1.yaml").write_text("title: {nl: [", encoding="utf-8")
    with pytest.raises(StartRefused, match="small-1.yaml, line 1"):
        load(tmp_path)


def test_no_methods_at_all(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="there is no method"):
        load(tmp_path)


# ------------------------------------------------------------------------------ phases


def phase(key: str) -> Document:
    return {"key": key, "title": words(key), "about": words(f"About {key}")}


def phases_file(**changed: Any) -> Document:
    return {"phases": [phase("begin"), phase("finish")]} | changed


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"phases": [phase("begin"), phase("begin"), phase("finish")]},
            "phases > begin: this key stands here twice",
        ),
        ({"phases": []}, "phases: Something has to stand here."),
        ({"frames": []}, "frames: This does not belong here."),
        (
            {"phases": [phase("begin"), phase("finish") | {"about": {"nl": "Einde"}}]},
            "phases > finish > about > en: This is missing.",
        ),
    ],
)
def test_a_mistake_in_the_phases(tmp_path: Path, changed: Document, problem: str) -> None:
    path = tmp_path / "phases.yaml"
    path.write_text(to_yaml(phases_file(**changed)), encoding="utf-8")
    with pytest.raises(StartRefused) as caught:
        phases.load(path)
    assert str(caught.value) == f"{tmp_path.name}/phases.yaml: {problem}"


def test_phases_without_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "phases.yaml"
    path.write_text(to_yaml(phases_file()), encoding="utf-8")
    found = phases.load(path)
    assert found.get("finish").title.nl == "finish (nl)"
    assert "finish" in found
    assert "dance" not in found
    assert [each.key for each in found] == ["begin", "finish"]


# ---------------------------------------------------------------- what a partnership makes


def problems(document: Document) -> list[Problem]:
    with writing_in("en"):
        found = list(METHOD.problems(METHOD.parse(document), SHIPPED))
        return [
            Problem(each.path, str(each.message), each.language, each.is_advice) for each in found
        ]


def test_a_partnership_may_leave_out_english_and_what_only_helps() -> None:
    document = small_method()
    for name in ("why", "material", "variants"):
        del document[name]
    document["title"] = {"nl": "Zonder Engels"}
    document["steps"][0]["text"] = {"nl": "Schrijf alleen", "en": " "}
    assert problems(document) == []
    method = METHOD.parse(document)
    assert method.lacks_english
    with writing_in("en"):
        assert str(method.title) == "Zonder Engels"
        assert method.title.lang == ' lang="nl"'


def test_a_partnership_never_leaves_out_dutch() -> None:
    with pytest.raises(Unreadable) as refusal:
        METHOD.parse(small_method(title={"en": "English only"}))
    assert [each.path for each in refusal.value.problems] == [("title",)]


def test_what_could_be_better_is_in_nobodys_way() -> None:
    document = small_method(title={"nl": "Check-in", "en": "Our own"})
    del document["pitfall"]
    document["steps"][0]["minutes"] = LONG
    found = problems(document)
    assert to_mend(found) == []
    assert [(each.path, each.language) for each in advice(found)] == [
        (("pitfall",), None),
        (("steps",), None),
        (("title",), "nl"),
    ]


def test_what_goes_out_as_a_file_comes_in_the_same() -> None:
    for method in SHIPPED:
        document = document_of(method)
        assert document_of(parse(document, is_own=False)) == document
        assert from_yaml(to_yaml(document).encode(), METHOD) == document


def test_a_file_of_something_else_says_its_line() -> None:
    with pytest.raises(Unreadable) as refusal:
        from_yaml(to_yaml(small_method(weight="3")).encode(), METHOD)
    [problem] = refusal.value.problems
    assert problem.path == ("weight",)
    assert problem.line == len(to_yaml(small_method()).splitlines()) + 1


def test_a_new_key_leads_to_no_partnership_and_fits_its_column() -> None:
    keys = {made_key() for _ in range(100)}
    assert len(keys) == 100
    for key in keys:
        assert len(key) <= 40
        assert partnership_of(key) is None
        METHOD.parse(METHOD.known_as(small_method(), key, 1))


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.data())
def test_whatever_stands_anywhere_is_checked_and_never_breaks_us(data: st.DataObject) -> None:
    keys = sorted(method.key for method in SHIPPED)
    own = copy.deepcopy(document_of(SHIPPED.get(data.draw(st.sampled_from(keys)))))
    at: Any = own
    while isinstance(at, (dict, list)) and at:
        step = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[step], (dict, list)) or data.draw(st.integers(0, 4)) == 0:
            at[step] = data.draw(jsons)
            break
        at = at[step]
    try:
        method = METHOD.parse(own)
        found, tidy = list(METHOD.problems(method, SHIPPED)), document_of(method)
    except Unreadable as error:
        found, tidy = error.problems, small_method()
    assert all(str(each) for each in found)
    assert document_of(METHOD.parse(tidy)) == tidy
