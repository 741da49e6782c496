"""Who "we" are stands below every page and mail, and a partnership says it itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.application import SETTINGS, Stored
from tests.factories import IDENTITY, PARTNERSHIP, Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.i18n import LANGUAGES, Language
from zetwpo.partnerships.identity import showing
from zetwpo.partnerships.identity.models import PartnershipIdentity
from zetwpo.privacy import terms

OURS, THEIRS, ELSEWHERE = SETTINGS["controller"], IDENTITY["controller"], "Foundation of others"


def foot(page: Page) -> str:
    """Who a page says that answers: its foot."""
    [found] = page.tree.all("footer")
    return found.text


@pytest.fixture
def said(make: Maker, owner: Someone) -> None:
    """The partnership of the owner says who it is, and another one does."""
    make.identity(make.partnership())
    make.person("Outa", Role.ADMINISTRATOR, partnership="Others")
    make.identity(make.partnership("Others"), controller=ELSEWHERE)


@pytest.fixture
def path(make: Maker, programme_leader: Someone) -> str:
    return f"/partnerships/{make.partnership()}/about"


@pytest.fixture
def piet(browse: Browse, programme_leader: Someone) -> Browser:
    return browse(programme_leader)


# ------------------------------------------------------------------------------ which one shows


def test_where_nobody_knows_it_is_that_of_the_installation(
    browse: Browse, said: None, owner: Someone
) -> None:
    for page in ("/", "/sign-in", "/feedback/lost-link", "/privacy", "/no-such-page"):
        assert OURS in foot(browse().get(page)), page
        assert THEIRS not in browse().get(page).text, page


def test_who_belongs_to_one_partnership_reads_its_own_on_every_page(
    browse: Browse, said: None, owner: Someone
) -> None:
    olga = browse(owner)
    for page in ("/start", "/my-data", "/privacy", "/accessibility", "/who-reads-what", "/nowhere"):
        text = foot(olga.get(page))
        for name in IDENTITY.keys() - {"ground"}:
            assert IDENTITY[name] in text, (page, name)
        assert "Autoriteit Persoonsgegevens" in text
        assert ELSEWHERE not in text


def test_until_it_is_said_the_installation_answers(browse: Browse, owner: Someone) -> None:
    assert OURS in foot(browse(owner).get("/start"))


def test_who_came_by_a_link_reads_that_of_the_partnership_of_the_scan(
    browse: Browse, said: None, asked: Asked
) -> None:
    student = browse()
    page = student.get(asked.path)
    assert THEIRS in foot(page)
    [privacy] = [link for link in page.links if link.endswith("/privacy")]
    assert privacy == f"{asked.path}/privacy"
    assert THEIRS in student.get(privacy).main.text
    assert IDENTITY["complaint"] in student.get(privacy).main.text


def test_a_link_that_opens_nothing_tells_of_no_partnership(browse: Browse, said: None) -> None:
    for path in ("/feedback/made-up", "/feedback/made-up/privacy"):
        page = browse().get(path)
        assert page.status == 404
        assert THEIRS not in page.text


def test_in_several_partnerships_what_the_page_is_about_decides(
    browse: Browse, make: Maker, said: None, owner: Someone, scan: Scan
) -> None:
    make.person(owner.name, Role.SUPERVISOR, email=owner.email, partnership="Others")
    olga = browse(owner)
    assert THEIRS in foot(olga.get(f"{scan.path}/result"))
    assert OURS in foot(olga.get("/start"))
    privacy = olga.get("/privacy")
    assert OURS in foot(privacy)
    for words in (PARTNERSHIP, THEIRS, "Others", ELSEWHERE, OURS):
        assert words in privacy.main.text


def test_who_has_no_role_left_reads_that_of_the_installation(
    browse: Browse, make: Maker, said: None, owner: Someone
) -> None:
    make.without_role(owner, Role.SUPERVISOR)
    assert OURS in foot(browse(owner).get("/start"))


def test_a_page_has_a_foot_while_the_database_is_away(
    browse: Browse, said: None, owner: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_partnership: object) -> object:
        raise OperationalError("select", None, Exception())

    monkeypatch.setattr(showing, "get_identity", away)
    assert OURS in foot(browse(owner).get("/start"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_signing_in_and_of_a_lost_link_names_somebody_to_ask(
    browse: Browse, language: Language
) -> None:
    browser = browse(language=language)
    pages = [browser.get("/sign-in"), browser.get("/feedback/lost-link")]
    pages.append(pages[0].send({"email": "somebody@school.example"}).follow())
    pages.append(pages[1].send({"email": "somebody@school.example"}).follow())
    for page in pages:
        assert SETTINGS["contact"] in page.main.text
        assert f"mailto:{SETTINGS['contact']}" in page.links


def test_the_demo_shows_somebody_invented(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> None:
    app = make_app(mode="demo", database_url=new_database("sqlite"), controller="", contact="")
    assert "Verzonnenlaan" in foot(Browser(app).get("/demo/"))


def test_questions_about_privacy_can_have_an_address_of_their_own(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> None:
    privacy = "privacy@tests.example"
    app = make_app(database_url=new_database("sqlite"), privacy_contact=privacy)
    assert privacy in foot(Browser(app).get("/"))


# -------------------------------------------------------------------------------------- in mails


def test_every_mail_ends_with_who_answers_to_its_reader(
    browse: Browse, make: Maker, mailbox: Mailbox, said: None, asked: Asked
) -> None:
    owner = asked.scan.owner
    browse().get("/feedback/lost-link").send({"email": asked.email})
    browse().get("/sign-in").send({"email": owner.email})
    mailbox.deliver()
    make.shared(asked)
    letters = mailbox.deliver()
    assert len(letters) >= 3
    for letter in letters:
        for name in IDENTITY.keys() - {"ground"}:
            assert IDENTITY[name] in letter.text, (letter.subject, name)
            assert IDENTITY[name] in letter.html, (letter.subject, name)
        for body in (letter.text, letter.html):
            assert "Autoriteit Persoonsgegevens" in body
            assert OURS not in body


def test_a_mail_about_something_shared_names_the_partnership_of_that(
    make: Maker, mailbox: Mailbox, said: None, trainer: Someone, scan: Scan
) -> None:
    make.person(trainer.name, Role.SCHOOL_TRAINER, email=trainer.email, partnership="Others")
    make.opened(scan, trainer)
    [letter] = mailbox.to(trainer.email)
    assert THEIRS in letter.text
    assert ELSEWHERE not in letter.text


def test_a_mail_to_who_belongs_to_several_names_the_installation_or_that_of_the_scan(
    browse: Browse, make: Maker, mailbox: Mailbox, said: None, owner: Someone, scan: Scan
) -> None:
    make.person(owner.name, Role.SUPERVISOR, email=owner.email, partnership="Others")
    browse().get("/sign-in").send({"email": owner.email})
    make.shared(make.asked(scan))
    sign_in, shared = mailbox.to(owner.email)
    assert OURS in sign_in.text
    assert THEIRS in shared.text


# ------------------------------------------------------------------------------- the privacy page


def test_the_privacy_page_says_what_is_needed(browse: Browse, owner: Someone, said: None) -> None:
    text = browse(owner).get("/privacy").main.text
    for words in (
        *(THEIRS, IDENTITY["privacy_email"], IDENTITY["complaint"], "Autoriteit Persoonsgegevens"),
        *("What it is for", "public interest", "under e", "within a month"),
        *("10 minutes", "12 hours", "6 weeks", "30 days", "1 week", "24 months", "12 months"),
        *("You are a workplace supervisor", "as a student or trainer", "You are a facilitator"),
    ):
        assert words in text, words
    assert "legitimate interest" not in text
    assert "legitimate interest" in browse().get("/privacy").main.text


def test_the_terms_are_those_by_which_things_are_deleted(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "TEXT_KEPT", timedelta(days=9))
    monkeypatch.setattr(terms, "INVITATION_LASTS", timedelta(weeks=5))
    monkeypatch.setattr("zetwpo.partnerships.importing.service.KEPT", timedelta(days=4))
    text = browse().get("/privacy").main.text
    assert "9 days" in text
    assert "5 weeks" in text
    assert "A list of people that an administrator brought 4 days" in text


def test_the_accessibility_statement_has_its_parts(browse: Browse) -> None:
    text = browse().get("/accessibility").main.text
    for words in (
        *(
            "Status:",
            "EN 301 549",
            "Measured last",
            "Known since",
            "Why",
            "What you can do instead",
        ),
        *(SETTINGS["contact"], "College voor de Rechten van de Mens"),
    ):
        assert words in text, words


# ---------------------------------------------------------------------------------- describing it


@pytest.mark.parametrize("who", ["programme_leader", "administrator"])
def test_a_partnership_is_described_by_who_leads_or_administers_it(
    browse: Browse, path: str, who: str, request: pytest.FixtureRequest
) -> None:
    browser = browse(request.getfixturevalue(who))
    page = browser.get(path)
    assert "Nothing is filled in yet" in page.text
    done = page.send(IDENTITY).follow()
    assert "stands below every page" in done.text
    assert THEIRS in foot(done)
    assert "Nothing is filled in yet" not in done.text
    for name, words in IDENTITY.items():
        assert done.value(name) == words


@pytest.mark.parametrize("who", ["owner", "trainer", "facilitator", "school_leader"])
def test_nobody_else_describes_it(
    browse: Browse, path: str, who: str, request: pytest.FixtureRequest, stored: Stored
) -> None:
    browser = browse(request.getfixturevalue(who))
    assert browser.get(path).status == 403
    assert browser.post(path, IDENTITY).status == 403
    assert stored.count(PartnershipIdentity) == 0


def test_another_partnership_is_not_there(
    browse: Browse, make: Maker, path: str, stored: Stored
) -> None:
    outa = browse(make.person("Outa", *Role, partnership="Others"))
    assert outa.get(path).status == 404
    assert outa.post(path, IDENTITY).status == 404
    assert stored.count(PartnershipIdentity) == 0


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("controller", " ", "Fill in the name of the organisation"),
        ("controller", "x" * 121, "room for 120"),
        ("address", "", "Fill in the address"),
        ("help_name", "", "Fill in who helps"),
        ("help_email", "no address", "not a complete email address"),
        ("help_phone", "call me", "in digits"),
        ("privacy_name", "", "who answers questions"),
        ("privacy_email", "", "Fill in an email address"),
        ("complaint", "a\nb", "on one line"),
        ("ground", "consent", "Choose a legal ground"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    piet: Browser, path: str, name: str, typed: str, words: str, stored: Stored
) -> None:
    page = piet.get(path).send(IDENTITY | {name: typed})
    assert page.status == 422
    assert page.errors == [name if name != "ground" else "ground"]
    assert words in page.text
    other = "address" if name != "address" else "controller"
    assert page.value(other) == IDENTITY[other]
    assert stored.count(PartnershipIdentity) == 0


def test_a_phone_number_and_a_place_for_complaints_may_be_left_out(
    piet: Browser, path: str
) -> None:
    done = piet.get(path).send(IDENTITY | {"help_phone": "", "complaint": ""}).follow()
    assert "the same address, or the Autoriteit Persoonsgegevens" in foot(done)


def test_two_who_describe_it_get_a_choice(
    browse: Browse, piet: Browser, administrator: Someone, path: str, make: Maker
) -> None:
    ad = browse(administrator)
    make.identity(make.partnership())
    pages = [piet.get(path), ad.get(path)]
    assert pages[0].send({"help_name": "Piet", "controller": "Piets"}).status == 303
    clash = pages[1].send({"help_name": "Ad", "address": "Ads street"})
    assert clash.status == 409
    assert clash.errors == ["help_name"]
    assert "Somebody else changed it in the meantime, to: Piet" in clash.text
    assert (clash.value("help_name"), clash.value("address")) == ("Ad", "Ads street")
    done = clash.send().follow()
    assert done.value("help_name") == "Ad"
    # What only one of them touched is as that one left it.
    assert (done.value("address"), done.value("controller")) == ("Ads street", "Piets")


def test_of_two_first_descriptions_none_is_lost(
    browse: Browse, piet: Browser, administrator: Someone, path: str
) -> None:
    pages = [piet.get(path), browse(administrator).get(path)]
    assert pages[0].send(IDENTITY).status == 303
    assert pages[1].send(IDENTITY).status == 303
    clash = pages[1].send(IDENTITY | {"address": "Elsewhere"})
    assert clash.status == 409
    assert IDENTITY["address"] in clash.text


def test_names_in_other_scripts_and_with_signs_stand_as_they_are(
    piet: Browser, path: str, mailbox: Mailbox, browse: Browse, programme_leader: Someone
) -> None:
    name = "<b>مدرسة</b> & Söhne"
    done = piet.get(path).send(IDENTITY | {"controller": name, "help_name": name}).follow()
    assert name in foot(done)
    browse().get("/sign-in").send({"email": programme_leader.email})
    [letter] = mailbox.deliver()
    assert name in letter.text
    assert "&lt;b&gt;" in letter.html
