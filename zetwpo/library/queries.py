"""Finding content: the files of the product first, and next the rows of partnerships."""

import uuid
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from flask import current_app

from zetwpo.extensions import read
from zetwpo.library.kinds import QUESTIONNAIRE, Kind, own_key, partnership_of
from zetwpo.library.models import ContentDraft, PublishedContent
from zetwpo.library.problems import Problem, Unreadable
from zetwpo.library.questionnaires import Document, Library, Questionnaire, Version

# Versions of partnerships that a process keeps at hand, some 200 kB each.
MOST_KEPT = 100

Name = TypeVar("Name", bound=Hashable)
Content = TypeVar("Content")


@dataclass(frozen=True)
class VersionCard:
    """A version that was published, without what it says."""

    key: str
    version: int
    published_at: datetime
    # None where that person left.
    published_by_id: uuid.UUID | None


@dataclass(frozen=True)
class DraftView:
    """What a partnership is going to publish."""

    partnership_id: uuid.UUID
    key: str
    document: Document
    # Goes along with a page, and back with what it sends.
    revision: int
    changed_at: datetime
    changed_by_id: uuid.UUID | None


class Kept(Generic[Name, Content]):
    """Versions of partnerships that were read before. They never change."""

    def __init__(self) -> None:
        self._found: OrderedDict[Name, Content] = OrderedDict()
        self._lock = Lock()

    def find(self, version: Name) -> Content | None:
        """What was kept; that it was asked for keeps it longer."""
        with self._lock:
            found = self._found.get(version)
            if found:
                self._found.move_to_end(version)
            return found

    def keep(self, version: Name, found: Content) -> Content:
        """Keep it, and give the one that is kept: of two at the same moment, the first."""
        with self._lock:
            kept = self._found.setdefault(version, found)
            while len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)
            return kept


def library() -> Library:
    """All versions of all questionnaires of the product, read and checked at the start."""
    found: Library = current_app.extensions["questionnaires"]
    return found


def get_questionnaire(key: str, version: int) -> Questionnaire:
    """The version that something was filled in with, a file or a row.

    Raises KeyError where there is none. A row is read once in each process.
    """
    sought = key, version
    found = library().questionnaires.get(sought) or _kept().find(sought)
    if found:
        return found
    owner = partnership_of(key)
    document = owner and find_document(owner, QUESTIONNAIRE, key, version)
    if not document:
        raise KeyError(sought)
    return _kept().keep(sought, QUESTIONNAIRE.parse(document))


def current_for(partnership_id: uuid.UUID | None) -> Questionnaire:
    """What a new scan in this partnership is filled in with: its own newest, or the product's."""
    if partnership_id is None:
        return library().current
    key = own_key(partnership_id)
    version = newest_version(partnership_id, QUESTIONNAIRE, key)
    return get_questionnaire(key, version) if version else library().current


def areas_in(partnership_id: uuid.UUID) -> dict[str, str]:
    """What each competence area is called there, in order and in the language of the page."""
    return {each.key: str(each.title) for each in current_for(partnership_id).areas}


_OF_ITEM = (
    PublishedContent.partnership_id == sa.bindparam("owner"),
    PublishedContent.kind == sa.bindparam("kind"),
    PublishedContent.key == sa.bindparam("key"),
)
_NEWEST = sa.select(sa.func.max(PublishedContent.version)).where(*_OF_ITEM)
_DOCUMENT = sa.select(PublishedContent.document).where(
    *_OF_ITEM, PublishedContent.version == sa.bindparam("version")
)
_NEWEST_OF_EACH = (
    sa.select(PublishedContent.key, sa.func.max(PublishedContent.version))
    .where(
        PublishedContent.partnership_id == sa.bindparam("owner"),
        PublishedContent.kind == sa.bindparam("kind"),
    )
    .group_by(PublishedContent.key)
    .order_by(PublishedContent.key)
)
_VERSIONS = (
    sa.select(
        PublishedContent.key,
        PublishedContent.version,
        PublishedContent.published_at,
        PublishedContent.published_by_id,
    )
    .where(*_OF_ITEM)
    .order_by(PublishedContent.version.desc())
)
_DRAFTS = sa.select(
    ContentDraft.partnership_id,
    ContentDraft.key,
    ContentDraft.document,
    ContentDraft.revision,
    ContentDraft.changed_at,
    ContentDraft.changed_by_id,
).where(
    ContentDraft.partnership_id == sa.bindparam("owner"),
    ContentDraft.kind == sa.bindparam("kind"),
)
_DRAFT = _DRAFTS.where(ContentDraft.key == sa.bindparam("key"))
_DRAFT_TO_WRITE = _DRAFT.with_for_update()


