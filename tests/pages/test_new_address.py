"""Another address takes effect once it is confirmed there, and the old one is told."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Someone
from tests.mailbox import Letter, Mailbox
from tests.pages.client import Browser, Page
from tests.pages.signing_in import ask, enter, is_signed_in
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.address_change.models import AddressChange
from zetwpo.accounts.address_change.rules import OWN_LINK_LASTS, OWNER_MAY_STOP
from zetwpo.accounts.address_change.service import ask_address_change, take_back
from zetwpo.accounts.models import Person, SignInLetter
from zetwpo.accounts.service import add_person, open_session
from zetwpo.audit import AuditEntry
from zetwpo.extensions import db
from zetwpo.mail import service as mails
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.service import Addressee

PATH = "/my-account"
NEW = "olga@new.example"
SECOND = timedelta(seconds=1)


def want(browser: Browser, address: str = NEW) -> Page:
    return browser.get(PATH).send({"email": address}, form="address")


def address_of(stored: Stored, person: Someone) -> str:
    return stored.values(sa.select(Person.email).where(Person.id == person.id))[0]


def by_subject(letters: list[Letter]) -> dict[str, Letter]:
    return {letter.subject: letter for letter in letters}


@pytest.fixture
def letter(olga: Browser, mailbox: Mailbox) -> Letter:
    """The mail to the new address, which the owner asked for."""
    want(olga)
    [found] = mailbox.to(NEW)
    return found


# ------------------------------------------------------------------------------- one's own wish


def test_nothing_changes_until_the_new_address_confirms(
    olga: Browser, owner: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    assert want(olga).location == PATH
    page = olga.get(PATH)
    assert "A new address is waiting" in page.text
    assert NEW in page.text
    assert address_of(stored, owner) == owner.email
    [to_new] = mailbox.to(NEW)
    [to_old] = mailbox.to(owner.email)
    assert NEW not in to_old.text
    assert "o… (new.example)" in to_old.text
    assert to_old.link == PATH
    before = stored.everything()
    olga.client.head(to_new.link)
    assert "Is this your new email address?" in olga.get(to_new.link).heading
    assert stored.everything() == before


def test_once_confirmed_it_counts_and_the_old_one_is_told(
    olga: Browser, owner: Someone, letter: Letter, mailbox: Mailbox, stored: Stored
) -> None:
    page = olga.get(letter.link).send()
    assert page.location == PATH
    page = page.follow()
    assert "This is your email address from now on." in page.text
    assert "A new address is waiting" not in page.text
    assert address_of(stored, owner) == NEW
    told = by_subject(mailbox.to(owner.email))
    assert set(told) == {
        "Je e-mailadres gaat veranderen",
        "Je e-mailadres is veranderd",
    }
    assert "beheerder" in told["Je e-mailadres is veranderd"].text
    assert stored.count(AuditEntry, AuditEntry.action == "address changed") == 1


def test_one_signs_in_with_the_new_address_and_no_longer_with_the_old_one(
    browse: Browse, olga: Browser, owner: Someone, letter: Letter, mailbox: Mailbox
) -> None:
    waiting = browse()
    ask(waiting, owner.email)
    [pending] = [each for each in mailbox.to(owner.email) if "sign-in" in each.text]
    olga.get(letter.link).send()
    # The letter that was on its way opens nothing any more.
    assert waiting.post(pending.link).status == 403
    enter(waiting, pending.code)
    assert not is_signed_in(waiting)
    count = len(mailbox.to(owner.email))
    ask(browse(), owner.email)
    assert len(mailbox.to(owner.email)) == count
    browser = browse()
    ask(browser, NEW)
    [found] = [each for each in mailbox.to(NEW) if "/sign-in/link/" in each.text]
    browser.get(found.link).send()
    assert is_signed_in(browser)
    # Whoever was signed in stays so.
    assert is_signed_in(olga)


def test_a_letter_that_waits_for_the_old_address_never_leaves(
    browse: Browse, olga: Browser, owner: Someone, letter: Letter, mailbox: Mailbox
) -> None:
    ask(browse(), owner.email)
    olga.get(letter.link).send()
    subjects = by_subject(mailbox.to(owner.email))
    assert "Je e-mailadres is veranderd" in subjects
    assert not [each for each in subjects.values() if "/sign-in/link/" in each.text]


def test_mails_that_wait_go_to_the_new_address(
    olga: Browser,
    make: Maker,
    asked: Asked,
    owner: Someone,
    letter: Letter,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    make.planned(asked)
    olga.get(letter.link).send()
    mailbox.deliver()
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert [each.subject for each in mailbox.to(NEW)][1:] == [
            "Noor heeft feedback met je gedeeld"
        ]


def test_a_mail_that_is_about_the_old_address_goes_nowhere_else(
    make: Maker, owner: Someone, stored: Stored
) -> None:
    kinds = ("address_changed", "feedback_invitation", "unused_account")
    with make.request():
        for kind in kinds:
            mails.queue(kind, Addressee(owner.email, "nl"))
        mails.move(owner.email, NEW)
    to = dict(map(tuple, stored.rows(sa.select(OutboxMail.kind, OutboxMail.recipient))))
    assert [to[kind] for kind in kinds] == [owner.email, owner.email, NEW]


def test_what_left_for_the_old_address_is_in_the_file_and_deleted_with_the_account(
    olga: Browser, owner: Someone, letter: Letter, mailbox: Mailbox, stored: Stored
) -> None:
    olga.get(letter.link).send()
    mailbox.deliver()
    subjects = [each["subject"] for each in olga.get("/my-data/all.json").json["mails"]]
    assert sorted(subjects) == ["Bevestig je nieuwe e-mailadres", "Je e-mailadres gaat veranderen"]
    olga.get("/my-data").send({"sure": "y"})
    assert stored.count(OutboxMail) == 0
    assert stored.count(AddressChange) == 0


def test_feedback_that_was_asked_at_the_old_address_stays_behind_its_link(
    browse: Browse, make: Maker, asked: Asked, trainer: Someone, mailbox: Mailbox
) -> None:
    given = make.asked(asked.scan, "Tess", email=trainer.email)
    tess = browse(trainer)
    make.address_change(trainer, NEW)
    [found] = mailbox.to(NEW)
    tess.get(found.link).send()
    assert given.path not in tess.get("/my-data").links
    assert browse().get(given.path).status == 200


def test_where_nobody_is_signed_in_one_signs_in_first(
    browse: Browse, owner: Someone, letter: Letter, stored: Stored
) -> None:
    browser = browse()
    page = browser.get(letter.link)
    assert page.heading == "Sign in first"
    assert not page.main.all("form")
    assert f"/sign-in?next={letter.link}" in page.links
    assert browser.post(letter.link).status == 403
    assert address_of(stored, owner) == owner.email


def test_somebody_else_who_is_signed_in_confirms_nothing(
    browse: Browse, owner: Someone, stranger: Someone, letter: Letter, stored: Stored
) -> None:
    sven = browse(stranger)
    assert sven.get(letter.link).heading == "This is about another account"
    assert sven.post(letter.link).status == 403
    assert address_of(stored, owner) == owner.email


def test_the_link_works_in_any_browser_of_its_owner(
    browse: Browse, owner: Someone, letter: Letter, stored: Stored
) -> None:
    assert browse(owner).get(letter.link).send().location == PATH
    assert address_of(stored, owner) == NEW


def test_a_second_click_finds_that_it_is_done(
    olga: Browser, letter: Letter, mailbox: Mailbox, stored: Stored
) -> None:
    page = olga.get(letter.link)
    for _click in range(2):
        assert page.send().location == PATH
    assert olga.get(letter.link).heading == "Your address is confirmed"
    assert stored.count(OutboxMail, OutboxMail.kind == "address_changed") == 1
    assert stored.count(AuditEntry, AuditEntry.action == "address changed") == 1


def test_the_link_works_for_a_day(
    browse: Browse, owner: Someone, letter: Letter, stored: Stored
) -> None:
    [asked_at] = stored.values(sa.select(AddressChange.asked_at))
    with time_machine.travel(asked_at + OWN_LINK_LASTS, tick=False):
        olga = browse(owner)
        assert olga.get(letter.link).heading == "This link does not work any more"
        assert olga.post(letter.link).status == 403
        assert "A new address is waiting" not in olga.get(PATH).text
    with time_machine.travel(asked_at + OWN_LINK_LASTS - SECOND, tick=False):
        assert browse(owner).get(letter.link).send().location == PATH


def test_a_made_up_link_is_no_link(olga: Browser) -> None:
    for page in (olga.get("/new-address/made-up"), olga.post("/new-address/made-up")):
        assert page.status == 404
        assert page.heading == "This link does not work any more"


def test_a_wish_can_be_taken_back(
    olga: Browser, owner: Someone, letter: Letter, stored: Stored
) -> None:
    page = olga.get(PATH)
    for _click in range(2):
        assert page.send(form="keep").status == 303
    assert olga.get(letter.link).status == 404
    assert olga.post(letter.link).status == 404
    assert address_of(stored, owner) == owner.email
    assert stored.count(AuditEntry, AuditEntry.action == "address change taken back") == 1


def test_the_last_wish_counts(
    olga: Browser, owner: Someone, letter: Letter, mailbox: Mailbox, stored: Stored
) -> None:
    want(olga, "olga@other.example")
    assert stored.count(AddressChange) == 1
    assert olga.post(letter.link).status == 404
    [other] = mailbox.to("olga@other.example")
    olga.get(other.link).send()
    assert address_of(stored, owner) == "olga@other.example"


def test_a_mail_about_an_earlier_wish_that_did_not_leave_yet_never_does(
    olga: Browser, mailbox: Mailbox, owner: Someone
) -> None:
    want(olga)
    want(olga, "olga@other.example")
    assert mailbox.to(NEW) == []
    assert len(mailbox.to(owner.email)) == 1


def test_asked_again_the_same_link_is_sent_once_more_and_the_old_address_is_not_told_twice(
    olga: Browser, owner: Someone, letter: Letter, mailbox: Mailbox
) -> None:
    want(olga)
    assert len(mailbox.to(NEW)) == 1, "a second click"
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        want(olga)
        [_first, second] = mailbox.to(NEW)
        assert second.link == letter.link
    assert len(mailbox.to(owner.email)) == 1


def test_the_same_mailbox_written_otherwise_needs_no_mail(
    olga: Browser, owner: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    want(olga, owner.email.upper().replace("SCHOOL.EXAMPLE", "school.example"))
    assert address_of(stored, owner) == "OLGA.OWNER@school.example"
    assert mailbox.deliver() == []
    assert stored.count(AddressChange) == 0


@pytest.mark.parametrize("address", ["", "olga", "one@a.nl two@b.nl"])
def test_what_is_no_address_comes_back_with_its_error(
    olga: Browser, stored: Stored, address: str
) -> None:
    page = want(olga, address)
    assert (page.status, page.errors) == (422, ["email"])
    assert page.value("email") == address
    assert stored.count(AddressChange) == 0


def test_nobody_floods_a_mailbox(olga: Browser, mailbox: Mailbox) -> None:
    for number in range(5):
        assert want(olga, f"olga{number}@other.example").status == 303
    assert want(olga, "victim@other.example").status == 429
    assert mailbox.to("victim@other.example") == []


def test_that_the_mail_did_not_arrive_is_said(
    olga: Browser, owner: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    want(olga, "no-such@new.example")
    with olga.app.app_context():
        of_change = OutboxMail.kind == "address_confirm"
        db.session.execute(sa.update(OutboxMail).where(of_change).values(failure="unknown_address"))
        db.session.commit()
    assert "could not be delivered" in olga.get(PATH).text
    # The next wish begins anew.
    want(olga)
    assert "could not be delivered" not in olga.get(PATH).text


def test_the_browser_is_known_under_the_new_address(
    olga: Browser, letter: Letter, stored: Stored, mailbox: Mailbox
) -> None:
    olga.get(letter.link).send()
    olga.post("/sign-out")
    ask(olga, NEW)
    mailbox.deliver()
    assert stored.values(sa.select(SignInLetter.to_known)) == [True]


# ------------------------------------------------------------------- an address of somebody else

ONE_TIME = re.compile(r'nonce[-=]"?[\w-]+|name="(?:csrf_token|seen|sign_in)" value="[^"]+"')


def test_nobody_finds_out_that_an_address_has_an_account(
    browse: Browse, make: Maker, stranger: Someone, stored: Stored
) -> None:
    """The same words, and the same rows in the same tables."""
    answers = []
    for number, address in enumerate([stranger.email, "nobody.else@school.example"]):
        person = make.person(f"Asker {number}", Role.SUPERVISOR, email=f"asker{number}@x.example")
        browser, before = browse(person), stored.everything()
        status = want(browser, address).status
        page = ONE_TIME.sub("", browser.get(PATH).response.text)
        for word in (address, person.email, person.name, str(person.id)):
            page = page.replace(word, "")
        after = stored.everything()
        grown = {name: len(rows) - len(before[name]) for name, rows in after.items()}
        answers.append(
            (status, re.sub(r'value="\w{8}-[^"]+"|seen" value="[^"]+"', "", page), grown)
        )
    assert answers[0] == answers[1]


def test_its_owner_is_told_and_nothing_changes(
    olga: Browser, owner: Someone, stranger: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    want(olga, stranger.email)
    [to_them] = mailbox.to(stranger.email)
    assert to_them.subject == "Dit adres heeft al een account"
    assert to_them.link == "/sign-in"
    assert owner.name not in to_them.text
    assert owner.email not in to_them.text
    assert address_of(stored, owner) == owner.email


def test_of_two_who_want_one_address_the_second_is_told(
    browse: Browse,
    olga: Browser,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    sven = browse(stranger)
    want(olga)
    want(sven)
    ours, theirs = mailbox.to(NEW)
    assert sven.get(theirs.link).send().location == PATH
    page = olga.get(ours.link).send()
    assert page.status == 409
    assert page.heading == "This address has an account already"
    assert address_of(stored, owner) == owner.email
    assert address_of(stored, stranger) == NEW
    assert is_signed_in(olga)


# ------------------------------------------------------------------------------ an administrator


def by_administrator(make: Maker, person: Someone, administrator: Someone) -> None:
    make.address_change(person, NEW, administrator)


def has_signed_in(make: Maker, person: Someone) -> None:
    with make.request():
        open_session(person.id)


def test_for_somebody_who_never_signed_in_the_link_is_enough(
    browse: Browse,
    make: Maker,
    owner: Someone,
    administrator: Someone,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    by_administrator(make, owner, administrator)
    [found] = mailbox.to(NEW)
    assert "beheerder" in found.text
    page = browse().get(found.link).send().follow()
    assert page.heading == "Your address is confirmed"
    assert address_of(stored, owner) == NEW
    assert len(mailbox.to(owner.email)) == 2
    [(by, about)] = stored.rows(
        sa.select(AuditEntry.actor_id, AuditEntry.object_id).where(
            AuditEntry.action == "address changed"
        )
    )
    assert (by, about) == (None, owner.id)


def test_an_administrator_takes_over_no_account_with_something_in_it(
    browse: Browse,
    make: Maker,
    owner: Someone,
    administrator: Someone,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    has_signed_in(make, owner)
    by_administrator(make, owner, administrator)
    [found] = mailbox.to(NEW)
    for browser in (browse(), browse(administrator)):
        assert browser.post(found.link).status == 403
    [told] = mailbox.to(owner.email)
    assert "beheerder" in told.text
    olga = browse(owner)
    page = olga.get(PATH)
    assert "An administrator of your partnership asked for this." in page.text
    page.send(form="keep")
    with time_machine.travel(clock.now() + OWNER_MAY_STOP):
        assert browse().post(found.link).status == 404
    assert address_of(stored, owner) == owner.email


def test_whoever_lost_the_old_mailbox_waits_for_a_week(
    browse: Browse,
    make: Maker,
    owner: Someone,
    administrator: Someone,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    has_signed_in(make, owner)
    by_administrator(make, owner, administrator)
    [found] = mailbox.to(NEW)
    [asked_at] = stored.values(sa.select(AddressChange.asked_at))
    with time_machine.travel(asked_at + OWNER_MAY_STOP - SECOND, tick=False):
        assert browse().get(found.link).heading == "Sign in first"
        assert browse().post(found.link).status == 403
    with time_machine.travel(asked_at + OWNER_MAY_STOP, tick=False):
        browse().get(found.link).send()
    assert address_of(stored, owner) == NEW


def test_what_an_administrator_asked_takes_nothing_over_once_their_role_ended(
    browse: Browse,
    make: Maker,
    owner: Someone,
    administrator: Someone,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    has_signed_in(make, owner)
    by_administrator(make, owner, administrator)
    [found] = mailbox.to(NEW)
    make.without_role(administrator, Role.ADMINISTRATOR)
    make.person("Ada Elsewhere", Role.ADMINISTRATOR, email=administrator.email, partnership="B")
    with time_machine.travel(clock.now() + OWNER_MAY_STOP + SECOND):
        assert browse().get(found.link).heading == "Sign in first"
        assert browse().post(found.link).status == 403
        assert address_of(stored, owner) == owner.email
        # Whose account it is can want it all the same.
        assert browse(owner).get(found.link).send().status == 303
    assert address_of(stored, owner) == NEW


def test_the_owner_need_not_wait(
    browse: Browse,
    make: Maker,
    owner: Someone,
    administrator: Someone,
    mailbox: Mailbox,
    stored: Stored,
) -> None:
    by_administrator(make, owner, administrator)
    [found] = mailbox.to(NEW)
    browse(owner).get(found.link).send()
    assert address_of(stored, owner) == NEW


@pytest.mark.parametrize("before", [True, False])
def test_one_partnership_decides_nothing_for_another(
    browse: Browse,
    make: Maker,
    owner: Someone,
    administrator: Someone,
    mailbox: Mailbox,
    stored: Stored,
    before: bool,
) -> None:
    def joins() -> None:
        with make.request():
            add_person(owner.name, owner.email, [Role.SUPERVISOR], "Another partnership")

    # Whether they belong to it when it is asked, or by the time that it is confirmed.
    steps = [joins, lambda: by_administrator(make, owner, administrator)]
    for step in steps if before else steps[::-1]:
        step()
    [found] = mailbox.to(NEW)
    with time_machine.travel(clock.now() + OWNER_MAY_STOP + timedelta(days=1)):
        assert browse().post(found.link).status == 403
        assert address_of(stored, owner) == owner.email
        browse(owner).get(found.link).send()
        assert address_of(stored, owner) == NEW


def test_an_administrator_keeps_nobody_from_changing_their_own(
    olga: Browser, make: Maker, owner: Someone, administrator: Someone
) -> None:
    for number in range(5):
        make.address_change(owner, f"other{number}@new.example", administrator)
    assert want(olga).status == 303


def test_an_administrator_can_take_it_back(
    make: Maker, owner: Someone, administrator: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    by_administrator(make, owner, administrator)
    with make.request():
        take_back(owner.id, administrator.id)
    assert mailbox.deliver() == []
    assert stored.count(AddressChange) == 0


def test_somebody_who_is_gone_changes_no_address(
    make: Maker, owner: Someone, administrator: Someone, olga: Browser, stored: Stored
) -> None:
    olga.get("/my-data").send({"sure": "y"})
    with make.request(), pytest.raises(Exception, match="NotFound"):
        ask_address_change(owner.id, NEW, administrator.id)
    assert stored.count(AddressChange) == 0
