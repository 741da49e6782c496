"""A content file with a mistake: the start is refused, with the file, the item and the language."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.forms import Form
from tests.unit.library.small import Files, behaviour, small, words, write
from zetwpo.errors import StartRefused
from zetwpo.library.content_file import read
from zetwpo.library.learning_questions import LearningQuestionHelp
from zetwpo.library.learning_questions import load as load_help
from zetwpo.library.questionnaires import load


@pytest.fixture
def files() -> Files:
    """A questionnaire without a mistake."""
    return small()


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[Files], str]:
    """Says why a questionnaire is refused."""

    def refuse(files: Files) -> str:
        return refused(write(files, tmp_path))

    return refuse


Refusal = Callable[[Files], str]


def refused(folder: Path) -> str:
    with pytest.raises(StartRefused) as caught:
        load(folder)
    # Which version it is in matters where there are several.
    return str(caught.value).replace("small-1/", "")


def first_statement(files: Files, form: str = "student") -> Any:
    return files[form]["parts"][0]["statements"][0]


def test_without_a_mistake_it_loads(files: Files, tmp_path: Path) -> None:
    found = load(write(files, tmp_path)).questionnaires["small", 1]
    assert [axis.key for axis in found.axes] == ["heart", "head"]
    assert len(found.forms[Form.STUDENT].statements) == 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_missing_language(files: Files, refusal: Refusal, language: str) -> None:
    del first_statement(files)["text"][language]
    place = f"student.yaml: statements > heart_one > text > {language}: "
    assert refusal(files).startswith(place)


@pytest.mark.parametrize("blank", ["", "  ", []])
def test_a_language_without_words(files: Files, refusal: Refusal, blank: object) -> None:
    first_statement(files, "trainer")["text"]["en"] = blank
    place = "trainer.yaml: statements > heart_one > text > en: "
    assert refusal(files).startswith(place)


def test_a_language_that_we_do_not_speak(files: Files, refusal: Refusal) -> None:
    files["axes"]["behaviours"][2]["name"]["de"] = "Name"
    assert refusal(files).startswith("axes.yaml: behaviours > head_one > name > de: ")


def test_an_illustration_without_a_language(files: Files, refusal: Refusal) -> None:
    first_statement(files)["illustrations"] = [words("One"), {"nl": "Twee"}]
    found = refusal(files)
    assert found.startswith("student.yaml: statements > heart_one > illustrations")
    assert " > item 2 > en: " in found


def test_an_illustration_is_ours_or_not(files: Files, refusal: Refusal) -> None:
    first_statement(files)["illustrations"] = [words("One") | {"own": "perhaps"}]
    assert " > item 1 > own: " in refusal(files)


@pytest.mark.parametrize(
    "wrong", ["{begeleider} helpt", "{ supervisor }", "{0}", "Wat } is", "{{}"]
)
def test_a_place_for_another_name(files: Files, refusal: Refusal, wrong: str) -> None:
    first_statement(files, "trainer")["text"]["nl"] = f"{{supervisor}} {wrong}"
    place = "trainer.yaml: statements > heart_one > text > nl: "
    found = refusal(files)
    assert found.startswith(place)
    assert "Only {supervisor} is filled in: " in found


@pytest.mark.parametrize("form", ["self", "student"])
def test_a_name_where_none_is_filled_in(files: Files, refusal: Refusal, form: str) -> None:
    files[form]["title"]["en"] = "About {supervisor}"
    found = refusal(files)
    assert found.startswith(f"{form}.yaml: title > en: ")
    assert "No name is filled in here: {supervisor}" in found


def test_who_judges_themselves_is_not_called_by_name(files: Files, refusal: Refusal) -> None:
    files["self"]["scale"]["highest"]["nl"] = "past bij {supervisor}"
    files["self"]["parts"][1]["open_question"]["en"] = "Why, {supervisor}?"
    named = {"nl": "{supervisor} helpt", "en": "{supervisor} helps"}
    first_statement(files, "self")["text"] = named
    first_statement(files, "self")["illustrations"] = [words("Fine"), named]
    assert refusal(files).splitlines() == [
        f"self.yaml: {place}: {{supervisor}} belongs in the feedback forms."
        for place in (
            "scale > highest",
            "statements > heart_one > text",
            "statements > heart_one > illustrations > item 2",
            "parts > head > open_question",
        )
    ]


def test_an_open_question_without_a_language(files: Files, refusal: Refusal) -> None:
    del files["self"]["parts"][1]["open_question"]["en"]
    assert refusal(files).startswith("self.yaml: parts > head > open_question > en: ")


def test_an_opening_question_without_a_language(files: Files, refusal: Refusal) -> None:
    del files["axes"]["behaviours"][1]["opening_question"]["en"]
    assert refusal(files).startswith("axes.yaml: behaviours > heart_two > opening_question > en: ")


def test_a_label_without_a_language(files: Files, refusal: Refusal) -> None:
    del files["axes"]["axes"][1]["label_short"]["nl"]
    assert refusal(files).startswith("axes.yaml: axes > head > label_short > nl: ")


def test_an_unknown_behaviour(files: Files, refusal: Refusal) -> None:
    first_statement(files)["behaviours"] = ["heart_one", "kindness"]
    assert refusal(files) == (
        "student.yaml: statements > heart_one > behaviours: "
        "There is no behaviour kindness in the part heart."
    )


def test_a_behaviour_of_another_axis(files: Files, refusal: Refusal) -> None:
    first_statement(files)["behaviours"] = ["head_one"]
    assert refusal(files) == (
        "student.yaml: statements > heart_one > behaviours: "
        "There is no behaviour head_one in the part heart."
    )


def test_a_statement_about_nothing(files: Files, refusal: Refusal) -> None:
    first_statement(files)["behaviours"] = []
    place = "student.yaml: statements > heart_one > behaviours: "
    assert refusal(files).startswith(place)


def test_a_key_that_stands_there_twice(files: Files, refusal: Refusal) -> None:
    files["self"]["parts"][1]["statements"][0]["key"] = "heart_one"
    assert refusal(files).startswith("self.yaml: statements > heart_one: ")


@pytest.mark.parametrize("key", ["Heart", "heart-one", "1heart", "h", "heart one", "h" * 41, ""])
def test_a_key_that_is_none(files: Files, refusal: Refusal, key: str) -> None:
    first_statement(files)["key"] = key
    found = refusal(files)
    assert found.startswith("student.yaml: ")
    assert f" statements > {key or 'item 1'} > key: " in found


def test_a_behaviour_that_a_statement_names_twice(files: Files, refusal: Refusal) -> None:
    first_statement(files)["behaviours"] *= 2
    assert refusal(files).startswith("student.yaml: statements > heart_one > behaviours: heart_one")


@pytest.mark.parametrize("items", ["areas", "axes", "behaviours"])
def test_an_item_that_all_forms_share_and_that_stands_there_twice(
    files: Files, refusal: Refusal, items: str
) -> None:
    twice = files["axes"][items][-1]
    files["axes"][items].append(twice)
    assert f"axes.yaml: {items} > {twice['key']}: This key stands here twice." in refusal(files)


def test_an_axis_in_no_area(files: Files, refusal: Refusal) -> None:
    files["axes"]["axes"][1]["area"] = "nowhere"
    assert refusal(files) == "axes.yaml: axes > head > area: There is no competence area nowhere."


def test_a_behaviour_on_no_axis(files: Files, refusal: Refusal) -> None:
    files["axes"]["behaviours"].append(behaviour("new") | {"axis": "nowhere"})
    assert refusal(files) == "axes.yaml: behaviours > new > axis: There is no part nowhere."


def test_a_label_without_a_line(files: Files, refusal: Refusal) -> None:
    files["axes"]["axes"][1]["label_long"]["en"] = []
    assert refusal(files).startswith("axes.yaml: axes > head > label_long > en: ")


def test_a_source_in_another_form(files: Files, refusal: Refusal) -> None:
    first_statement(files)["source"]["form"] = "self"
    assert refusal(files).startswith("student.yaml: statements > heart_one > source > form: ")


def test_a_file_with_another_form(files: Files, refusal: Refusal) -> None:
    files["trainer"]["form"] = "student"
    assert refusal(files) == "trainer.yaml: form: This says student."


def test_a_form_that_does_not_exist(files: Files, refusal: Refusal) -> None:
    files["trainer"]["form"] = "pupil"
    assert refusal(files).startswith("trainer.yaml: form: ")


def test_a_form_that_is_named_and_has_no_file(files: Files, refusal: Refusal) -> None:
    files["axes"]["forms"].append("colleague")
    assert "colleague.yaml: " in refusal(files)


@pytest.mark.parametrize("forms", [[], ["Self"], ["self", "a_long_name"], "self", None])
def test_forms_that_are_named_in_another_way(files: Files, refusal: Refusal, forms: object) -> None:
    files["axes"]["forms"] = forms
    assert refusal(files).startswith("axes.yaml: forms")


def test_a_form_that_is_not_said_to_be_feedback_or_not(files: Files, refusal: Refusal) -> None:
    del files["trainer"]["is_feedback"]
    assert refusal(files).startswith("trainer.yaml: is_feedback: ")


def test_two_forms_of_the_supervisor(files: Files, refusal: Refusal) -> None:
    files["trainer"]["is_feedback"] = False
    del files["trainer"]["cannot_judge"]
    assert refusal(files).startswith("axes.yaml: forms: One form has to be the supervisor's own")


def test_no_form_of_the_supervisor(files: Files, refusal: Refusal) -> None:
    files["self"] |= {"is_feedback": True, "cannot_judge": words("cannot judge")}
    assert refusal(files).startswith("axes.yaml: forms: One form has to be the supervisor's own")


def test_no_form_for_feedback(files: Files, refusal: Refusal) -> None:
    files["axes"]["forms"] = ["self"]
    assert refusal(files) == "axes.yaml: forms: There is no form for feedback."


def test_a_form_may_have_another_name(files: Files, tmp_path: Path) -> None:
    """Which one is the supervisor's own is said in it, and not by what it is called."""
    own = files.pop("self") | {"form": "mirror"}
    for part in own["parts"]:
        for statement in part["statements"]:
            statement["source"]["form"] = "mirror"
    files["mirror"] = own
    files["axes"]["forms"] = ["student", "mirror", "trainer"]
    found = load(write(files, tmp_path)).current
    assert list(found.forms) == ["student", "mirror", "trainer"]
    assert found.own_form.form == "mirror"


