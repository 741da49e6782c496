"""A second click on a button of which the first one took away what it was about.

Whoever ended a pair and clicks once more must not read that there is no such page. The button
brings along where its first click leads, with a signature: only our own page, which showed the
button to somebody who was let in, can have made it. What is closed or was never there stays a 404.
"""

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

# The field of a form.
LEADS_TO = "leads_to"


def word_for(action: str, address: str) -> str:
    """What the button to this path brings along: that its first click leads to this address."""
    return str(_signer(action).dumps(address))


def find_address() -> str | None:
    """Where the first click of what was sent now leads; None where its form does not say."""
    word = request.form.get(LEADS_TO)
    if not word:
        return None
    try:
        return str(_signer(request.path).loads(word))
    except BadSignature:
        return None


def _signer(action: str) -> URLSafeSerializer:
    # A word for one button says nothing for another.
    return URLSafeSerializer(str(current_app.secret_key), salt=f"leads-to {action}")
