"""The key that signs cookies and links: from the settings, or made once for the demo."""

import secrets

from zetwpo.config import Settings

FILE = "secret_key"


def get_secret_key(settings: Settings) -> str:
    """The key of this installation; the demo keeps its own in the instance folder."""
    given = settings.secret_key.get_secret_value()
    if given or not settings.is_demo:
        return given
    path = settings.instance / FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
