"""Opening something of one's own to a colleague, seeing who reads it, and taking it back."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import PARTNERSHIP, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import ONE_TIME, Browser, Page
from tests.pages.html import Element
from tests.pages.result_page import OWN, full_scan
from tests.pages.statements import statements
from tests.people import Browse, sign_in
from zetwpo import clock
from zetwpo.accounts.actors import EMPLOYERS, RECEIVERS, Role
from zetwpo.audit import AuditEntry
from zetwpo.extensions import db
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy
from zetwpo.scan.self_scan.models import Scan as ScanRow
from zetwpo.sharing import items, service
from zetwpo.sharing.items import EXTENSION, Group, GroupKind, Registry
from zetwpo.sharing.models import Share

QUESTION = "How do I let my student think first?"
KINDS = ("scan", "learning_question")
AXES = ("pedagogical", "organisational", "gatekeeper", "developmental")


@pytest.fixture
def scan(
    make: Maker, owner: Someone, trainer: Someone, facilitator: Someone, stranger: Someone
) -> Scan:
    """A scan with the views of others, and a learning question after it; colleagues are there."""
    made = full_scan(make, owner)
    make.learning_question(made, QUESTION)
    return made


@pytest.fixture
def tess(browse: Browse, trainer: Someone) -> Browser:
    """The browser of a school trainer."""
    return browse(trainer)


def page_of(scan: Scan, kind: str = "scan") -> str:
    return f"/sharing/{kind}/{scan.id}"


def opened(browser: Browser, path: str, name: str, **fields: str) -> Page:
    """Look for this name, choose the first who is found, and share."""
    page = browser.get(f"{path}?name={name.replace(' ', '+')}")
    choices = [each.get("value") for each in page.main.all("input", name="to")]
    assert choices, page.text
    return page.send({"to": choices[0], "part": "", "day": ""} | fields, form=path)


def keys(stored: Stored) -> list[uuid.UUID]:
    return stored.values(sa.select(Share.id).order_by(Share.opened_at, Share.id))


def listed(page: Page) -> list[str]:
    """The names under "Who can see this", of those who can."""
    found = []
    for each in page.main.all("ul", **{"class": "people"}):
        for row in each.children:
            if isinstance(row, Element) and "Cannot see it" not in row.text:
                in_group = [reader.text for reader in row.all("li")]
                found += in_group or [row.all("strong")[0].text]
    return found


# ---------------------------------------------------------------------------- sharing, taking back


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shared_opens_to_that_person_and_to_nobody_else(
    olga: Browser,
    tess: Browser,
    browse: Browse,
    scan: Scan,
    stranger: Someone,
    facilitator: Someone,
    stored: Stored,
    kind: str,
) -> None:
    assert opened(olga, page_of(scan, kind), "tess").location == page_of(scan, kind)
    [key] = keys(stored)
    page = tess.get(f"/shared/{key}")
    assert page.status == 200
    assert "Olga Owner" in page.text
    for other in (olga, browse(stranger), browse(facilitator)):
        assert other.get(f"/shared/{key}").status == 404
    assert browse().get(f"/shared/{key}").location.startswith("/sign-in")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_is_closed_at_the_next_click(
    olga: Browser, tess: Browser, scan: Scan, stored: Stored, kind: str
) -> None:
    opened(olga, page_of(scan, kind), "tess")
    [key] = keys(stored)
    assert tess.get(f"/shared/{key}").status == 200
    page = olga.get(page_of(scan, kind)).send(form="take-back").follow()
    assert "Whoever you chose no longer sees it" in page.text
    assert listed(page) == []
    assert tess.get(f"/shared/{key}").status == 404
    assert "There is nothing here" in tess.get("/shared").text


def test_the_owners_pages_say_who_can_see_it_and_lead_back_there(olga: Browser, scan: Scan) -> None:
    for kind, path in (("scan", "result"), ("learning_question", "learning-question")):
        own_page = f"{scan.path}/{path}"
        assert page_of(scan, kind) in olga.get(own_page).links
        assert listed(olga.get(own_page)) == []
        opened(olga, page_of(scan, kind), "tess")
        assert listed(olga.get(own_page)) == ["Tess Trainer"]
        assert olga.get(own_page).send(form="take-back").location == own_page
        assert listed(olga.get(own_page)) == []


def test_fifty_clicks_open_it_once_and_send_one_mail(
    olga: Browser, scan: Scan, stored: Stored, mailbox: Mailbox, trainer: Someone
) -> None:
    for _click in range(5):
        opened(olga, page_of(scan), "tess")
    assert stored.count(Share) == 1
    assert stored.count(AuditEntry, AuditEntry.action == "own item opened") == 1
    [letter] = mailbox.to(trainer.email)
    assert "Olga Owner" in letter.subject
    assert letter.link == f"/shared/{keys(stored)[0]}"


def test_taking_back_twice_is_once(olga: Browser, scan: Scan, stored: Stored) -> None:
    opened(olga, page_of(scan), "tess")
    [key] = keys(stored)
    for _click in range(3):
        assert olga.post(f"/sharing/shares/{key}/take-back").status == 303
    assert stored.count(AuditEntry, AuditEntry.action == "own item taken back") == 1


def test_sharing_anew_opens_the_same_address_without_a_second_mail(
    olga: Browser, tess: Browser, scan: Scan, stored: Stored, mailbox: Mailbox, trainer: Someone
) -> None:
    opened(olga, page_of(scan), "tess")
    assert len(mailbox.to(trainer.email)) == 1
    olga.get(page_of(scan)).send(form="take-back")
    opened(olga, page_of(scan), "tess")
    [key] = keys(stored)
    assert tess.get(f"/shared/{key}").status == 200
    assert len(mailbox.to(trainer.email)) == 1


def test_a_mail_does_not_leave_for_what_was_taken_back_or_closed_meanwhile(
    olga: Browser, scan: Scan, make: Maker, mailbox: Mailbox, trainer: Someone, facilitator: Someone
) -> None:
    opened(olga, page_of(scan), "tess")
    olga.get(page_of(scan)).send(form="take-back")
    opened(olga, page_of(scan), "fem")
    make.without_role(facilitator, Role.FACILITATOR)
    assert mailbox.to(trainer.email) == []
    assert mailbox.to(facilitator.email) == []


def test_a_day_closes_it_at_its_end_in_dutch_time(
    olga: Browser, tess: Browser, trainer: Someone, scan: Scan, stored: Stored
) -> None:
    day = clock.today() + timedelta(days=3)
    opened(olga, page_of(scan), "tess", day=day.isoformat())
    [key] = keys(stored)
    for minutes, status in ((-1, 200), (+1, 404)):
        with time_machine.travel(clock.end_of(day) + timedelta(minutes=minutes)):
            sign_in(tess, trainer)
            assert tess.get(f"/shared/{key}").status == status
            sign_in(olga, scan.owner)
            assert listed(olga.get(page_of(scan))) == (["Tess Trainer"] if status == 200 else [])


def test_another_day_takes_the_place_of_the_first(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    day = clock.today() + timedelta(days=3)
    opened(olga, page_of(scan), "tess", day=day.isoformat())
    opened(olga, page_of(scan), "tess")
    assert stored.values(sa.select(Share.until)) == [None]


@pytest.mark.parametrize("day", ["soon", "2001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_never_read_as_for_ever(
    olga: Browser, scan: Scan, stored: Stored, day: str
) -> None:
    page = opened(olga, page_of(scan), "tess", day=day)
    assert (page.status, page.errors) == (422, ["day"])
    assert stored.count(Share) == 0
    # What was chosen stays, with the people among whom.
    assert page.value("to").startswith("person:")


def test_a_part_opens_that_part_alone(
    olga: Browser, tess: Browser, scan: Scan, stored: Stored
) -> None:
    opened(olga, page_of(scan), "tess", part="gatekeeper")
    [key] = keys(stored)
    page = tess.get(f"/shared/{key}")
    assert len(page.main.all("tr")) == 2
    assert "My own example" in page.text
    assert "overall" not in [each.get("id") for each in page.main.all("h2")]
    opened(olga, page_of(scan), "tess", part="pedagogical")
    other = next(each for each in keys(stored) if each != key)
    assert "My own example" not in tess.get(f"/shared/{other}").text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"to": ""}, "to"),
        ({"to": "person:me"}, "to"),
        ({"to": "nothing:00000000-0000-0000-0000-000000000000"}, "to"),
        ({"part": "everything"}, "part"),
    ],
)
def test_what_no_page_sends_opens_nothing(
    olga: Browser, scan: Scan, stored: Stored, trainer: Someone, fields: dict[str, str], wrong: str
) -> None:
    sent = {"to": f"person:{trainer.id}", "part": "", "day": "", "name": "tess"} | fields
    page = olga.post(page_of(scan), sent)
    assert (page.status, page.errors) == (422, [wrong])
    assert stored.count(Share) == 0


def test_a_question_has_no_parts(
    olga: Browser, scan: Scan, stored: Stored, trainer: Someone
) -> None:
    sent = {"to": f"person:{trainer.id}", "part": "pedagogical"}
    assert olga.post(page_of(scan, "learning_question"), sent).status == 422
    assert stored.count(Share) == 0


# --------------------------------------------------------------------------------- who may receive


@pytest.mark.parametrize("role", Role)
def test_only_a_role_that_may_receive_can_be_chosen(
    olga: Browser, make: Maker, scan: Scan, stored: Stored, role: Role
) -> None:
    other = make.person("Willem Wanted", role)
    page = olga.get(f"{page_of(scan)}?name=willem")
    assert bool(page.main.all("input", name="to")) is (role in RECEIVERS)
    sent = olga.post(page_of(scan), {"to": f"person:{other.id}", "part": "", "day": ""})
    assert (sent.status == 303) is (role in RECEIVERS)
    assert stored.count(Share) == (role in RECEIVERS)


@pytest.mark.parametrize("elsewhere", [PARTNERSHIP, "Another partnership"])
@pytest.mark.parametrize("role", sorted(EMPLOYERS))
def test_an_employer_can_never_be_chosen_and_never_reads_through_a_second_role(
    olga: Browser,
    browse: Browse,
    make: Maker,
    scan: Scan,
    stored: Stored,
    role: Role,
    elsewhere: str,
) -> None:
    later = make.person("Lotte Later", Role.SUPERVISOR)
    opened(olga, page_of(scan), "lotte")
    [key] = keys(stored)
    lotte = browse(later)
    assert lotte.get(f"/shared/{key}").status == 200
    # Given after it was shared.
    make.person(later.name, role, email=later.email, partnership=elsewhere)
    assert lotte.get(f"/shared/{key}").status == 404
    assert "There is nothing here" in lotte.get("/shared").text
    assert listed(olga.get(page_of(scan))) == []
    assert "Cannot see it at the moment" in olga.get(page_of(scan)).text
    assert not olga.get(f"{page_of(scan)}?name=lotte").main.all("input", name="to")
    assert olga.post(page_of(scan), {"to": f"person:{later.id}", "part": ""}).status == 422
    # It was never taken away from its owner to decide: it opens again when the role ends.
    make.without_role(later, role)
    assert lotte.get(f"/shared/{key}").status == 200


def test_a_role_that_ends_closes_it_at_the_next_click(
    olga: Browser, tess: Browser, make: Maker, trainer: Someone, scan: Scan, stored: Stored
) -> None:
    opened(olga, page_of(scan), "tess")
    [key] = keys(stored)
    assert tess.get(f"/shared/{key}").status == 200
    make.without_role(trainer, Role.SCHOOL_TRAINER)
    assert tess.get(f"/shared/{key}").status == 404
    assert listed(olga.get(page_of(scan))) == []


def test_a_role_in_another_partnership_opens_nothing(
    olga: Browser, make: Maker, scan: Scan
) -> None:
    far = make.person("Willem Wanted", Role.SCHOOL_TRAINER, partnership="Another partnership")
    assert not olga.get(f"{page_of(scan)}?name=willem").main.all("input", name="to")
    assert olga.post(page_of(scan), {"to": f"person:{far.id}", "part": ""}).status == 422


def test_nobody_shares_with_themselves(olga: Browser, scan: Scan, owner: Someone) -> None:
    assert not olga.get(f"{page_of(scan)}?name=olga").main.all("input", name="to")
    assert olga.post(page_of(scan), {"to": f"person:{owner.id}", "part": ""}).status == 422


def test_names_are_found_by_their_first_letters_and_shown_without_an_address(
    olga: Browser, make: Maker, scan: Scan
) -> None:
    somebody = make.person("Élise de Wit-Jansen", Role.FACILITATOR, email="elise@far.example")
    for words in ("eli", "ELISE wit", "jans"):
        page = olga.get(f"{page_of(scan)}?name={words.replace(' ', '+')}")
        assert somebody.name in page.text
        assert "facilitator" in page.text
        assert "far.example" not in page.response.text
    assert somebody.name not in olga.get(f"{page_of(scan)}?name=elisa").text
    assert somebody.name not in olga.get(f"{page_of(scan)}?name=--").text
    assert "Type two letters" in olga.get(f"{page_of(scan)}?name=e").text
    assert somebody.name not in olga.get(page_of(scan)).text


def test_at_most_twenty_people_are_offered(olga: Browser, make: Maker, scan: Scan) -> None:
    for number in range(20):
        make.person(f"Sam {number}", Role.SUPERVISOR, email=f"sam{number}@school.example")
    page = olga.get(f"{page_of(scan)}?name=sam")
    assert len(page.main.all("input", name="to")) == 20
    assert "more people with this name" not in page.text
    make.person("Sam 20", Role.SUPERVISOR, email="sam20@school.example")
    page = olga.get(f"{page_of(scan)}?name=sam")
    assert len(page.main.all("input", name="to")) == 20
    assert "more people with this name" in page.text


def test_two_people_of_one_name_and_role_are_told_apart(
    olga: Browser, make: Maker, scan: Scan
) -> None:
    with time_machine.travel(clock.now() - timedelta(days=40)):
        make.person("Sam Same", Role.SUPERVISOR, email="one@school.example")
    make.person("Sam Same", Role.SUPERVISOR, email="two@school.example")
    page = olga.get(f"{page_of(scan)}?name=sam")
    labels = [each.text for each in page.main.all("label") if "Sam Same" in each.text]
    assert len(set(labels)) == 2


def test_whoever_was_invited_and_has_not_come_is_called_as_the_invitation_says(
    olga: Browser, make: Maker, scan: Scan
) -> None:
    far = make.person("Wim Secret", Role.SUPERVISOR, partnership="Another partnership")
    make.person("Willem Wanted", Role.SUPERVISOR, email=far.email)
    assert not olga.get(f"{page_of(scan)}?name=secr").main.all("input", name="to")
    opened(olga, page_of(scan), "willem")
    for path in (page_of(scan), f"{scan.path}/result", "/my-data/all.html", "/my-data/all.json"):
        page = olga.get(path).response.text
        assert "Willem Wanted" in page, path
        assert "Secret" not in page, path


# ------------------------------------------------------------------------------------------ groups


@contextmanager
def group_of(app: Flask, *members: Someone, partnership_id: uuid.UUID) -> Iterator[uuid.UUID]:
    """A group of these people, of a kind of the test's own."""
    since = clock.now() - timedelta(hours=1)
    group = Group(
        uuid.uuid4(), "Our trajectory", partnership_id, {each.id: since for each in members}
    )

    def find(ids: object) -> dict[uuid.UUID, Group]:
        return {group.id: group} if group.id in set(ids) else {}  # type: ignore[call-overload]

    def of_person(person_id: uuid.UUID) -> set[uuid.UUID]:
        return {group.id} if person_id in group.members else set()

    before: Registry = app.extensions[EXTENSION]
    kind = GroupKind("trajectory", find, of_person)
    items.init_app(app, tuple(before.items.values()), [kind])
    try:
        yield group.id
    finally:
        app.extensions[EXTENSION] = before


