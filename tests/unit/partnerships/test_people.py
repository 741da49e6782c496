"""Looking for people: words, pages, and what a page of somebody's roles showed."""

import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.characters import MOST_WORDS, as_sought
from zetwpo.partnerships.people.rules import mark_of, words_of

NAMES = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("name", "sought"),
    [
        ("Zoë de Wit", "zoedewit"),
        ("Anne-Marie Østerby", "annemarieosterby"),
        ("O’Brien", "obrien"),
        ("Łukasz Ćwik", "lukaszcwik"),
        ("Jürgen Groß", "jurgengross"),
        ("Ægir Þór", "aegirthor"),
        ("I\u0307nci", "inci"),
        ("山田", "山田"),
        ("  ", ""),
        # An accent on a letter that keeps it.
        ("Ǽlfgår Ǿrsted", "aelfgarorsted"),
    ],
)
def test_a_name_is_looked_for_as_somebody_types_who_only_heard_it(name: str, sought: str) -> None:
    assert as_sought(name) == sought


@given(NAMES)
def test_a_name_is_found_by_itself_however_it_is_written(name: str) -> None:
    sought = as_sought(name)
    assert as_sought(sought) == sought
    for form in ("NFC", "NFD"):
        assert as_sought(unicodedata.normalize(form, name)) == sought
    # Each of its words, in any order.
    assert all(word.in_name in sought for word in words_of(name))


@given(NAMES, NAMES)
def test_a_name_is_found_by_each_part_of_it(one: str, other: str) -> None:
    assert as_sought(one) + as_sought(other) == as_sought(f"{one} {other}")


@given(st.text(max_size=1000))
def test_a_search_has_few_words_whatever_is_typed(text: str) -> None:
    words = words_of(text)
    assert len(words) <= MOST_WORDS
    assert all(word.in_email for word in words)


def test_a_mark_changes_with_each_role_and_not_with_their_order() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    assert mark_of([one, other]) == mark_of([other, one])
    assert len({mark_of([]), mark_of([one]), mark_of([other]), mark_of([one, other])}) == 4
    assert mark_of([])
