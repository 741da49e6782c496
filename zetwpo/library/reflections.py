"""The questions with which somebody looks back on a meeting and on practice."""

from collections import Counter
from functools import cached_property
from pathlib import Path

from flask import current_app
from pydantic import Field

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, name_of, read

FILE = CONTENT / "reflection.yaml"
EXTENSION = "reflection_questions"


class ReflectionQuestion(ContentModel):
    """A question, with a line that helps to begin; an answer may be left out."""

    key: Key
    question: LocalText
    hint: LocalText


class ReflectionPart(ContentModel):
    """Questions about one thing."""

    title: LocalText
    intro: LocalText
    questions: tuple[ReflectionQuestion, ...] = Field(min_length=1)


class SentenceQuestion(ContentModel):
    """What is asked for as one sentence to bring along."""

    question: LocalText
    hint: LocalText


class ReflectionQuestions(ContentModel):
    """All that is asked after a meeting."""

    meeting: ReflectionPart
    practice: ReflectionPart
    sentence: SentenceQuestion

    @property
    def parts(self) -> tuple[ReflectionPart, ReflectionPart]:
        """Both parts, in the order in which they are asked."""
        return self.meeting, self.practice

    @cached_property
    def by_key(self) -> dict[str, ReflectionQuestion]:
        """All questions, in the order in which they are asked."""
        return {each.key: each for part in self.parts for each in part.questions}


def reflection_questions() -> ReflectionQuestions:
    """The questions that this application was started with."""
    found: ReflectionQuestions = current_app.extensions[EXTENSION]
    return found


def load(path: Path = FILE) -> ReflectionQuestions:
    """Read and check the file. Raises StartRefused with all that is wrong."""
    found = read(path, ReflectionQuestions)
    keys = Counter(each.key for part in found.parts for each in part.questions)
    twice = [
        f"{name_of(path)}: {key}: this key stands here twice"
        for key, count in keys.items()
        if count > 1
    ]
    if twice:
        raise StartRefused("\n".join(twice))
    return found
