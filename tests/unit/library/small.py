"""A questionnaire of two axes, small enough to break in one place and write to a folder."""

from pathlib import Path
from typing import Any

from zetwpo.library.yaml_text import to_yaml

Files = dict[str, Any]
FORMS = "self", "student", "trainer"


def words(text: str) -> dict[str, str]:
    return {"nl": f"{text} (nl)", "en": f"{text} (en)"}


def lines(text: str) -> dict[str, list[str]]:
    return {"nl": [text], "en": [text]}


def axis(key: str) -> Files:
    texts = {name: words(f"{name} of {key}") for name in ("title", "role", "about")}
    return {
        "key": key,
        "area": "area",
        **texts,
        "label_long": lines(key),
        "label_short": lines(key),
    }


def statement(form: str, key: str) -> Files:
    source = {"form": form, "area": "somewhere", "number": 1}
    return {"key": key, "source": source, "behaviours": [key], "text": words(key)}


def behaviour(key: str) -> Files:
    texts = {name: words(f"{name} of {key}") for name in ("name", "opening_question")}
    return {"key": key, "axis": key.partition("_")[0], **texts}


def form(name: str) -> Files:
    parts = [
        {
            "axis": axis_key,
            "open_question": words("Why?"),
            "statements": [statement(name, f"{axis_key}_{which}") for which in ("one", "two")],
        }
        for axis_key in ("heart", "head")
    ]
    scale = {"lowest": words("no"), "highest": words("yes")}
    found: Files = {"form": name, "is_feedback": name != "self"}
    found |= {"title": words(name), "scale": scale, "parts": parts}
    return found if name == "self" else found | {"cannot_judge": words("cannot judge")}


def small() -> Files:
    """All files of a version by their name, without the ending."""
    keys = ["heart_one", "heart_two", "head_one", "head_two"]
    behaviours = [behaviour(key) for key in keys]
    shared = {
        "questionnaire": "small",
        "version": 1,
        "title": words("Small"),
        "forms": list(FORMS),
        "areas": [{"key": "area", "title": words("Area")}],
        "axes": [axis("heart"), axis("head")],
        "behaviours": behaviours,
    }
    return {"axes": shared} | {name: form(name) for name in FORMS}


def small_document() -> Files:
    """The same as one document."""
    files = small()
    return {"axes": files.pop("axes"), "forms": files}


def write(files: Files, folder: Path) -> Path:
    """Write a version; returns the folder of all versions."""
    version = folder / f"small-{files['axes']['version']}"
    version.mkdir()
    for name, content in files.items():
        (version / f"{name}.yaml").write_text(to_yaml(content), encoding="utf-8")
    return folder