def test_who_is_listed_is_who_can_read_it_for_everybody_there_is(
    app: Flask,
    olga: Browser,
    browse: Browse,
    make: Maker,
    owner: Someone,
    scan: Scan,
    stored: Stored,
) -> None:
    everybody = [owner]
    for role in Role:
        everybody.append(make.person(f"Only {role}", role))
        both = make.person(f"Both {role}", role, Role.SCHOOL_TRAINER)
        ended = make.person(f"Ended {role}", role, Role.ADMINISTRATOR)
        make.without_role(ended, role)
        far = make.person(f"Far {role}", role, partnership="Another partnership")
        split = make.person(f"Split {role}", Role.SUPERVISOR)
        make.person(split.name, role, email=split.email, partnership="Another partnership")
        everybody += [both, ended, far, split]
    with group_of(app, *everybody, partnership_id=make.partnership()) as group_id:
        page = olga.get(page_of(scan))
        page.send({"to": f"trajectory:{group_id}", "part": "", "day": ""}, form=page_of(scan))
        [key] = keys(stored)
        for each in everybody:
            browser = browse(each)
            reads = browser.get(f"/shared/{key}").status == 200
            assert (each.name in listed(olga.get(page_of(scan)))) is reads, each.name
            assert (f"/shared/{key}" in browser.get("/shared").links) is reads, each.name
            assert ("/shared" in browser.get("/start").links) is reads, each.name
        assert len(listed(olga.get(page_of(scan)))) >= 4
    # The kind of group went, and with it the group: it opens to nobody, and can be taken back.
    page = olga.get(page_of(scan))
    assert listed(page) == []
    assert "A group that is no longer there" in page.text
    assert page.send(form="take-back").status == 303


