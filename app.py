"""The WSGI application: for `flask --app app`, and for a server that imports it."""

from zetwpo.application import create_app
from zetwpo.config import SettingsError
from zetwpo.errors import StartRefused

try:
    app = create_app()
except (SettingsError, StartRefused) as refusal:
    raise SystemExit(f"zetwpo does not start:\n{refusal}") from None
