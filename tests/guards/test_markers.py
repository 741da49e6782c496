"""Each word only for whom it is meant: all that each person can reach is searched (promise 9)."""

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.factories import IDENTITY
from tests.guards.addresses import IN, Address, addresses, expected
from tests.guards.world import HELD, HERE, KINDS, LINKS, MESSAGE, NOBODY, World, mark
from tests.mailbox import Letter, Mailbox
from tests.pages.client import Browser, Page
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.cycle.trajectories.letters import MENDING

# Everybody who belongs here, or who was asked by somebody here.
OF_HERE = {who for who, (where, _roles) in HELD.items() if where == HERE} | {*LINKS, "newcomer"}
# Who was invited to a trajectory by mail, and has no account.
NEWCOMER = "newcomer"
OUTSIDER = {"outsider"}
# Who may read which words; nobody else may. Everybody may read the own name.
OWNER, STRANGER = {"owner"}, {"stranger"}
ADMINISTRATOR = {"administrator"}
# Who sees who belongs to the partnership.
NAMES = {*ADMINISTRATOR, "programme_leader", "process_facilitator"}
RECEIVERS = {"trainer", "facilitator", "institute_trainer"}
# Who is in a trajectory.
GROUP = {"facilitator", "owner", "trainer"}
OTHER_GROUP = {"other_facilitator", "stranger"}
# Who reads the methods of the partnership, and who keeps them.
OF_METHODS = {who for who, (where, roles) in HELD.items() if where == HERE and roles}
KEEPERS = {
    who
    for who in OF_METHODS
    if not {Role.FACILITATOR, Role.PROGRAMME_LEADER}.isdisjoint(HELD[who][1])
}
# Who knows which trajectories there are, and when they meet.
SCHOOL_LEADERS = {"school_leader", "two_hats"}
SEES_DATES = {"programme_leader", *SCHOOL_LEADERS}
# Of a thing on a shelf: its title, words, link, file, and what that is called.
ON_SHELF = ("", "text", "url", "file", "name")
READERS: dict[str, set[str]] = {
    # Opened to a colleague; another one was opened a part in which it does not stand.
    "ownexample": {"owner", "trainer"},
    "draftexample": OWNER,
    "question": {"owner", "institute_trainer"},
    "oldquestion": OWNER,
    "draftquestion": OWNER,
    "administratorlisted": ADMINISTRATOR,
    "endedlisted": set(),
    "newaddress": OWNER,
    # Of the group, to whoever is in it now.
    **{word: {"owner", "trainer", "facilitator"} for word in ("notes", "homework")},
    "strangeexample": STRANGER,
    "strangequestion": STRANGER,
    "heredraft": {"programme_leader"},
    "elsewheredraft": {"outsider"},
    # Who fills it in does so with a new scan, which nobody here has begun yet.
    "herepublished": {"programme_leader"},
    "elsewherepublished": {"outsider"},
    "heremethod": OF_METHODS,
    "heremethoddraft": KEEPERS,
    **{f"elsewhere{name}": OUTSIDER for name in ("method", "methoddraft")},
    # What lies on shelves: of a trajectory for who is in it and who put it there, of a partnership
    # for everybody with a role there.
    **{f"ownershelf{word}": GROUP for word in ON_SHELF},
    **{f"institute_trainershelf{word}": {*GROUP, "institute_trainer"} for word in ON_SHELF},
    **{f"{who}shelf{word}": OF_METHODS for who in ("facilitator", "trainer") for word in ON_SHELF},
    **{f"outsidershelf{word}": OUTSIDER for word in ON_SHELF},
    # Of a trajectory: who is in it. Whoever left takes along in which one they were.
    "facilitatortrajectory": {*GROUP, *SEES_DATES, "institute_trainer", NEWCOMER},
    "facilitatorplace": GROUP,
    "other_facilitatortrajectory": {*OTHER_GROUP, *SEES_DATES},
    "other_facilitatorplace": OTHER_GROUP,
    # An employer in no trajectory; that they led one is in their own file.
    "outsidertrajectory": OUTSIDER,
    "outsiderplace": set(),
    # What stands in an agenda, for the group; and what its facilitators wrote to prepare it.
    **{f"facilitatorblock{word}": GROUP for word in ("", "question", "good_for")},
    **{f"other_facilitatorblock{word}": OTHER_GROUP for word in ("", "question", "good_for")},
    # That they lead a part of a meeting is in their own file as well.
    "outsiderblock": OUTSIDER,
    **{f"outsiderblock{word}": set() for word in ("question", "good_for")},
    "facilitatorprepared": {"facilitator"},
    "other_facilitatorprepared": {"other_facilitator"},
    "outsiderprepared": set(),
    # What was sent to the group, and what is still being written about it.
    "recapopening": GROUP,
    "recapcorrection": GROUP,
    "recapdraft": {"facilitator"},
    # Whoever has a plan reads it in a mail; before that goes, it is of whoever leads the group.
    "facilitatorhalfway": {"facilitator"},
    "other_facilitatorhalfway": {"other_facilitator"},
    "outsiderhalfway": set(),
    # What was brought into it: once opened for who is in it, and before that for who leads it. Who
    # left took their own along.
    "ownerbrought": GROUP,
    "trainerbrought": GROUP,
    "common": GROUP,
    "institute_trainerbrought": {"institute_trainer"},
    "freshbrought": {"owner", "facilitator"},
    # Who was invited by mail and is not in it, for who leads it.
    **{
        f"{become}newcomer{kind}": {"facilitator"}
        for become in ("open", "declined")
        for kind in ("", "name")
    },
    "opennewcomername": {"facilitator", NEWCOMER},
    **{f"withdrawnnewcomer{kind}": set() for kind in ("", "name")},
    # Who a partnership says that it is.
    **{f"here{name}": OF_HERE for name in IDENTITY},
    **{f"elsewhere{name}": OUTSIDER for name in IDENTITY},
    # To look for people by it.
    "hereschool": NAMES,
    "herebreak": {"administrator", "programme_leader"},
    **{f"elsewhere{name}": OUTSIDER for name in ("school", "break")},
    "ownername": {"owner", *LINKS, *RECEIVERS, *NAMES},
    **{f"{who}name": {who, *NAMES} for who in HELD if who != "owner"},
    # Whom the owner opened something to, also where that is over.
    **{f"{who}name": {who, "owner", *NAMES} for who in (*RECEIVERS, "stranger", "two_hats")},
    # In a trajectory one sees each other.
    # And who keeps methods sees who changed a draft last.
    "facilitatorname": {*GROUP, NEWCOMER, *NAMES, *KEEPERS},
    "trainername": {*GROUP, *NAMES},
    # Left after a meeting: whoever led that one still notes who was there, and what they put on the
    # shelf lies there with their name.
    "institute_trainername": {"institute_trainer", *GROUP, *NAMES},
    "strangername": {*OTHER_GROUP, "owner", *NAMES},
    "other_facilitatorname": {*OTHER_GROUP, *NAMES},
    # Has no role any more.
    "endedname": {"ended", "owner", *ADMINISTRATOR},
    **{f"{who}mail": {who, *ADMINISTRATOR} for who in HELD},
    "outsidername": OUTSIDER,
    "outsidermail": OUTSIDER,
    # Of an account elsewhere, whose owner was invited here under another name.
    "hiddenname": OUTSIDER,
    "invitedname": NAMES,
    "hiddenmail": {*OUTSIDER, *ADMINISTRATOR},
    # What somebody with a link writes, from the release on also the owner...
    **{f"{who}{kind}": {who} for who in LINKS for kind in ("forward", "example")},
    **{
        f"{who}{kind}": {who, "owner"}
        for who in ("sharer", "teacher")
        for kind in ("forward", "example")
    },
    # ... and not before the own scan is in, or after saying no.
    **{f"decliner{kind}": set() for kind in ("forward", "example")},
    **{f"withdrawn{kind}": set() for kind in ("forward", "example")},
    # What was shared and deleted is gone, for its author as well.
    **{f"retracter{kind}": set() for kind in ("forward", "example")},
    **{f"{who}word": {who, "owner"} for who in LINKS},
    **{f"{who}name": {who, "owner"} for who in LINKS},
    **{f"{who}address": {who, "owner"} for who in LINKS},
    # Opened to the group of a trajectory, one's pair, who leads it, or nobody.
    **{
        word: {"owner", "trainer", "facilitator"}
        for word in ("planwhat", "planat", "plansign", "planquestion", "plananswer", "groupnote")
    },
    "closedplan": {"trainer"},
    "closedanswer": {"trainer"},
    # Whoever asked keeps the own words.
    "closedquestion": {"trainer", "owner"},
    "leftplan": {"institute_trainer"},
    "menote": OWNER,
    "pairnote": {"owner", "trainer"},
    "facilitatorsnote": {"owner", "facilitator"},
    "ownanswer": OWNER,
    "leadanswer": {"owner", "facilitator"},
    # The group hears it when the next meeting begins.
    "sentence": {"owner", "facilitator"},
    "ownerintroduction": OWNER,
    "trainerintroduction": {"trainer"},
    # What a group tells the team: to whom it chose, and as all of them agreed with it.
    **{f"facilitatortold{name}": {*GROUP, "programme_leader"} for name in MESSAGE},
    **{f"other_facilitatortold{name}": {*OTHER_GROUP, *SCHOOL_LEADERS} for name in MESSAGE},
    **dict.fromkeys(("untold", "objection"), GROUP),
    # The mail with the request never arrived.
    "drafteraddress": {"drafter", "owner", *ADMINISTRATOR},
}
# What must be found, or the search looks in the wrong places.
SEEN = {
    "outsider": {f"outsidershelf{word}" for word in ON_SHELF}
    | {"elsewhereschool", "elsewherebreak", "elsewherecomplaint", "elsewheredraft"}
    | {"elsewherepublished"}
    | {"hiddenname", "hiddenmail"},
    "owner": {"heremethod", "ownexample", "draftexample", "question", "oldquestion", "ownername"}
    | {"planwhat", "planat", "plansign", "planquestion", "plananswer", "closedquestion"}
    | {f"{who}shelf{word}" for who in ("owner", "institute_trainer") for word in ON_SHELF}
    | {
        "ownerintroduction",
        "menote",
        "pairnote",
        "facilitatorsnote",
        "groupnote",
        "ownanswer",
        "leadanswer",
        "sentence",
    }
    | {"draftquestion", "newaddress", "notes", "homework"}
    | {"freshbrought", "trainerbrought", "common", "recapopening", "recapcorrection"}
    | {"sharerforward", "sharerexample", "teacherforward", "teacherexample"}
    | {f"{who}{kind}" for who in LINKS for kind in ("name", "address")},
    "institute_trainer": {f"institute_trainershelf{word}" for word in ON_SHELF}
    | {"leftplan", "question", "ownername", "institute_trainerbrought"},
    "administrator": {"hereschool", "herebreak", "herecontroller", "herehelp_email"}
    | {"administratorlisted", "drafteraddress", "hiddenmail", "invitedname"}
    | {f"{who}{kind}" for who in HELD if who != "outsider" for kind in ("name", "mail")},
    "programme_leader": {"herebreak", "herecontroller", "heredraft", "herepublished"}
    | {"invitedname", "ownername"}
    | {f"facilitatortold{name}" for name in MESSAGE},
    "school_leader": {f"other_facilitatortold{name}" for name in MESSAGE}
    | {f"facilitatorshelf{word}" for word in ON_SHELF},
    "process_facilitator": {"invitedname", "ownername"},
    "other_facilitator": {*(f"other_facilitator{each}" for each in ("trajectory", "place", "name"))}
    | {"strangername"},
    "stranger": {"other_facilitatorplace", "strangeexample", "strangequestion", "strangername"},
    "trainer": {
        "trainerintroduction",
        "ownexample",
        "ownername",
        "facilitatorplace",
        "facilitatorname",
    }
    | {"planwhat", "planquestion", "plananswer", "closedplan", "closedquestion", "closedanswer"}
    | {"pairnote", "groupnote", "notes", "homework", "ownerbrought", "trainerbrought", "common"},
    "facilitator": {"ownername", "trainername", "facilitatortrajectory", "facilitatorplace"}
    | {"planwhat", "planquestion", "groupnote", "facilitatorsnote", "leadanswer", "sentence"}
    | {"opennewcomer", "opennewcomername", "declinednewcomername"}
    | {"heremethod", "heremethoddraft", "notes", "homework"}
    | {"recapopening", "recapcorrection", "recapdraft"}
    | {"facilitatorblock", "facilitatorblockquestion", "facilitatorprepared"}
    | {"facilitatorhalfway"}
    | {"ownerbrought", "trainerbrought", "common", "freshbrought"}
    | {"facilitatortolddifferent", "untold", "objection"},
    "drafter": {"drafterforward", "drafterexample", "draftername", "ownername", "hereprivacy_name"},
    "planner": {"plannerforward", "plannerexample", "ownername"},
    "holder": {"holderforward", "holderexample", "ownername"},
    "sharer": {"sharerforward", "sharerexample", "ownername"},
    "retracter": {"ownername"},
    "decliner": {"ownername"},
}


