"""What people and scans are called: each by something that reads like nobody else's."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.characters import as_read
from zetwpo.scan.telling_apart import Moment, Person, told_apart

STUDENT, TRAINER = "student", "school trainer"
YOU = ("You", "You, 3 May 2026")

# Names that collide often: with each other, and with what somebody else is called.
NAMES = st.sampled_from(
    ["Noor", "noor", " Noor ", "No\u200bor", "Noör", "Noo\u0308r", "נועה", "You", "Noor (2)"]
    + ["Noor (student)", "Noor (student 1)", "Noor (student 2)", "You, 3 May 2026", "."]
)
PEOPLE = st.lists(
    st.builds(Person, NAMES | st.text(min_size=1), st.sampled_from([STUDENT, TRAINER]))
)


def named(*people: tuple[str, str], taken: tuple[str, ...] = ()) -> list[str]:
    return told_apart([Person(*each) for each in people], taken)


@given(PEOPLE, st.sets(NAMES))
def test_no_two_read_alike_whoever_there_are(people: list[Person], taken: set[str]) -> None:
    labels = told_apart(people, taken)
    read = [as_read(each) for each in (*labels, *{as_read(each): each for each in taken}.values())]
    assert len(labels) == len(people)
    assert len(set(read)) == len(read)


@given(PEOPLE)
def test_the_only_one_of_a_name_keeps_it(people: list[Person]) -> None:
    names = [as_read(each.name) for each in people]
    for person, label in zip(people, told_apart(people), strict=True):
        if names.count(as_read(person.name)) == 1:
            assert label == person.plain


@given(PEOPLE)
def test_everybody_keeps_their_own_name_in_front(people: list[Person]) -> None:
    for person, label in zip(people, told_apart(people), strict=True):
        assert label.startswith(person.plain)


@given(PEOPLE, st.builds(Person, NAMES, st.just(STUDENT)))
def test_who_has_another_name_changes_no_name_that_is_the_only_one(
    people: list[Person], more: Person
) -> None:
    alone = [each for each in people if as_read(each.name) != as_read(more.name)]
    before = dict(zip(map(id, people), told_apart(people), strict=True))
    after = dict(zip(map(id, people), told_apart([*people, more]), strict=False))
    plain = [each for each in alone if before[id(each)] == each.plain]
    assert all(after[id(each)] == each.plain for each in plain)


def test_a_role_tells_apart_where_it_can() -> None:
    assert named(("Noor", STUDENT), ("Tess", TRAINER)) == ["Noor", "Tess"]
    assert named(("Sam", STUDENT), ("Sam", TRAINER)) == ["Sam (student)", "Sam (school trainer)"]


def test_a_number_tells_apart_where_the_role_cannot() -> None:
    assert named(("Noor", STUDENT), ("Noor", STUDENT), ("Noor", TRAINER)) == [
        *("Noor (student 1)", "Noor (student 2)", "Noor (school trainer)")
    ]
    assert named(("Ton", TRAINER), ("Ton", TRAINER)) == [
        *("Ton (school trainer 1)", "Ton (school trainer 2)")
    ]


def test_a_name_that_looks_like_what_another_is_called_keeps_apart_from_it() -> None:
    assert named(("Noor", STUDENT), ("Noor", STUDENT), ("Noor (student 1)", TRAINER)) == [
        *("Noor (student 2)", "Noor (student 3)", "Noor (student 1)")
    ]
    assert named(("Noor", STUDENT), ("Noor", TRAINER), ("Noor (student)", STUDENT)) == [
        *("Noor (student 1)", "Noor (school trainer)", "Noor (student)")
    ]


@pytest.mark.parametrize("name", ["You", "you ", "Y\u200bou", "You, 3 May 2026", "You 3 May 2026"])
def test_who_is_called_like_a_label_of_the_page_has_a_role(name: str) -> None:
    assert named((name, STUDENT), taken=YOU) == [f"{name} (student)"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "ZOË"),
        (unicodedata.normalize("NFC", "Zoë"), unicodedata.normalize("NFD", "Zoë")),
        ("Anne Marie", " Anne\u00a0 Marie"),
        ("Anne-Marie", "Anne‑Marie"),
        ("D'Angelo", "D’Angelo"),
        ("Noor", "N\u200boor\ufeff"),
        ("Noor", "Noor\U000e0041"),
        ("Jan", "Ｊan"),
        ("Weiß", "WEISS"),
    ],
)
def test_names_are_compared_as_a_reader_sees_them(one: str, other: str) -> None:
    assert named((one, STUDENT), (other, TRAINER)) == [
        f"{one} (student)",
        f"{other} (school trainer)",
    ]


@pytest.mark.parametrize("pair", [("Noor", "Nora"), ("Zoë", "Zoe"), ("Noor", "Noor 🌻")])
def test_names_that_differ_to_the_eye_need_nothing_more(pair: tuple[str, str]) -> None:
    assert named((pair[0], STUDENT), (pair[1], STUDENT)) == list(pair)


def test_a_name_from_the_right_stands_apart_from_the_role_beside_it() -> None:
    [label, _other] = named(("נועה", STUDENT), ("נועה", TRAINER))
    assert label == "\u2068נועה\u2069 (student)"


MINUTES = st.integers(0, 3)
DAYS = st.lists(st.builds(lambda d, m: Moment(f"{d} May", f"{d} May, 14:0{m}"), MINUTES, MINUTES))


@given(DAYS)
def test_no_two_scans_are_called_alike(moments: list[Moment]) -> None:
    labels = told_apart(moments)
    assert all(one != other for one, other in combinations(labels, 2))


def test_a_scan_is_called_by_its_day_unless_another_is_of_that_day() -> None:
    first, second = Moment("3 May", "3 May, 14:05"), Moment("3 May", "3 May, 15:00")
    assert told_apart([first, Moment("4 May", "4 May, 14:05")]) == ["3 May", "4 May"]
    assert told_apart([first, second]) == ["3 May, 14:05", "3 May, 15:00"]
    assert told_apart([first, first, second]) == [
        *("3 May, 14:05\u00a0(1)", "3 May, 14:05\u00a0(2)", "3 May, 15:00")
    ]
