"""What a supervisor can open of a result to somebody: the own view, and nothing of anybody else's.

The feedback is not even read here: whoever gave it gave it to the supervisor alone.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import render_template, url_for

from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.library.questionnaires import Axis
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result.charts import DOT_SCALE, DotRow, LegendEntry, Spider
from zetwpo.scan.result.page import ResultPage
from zetwpo.scan.result.queries import Result, get_own_view
from zetwpo.scan.result.rules import Score
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, asked_in, find_card, scans_beside
from zetwpo.sharing.items import Item, ItemKind, NoLongerThere, Part, Received

SCAN = "scan"


@dataclass(frozen=True)
class OwnView:
    """How a supervisor sees their own practice, all of it or one axis, for whoever may read it."""

    page: ResultPage
    axes: Sequence[Axis]

    @property
    def is_whole(self) -> bool:
        """True where there is a shape to see."""
        return len(self.axes) > 1

    @property
    def spider(self) -> Spider:
        """The shape, of one line."""
        return self.page.spider

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """Whose line it is."""
        return self.page.legend

    @property
    def scores(self) -> list[tuple[Axis, Score]]:
        """Each axis with its mean and what that rests on."""
        result = self.page.result
        return [(axis, result.score(result.own, axis.key)) for axis in self.axes]

    @property
    def has_gaps(self) -> bool:
        """True where too little was judged for some mean."""
        return any(score.mean is None for _axis, score in self.scores)

    @property
    def behaviour_rows(self) -> list[tuple[Axis, list[DotRow]]]:
        """One row with one dot per behaviour, under its axis."""
        return [(axis, rows) for axis, rows in self.page.behaviour_rows if axis in self.axes]

    @property
    def examples(self) -> list[tuple[Axis, str]]:
        """What the supervisor wrote themselves, by axis."""
        own = self.page.result.own
        found = ((axis, own.text(TextKind.EXAMPLE, axis.key)) for axis in self.axes)
        return [(axis, text) for axis, text in found if text]


def own_view_of(result: Result, part: str) -> OwnView:
    """All of it, or the axis with this key alone."""
    axes = [axis for axis in result.axes if part in {"", axis.key}]
    return OwnView(ResultPage(result), axes)


def item_of(scan: ScanCard, day: str, axes: Sequence[Axis]) -> Item:
    """What can be opened of this scan; `day` is what the scan is called."""
    return Item(
        SCAN,
        scan.id,
        scan.owner_id,
        scan.partnership_id,
        _("Self-scan of %(day)s", day=day),
        tuple(Part(axis.key, str(axis.title)) for axis in axes),
    )


def _find(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Item]:
    scans = [each for each in scans_beside(ids) if each.is_submitted]
    days, asked = days_of_each(scans), asked_in(scans)
    return {
        each.id: item_of(each, days[each.id], asked[each.id].axes)
        for each in scans
        if each.id in ids
    }


def days_of_each(scans: Sequence[ScanCard]) -> dict[uuid.UUID, str]:
    """What these scans are called, each beside the others of the same person."""
    owners = {each.owner_id for each in scans}
    return {
        key: day
        for owner_id in owners
        for key, day in days_of(each for each in scans if each.owner_id == owner_id).items()
    }


def _show(received: Received) -> str:
    scan = find_card(received.item.id)
    if scan is None:
        raise NoLongerThere
    return render_template(
        "scan/result/own_view.html",
        received=received,
        view=own_view_of(get_own_view(scan, received.owner), received.part),
        dot_scale=DOT_SCALE,
    )


ITEM = ItemKind(
    SCAN,
    lazy_gettext("Self-scan"),
    _find,
    _show,
    own_page=lambda scan_id: url_for("result.show", scan_id=scan_id),
    opens=lazy_gettext(
        "You share how you see yourself: your own figures and your own examples, of all parts or "
        "of one. Feedback that others gave you stays with you: nobody sees that it is there."
    ),
)
