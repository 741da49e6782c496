"""What pages call the people to whom something is opened, so that nobody takes one for another."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from zetwpo.accounts.colleagues import Colleague
from zetwpo.characters import as_read
from zetwpo.i18n import day, listed, ngettext
from zetwpo.i18n import gettext as _

# So many are named in one sentence.
MOST_NAMED = 3


class HasReaders(Protocol):
    """Something that is open to people."""

    @property
    def readers(self) -> Sequence[Colleague]:
        """Who reads it."""


def described(
    people: Collection[Colleague], partnership_id: uuid.UUID | None
) -> dict[uuid.UUID, str]:
    """What each of them is in this partnership: "school trainer, School on the Square".

    Of two who would read alike, also since when they are there: an address would tell more.
    """
    words = {each.id: _places(each, partnership_id) for each in people}
    alike = Counter(as_read(each.name + words[each.id]) for each in people)
    return {
        each.id: _since(each, words[each.id], partnership_id)
        if alike[as_read(each.name + words[each.id])] > 1
        else words[each.id]
        for each in people
    }


def told_apart(people: Collection[Colleague], partnership_id: uuid.UUID | None) -> list[Colleague]:
    """These people, each called so that in a list nobody takes one for another."""
    alike = Counter(as_read(each.name) for each in people)
    if len(alike) == len(people):
        return list(people)
    more = described(people, partnership_id)
    return [
        each.called(f"{each.name} ({more[each.id]})") if alike[as_read(each.name)] > 1 else each
        for each in people
    ]


def _places(person: Colleague, partnership_id: uuid.UUID | None) -> str:
    there = person.places_in(partnership_id)
    roles = dict.fromkeys(each.role.label for each in there)
    schools = dict.fromkeys(each.school for each in there if each.school)
    return ", ".join([*roles, *schools])


def _since(person: Colleague, words: str, partnership_id: uuid.UUID | None) -> str:
    there = person.places_in(partnership_id)
    if not there:
        return words
    return _("%(who)s, here since %(day)s", who=words, day=day(min(each.since for each in there)))


def names_of_readers(opened: Iterable[HasReaders]) -> str:
    """Everybody who reads something of it, each once: names, or how many; empty for nobody."""
    people = {reader.id: reader for each in opened for reader in each.readers}
    names = [each.name for each in people.values()]
    if len(names) <= MOST_NAMED:
        return listed(names) if names else ""
    return ngettext("one person", "%(num)s people", len(names))
