"""The pages of a partnership: which there are, and which of them somebody finds a link to."""

from dataclasses import dataclass

from flask import Flask, request, url_for

from zetwpo.accounts.guard import get_actor
from zetwpo.accounts.policy import (
    DESCRIBE_PARTNERSHIP,
    EDIT_QUESTIONNAIRE,
    MANAGE_PEOPLE,
    MANAGE_SCHOOLS,
    PLAN_BREAKS,
    SEE_FAILED_MAILS,
    SEE_NAMES,
    Permission,
)
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.i18n import lazy_gettext as _


@dataclass(frozen=True)
class Page:
    """One page of a partnership. It shows to whom its permission opens."""

    permission: Permission
    endpoint: str
    words: str
    # Blueprints of pages below it, besides its own.
    below: tuple[str, ...] = ()

    @property
    def current(self) -> str | None:
        """For `aria-current`: "page" on this page itself, "true" on one below it, else None."""
        if request.endpoint == self.endpoint:
            return "page"
        own = {self.endpoint.partition(".")[0], *self.below}
        return None if own.isdisjoint(request.blueprints) else "true"


# In the order in which somebody needs them who begins.
PAGES = (
    Page(DESCRIBE_PARTNERSHIP, "identity.show", _("About us")),
    Page(MANAGE_SCHOOLS, "schools.overview", _("Schools")),
    Page(MANAGE_PEOPLE, "people.overview", _("People"), below=("importing",)),
    Page(SEE_NAMES, "names.overview", _("Who belongs here")),
    Page(SEE_FAILED_MAILS, "failed_mails.overview", _("Mails that did not arrive")),
    Page(PLAN_BREAKS, "breaks.overview", _("School breaks")),
    Page(EDIT_QUESTIONNAIRE, "questionnaires.overview", _("Questionnaire")),
)


def pages_of(partnership: PartnershipCard) -> list[Page]:
    """The pages of this partnership that open to the person who is signed in."""
    actor = get_actor()
    return [page for page in PAGES if page.permission.opens_to(actor, partnership.facts)]


def address_of(page: Page, partnership: PartnershipCard) -> str:
    """Where this page of this partnership is."""
    return url_for(page.endpoint, partnership_id=partnership.id)


def init_app(app: Flask) -> None:
    """Let templates/partnerships/base.html draw the links."""
    app.jinja_env.globals |= {
        "pages_of_partnership": pages_of,
        "address_of_page": address_of,
    }
