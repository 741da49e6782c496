"""The form with which somebody chooses people for a trajectory, and whom they chose."""

import uuid

from flask import request

from zetwpo.fields import LineField, PageForm, keys_in
from zetwpo.i18n import lazy_gettext as _


class SeekForm(PageForm):
    """A name, or part of one, to look for in the partnership."""

    name = LineField(_("Name, or part of it"), readers=_("Nobody reads this: we only look it up."))


def chosen_people() -> set[uuid.UUID]:
    """The people whose boxes were ticked."""
    return keys_in(request.form.getlist("person"))
