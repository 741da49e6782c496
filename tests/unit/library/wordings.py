"""Writes docs/questionnaire.md: what the three forms ask about each behaviour, side by side.

Run it after a change of wording: `.venv/bin/python -m tests.unit.library.wordings`.
"""

from collections.abc import Iterator

from tests.forms import Form
from zetwpo.config import ROOT
from zetwpo.i18n import Language, writing_in
from zetwpo.library import questionnaires
from zetwpo.library.questionnaires import Behaviour, Questionnaire, Statement

FILE = ROOT / "docs" / "questionnaire.md"
COMMAND = ".venv/bin/python -m tests.unit.library.wordings"
NAME: dict[Language, str] = {"nl": "(naam)", "en": "(name)"}
IN_WORDS: dict[Language, str] = {"nl": "Nederlands", "en": "English"}

INTRODUCTION = f"""\
# What the three forms ask

Written from the content files by `{COMMAND}`;
a test fails where the two differ.

A difference on the result is always one between answers to the same question. Whether two
statements ask the same is a judgement, and this page is there to make it: each behaviour has what
supervisor, student and school trainer are asked about it, with the form, the part and the number of
the statement in the booklet that it comes from. What only one form asks is set against nobody.

- The booklet cuts *learning goals and activities* in two for students. Both halves together are the
  one sentence of the other forms, so their mean stands beside it. Where one of the two was judged,
  that is half, which is enough here as it is on an axis.
- Students are asked about what they can see: that their supervisor is in touch about them, not what
  is noticed and raised there; that the supervisor is an example to them. It is the same behaviour
  from where they stand, in the words of the booklet's own form for them.
- *Asking for feedback* is asked of students alone, and stands beside no judgement of anybody else.

`{NAME["nl"]}` and `{NAME["en"]}` stand where the form has the name of the supervisor. Examples are
read with the statement and never judged; those marked *ours* are not in the booklet.
"""


def page(content: Questionnaire) -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_axes(content)])


def _axes(content: Questionnaire) -> Iterator[str]:
    for axis in content.axes:
        yield f"## {axis.title.nl}\n\n*{axis.title.en}*\n"
        for behaviour in content.behaviours:
            if behaviour.axis == axis.key:
                yield from _behaviour(content, behaviour)


def _behaviour(content: Questionnaire, behaviour: Behaviour) -> Iterator[str]:
    asked = {form: _about(content, form, behaviour) for form in Form}
    yield f"### {behaviour.name.nl}\n\n*{behaviour.name.en}* (`{behaviour.key}`)\n"
    yield _row("", *Form)
    yield "|---|---|---|---|"
    for language, name in IN_WORDS.items():
        yield _row(name, *(_texts(found, language) for found in asked.values()))
    yield _row("booklet", *(_sources(found) for found in asked.values()))
    yield ""
    yield from _illustrations(asked[Form.STUDENT])
    yield f"To open a talk: {behaviour.opening_question.nl} / {behaviour.opening_question.en}\n"


def _about(content: Questionnaire, form: Form, behaviour: Behaviour) -> list[Statement]:
    statements = content.forms[form].statements
    return [each for each in statements if behaviour.key in each.behaviours]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _texts(found: list[Statement], language: Language) -> str:
    with writing_in(language):
        return "<br>".join(each.text.about(NAME[language]) for each in found) or "–"


def _sources(found: list[Statement]) -> str:
    sources = (each.source for each in found)
    return "<br>".join(f"{each.form}, {each.area} {each.number}" for each in sources) or "–"


def _illustrations(found: list[Statement]) -> Iterator[str]:
    lines = [
        f"- {each.nl} / {each.en}{' (ours)' if each.own else ''}"
        for statement in found
        for each in statement.illustrations
    ]
    if lines:
        yield "\n".join(["For example:\n", *lines, ""])


if __name__ == "__main__":
    FILE.write_text(page(questionnaires.load().current), encoding="utf-8")
