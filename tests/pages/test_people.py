"""Who belongs to a partnership: looked up, invited, given roles, mended; by its administrators."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer
from zetwpo.accounts.models import Membership, Partnership, Person, School, Welcome
from zetwpo.audit import AuditEntry
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.partnerships.people import service
from zetwpo.partnerships.people.queries import beginnings, find_person_here
from zetwpo.partnerships.people.service import NoSuchSchool

ELSEWHERE = "Partnership of others"


@pytest.fixture
def place(make: Maker, administrator: Someone) -> uuid.UUID:
    """The partnership of the administrator."""
    return make.partnership()


@pytest.fixture
def ad(browse: Browse, administrator: Someone) -> Browser:
    """The browser of the administrator."""
    return browse(administrator)


@pytest.fixture
def school(make: Maker, place: uuid.UUID) -> Callable[..., uuid.UUID]:
    """Makes a school of the partnership."""

    def made(name: str, *, is_closed: bool = False) -> uuid.UUID:
        with make.request():
            found = School(partnership_id=place, name=name)
            found.closed_at = clock.now() if is_closed else None
            db.session.add(found)
            db.session.flush()
            return found.id

    return made


def people(place: uuid.UUID, query: str = "") -> str:
    return f"/partnerships/{place}/people{query}"


def names(page: Page) -> list[str]:
    return [each.text for each in page.main.all("a") if each.get("class") == "who"]


def invite(browser: Browser, place: uuid.UUID, **fields: object) -> Page:
    page = browser.get(people(place, "/invite"))
    given = {"name": "Nina New", "email": "nina@school.example", "roles": ["supervisor"]}
    return page.send(given | fields)


def path_to(browser: Browser, place: uuid.UUID, name: str) -> str:
    """The page of this person."""
    page = browser.get(people(place, "?q=" + name.replace(" ", "+")))
    [link] = [each for each in page.main.all("a") if each.text == name]
    return link.get("href")


def held(stored: Stored, *conditions: sa.ColumnElement[bool]) -> list[str]:
    of_role = sa.select(Membership.role).where(Membership.ended_at.is_(None), *conditions)
    return sorted(stored.values(of_role))


# ---------------------------------------------------------------------------------- the list


def test_the_list_has_everybody_with_a_role_by_name(
    ad: Browser, place: uuid.UUID, make: Maker
) -> None:
    make.person("Zoë de Wit", Role.SUPERVISOR, Role.FACILITATOR)
    make.person("Álvaro Bos", Role.STUDENT)
    make.person("Else Where", Role.SUPERVISOR, partnership=ELSEWHERE)
    page = ad.get(people(place))
    assert names(page) == ["Ad Administrator", "Álvaro Bos", "Zoë de Wit"]
    assert "zoë.de.wit@school.example" in page.text
    assert "workplace supervisor, facilitator" in page.text
    assert "Else" not in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoe", ["Zoë de Wit"]),
        ("ZOË", ["Zoë de Wit"]),
        ("wit zo", ["Zoë de Wit"]),
        ("dewit", ["Zoë de Wit"]),
        ("anne marie", ["Anne-Marie Østerby"]),
        ("osterby", ["Anne-Marie Østerby"]),
        ("am@", ["Anne-Marie Østerby"]),
        ("AM@SCHOOL", ["Anne-Marie Østerby"]),
        ("school.example", ["Ad Administrator", "Anne-Marie Østerby", "Zoë de Wit"]),
        ("%", []),
        ("_", []),
        ("zoe wit bos", []),
        ("zoë'; drop table person", []),
        ("   ", ["Ad Administrator", "Anne-Marie Østerby", "Zoë de Wit"]),
    ],
)
def test_people_are_found_by_parts_of_names_and_addresses(
    ad: Browser, place: uuid.UUID, make: Maker, query: str, found: list[str]
) -> None:
    make.person("Zoë de Wit", Role.SUPERVISOR, email="zoe@school.example")
    make.person("Anne-Marie Østerby", Role.SUPERVISOR, email="am@school.example")
    page = Page(ad, ad.client.get(people(place), query_string={"q": query}), people(place))
    assert names(page) == found
    if not found:
        assert "We found nobody" in page.text


def test_people_are_found_by_role_and_school_together(
    ad: Browser, place: uuid.UUID, make: Maker, school: Callable[..., uuid.UUID]
) -> None:
    linde, eik = school("De Linde"), school("De Eik", is_closed=True)
    for name, role, at in (
        ("Ans", Role.SUPERVISOR, linde),
        ("Bea", Role.SUPERVISOR, eik),
        ("Cor", Role.SCHOOL_LEADER, linde),
    ):
        person = make.person(name, role)
        with make.request():
            of_person = sa.update(Membership).where(Membership.person_id == person.id)
            db.session.execute(of_person.values(school_id=at))
    assert names(ad.get(people(place, "?role=supervisor"))) == ["Ans", "Bea"]
    assert names(ad.get(people(place, f"?school={linde}"))) == ["Ans", "Cor"]
    assert names(ad.get(people(place, f"?school={linde}&role=supervisor"))) == ["Ans"]
    assert "De Eik (closed)" in ad.get(people(place, f"?school={eik}")).text
    # What it cannot mean is left out.
    for odd in ("?role=king", "?school=x", f"?school={uuid.uuid4()}", "?page=x", "?page=-1"):
        assert len(names(ad.get(people(place, odd)))) == 4


def test_whoever_has_no_role_any_more_is_found_when_looked_for(
    ad: Browser, place: uuid.UUID, make: Maker
) -> None:
    gone = make.person("Gé Gone", Role.SUPERVISOR)
    make.without_role(gone, Role.SUPERVISOR)
    assert names(ad.get(people(place))) == ["Ad Administrator"]
    page = ad.get(people(place, "?role=none"))
    assert names(page) == ["Gé Gone"]
    assert "no role any more" in page.main.all("ul")[-1].text
    assert "Roles before" in ad.get(path_of(place, gone)).text


def path_of(place: uuid.UUID, person: Someone) -> str:
    return people(place, f"/{person.id}")


def test_a_long_list_has_pages_and_keeps_what_was_looked_for(
    ad: Browser, place: uuid.UUID, make: Maker
) -> None:
    for number in range(103):
        make.person(f"Person {number:03}", Role.SUPERVISOR)
    first = ad.get(people(place, "?role=supervisor"))
    assert names(first)[:2] == ["Person 000", "Person 001"]
    assert len(names(first)) == 50
    assert "1 to 50 of 103 people" in first.text
    [more] = [each.get("href") for each in first.main.all("a", rel="next")]
    second = ad.get(more)
    assert names(second)[0] == "Person 050"
    [last] = [each.get("href") for each in second.main.all("a", rel="next")]
    assert names(ad.get(last)) == ["Person 100", "Person 101", "Person 102"]
    assert not ad.get(last).main.all("a", rel="next")
    # Beyond the end is the end.
    assert names(ad.get(people(place, "?role=supervisor&page=99")))[0] == "Person 100"


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    app: Flask, ad: Browser, place: uuid.UUID, make: Maker
) -> None:
    with statements(app) as few:
        ad.get(people(place))
    for number in range(60):
        make.person(f"Person {number:03}", Role.SUPERVISOR, Role.FACILITATOR)
    with statements(app) as many:
        ad.get(people(place))
    assert len(many) == len(few)


# ------------------------------------------------------------------------------------ the names


def test_whoever_sees_names_sees_no_address_and_no_way_to_one(
    browse: Browse, make: Maker, programme_leader: Someone
) -> None:
    make.person("Zoë de Wit", Role.SUPERVISOR, email="secret@school.example")
    gone = make.person("Gé Gone", Role.SUPERVISOR)
    make.without_role(gone, Role.SUPERVISOR)
    place = make.partnership()
    piet = browse(programme_leader)
    page = piet.get(f"/partnerships/{place}/names")
    assert "Zoë de Wit" in page.text
    assert "workplace supervisor" in page.text
    assert "secret" not in page.response.text
    assert "Gé Gone" not in page.text
    assert not [each for each in page.links if "/people" in each]
    # Neither by looking for it.
    for query in ("?q=secret", "?role=none&q=Gone", "?q=school.example"):
        assert "We found nobody" in piet.get(f"/partnerships/{place}/names{query}").text


# ------------------------------------------------------------------------------------ inviting


def test_somebody_is_invited_welcomed_and_signs_in(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox, browse: Browse, stored: Stored
) -> None:
    page = invite(ad, place, name="  Nina   New ", mail_language="en").follow()
    assert page.heading == "Nina New"
    assert "Nina New is invited." in page.text
    assert "Invited, not signed in yet" in page.text
    [welcome] = mailbox.deliver()
    assert welcome.to == "nina@school.example"
    assert welcome.subject == "Welcome to Partnership of the tests"
    assert "Ad Administrator invited you" in welcome.text
    assert "workplace supervisor: You look at your own work" in welcome.text
    assert welcome.link == "/sign-in"
    nina = browse()
    nina.get(welcome.link).send({"email": "nina@school.example"})
    [letter] = mailbox.deliver()[1:]
    assert "Nina" in nina.get(letter.link).send().follow().heading
    assert "not signed in yet" not in ad.get(path_to(ad, place, "Nina New")).text
    assert stored.values(sa.select(AuditEntry.action).order_by(AuditEntry.at))[-2:] == [
        "person invited",
        "signed in",
    ]


def test_two_clicks_invite_once_and_say_the_same(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox, stored: Stored
) -> None:
    form = ad.get(people(place, "/invite"))
    fields = {"name": "Nina", "email": "nina@school.example", "roles": ["supervisor", "student"]}
    first, second = form.send(fields), form.send(fields)
    assert first.location == second.location
    text = ad.get(second.location).text
    assert text.count("Nina is invited.") == 2
    assert len(mailbox.deliver()) == 1
    assert stored.count(Membership, Membership.role != Role.ADMINISTRATOR) == 2
    assert stored.count(AuditEntry, AuditEntry.action == "person invited") == 1


def test_who_is_here_under_another_name_gets_the_role_and_keeps_the_name(
    ad: Browser, place: uuid.UUID, make: Maker, mailbox: Mailbox, stored: Stored
) -> None:
    make.person("Johanna Zee", Role.SUPERVISOR, email="jo@school.example", language="en")
    page = invite(ad, place, name="Jo Zee", email="JO@school.example", roles=["facilitator"])
    text = page.follow().text
    assert "Johanna Zee was here already, and has got the role." in text
    assert "You wrote Jo Zee. The name that this person has here stays: Johanna Zee." in text
    assert held(stored, Membership.role != Role.ADMINISTRATOR) == ["facilitator", "supervisor"]
    [letter] = mailbox.deliver()
    assert letter.subject == "You have another role at Partnership of the tests"
    assert "facilitator: You lead" in letter.text
    assert "supervisor:" not in letter.text
    # Once more changes nothing, and says so once the click is long ago.
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        again = invite(ad, place, name="Jo", email="jo@school.example", roles=["facilitator"])
        assert "was here already with this role. Nothing changed." in again.follow().text
    assert len(mailbox.deliver()) == 1


def test_an_account_elsewhere_reads_like_a_new_one_until_its_owner_comes(
    ad: Browser, place: uuid.UUID, make: Maker, mailbox: Mailbox, browse: Browse, stored: Stored
) -> None:
    other = make.person(
        "Secret Name", Role.SUPERVISOR, email="Nina@School.example", partnership=ELSEWHERE
    )
    browse(other)
    for name, email in (("Nina New", "nina@school.example"), ("Nina Two", "two@school.example")):
        invite(ad, place, name=name, email=email)
    pages = [
        ad.get(path_to(ad, place, name)).main.text.replace(name, "N").replace(email, "E")
        for name, email in (
            ("Nina New", "nina@school.example"),
            ("Nina Two", "two@school.example"),
        )
    ]
    assert pages[0] == pages[1]
    for page in (people(place), people(place, "?q=secret"), people(place, "?q=nina")):
        assert "Secret" not in ad.get(page).text
        assert "Nina@School" not in ad.get(page).text
    assert stored.count(Person, Person.name == "Nina New") == 0
    assert {each.to for each in mailbox.deliver()} == {"nina@school.example", "two@school.example"}
    browse(other)
    assert "Secret Name" in ad.get(people(place)).text


def test_who_has_not_come_is_called_by_the_invitation_whatever_they_do_elsewhere(
    ad: Browser, place: uuid.UUID, make: Maker, browse: Browse
) -> None:
    """Also after a change of name, and after the role here ended before they came."""
    other = make.person("Secret Name", Role.SUPERVISOR, partnership=ELSEWHERE)
    there = browse(other, None)
    page = invite(ad, place, name="Nina New", email=other.email).follow()
    there.get("/my-account").send({"name": "Other Secret"})
    assert names(ad.get(people(place))) == ["Ad Administrator", "Nina New"]
    end_role(ad, page)
    browse(other)
    there.get("/my-account").send({"name": "Third Secret"})
    assert names(ad.get(people(place, "?role=none"))) == ["Nina New"]
    assert "Secret" not in ad.get(page.path).text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, ["name"]),
        ({"email": "nina"}, ["email"]),
        ({"email": "a@x.nl, b@x.nl"}, ["email"]),
        ({"roles": []}, ["roles"]),
        ({"roles": ["king"]}, ["roles"]),
        ({"school": str(uuid.uuid4())}, ["school"]),
        ({"mail_language": "fr"}, ["mail_language"]),
        ({"name": "n" * 121}, ["name"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_place_and_kept(
    ad: Browser, place: uuid.UUID, stored: Stored, fields: dict[str, object], wrong: list[str]
) -> None:
    page = invite(ad, place, **fields)
    assert (page.status, page.errors) == (422, wrong)
    kept = {"name": "Nina New", "email": "nina@school.example"} | fields
    assert page.value("email") == kept["email"]
    assert stored.count(Person) == 1
    assert stored.count(OutboxMail) == 0


def test_nobody_gets_a_role_at_a_closed_school_or_one_of_others(
    ad: Browser, place: uuid.UUID, school: Callable[..., uuid.UUID], make: Maker, stored: Stored
) -> None:
    make.person("Else", Role.SUPERVISOR, partnership=ELSEWHERE)
    with make.request():
        theirs = School(partnership_id=make.partnership(ELSEWHERE), name="Theirs")
        db.session.add(theirs)
        db.session.flush()
        others = theirs.id
    for wrong in (school("De Eik", is_closed=True), others):
        page = invite(ad, place, school=str(wrong))
        assert (page.status, page.errors) == (422, ["school"])
    assert invite(ad, place, school=str(school("De Linde"))).status == 303
    assert stored.count(Person, Person.name == "Nina New") == 1


def test_a_school_that_closes_after_the_form_was_looked_at_gives_no_role(
    app: Flask, place: uuid.UUID, school: Callable[..., uuid.UUID], owner: Someone
) -> None:
    """Between the look at the form and the act, another administrator may close it."""
    closed = frozenset({Grant(Role.STUDENT, school("De Eik", is_closed=True))})
    with app.app_context():
        newcomer = Newcomer("Nina", "nina@school.example", closed)
        with pytest.raises(NoSuchSchool):
            service.invite(place, newcomer, owner.id)
        person = find_person_here(place, owner.id)
        assert person
        with pytest.raises(NoSuchSchool):
            service.give(person, next(iter(closed)), person.mark, owner.id)


# ---------------------------------------------------------------------------------- the welcome


def test_a_welcome_is_sent_again_with_a_button_and_never_twice_for_a_click(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox
) -> None:
    page = invite(ad, place).follow()
    assert "on its way" in page.text
    assert "/welcome" not in page.response.text
    mailbox.deliver()
    page = ad.get(page.path)
    assert "The welcome went out on" in page.text
    first, second = page.send(form="/welcome"), page.send(form="/welcome")
    assert first.status == second.status == 303
    assert len(mailbox.deliver()) == 2
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        for _again in range(4):
            page.send(form="/welcome")
            mailbox.deliver()
        assert page.send(form="/welcome").status == 429
    assert len(mailbox.deliver()) == 6


def test_a_welcome_leaves_no_more_once_the_role_is_over(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox
) -> None:
    page = invite(ad, place).follow()
    end_role(ad, page)
    assert mailbox.deliver() == []
    assert "no welcome goes out" in ad.get(page.path).text


def test_a_second_role_before_the_welcome_stands_in_it(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox
) -> None:
    page = invite(ad, place, mail_language="en").follow()
    page.send({"role": "facilitator"}, form="/roles")
    [letter] = mailbox.deliver()
    assert "- workplace supervisor:" in letter.text
    assert "- facilitator:" in letter.text


# ------------------------------------------------------------------------------------ the roles


def end_role(browser: Browser, page: Page, at: int = 0) -> Page:
    """End one of the roles on this page."""
    links = [each for each in page.links if each.endswith("/end")]
    return browser.get(links[at]).send()


def test_a_role_is_given_and_ended_and_its_history_stays(
    ad: Browser, place: uuid.UUID, owner: Someone, school: Callable[..., uuid.UUID], stored: Stored
) -> None:
    linde = school("De Linde")
    page = ad.get(path_of(place, owner))
    given = page.send({"role": "school_trainer", "school": str(linde)}, form="/roles").follow()
    assert "school trainer, De Linde" in given.text
    assert "given by Ad Administrator" in given.text
    confirm = ad.get([each for each in given.links if each.endswith("/end")][1])
    assert "Olga Owner will no longer be school trainer at De Linde." in confirm.text
    ended = confirm.send().follow()
    assert "no longer has this role: school trainer" in ended.text
    assert "ended on" in ended.text.partition("Roles before")[2]
    assert "by Ad Administrator" in ended.text.partition("Roles before")[2]
    # Given again it is another one.
    ended.send({"role": "school_trainer", "school": str(linde)}, form="/roles")
    assert stored.count(Membership, Membership.person_id == owner.id) == 3
    acts = stored.values(sa.select(AuditEntry.action).order_by(AuditEntry.at))
    assert acts[-3:] == ["role given", "role ended", "role given"]


def test_two_clicks_give_and_end_once(
    ad: Browser, place: uuid.UUID, owner: Someone, stored: Stored
) -> None:
    page = ad.get(path_of(place, owner))
    for _click in range(2):
        assert page.send({"role": "facilitator"}, form="/roles").status == 303
    confirm = ad.get([each for each in ad.get(page.path).links if each.endswith("/end")][1])
    for _click in range(2):
        assert confirm.send().status == 303
    assert held(stored, Membership.person_id == owner.id) == ["supervisor"]
    assert stored.count(Membership, Membership.person_id == owner.id) == 2
    assert ad.get(confirm.path).status == 303


def test_of_two_administrators_the_second_sees_what_the_first_did_and_chooses(
    ad: Browser, browse: Browse, make: Maker, place: uuid.UUID, owner: Someone, stored: Stored
) -> None:
    bea = browse(make.person("Bea Beheer", Role.ADMINISTRATOR))
    hers, his = bea.get(path_of(place, owner)), ad.get(path_of(place, owner))
    ending = ad.get([each for each in his.links if each.endswith("/end")][0])
    hers.send({"role": "facilitator"}, form="/roles")
    page = his.send({"role": "school_trainer"}, form="/roles")
    assert (page.status, page.errors) == (409, ["role"])
    assert "facilitator" in page.main.all("ul", **{"class": "roles-here"})[0].text
    assert page.value("role") == "school_trainer"
    again = ending.send()
    assert again.status == 409
    assert "These are the roles now: workplace supervisor, facilitator." in again.text
    assert held(stored, Membership.person_id == owner.id) == ["facilitator", "supervisor"]
    # Sent once more it is what they chose.
    assert again.send().status == 303
    assert held(stored, Membership.person_id == owner.id) == ["facilitator"]
    assert ad.get(his.path).send({"role": "school_trainer"}, form="/roles").status == 303
    # What the other one did already is no reason to ask.
    assert hers.send({"role": "school_trainer"}, form="/roles").status == 303


def test_the_last_administrator_stays(
    ad: Browser, place: uuid.UUID, administrator: Someone, make: Maker, stored: Stored
) -> None:
    make.person("Else", Role.ADMINISTRATOR, partnership=ELSEWHERE)
    refused = end_role(ad, ad.get(path_of(place, administrator)))
    assert refused.status == 409
    assert "the only administrator" in refused.text
    assert held(stored, Membership.person_id == administrator.id) == ["administrator"]
    make.person("Bea", Role.ADMINISTRATOR)
    done = end_role(ad, ad.get(path_of(place, administrator)))
    assert done.location == "/start"
    assert ad.get(people(place)).status == 403


@pytest.mark.parametrize("fields", [{"role": "king"}, {"role": ""}, {"school": "x"}])
def test_a_role_that_cannot_be_is_refused(
    ad: Browser, place: uuid.UUID, owner: Someone, stored: Stored, fields: dict[str, str]
) -> None:
    page = ad.get(path_of(place, owner)).send({"role": "student"} | fields, form="/roles")
    assert (page.status, page.errors) == (422, list(fields))
    assert held(stored, Membership.person_id == owner.id) == ["supervisor"]


def test_a_school_that_closes_in_the_middle_gives_no_role(
    ad: Browser, place: uuid.UUID, owner: Someone, school: Callable[..., uuid.UUID], make: Maker
) -> None:
    linde = school("De Linde")
    page = ad.get(path_of(place, owner))
    with make.request():
        db.session.execute(sa.update(School).values(closed_at=clock.now()))
    refused = page.send({"role": "student", "school": str(linde)}, form="/roles")
    assert (refused.status, refused.errors) == (422, ["school"])


# ------------------------------------------------------------------------- names and addresses


def test_an_invitation_is_mended_as_if_it_had_been_right_at_first(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox, stored: Stored
) -> None:
    page = invite(ad, place, name="Nnia", email="nnia@school.example", roles=["supervisor"])
    page = ad.get(page.location)
    page.send({"role": "facilitator"}, form="/roles")
    mend = ad.get(page.path + "/mend")
    assert (mend.value("name"), mend.value("email")) == ("Nnia", "nnia@school.example")
    after = mend.send({"name": "Nina", "email": "nina@school.example"}).follow()
    assert after.heading == "Nina"
    assert "A welcome goes to the new address." in after.text
    assert ad.get(page.path).status == 404
    assert names(ad.get(people(place))) == ["Ad Administrator", "Nina"]
    assert names(ad.get(people(place, "?role=none"))) == []
    assert stored.values(sa.select(Person.email).where(Person.name != "Ad Administrator")) == [
        "nina@school.example"
    ]
    [letter] = mailbox.deliver()
    assert letter.to == "nina@school.example"
    assert letter.text.count("\n- ") == 2


def test_a_name_is_mended_for_its_owner_too(
    ad: Browser, place: uuid.UUID, stored: Stored, mailbox: Mailbox
) -> None:
    page = invite(ad, place, name="Nnia", email="nina@school.example").follow()
    after = ad.get(page.path + "/mend").send({"name": "Nina"}).follow()
    assert (after.path, after.heading) == (page.path, "Nina")
    assert stored.count(Person, Person.name == "Nina") == 1
    assert len(mailbox.deliver()) == 1


def test_mending_takes_no_account_over_and_tells_of_none(
    ad: Browser, place: uuid.UUID, make: Maker, stored: Stored, browse: Browse, mailbox: Mailbox
) -> None:
    """Whoever has an account elsewhere keeps it, whichever of the two addresses is theirs."""
    wrong = make.person("Wendy", Role.SUPERVISOR, partnership=ELSEWHERE)
    right = make.person("Rina", Role.SUPERVISOR, partnership=ELSEWHERE)
    browse(wrong)
    page = invite(ad, place, name="N", email=wrong.email).follow()
    after = ad.get(page.path + "/mend").send({"name": "N", "email": right.email}).follow()
    assert after.heading == "N"
    assert "Rina" not in after.text
    assert ad.get(page.path).status == 404
    with make.request():
        accounts = {each.name: each.email for each in db.session.scalars(sa.select(Person))}
    assert accounts["Wendy"] == wrong.email
    assert accounts["Rina"] == right.email
    assert stored.count(Membership, Membership.person_id == wrong.id) == 1
    assert [each.to for each in mailbox.deliver()] == [right.email]


def test_whoever_came_changes_name_and_address_themselves(
    ad: Browser, place: uuid.UUID, owner: Someone, browse: Browse, stored: Stored, mailbox: Mailbox
) -> None:
    browse(owner)
    page = ad.get(path_of(place, owner) + "/mend").follow()
    assert "name" not in page.fields("/address")
    after = page.send({"email": "olga@new.example"}).follow()
    assert "A new address is waiting to be confirmed" in after.text
    assert stored.values(sa.select(Person.email).where(Person.id == owner.id)) == [owner.email]
    assert {each.to for each in mailbox.deliver()} == {owner.email, "olga@new.example"}
    kept = after.send(form="/address/keep").follow()
    assert "waiting" not in kept.text


def test_a_new_address_that_others_asked_for_is_not_shown(
    ad: Browser, place: uuid.UUID, owner: Someone, browse: Browse, make: Maker
) -> None:
    olga = browse(owner)
    olga.get("/my-account").send({"email": "own@new.example"}, form="my-account/address")
    assert "own@new" not in ad.get(path_of(place, owner)).text
    els = make.person("Els", Role.ADMINISTRATOR, partnership=ELSEWHERE)
    make.person("Olga", Role.SUPERVISOR, email=owner.email, partnership=ELSEWHERE)
    olga.get("/my-account").send(form="my-account/keep")
    browse(owner)
    there = make.partnership(ELSEWHERE)
    browse(els).get(path_of(there, owner) + "/address").send({"email": "theirs@new.example"})
    assert "theirs@new" not in ad.get(path_of(place, owner)).text
    ad.post(path_of(place, owner) + "/address/keep")
    assert "theirs@new" in browse(els).get(path_of(there, owner)).text


def test_whoever_comes_while_an_invitation_is_mended_keeps_their_name(
    ad: Browser, place: uuid.UUID, browse: Browse, stored: Stored
) -> None:
    page = invite(ad, place).follow()
    mend = ad.get(page.path + "/mend")
    [key] = stored.values(sa.select(Person.id).where(Person.name == "Nina New"))
    browse(Someone(key, "Nina New", "nina@school.example"))
    refused = mend.send({"name": "Another", "email": "other@school.example"})
    assert refused.status == 409
    assert "signed in meanwhile" in refused.text
    assert refused.value("email") == "other@school.example"
    assert stored.count(Person, Person.name == "Nina New") == 1


def test_two_administrators_who_mend_one_invitation_get_a_choice(
    ad: Browser, place: uuid.UUID, browse: Browse, make: Maker
) -> None:
    bea = browse(make.person("Bea", Role.ADMINISTRATOR))
    page = invite(ad, place).follow()
    hers, his = bea.get(page.path + "/mend"), ad.get(page.path + "/mend")
    hers.send({"name": "Nina Hers"})
    refused = his.send({"name": "Nina His"})
    assert (refused.status, refused.errors) == (409, ["name"])
    assert "Nina Hers" in refused.text
    assert refused.value("name") == "Nina His"
    assert refused.send().follow().heading == "Nina His"


def test_what_one_of_two_left_alone_in_an_invitation_is_no_choice(
    ad: Browser, place: uuid.UUID, browse: Browse, make: Maker
) -> None:
    bea = browse(make.person("Bea", Role.ADMINISTRATOR))
    page = invite(ad, place).follow()
    hers, his = bea.get(page.path + "/mend"), ad.get(page.path + "/mend")
    hers.send({"name": "Nina Hers"})
    done = his.send({"email": "nina.his@school.example"}).follow()
    assert done.heading == "Nina Hers"
    assert "nina.his@school.example" in done.text


# -------------------------------------------------------------------------------- whom it is for


PAGES = [
    "",
    "/invite",
    "/{person}",
    "/{person}/mend",
    "/{person}/address",
    "/{person}/roles/{role}/end",
]


@pytest.mark.parametrize("page", PAGES)
def test_only_administrators_of_this_partnership_get_in(
    browse: Browse, make: Maker, place: uuid.UUID, owner: Someone, stored: Stored, page: str
) -> None:
    [role] = stored.values(sa.select(Membership.id).where(Membership.person_id == owner.id))
    path = people(place, page.format(person=owner.id, role=role))
    els = make.person("Els", Role.ADMINISTRATOR, partnership=ELSEWHERE)
    assert browse(els).get(path).status == 404
    assert browse(owner).get(path).status == 403
    assert browse().get(path).location.startswith("/sign-in")


def test_keys_of_another_partnership_open_nothing_here(
    ad: Browser, make: Maker, place: uuid.UUID, owner: Someone, stored: Stored
) -> None:
    """Also not for whoever looks after both."""
    els = make.person("Else Where", Role.SUPERVISOR, partnership=ELSEWHERE)
    with make.request():
        theirs = db.session.scalars(
            sa.select(Membership.id).where(Membership.person_id == els.id)
        ).one()
    make.person(
        "Ad", Role.ADMINISTRATOR, email="ad.administrator@school.example", partnership=ELSEWHERE
    )
    before = stored.everything()
    for path in (
        path_of(place, els),
        path_of(place, els) + "/mend",
        path_of(place, owner) + f"/roles/{theirs}/end",
        people(uuid.uuid4()),
    ):
        assert ad.get(path).status == 404, path
    for path in ("/roles", "/welcome", "/mend", "/address", "/address/keep"):
        assert ad.post(path_of(place, els) + path, {"role": "student"}).status == 404
    assert ad.post(path_of(place, owner) + f"/roles/{theirs}/end").status == 404
    assert stored.everything() == before
    assert ad.get(path_of(make.partnership(ELSEWHERE), els)).status == 200


def test_a_role_that_is_lost_in_the_middle_of_a_form_stores_nothing_and_keeps_what_was_typed(
    ad: Browser, place: uuid.UUID, administrator: Someone, make: Maker, stored: Stored
) -> None:
    make.person("Bea", Role.ADMINISTRATOR)
    form = ad.get(people(place, "/invite"))
    make.without_role(administrator, Role.ADMINISTRATOR)
    page = form.send({"name": "Nina New", "email": "nina@school.example", "roles": ["student"]})
    assert page.status == 403
    assert "role that you do not have" in page.text
    assert "nina@school.example" in page.text
    assert stored.count(Person, Person.name == "Nina New") == 0


def test_an_ended_members_open_page_is_closed_at_the_next_click(
    ad: Browser, place: uuid.UUID, browse: Browse, owner: Someone
) -> None:
    olga = browse(owner)
    start = olga.get("/start")
    end_role(ad, ad.get(path_of(place, owner)))
    assert start.send().status == 403
    # What is their own stays theirs.
    assert olga.get("/my-data").status == 200
    assert olga.get("/start").status == 200


# --------------------------------------------------------------------------- deleting an account


def test_the_last_administrator_who_deletes_their_account_is_asked_once_more(
    ad: Browser, administrator: Someone, place: uuid.UUID, stored: Stored
) -> None:
    page = ad.get("/my-data")
    assert "nobody will look after Partnership of the tests any more" in page.text
    refused = page.send({"sure": "y"}, form="/delete")
    assert (refused.status, refused.errors) == (422, ["last_administrator"])
    done = refused.send({"sure": "y", "last_administrator": "y"}, form="/delete")
    assert done.status == 303
    assert stored.count(Person) == 0
    assert stored.count(Partnership) == 1


def test_one_of_two_administrators_deletes_their_account_like_anybody(
    ad: Browser, make: Maker, stored: Stored
) -> None:
    make.person("Bea", Role.ADMINISTRATOR)
    page = ad.get("/my-data")
    assert "nobody will look after" not in page.text
    assert page.send({"sure": "y"}, form="/delete").status == 303
    assert stored.count(Welcome) == 1


# ------------------------------------------------------------------------------------ beginning


def test_a_beginning_knows_what_is_still_missing(
    app: Flask, place: uuid.UUID, make: Maker, school: Callable[..., uuid.UUID]
) -> None:
    def missing() -> tuple[bool, bool]:
        with app.app_context():
            found = beginnings([place])[place]
            return found.has_schools, found.has_people

    assert missing() == (False, False)
    school("De Eik", is_closed=True)
    assert missing() == (False, False)
    school("De Linde")
    make.person("Nina", Role.SUPERVISOR)
    assert missing() == (True, True)


# ------------------------------------------------------------------- mail that nobody asked for


VICTIM = "victim@school.example"


def mended(browser: Browser, place: uuid.UUID, to: str) -> int:
    """Send the invitation of Nina to another address; returns the status of the answer."""
    return browser.get(f"{path_to(browser, place, 'Nina')}/mend").send({"email": to}).status


def test_an_invitation_that_goes_to_and_fro_floods_no_mailbox(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox
) -> None:
    invite(ad, place, name="Nina", email=VICTIM)
    answers = []
    for turn in range(8):
        mailbox.deliver()
        answers.append(mended(ad, place, f"other{turn}@school.example"))
        mailbox.deliver()
        answers.append(mended(ad, place, VICTIM))
    # With the first one six of them were about this mailbox.
    assert answers[:6] == [303] * 5 + [429]
    assert set(answers[7::2]) == {429}
    assert len(mailbox.to(VICTIM)) == 3


def test_inviting_and_sending_away_by_lists_has_an_end_too(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox
) -> None:
    answers = []
    for turn in range(7):
        page = ad.get(people(place, "/import")).send(
            {"text": f"naam;e-mail;rol\nNina;{VICTIM};wpb"}
        )
        page.follow().send(form="/invite")
        mailbox.deliver()
        path = path_to(ad, place, "Nina")
        other = {"name": f"Other {turn}", "email": f"other{turn}@school.example"}
        answers.append(ad.get(f"{path}/mend").send(other).status)
    assert answers == [303] * 6 + [429]
    assert len(mailbox.to(VICTIM)) == 7


def test_a_role_that_is_given_and_ended_again_and_again_floods_no_mailbox(
    ad: Browser, place: uuid.UUID, mailbox: Mailbox
) -> None:
    invite(ad, place)
    mailbox.deliver()
    path, answers = path_to(ad, place, "Nina New"), []
    for _turn in range(22):
        answers.append(ad.get(path).send({"role": "facilitator"}, form="/roles").status)
        mailbox.deliver()
        ends = [each for each in ad.get(path).links if each.endswith("/end")]
        if len(ends) > 1:
            for link in ends:
                if "facilitator" in ad.get(link).main.text:
                    ad.get(link).send()
    assert answers == [303] * 20 + [429] * 2