def test_parts_in_another_order(files: Files, refusal: Refusal) -> None:
    files["self"]["parts"].reverse()
    assert refusal(files) == (
        "self.yaml: parts: These have to be the same parts, in the same order."
    )


def test_a_part_too_few(files: Files, refusal: Refusal) -> None:
    files["student"]["parts"].pop()
    assert refusal(files).startswith("student.yaml: parts: These have to be the same parts")


def test_a_part_without_statements(files: Files, refusal: Refusal) -> None:
    files["student"]["parts"][1]["statements"] = []
    assert refusal(files).startswith("student.yaml: parts > head > statements: ")


def test_cannot_judge_where_it_does_not_belong(files: Files, refusal: Refusal) -> None:
    files["self"]["cannot_judge"] = words("cannot judge")
    assert refusal(files).startswith("self.yaml: cannot_judge: ")


@pytest.mark.parametrize("form", ["student", "trainer"])
def test_cannot_judge_that_is_missing(files: Files, refusal: Refusal, form: str) -> None:
    del files[form]["cannot_judge"]
    assert refusal(files).startswith(f"{form}.yaml: cannot_judge: ")


@pytest.mark.parametrize("number", [0, -1, "first", None])
def test_a_source_without_a_place(files: Files, refusal: Refusal, number: object) -> None:
    first_statement(files)["source"]["number"] = number
    place = "student.yaml: statements > heart_one > source > number: "
    assert refusal(files).startswith(place)


