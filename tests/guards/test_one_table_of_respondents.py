"""Nothing but the table says who can be asked: no code and no template knows a certain role."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.forms import table
from zetwpo.config import ROOT

CODE = sorted((ROOT / "zetwpo").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
# About what somebody is in a partnership, where some roles have the same name; the words that
# sentences begin with, in any questionnaire.
ELSEWHERE = {
    ROOT / "zetwpo" / "accounts" / "actors.py",
    ROOT / "zetwpo" / "partnerships" / "importing" / "headings.py",
    ROOT / "zetwpo" / "partnerships" / "people" / "words.py",
    ROOT / "zetwpo" / "library" / "wording.py",
}
WORDS = {word for role in table() for word in (role.key, role.form)}
NAMES = {word.upper() for word in WORDS} | {f"is_{word}" for word in WORDS}


def in_code(text: str) -> Iterator[str]:
    """The literals and names that are about a certain respondent, with their line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and node.value in WORDS:
            yield f"line {node.lineno}: {node.value!r}"
        if isinstance(node, ast.Attribute) and node.attr in NAMES:
            yield f"line {node.lineno}: .{node.attr}"


def in_template(text: str) -> Iterator[str]:
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(text)
    for literal in tree.find_all(nodes.Const):
        if isinstance(literal.value, str) and literal.value in WORDS:
            yield f"line {literal.lineno}: {literal.value!r}"
    for name in tree.find_all(nodes.Getattr):
        if name.attr in NAMES:
            yield f"line {name.lineno}: .{name.attr}"


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_knows_a_certain_respondent(path: Path) -> None:
    if path not in ELSEWHERE:
        assert list(in_code(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_knows_a_certain_respondent(path: Path) -> None:
    assert list(in_template(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "if role == 'student': pass",
        "found = {'school_trainer': 1}",
        "match role:\n    case 'institute_trainer': pass",
        "x = role is Role.STUDENT",
        "x = respondent.is_student",
        "x = form in ('self', 'trainer')",
    ],
)
def test_it_is_seen_in_code(text: str) -> None:
    assert list(in_code(text))


@pytest.mark.parametrize(
    "text",
    [
        "{% if role == 'student' %}{% endif %}",
        "{{ 1 if 'school_trainer' in roles }}",
        "{% if each.is_student %}{% endif %}",
        "{% if role == Role.INSTITUTE_TRAINER %}{% endif %}",
    ],
)
def test_it_is_seen_in_a_template(text: str) -> None:
    assert list(in_template(text))
