"""People in a trajectory: one who takes part, another one, one who left, and who leads it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.clock import as_if, now, today


@dataclass(frozen=True)
class Group:
    """A trajectory of which two meetings have begun, and a third is to come."""

    trajectory: Trajectory
    people: dict[str, Someone]
    browsers: dict[str, Browser]
    # A browser of somebody else.
    open: Browse

    def __getitem__(self, who: str) -> Browser:
        """The browser of one of them."""
        return self.browsers[who]

    def meeting(self, number: int) -> str:
        """The address of a meeting."""
        return self.trajectory.meeting(number)


# Who is no part of it, or not any more.
OUTSIDE = ("left", "other_leader", "other_member", "leader", "nowhere")


@pytest.fixture
def group(
    make: Maker, browse: Browse, owner: Someone, stranger: Someone, facilitator: Someone
) -> Group:
    """Two meetings have been: eight and four weeks ago."""
    return _group(make, browse, owner, stranger, facilitator)


@pytest.fixture
def early_group(
    make: Maker, browse: Browse, owner: Someone, stranger: Someone, facilitator: Someone
) -> Group:
    """The same, of people who were in it from before the first meeting on."""
    return _group(make, browse, owner, stranger, facilitator, since=timedelta(weeks=7))


def _group(
    make: Maker,
    browse: Browse,
    owner: Someone,
    stranger: Someone,
    facilitator: Someone,
    since: timedelta = timedelta(),
) -> Group:
    people = {
        "owner": owner,
        "bo": make.person("Bo", Role.SUPERVISOR),
        "fem": facilitator,
        "left": make.person("Lex", Role.SUPERVISOR),
        "other_leader": make.person("Fleur", Role.FACILITATOR),
        "other_member": stranger,
        "leader": make.person("Sol", Role.SCHOOL_LEADER),
        "nowhere": make.person("Els", Role.FACILITATOR, Role.SUPERVISOR, partnership="Elsewhere"),
    }
    first = today() - timedelta(weeks=6)
    members = (people[who] for who in ("owner", "bo", "left"))
    with as_if(now() - since):
        made = make.trajectory(facilitator, *members, first_day=first)
    make.left(made, people["left"])
    make.trajectory(people["other_leader"], stranger, first_day=first)
    browsers = {who: browse(each) for who, each in people.items()}
    return Group(made, people, browsers, browse)


def autosave(page: Page, changed: dict[str, str]) -> Page:
    """What the script of the page sends: the fields that changed, and what the page showed."""
    sent = page.fields()
    path = page.form().get("data-autosave")
    return page.browser.post(path, {"seen": sent["seen"], **changed}, token=sent["csrf_token"])
