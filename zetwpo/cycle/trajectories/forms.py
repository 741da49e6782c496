"""The form with which somebody chooses people for a trajectory, and the keys that pages send."""

import uuid
from collections.abc import Iterable

from flask import request

from zetwpo.fields import LineField, PageForm
from zetwpo.i18n import lazy_gettext as _


class SeekForm(PageForm):
    """A name, or part of one, to look for in the partnership."""

    name = LineField(_("Name, or part of it"), readers=_("Nobody reads this: we only look it up."))


def chosen_people() -> set[uuid.UUID]:
    """The people whose boxes were ticked."""
    return keys_in(request.form.getlist("person"))


def keys_in(values: Iterable[str]) -> set[uuid.UUID]:
    """The keys among what came in; what is none is left out."""
    found = set()
    for each in values:
        try:
            found.add(uuid.UUID(each))
        except ValueError:
            continue
    return found
