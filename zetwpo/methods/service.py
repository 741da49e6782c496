"""What a facilitator does with the methods that a partnership keeps itself."""

import uuid
from collections.abc import Callable

from zetwpo import audit
from zetwpo.edits import Sent, merged
from zetwpo.errors import NextPage, NotFound
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library import service as content
from zetwpo.library.kinds import METHOD
from zetwpo.library.method_queries import find_method
from zetwpo.library.methods import Method, document_of, methods
from zetwpo.library.queries import DraftView, find_draft
from zetwpo.library.questionnaires import Document
from zetwpo.library.service import NoDraft, NothingNew, add_version, hold_versions
from zetwpo.methods.document import begun_with, drop_step, fields_of, move_step, write


def begin(partnership_id: uuid.UUID, key: str, sent: Sent, actor_id: uuid.UUID) -> DraftView:
    """Keep what a page for something new sent, as a draft; the second of two clicks adds nothing.

    Raises Unreadable where words cannot be kept like this, and TooMany.
    """
    if find_draft(partnership_id, METHOD, key):
        return save(partnership_id, key, sent, actor_id)
    document = METHOD.known_as(write({}, sent.fields), key, 1)
    return content.start_draft(partnership_id, actor_id, METHOD, key, document=document)


def begin_with(
    partnership_id: uuid.UUID, found: Method, key: str, actor_id: uuid.UUID
) -> DraftView:
    """Work on a draft with this key that begins with this method, or go on with the one there is.

    Its own key for its next version, another one for a method beside it. Raises TooMany.
    """
    document = METHOD.known_as(begun_with(document_of(found)), key, 1)
    return content.start_draft(partnership_id, actor_id, METHOD, key, document=document)


def get_draft(partnership_id: uuid.UUID, key: str) -> DraftView:
    """The draft of this method. Raises NoDraft, with the way to the own methods."""
    try:
        return content.get_draft(partnership_id, METHOD, key)
    except NoDraft as missing:
        missing.next_page = NextPage(
            "methods.own.overview", _("To your own methods"), {"partnership_id": partnership_id}
        )
        raise


def save(partnership_id: uuid.UUID, key: str, sent: Sent, actor_id: uuid.UUID) -> DraftView:
    """Store what the page sent, over what it showed and nothing else.

    Raises Overtaken (edits.py) where somebody else changed the same in the meantime, NoDraft, and
    Unreadable where words cannot be kept like this; then nothing is stored.
    """
    draft = content.get_draft(partnership_id, METHOD, key, to_write=True)
    document = write(draft.document, merged(sent, fields_of(draft.document)))
    return content.save_draft(partnership_id, document, draft.revision, actor_id, METHOD, key)


def move(
    partnership_id: uuid.UUID, key: str, step: str, places: int, actor_id: uuid.UUID
) -> DraftView:
    """Move a step of the draft up or down; one that is gone stays gone. Raises NoDraft."""
    return _edit(partnership_id, key, lambda document: move_step(document, step, places), actor_id)


def drop(partnership_id: uuid.UUID, key: str, step: str, actor_id: uuid.UUID) -> DraftView:
    """Drop a step of the draft, but not the only one. Raises NoDraft."""
    return _edit(partnership_id, key, lambda document: drop_step(document, step), actor_id)


def _edit(
    partnership_id: uuid.UUID, key: str, change: Callable[[Document], Document], actor_id: uuid.UUID
) -> DraftView:
    draft = content.get_draft(partnership_id, METHOD, key, to_write=True)
    document = change(draft.document)
    return content.save_draft(partnership_id, document, draft.revision, actor_id, METHOD, key)


def withdraw(partnership_id: uuid.UUID, key: str, actor_id: uuid.UUID) -> None:
    """Take it out of the library. Where it is used it stays, in the version that it had.

    That it is out is a version too: what was published never changes. Raises NotFound.
    """
    hold_versions(partnership_id, key)
    document = document_of(get_own(partnership_id, key)) | {"is_withdrawn": True}
    try:
        published = add_version(partnership_id, document, actor_id, METHOD, key)
    except NothingNew:
        return
    audit.record("method withdrawn", actor_id=actor_id, object_id=published.id)


def bring_back(partnership_id: uuid.UUID, key: str, actor_id: uuid.UUID) -> None:
    """Put it in the library again, as it was when it was taken out. Raises NotFound."""
    hold_versions(partnership_id, key)
    document = document_of(get_own(partnership_id, key))
    document.pop("is_withdrawn", None)
    try:
        published = add_version(partnership_id, document, actor_id, METHOD, key)
    except NothingNew:
        return
    audit.record("method brought back", actor_id=actor_id, object_id=published.id)


def get_own(partnership_id: uuid.UUID, key: str) -> Method:
    """The newest version of a method that this partnership made, withdrawn or not.

    Raises NotFound, also for one of the product, which nobody changes.
    """
    found = find_method(partnership_id, key)
    if found is None or not is_own(found):
        raise NotFound(
            _("There is no such method among your own"),
            _("Perhaps it was never published. Your own methods stand together on one page."),
            NextPage(
                "methods.own.overview", _("To your own methods"), {"partnership_id": partnership_id}
            ),
        )
    return found


def is_own(method: Method) -> bool:
    """True for one that a partnership made, False for one of the product."""
    return method.key not in methods()
