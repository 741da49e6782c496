"""A method that is small enough to break in one place, as a document."""

from typing import Any

from zetwpo.library.questionnaires import Document


def words(text: str) -> dict[str, str]:
    return {"nl": f"{text} (nl)", "en": f"{text} (en)"}


def small_method(**changed: Any) -> Document:
    """A method without a mistake in which these parts are others."""
    method: Document = {
        "key": "small",
        "version": 1,
        "title": words("A small method"),
        "good_for": words("Good for little"),
        "what": words("What it is"),
        "why": words("Why it helps"),
        "phases": ["explore"],
        "people": {"least": 2, "most": 6},
        "material": [words("Paper")],
        "steps": [
            {"title": words("Write"), "text": words("Write alone"), "minutes": 5},
            {
                "title": words("Tell"),
                "text": words("Tell each other"),
                "minutes": 10,
                "most_minutes": 15,
            },
        ],
        "pitfall": words("It grows"),
        "variants": [{"title": words("Outside"), "text": words("Take a walk")}],
    }
    return method | changed


def card(key: str) -> Document:
    return {"key": key, "title": words(key), "text": words(f"About {key}")}


def board(key: str) -> Document:
    ends = {"low": words("little"), "high": words("much")}
    return {
        "key": key,
        "title": words(key),
        "about": words(f"For {key}"),
        "across": ends,
        "up": ends,
    }


def sheet(key: str, **changed: Any) -> Document:
    return {
        "key": key,
        "title": words(key),
        "questions": [{"text": words("What?"), "lines": 3}],
    } | changed