def unfolded(text: str) -> str:
    """A calendar with its long lines in one piece (RFC 5545, 3.1)."""
    return text.replace("\r\n ", "").replace("\n ", "")


def words_in(response: TestResponse) -> str:
    """Everything that somebody can find in an answer, capitals or not."""
    content = response.data
    if content[:4] == b"%PDF":
        pages = PdfReader(io.BytesIO(content)).pages
        # A long word goes on in the next line.
        said = "".join("".join(each.extract_text().split()) for each in pages)
        # Which pypdf reads between letters of two bytes.
        return said.replace("\x00", "")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist())
    text = content.decode()
    if response.mimetype == "text/calendar":
        text = unfolded(text)
    return f"{response.headers} {text}"


def opening(world: World, who: str, method: str) -> Iterator[Address]:
    """All that the permission table opens to somebody: test_url_map.py searches what it refuses."""
    # Whoever has a link has this link, and not those of others.
    own = [who] if who in {*LINKS, *world.calendars} else []
    for each in addresses(world, *own):
        if method in each.methods and expected(world, who, each) == IN:
            yield each


# Of one page: what stands behind the question mark also says where somebody came from.
MOST_VARIANTS = 12


def reachable(world: World, who: str, browser: Browser) -> Iterator[Page]:
    """All that this person finds by following links and by trying every address that opens."""
    known = [each.path for each in opening(world, who, "GET")]
    seen: set[str] = set()
    variants: Counter[str] = Counter()
    while known:
        path = known.pop()
        bare = path.partition("?")[0]
        if path not in seen and variants[bare] < MOST_VARIANTS:
            seen.add(path)
            variants[bare] += 1
            page = browser.get(path)
            yield page
            if page.tree.children:
                known += [link for link in map(_path, page.links) if link.startswith("/")]


