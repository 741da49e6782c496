"""Every text has its Dutch words, and the catalogue is that of the code and templates of now."""

import re
from contextlib import chdir
from io import StringIO
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from zetwpo.config import ROOT

# What pages call by another word (docs/glossary.md): an axis is a part and no area. And one way
# to write it: an e-mailadres gets mails, a pagina is printed, and Dutch is quoted ‘like this’. And
# no words that people read and never say.
AVOIDED = {
    "nl": r"\bgebied|\bpartnerschap|\bdruk (op|nog)|\bstap in\b|\bwaarden?\b|\bgedrag\b"
    r"|deze begeleider|(?<!e-)\bmailadres|\be-mails?\b|\bbladzij|\bafdruk|\bhooguit\b|\buitslag"
    r"|[“”]|\bondertussen\b|\bluidt\b|\bwiens\b|\binmiddels\b|\bvragenkit\b",
    "en": r"(?<!competence )\bareas?\b|\baverage\b|\bstep in\b|this supervisor",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)\w|%%")


def read(path: Path) -> Catalog:
    return read_po(StringIO(path.read_text("utf-8")), ignore_obsolete=True)


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    return read(ROOT / "translations" / "nl" / "LC_MESSAGES" / "messages.po")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts of code and templates, collected as `make messages` does."""
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    [keywords] = re.findall(r"^keywords := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    options = [word for keyword in keywords.split() for word in ("--keyword", keyword)]
    mapping = ["--mapping-file", "pyproject.toml"]
    with chdir(ROOT):
        CommandLineInterface().run(
            ["pybabel", "--quiet", "extract", *mapping, *options, "--output", str(target), "."]
        )
    return read(target)


def keys(catalog: Catalog) -> set[tuple[str, ...]]:
    return {_words(message.id) for message in catalog if message.id}


def _words(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_catalogue_is_in_step_with_code_and_templates(
    dutch: Catalog, extracted: Catalog
) -> None:
    assert keys(extracted) - keys(dutch) == set(), "run make messages and translate these"
    assert keys(dutch) - keys(extracted) == set(), "run make messages: nobody says these any more"


def test_every_text_has_dutch_words_that_somebody_agreed_to(dutch: Catalog) -> None:
    assert len(dutch) > 150
    missing = [each.id for each in dutch if each.id and not all(_words(each.string))]
    assert missing == []
    assert [each.id for each in dutch if each.id and each.fuzzy] == []


def test_every_translation_fills_in_the_same_values(dutch: Catalog) -> None:
    for message in dutch:
        if message.id:
            for source, text in zip(_words(message.id), _words(message.string), strict=True):
                # "One person" or "1 person": a singular may leave the number out.
                values = {frozenset(PLACEHOLDER.findall(each)) - {"num"} for each in (source, text)}
                assert len(values) == 1, message.id


def test_singular_and_plural_are_both_there(dutch: Catalog) -> None:
    plurals: list[Message] = [each for each in dutch if not isinstance(each.id, str)]
    assert plurals
    assert {len(each.string) for each in plurals} == {2}


def test_one_thing_has_one_word(dutch: Catalog) -> None:
    texts = [each for each in dutch if each.id]
    said = {
        "nl": [words for each in texts for words in _words(each.string)],
        "en": [words for each in texts for words in _words(each.id)],
    }
    for file in (ROOT / "zetwpo" / "library" / "content").rglob("*.yaml"):
        content = yaml.safe_load(file.read_text("utf-8"))
        for language in said:
            said[language] += _in_content(content, language)
    for language, found in said.items():
        assert len(found) > 400
        assert [each for each in found if re.search(AVOIDED[language], each, re.IGNORECASE)] == []


def _in_content(content: object, language: str) -> list[str]:
    """All texts of a content file in this language."""
    if isinstance(content, list):
        return [text for each in content for text in _in_content(each, language)]
    if not isinstance(content, dict):
        return []
    own = content.get(language, [])
    rest = [value for key, value in content.items() if key != language]
    return [*([own] if isinstance(own, str) else own), *_in_content(rest, language)]
