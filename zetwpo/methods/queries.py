"""What the pages of the methods show: what was found, and what a partnership keeps itself."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from zetwpo.accounts.queries import get_people
from zetwpo.errors import NextPage, NotFound
from zetwpo.i18n import Language, language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.content_file import LocalText
from zetwpo.library.kinds import METHOD
from zetwpo.library.method_queries import find_method, find_methods, methods_for, own_methods
from zetwpo.library.methods import Method, all_texts, phases
from zetwpo.library.queries import DraftView, drafts
from zetwpo.methods.document import fields_of
from zetwpo.methods.rules import Findable, Looser, Wanted, fits, looser, words_in

# Of methods whose words are kept at hand, in a language.
MOST_KEPT = 500


@dataclass(frozen=True)
class Found:
    """What a search brought."""

    methods: list[Method]
    # Of all that there are.
    total: int
    # Where nothing fits: the single conditions that are in the way.
    looser: list[Looser]


def search(partnership_id: uuid.UUID, wanted: Wanted) -> Found:
    """The methods that fit, of the product and of this partnership, in two statements."""
    known = sorted(methods_for(partnership_id), key=_place)
    findable = [_findable(each, language()) for each in known]
    found = [method for method, each in zip(known, findable, strict=True) if fits(each, wanted)]
    return Found(found, len(known), [] if found else looser(findable, wanted))


def _place(method: Method) -> int:
    """Where it stands in the library: what comes first in a meeting stands first."""
    order = [phase.key for phase in phases()]
    return min((order.index(key) for key in method.phases if key in order), default=len(order))


@lru_cache(maxsize=MOST_KEPT)
def _findable(method: Method, chosen: Language) -> Findable:
    texts = [
        each.text.in_language(chosen)
        for each in all_texts(method)
        if isinstance(each.text, LocalText)
    ]
    return Findable(
        frozenset(method.phases),
        method.minutes,
        method.people.least,
        method.people.most,
        words_in(texts),
    )


def get_method(partnership_id: uuid.UUID, key: str, version: int | None = None) -> Method:
    """This version of a method, or its newest. Raises NotFound, with the way to the library."""
    if version is None:
        found = find_method(partnership_id, key)
    else:
        found = find_methods(partnership_id, [(key, version)]).get((key, version))
    if found is None:
        raise NotFound(
            _("There is no such method here"),
            _("Look in the library: perhaps it has another name."),
            NextPage("methods.library", _("To the methods"), {"partnership_id": partnership_id}),
        )
    return found


def chosen_methods(partnership_id: uuid.UUID, keys: Collection[str]) -> list[Method]:
    """Those of the library with these keys, in the order of the library."""
    known = sorted(methods_for(partnership_id), key=_place)
    return [each for each in known if each.key in keys]


@dataclass(frozen=True)
class Draft:
    """Something that somebody works on, and who changed it last; no name where they left."""

    key: str
    title: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True)
class OwnMethods:
    """What a partnership keeps itself."""

    drafts: list[Draft]
    in_library: list[Method]
    withdrawn: list[Method]

    @property
    def drafted(self) -> frozenset[str]:
        """The keys of what somebody works on."""
        return frozenset(each.key for each in self.drafts)


def own_overview(partnership_id: uuid.UUID) -> OwnMethods:
    """All own methods and drafts, in four statements at most."""
    begun = drafts(partnership_id, METHOD)
    names = _names({each.changed_by_id for each in begun if each.changed_by_id})
    own = sorted(own_methods(partnership_id), key=lambda each: each.title.nl.casefold())
    return OwnMethods(
        [
            Draft(
                each.key,
                fields_of(each.document)["title"],
                each.changed_at,
                _name(names, each.changed_by_id),
            )
            for each in begun
        ],
        [each for each in own if not each.is_withdrawn],
        [each for each in own if each.is_withdrawn],
    )


def changed_by(draft: DraftView) -> str:
    """Who changed the draft last; empty where that person left."""
    who = draft.changed_by_id
    return _name(_names({who}) if who else {}, who)


def _names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {key: card.name for key, card in get_people(ids).items()} if ids else {}


def _name(names: dict[uuid.UUID, str], person_id: uuid.UUID | None) -> str:
    return names.get(person_id, "") if person_id else ""
