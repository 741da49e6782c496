"""What a learning question rests on: what was taken along, with what the result says now."""

from collections.abc import Iterable
from dataclasses import dataclass

from zetwpo.errors import NotFound
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Axis
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result.naming import name_of
from zetwpo.scan.result.queries import Result
from zetwpo.scan.subjects.rules import Item, Kind

# As what it was taken along; the result may say something else by now.
KINDS = {
    Kind.STRENGTH: _("Strong"),
    Kind.DIFFERENCE: _("Seen differently"),
    Kind.ATTENTION: _("Could get attention"),
    Kind.TIP: _("Tip"),
}


@dataclass(frozen=True)
class Value:
    """How one person sees a behaviour, on the scale from 1 to 7."""

    name: str
    value: float


@dataclass(frozen=True)
class Ground:
    """One thing that was taken along."""

    item: Item
    # In words.
    kind: str
    title: str
    axis: Axis
    values: tuple[Value, ...] = ()
    # Of a tip: what it says, and whose it is; neither where its author took it back.
    tip: str = ""
    author: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """True for a tip that its author no longer shares."""
        return self.item.kind == Kind.TIP and not self.tip


def find_ground(result: Result, item: Item) -> Ground | None:
    """What there is to say about this item now; None for what no result has."""
    if item.kind == Kind.TIP:
        return _tip(result, item)
    # Also one that nobody who still shares was asked about.
    of_version = {each.key: each for each in result.questionnaire.behaviours}
    behaviour = of_version.get(item.key)
    if item.kind not in KINDS or behaviour is None or item.source:
        return None
    return Ground(
        item,
        str(KINDS[Kind(item.kind)]),
        str(behaviour.name),
        result.questionnaire.axis(behaviour.axis),
        tuple(_values(result, item.key)),
    )


def grounds_of(result: Result, items: Iterable[Item]) -> list[Ground]:
    """The same for all of these, in their order."""
    found = (find_ground(result, item) for item in items)
    return [ground for ground in found if ground]


def get_takeable(result: Result, item: Item) -> Ground:
    """What this item is about. Raises NotFound for what the result does not show now.

    The same for a tip that is not shared as for one that does not exist.
    """
    ground = find_ground(result, item)
    is_there = item.key in result.behaviours or item.kind == Kind.TIP
    if ground is None or ground.is_withdrawn or not is_there:
        raise NotFound(
            _("This is not on your result"),
            _("Look at your result again, and choose what is on it now."),
        )
    return ground


def _values(result: Result, behaviour: str) -> Iterable[Value]:
    for respondent in result.respondents:
        value = respondent.view.values.get(behaviour)
        if value is not None:
            yield Value(name_of(respondent), value)


def _tip(result: Result, item: Item) -> Ground | None:
    axis = next((each for each in result.axes if each.key == item.key), None)
    if axis is None:
        return None
    author = result.author_of_tip(item.source, axis.key)
    return Ground(
        item,
        str(KINDS[Kind.TIP]),
        str(axis.title),
        axis,
        tip=author.text(TextKind.FEED_FORWARD, axis.key) if author else "",
        author=name_of(author) if author else "",
    )
