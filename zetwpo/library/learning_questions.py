"""Prompts and examples beside the field in which somebody writes a learning question."""

from pathlib import Path

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, read
from zetwpo.library.questionnaires import Library

FILE = CONTENT / "learning_question.yaml"


class Prompt(ContentModel):
    """A question to ask oneself; never a verdict on what was written."""

    key: Key
    question: LocalText
    hint: LocalText


class Example(ContentModel):
    """The same subject as talk about work and as talk about learning."""

    axis: Key
    work: LocalText
    learning: LocalText


class LearningQuestionHelp(ContentModel):
    """All that helps to write a learning question."""

    intro: LocalText
    prompts: tuple[Prompt, ...]
    examples: tuple[Example, ...]

    def examples_for(self, axis: str) -> tuple[Example, ...]:
        """The examples of this axis."""
        return tuple(each for each in self.examples if each.axis == axis)


def load(library: Library, path: Path = FILE) -> LearningQuestionHelp:
    """Read and check the file, whose examples belong to axes of these questionnaires.

    Raises StartRefused with all that is wrong.
    """
    found = read(path, LearningQuestionHelp)
    axes = {axis.key for each in library.questionnaires.values() for axis in each.axes}
    problems = [
        f"{path.parent.name}/{path.name}: examples > item {number} > axis: "
        f"there is no axis {example.axis}"
        for number, example in enumerate(found.examples, 1)
        if example.axis not in axes
    ]
    if problems:
        raise StartRefused("\n".join(problems))
    return found
