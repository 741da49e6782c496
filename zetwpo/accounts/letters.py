"""What the mail with which one signs in says; its link and its code are made when it leaves."""

import sqlalchemy as sa

from zetwpo.accounts import rules
from zetwpo.accounts.hashing import keyed_hash
from zetwpo.accounts.models import SignInRequest
from zetwpo.extensions import db
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.web import public_address

SIGN_IN = "sign_in"


def _sign_in(mail: Due) -> Content | None:
    link, code = rules.new_token(), rules.new_code()
    found = db.session.scalar(
        sa.update(SignInRequest)
        .where(SignInRequest.id == mail.about_id)
        .values(link_hash=keyed_hash(link), code_hash=keyed_hash(code))
        .returning(SignInRequest.id)
    )
    if found is None:
        return None
    return Content({}, {"url": public_address("accounts.link", token=link), "code": code})


COMPOSERS: dict[str, Composer] = {SIGN_IN: _sign_in}
