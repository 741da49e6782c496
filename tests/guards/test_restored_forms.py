"""No form lets a browser bring back by itself what somebody once typed there."""

import re
from pathlib import Path

import pytest

from zetwpo.config import ROOT

TEMPLATES = ROOT / "templates"
FORM = re.compile(r"<form\b(?:\{\{.*?\}\}|[^>])*>", re.DOTALL)
# What somebody types in; a choice goes by its form.
FIELD = re.compile(
    r"<(?:textarea|input type=\"(?:date|text|email)\")(?:\{\{.*?\}\}|[^>])*>", re.DOTALL
)
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "mail" not in path.parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_forms_and_their_fields_are_not_restored(page: Path) -> None:
    text = page.read_text()
    for tag in (*FORM.findall(text), *FIELD.findall(text)):
        assert 'autocomplete="off"' in tag, tag
