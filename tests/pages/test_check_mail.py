"""`flask check --mail` goes the whole way to a mailbox, or says at which step it ends."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from tests.browser.ports import free_port
from tests.strict_mail import Post, serving

NOOR = "Noor@school.example"


@pytest.fixture
def check(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> Callable[..., Result]:
    """Runs the check with these settings."""

    def run(*words: str, **settings: object) -> Result:
        app = make_app(database_url=new_database("sqlite"), **settings)
        return app.test_cli_runner().invoke(args=["check", *words])

    return run


def test_a_mail_arrives(check: Callable[..., Result]) -> None:
    post = Post()
    with serving(post) as port:
        sender = "De Linde, zetwpo <zetwpo@sender.example>"
        result = check("--mail", f"Noor <{NOOR}>", smtp_port=port, mail_sender=sender)
    assert (result.exit_code, post.recipients) == (0, [NOOR])
    assert post.senders == ["zetwpo@sender.example"]
    assert NOOR in result.output


def test_without_an_address_nothing_is_sent(check: Callable[..., Result]) -> None:
    assert check(smtp_port=free_port()).exit_code == 0


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (Post(to_sender="550 Who are you?"), "Who are you?"),
        (Post(to_recipient={"": "550 5.1.1 Never heard of"}), "Never heard of"),
        (Post(to_content="554 5.7.1 Spam"), "Spam"),
    ],
    ids=["sender", "addressee", "content"],
)
def test_what_the_server_says_is_passed_on(
    check: Callable[..., Result], post: Post, words: str
) -> None:
    with serving(post) as port:
        result = check("--mail", NOOR, smtp_port=port)
    assert result.exit_code == 1
    assert words in result.output
    assert "In order" not in result.output


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "cannot be reached"),
        ({"smtp_host": "mail.invalid"}, "not known"),
        ({"smtp_security": "starttls", "smtp_port": None}, "STARTTLS"),
        ({"smtp_security": "tls", "smtp_port": None}, "TLS"),
        ({"smtp_user": "u", "smtp_password": "wrong", "smtp_port": None}, "password"),
    ],
    ids=["away", "name", "starttls", "tls", "password"],
)
def test_trouble_on_the_way_is_one_sentence_without_a_traceback(
    check: Callable[..., Result], settings: dict[str, object], words: str
) -> None:
    with serving(Post()) as port:
        chosen = {"smtp_port": free_port()} | settings
        if chosen["smtp_port"] is None:
            chosen["smtp_port"] = port
        result = check("--mail", NOOR, **chosen)
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output


def test_what_is_no_address_is_refused(check: Callable[..., Result]) -> None:
    assert check("--mail", "noor").exit_code == 2


def test_the_demo_says_that_it_sends_nothing(check: Callable[..., Result]) -> None:
    result = check("--mail", NOOR, mode="demo", base_url="")
    assert (result.exit_code, "mailbox" in result.output) == (1, True)
