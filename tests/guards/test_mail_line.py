"""The line to the mail server: encrypted, with the right certificate, or nothing goes over it."""

import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.ports import free_port
from tests.strict_mail import PASSWORD, USER, Certificates, Post, serving
from zetwpo.config import Settings
from zetwpo.mail import transport
from zetwpo.mail.message import Letter
from zetwpo.mail.rules import Failure
from zetwpo.mail.transport import NotNow, ServerTrouble, Undeliverable, mail_server

LETTER = Letter("Hello", "Text\n", "<p>Text</p>")
NOOR = "Noor@school.example"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates")).make_authority()


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """The authority is one of those that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    return certificates


def settings(port: int, security: str = "starttls", **changed: Any) -> Settings:
    usual: dict[str, Any] = {
        "base_url": "http://127.0.0.1",
        "secret_key": "not a secret, only long enough for tests",
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": security,
        "smtp_user": USER,
        "smtp_password": PASSWORD,
        "mail_sender": "De Linde, zetwpo <zetwpo@school.example>",
        "controller": "De Linde, Test Street 1, Testdorp",
        "contact": "help@school.example",
    }
    return Settings(**usual | changed)


def send(chosen: Settings, to: str = NOOR) -> None:
    with mail_server(chosen) as deliver:
        deliver(to, LETTER)


def refusal(chosen: Settings, to: str = NOOR) -> str:
    with pytest.raises(ServerTrouble) as caught:
        send(chosen, to)
    assert "school.example" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_the_right_certificate_mail_leaves(trusted: Certificates, security: str) -> None:
    post = Post()
    with serving(post, trusted.server("127.0.0.1"), at_once=security == "tls") as port:
        send(settings(port, security))
    assert post.passwords == [PASSWORD]
    assert post.senders == ["zetwpo@school.example"]
    assert post.recipients == [NOOR]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("wrong", ["self-signed", "other name", "unknown authority"])
def test_with_a_wrong_certificate_no_password_leaves(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch, security: str, wrong: str
) -> None:
    if wrong != "unknown authority":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    made = {
        "self-signed": lambda: certificates.self_signed("127.0.0.1"),
        "other name": lambda: certificates.server("mail.school.example"),
        "unknown authority": lambda: certificates.server("127.0.0.1"),
    }
    post = Post()
    with serving(post, made[wrong](), at_once=security == "tls") as port:
        assert "certificate" in refusal(settings(port, security))
    assert (post.passwords, post.senders) == ([], [])


def test_without_starttls_neither_password_nor_mail_leaves() -> None:
    post = Post()
    with serving(post) as port:
        assert "STARTTLS" in refusal(settings(port))
        assert "STARTTLS" in refusal(settings(port, smtp_user="", smtp_password=""))
    assert (post.passwords, post.senders) == ([], [])


def test_a_server_without_tls_is_none_with_tls() -> None:
    post = Post()
    with serving(post) as port:
        assert "TLS" in refusal(settings(port, "tls"))
    assert post.senders == []


def test_no_password_goes_over_an_open_line_to_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = Post()
    with serving(post) as port:
        open_line = settings(port, "none").model_copy(update={"smtp_host": "mail.school.example"})
        here = socket.create_connection
        monkeypatch.setattr(
            socket, "create_connection", lambda _where, *rest: here(("127.0.0.1", port), *rest)
        )
        assert "password" in refusal(open_line)
    assert (post.passwords, post.senders) == ([], [])


def test_a_wrong_password_is_told() -> None:
    post = Post(password="another one")
    with serving(post) as port:
        assert "password" in refusal(settings(port, "none"))
    assert post.senders == []


def test_a_server_that_wants_no_password_is_told_apart() -> None:
    with serving(Post(), takes_password=False) as port:
        assert "password" in refusal(settings(port, "none"))


@pytest.mark.parametrize("password", ["pässword", "\u20ac"])
def test_a_password_in_other_letters_is_our_trouble_and_no_mistake(password: str) -> None:
    with serving(Post()) as port:
        assert "password" in refusal(settings(port, "none", smtp_password=password))


def test_nobody_at_the_port_and_an_unknown_name_are_told() -> None:
    assert "cannot be reached" in refusal(settings(free_port()))
    assert "not known" in refusal(settings(25, smtp_host="mail.invalid"))


@pytest.mark.parametrize("greeting", [b"554 No service\r\n", b"421 Later\r\n", b"Hello?\r\n", b""])
def test_whatever_greets_otherwise_is_no_mail_server(greeting: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            connection, _address = listening.accept()
            with connection:
                connection.sendall(greeting)

        thread = threading.Thread(target=greet)
        thread.start()
        assert refusal(settings(listening.getsockname()[1], "none"))
        thread.join()


@pytest.mark.parametrize("answer", ["550 5.7.1 Sender refused", "451 Later", "530 Log in first"])
def test_who_refuses_our_sender_refuses_us_and_not_the_addressee(answer: str) -> None:
    with serving(Post(to_sender=answer)) as port:
        assert answer[:3] in refusal(settings(port, "none"))


@pytest.mark.parametrize("stage", ["recipient", "content"])
def test_a_refusal_for_good_says_why_and_a_passing_one_passes(stage: str) -> None:
    for answer, failure in [
        ("550 5.1.1 User unknown", Failure.UNKNOWN_ADDRESS),
        ("552 5.2.2 Over quota", Failure.MAILBOX_FULL),
        ("554 5.7.1 Refused as spam", Failure.REFUSED),
        ("554 5.7.1 Relay access denied", None),
        ("451 4.7.1 Greylisted", None),
    ]:
        post = Post(to_content=answer) if stage == "content" else Post(to_recipient={"": answer})
        with (
            serving(post) as port,
            pytest.raises(Undeliverable if failure else NotNow) as caught,
        ):
            send(settings(port, "none"))
        assert getattr(caught.value, "failure", None) is failure
        assert answer.removeprefix(answer[:4]) in caught.value.answer


def test_letters_before_the_at_need_a_server_that_takes_them() -> None:
    post = Post()
    with serving(post) as port:
        send(settings(port, "none"), "nöor@straße.example")
    assert post.recipients == ["nöor@xn--strae-oqa.example"]
    post = Post()
    with (
        serving(post, takes_letters=False) as port,
        pytest.raises(Undeliverable) as caught,
    ):
        send(settings(port, "none"), "nöor@school.example")
    assert caught.value.failure is Failure.UNWRITABLE
    assert post.senders == []


@pytest.mark.parametrize("address", ["a@b..example", "@", f"a@{'b' * 70}.example", "a\n@b.example"])
def test_what_is_no_address_is_found_out_before_the_server_is(address: str) -> None:
    post = Post()
    with serving(post) as port, pytest.raises(Undeliverable) as caught:
        send(settings(port, "none"), address)
    assert caught.value.failure is Failure.UNWRITABLE
    assert post.senders == []


def test_a_server_that_takes_for_ever_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that sends a byte now and then, so that no single answer takes too long."""
    monkeypatch.setattr(transport, "LONGEST_SEND", transport.LONGEST_SEND / 30)
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _address = listening.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 Hello\r\n")
                lines.readline()
                connection.sendall(b"250 Hello\r\n")
                lines.readline()
                # It ends some time, for the day on which nobody cuts it off.
                for _byte in range(100):
                    if ended.wait(0.2):
                        return
                    try:
                        connection.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        start = time.monotonic()
        with pytest.raises((NotNow, ServerTrouble)):
            send(settings(listening.getsockname()[1], "none", smtp_user="", smtp_password=""))
        assert time.monotonic() - start < 10
        ended.set()
        thread.join()


def test_the_demo_sends_nothing_anywhere(tmp_path: Path) -> None:
    send(Settings(mode="demo", instance=tmp_path))
