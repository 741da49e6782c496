"""The form with which somebody chooses people for a trajectory."""

import uuid
from collections.abc import Iterable

from flask import request

from zetwpo.fields import LineField, PageForm
from zetwpo.i18n import lazy_gettext as _


class SeekForm(PageForm):
    """A name, or part of one, to look for in the partnership."""

    name = LineField(_("Name, or part of it"), readers=_("Nobody reads this: we only look it up."))


def chosen_people() -> set[uuid.UUID]:
    """The people whose boxes were ticked; what is no key is nobody."""
    return set(_keys(request.form.getlist("person")))


def _keys(values: Iterable[str]) -> Iterable[uuid.UUID]:
    for value in values:
        try:
            yield uuid.UUID(value)
        except ValueError:
            continue