def test_only_a_group_that_the_owner_is_in_can_be_chosen(
    app: Flask, olga: Browser, make: Maker, trainer: Someone, owner: Someone, scan: Scan
) -> None:
    elsewhere = make.partnership
    make.person("Far", Role.SUPERVISOR, partnership="Another partnership")
    for members, place in (
        ([trainer], PARTNERSHIP),
        ([trainer, owner], "Another partnership"),
    ):
        with group_of(app, *members, partnership_id=elsewhere(place)) as group_id:
            sent = {"to": f"trajectory:{group_id}", "part": "", "day": ""}
            assert olga.post(page_of(scan), sent).status == 422


# ----------------------------------------------------------- what travels along, and what does not


def test_the_receiver_sees_the_own_view_and_nothing_of_others(
    olga: Browser, tess: Browser, make: Maker, scan: Scan, stored: Stored
) -> None:
    opened(olga, page_of(scan), "tess")
    [key] = keys(stored)
    before = tess.get(f"/shared/{key}")
    assert "My own example" in before.text
    for word in ("Noor", "earlier", "You asked", "sees more", "feedback"):
        assert word not in before.main.text, word
    # One line, and one dot in each row.
    looks = {
        each.get("class").split("look-")[1]
        for each in before.main.all("g")
        if "look-" in each.get("class")
    }
    assert looks == {"self"}
    make.shared(make.asked(scan, "Daan"), 1, feed_forward={"pedagogical": "A new tip"})
    after = tess.get(f"/shared/{key}")
    assert ONE_TIME.sub("", after.response.text) == ONE_TIME.sub("", before.response.text)


