"""The settings: production does not start without what it needs, and says what that is."""

import os
import secrets
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from zetwpo.config import ROOT, SettingsError, read_settings

COMPLETE = {
    "ZETWPO_BASE_URL": "https://scan.school.example",
    "ZETWPO_SECRET_KEY": "1f3f08a9c5d27be46a90cd1835be27f4",
    "ZETWPO_SMTP_HOST": "mail.school.example",
    "ZETWPO_MAIL_SENDER": "scan@school.example",
    "ZETWPO_CONTROLLER": "Stichting De Linde, Kerkstraat 1, 1234 AB Lindedorp",
    "ZETWPO_CONTACT": "hulp@school.example",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with all that production needs and nothing else of ours."""
    for name in [name for name in os.environ if name.upper().startswith("ZETWPO_")]:
        monkeypatch.delenv(name)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return str(caught.value)


def test_a_complete_environment_is_production(environment: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    assert settings.mode == "production"
    assert not settings.is_demo
    assert settings.is_https
    assert settings.host == "127.0.0.1"
    assert settings.smtp_security == "starttls"


@pytest.mark.parametrize("name", COMPLETE)
def test_what_is_missing_is_named_and_nothing_else_is(
    environment: pytest.MonkeyPatch, name: str
) -> None:
    environment.delenv(name)
    assert refusal().split()[0] == name
    assert refusal().count("ZETWPO_") == 1


@pytest.mark.parametrize("name", COMPLETE)
def test_what_is_empty_is_missing(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv(name, "")
    assert refusal().split()[0] == name


def test_all_that_is_missing_is_named_at_once_a_line_each(environment: pytest.MonkeyPatch) -> None:
    for name in COMPLETE:
        environment.delenv(name)
    assert {line.split()[0] for line in refusal().splitlines()} == set(COMPLETE)


def test_a_short_key_is_refused_and_not_repeated(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ZETWPO_SECRET_KEY", "too-short-a-key" + "k" * 16)
    assert "ZETWPO_SECRET_KEY" in refusal()
    assert "32" in refusal()
    assert "too-short-a-key" not in refusal()


@pytest.mark.parametrize(
    "key",
    [
        "k" * 40,
        "ab" * 20,
        "0123456789" * 4,
        "changeme" * 6,
        "change-me-" * 4,
        "secret" * 8,
        "abcdefghijklmnopqrstuvwxyz0123456789",
        " " * 64,
        "k" * 60 + "1234",
        "\u00e9" * 40,
        "12" * 20 + "!a",
    ],
)
def test_a_key_that_can_be_guessed_is_refused(environment: pytest.MonkeyPatch, key: str) -> None:
    environment.setenv("ZETWPO_SECRET_KEY", key)
    assert refusal().startswith("ZETWPO_SECRET_KEY can be guessed")
    assert key.strip() == "" or key not in refusal()


def test_what_chance_makes_is_a_key(environment: pytest.MonkeyPatch) -> None:
    for _time in range(200):
        for key in (secrets.token_hex(16), secrets.token_urlsafe(48), str(uuid.uuid4())):
            environment.setenv("ZETWPO_SECRET_KEY", key)
            assert read_settings().secret_key.get_secret_value() == key


@pytest.mark.parametrize(
    "address",
    [
        "https://scan.school.example?next=x",
        "https://scan.school.example/?",
        "https://scan.school.example/#top",
        "https://scan.school.example#",
        "https://robin@scan.school.example",
        "https://robin:word@scan.school.example",
        "https://@scan.school.example",
        "https://scan.school.example/scan",
        "https://scan.school.example/scan/",
        "http://robin@127.0.0.1:8000",
        "https://scan.school.example\\@evil.example",
    ],
)
def test_an_address_with_more_than_the_site_is_refused(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("ZETWPO_BASE_URL", address)
    assert refusal().startswith("ZETWPO_BASE_URL must")
    assert "word" not in refusal()


@pytest.mark.parametrize("port", ["99999", "0", "-1", "http", "8000:8000"])
def test_an_address_with_no_port_that_exists_is_refused(
    environment: pytest.MonkeyPatch, port: str
) -> None:
    environment.setenv("ZETWPO_BASE_URL", f"https://scan.school.example:{port}")
    assert refusal().startswith("ZETWPO_BASE_URL must")


@pytest.mark.parametrize(
    "host",
    ["[", "[::1", "a" * 70 + ".example", "scan school.example", "a..b", "", "stra\u00dfe.nl"],
)
def test_an_address_of_no_machine_is_refused(environment: pytest.MonkeyPatch, host: str) -> None:
    environment.setenv("ZETWPO_BASE_URL", f"https://{host}")
    assert refusal().startswith("ZETWPO_BASE_URL must")


@pytest.mark.parametrize(
    "host", ["mail.school.example:587", "smtp://mail.school.example", "robin@mail", "mail/", "a b"]
)
def test_a_mail_server_is_a_name_and_no_more(environment: pytest.MonkeyPatch, host: str) -> None:
    environment.setenv("ZETWPO_SMTP_HOST", host)
    assert refusal().startswith("ZETWPO_SMTP_HOST must")


@pytest.mark.parametrize("host", ["mail.school.example", "192.168.1.10", "128.0.0.1", "::2"])
def test_a_password_does_not_travel_open_to_another_machine(
    environment: pytest.MonkeyPatch, host: str
) -> None:
    environment.setenv("ZETWPO_SMTP_HOST", host)
    environment.setenv("ZETWPO_SMTP_SECURITY", "none")
    assert read_settings().smtp_host == host
    environment.setenv("ZETWPO_SMTP_USER", "zetwpo")
    environment.setenv("ZETWPO_SMTP_PASSWORD", "a word of passing")
    assert refusal().startswith("ZETWPO_SMTP_SECURITY must be starttls or tls")
    assert "a word of passing" not in refusal()
    environment.setenv("ZETWPO_SMTP_SECURITY", "starttls")
    assert read_settings().smtp_host == host


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.1.1", "::1", "LocalHost"])
def test_on_this_machine_a_password_may_go_as_it_is(
    environment: pytest.MonkeyPatch, host: str
) -> None:
    environment.setenv("ZETWPO_SMTP_HOST", host)
    environment.setenv("ZETWPO_SMTP_SECURITY", "none")
    environment.setenv("ZETWPO_SMTP_USER", "zetwpo")
    environment.setenv("ZETWPO_SMTP_PASSWORD", "a word of passing")
    assert read_settings().smtp_host == host


def test_a_user_of_the_mail_server_has_a_password(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ZETWPO_SMTP_USER", "zetwpo")
    assert refusal().startswith("ZETWPO_SMTP_PASSWORD is missing")


@pytest.mark.parametrize(
    "address",
    [
        "mysql://robin:word@host/name",
        "postgresql//host",
        "postgresql://h:p:x",
        "postgresql+psycopg2://robin:word@host/name",
        "postgresql+asyncpg://robin:word@host/name",
        "name",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_a_database_that_is_none_of_ours_is_refused(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("ZETWPO_DATABASE_URL", address)
    assert refusal().startswith("ZETWPO_DATABASE_URL must")
    assert "robin" not in refusal()


@pytest.mark.parametrize(
    "address",
    [
        "http://scan.school.example",
        "http://127.0.0.1.school.example",
        "http://localhost.school.example:8000",
        "http://localhost@school.example",
        "scan.school.example",
        "//scan.school.example",
        "ftp://127.0.0.1",
        "https://",
        "https:scan.school.example",
        "https:///scan",
    ],
)
def test_an_address_that_is_none_or_not_encrypted_is_refused(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("ZETWPO_BASE_URL", address)
    assert refusal().startswith("ZETWPO_BASE_URL must")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"]
)
def test_on_this_machine_no_encryption_is_needed(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("ZETWPO_BASE_URL", address)
    settings = read_settings()
    assert settings.public_url == address
    assert not settings.is_https


@pytest.mark.parametrize("address", ["https://scan.school.example/", "https://school.example//"])
def test_the_public_address_has_no_slash_at_the_end(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("ZETWPO_BASE_URL", address)
    assert read_settings().public_url == address.rstrip("/")


@pytest.mark.parametrize(
    "address", ["HTTPS://scan.school.example", " https://scan.school.example\n"]
)
def test_an_encrypted_address_is_one_however_it_is_typed(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("ZETWPO_BASE_URL", address)
    settings = read_settings()
    assert settings.is_https
    assert settings.public_url == address.strip()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "school.example", ""])
def test_the_demo_opens_on_this_machine_only(environment: pytest.MonkeyPatch, host: str) -> None:
    environment.setenv("ZETWPO_MODE", "demo")
    environment.setenv("ZETWPO_HOST", host)
    assert "ZETWPO_HOST" in refusal()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("localhost", "http://localhost:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_demo_needs_nothing_else(
    environment: pytest.MonkeyPatch, host: str, address: str
) -> None:
    for name in COMPLETE:
        environment.delenv(name)
    environment.setenv("ZETWPO_MODE", "demo")
    environment.setenv("ZETWPO_HOST", host)
    settings = read_settings()
    assert settings.is_demo
    assert settings.public_url == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZETWPO_MODE", "test"),
        ("ZETWPO_PORT", "0"),
        ("ZETWPO_PORT", "65536"),
        ("ZETWPO_PORT", "http"),
        ("ZETWPO_PROXIES", "-1"),
        ("ZETWPO_SMTP_PORT", "smtp"),
        ("ZETWPO_SMTP_PORT", "0"),
        ("ZETWPO_SMTP_PORT", "65536"),
        ("ZETWPO_SMTP_SECURITY", "ssl"),
        ("ZETWPO_MAIL_FROM_HOUR", "24"),
        ("ZETWPO_MAIL_UNTIL_HOUR", "25"),
        ("ZETWPO_SIGN_IN_LIMIT", "ten an hour"),
        ("ZETWPO_LINK_LIMIT", ""),
    ],
)
def test_a_wrong_value_is_named(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    assert refusal().startswith(f"{name}: ")


@pytest.mark.parametrize(("first", "last"), [("21", "7"), ("9", "9")])
def test_mail_has_at_least_an_hour(environment: pytest.MonkeyPatch, first: str, last: str) -> None:
    environment.setenv("ZETWPO_MAIL_FROM_HOUR", first)
    environment.setenv("ZETWPO_MAIL_UNTIL_HOUR", last)
    assert "ZETWPO_MAIL_FROM_HOUR" in refusal()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@host:5432/scan", "postgresql+psycopg://u:p@host:5432/scan"),
        ("postgresql://u:p@host/scan", "postgresql+psycopg://u:p@host/scan"),
        ("postgresql://u:a%3A%2F%2Fb@host/scan", "postgresql+psycopg://u:a%3A%2F%2Fb@host/scan"),
        ("postgresql+psycopg://u:p@host/scan", "postgresql+psycopg://u:p@host/scan"),
        ("postgres://host/scan?passfile=a://b", "postgresql+psycopg://host/scan?passfile=a://b"),
        ("sqlite:////srv/scan.sqlite3", "sqlite:////srv/scan.sqlite3"),
    ],
)
def test_an_address_of_postgresql_gets_our_driver(
    environment: pytest.MonkeyPatch, given: str, used: str
) -> None:
    environment.setenv("ZETWPO_DATABASE_URL", given)
    assert read_settings().database == used
    assert sa.make_url(used).get_dialect().name in {"postgresql", "sqlite"}


@pytest.mark.parametrize(
    "folder", ["instance", "with a space", "caf\u00e9", "a#b", "a@b:c", "why?", "a%20b"]
)
def test_the_database_is_a_file_in_the_instance_folder(
    environment: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    environment.setenv("ZETWPO_INSTANCE", str(tmp_path / folder))
    found = sa.make_url(read_settings().database)
    assert found.get_backend_name() == "sqlite"
    assert found.database == str(tmp_path / folder / "zetwpo.sqlite3")


def test_an_instance_folder_is_looked_for_from_here(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.chdir(tmp_path)
    environment.setenv("ZETWPO_INSTANCE", "data")
    assert read_settings().instance == tmp_path / "data"


def test_the_instance_folder_is_beside_the_code(environment: pytest.MonkeyPatch) -> None:
    assert read_settings().instance == ROOT / "instance"


def test_no_secret_shows_when_settings_are_printed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ZETWPO_SMTP_PASSWORD", "open-sesame")
    printed = repr(read_settings())
    assert "open-sesame" not in printed
    assert COMPLETE["ZETWPO_SECRET_KEY"] not in printed


@pytest.mark.parametrize("name", ["BROWSER_LIMIT", "SIGN_IN_LIMIT", "LINK_LIMIT"])
@pytest.mark.parametrize("words", ["", "20", "often", "20 per fortnight", "0 per hour"])
def test_a_limit_that_means_nothing_is_refused(
    environment: pytest.MonkeyPatch, name: str, words: str
) -> None:
    environment.setenv(f"ZETWPO_{name}", words)
    assert f"ZETWPO_{name}" in refusal()


@pytest.mark.parametrize(
    "sender",
    ["De Linde", "De Linde, scan@school.nl", "a@school.nl, b@school.nl", "scan@", "Linde <scan>"],
)
def test_a_sender_from_whom_no_mail_can_come_is_refused(
    environment: pytest.MonkeyPatch, sender: str
) -> None:
    environment.setenv("ZETWPO_MAIL_SENDER", sender)
    assert refusal().startswith("ZETWPO_MAIL_SENDER must")


@pytest.mark.parametrize(
    "sender", ["scan@school.nl", "De Linde, zetwpo <scan@school.nl>", "zetwpo@localhost"]
)
def test_a_sender_may_have_a_name_with_a_comma(
    environment: pytest.MonkeyPatch, sender: str
) -> None:
    environment.setenv("ZETWPO_MAIL_SENDER", sender)
    assert read_settings().mail_sender == sender


@pytest.mark.parametrize("name", ["CONTACT", "PRIVACY_CONTACT"])
@pytest.mark.parametrize(
    "address", ["De Linde", "help@", "a@school.nl, b@school.nl", "Help <help@school.nl>"]
)
def test_a_contact_that_no_mail_reaches_is_refused(
    environment: pytest.MonkeyPatch, name: str, address: str
) -> None:
    environment.setenv(f"ZETWPO_{name}", address)
    assert refusal().startswith(f"ZETWPO_{name} must")


@pytest.mark.parametrize("name", ["De Linde\nKerkstraat 1", "x" * 241, "\u200b"])
def test_a_controller_stands_on_one_line(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv("ZETWPO_CONTROLLER", name)
    assert refusal().startswith("ZETWPO_CONTROLLER must")


def test_the_demo_needs_neither_a_controller_nor_a_contact(
    environment: pytest.MonkeyPatch,
) -> None:
    for name in COMPLETE:
        environment.delenv(name)
    environment.setenv("ZETWPO_MODE", "demo")
    assert read_settings().controller == read_settings().contact == ""