def test_a_word_that_nobody_asked_for(files: Files, refusal: Refusal) -> None:
    first_statement(files)["weight"] = 3
    place = "student.yaml: statements > heart_one > weight: "
    assert refusal(files).startswith(place)


def test_all_mistakes_of_a_file_are_told_at_once_a_line_each(
    files: Files, refusal: Refusal
) -> None:
    del first_statement(files)["text"]["en"]
    del files["student"]["scale"]["highest"]["nl"]
    found = refusal(files).splitlines()
    assert [line.rpartition(": ")[0] for line in found] == [
        "student.yaml: scale > highest > nl",
        "student.yaml: statements > heart_one > text > en",
    ]


def test_mistakes_between_the_files_are_told_at_once_too(files: Files, refusal: Refusal) -> None:
    files["self"]["parts"].reverse()
    files["student"]["form"] = "self"
    assert [line.partition(":")[0] for line in refusal(files).splitlines()] == [
        "self.yaml",
        "student.yaml",
    ]


@pytest.mark.parametrize("name", ["self", "student", "trainer"])
def test_a_missing_file(files: Files, refusal: Refusal, name: str) -> None:
    del files[name]
    assert refusal(files) == f"{name}.yaml: this content file is missing"


def test_one_version_in_two_folders(files: Files, tmp_path: Path) -> None:
    folder = write(files, tmp_path)
    (folder / "small-1").rename(folder / "the-first")
    write(files, tmp_path)
    found = refused(folder)
    assert "small" in found
    assert "the-first" in found


