"""What people do with content of their own: begin, change, publish, throw away."""

import json
import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.clock import now
from zetwpo.database.statements import insert_once, one_at_a_time
from zetwpo.errors import Refusal
from zetwpo.extensions import db
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.kinds import QUESTIONNAIRE, Kind, own_key
from zetwpo.library.models import ContentDraft, PublishedContent
from zetwpo.library.plain_yaml import LARGEST
from zetwpo.library.problems import Problem, Unreadable, to_mend
from zetwpo.library.queries import (
    DraftView,
    check,
    drafts,
    find_document,
    find_draft,
    newest_of_each,
    newest_version,
)
from zetwpo.library.questionnaires import Document
from zetwpo.library.rules import MOST_MADE


class NoDraft(Refusal):
    """Somebody published it or threw it away, or nobody began."""


class Overtaken(Refusal):
    """Somebody else changed it after the page was shown: its sender gets the choice.

    `draft` is what stands there now.
    """

    def __init__(self, draft: DraftView) -> None:
        super().__init__(
            _("Somebody else changed this in the meantime"),
            _("Nothing of theirs is lost. Look at what stands there now, and choose."),
        )
        self.draft = draft


class NotReady(Refusal):
    """Something has to be mended first; `problems` say what and where."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            _("This cannot be published yet"), _("Mend what is marked, and publish it then.")
        )
        self.problems = problems


class TooMany(Refusal):
    """A partnership has as many of these as fit."""


class NothingNew(Refusal):
    """It says what the version that is used now says."""


def start_draft(
    partnership_id: uuid.UUID,
    actor_id: uuid.UUID,
    kind: Kind = QUESTIONNAIRE,
    key: str | None = None,
    *,
    document: Document | None = None,
) -> DraftView:
    """Begin with what is used now, or go on with the draft that is there.

    Without a key it is about the only one of its kind. `document` is what to begin with instead;
    something new of which a partnership has several needs one, and a key of `kinds.made_key`.
    Raises Unreadable where it does not have its shape, and TooMany.
    """
    key = key or own_key(partnership_id)
    document = document or _used(partnership_id, kind, key)
    if document is None:
        raise ValueError(f"a {kind.name} begins with a document")
    version = newest_version(partnership_id, kind, key) + 1
    if version == 1:
        _refuse_one_more(partnership_id, kind, key)
    is_new = insert_once(
        db.session(),
        ContentDraft,
        {
            "partnership_id": partnership_id,
            "kind": kind.name,
            "key": key,
            "document": _tidy(document, kind, key, version),
            "revision": 1,
            "changed_at": now(),
            "changed_by_id": actor_id,
        },
    )
    if is_new:
        audit.record(kind.acts.begun, actor_id=actor_id, object_id=partnership_id)
    return get_draft(partnership_id, kind, key)


def get_draft(
    partnership_id: uuid.UUID,
    kind: Kind = QUESTIONNAIRE,
    key: str | None = None,
    *,
    to_write: bool = False,
) -> DraftView:
    """What this partnership is working on. Raises NoDraft where that is nothing."""
    found = find_draft(partnership_id, kind, key, to_write=to_write)
    if found is None:
        raise NoDraft(
            _("There is nothing to change here now"),
            _("It was published or thrown away in the meantime, or nobody has begun yet."),
        )
    return found


def save_draft(
    partnership_id: uuid.UUID,
    document: Document,
    seen_revision: int,
    actor_id: uuid.UUID,
    kind: Kind = QUESTIONNAIRE,
    key: str | None = None,
) -> DraftView:
    """Keep this instead of what the page with this revision showed.

    Raises Overtaken where it shows something else by now, NoDraft where it is gone, and
    Unreadable where the document does not have its shape: a draft always has that.
    """
    draft = _as_seen(partnership_id, seen_revision, kind, key)
    version = newest_version(partnership_id, kind, draft.key) + 1
    tidy = _tidy(document, kind, draft.key, version)
    if tidy != draft.document:
        db.session.execute(
            sa.update(ContentDraft)
            .where(*_of(draft, kind))
            .values(
                document=tidy,
                revision=draft.revision + 1,
                changed_at=now(),
                changed_by_id=actor_id,
            )
        )
    return get_draft(partnership_id, kind, draft.key)


def publish(
    partnership_id: uuid.UUID,
    seen_revision: int,
    actor_id: uuid.UUID,
    kind: Kind = QUESTIONNAIRE,
    key: str | None = None,
) -> int:
    """Make the draft a version, which is used from now on; returns its number.

    Raises Overtaken, NoDraft (also for the second of two clicks), NotReady and NothingNew.
    Nothing reads it back in this transaction: what a process keeps must have been committed.
    """
    draft = _as_seen(partnership_id, seen_revision, kind, key)
    if problems := to_mend(check(draft.document, kind)):
        raise NotReady(problems)
    published = add_version(partnership_id, draft.document, actor_id, kind, draft.key)
    db.session.execute(sa.delete(ContentDraft).where(*_of(draft, kind)))
    audit.record(kind.acts.published, actor_id=actor_id, object_id=published.id)
    return published.version


def hold_versions(partnership_id: uuid.UUID, key: str) -> None:
    """Keep others from publishing this until the commit: what is the newest now stays that."""
    one_at_a_time(db.session.connection(), f"publish {partnership_id} {key}")


def add_version(
    partnership_id: uuid.UUID, document: Document, actor_id: uuid.UUID, kind: Kind, key: str
) -> PublishedContent:
    """Publish this as the next version; what it says was looked at before.

    Raises NothingNew. Of two at the same moment, the second waits and then looks at the first.
    """
    hold_versions(partnership_id, key)
    version = newest_version(partnership_id, kind, key) + 1
    known = kind.known_as(document, key, version)
    used = _used(partnership_id, kind, key)
    if used and known == kind.known_as(used, key, version):
        raise NothingNew(
            _("There is nothing new to publish"),
            _("This says the same as what is used already."),
        )
    published = PublishedContent(
        id=uuid.uuid4(),
        partnership_id=partnership_id,
        kind=kind.name,
        key=key,
        version=version,
        document=known,
        published_at=now(),
        published_by_id=actor_id,
    )
    db.session.add(published)
    db.session.flush()
    return published


def discard_draft(
    partnership_id: uuid.UUID,
    seen_revision: int,
    actor_id: uuid.UUID,
    kind: Kind = QUESTIONNAIRE,
    key: str | None = None,
) -> None:
    """Throw away what the page with this revision showed. Raises Overtaken and NoDraft."""
    draft = _as_seen(partnership_id, seen_revision, kind, key)
    db.session.execute(sa.delete(ContentDraft).where(*_of(draft, kind)))
    audit.record(kind.acts.thrown_away, actor_id=actor_id, object_id=partnership_id)


def _used(partnership_id: uuid.UUID, kind: Kind, key: str) -> Document | None:
    """What is used now: the newest version, or what everybody begins with."""
    version = newest_version(partnership_id, kind, key)
    return find_document(partnership_id, kind, key, version) if version else kind.first()


def _tidy(document: Document, kind: Kind, key: str, version: int) -> Document:
    """The document as a draft has it. Raises Unreadable."""
    tidy = kind.known_as(kind.document_of(kind.parse(document)), key, version)
    if len(json.dumps(tidy)) > LARGEST:
        raise Unreadable([Problem((), _("This is larger than can be kept."))])
    return tidy


def _refuse_one_more(partnership_id: uuid.UUID, kind: Kind, key: str) -> None:
    """Raise TooMany where a partnership has as many of these as fit."""
    made = {key for key, _version in newest_of_each(partnership_id, kind)}
    begun = {draft.key for draft in drafts(partnership_id, kind)}
    if len((made | begun) - {key}) >= MOST_MADE:
        raise TooMany(
            _("There are %(most)s of these already", most=MOST_MADE),
            _("That is as many as fit. Change one of them instead of making another."),
        )


def _as_seen(
    partnership_id: uuid.UUID, seen_revision: int, kind: Kind, key: str | None
) -> DraftView:
    """The draft, held until the commit. Raises Overtaken where it was shown otherwise."""
    draft = get_draft(partnership_id, kind, key, to_write=True)
    if draft.revision != seen_revision:
        raise Overtaken(draft)
    return draft


def _of(draft: DraftView, kind: Kind) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        ContentDraft.partnership_id == draft.partnership_id,
        ContentDraft.kind == kind.name,
        ContentDraft.key == draft.key,
    )
