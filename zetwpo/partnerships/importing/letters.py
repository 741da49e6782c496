"""The welcome mail to people who are new in a partnership."""

import uuid
from collections.abc import Collection

from zetwpo.accounts.joining import mailboxes_of
from zetwpo.accounts.queries import find_partnership_card, get_people
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned
from zetwpo.web import public_address

WELCOME = "welcome"


def queue_welcome(
    partnership_id: uuid.UUID, person_ids: Collection[uuid.UUID], by_id: uuid.UUID
) -> None:
    """Welcome these people; never twice in one partnership."""
    values = {"partnership_id": str(partnership_id), "by_id": str(by_id)}
    letters = [
        Reasoned(
            Addressee(box.email, as_language(box.language)),
            uuid.uuid5(partnership_id, key.hex),
            key,
            values,
        )
        for key, box in mailboxes_of(person_ids).items()
    ]
    mails.queue_all(WELCOME, letters, Terms(at_decent_hours=True))


def _welcome(mail: Due) -> Content | None:
    partnership = find_partnership_card(uuid.UUID(mail.values["partnership_id"]))
    by_id = uuid.UUID(mail.values["by_id"])
    people = get_people([by_id, *([mail.about_id] if mail.about_id else [])])
    person, by = people.get(mail.about_id or by_id), people.get(by_id)
    if person is None or partnership is None or not person.roles:
        return None
    return Content(
        {
            "name": person.name,
            "by": by.name if by else "",
            "partnership": partnership.name,
            # The address opens nothing: one signs in there.
            "url": public_address("accounts.sign_in"),
        }
    )


COMPOSERS: dict[str, Composer] = {WELCOME: _welcome}
