"""Every page of a trajectory is looked at in a browser: with axe and the keyboard, at every width.

A page that is in neither table below fails the build: it has to be shown to somebody's check first.
The tests named here run in both languages, and `check_page` looks at each width.
"""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

import tests.browser

FOLDER = Path(tests.browser.__file__).parent
# By the test that looks at them: each page, and the words by which that test goes there.
LOOKED_AT: dict[str, dict[str, str]] = {
    "test_closing": {
        "closing.show": "/closing",
        "evolution.show": "My questions, and my scan then and now",
        "next_trajectory.new": "Start the next trajectory",
        "team_message.paper": "Print it to take along",
        "team_message.read": "/released",
        "team_message.show": "/team-message",
    },
    "test_common_question": {
        "common_question.ask_decide": "Record a common question in other words",
        "common_question.edit": "Change the words",
        "common_question.next_question": "/next-question",
        "question_board.ask_together": "Put the chosen ones together",
        "question_board.board": "/questions/board",
        "question_board.proposal": "Reword or take apart",
        "question_board.ranking": "Write down the points",
        "questions.ask_bring_in": "Bring in your question",
        "questions.ask_take_back": "Take it back",
        "questions.line": "/questions",
        "subgroups.edit": "ul.kept a",
        "subgroups.overview": "/subgroups",
    },
    "test_dates": {
        "calendar.show": "Set up my calendar",
        "halfway.show": "The reminder halfway between two meetings",
        "meetings.ask_cancel": "Cancel this meeting",
        "meetings.edit": 'words("Change")',
        "meetings.plan": 'fem.follow("Dates")',
    },
    "test_every_page": {"learning_question.show": "/learning-question"},
    "test_meeting": {
        "agenda.block": ".agenda a.button",
        "agenda.edit": "/agenda",
        "agenda.meeting": "path = fem.page, meeting(fem, 2)",
        "meeting_room.paper": "/print",
        "meeting_room.preparation": "/preparation",
        "meeting_room.wall": "/wall",
    },
    "test_meeting_record": {
        "agreements.show": "/agreements",
        "attendance.overview": "/attendance",
        "readiness.show": "/readiness",
        "trajectory_dates.overview": "See the dates",
        "trajectory_people.seek_facilitator": "/appoint",
    },
    "test_own_work": {
        "mine.show": "/mine",
        "opened.show": "/shared",
        "pairs.show": "/pairs",
        "plan_reading.show": "a[href*='/plans/']",
        "plans.look_at_question": "/plan-questions/",
        "plans.show": "Write my plan",
        "practice.ask_delete": '"delete"',
        "practice.readers": '"readers"',
        "practice.show": "Write a note",
        "reflection.readers": "/gained/readers",
        "reflection.show": "Look back",
    },
    "test_portfolio": {
        "certificate.ask_withdraw": "Delete it",
        "certificate.paper": "**/certificates/*",
        "certificate.show": "/certificate",
        "portfolio.paper": "See it as it prints",
        "portfolio.show": "/portfolio",
    },
    "test_recap": {
        "desk.show": "/desk",
        "recaps.preview": "/recap/preview",
        "recaps.show": "/recap",
    },
    "test_shelf": {
        "partnership_shelf.ask_put": "{shelf}/new",
        "partnership_shelf.ask_take_off": "take-off",
        "partnership_shelf.edit": "edit",
        "partnership_shelf.item": "/partnership-shelf/",
        "partnership_shelf.show": "fem.open(shelf)",
        "reading.choose": "/reading",
        "shelf.ask_pass_on": "pass-on",
        "shelf.ask_put": "Put something on the shelf",
        "shelf.ask_take_off": "take-off",
        "shelf.edit": "edit",
        "shelf.item": "name=TITLE",
        "shelf.show": "/shelf",
    },
    "test_trajectory": {
        "overview.show": '"/settings"',
        "setting_up.new": "/trajectories/new",
        "setting_up.settings": "/settings",
        "trajectory_invitations.landing": "Yes, I take part",
        "trajectory_invitations.show": "/invitations",
        "trajectory_people.ask_end": "name=LONG_NAME",
        "trajectory_people.ask_leave": "/leave",
        "trajectory_people.choose": "/people/choose",
        "trajectory_people.choose_facilitator": "/facilitators/choose",
        "trajectory_people.show": "/people",
    },
}
# What is no page.
FILES = {
    "calendar.fetch": "for a calendar program",
    "certificate.pdf": "a PDF",
    "partnership_shelf.file": "whatever somebody put there",
    "portfolio.pdf": "a PDF",
    "shelf.file": "whatever somebody put there",
}


def shown_in_cycle(app: Flask) -> set[str]:
    """What in a trajectory can be looked at."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and app.view_functions[rule.endpoint].__module__.startswith("zetwpo.cycle.")
    }


def test_every_page_of_a_trajectory_is_looked_at(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> None:
    app = make_app(database_url=new_database("sqlite"))
    looked_at = [page for pages in LOOKED_AT.values() for page in pages]
    assert len(looked_at) == len(set(looked_at))
    assert shown_in_cycle(app) == {*looked_at, *FILES}


def test_the_tests_that_are_named_go_there_and_look() -> None:
    for test, pages in LOOKED_AT.items():
        source = (FOLDER / f"{test}.py").read_text()
        assert "check_page(" in source
        assert [page for page, words in pages.items() if words not in source] == []
