"""Typed settings from the environment; a production server does not start without what it needs."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from limits import parse_many
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL

from zetwpo.settings_rules import (
    address_problem,
    contact_problem,
    database_problem,
    host_problem,
    is_this_machine,
    key_problem,
    organisation_problem,
    sender_problem,
)

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """The environment does not hold what this application needs; the text says what to change."""


class Settings(BaseSettings):
    """All that differs between one installation and the next. Variables start with ZETWPO_."""

    model_config = SettingsConfigDict(env_prefix="ZETWPO_", frozen=True)

    # Closed unless opened: whoever says nothing gets the strict mode.
    mode: Literal["production", "demo"] = "production"
    instance: Path = ROOT / "instance"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = ""
    secret_key: SecretStr = SecretStr("")
    database_url: str = ""
    proxies: int = Field(default=0, ge=0, le=5)

    # Who "we" are where nobody knows which partnership somebody belongs to.
    controller: str = ""
    contact: str = ""
    privacy_contact: str = ""

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_sender: str = ""
    # Invitations leave between these hours, Dutch time; 0 and 24 means at any hour.
    mail_from_hour: int = Field(default=7, ge=0, le=23)
    mail_until_hour: int = Field(default=21, ge=1, le=24)

    # Where what people put on shelves lies; in the instance folder where this says nothing.
    shelf_folder: Path | None = None
    # Of the files on all shelves of one partnership, in megabytes (1024 * 1024 bytes).
    shelf_megabytes: int = Field(default=1000, ge=10)

    # Of one browser, for one address; and of one network, which can be a whole school.
    browser_limit: str = "20 per 15 minutes"
    sign_in_limit: str = "1000 per 15 minutes"
    link_limit: str = "2000 per 15 minutes"

    @field_validator(
        *("base_url", "smtp_host", "host", "controller", "contact", "privacy_contact"),
        mode="before",
    )
    @classmethod
    def _strip(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("instance", "shelf_folder", mode="after")
    @classmethod
    def _from_here(cls, value: Path | None) -> Path | None:
        return value.absolute() if value else None

    @field_validator("browser_limit", "sign_in_limit", "link_limit", mode="after")
    @classmethod
    def _is_limit(cls, value: str) -> str:
        # Otherwise it would be found out with the first request, and there would be no limit.
        try:
            amounts = [limit.amount for limit in parse_many(value)]
        except ValueError:
            raise ValueError('write it like "20 per 15 minutes"') from None
        if min(amounts) < 1:
            raise ValueError("a limit of 0 keeps everybody out")
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        problems = self._problems()
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _problems(self) -> list[str]:
        found = {
            "ZETWPO_MAIL_FROM_HOUR": "must be before ZETWPO_MAIL_UNTIL_HOUR"
            if self.mail_from_hour >= self.mail_until_hour
            else "",
            "ZETWPO_BASE_URL": address_problem(self.base_url) if self.base_url else "",
            "ZETWPO_DATABASE_URL": database_problem(self.database_url),
            "ZETWPO_CONTROLLER": organisation_problem(self.controller) if self.controller else "",
            "ZETWPO_CONTACT": contact_problem(self.contact) if self.contact else "",
            "ZETWPO_PRIVACY_CONTACT": contact_problem(self.privacy_contact)
            if self.privacy_contact
            else "",
        }
        found |= self._demo_problems() if self.is_demo else self._production_problems()
        return [f"{name} {problem}" for name, problem in found.items() if problem]

    def _demo_problems(self) -> dict[str, str]:
        if is_this_machine(self.host):
            return {}
        return {"ZETWPO_HOST": "must stay 127.0.0.1: the demo opens on this machine only"}

    def _production_problems(self) -> dict[str, str]:
        password = self.smtp_password.get_secret_value()
        found = {
            "ZETWPO_SECRET_KEY": key_problem(self.secret_key.get_secret_value()),
            "ZETWPO_SMTP_HOST": host_problem(self.smtp_host) if self.smtp_host else "is missing",
            "ZETWPO_MAIL_SENDER": sender_problem(self.mail_sender),
            # Without it nobody would sign in there, and no mail might leave.
            "ZETWPO_SMTP_PASSWORD": "is missing: there is a ZETWPO_SMTP_USER"
            if self.smtp_user and not password
            else "",
        }
        if not self.base_url:
            found["ZETWPO_BASE_URL"] = "is missing"
        if not self.controller:
            found["ZETWPO_CONTROLLER"] = (
                "is missing: the organisation that answers for the data, with its address"
            )
        if not self.contact:
            found["ZETWPO_CONTACT"] = "is missing: the mail address where people get help"
        if password and self.smtp_security == "none" and not is_this_machine(self.smtp_host):
            found["ZETWPO_SMTP_SECURITY"] = (
                "must be starttls or tls: without it the password travels open to another machine"
            )
        return found

    @property
    def public_url(self) -> str:
        """The address that mails point to, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base_url.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database; SQLite in the instance folder by default."""
        if not self.database_url:
            file = str(self.instance / "zetwpo.sqlite3")
            return URL.create("sqlite", database=file).render_as_string()
        # Hosting platforms say postgres://; the installed driver is psycopg 3.
        _, separator, rest = self.database_url.partition("://")
        is_postgres = self.database_url.startswith(("postgres://", "postgresql://"))
        return f"postgresql+psycopg{separator}{rest}" if is_postgres else self.database_url

    @property
    def files(self) -> Path:
        """The folder for what people put on shelves; it is no part of what is served."""
        return self.shelf_folder or self.instance / "shelf"

    @property
    def is_demo(self) -> bool:
        """True where the demo door and mailbox exist."""
        return self.mode == "demo"

    @property
    def is_https(self) -> bool:
        """True where cookies may travel over an encrypted connection only."""
        return urlsplit(self.public_url).scheme == "https"


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises SettingsError with one line per setting that is missing or wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            name = "ZETWPO_" + "_".join(str(part) for part in problem["loc"]).upper()
            message = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{name}: {message}" if problem["loc"] else message)
        raise SettingsError("\n".join(lines)) from None
