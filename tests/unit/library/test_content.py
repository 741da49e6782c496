"""The content that the product ships with: the three forms of the booklet, in two languages."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from tests.forms import Form, table
from tests.unit.content import current, form_file
from zetwpo.i18n import LANGUAGES, writing_in
from zetwpo.library import (
    learning_questions,
    methods,
    question_kit,
    questionnaires,
    reflections,
)
from zetwpo.library.content_file import SUPERVISOR, InBothLanguages, LocalLines, TextAbout
from zetwpo.library.learning_questions import LearningQuestionHelp

# domain.md: the scan. Where the booklet puts a part, in our order of the axes.
SOURCE_AREAS = [
    "agogisch",
    "organisatorisch",
    "poortwachter",
    "leraar-van-leraren",
    "ontwikkelingsbekwaam",
]
AREA_OF_AXIS = {
    "pedagogical": "pedagogical",
    "organisational": "organisational",
    "gatekeeper": "training_didactics",
    "teacher_of_teachers": "training_didactics",
    "developmental": "developmental",
}
COUNTS = {
    Form.SELF: [5, 3, 2, 5, 4],
    Form.STUDENT: [5, 4, 2, 5, 2],
    Form.TRAINER: [5, 3, 2, 5, 4],
}
# How many examples the booklet gives students with a statement.
ILLUSTRATED = {
    "relationship": 2,
    "tailored_guidance": 2,
    "self_direction": 2,
    "room_to_try": 3,
    "professional_identity": 2,
    "judging_level": 1,
    "modelling": 2,
    "flexible_routes": 1,
    "sharing_expertise": 1,
    "theory_and_practice": 1,
}
# Letters on a line of a label in the spider.
SHORT, LONG = 12, 22
# Letters of a question that opens a talk: one line of a laptop.
OPENING = 100
each_form = pytest.mark.parametrize("form", Form)


@pytest.fixture(scope="module")
def help_with_questions() -> LearningQuestionHelp:
    return learning_questions.load(questionnaires.load())


def models(content: object) -> Iterator[BaseModel]:
    """This piece of content and all pieces in it."""
    if isinstance(content, BaseModel):
        yield content
        content = [value for _name, value in content]
    if isinstance(content, (list, tuple)):
        for each in content:
            yield from models(each)


def shipped() -> list[BaseModel]:
    found, group_work = current(), methods.load()
    shared = [found.title, found.areas, found.axes, found.behaviours]
    return list(
        models(
            [
                *shared,
                *found.forms.values(),
                *table(),
                learning_questions.load(questionnaires.load()),
                *group_work.versions.values(),
                *group_work.phases,
                question_kit.load(),
                reflections.load(),
            ]
        )
    )


def test_the_five_axes_lie_in_four_areas() -> None:
    assert {axis.key: axis.area for axis in current().axes} == AREA_OF_AXIS
    assert list(AREA_OF_AXIS) == [axis.key for axis in current().axes]
    assert {area.key for area in current().areas} == set(AREA_OF_AXIS.values())


@each_form
def test_each_form_has_its_statements_in_its_parts(form: Form) -> None:
    parts = form_file(form).parts
    assert [part.axis for part in parts] == [axis.key for axis in current().axes]
    assert [len(part.statements) for part in parts] == COUNTS[form]


@pytest.mark.parametrize(
    ("form", "total"), [(Form.SELF, 19), (Form.STUDENT, 18), (Form.TRAINER, 19)]
)
def test_each_form_has_as_many_statements_as_its_source(form: Form, total: int) -> None:
    assert len(form_file(form).statements) == total


@each_form
def test_each_statement_tells_which_one_of_the_source_it_is(form: Form) -> None:
    for part, area, count in zip(form_file(form).parts, SOURCE_AREAS, COUNTS[form], strict=True):
        sources = [each.source for each in part.statements]
        assert {source.form for source in sources} == {form}
        assert {source.area for source in sources} == {area}
        assert [source.number for source in sources] == list(range(1, count + 1))


@each_form
def test_each_statement_is_about_behaviours_of_its_own_axis(form: Form) -> None:
    axis_of = {behaviour.key: behaviour.axis for behaviour in current().behaviours}
    for part in form_file(form).parts:
        spoken = {key for statement in part.statements for key in statement.behaviours}
        assert {axis_of[key] for key in spoken} == {part.axis}


def test_each_behaviour_stands_once_and_in_the_order_of_the_axes() -> None:
    keys = [behaviour.key for behaviour in current().behaviours]
    order = [axis.key for axis in current().axes]
    places = [order.index(behaviour.axis) for behaviour in current().behaviours]
    assert len(set(keys)) == len(keys)
    assert places == sorted(places)


def by_behaviours(form: Form) -> dict[str, tuple[str, ...]]:
    return {statement.key: statement.behaviours for statement in form_file(form).statements}


def test_supervisor_and_trainer_judge_the_same_behaviours_one_by_one() -> None:
    own = by_behaviours(Form.SELF)
    assert own == by_behaviours(Form.TRAINER)
    spoken = [each.key for each in current().behaviours if each.key != "asking_for_feedback"]
    assert list(own.values()) == [(key,) for key in spoken]


@each_form
def test_each_statement_asks_about_one_behaviour(form: Form) -> None:
    assert {len(behaviours) for behaviours in by_behaviours(form).values()} == {1}


def test_a_behaviour_is_one_question_in_each_form_and_only_goals_are_cut_in_two() -> None:
    # The booklet asks students in two statements what the others are asked in one sentence.
    assert [
        (form, behaviour)
        for form in Form
        for (behaviour,), count in Counter(by_behaviours(form).values()).items()
        if count != 1
    ] == [(Form.STUDENT, "goals_and_activities")]


def test_the_student_form_maps_as_the_source_says() -> None:
    own, student = by_behaviours(Form.SELF), by_behaviours(Form.STUDENT)
    different = {key: value for key, value in student.items() if own.get(key) != value}
    assert different == {
        "setting_goals": ("goals_and_activities",),
        "choosing_activities": ("goals_and_activities",),
        "asks_for_feedback": ("asking_for_feedback",),
    }
    spoken = {behaviour for behaviours in student.values() for behaviour in behaviours}
    silent = {"keeping_up_competence", "taking_part", "critical_stance"}
    assert {each.key for each in current().behaviours} - spoken == silent


def test_a_talk_about_a_behaviour_opens_with_a_question_that_blames_nobody() -> None:
    blame = re.compile(r"\b(waarom|why|fout|wrong)\b", re.IGNORECASE)
    for language in LANGUAGES:
        asked = [each.opening_question.in_language(language) for each in current().behaviours]
        assert len(set(asked)) == len(asked)
        assert [each for each in asked if not each.endswith("?") or blame.search(each)] == []
        assert max(map(len, asked)) <= OPENING


def test_only_who_gives_feedback_may_say_cannot_judge() -> None:
    assert {form for form in Form if form_file(form).cannot_judge} == {Form.STUDENT, Form.TRAINER}


def test_students_read_the_seventeen_illustrations_of_the_booklet_and_a_few_of_ours() -> None:
    shown = {each.key: each.illustrations for each in form_file(Form.STUDENT).statements}
    theirs = {key: sum(not each.own for each in found) for key, found in shown.items()}
    ours = {key: sum(each.own for each in found) for key, found in shown.items()}
    assert {key: count for key, count in theirs.items() if count} == ILLUSTRATED
    assert sum(theirs.values()) == 17
    assert len(ILLUSTRATED) == 10
    assert max(ours.values()) == 1
    assert max(map(len, shown.values())) <= 3


def test_only_students_read_illustrations() -> None:
    for form in (Form.SELF, Form.TRAINER):
        assert not any(each.illustrations for each in form_file(form).statements)


def test_the_form_of_the_trainer_names_the_supervisor_in_each_sentence() -> None:
    form = form_file(Form.TRAINER)
    asked = [each.text for each in form.statements] + [part.open_question for part in form.parts]
    for text in [*asked, form.scale.lowest, form.scale.highest]:
        for language in LANGUAGES:
            words = text.in_language(language)
            assert SUPERVISOR in words
            # A name may end with s: nothing is said of what is theirs.
            assert not re.search(re.escape(SUPERVISOR) + r"['’s]", words)
            assert not re.search(r"deze begeleider|this supervisor", words, re.IGNORECASE)


def test_the_form_of_the_student_speaks_of_my_supervisor_and_needs_no_name() -> None:
    texts = [each for each in models(form_file(Form.STUDENT)) if isinstance(each, TextAbout)]
    assert len(texts) > 45
    assert not any(each.has_name for each in texts)


@each_form
def test_no_two_statements_of_a_form_read_the_same(form: Form) -> None:
    for language in LANGUAGES:
        texts = [each.text.in_language(language) for each in form_file(form).statements]
        assert len(set(texts)) == len(texts)


def test_every_text_is_in_both_languages_and_not_a_copy() -> None:
    texts = [each for each in shipped() if isinstance(each, InBothLanguages)]
    assert len(texts) > 150
    # Some words are the same in both.
    same = {"student", "Check-in", "Check-out", "SWOT"}
    assert {text.nl for text in texts if text.nl == text.en} == same


def test_a_text_speaks_the_language_of_the_page() -> None:
    title = current().title
    for language in LANGUAGES:
        with writing_in(language):
            assert str(title) == title.in_language(language) == getattr(title, language)


@pytest.mark.parametrize(("label", "most"), [("label_short", SHORT), ("label_long", LONG)])
def test_labels_fit_beside_the_spider(label: str, most: int) -> None:
    for axis in current().axes:
        lines: LocalLines = getattr(axis, label)
        for language in LANGUAGES:
            with writing_in(language):
                assert 1 <= len(lines.lines) <= 2
                assert max(map(len, lines.lines)) <= most


def test_a_learning_question_has_prompts_and_an_example_for_each_axis(
    help_with_questions: LearningQuestionHelp,
) -> None:
    axes = [axis.key for axis in current().axes]
    assert {example.axis for example in help_with_questions.examples} == set(axes)
    for axis in axes:
        found = help_with_questions.examples_for(axis)
        assert found
        assert {example.axis for example in found} == {axis}
    keys = [prompt.key for prompt in help_with_questions.prompts]
    assert len(set(keys)) == len(keys) == 6
    assert "who_gains" in keys


def test_an_example_of_learning_is_a_question_and_one_of_work_is_not(
    help_with_questions: LearningQuestionHelp,
) -> None:
    for example in help_with_questions.examples:
        for language in LANGUAGES:
            assert example.learning.in_language(language).endswith("?")
            assert not example.work.in_language(language).endswith("?")


def test_prompts_are_questions_and_never_a_verdict(
    help_with_questions: LearningQuestionHelp,
) -> None:
    for prompt in help_with_questions.prompts:
        for language in LANGUAGES:
            assert prompt.question.in_language(language).endswith("?")
