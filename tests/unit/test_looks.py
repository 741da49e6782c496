"""What one look at the database remembers, and who does not go by it."""

from zetwpo.database.looks import once_a_look
from zetwpo.database.turns import reading, writing

asked: list[tuple[int, str]] = []


@once_a_look
def query(number: int, word: str = "") -> list[int]:
    asked.append((number, word))
    return [number]


def test_a_look_asks_the_same_once() -> None:
    asked.clear()
    with reading():
        assert query(1) is query(1)
    assert asked == [(1, "")]


def test_something_else_is_asked_as_well() -> None:
    asked.clear()
    with reading():
        for number, word in ((1, ""), (2, ""), (1, "a"), (1, "a")):
            assert query(number, word=word) == [number]
    assert asked == [(1, ""), (2, ""), (1, "a")]


def test_another_look_asks_again() -> None:
    asked.clear()
    for _ in range(2):
        with reading():
            query(1)
    assert asked == [(1, ""), (1, "")]


def test_whoever_writes_asks_each_time() -> None:
    asked.clear()
    query(1)
    query(1)
    with reading():
        query(1)
        with writing():
            query(1)
            query(1)
        query(1)
    assert asked == [(1, "")] * 5