@pytest.mark.parametrize(
    ("file", "mistake"),
    [
        ("student", lambda files: first_statement(files)["text"].pop("en")),
        ("student", lambda files: first_statement(files).update(behaviours=["kindness"])),
        ("axes", lambda files: files["axes"]["title"].pop("nl")),
        ("axes", lambda files: files["axes"]["axes"][0].update(area="nowhere")),
    ],
    ids=["no language", "no such behaviour", "no title", "no such area"],
)
def test_the_refusal_names_the_version_with_the_mistake(
    files: Files, tmp_path: Path, file: str, mistake: Callable[[Files], None]
) -> None:
    write(files, tmp_path)
    files["axes"]["version"] = 2
    mistake(files)
    assert refused(write(files, tmp_path)).startswith(f"small-2/{file}.yaml: ")


def test_words_that_look_like_something_else_stay_words(files: Files, tmp_path: Path) -> None:
    folder = write(files, tmp_path)
    path = folder / "small-1" / "self.yaml"
    plain = path.read_text().replace("nl: self (nl)", "nl: 2027-13-45", 1)
    path.write_text(plain.replace("en: self (en)", "en: No", 1))
    title = load(folder).current.forms[Form.SELF].title
    assert (title.nl, title.en) == ("2027-13-45", "No")


def test_no_questionnaire_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path.name}: there is no questionnaire"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("form: self\ntitle: [nl: one\nscale: {}\n", 3),
        ("form: self\n  title: too far\n", 2),
        ("form: self\ntitle:\n\tnl: a tab\n", 3),
        ("form: self\ntitle: 'no end\n", 3),
        ("form: self\ntitle:\n  nl: one\n  en: two\n  nl: three\n", 5),
        ("form: *self\n", 1),
    ],
)
def test_a_file_that_is_no_yaml_tells_the_line(
    files: Files, tmp_path: Path, text: str, line: int
) -> None:
    folder = write(files, tmp_path)
    (folder / "small-1" / "self.yaml").write_text(text)
    assert refused(folder).startswith(f"self.yaml, line {line}: ")


@pytest.mark.parametrize("content", [b"form: \xff\xfe", b"form: \x00", "form: é".encode("utf-16")])
def test_a_file_in_other_letters(files: Files, tmp_path: Path, content: bytes) -> None:
    folder = write(files, tmp_path)
    (folder / "small-1" / "self.yaml").write_bytes(content)
    assert refused(folder).startswith("self.yaml: ")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "words\n", "- one\n- two\n"])
def test_a_file_with_something_else(files: Files, tmp_path: Path, text: str) -> None:
    folder = write(files, tmp_path)
    (folder / "small-1" / "axes.yaml").write_text(text)
    assert refused(folder).startswith("axes.yaml: the whole file: ")


def test_an_example_of_a_learning_question_on_no_axis(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "learning_question.yaml"
    examples = [
        {"axis": axis, "work": words("Do."), "learning": words("Why?")}
        for axis in ("heart", "hart", "head", "heads")
    ]
    content = {"intro": words("Start"), "prompts": [], "examples": examples}
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(StartRefused) as caught:
        load_help(load(write(files, tmp_path)), path)
    assert str(caught.value).replace(f"{tmp_path.name}/", "").splitlines() == [
        "learning_question.yaml: examples > item 2 > axis: there is no axis hart",
        "learning_question.yaml: examples > item 4 > axis: there is no axis heads",
    ]


def test_help_with_the_learning_question_is_read_as_strictly(tmp_path: Path) -> None:
    path = tmp_path / "learning_question.yaml"
    prompt = {"key": "felt_need", "question": words("What?"), "hint": {"nl": "Zo."}}
    example = {"axis": "heart", "work": words("Do."), "learning": {"en": "Why?"}}
    content = {"intro": words("Start"), "prompts": [prompt], "examples": [example]}
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(StartRefused) as caught:
        read(path, LearningQuestionHelp)
    found = str(caught.value).replace(f"{tmp_path.name}/", "")
    assert [line.rpartition(": ")[0] for line in found.splitlines()] == [
        "learning_question.yaml: prompts > felt_need > hint > en",
        "learning_question.yaml: examples > heart > learning > nl",
    ]
