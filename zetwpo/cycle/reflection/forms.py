"""The forms of a reflection, made from the questions in the library."""

from functools import lru_cache
from typing import cast

from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.audience.words import ONLY_YOU
from zetwpo.cycle.reflection.rules import LONGEST_SENTENCE
from zetwpo.fields import EditForm, LineField, LongTextField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.reflections import ReflectionQuestions


class ReflectionForm(AutosavedForm):
    """All questions; each may stay open."""


@lru_cache(maxsize=4)
def reflection_form(questions: ReflectionQuestions) -> type[ReflectionForm]:
    """The form with these questions."""
    fields = {
        # Each is no `str`, but prints like one, in the language of the page.
        key: LongTextField(
            cast("str", each.question),
            readers=ONLY_YOU,
            hint=cast("str", each.hint),
            most=2000,
            rows=3,
        )
        for key, each in questions.by_key.items()
    }
    return type("AskedForm", (ReflectionForm,), {**fields, "edited": tuple(fields)})


class SentenceForm(EditForm):
    """One sentence to bring along."""

    edited = ("sentence",)
    sentence = LineField(
        _("Your sentence"),
        readers=_(
            "The facilitator reads this from now on, and the group once the next meeting begins."
        ),
        required=_("Write your sentence first."),
        most=LONGEST_SENTENCE,
    )
