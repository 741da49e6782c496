"""A questionnaire as one file: out, in, and whatever else somebody sends."""

import copy
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.content import current
from tests.unit.library.small import small_document
from zetwpo.i18n import writing_in
from zetwpo.library.plain_yaml import DEEPEST, LARGEST
from zetwpo.library.problems import Unreadable
from zetwpo.library.questionnaires import Document, document_of
from zetwpo.library.yaml_text import from_yaml, to_yaml


@pytest.fixture
def own() -> Document:
    return copy.deepcopy(document_of(current()))


def refused(text: str | bytes) -> list[tuple[str, int | None]]:
    with pytest.raises(Unreadable) as refusal:
        from_yaml(text.encode() if isinstance(text, str) else text)
    with writing_in("en"):
        return [(str(each), each.line) for each in refusal.value.problems]


def test_what_goes_out_comes_in_the_same(own: Document) -> None:
    text = to_yaml(own)
    assert from_yaml(text.encode()) == own
    assert to_yaml(from_yaml(text.encode())) == text


def test_people_can_read_it(own: Document) -> None:
    lines = to_yaml(own).splitlines()
    assert lines[:3] == ["axes:", "  questionnaire: workplace-trainer", "  version: 1"]
    assert max(map(len, lines)) <= 120
    assert "  self:" in lines
    assert not [line for line in lines if "\\u" in line or "&" in line.split("#")[0]]


def test_what_stands_in_two_places_is_written_twice(own: Document) -> None:
    behaviours = own["axes"]["behaviours"]
    behaviours[1]["opening_question"] = behaviours[0]["opening_question"]
    assert from_yaml(to_yaml(own).encode()) == own


def test_a_mark_of_windows_is_no_trouble(own: Document) -> None:
    text = to_yaml(own).replace("\n", "\r\n")
    assert from_yaml(b"\xef\xbb\xbf" + text.encode()) == own


words = st.text(min_size=1, max_size=30).filter(lambda each: "{" not in each and "}" not in each)


@given(words)
def test_any_words_come_back_as_they_are_kept(text: str) -> None:
    own = small_document()
    own["axes"]["title"]["nl"] = f"Wij {text} ons"
    data = to_yaml(own)
    try:
        kept = from_yaml(data.encode("utf-8", "surrogatepass"))
    except Unreadable:
        # What YAML cannot hold, such as half a character, is refused and not garbled.
        assert any(not (0x20 <= ord(each) <= 0xD7FF) for each in text)
        return
    assert from_yaml(to_yaml(kept).encode()) == kept


def test_a_problem_has_its_line(own: Document) -> None:
    lines = to_yaml(own).splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "Mijn begeleider kan met mij" in line)
    lines[number - 1] = lines[number - 1].replace("nl:", "fr:")
    place = "forms > student > statements > relationship > text"
    assert refused("\n".join(lines)) == [
        (f"{place} > nl: This is missing.", number),
        (f"{place} > fr: This does not belong here.", number),
    ]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: 1\nb: &x 2\nc: *x", "An anchor or a reference (& or *) is not read.", 2),
        ("a: *x", "An anchor or a reference (& or *) is not read.", 1),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", "A tag (!) is not read.", 2),
        ("!own\na: 1", "A tag (!) is not read.", 1),
        ("a: 1\na: 2", "a stands here twice.", 2),
        ("{a: b}: 1", "A name has to be a word.", 1),
        ("? [a]\n: 1", "A name has to be a word.", 1),
        ("a: 1\n  b: [", "This cannot be read as YAML.", 2),
        ("a: 1\n---\nb: 2", "This cannot be read as YAML.", 2),
        ("a: \x00", "This cannot be read as YAML.", None),
        ("", "This file is empty.", None),
        ("# nothing\n", "This file is empty.", None),
        ("[" * (DEEPEST + 1), "This holds more than can be read.", 1),
        (b"a: \xff", "This is no text in UTF-8.", None),
        (b"PK\x03\x04" + b"\x00" * 100, "This cannot be read as YAML.", None),
        ("a" * (LARGEST + 1), "This file is larger than 1 MB.", None),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_line(
    text: str | bytes, message: str, line: int | None
) -> None:
    assert refused(text) == [(f"the whole file: {message}", line)]


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        "[" * 400_000,
        "[" + "a," * 400_000 + "]",
        "- " * 400_000,
        "{" + ",".join(f"k{n}: 1" for n in range(80_000)) + "}",
        "a: '" + "x" * 900_000,
        "? " * 300_000,
    ],
    ids=["laughs", "deep", "many", "nested", "names", "long", "questions"],
)
def test_a_bomb_is_refused_soon(text: str) -> None:
    began = time.process_time()
    assert refused(text)
    assert time.process_time() - began < 5


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_refused_with_words(data: bytes) -> None:
    assert refused(data)