def test_the_receiver_of_a_question_sees_what_is_saved_and_not_what_it_rests_on(
    olga: Browser, tess: Browser, make: Maker, scan: Scan, stored: Stored
) -> None:
    make.taken(scan, "strength", "relationship")
    make.learning_question(scan, "Second version")
    make.learning_question_draft(scan, "Third, not saved")
    opened(olga, page_of(scan, "learning_question"), "tess")
    [key] = keys(stored)
    text = tess.get(f"/shared/{key}").main.text
    assert "Second version" in text
    for word in (QUESTION, "Third", "Noor", "Strong", "rest"):
        assert word not in text, word
    make.learning_question(scan, "Saved after sharing")
    assert "Saved after sharing" in tess.get(f"/shared/{key}").text


def test_who_writes_a_question_reads_who_will_read_it(olga: Browser, scan: Scan) -> None:
    path = f"{scan.path}/learning-question"
    assert "Only you read this." in olga.get(path).text
    opened(olga, page_of(scan, "learning_question"), "tess")
    text = olga.get(path).text
    assert "Only you read this." not in text
    assert "once you have saved it also Tess Trainer" in text
    olga.get(path).send(form="take-back")
    assert "Only you read this." in olga.get(path).text


def test_the_result_says_that_its_own_view_is_open_to_others(olga: Browser, scan: Scan) -> None:
    path = f"{scan.path}/result"
    opened(olga, page_of(scan), "tess")
    assert "Your own view, without feedback, you share with Tess Trainer." in olga.get(path).text


