"""The words of pages and forms, looked up where the application does: no test repeats them."""

from datetime import datetime

from zetwpo.i18n import Language, day, figure, gettext, ngettext, writing_in
from zetwpo.library import questionnaires
from zetwpo.library.content_file import LocalText, TextAbout

QUESTIONNAIRE = questionnaires.load().current


class Words:
    """What the pages say in one language: `words("Sign in")`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, message: str, **values: object) -> str:
        """The text that the code calls by these words."""
        with writing_in(self.language):
            return gettext(message, **values)

    def plural(self, one: str, many: str, num: int, **values: object) -> str:
        """The text for this number of things."""
        with writing_in(self.language):
            return ngettext(one, many, num, **values)

    def of(self, text: LocalText) -> str:
        """A text from a content file."""
        return text.in_language(self.language)

    def about(self, text: TextAbout, supervisor: str) -> str:
        """A text from a content file, with the name of whom it is about."""
        with writing_in(self.language):
            return text.about(supervisor)

    def figure(self, value: float) -> str:
        """A mean, with the comma or the point of the language."""
        with writing_in(self.language):
            return figure(value)

    def day(self, moment: datetime) -> str:
        """A date in full."""
        with writing_in(self.language):
            return day(moment)
