"""The pages of a trajectory: which there are, and which of them somebody finds a link to."""

from flask import Flask, current_app, url_for

from zetwpo.accounts.pages import Page, open_pages
from zetwpo.accounts.policy import (
    LEAD_TRAJECTORY,
    READ_METHODS,
    READ_QUESTIONS,
    READ_SHELF,
    READ_TRAJECTORY,
    SEE_READINESS,
    TAKE_PART,
    WRITE_TEAM_MESSAGE,
)
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.i18n import lazy_gettext as _

# What everybody in the group uses, in the order in which a group needs it.
PAGES = (
    Page(
        READ_TRAJECTORY,
        "overview.show",
        _("Our way"),
        below=("agenda", "meeting_room", "agreements", "attendance", "recaps", "reading"),
    ),
    Page(
        READ_QUESTIONS,
        "questions.line",
        _("Our questions"),
        below=("question_board", "common_question", "subgroups"),
    ),
    Page(
        TAKE_PART,
        "mine.show",
        _("My work"),
        ("plans", "practice", "reflection", "evolution", "portfolio", "certificate"),
    ),
    Page(READ_TRAJECTORY, "opened.show", _("What others opened"), ("plan_reading",)),
    Page(READ_SHELF, "shelf.show", _("Shelf")),
    Page(WRITE_TEAM_MESSAGE, "team_message.show", _("What we tell the team")),
    Page(READ_TRAJECTORY, "trajectory_people.show", _("Who is in it")),
    # Of its partnership.
    Page(READ_METHODS, "methods.library", _("Methods")),
)
# What only its facilitators use, from beginning to end.
LEADING_PAGES = (
    Page(SEE_READINESS, "readiness.show", _("Before meeting one")),
    Page(LEAD_TRAJECTORY, "meetings.plan", _("Dates")),
    Page(LEAD_TRAJECTORY, "pairs.show", _("Pairs")),
    Page(LEAD_TRAJECTORY, "halfway.show", _("Reminder halfway")),
    Page(LEAD_TRAJECTORY, "setting_up.settings", _("Settings")),
    Page(LEAD_TRAJECTORY, "closing.show", _("Closing"), below=("next_trajectory",)),
)


def pages_of(trajectory: TrajectoryCard) -> list[Page]:
    """The pages of this group that open to the person who is signed in."""
    return open_pages(PAGES, trajectory.facts)


def leading_pages_of(trajectory: TrajectoryCard) -> list[Page]:
    """Those on which its facilitators work, for whoever is one; for others none."""
    return open_pages(LEADING_PAGES, trajectory.facts)


def address_of(page: Page, trajectory: TrajectoryCard) -> str:
    """Where this page of this trajectory is, or of its partnership."""
    if current_app.url_map.is_endpoint_expecting(page.endpoint, "partnership_id"):
        # With the way back to here.
        return url_for(
            page.endpoint, partnership_id=trajectory.partnership_id, trajectory=trajectory.id
        )
    return url_for(page.endpoint, trajectory_id=trajectory.id)


def init_app(app: Flask) -> None:
    """Let templates/cycle/base.html draw the links."""
    app.jinja_env.globals |= {
        "pages_of_trajectory": pages_of,
        "leading_pages_of_trajectory": leading_pages_of,
        "address_of_trajectory_page": address_of,
    }