def test_a_receiver_opens_no_other_page_of_the_owner(
    olga: Browser, browse: Browse, stranger: Someone, scan: Scan
) -> None:
    opened(olga, page_of(scan), "sven")
    sven = browse(stranger)
    for path in (
        "result",
        "result.json",
        "result.xlsx",
        "result/figures.json",
        "learning-question",
    ):
        assert sven.get(f"{scan.path}/{path}").status == 404
    assert sven.get(page_of(scan)).status == 404
    assert sven.post(page_of(scan), {"to": "person:x"}).status == 404


# ------------------------------------------------------------------------ whose it is, and its end


def test_only_the_owner_takes_it_back(
    olga: Browser, tess: Browser, outsider: Browser, scan: Scan, stored: Stored
) -> None:
    opened(olga, page_of(scan), "tess")
    [key] = keys(stored)
    for other in (tess, outsider):
        assert other.post(f"/sharing/shares/{key}/take-back").status == 404
    assert tess.get(f"/shared/{key}").status == 200


@pytest.mark.parametrize("kind", ["scan", "learning_question", "diary"])
def test_what_is_not_there_or_not_ready_cannot_be_shared(
    olga: Browser, make: Maker, owner: Someone, kind: str
) -> None:
    draft = make.draft_scan(owner, OWN)
    assert olga.get(f"/sharing/{kind}/{draft.id}").status == 404
    assert olga.get(f"/sharing/{kind}/{uuid.uuid4()}").status == 404


