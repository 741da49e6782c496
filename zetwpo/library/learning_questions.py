"""Prompts and examples beside the field in which somebody writes a learning question."""

from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, read


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


def load() -> LearningQuestionHelp:
    """Read and check the file. Raises StartRefused with all that is wrong."""
    return read(CONTENT / "learning_question.yaml", LearningQuestionHelp)
