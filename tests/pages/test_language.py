"""Dutch by default, English for whoever wants it, and nobody gets a mixture."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP
from tests.people import Browse
from zetwpo.accounts.models import Person, SignIn
from zetwpo.extensions import db
from zetwpo.server.intake import LARGEST_BODY


def switch(page: Page, language: str) -> Page:
    [form] = [each for each in page.tree.all("form") if each.get("action") == "/language"]
    [following] = form.all("input", name="next")
    page.browser.language = language
    fields = {"language": language, "next": following.get("value")}
    return page.browser.post("/language", fields, token=page.token).follow()


def lang(page: Page) -> str:
    return page.tree.all("html")[0].get("lang")


def test_pages_are_dutch_unless_somebody_chooses(browse: Browse) -> None:
    browser = browse(language=None)
    page = browser.get("/")
    assert lang(page) == "nl"
    english = switch(page, "en")
    assert lang(english) == "en"
    assert english.heading != page.heading


def test_the_choice_stays_and_leads_back_to_the_same_page(browse: Browse) -> None:
    browser = browse(language=None)
    page = switch(browser.get("/accessibility"), "en")
    assert page.path == "/accessibility"
    assert lang(browser.get("/who-reads-what")) == "en"
    assert lang(switch(browser.get("/"), "nl")) == "nl"


def test_from_a_form_with_errors_it_leads_to_the_page_of_the_form(
    olga: Browser, browse: Browse, scan: Scan, asked: Asked
) -> None:
    guest = browse()
    guest.get(f"{asked.path}/part/1").send({RELATIONSHIP: "5"})
    for form, action, sent in (
        (browse().get("/sign-in"), "", {"email": "nobody"}),
        (olga.get(f"{scan.path}/learning-question"), "", {"text": ""}),
        # These have an address of their own, at which there is nothing to look at.
        (olga.get("/my-data"), "", {}),
        (guest.get(f"{asked.path}/preview"), "plan", {}),
    ):
        page = form.send(sent, form=action)
        assert page.status == 422
        switched = switch(page, "en")
        assert switched.path == form.path
        assert switched.status == 200


def test_a_page_that_takes_the_place_of_another_request_stays_that(
    olga: Browser, asked: Asked
) -> None:
    path = f"{asked.scan.path}/feedback?instead_of={asked.id}"
    for page in (olga.get(path), olga.get(path).send({"name": ""})):
        assert page.value("instead_of") == str(asked.id)
        switched = switch(page, "en")
        assert switched.path == path
        assert switched.value("instead_of") == str(asked.id)


@pytest.mark.parametrize("shown_on", ["", "//evil.example/x", "/nowhere", "/my-data/delete"])
def test_from_an_answer_of_which_nobody_knows_the_page_it_leads_to_the_start(
    olga: Browser, shown_on: str
) -> None:
    page = olga.post("/my-data/delete", {}, shown_on=shown_on)
    [following] = page.tree.all("input", name="next")
    assert following.get("value") == "/"


def test_the_choice_of_a_person_counts_for_mails_and_other_browsers(
    browse: Browse, owner: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    switch(browse(owner, language=None).get("/start"), "en")
    assert stored.values(sa.select(Person.language)) == ["en"]
    assert lang(browse(owner, language=None).get("/start")) == "en"
    browse().get("/sign-in").send({"email": owner.email})
    [letter] = mailbox.to(owner.email)
    assert 'lang="en"' in letter.html


def test_signing_out_keeps_the_language(browse: Browse, owner: Someone) -> None:
    browser = browse(owner, language=None)
    switch(browser.get("/start"), "en")
    browser.post("/sign-out")
    assert lang(browser.get("/")) == "en"


def test_what_one_person_chose_does_not_change_the_mails_of_the_next(
    browse: Browse, owner: Someone, make: Maker, mailbox: Mailbox, stored: Stored
) -> None:
    dutch = make.person("Nienke Next", language="nl")
    browser = browse(owner, language=None)
    switch(browser.get("/start"), "en")
    browser.post("/sign-out")
    browser.language = "en"
    browser.get("/sign-in").send({"email": dutch.email})
    [letter] = mailbox.to(dutch.email)
    assert 'lang="nl"' in letter.html
    page = browser.get(letter.link).send()
    browser.language = "nl"
    assert lang(page.follow()) == "nl"
    of_next = sa.select(Person.language).where(Person.id == dutch.id)
    assert stored.values(of_next) == ["nl"]


@pytest.mark.parametrize("sent", [{}, {"language": "xx"}, {"language": "\0"}])
def test_a_language_that_we_do_not_speak_becomes_dutch(
    browse: Browse, sent: dict[str, str]
) -> None:
    browser = browse()
    page = browser.get("/")
    browser.language = "nl"
    assert browser.post("/language", sent, token=page.token).follow().path == "/"


def test_switching_never_leads_off_the_site(browse: Browse) -> None:
    page = browse().post("/language", {"language": "en", "next": "https://evil.example"})
    assert page.response.location == "/"


def test_the_link_of_a_mail_opens_in_the_language_of_the_mail(browse: Browse, asked: Asked) -> None:
    browser = browse(language=None)
    assert lang(browser.get(asked.path)) == "en"
    assert lang(switch(browser.get(asked.path), "nl")) == "nl"


@pytest.fixture
def english(browse: Browse, make: Maker) -> Browser:
    """A new browser of somebody with an English account."""
    return browse(make.person("Emma English", language="en"), language=None)


def test_refusals_come_in_the_language_of_the_person(english: Browser) -> None:
    refusals = [
        english.get("/no-such-page"),
        english.post("/sign-in", {"email": ""}),
        english.post("/my-data/delete", token="too old"),
    ]
    for page in refusals:
        [title] = page.tree.all("title")
        assert lang(page) == "en"
        assert page.heading in title.raw_text


def test_refusals_come_in_the_language_of_the_link(browse: Browse, asked: Asked) -> None:
    guest = browse(language=None)
    guest.get(asked.path)
    path = f"{asked.path}/part/1"
    too_much = {"text-example-pedagogical": "x" * (LARGEST_BODY + 1)}
    refusals = [guest.post(path, token="too old"), guest.post(path, too_much)]
    assert [page.status for page in refusals] == [400, 413]
    assert {lang(page) for page in refusals} == {"en"}


def test_signing_in_again_starts_in_the_language_of_who_was_signed_in(
    english: Browser, app: Flask
) -> None:
    english.get("/start")
    with app.app_context():
        db.session.execute(sa.delete(SignIn))
        db.session.commit()
    assert lang(english.get("/start").follow()) == "en"


def test_signing_out_keeps_the_language_of_the_person_too(english: Browser) -> None:
    english.get("/start")
    assert lang(english.post("/sign-out").follow()) == "en"


def test_the_language_of_the_next_link_counts(browse: Browse, make: Maker, scan: Scan) -> None:
    dutch, english = (make.asked(scan, f"N{each}", language=each) for each in ("nl", "en"))
    guest = browse(language=None)
    assert [lang(guest.get(each.path)) for each in (english, dutch, english)] == ["en", "nl", "en"]


def test_a_choice_in_this_browser_wins_over_what_was_suggested(
    browse: Browse, asked: Asked
) -> None:
    guest = browse(language=None)
    switch(guest.get(asked.path), "nl")
    assert lang(guest.post(f"{asked.path}/part/1", token="too old")) == "nl"
