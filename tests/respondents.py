"""The table of respondents that ships, and a copy in which somebody else can be asked."""

from pathlib import Path
from typing import Any

import yaml

from zetwpo.library import questionnaires, respondents
from zetwpo.library.respondents import FILE, Respondents
from zetwpo.scan.result.charts import FAMILIES

Row = dict[str, Any]
# One row and its words: nothing else knows of a colleague.
COLLEAGUE: Row = {
    "key": "colleague",
    "form": "trainer",
    "looks": "trainer",
    "is_assessed": "false",
    "minutes": "20",
    "label": {"nl": "collega", "en": "colleague"},
    "one": {"nl": "een collega", "en": "a colleague"},
    "many": {"nl": "collega's", "en": "colleagues"},
    "yours": {"nl": "een collega bij jou op school", "en": "a colleague at your school"},
    "choice": {"nl": "Een collega", "en": "A colleague"},
    "request": {
        "nl": "{supervisor} vraagt jou als collega om mee te kijken.",
        "en": "{supervisor} asks you as a colleague to have a look.",
    },
    "mail": {
        "nl": "{supervisor} wil weten wat jij als collega ziet.",
        "en": "{supervisor} wants to know what you see as a colleague.",
    },
}


def rows() -> list[Row]:
    """The rows of the file, as plain words."""
    found: list[Row] = yaml.load(FILE.read_text("utf-8"), yaml.BaseLoader)["respondents"]
    return found


def load(found: list[Row], folder: Path) -> Respondents:
    """Read these rows from a file of their own, as the application does at its start."""
    path = folder / "respondents.yaml"
    path.write_text(yaml.safe_dump({"respondents": found}, allow_unicode=True), encoding="utf-8")
    return respondents.load(questionnaires.load(), FAMILIES, path)
