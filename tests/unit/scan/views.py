"""Views of made-up people on the statements of the real forms."""

from collections.abc import Mapping

from hypothesis import strategies as st

from tests.forms import Form
from tests.unit.content import items
from zetwpo.scan.result.rules import View

POINT = st.integers(1, 7)
JUDGEMENT = POINT | st.none()
# A mark per statement, in the order of the form: a point, "x" for cannot judge, "-" for nothing.
# One text for a whole form is drawn much faster than an answer to each statement.
MARKS = "1234567x-"


def view(form: Form, answers: Mapping[str, int | None], key: str = "") -> View:
    return View(key or form.value, items(form), dict(answers))


def level(form: Form, point: int, **others: int | None) -> View:
    """The same point with every statement, but for these."""
    return view(form, {each.key: point for each in items(form)} | others)


def marked(form: Form, marks: str, key: str = "") -> View:
    answers = {
        item.key: None if mark == "x" else int(mark)
        for item, mark in zip(items(form), marks, strict=True)
        if mark != "-"
    }
    return view(form, answers, key)


def views(form: Form, key: str = "") -> st.SearchStrategy[View]:
    """Anything that somebody can fill in."""
    count = len(items(form))
    return st.text(MARKS, min_size=count, max_size=count).map(
        lambda marks: marked(form, marks, key)
    )


# The supervisor first. Two students: as many as it takes to average where nobody should.
EVERYBODY = st.tuples(
    views(Form.SELF),
    views(Form.STUDENT, "student-1"),
    views(Form.STUDENT, "student-2"),
    views(Form.TRAINER),
).map(list)
