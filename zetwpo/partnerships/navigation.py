"""The pages of a partnership: which there are, and which of them somebody finds a link to."""

from flask import Flask, url_for

from zetwpo.accounts.pages import Page, open_pages
from zetwpo.accounts.policy import (
    DESCRIBE_PARTNERSHIP,
    EDIT_QUESTIONNAIRE,
    MANAGE_PEOPLE,
    MANAGE_SCHOOLS,
    PLAN_BREAKS,
    READ_METHODS,
    READ_PARTNERSHIP_SHELF,
    SEE_FAILED_MAILS,
    SEE_NAMES,
    SEE_TRAJECTORY_DATES,
)
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.i18n import lazy_gettext as _

# In the order in which somebody needs them who begins.
PAGES = (
    Page(DESCRIBE_PARTNERSHIP, "identity.show", _("About us")),
    Page(MANAGE_SCHOOLS, "schools.overview", _("Schools")),
    Page(MANAGE_PEOPLE, "people.overview", _("People"), below=("importing",)),
    Page(SEE_NAMES, "names.overview", _("Who belongs here")),
    Page(SEE_FAILED_MAILS, "failed_mails.overview", _("Mails that did not arrive")),
    Page(PLAN_BREAKS, "breaks.overview", _("School breaks")),
    Page(SEE_TRAJECTORY_DATES, "trajectory_dates.overview", _("Trajectories")),
    Page(EDIT_QUESTIONNAIRE, "questionnaires.overview", _("Questionnaire")),
    Page(READ_METHODS, "methods.library", _("Methods")),
    Page(READ_PARTNERSHIP_SHELF, "partnership_shelf.show", _("Shelf")),
)


def pages_of(partnership: PartnershipCard) -> list[Page]:
    """The pages of this partnership that open to the person who is signed in."""
    return open_pages(PAGES, partnership.facts)


def address_of(page: Page, partnership: PartnershipCard) -> str:
    """Where this page of this partnership is."""
    return url_for(page.endpoint, partnership_id=partnership.id)


def init_app(app: Flask) -> None:
    """Let templates/partnerships/base.html draw the links."""
    app.jinja_env.globals |= {
        "pages_of_partnership": pages_of,
        "address_of_page": address_of,
    }