def newest_version(partnership_id: uuid.UUID, kind: Kind, key: str) -> int:
    """The number of the newest version; 0 where nothing was published."""
    return read(_NEWEST, owner=partnership_id, kind=kind.name, key=key).scalar() or 0


def newest_of_each(partnership_id: uuid.UUID, kind: Kind) -> list[Version]:
    """The newest version of everything of this kind that a partnership published."""
    rows = read(_NEWEST_OF_EACH, owner=partnership_id, kind=kind.name)
    return [(key, version) for key, version in rows]


def versions(
    partnership_id: uuid.UUID, kind: Kind = QUESTIONNAIRE, key: str | None = None
) -> list[VersionCard]:
    """What this partnership published, the newest first; without a key, of its only one."""
    key = key or own_key(partnership_id)
    rows = read(_VERSIONS, owner=partnership_id, kind=kind.name, key=key)
    return [VersionCard(*row) for row in rows]


def find_draft(
    partnership_id: uuid.UUID,
    kind: Kind = QUESTIONNAIRE,
    key: str | None = None,
    *,
    to_write: bool = False,
) -> DraftView | None:
    """What this partnership is working on; without a key, of its only one of this kind.

    `to_write` keeps others off until the commit.
    """
    query = _DRAFT_TO_WRITE if to_write else _DRAFT
    key = key or own_key(partnership_id)
    row = read(query, owner=partnership_id, kind=kind.name, key=key).one_or_none()
    return DraftView(*row) if row else None


def drafts(partnership_id: uuid.UUID, kind: Kind) -> list[DraftView]:
    """All of this kind that this partnership is working on, the last changed first."""
    query = _DRAFTS.order_by(ContentDraft.changed_at.desc(), ContentDraft.key)
    return [DraftView(*row) for row in read(query, owner=partnership_id, kind=kind.name)]


def with_draft(
    partnership_ids: Collection[uuid.UUID], kind: Kind = QUESTIONNAIRE
) -> set[uuid.UUID]:
    """Which of these partnerships are working on something of this kind."""
    query = (
        sa.select(ContentDraft.partnership_id)
        .distinct()
        .where(ContentDraft.partnership_id.in_(partnership_ids), ContentDraft.kind == kind.name)
    )
    return set(read(query).scalars())


def with_own(partnership_ids: Collection[uuid.UUID], kind: Kind = QUESTIONNAIRE) -> set[uuid.UUID]:
    """Which of these partnerships published something of this kind."""
    query = (
        sa.select(PublishedContent.partnership_id)
        .distinct()
        .where(
            PublishedContent.partnership_id.in_(partnership_ids), PublishedContent.kind == kind.name
        )
    )
    return set(read(query).scalars())


def check(document: Any, kind: Kind = QUESTIONNAIRE) -> list[Problem]:
    """What has to be mended in this document of a partnership, and what could be better."""
    try:
        content = kind.parse(document)
    except Unreadable as error:
        return error.problems
    return list(kind.problems(content, kind.product()))


def missing_versions(used: Iterable[Version]) -> list[Version]:
    """Those of these versions of questionnaires that are in no file and in no row."""
    not_in_files = set(used) - library().questionnaires.keys()
    if not not_in_files:
        return []
    rows = read(_ALL_VERSIONS, kind=QUESTIONNAIRE.name)
    return sorted(not_in_files - {(key, version) for key, version in rows})


_ALL_VERSIONS = sa.select(PublishedContent.key, PublishedContent.version).where(
    PublishedContent.kind == sa.bindparam("kind")
)


def find_document(partnership_id: uuid.UUID, kind: Kind, key: str, version: int) -> Document | None:
    """What this partnership published as this version of this."""
    found = read(_DOCUMENT, owner=partnership_id, kind=kind.name, key=key, version=version)
    return found.scalar_one_or_none()


def find_documents(
    partnership_id: uuid.UUID, kind: Kind, sought: Collection[Version]
) -> dict[Version, Document]:
    """The same for many versions, of which some may not be there, in one statement."""
    if not sought:
        return {}
    query = sa.select(
        PublishedContent.key, PublishedContent.version, PublishedContent.document
    ).where(
        PublishedContent.partnership_id == partnership_id,
        PublishedContent.kind == kind.name,
        sa.tuple_(PublishedContent.key, PublishedContent.version).in_(sought),
    )
    return {(key, version): document for key, version, document in read(query)}


def _kept() -> Kept[Version, Questionnaire]:
    kept: Kept[Version, Questionnaire] = current_app.extensions["kept_questionnaires"]
    return kept
