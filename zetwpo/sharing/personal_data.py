"""What we hold about a person here."""

import uuid
from typing import Any

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.characters import in_one_direction
from zetwpo.clock import iso
from zetwpo.sharing import queries
from zetwpo.sharing.items import Item, find_items
from zetwpo.sharing.queries import ShareCard


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What this person opened to others, the earliest first, also what they took back lately."""
    shares = queries.shares_of_owner(person_id)
    names = queries.names_of_receivers(shares)
    items = find_items([each.item for each in shares])
    return [
        {
            **_what(each, items.get(each.item)),
            "to": in_one_direction(names.get(each.to, "")) or None,
            "opened_at": iso(each.term.opened_at),
            "until": iso(each.term.until),
            "taken_back_at": iso(each.term.taken_back_at),
        }
        for each in shares
    ]


def export_received(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What others opened to this person, who reads it now. What is closed is not theirs to know."""
    me = get_colleagues([person_id])[person_id].actor
    shares = queries.shares_to(me)
    owners = get_colleagues({each.owner_id for each in shares})
    items = find_items([each.item for each in shares])
    return [
        {
            **_what(each, items.get(each.item)),
            "from": in_one_direction(owners[each.owner_id].name),
            "opened_at": iso(each.term.opened_at),
            "until": iso(each.term.until),
        }
        for each in shares
    ]


def _what(share: ShareCard, item: Item | None) -> dict[str, str]:
    title = item.titles.get(share.part, "") if item else ""
    return {"kind": share.item_kind, "part": share.part, "title": title}