def refused(world: World, who: str, browser: Browser) -> Iterator[Page]:
    """The pages that refuse: forms with a token that is too old."""
    for each in opening(world, who, "POST"):
        yield browser.post(each.path, {"text": "typed"}, token="too old")


def _path(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


# All of them in one look.
MARKED = re.compile(mark(f"({'|'.join(READERS)})"), re.IGNORECASE)


def found_in(text: str) -> set[str]:
    return {word.lower() for word in MARKED.findall(text)}


def strange_to(who: str, found: set[str]) -> set[str]:
    """What is not for this reader."""
    return {word for word in found if who not in READERS[word]}


# These read every kind of page, on both databases; the pages themselves have tests on both.
ON_BOTH = {"owner", "facilitator", "administrator", "programme_leader", "outsider", "drafter"}


def each_reader(readers: Iterable[str]) -> list[Any]:
    """Readers with the database that they read: one is enough to tell one reader from another."""
    return [
        pytest.param(who, kind, marks=pytest.mark.postgres if kind == "postgresql" else ())
        for who in readers
        for kind in ("sqlite", "postgresql")
        if kind == "sqlite" or who in ON_BOTH
    ]


@pytest.mark.parametrize(("who", "database"), each_reader([*KINDS, *LINKS]))
def test_each_word_is_found_only_by_whom_it_is_meant_for(
    worlds: Callable[[str, str], World], database: str, who: str
) -> None:
    world = worlds("to search", database)
    browser = world.browser(who, language=None)
    found: set[str] = set()
    pages = [*reachable(world, who, browser), *refused(world, who, browser)]
    assert len(pages) > 40
    for page in pages:
        here = found_in(words_in(page.response))
        strange = strange_to(who, here)
        assert not strange, f"{who} finds {strange} at {page.path} ({page.status})"
        found |= here
    assert SEEN.get(who, set()) <= found


def test_mails_hold_only_words_for_their_readers(world: World, mailbox: Mailbox) -> None:
    browser = world.browser(NOBODY)
    for each in world.people.values():
        browser.get("/sign-in").send({"email": each.email})
    for asked in world.asked.values():
        browser.get("/feedback/lost-link").send({"email": asked.email})
    # What waits tells how it is when it leaves: first the plan, then what changes of it.
    mailbox.deliver()
    _change_dates(world)
    addresses_of = {each.email: who for who, each in world.people.items()}
    addresses_of |= {asked.email: who for who, asked in world.asked.items()}
    addresses_of[f"{mark('newaddress').lower()}@school.example"] = "owner"
    addresses_of[f"{mark('opennewcomer').lower()}@school.example"] = NEWCOMER
    with time_machine.travel(clock.now() + MENDING):
        letters = mailbox.deliver()
    assert {kind for letter in letters for kind in _methods_of(letter)} == {"REQUEST", "CANCEL"}
    readers = {addresses_of[letter.to] for letter in letters}
    # The withdrawn question never left; where it was answered and that was deleted, nor did it.
    assert readers == {*world.people, *LINKS, NEWCOMER} - {"withdrawn", "retracter"}
    for letter in letters:
        who = addresses_of[letter.to]
        files = " ".join(f"{name} {unfolded(text)}" for name, text in letter.files.items())
        here = found_in(f"{letter.subject} {letter.text} {letter.html} {files}")
        assert not {word for word in here if who not in READERS[word]}, f"{who}: {letter.subject}"
        texts = {word for word in here if word.endswith(("forward", "example", "question"))}
        assert not texts, "what somebody wrote is read on the site, not in a mail"


def _change_dates(world: World) -> None:
    """What a facilitator does that others get a mail about."""
    fem, group = world.browser("facilitator"), world.trajectories["facilitator"]
    third, last = group.meetings[2], group.meetings[-1]
    fem.get(f"/meetings/{third}/move").send({"begins": "14:00"})
    fem.get(f"/meetings/{last}/cancel").send(form="cancel")


def _methods_of(letter: Letter) -> list[str]:
    """What its files ask a calendar to do."""
    return re.findall(r"^METHOD:(\w+)", " ".join(letter.files.values()), re.MULTILINE)


def test_the_log_holds_no_word_of_anybody(
    world: World, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for who in ("owner", "drafter", "school_leader"):
        browser = world.browser(who, language=None)
        list(reachable(world, who, browser))
        list(refused(world, who, browser))
    mailbox.deliver()
    # Apart from what the mail server of the test says.
    log = "\n".join(each.getMessage() for each in caplog.records if each.name != "mail.log")
    assert found_in(log) == set()
    for asked in world.asked.values():
        assert asked.token not in log
