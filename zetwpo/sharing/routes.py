"""The pages on which an owner opens something and takes it back, and those of who receives it."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LIST_SHARED, READ_SHARED, SHARE_OWN
from zetwpo.characters import set_apart
from zetwpo.clock import today
from zetwpo.i18n import gettext as _
from zetwpo.sharing import queries, service
from zetwpo.sharing.forms import ShareForm
from zetwpo.sharing.items import WHOLE, Item, find_item, registry
from zetwpo.sharing.naming import described
from zetwpo.sharing.queries import MOST_OFFERED, PAGE_SIZE, PERSON, Receiver
from zetwpo.sharing.rules import LONGEST
from zetwpo.sharing.service import CannotReceive
from zetwpo.web import local_path, see_other

routes = Blueprint("sharing", __name__)


@routes.get("/sharing/<kind>/<uuid:item_id>")
@needs(SHARE_OWN)
def choose(kind: str, item_id: uuid.UUID) -> ResponseReturnValue:
    """Who can see it, and a way to open it to somebody else."""
    item = authorised(find_item(kind, item_id))
    form = ShareForm(formdata=None)
    form.look_for(request.args.get("name", ""), request.args.get("part", WHOLE))
    return _page(item, form)


@routes.post("/sharing/<kind>/<uuid:item_id>")
@needs(SHARE_OWN)
def share(kind: str, item_id: uuid.UUID) -> ResponseReturnValue:
    """Open it to one person or group."""
    item = authorised(find_item(kind, item_id))
    service.require_partnership(item)
    form = ShareForm()
    form.offer(item.parts, ())
    if not form.validate():
        return _page(item, form), 422
    try:
        is_new = service.share(item, form.part.data, form.receiver, form.until)
    except CannotReceive:
        form.to.errors = [_("You cannot share it with this person. Choose somebody from the list.")]
        return _page(item, form), 422
    flash(_("It is shared now.") if is_new else _("It was shared like this already."))
    return see_other(url_for(".choose", kind=kind, item_id=item_id))


@routes.post("/sharing/shares/<uuid:share_id>/take-back")
@needs(SHARE_OWN)
def take_back(share_id: uuid.UUID) -> ResponseReturnValue:
    """Close it again; back to the page on which the button stood."""
    opened = authorised(queries.find_share(share_id))
    service.take_back(opened, get_actor().person_id)
    flash(_("You stopped sharing it. Whoever you chose no longer sees it."))
    here = url_for(".choose", kind=opened.item_kind, item_id=opened.item_id)
    return see_other(local_path(request.form.get("next"), here))


@routes.get("/shared")
@needs(LIST_SHARED)
def received() -> ResponseReturnValue:
    """What others opened to whoever is signed in."""
    skipped = request.args.get("skip", 0, type=int)
    skipped = max(0, min(skipped, 10_000))
    found = queries.all_received(get_actor(), skipped)
    return render_template(
        "sharing/received.html",
        received=found[:PAGE_SIZE],
        newer=max(0, skipped - PAGE_SIZE) if skipped else None,
        older=skipped + PAGE_SIZE if len(found) > PAGE_SIZE else None,
    )


@routes.get("/shared/<uuid:share_id>")
@needs(READ_SHARED)
def show(share_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that somebody opened, and nothing beside it."""
    found = authorised(queries.find_received(share_id))
    return registry().items[found.share.item_kind].show(found.received)


def _page(item: Item, form: ShareForm) -> str:
    kind = registry().items[item.kind]
    people = queries.offered(item, form.sought) if form.sought else []
    words = described(people, item.partnership_id)
    receivers = [
        (Receiver(PERSON, each.id), f"{set_apart(each.name)}, {set_apart(words[each.id])}")
        for each in people[:MOST_OFFERED]
    ]
    form.offer(item.parts, [*queries.groups_offered(item), *receivers])
    form.gather_errors()
    return render_template(
        "sharing/choose.html",
        item=item,
        kind=kind,
        form=form,
        belongs_nowhere=item.partnership_id is None,
        has_more=len(people) > MOST_OFFERED,
        opened=queries.who_sees(item.kind, item.id),
        titles=item.titles,
        own_page=kind.own_page(item.id),
        earliest=today(),
        latest=today() + LONGEST,
    )
