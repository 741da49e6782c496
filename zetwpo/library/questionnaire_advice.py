"""What could be better in a questionnaire. Advice is never in the way of publishing."""

from collections import defaultdict
from collections.abc import Iterator

from zetwpo.i18n import LANGUAGES, Language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.problems import Problem
from zetwpo.library.questionnaires import Place, Questionnaire
from zetwpo.library.wording import joins_two_verbs

Said = Iterator[tuple[Place, str]]


def advice_on(content: Questionnaire, product: Questionnaire) -> Iterator[Problem]:
    """What its makers could look at once more. What the product says itself is left alone."""
    for path, message in (*_lonely_behaviours(content), *_lonely_statements(content)):
        yield Problem(path, message, is_advice=True)
    for path, language in _two_things(content, product):
        message = _(
            "This seems to ask about two things. Whoever does one of them and not the other "
            "cannot answer it well."
        )
        yield Problem(path, message, language, is_advice=True)


def _lonely_statements(content: Questionnaire) -> Said:
    for form, found in content.forms.items():
        for part in found.parts:
            if len(part.statements) == 1:
                message = _("One statement says little about a part. Two or three say more.")
                yield ("forms", form, "parts", part.axis), message


def _two_things(content: Questionnaire, product: Questionnaire) -> Iterator[tuple[Place, Language]]:
    for form, found in content.forms.items():
        shipped = {each.key: each.text for each in product.forms[form].statements}
        for statement in found.statements:
            before = shipped.get(statement.key)
            for language in LANGUAGES:
                words: str | None = getattr(statement.text, language)
                if words is None or (before and words == getattr(before, language)):
                    continue
                if joins_two_verbs(words, language):
                    yield ("forms", form, "statements", statement.key, "text"), language


def _lonely_behaviours(content: Questionnaire) -> Said:
    asked: dict[str, set[str]] = defaultdict(set)
    for form, found in content.forms.items():
        for statement in found.statements:
            for key in statement.behaviours:
                asked[key].add(form)
    for behaviour in content.behaviours:
        place = ("axes", "behaviours", behaviour.key)
        if not asked[behaviour.key]:
            yield place, _("No form asks about this behaviour.")
        elif len(asked[behaviour.key]) == 1:
            yield place, _("Only one form asks about this behaviour, so views cannot be compared.")
