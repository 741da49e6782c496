"""Forms are taken apart as every browser packs them, however long they are."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.fields import LEFT_OUT
from zetwpo.server.intake import (
    LONGEST_NAME,
    MOST_FIELDS,
    SLICE,
    FormParser,
    decode,
    fields_before_file,
    has_too_many_fields,
)

FORM = "application/x-www-form-urlencoded"
# No halves of characters: they cannot travel.
SIGNS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(SIGNS, max_size=40)
# A sign takes twelve bytes at most when it is packed.
NAME = st.text(SIGNS, max_size=LONGEST_NAME // 12)


def parse(body: bytes, mimetype: str = FORM) -> list[tuple[str, str]]:
    form = FormParser().parse(BytesIO(body), mimetype, len(body))[1]
    return list(form.items(multi=True))


@given(st.lists(st.tuples(NAME, TEXT), max_size=8, unique_by=lambda field: field[0]))
def test_what_was_packed_comes_out(fields: list[tuple[str, str]]) -> None:
    assert parse(urlencode(fields).encode()) == fields


@pytest.mark.parametrize("sign", ["\u00e9", "\u20ac", "\U0001f600", "\r\n", "%", "+", "a\u00e9"])
@pytest.mark.parametrize("before", range(4))
def test_nothing_is_cut_in_two(sign: str, before: int) -> None:
    text = "x" * before + sign * SLICE
    assert parse(urlencode({"text": text}).encode()) == [("text", text)]


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        (b"", ""),
        (b"a+b", "a b"),
        (b"%", "%"),
        (b"%4", "%4"),
        (b"%zz%41", "%zzA"),
        (b"%C3", "\ufffd"),
        (b"\xff%FFa", "\ufffd\ufffda"),
        (b"%ED%A0%80", "\ufffd\ufffd\ufffd"),
        (b"%" * (SLICE + 3), "%" * (SLICE + 3)),
    ],
)
def test_what_nobody_packs_is_text_all_the_same(encoded: bytes, text: str) -> None:
    assert decode(encoded) == text


def test_fields_may_be_empty_or_repeated() -> None:
    assert parse(b"a=1&&a=&b&=c") == [("a", "1"), ("a", ""), ("b", ""), ("", "c")]


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/json", "text/plain", ""])
def test_what_no_page_sends_is_left_alone(kind: str) -> None:
    assert parse(b"a=1", kind) == []


def test_the_bounds_are_beyond_every_page() -> None:
    assert not has_too_many_fields(b"&".join([b"a=1"] * MOST_FIELDS))
    assert has_too_many_fields(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))
    assert not has_too_many_fields(b"a" * LONGEST_NAME + b"=" + b"b" * 10_000)
    assert has_too_many_fields(b"a=1&" + b"a" * (LONGEST_NAME + 1))


def in_parts(*parts: tuple[str, str], boundary: str = "x") -> bytes:
    """A form as browsers send it with a file; each part by what its header says of it."""
    head = "Content-Disposition: form-data; name="
    lines = [f"--{boundary}\r\n{head}{name}\r\n\r\n{text}\r\n" for name, text in parts]
    return "".join([*lines, f"--{boundary}--\r\n"]).encode()


FILE = ('"file"; filename="a.pdf"', "%PDF" * 1000)


@given(st.lists(st.tuples(st.sampled_from(["title", "text"]), TEXT), max_size=5))
def test_what_stands_before_a_file_is_read_and_the_file_is_not(
    fields: list[tuple[str, str]],
) -> None:
    body = in_parts(*((f'"{name}"', text) for name, text in fields), FILE)
    for length in (len(body), len(body) - 3000):
        assert fields_before_file(body[:length], b"x") == [*fields, ("file", LEFT_OUT)]


def test_a_field_that_came_in_half_is_left_out() -> None:
    body = in_parts(('"title"', "whole"), ('"text"', "half of it"))
    cut = body[: body.index(b" of it")]
    assert fields_before_file(cut, b"x") == [("title", "whole")]


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_read_as_far_as_it_goes(body: bytes) -> None:
    for begins in (b"", b"--x\r\n", in_parts(('"title"', "whole"))[:60]):
        fields_before_file(begins + body, b"x")
    assert fields_before_file(body, b"") == []
