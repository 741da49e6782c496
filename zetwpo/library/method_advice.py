"""What could be better in a method of a partnership. Advice is never in the way of publishing."""

from collections.abc import Iterator

from zetwpo.i18n import LANGUAGES
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.methods import Method, Methods
from zetwpo.library.problems import Problem

# Minutes after which a group can do with a break, or with less.
LONG = 90


def advice_on(method: Method, product: Methods) -> Iterator[Problem]:
    """What its maker could look at once more."""
    if method.pitfall is None:
        message = _("Say what can go wrong. It helps whoever leads this for the first time.")
        yield Problem(("pitfall",), message, is_advice=True)
    if method.minutes > LONG:
        message = _(
            "This takes at least %(minutes)s minutes, which is more than half of a meeting.",
            minutes=method.minutes,
        )
        yield Problem(("steps",), message, is_advice=True)
    yield from _same_title(method, product)


def _same_title(method: Method, product: Methods) -> Iterator[Problem]:
    for language in LANGUAGES:
        title = getattr(method.title, language)
        if title in {each.title.in_language(language) for each in product}:
            message = _("Another method has this name. A name of its own is found sooner.")
            yield Problem(("title",), message, language, is_advice=True)
