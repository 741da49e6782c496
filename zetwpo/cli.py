"""Commands for whoever runs this: serve, worker, tidy, check, people."""

import errno
import gc
import signal
import socket
import sys
import threading
from types import FrameType
from typing import NoReturn

import click
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress.server import create_server

from zetwpo.accounts import service as accounts
from zetwpo.accounts.policy import Role
from zetwpo.accounts.rules import LONGEST_NAME, is_address
from zetwpo.config import Settings
from zetwpo.demo.data import load_demo, refuse_real_people
from zetwpo.errors import StartRefused
from zetwpo.extensions import db, migrate
from zetwpo.mail import worker as mail_worker
from zetwpo.privacy.service import tidy
from zetwpo.scan.responses.queries import check_versions
from zetwpo.turns import THREADS
from zetwpo.web import settings


def upgrade_database() -> None:
    """Bring the tables to this version.

    Raises StartRefused where the database was made by a newer version of this program.
    """
    config: Config = migrate.get_config()
    script = ScriptDirectory.from_config(config)
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == script.get_current_head():
        return
    if found and found not in {revision.revision for revision in script.walk_revisions()}:
        raise StartRefused(
            f"The database was made by a newer version of zetwpo (step {found}). "
            "Start that version, or put back a backup that belongs to this one."
        )
    command.upgrade(config, "head")


def _prepare() -> None:
    """Bring the database up to date, or say in a sentence why that cannot be."""
    try:
        upgrade_database()
        check_versions()
        if settings().is_demo:
            refuse_real_people()
    except StartRefused as refusal:
        _stop(str(refusal))
    db.session.rollback()


@click.command("serve")
@click.option("--worker/--no-worker", default=True, help="Send mails from this process as well.")
@with_appcontext
def serve(worker: bool) -> None:
    """Start the web server, after bringing the database up to date."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    chosen = settings()
    listening = _listen(chosen)
    _prepare()
    if chosen.is_demo:
        load_demo()
        db.session.commit()
    server = create_server(app, sockets=[listening], threads=THREADS, ident=None)
    stop = threading.Event()
    if worker:
        mail_worker.start_thread(app, stop)
    click.echo(f"zetwpo is open at {chosen.public_url}  (stop with Ctrl-C)")
    _on_terminate()
    # What is loaded by now stays: the collector need not look through it on every request.
    gc.collect()
    gc.freeze()
    try:
        server.run()
    finally:
        stop.set()


def _listen(chosen: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((chosen.host, chosen.port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            _stop(
                f"Port {chosen.port} is in use by another program. Stop that program, or "
                f"choose another port, for example: make run PORT={chosen.port + 1}"
            )
        _stop(f"{chosen.host}:{chosen.port} cannot be opened ({error.strerror}).")
    return listening


def _on_terminate() -> None:
    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send the mails of the outbox until stopped; beside `serve --no-worker`."""
    _prepare()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    click.echo("zetwpo sends mail  (stop with Ctrl-C)")
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    mail_worker.run(app, stop)


@click.command("tidy")
@with_appcontext
def tidy_command() -> None:
    """Delete everything whose time is up; once a day is enough."""
    _prepare()
    tidy()
    db.session.commit()


@click.command("check")
@with_appcontext
def check() -> None:
    """Say whether the settings, the content and the database are in order."""
    _prepare()
    click.echo("In order.")


def _name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not value.strip() or len(value) > LONGEST_NAME:
        raise click.BadParameter(f"A name has 1 to {LONGEST_NAME} characters.")
    return value


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not is_address(value):
        raise click.BadParameter(f"{value!r} is no mail address.")
    return value


@click.command("add-person")
@click.argument("name", callback=_name)
@click.argument("email", callback=_address)
@click.option("--role", "roles", type=click.Choice([role.value for role in Role]), multiple=True)
@click.option(
    "--partnership",
    required=True,
    callback=_name,
    help="Made when there is none with this name yet.",
)
@with_appcontext
def add_person(name: str, email: str, roles: tuple[str, ...], partnership: str) -> None:
    """Give somebody an account; they sign in with a link by mail."""
    _prepare()
    if settings().is_demo:
        _stop("The demo has people of its own. Real people need a server that is not the demo.")
    accounts.add_person(name, email, [Role(role) for role in roles], partnership)
    db.session.commit()
    click.echo(f"{name} can sign in now.")


def init_app(app: Flask) -> None:
    """Add our commands to `flask`."""
    for each in (serve, worker, tidy_command, check, add_person):
        app.cli.add_command(each)