def test_what_belongs_to_no_partnership_says_why_it_cannot_be_shared(
    app: Flask, olga: Browser, scan: Scan, trainer: Someone, stored: Stored
) -> None:
    with app.app_context():
        db.session.execute(sa.update(ScanRow).values(partnership_id=None))
        db.session.commit()
    page = olga.get(f"{page_of(scan)}?name=tess")
    assert "belongs to no partnership" in page.text
    assert not page.main.all("input", name="to")
    sent = olga.post(page_of(scan), {"to": f"person:{trainer.id}", "part": "", "day": ""})
    assert sent.status == 409
    assert stored.count(Share) == 0


@pytest.mark.parametrize("who", ["owner", "trainer"])
def test_it_goes_with_the_account_of_either(
    app: Flask,
    olga: Browser,
    tess: Browser,
    owner: Someone,
    trainer: Someone,
    scan: Scan,
    stored: Stored,
    mailbox: Mailbox,
    who: str,
) -> None:
    opened(olga, page_of(scan), "tess")
    [key] = keys(stored)
    mails = len(mailbox.to(trainer.email))
    with app.app_context():
        erase((owner if who == "owner" else trainer).id)
        db.session.commit()
    assert stored.count(Share) == 0
    if who == "owner":
        assert tess.get(f"/shared/{key}").status == 404
    else:
        assert listed(olga.get(page_of(scan))) == []
    assert len(mailbox.to(trainer.email)) == mails


