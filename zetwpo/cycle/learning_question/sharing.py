"""What a supervisor can open of a learning question: the question itself.

What it rests on stays closed: a tip is its author's words to the supervisor alone, and that views
differ tells of feedback as well.
"""

import uuid
from collections.abc import Collection

from flask import render_template, url_for

from zetwpo.cycle.learning_question.queries import newest_versions
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.scan.result.sharing import days_of_each
from zetwpo.scan.self_scan.queries import asked_in, find_card, scans_beside
from zetwpo.sharing.items import Item, ItemKind, NoLongerThere, Received

# By the scan that it came after: so are its pages.
QUESTION = "learning_question"


def _find(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Item]:
    scans = [each for each in scans_beside(ids) if each.is_submitted]
    days, written = days_of_each(scans), newest_versions(ids)
    return {
        each.id: Item(
            QUESTION,
            each.id,
            each.owner_id,
            each.partnership_id,
            _("Learning question after the self-scan of %(day)s", day=days[each.id]),
        )
        for each in scans
        if each.id in written
    }


def _show(received: Received) -> str:
    scan = find_card(received.item.id)
    version = newest_versions([received.item.id]).get(received.item.id)
    if scan is None or version is None:
        raise NoLongerThere
    return render_template(
        "cycle/learning_question/shared_question.html",
        received=received,
        version=version,
        axis=asked_in([scan])[scan.id].axis(version.axis),
    )


ITEM = ItemKind(
    QUESTION,
    lazy_gettext("Learning question"),
    _find,
    _show,
    own_page=lambda scan_id: url_for("learning_question.show", scan_id=scan_id),
    opens=lazy_gettext(
        "You share your question as you saved it last, also when you save it anew. Drafts, earlier "
        "versions and what your question rests on stay with you. Does your question quote "
        "somebody? Ask that person first."
    ),
)
