"""An own method as the fields of a page and back: no words get lost, and no two steps are one."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.edits import Sent, marks_of, merged
from zetwpo.library.questionnaires import Document
from zetwpo.library.rules import MOST_STEPS
from zetwpo.methods.document import (
    DOWN,
    UP,
    begun_with,
    drop_step,
    fields_of,
    move_step,
    new_keys,
    step_keys,
    write,
)

WORDS = st.text("abc é", min_size=1, max_size=8).filter(str.strip).map(lambda text: {"nl": text})
MINUTES = st.integers(1, 60)


def optional(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    return st.just({}) | values.map(lambda value: {name: value})


@st.composite
def documents(draw: st.DrawFn) -> Document:
    keys = draw(st.lists(st.sampled_from([f"s{n}" for n in range(9)]), min_size=1, unique=True))
    steps = [
        {"key": key, "title": draw(WORDS), "text": draw(WORDS), "minutes": draw(MINUTES)}
        | draw(optional("most_minutes", st.integers(60, 90)))
        for key in keys
    ]
    document = {
        "title": draw(WORDS),
        "good_for": draw(WORDS),
        "what": draw(WORDS),
        "phases": draw(st.lists(st.sampled_from(["check_in", "explore"]), min_size=1, unique=True)),
        "people": {"least": draw(st.integers(1, 9))} | draw(optional("most", st.integers(9, 20))),
        "steps": steps,
    }
    for each in (
        optional("why", WORDS),
        optional("pitfall", WORDS),
        optional("is_active", st.just(False)),
        optional(
            "variants",
            st.lists(
                st.fixed_dictionaries({"title": WORDS, "text": WORDS}), min_size=1, max_size=5
            ),
        ),
        optional("cards", st.just([{"key": "one", "title": {"nl": "Een"}, "text": {"nl": "Een"}}])),
    ):
        document |= draw(each)
    return document


def keys_of(document: Document) -> list[str]:
    return [step["key"] for step in document.get("steps", ())]


@given(document=documents())
def test_what_comes_back_as_it_was_shown_changes_nothing(document: Document) -> None:
    assert write(document, fields_of(document)) == document


@given(document=documents(), other=documents())
def test_the_fields_say_everything_that_the_page_asks(document: Document, other: Document) -> None:
    """Written over anything else, they make the same method; what is not asked stays."""
    bare = {name: value for name, value in other.items() if name == "cards"}
    asked = {name: value for name, value in document.items() if name != "cards"}
    assert write(bare, fields_of(document)) == asked | bare


@given(document=documents(), text=st.text("xyz", min_size=1))
def test_two_who_change_different_steps_both_keep_theirs(document: Document, text: str) -> None:
    seen = fields_of(document)
    first, last = keys_of(document)[0], keys_of(document)[-1]
    mine = Sent({**seen, f"step_{first}_title": f"mine {text}"}, marks_of(seen))
    theirs = write(document, {**seen, f"step_{last}_text": f"theirs {text}"})
    both = fields_of(write(theirs, merged(mine, fields_of(theirs))))
    assert both[f"step_{first}_title"] == f"mine {text}"
    assert both[f"step_{last}_text"] == f"theirs {text}"


@given(document=documents())
def test_two_who_add_a_step_both_keep_theirs(document: Document) -> None:
    seen = fields_of(document)
    [mine, *_], [theirs, *_] = (new_keys(who, keys_of(document)) for who in ("fem", "fay"))

    def added(key: str) -> dict[str, str]:
        names = ("title", "text", "minutes")
        return {
            f"step_{key}_{name}": value for name, value in zip(names, ("a", "b", "5"), strict=True)
        }

    there = write(document, {**seen, **added(theirs)})
    sent = Sent({**seen, **added(mine)}, marks_of(seen))
    both = write(there, merged(sent, fields_of(there)))
    assert keys_of(both) == [*keys_of(document), theirs, mine]
    # Once more, as with a second click.
    assert write(both, merged(sent, fields_of(both))) == both


@given(document=documents())
def test_somebody_else_moved_the_step_that_i_rewrote(document: Document) -> None:
    seen = fields_of(document)
    key = keys_of(document)[0]
    there = move_step(document, key, DOWN)
    sent = Sent({**seen, f"step_{key}_text": "mine"}, marks_of(seen))
    both = write(there, merged(sent, fields_of(there)))
    assert keys_of(both) == keys_of(there)
    assert fields_of(both)[f"step_{key}_text"] == "mine"


@given(document=documents(), data=st.data())
def test_moving_keeps_every_step_and_undoes_itself(document: Document, data: st.DataObject) -> None:
    before = deepcopy(document)
    key = data.draw(st.sampled_from(keys_of(document)))
    moved = move_step(document, key, UP)
    assert sorted(keys_of(moved)) == sorted(keys_of(document))
    if keys_of(document)[0] != key:
        assert move_step(moved, key, DOWN) == document
    assert move_step(document, "gone", UP) == document == before


@given(document=documents())
def test_one_step_stays(document: Document) -> None:
    for key in keys_of(document):
        document = drop_step(document, key)
    assert len(document["steps"]) == 1
    assert drop_step(document, "gone") == document


@given(document=documents())
def test_a_step_without_a_word_is_left_out(document: Document) -> None:
    fields = fields_of(document)
    last = keys_of(document)[-1]
    empty = {name: "" for name in fields if step_keys([name]) == [last]}
    assert keys_of(write(document, {**fields, **empty})) == keys_of(document)[:-1]


def test_lines_are_things_and_figures_are_numbers() -> None:
    fields = {
        "material": " Stiften \n\n Een  flap",
        "least": "4",
        "most": "",
        "step_s1_title": "Een",
    }
    new = write({}, fields | {"step_s1_text": "Doe", "step_s1_minutes": "10", "phases": "a b"})
    assert new["material"] == [{"nl": "Stiften"}, {"nl": "Een flap"}]
    assert new["people"] == {"least": 4}
    assert new["phases"] == ["a", "b"]
    assert new["steps"] == [
        {"key": "s1", "title": {"nl": "Een"}, "text": {"nl": "Doe"}, "minutes": 10}
    ]


def test_english_stays_with_the_dutch_that_it_was_written_for() -> None:
    both = {"nl": "Vraag door", "en": "Ask on"}
    document = {"what": both, "title": both}
    new = write(document, {**fields_of(document), "title": "Vraag nog eens"})
    assert (new["what"], new["title"]) == (both, {"nl": "Vraag nog eens"})


def test_a_copy_is_in_dutch_and_its_cards_keep_both_languages() -> None:
    both = {"nl": "Een", "en": "One"}
    step = {"title": both, "text": both, "minutes": 5}
    card = {"key": "one", "title": both, "text": both}
    found = {"key": "oase", "version": 3, "is_withdrawn": True, "title": both, "what": both}
    copy = begun_with(
        found
        | {"steps": [step, step], "variants": [{"title": both, "text": both}]}
        | {"cards": [card], "material": [both]}
    )
    dutch = {"nl": "Een"}
    assert copy == {
        "key": "oase",
        "version": 3,
        "title": dutch,
        "what": dutch,
        "steps": [
            {"key": f"step_{n}", "title": dutch, "text": dutch, "minutes": 5} for n in (1, 2)
        ],
        "variants": [{"title": dutch, "text": dutch}],
        "material": [dutch],
        "cards": [card],
    }


@given(taken=st.lists(st.sampled_from(new_keys("fem", [])), unique=True))
def test_there_is_room_for_as_many_steps_as_fit(taken: list[str]) -> None:
    new = new_keys("fem", taken)
    assert len(new) == max(MOST_STEPS - len(taken), 1)
    assert not set(new) & set(taken)
    assert new == new_keys("fem", taken)
    assert not set(new) & set(new_keys("fay", taken))
