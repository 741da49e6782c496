"""The Nu HTML checker: what the server sends is HTML and CSS by the letter of the standards."""

import json
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from zetwpo.config import ROOT

# `tools/test_machine` puts it there.
JAR = ROOT / ".venv" / "vnu.jar"

# What is no mistake of ours, by the beginning of the message. A test fails for one that the checker
# has nothing more to say of.
NO_SUCH_PROPERTY = "CSS: “{0}”: Property “{0}” doesn't exist."
EXCEPTIONS = {
    # Where a browser does not know it, a field scrolls.
    NO_SUCH_PROPERTY.format("field-sizing"): "a field is as high as what is written in it",
    # Browsers have known these since 2023 at least.
    NO_SUCH_PROPERTY.format("vector-effect"): "lines of a chart are as thick at every width",
    NO_SUCH_PROPERTY.format("paint-order"): "figures in a chart have a white edge around them",
    NO_SUCH_PROPERTY.format("container-type"): "a chart follows the width of its box",
    "CSS: Unrecognized at-rule “@container”": "the same",
    # Safari forgets that it is a table when cells become lines on a phone, but for the roles.
    "The “table” role is unnecessary": "figures as blocks on a phone",
    "The “rowgroup” role is unnecessary": "the same",
    "The “row” role is unnecessary": "the same",
    "The “columnheader” role is unnecessary": "the same",
    "The “rowheader” role is unnecessary": "the same",
    "The “cell” role is unnecessary": "the same",
    "The “role” attribute must not be used on a “tr” element": "the same",
    "The “role” attribute must not be used on a “th” element": "the same",
    "The “role” attribute must not be used on a “td” element": "the same",
    # Against the standard, Firefox ticks a box again after a reload, but for this.
    "Attribute “autocomplete” is only allowed when the input type": "a legend that hides series",
}


# It runs for seconds only: code that is compiled quickly wins, and takes more of the stack.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-Xss16m", "-jar", JAR)
STYLE = re.compile(r"(?<=>)[^<]*(?=</style>)")


@dataclass(frozen=True)
class Complaint:
    """What the checker has to say, and of which piece of which page (from 0)."""

    page: int
    message: str
    extract: str

    @property
    def is_excepted(self) -> bool:
        """True for what is no mistake of ours."""
        return self.message.startswith(tuple(EXCEPTIONS))


def check(pages: Collection[str]) -> list[Complaint]:
    """All that the checker has to say of these pages, in one go: it takes seconds to start."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.html") for number in range(len(pages))]
        for file, page in zip(files, _with_styles_once(pages), strict=True):
            file.write_text(page)
        options = ["--stdout", "--exit-zero-always", "--format", "json"]
        done = subprocess.run([*JAVA, *options, *files], capture_output=True, check=True)
    return [
        Complaint(int(Path(each["url"]).stem), each["message"], each.get("extract", ""))
        for each in json.loads(done.stdout)["messages"]
    ]


def _with_styles_once(pages: Iterable[str]) -> Iterator[str]:
    """The pages, each style sheet only in the first that has it: reading one takes the longest."""
    seen: set[str] = set()

    def once(style: re.Match[str]) -> str:
        is_new = style[0] not in seen
        seen.add(style[0])
        return style[0] if is_new else ""

    for page in pages:
        yield STYLE.sub(once, page)
