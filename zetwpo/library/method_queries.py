"""Finding methods: those of the product, and next to them those of one partnership."""

import uuid
from collections.abc import Collection

from flask import current_app

from zetwpo.library.kinds import METHOD
from zetwpo.library.methods import Method, methods
from zetwpo.library.queries import (
    Kept,
    find_documents,
    newest_of_each,
    newest_version,
)
from zetwpo.library.questionnaires import Version


def methods_for(partnership_id: uuid.UUID | None) -> list[Method]:
    """All that a facilitator here can choose from, each in its newest version, the product's first.

    Without those that the partnership withdrew. Two statements at most, whatever there is.
    """
    own = own_methods(partnership_id) if partnership_id else []
    return [*methods(), *(each for each in own if not each.is_withdrawn)]


def own_methods(partnership_id: uuid.UUID) -> list[Method]:
    """What this partnership made itself, each in its newest version, withdrawn or not."""
    newest = newest_of_each(partnership_id, METHOD)
    found = find_methods(partnership_id, newest)
    return [found[version] for version in newest]


def find_methods(
    partnership_id: uuid.UUID | None, sought: Collection[Version]
) -> dict[Version, Method]:
    """Those of these keys and versions that are there, in one statement at most.

    A block of an agenda asks like this for what it was made with, which never changes. What
    another partnership made is not found, whoever knows its key.
    """
    found = {each: methods().versions[each] for each in sought if each in methods().versions}
    if partnership_id is None:
        return found
    for version in set(sought) - found.keys():
        if kept := _kept().find((partnership_id, *version)):
            found[version] = kept
    missing = set(sought) - found.keys()
    for version, document in find_documents(partnership_id, METHOD, missing).items():
        method = METHOD.parse(document)
        found[version] = _kept().keep((partnership_id, *version), method)
    return found


def get_method(partnership_id: uuid.UUID | None, key: str, version: int) -> Method:
    """This version of a method, of the product or of this partnership.

    Raises KeyError where there is none.
    """
    return find_methods(partnership_id, [(key, version)])[key, version]


def find_method(partnership_id: uuid.UUID | None, key: str) -> Method | None:
    """The newest version of the method with this key, of the product or of this partnership."""
    if key in methods():
        return methods().get(key)
    version = newest_version(partnership_id, METHOD, key) if partnership_id else 0
    return get_method(partnership_id, key, version) if version else None


def _kept() -> Kept[tuple[uuid.UUID, str, int], Method]:
    kept: Kept[tuple[uuid.UUID, str, int], Method] = current_app.extensions["kept_methods"]
    return kept