def test_thirty_days_after_it_closed_nothing_is_known_of_it(
    app: Flask, olga: Browser, scan: Scan, facilitator: Someone, stranger: Someone, stored: Stored
) -> None:
    opened(olga, page_of(scan), "tess")
    olga.get(page_of(scan)).send(form="take-back")
    opened(olga, page_of(scan), "fem", day=clock.today().isoformat())
    opened(olga, page_of(scan), "sven")
    for days, left in ((29, 3), (32, 1)):
        with app.app_context(), time_machine.travel(clock.now() + timedelta(days=days)):
            tidy()
        assert stored.count(Share) == left


def test_sharing_changes_no_page_of_others(
    olga: Browser, browse: Browse, scan: Scan, facilitator: Someone, stranger: Someone
) -> None:
    paths = ("/start", "/shared", "/my-data")
    others = [browse(facilitator), browse(stranger)]
    looks = [each.get(path).main.text for each in others for path in paths]
    opened(olga, page_of(scan), "tess")
    assert [each.get(path).main.text for each in others for path in paths] == looks


def test_no_page_asks_more_of_the_database_the_more_is_shared(
    app: Flask, olga: Browser, tess: Browser, make: Maker, scan: Scan
) -> None:
    paths = [(olga, f"{scan.path}/result"), (olga, page_of(scan)), (tess, "/shared")]
    counts = []
    for number in range(3):
        other = make.scan(scan.owner)
        for each in (scan, other):
            opened(olga, page_of(each), "tess", part=AXES[number])
            colleague = make.person(f"Sam {number} {each.id}", Role.FACILITATOR)
            make.opened(each, colleague)
        for browser, path in paths:
            with statements(app) as seen:
                assert browser.get(path).status == 200
            counts.append((path, len(seen)))
    assert len(set(counts)) == len(paths)


def test_the_list_has_pages(
    make: Maker,
    olga: Browser,
    tess: Browser,
    owner: Someone,
    trainer: Someone,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "MOST_OPENED", "100 per day")
    scans = [make.scan(owner) for _number in range(6)]
    for each in scans:
        for part in ("", *AXES):
            sent = {"to": f"person:{trainer.id}", "part": part, "day": ""}
            assert olga.post(page_of(each), sent).status == 303
    first = tess.get("/shared")
    links = [link for link in first.links if link.startswith("/shared/")]
    assert len(links) == 25
    [older] = [link for link in first.links if link.startswith("/shared?")]
    second = tess.get(older)
    others = [link for link in second.links if link.startswith("/shared/")]
    assert len(others) == 5
    assert len({*links, *others}) == 30
    for skip in ("-3", "x", "99999999999999999999"):
        assert tess.get(f"/shared?skip={skip}").status == 200


def test_whoever_was_invited_and_has_not_come_is_called_what_the_invitation_says(
    olga: Browser, scan: Scan, make: Maker, browse: Browse
) -> None:
    other = make.person(
        "Secret Elsewhere", Role.SUPERVISOR, email="nina@x.example", partnership="Of others"
    )
    browse(other)
    make.invited("Nina New", Role.SCHOOL_TRAINER, email="nina@x.example")
    path = page_of(scan)
    assert not olga.get(f"{path}?name=secret").main.all("input", name="to")
    assert "Nina New" in olga.get(f"{path}?name=nina").text

    opened(olga, path, "nina")

    assert "Nina New" in olga.get(path).text
    for each in (path, f"{path}?name=nina", f"{scan.path}/result", "/my-data/all.json"):
        assert "Secret" not in olga.get(each).text
    browse(other)
    assert "Secret Elsewhere" in olga.get(path).text


def test_nobody_floods_the_mailbox_of_a_colleague(
    olga: Browser, make: Maker, owner: Someone, trainer: Someone, mailbox: Mailbox
) -> None:
    scans = [make.scan(owner) for _each in range(4)]
    answers = [
        opened(olga, page_of(each), "tess", part=part).status
        for each in scans
        for part in ("", *AXES)
    ]
    assert answers == [303] * 20
    more = make.scan(owner)
    assert opened(olga, page_of(more), "tess").status == 429
    assert "Only you." in olga.get(page_of(more)).text
    assert len(mailbox.to(trainer.email)) == 20
