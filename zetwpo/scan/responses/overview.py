"""The page with all answers, the same before handing in and before sharing."""

from dataclasses import dataclass

from flask import request

from zetwpo.scan.responses.forms import as_seen, field_name, form_keys, read_seen
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Key, marks_of


@dataclass(frozen=True)
class Overview:
    """What the template of all answers needs.

    What is handed in or shared is what its author has seen: the page says what it showed, and
    where something else is stored by then, it comes back with that marked.
    """

    view: ResponseView
    # What is not as it was on the page from which somebody wanted to hand in or to share.
    changed: tuple[Key, ...] = ()

    @property
    def seen(self) -> str:
        """What the page shows, for in its forms."""
        return as_seen(marks_of(self.view.filled), form_keys(self.view.form))

    @property
    def first_change(self) -> str:
        """The place on the page of the first change."""
        return field_name(self.changed[0])


def changed_since_shown(view: ResponseView) -> tuple[Key, ...]:
    """What is stored otherwise than the page showed it that sends this request.

    A page that does not say what it showed has shown nothing.
    """
    keys = list(form_keys(view.form))
    shown = read_seen(request.form.get("seen", ""), keys)
    stored = marks_of(view.filled)
    return tuple(key for key in keys if shown.get(key) != stored.get(key))
