"""What a programme leader does with the questionnaire of a partnership, around its draft."""

import secrets
import uuid

from zetwpo.edits import Fields, Sent, merged
from zetwpo.errors import NextPage, NotFound, Refusal
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library import service as content
from zetwpo.library.problems import to_mend
from zetwpo.library.queries import DraftView, check, find_draft
from zetwpo.library.service import NoDraft, NotReady
from zetwpo.questionnaires.rules import Document, Edit, NotThere, is_new_key, is_well_formed
from zetwpo.questionnaires.subjects import NEW_KEY, Subject, subject


class Dropped(Refusal):
    """Somebody else dropped what this is about."""


def new_key() -> str:
    """What something new is called: a name that nothing ever had, also not what was dropped.

    A rescan compares what has the same name, so an old name must not come back for something else.
    """
    return f"own_{secrets.token_hex(4)}"


def edit(partnership_id: uuid.UUID, actor_id: uuid.UUID, change: Edit) -> DraftView:
    """Do this with the draft as it stands at this moment, whoever changed it last.

    Raises Dropped where the item is gone, and Unreadable where words cannot be kept like this.
    """
    draft = content.get_draft(partnership_id, to_write=True)
    try:
        document = change(draft.document)
    except NotThere:
        raise Dropped(
            _("This is no longer in the draft"),
            _("Somebody dropped it or moved it in the meantime. The rest of the draft is safe."),
        ) from None
    return content.save_draft(partnership_id, document, draft.revision, actor_id)


def write(partnership_id: uuid.UUID, actor_id: uuid.UUID, kind: str, key: str, sent: Sent) -> None:
    """Store what an editing page sent, over what it showed and nothing else.

    Raises Overtaken where somebody else changed the same in the meantime; then nothing is stored.
    """

    def change(document: Document) -> Document:
        page = subject(document, kind, key, "")
        return page.write(document, merged(sent, page.fields))

    edit(partnership_id, actor_id, change)


def add(
    partnership_id: uuid.UUID, actor_id: uuid.UUID, kind: str, key: str, sent: Fields, name: str
) -> None:
    """Add what an editing page sent, once: the second of two clicks changes nothing.

    `name` is what the page calls it. Raises NotFound where no page of ours calls it that.
    """
    if not NEW_KEY.fullmatch(name):
        raise NotFound(
            _("This does not belong to this page"),
            _("Open the page once more, and try it again from there."),
        )

    def change(document: Document) -> Document:
        if not is_new_key(document, name):
            return document
        return subject(document, kind, key, name).write(document, sent)

    edit(partnership_id, actor_id, change)


def get_draft(partnership_id: uuid.UUID) -> DraftView:
    """What this partnership is working on. Raises NoDraft, with the way to the questionnaire."""
    try:
        return content.get_draft(partnership_id)
    except NoDraft as missing:
        missing.next_page = NextPage(
            "questionnaires.overview",
            _("To your questionnaire"),
            {"partnership_id": partnership_id},
        )
        raise


def get_subject(draft: DraftView, kind: str, key: str, examples: int = 0) -> Subject:
    """What an editing page is about. Raises NotFound, with the way to the draft."""
    try:
        return subject(draft.document, kind, key, new_key(), examples)
    except NotThere:
        raise NotFound(
            _("This is not in the draft"),
            _("Perhaps somebody dropped it. Go back to the draft and choose from there."),
            NextPage(
                "questionnaires.draft",
                _("To the draft"),
                {"partnership_id": draft.partnership_id},
            ),
        ) from None


def take_in(
    partnership_id: uuid.UUID, actor_id: uuid.UUID, document: Document, seen_revision: int
) -> DraftView:
    """Make this the draft, in place of the one that the page showed, or of none.

    Raises NotReady where it does not hold together, and Overtaken where somebody changed the
    draft in the meantime; then all stays as it was.
    """
    if not is_well_formed(document):
        raise NotReady(to_mend(check(document)))
    if find_draft(partnership_id) is None:
        seen_revision = content.start_draft(partnership_id, actor_id).revision
    return content.save_draft(partnership_id, document, seen_revision, actor_id)
