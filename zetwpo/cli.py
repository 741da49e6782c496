"""Commands for whoever runs this: serve, worker, tidy, check, people."""

import gc
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from markupsafe import escape

from zetwpo.accounts import service as accounts
from zetwpo.accounts.actors import Role
from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.addresses import NotAnAddress, clean_address
from zetwpo.characters import is_blank, without_controls
from zetwpo.cycle import sweeping
from zetwpo.database.schema import refuse_old_database, upgrade_database
from zetwpo.demo.data import load_demo, refuse_real_people
from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.mail import worker as mail_worker
from zetwpo.mail.message import Letter
from zetwpo.mail.transport import MailTrouble, mail_server
from zetwpo.partnerships.people import service as people
from zetwpo.privacy import tidying
from zetwpo.scan.feedback.queries import check_roles
from zetwpo.scan.responses.queries import check_versions
from zetwpo.server.connections import LEAVE_SECONDS, Server, listen
from zetwpo.web import settings

# How whoever runs this asks it to end.
END = (signal.SIGTERM, signal.SIGINT)


def _prepare(see_to_tables: Callable[[], None] = refuse_old_database) -> None:
    """See to it that the database fits this version, or say in a sentence why it does not."""
    try:
        see_to_tables()
        check_versions()
        check_roles()
        if settings().is_demo:
            refuse_real_people()
    except StartRefused as refusal:
        _stop(str(refusal))
    db.session.rollback()


@click.command("serve")
@click.option(
    "--worker/--no-worker", default=True, help="Send mails and tidy from this process as well."
)
@with_appcontext
def serve(worker: bool) -> None:
    """Start the web server, after bringing the database up to date."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    chosen = settings()
    try:
        listening = listen(chosen)
    except StartRefused as refusal:
        _stop(str(refusal))
    _prepare(upgrade_database)
    if chosen.is_demo:
        load_demo()
        db.session.commit()
    server = Server(app, listening)
    stop = threading.Event()
    jobs = _start_jobs(app, stop) if worker else []
    click.echo(f"zetwpo is open at {chosen.public_url}  (stop with Ctrl-C)")
    for number in END:
        signal.signal(number, lambda _number, _frame: server.stop())
    # What is loaded by now stays: the collector need not look through it on every request.
    gc.collect()
    gc.freeze()
    server.run()
    _end_jobs(jobs, stop)


def end_at_once() -> None:
    """While starting, be stopped by whoever asks; what was not finished did not happen.

    Python's own way, an exception wherever it is just then, gets lost where that is an import.
    """
    for number in END:
        signal.signal(number, signal.SIG_DFL)


def _start_jobs(app: Flask, stop: threading.Event) -> list[threading.Thread]:
    """Do what is done beside answering: send mails, queue reminders, and tidy every day."""
    return [each.start_thread(app, stop) for each in (mail_worker, sweeping, tidying)]


def _end_jobs(jobs: list[threading.Thread], stop: threading.Event) -> None:
    stop.set()
    for job in jobs:
        job.join(LEAVE_SECONDS)


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send the mails of the outbox, and tidy every day, until stopped; see `serve --no-worker`."""
    _prepare()
    click.echo("zetwpo sends mail  (stop with Ctrl-C)")
    # Taken below, and by nobody else: the threads inherit this.
    signal.pthread_sigmask(signal.SIG_BLOCK, END)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    stop = threading.Event()
    jobs = _start_jobs(app, stop)
    signal.sigwait(END)
    _end_jobs(jobs, stop)


@click.command("tidy")
@with_appcontext
def tidy_command() -> None:
    """Delete everything whose time is up at once; the worker does it every day."""
    _prepare()
    tidying.tidy()


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return clean_address(value)
    except NotAnAddress:
        raise click.BadParameter(f"{value!r} is no mail address.") from None


def _address_if_given(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    return _address(context, parameter, value) if value else None


@click.command("check")
@click.option("--mail", "address", callback=_address_if_given, help="Send a test mail to here.")
@with_appcontext
def check(address: str | None) -> None:
    """Bring the database up to date; say whether it, the settings and the content are in order.

    With an address also whether mail leaves.
    """
    _prepare(upgrade_database)
    if address:
        _send_test_mail(address)
    click.echo("In order.")


def _send_test_mail(address: str) -> None:
    if settings().is_demo:
        _stop("The demo sends no mail: it shows what it would send in its mailbox.")
    sentence = f"This mail shows that zetwpo at {settings().public_url} can send mail."
    letter = Letter("zetwpo sends mail", f"{sentence}\n", f"<p>{escape(sentence)}</p>")
    try:
        with mail_server(settings()) as deliver:
            deliver(address, letter)
    except MailTrouble as trouble:
        answer = f"\nIt said: {trouble.answer}" if trouble.answer else ""
        _stop(f"No mail leaves. {trouble}{answer}")
    click.echo(f"The mail server took a test mail to {address}.")


def _name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    name = " ".join(without_controls(value).split())
    if is_blank(name) or len(name) > LONGEST_NAME:
        raise click.BadParameter(f"A name has 1 to {LONGEST_NAME} characters.")
    return name


@click.command("start-partnership")
@click.argument("name", callback=_name)
@click.argument("person", callback=_name)
@click.argument("address", callback=_address)
@with_appcontext
def start_partnership(name: str, person: str, address: str) -> None:
    """Make a partnership called NAME; PERSON at ADDRESS is its first administrator."""
    _prepare()
    _refuse_demo()
    try:
        started = people.start_partnership(name, person, address)
    except people.PartnershipExists:
        _stop(
            f"There is a partnership called {name} already. Its administrators invite people in "
            "the browser; without any, add-person makes somebody administrator."
        )
    db.session.commit()
    if started.name != person:
        click.echo(f"{address} has an account already. It stays on the name of {started.name}.")
    click.echo(
        f"{name} is there. {started.name} is its administrator, and gets a welcome at {address}."
    )


def _refuse_demo() -> None:
    if settings().is_demo:
        _stop("The demo has people of its own. Real people need a server that is not the demo.")


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
    """Give somebody an account without writing to them; they sign in with a link by mail.

    For a partnership whose last administrator left. The browser does all else.
    """
    _prepare()
    _refuse_demo()
    accounts.add_person(name, email, [Role(role) for role in roles], partnership)
    db.session.commit()
    click.echo(f"{name} can sign in now.")


def init_app(app: Flask) -> None:
    """Add our commands to `flask`."""
    for each in (serve, worker, tidy_command, check, start_partnership, add_person):
        app.cli.add_command(each)
