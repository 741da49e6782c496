"""Every kind of mail says why it comes, and nobody stops one that they need."""

import pytest
from flask import Flask

from zetwpo.application import LETTERS
from zetwpo.config import ROOT
from zetwpo.i18n import LANGUAGES, Language, writing_in
from zetwpo.mail import composing
from zetwpo.mail.kinds import KINDS, Goes

# Without these somebody is locked out, or does not know what happens to their account.
NEEDED = {
    *("sign_in", "address_confirm", "address_asked", "address_changed", "unused_account"),
    # Who asks and who is asked agreed to nothing here yet: there is no account to stop it with.
    *("feedback_invitation", "feedback_link"),
}


def compose_nothing(_mail: composing.Due) -> None:
    """A composer whose mail is never needed."""


def test_every_kind_that_leaves_is_in_the_table() -> None:
    composed = {kind for letters in LETTERS for kind in letters.COMPOSERS}
    assert composed == set(KINDS)


def test_a_kind_that_nobody_explains_is_refused() -> None:
    with pytest.raises(LookupError, match="unexplained"):
        composing.init_app(
            Flask("zetwpo"),
            lambda _kind, _to: False,
            lambda _partnership_id, _to: None,
            {**dict.fromkeys(KINDS, compose_nothing), "unexplained": compose_nothing},
        )


def test_what_is_needed_cannot_be_stopped() -> None:
    assert not {kind for kind, each in KINDS.items() if each.may_be_stopped} & NEEDED


def test_only_a_person_stops_mails() -> None:
    stoppable = [each for each in KINDS.values() if each.may_be_stopped]
    assert stoppable
    assert {each.goes for each in stoppable} == {Goes.TO_PERSON}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_that_arrives_has_words(language: Language) -> None:
    arrive = [each for each in KINDS.values() if each.goes is not Goes.NOWHERE]
    with writing_in(language):
        assert all(str(each.name) and str(each.why) for each in arrive)
        assert len({str(each.name) for each in arrive}) == len(arrive)


def test_every_kind_that_arrives_has_a_folder_with_its_templates() -> None:
    folders = {path.name for path in (ROOT / "templates" / "mail").iterdir() if path.is_dir()}
    assert folders == {kind for kind, each in KINDS.items() if each.goes is not Goes.NOWHERE}
