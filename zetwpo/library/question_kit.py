"""The question kit: questions for the moment, from seven angles."""

from pathlib import Path

from flask import current_app
from pydantic import Field

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, name_of, read
from zetwpo.library.rules import repeated

FILE = CONTENT / "question_kit.yaml"


class Angle(ContentModel):
    """One side from which to look, with its questions."""

    key: Key
    title: LocalText
    # One line: at which moment these questions help.
    when: LocalText
    questions: tuple[LocalText, ...] = Field(min_length=1)


class QuestionKit(ContentModel):
    """All angles, in the order in which they are shown."""

    about: LocalText
    angles: tuple[Angle, ...] = Field(min_length=1)


def question_kit() -> QuestionKit:
    """The kit that this application was started with."""
    found: QuestionKit = current_app.extensions["question_kit"]
    return found


def load(path: Path = FILE) -> QuestionKit:
    """Read and check the kit. Raises StartRefused with all that is wrong."""
    found = read(path, QuestionKit)
    problems = [
        f"{name_of(path)}: angles > {key}: this key stands here twice"
        for key in repeated(angle.key for angle in found.angles)
    ]
    if problems:
        raise StartRefused("\n".join(problems))
    return found
