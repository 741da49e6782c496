"""Puts the application together. Nothing else imports this module, except what starts it."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from zetwpo import assets, cli, i18n, web
from zetwpo.accounts import guard
from zetwpo.accounts import letters as accounts_letters
from zetwpo.accounts.address_change import letters as address_letters
from zetwpo.accounts.address_change.routes import routes as address_routes
from zetwpo.accounts.own.queries import is_stopped
from zetwpo.accounts.own.routes import routes as my_account_routes
from zetwpo.accounts.routes import routes as accounts_routes
from zetwpo.config import ROOT, Settings, read_settings
from zetwpo.cycle.agenda.room_routes import routes as meeting_room_routes
from zetwpo.cycle.agenda.routes import routes as agenda_routes
from zetwpo.cycle.agreements import parts as agreements_parts
from zetwpo.cycle.agreements.queries import next_step_of
from zetwpo.cycle.agreements.routes import routes as agreements_routes
from zetwpo.cycle.agreements.service import fill_in_next_step
from zetwpo.cycle.attendance import part as attendance_part
from zetwpo.cycle.attendance import service as attendance_service
from zetwpo.cycle.attendance.routes import routes as attendance_routes
from zetwpo.cycle.calendar.routes import routes as calendar_routes
from zetwpo.cycle.certificate.routes import routes as certificate_routes
from zetwpo.cycle.closing.next_routes import routes as next_trajectory_routes
from zetwpo.cycle.closing.routes import routes as closing_routes
from zetwpo.cycle.common_question import parts as common_question_parts
from zetwpo.cycle.common_question.board_routes import routes as question_board_routes
from zetwpo.cycle.common_question.deciding_routes import routes as common_question_routes
from zetwpo.cycle.common_question.routes import routes as questions_routes
from zetwpo.cycle.common_question.subgroup_routes import routes as subgroups_routes
from zetwpo.cycle.dates.routes import routes as trajectory_dates_routes
from zetwpo.cycle.desk.routes import routes as desk_routes
from zetwpo.cycle.halfway import letters as halfway_letters
from zetwpo.cycle.halfway.routes import routes as halfway_routes
from zetwpo.cycle.invitations import letters as trajectory_invitation_letters
from zetwpo.cycle.invitations.routes import routes as trajectory_invitation_routes
from zetwpo.cycle.learning_question.queries import question_after
from zetwpo.cycle.learning_question.routes import routes as learning_question_routes
from zetwpo.cycle.learning_question.sharing import ITEM as QUESTION_ITEM
from zetwpo.cycle.meetings import going_on
from zetwpo.cycle.meetings import letters as meetings_letters
from zetwpo.cycle.meetings import moving as moving_meetings
from zetwpo.cycle.meetings import parts as meeting_parts
from zetwpo.cycle.meetings.parts import MeetingPart
from zetwpo.cycle.meetings.routes import routes as meetings_routes
from zetwpo.cycle.mine import notices as own_notices
from zetwpo.cycle.mine import parts as own_work_parts
from zetwpo.cycle.mine.notices import Notice
from zetwpo.cycle.mine.opened_routes import routes as opened_routes
from zetwpo.cycle.mine.routes import routes as mine_routes
from zetwpo.cycle.overview.routes import routes as overview_routes
from zetwpo.cycle.pairs.routes import routes as pair_routes
from zetwpo.cycle.plans.reading_routes import routes as plan_reading_routes
from zetwpo.cycle.plans.routes import routes as plan_routes
from zetwpo.cycle.portfolio.routes import routes as portfolio_routes
from zetwpo.cycle.practice.routes import routes as practice_routes
from zetwpo.cycle.readiness import letters as readiness_letters
from zetwpo.cycle.readiness.routes import routes as readiness_routes
from zetwpo.cycle.recaps import letters as recap_letters
from zetwpo.cycle.recaps import parts as recap_parts
from zetwpo.cycle.recaps.routes import routes as recap_routes
from zetwpo.cycle.reflection.routes import routes as reflection_routes
from zetwpo.cycle.rescan import letters as rescan_letters
from zetwpo.cycle.rescan import notice as rescan_notice
from zetwpo.cycle.rescan.routes import routes as evolution_routes
from zetwpo.cycle.setting_up.routes import routes as setting_up_routes
from zetwpo.cycle.shelf import parts as shelf_parts
from zetwpo.cycle.shelf.partnership_routes import routes as partnership_shelf_routes
from zetwpo.cycle.shelf.reading_routes import routes as reading_routes
from zetwpo.cycle.shelf.routes import routes as shelf_routes
from zetwpo.cycle.team_message.routes import routes as team_message_routes
from zetwpo.cycle.trajectories import leaving
from zetwpo.cycle.trajectories import navigation as trajectory_navigation
from zetwpo.cycle.trajectories.routes import routes as trajectory_people_routes
from zetwpo.cycle.trajectories.sharing import GROUP as TRAJECTORY_GROUP
from zetwpo.database.engine import engine_options, prepare_engine
from zetwpo.demo.routes import routes as demo_routes
from zetwpo.errors import StartRefused
from zetwpo.extensions import compress, csrf, db, migrate
from zetwpo.home.routes import routes as home_routes
from zetwpo.library import (
    learning_questions,
    meeting_frames,
    methods,
    question_kit,
    questionnaires,
    reflections,
    respondents,
)
from zetwpo.library.queries import Kept
from zetwpo.mail import composing
from zetwpo.mail.rules import DecentHours
from zetwpo.methods.routes import routes as methods_routes
from zetwpo.partnerships import navigation
from zetwpo.partnerships.breaks.routes import routes as breaks_routes
from zetwpo.partnerships.identity import showing
from zetwpo.partnerships.identity.queries import identity_for
from zetwpo.partnerships.identity.routes import routes as identity_routes
from zetwpo.partnerships.importing.routes import routes as importing_routes
from zetwpo.partnerships.people import letters as people_letters
from zetwpo.partnerships.people.failed_routes import routes as failed_mails_routes
from zetwpo.partnerships.people.names_routes import routes as names_routes
from zetwpo.partnerships.people.routes import routes as people_routes
from zetwpo.partnerships.schools.routes import routes as schools_routes
from zetwpo.privacy import letters as privacy_letters
from zetwpo.privacy.routes import routes as privacy_routes
from zetwpo.privacy.statement_routes import routes as statement_routes
from zetwpo.private_files import make_database_file, make_folder, make_own_folder
from zetwpo.questionnaires.routes import routes as questionnaire_routes
from zetwpo.scan.feedback import letters as feedback_letters
from zetwpo.scan.feedback import links
from zetwpo.scan.feedback.asking_routes import routes as asking_routes
from zetwpo.scan.feedback.routes import routes as feedback_routes
from zetwpo.scan.result import charts
from zetwpo.scan.result.routes import routes as result_routes
from zetwpo.scan.result.sharing import ITEM as SCAN_ITEM
from zetwpo.scan.routes import routes as scan_routes
from zetwpo.scan.self_scan.routes import routes as self_scan_routes
from zetwpo.secret_key import get_secret_key
from zetwpo.server import edge, intake
from zetwpo.sharing import items as sharing
from zetwpo.sharing import letters as sharing_letters
from zetwpo.sharing.routes import routes as sharing_routes
from zetwpo.web import Application

# What rooms beside the agenda put on the pages of a meeting.
MEETING_PARTS: tuple[MeetingPart, ...] = (
    *shelf_parts.PARTS,
    *attendance_part.PARTS,
    *agreements_parts.PARTS,
    *common_question_parts.PARTS,
    *recap_parts.PARTS,
    *own_work_parts.PARTS,
)
# What rooms above put on somebody's own page in a trajectory.
OWN_NOTICES: tuple[Notice, ...] = (rescan_notice.of_person,)
BLUEPRINTS = (
    home_routes,
    accounts_routes,
    my_account_routes,
    address_routes,
    self_scan_routes,
    scan_routes,
    asking_routes,
    feedback_routes,
    result_routes,
    learning_question_routes,
    setting_up_routes,
    overview_routes,
    desk_routes,
    meetings_routes,
    calendar_routes,
    agenda_routes,
    meeting_room_routes,
    trajectory_people_routes,
    questions_routes,
    question_board_routes,
    common_question_routes,
    subgroups_routes,
    attendance_routes,
    agreements_routes,
    recap_routes,
    halfway_routes,
    readiness_routes,
    trajectory_dates_routes,
    trajectory_invitation_routes,
    mine_routes,
    opened_routes,
    plan_routes,
    plan_reading_routes,
    practice_routes,
    reflection_routes,
    pair_routes,
    portfolio_routes,
    certificate_routes,
    shelf_routes,
    partnership_shelf_routes,
    reading_routes,
    team_message_routes,
    evolution_routes,
    closing_routes,
    next_trajectory_routes,
    questionnaire_routes,
    methods_routes,
    sharing_routes,
    privacy_routes,
    statement_routes,
    identity_routes,
    schools_routes,
    breaks_routes,
    importing_routes,
    people_routes,
    names_routes,
    failed_mails_routes,
)
LETTERS = (
    accounts_letters,
    address_letters,
    feedback_letters,
    sharing_letters,
    privacy_letters,
    people_letters,
    meetings_letters,
    readiness_letters,
    recap_letters,
    halfway_letters,
    rescan_letters,
    trajectory_invitation_letters,
)
# What people can open to each other.
SHARED_ITEMS = (SCAN_ITEM, QUESTION_ITEM)
SHARED_GROUPS = (TRAJECTORY_GROUP,)


def create_app(settings: Settings | None = None) -> Application:
    """Make the application with these settings, by default those of the environment.

    Raises SettingsError and StartRefused with a text for whoever starts it.
    """
    # As Flask says where it runs a command; a server of somebody else's has ways of its own.
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        cli.end_at_once()
    settings = settings or read_settings()
    app = Application(
        "zetwpo",
        instance_path=str(settings.instance),
        static_folder=None,
        template_folder=str(ROOT / "templates"),
    )
    # A redirect by the routing itself would name the host and scheme that the request gave.
    app.url_map.merge_slashes = False
    _configure(app, settings)
    _bind_database(app)
    # In this order: whatever refuses a request knows its language, and then whose it is.
    i18n.init_app(app)
    intake.init_app(app, links.holds_link)
    guard.init_app(app)
    navigation.init_app(app)
    trajectory_navigation.init_app(app)
    for extension in (csrf, compress):
        extension.init_app(app)
    web.init_app(app)
    composing.init_app(app, is_stopped, identity_for, *(each.COMPOSERS for each in LETTERS))
    showing.init_app(app)
    sharing.init_app(app, SHARED_ITEMS, SHARED_GROUPS)
    meeting_parts.init_app(app, *MEETING_PARTS)
    moving_meetings.init_app(app, attendance_service.let_go)
    going_on.init_app(app, going_on.Agreed(next_step_of, fill_in_next_step))
    own_notices.init_app(app, *OWN_NOTICES)
    leaving.init_app(app, meetings_letters.tell_left)
    library = questionnaires.load()
    app.extensions["questionnaires"] = library
    app.extensions["kept_questionnaires"] = Kept()
    app.extensions["methods"] = known = methods.load()
    app.extensions["kept_methods"] = Kept()
    app.extensions["question_kit"] = question_kit.load()
    app.extensions["respondents"] = respondents.load(library, charts.FAMILIES)
    app.extensions["question_after"] = question_after
    app.extensions["learning_question_help"] = learning_questions.load(library)
    app.extensions[reflections.EXTENSION] = reflections.load()
    app.extensions["meeting_frames"] = meeting_frames.load(known)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.is_demo:
        app.register_blueprint(demo_routes)
    app.jinja_env.globals["has_demo_mailbox"] = settings.is_demo
    cli.init_app(app)
    assets.init_app(app, settings.instance / "static")
    edge.init_app(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    _make_folder(settings.instance, "ZETWPO_INSTANCE", make_folder)
    _make_folder(settings.files, "ZETWPO_SHELF_FOLDER", make_own_folder)
    app.extensions["settings"] = settings
    app.extensions["mail_hours"] = (
        DecentHours(0, 24)
        if settings.is_demo
        else DecentHours(settings.mail_from_hour, settings.mail_until_hour)
    )
    app.config.update(
        SECRET_KEY=get_secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        SESSION_COOKIE_NAME="__Host-zetwpo" if settings.is_https else "zetwpo",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # The token lives as long as the session; a page may stay open over a long lunch.
        WTF_CSRF_TIME_LIMIT=None,
        # A proxy in front may change the scheme that we see; the session decides.
        WTF_CSRF_SSL_STRICT=False,
        COMPRESS_BR_LEVEL=4,
        COMPRESS_ALGORITHM=["br", "gzip"],
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _make_folder(folder: Path, setting: str, make: Callable[[Path], object]) -> None:
    try:
        make(folder)
    except OSError as error:
        raise StartRefused(f"{folder} cannot be made: {error.strerror}.") from None
    if not os.access(folder, os.W_OK):
        raise StartRefused(f"{folder} cannot be written to; set {setting} to another folder.")


def _bind_database(app: Flask) -> None:
    address: str = app.config["SQLALCHEMY_DATABASE_URI"]
    try:
        make_database_file(address)
    except OSError as error:
        raise StartRefused(f"The database file cannot be made: {error.strerror}.") from None
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    # Flask-Migrate only hands `db` on to migrations/env.py, which is ours.
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
