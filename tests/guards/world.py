"""A partnership in which everything exists once, with a word of its own in every text field."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from flask import Flask

from tests.factories import (
    IDENTITY,
    PARTNERSHIP,
    Asked,
    Change,
    Maker,
    Scan,
    Someone,
    Trajectory,
)
from tests.forms import SCHOOL_TRAINER, STUDENT
from tests.guards.own_work import OwnWork, Written, mark, write
from tests.methods import small_method
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo import clock
from zetwpo.accounts.actors import Actor, Facts, HeldRole, Role
from zetwpo.library.questionnaires import Document

ACCOUNTS = {
    "owner": Role.SUPERVISOR,
    "stranger": Role.SUPERVISOR,
    "trainer": Role.SCHOOL_TRAINER,
    "institute_trainer": Role.INSTITUTE_TRAINER,
    "facilitator": Role.FACILITATOR,
    "other_facilitator": Role.FACILITATOR,
    "process_facilitator": Role.PROCESS_FACILITATOR,
    "programme_leader": Role.PROGRAMME_LEADER,
    "school_leader": Role.SCHOOL_LEADER,
    "administrator": Role.ADMINISTRATOR,
}
# Where else somebody can be, and what they are there.
HERE, ELSEWHERE = PARTNERSHIP, "Partnership of others"
PLACES = {"here": HERE, "elsewhere": ELSEWHERE}
# Whoever has an account, with their roles, and where.
HELD: dict[str, tuple[str, tuple[Role, ...]]] = {
    **{who: (HERE, (role,)) for who, role in ACCOUNTS.items()},
    # An employer with a second role that may receive something.
    "two_hats": (HERE, (Role.SCHOOL_LEADER, Role.SCHOOL_TRAINER, Role.FACILITATOR)),
    # Everything there is, in another partnership.
    "outsider": (ELSEWHERE, tuple(Role)),
    # Had roles once.
    "ended": (HERE, ()),
}
ENDED = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.PROGRAMME_LEADER)
NOBODY = "nobody"
# What a partnership says of itself in another form than words.
NO_WORDS = ("help_email", "privacy_email", "help_phone", "ground")
# Those with a link, by what became of their feedback.
LINKS = (
    *("sharer", "teacher", "drafter", "planner", "holder"),
    *("decliner", "withdrawn", "early", "retracter"),
)
KINDS = (*HELD, NOBODY)


@dataclass
class World:
    """Who and what there is."""

    app: Flask
    make: Maker
    people: dict[str, Someone] = field(default_factory=dict)
    # By their names in PLACES.
    partnerships: dict[str, uuid.UUID] = field(default_factory=dict)
    # Of each of those.
    schools: dict[str, uuid.UUID] = field(default_factory=dict)
    breaks: dict[str, uuid.UUID] = field(default_factory=dict)
    # The keys of what each of those made itself, and is changing.
    methods: dict[str, str] = field(default_factory=dict)
    scans: dict[str, Scan] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    # Lists of people, by who brought them.
    lists: dict[str, uuid.UUID] = field(default_factory=dict)
    # By who leads it: the first facilitator's, with somebody who left; another's; one elsewhere.
    trajectories: dict[str, Trajectory] = field(default_factory=dict)
    # In the first one of those.
    written: Written = field(init=False)
    # To the first one of those, by what became of it.
    invited: dict[str, uuid.UUID] = field(default_factory=dict)
    # Of the first one of those: what was brought in, by whom; and the keys of what came of it.
    brought: dict[str, uuid.UUID] = field(default_factory=dict)
    together: dict[str, uuid.UUID] = field(default_factory=dict)
    # The token of the address from which a calendar fetches, by whose it is.
    calendars: dict[str, str] = field(default_factory=dict)
    # A block of the first meeting of each of those.
    blocks: dict[str, uuid.UUID] = field(default_factory=dict)
    # What lies on the shelf of the first one of those, by who put it there; and on the shelves of
    # partnerships, by who did.
    shelved: dict[str, uuid.UUID] = field(default_factory=dict)
    shared: dict[str, uuid.UUID] = field(default_factory=dict)
    # What the owner opened, by to whom.
    opened: dict[str, uuid.UUID] = field(default_factory=dict)

    def browser(self, who: str, language: str | None = "en") -> Browser:
        """A browser of this person; for somebody with a link, or nobody, signed out."""
        browser = Browser(self.app, language)
        if who in self.people:
            sign_in(browser, self.people[who])
        return browser

    def actor(self, who: str) -> Actor:
        """What a decision knows about this person."""
        where, roles = HELD[who]
        place = next(self.partnerships[each] for each, name in PLACES.items() if name == where)
        held = frozenset(HeldRole(place, role) for role in roles)
        return Actor(self.people[who].id, who, "en", held)

    def group_facts(self, leader: str) -> Facts:
        """What a decision knows about the trajectory of this facilitator."""
        group = [each for each in GROUPS[leader] if each != "institute_trainer"]
        where = next(each for each, name in PLACES.items() if name == HELD[leader][0])
        return Facts(
            partnership_id=self.partnerships[where],
            members=frozenset(self.people[each].id for each in group),
            former=frozenset(self.people[each].id for each in GROUPS[leader] if each not in group),
            leaders=frozenset({self.people[leader].id}),
        )

    def told_facts(self, leader: str) -> Facts | None:
        """What a decision knows about what the group of this facilitator released, if it did."""
        here = self.partnerships["here"]
        return Facts(partnership_id=here, opened_to=TOLD[leader]) if leader in TOLD else None

    def own_facts(self, own: OwnWork) -> Facts:
        """What a decision knows about something that somebody wrote in the first trajectory."""
        return replace(
            self.group_facts("facilitator"),
            owner_id=self.people[own.owner].id,
            former=frozenset(),
            shared_with=frozenset(self.people[each].id for each in own.readers),
        )

    def owned_scans(self) -> Iterator[tuple[str, Scan]]:
        """Every scan with whose it is."""
        for scan in self.scans.values():
            yield next(who for who, one in self.people.items() if one == scan.owner), scan


def saying(text: str) -> Change:
    """Let the first statement of a questionnaire say this."""

    def change(document: Document) -> None:
        first = document["forms"]["self"]["parts"][0]["statements"][0]
        first["text"] = {"nl": text}

    return change


def build(make: Maker) -> World:
    """Make it all, the way the pages do."""
    world = World(make.app, make)
    for who, (where, roles) in HELD.items():
        given = roles or ENDED
        email = f"{mark(who + 'mail').lower()}@school.example"
        world.people[who] = make.person(mark(who + "name"), *given, partnership=where, email=email)
    world.partnerships = {each: make.partnership(name) for each, name in PLACES.items()}
    for each, place in world.partnerships.items():
        said = {name: mark(f"{each}{name}") for name in IDENTITY if name not in NO_WORDS}
        mails = {name: f"{mark(each + name).lower()}@x.example" for name in NO_WORDS[:2]}
        make.identity(place, **said, **mails)
        world.schools[each] = make.school(place, mark(each + "school"))
        world.breaks[each] = make.school_break(place, mark(each + "break"), clock.today())
    owner, stranger = world.people["owner"], world.people["stranger"]
    axis = "gatekeeper"

    own = make.scan(owner, 4, {axis: mark("ownexample")})
    strange = make.scan(stranger, 4, {axis: mark("strangeexample")})
    make.learning_question(own, mark("oldquestion"))
    make.taken(own, "strength", "relationship")
    make.learning_question(own, mark("question"))
    make.learning_question_draft(own, mark("draftquestion"))
    make.learning_question(strange, mark("strangequestion"))
    again = make.draft_scan(owner, 4, {axis: mark("draftexample")})
    world.scans = {"own": own, "strange": strange, "draft": again}

    for who in LINKS:
        role = SCHOOL_TRAINER if who == "teacher" else STUDENT
        world.asked[who] = make.asked(
            again if who == "early" else own,
            mark(who + "name"),
            role,
            word=mark(who + "word"),
            email=f"{mark(who + 'address').lower()}@student.example",
        )
        texts = {
            "feed_forward": {axis: mark(who + "forward")},
            "examples": {axis: mark(who + "example")},
        }
        become = {
            "planner": make.planned,
            "holder": make.held,
            "decliner": make.declined,
            "retracter": make.retracted,
        }.get(who, make.shared)
        if who in {"drafter", "withdrawn"}:
            make.drafted(world.asked[who], **texts)
        else:
            become(world.asked[who], **texts)
    _open(world, own)
    world.scans["ended"] = make.scan(world.people["ended"], 4, {axis: mark("endedexample")})
    make.without_role(world.people["ended"], *ENDED)
    # The last thing here, so that all of it is filled in with the product's.
    for each, leader in {"here": "programme_leader", "elsewhere": "outsider"}.items():
        author, partnership = world.people[leader], PLACES[each]
        make.questionnaire(author, saying(mark(f"{each}published")), partnership)
        make.questionnaire_draft(author, saying(mark(f"{each}draft")), partnership)
    _make_methods(world)
    make.withdrawn(world.asked["withdrawn"])
    make.taken(own, "tip", axis, world.asked["sharer"])
    make.not_delivered(world.asked["drafter"])
    # Somebody with an account elsewhere who was invited here, under another name.
    hidden = f"{mark('hiddenmail').lower()}@school.example"
    elsewhere = make.person(mark("hiddenname"), Role.STUDENT, email=hidden, partnership=ELSEWHERE)
    world.people["invited"] = elsewhere
    make.invited(mark("invitedname"), Role.STUDENT, email=hidden)
    for who in ("administrator", "ended"):
        text = f"naam\te-mail\trol\n{mark(who + 'listed')}\t{mark(who)}@list.example\twpb"
        world.lists[who] = make.people_list(world.people[who], text)
    _set_up_trajectories(world)
    for who in ("owner", "outsider"):
        world.calendars[who] = make.calendar_address(world.people[who])
    make.stopped_mail(owner, "feedback_shared")
    make.address_change(owner, f"{mark('newaddress').lower()}@school.example")
    return world


# Who takes part, by who leads it; the last of the first one left.
GROUPS = {
    "facilitator": ("owner", "trainer", "institute_trainer"),
    "other_facilitator": ("stranger",),
    "outsider": (),
}


def _set_up_trajectories(world: World) -> None:
    make, people = world.make, world.people
    for leader, group in GROUPS.items():
        # One meeting has been, and they took part in it.
        before = timedelta(days=7)
        with clock.as_if(clock.now() - 2 * before):
            world.trajectories[leader] = make.trajectory(
                people[leader],
                *(people[each] for each in group),
                title=mark(f"{leader}trajectory"),
                place=mark(f"{leader}place"),
                partnership=HELD[leader][0],
                first_day=clock.today() + before,
            )
        words = {name: mark(f"{leader}block{name}") for name in ("question", "good_for")}
        world.blocks[leader] = make.block(
            world.trajectories[leader], 1, mark(f"{leader}block"), people[leader], **words
        )
        make.prepared(world.trajectories[leader], 1, mark(f"{leader}prepared"))
        make.halfway(world.trajectories[leader], people[leader], mark(f"{leader}halfway"))
    first = world.trajectories["facilitator"]
    make.noted(first, 1, people["owner"], "excused")
    make.agreements(first, 1, mark("notes"), mark("homework"), [people["owner"]], "deepen")
    make.recap(first, 1, people["facilitator"], opening=mark("recapopening"))
    make.recap_correction(first, 1, people["facilitator"], mark("recapcorrection"))
    make.recap_correction(first, 1, people["facilitator"], mark("recapdraft"), sent=False)
    make.halfway_skipped(first, people["facilitator"])
    _bring_questions_together(world)
    _fill_shelves(world)
    world.written = write(world)
    _tell_the_team(world)
    make.left(first, people["institute_trainer"])
    for become in ("open", "declined", "withdrawn"):
        email = f"{mark(become + 'newcomer').lower()}@school.example"
        world.invited[become] = make.invited_by_mail(
            world.trajectories["facilitator"],
            people["facilitator"],
            mark(f"{become}newcomername"),
            email,
            become,
        )


def _fill_shelves(world: World) -> None:
    """A thing with all that it can have on each shelf, and one of somebody who leaves."""
    make, group = world.make, world.trajectories["facilitator"]

    def words(who: str) -> dict[str, Any]:
        return {
            "text": mark(f"{who}shelftext"),
            "url": f"https://x.example/{mark(f'{who}shelfurl')}",
            "file": mark(f"{who}shelffile").encode(),
            "file_name": f"{mark(f'{who}shelfname')}.txt",
        }

    for who in ("owner", "institute_trainer"):
        world.shelved[who] = make.on_shelf(
            group, world.people[who], mark(f"{who}shelf"), **words(who)
        )
    for who, place in {"facilitator": HERE, "trainer": HERE, "outsider": ELSEWHERE}.items():
        title = mark(f"{who}shelf")
        world.shared[who] = make.on_partnership_shelf(
            world.people[who], title, partnership=place, **words(who)
        )
    make.read_for(group, 1, world.shelved["owner"], world.shared["facilitator"])


def _bring_questions_together(world: World) -> None:
    """A common question of two; a third one stays aside; and then one more that is still closed."""
    make, people, group = world.make, world.people, world.trajectories["facilitator"]
    leader, pair = people["facilitator"], (people["owner"], people["trainer"])
    for who in ("owner", "trainer", "institute_trainer"):
        text = mark(f"{who}brought")
        world.brought[who] = make.brought_in(group, people[who], text, "gatekeeper")
    make.questions_opened(group, leader)
    world.together["question_id"] = make.common_question(group, leader, mark("common"), *pair)
    make.asked_anew(group, leader)
    world.brought["fresh"] = make.brought_in(group, people["owner"], mark("freshbrought"))
    world.together["proposal_id"] = make.reworded(group, leader, world.brought["fresh"])
    world.together["subgroup_id"] = make.subgroup(group, leader, "pedagogical", *pair)


# To whom a group opened what it tells the team, by who leads it.
TOLD = {
    "facilitator": frozenset({Role.PROGRAMME_LEADER}),
    "other_facilitator": frozenset({Role.SCHOOL_LEADER}),
}
MESSAGE = ("question", "different", "proposal", "celebration")


def _tell_the_team(world: World) -> None:
    """Each group released something; the first one writes on, and somebody objects to that."""
    make, people = world.make, world.people
    for leader, told in (("facilitator", "programme"), ("other_facilitator", "schools")):
        texts = {name: mark(f"{leader}told{name}") for name in MESSAGE}
        agreeing = [people[each] for each in GROUPS[leader]]
        group = world.trajectories[leader]
        make.team_message(group, *agreeing, told=told, is_released=True, **texts)
    # Nobody takes part in it, so that no mail waits for anybody.
    make.called_again(world.trajectories["outsider"])
    first = world.trajectories["facilitator"]
    make.team_message(first, told="both", different=mark("untold"))
    make.objection(first, people["trainer"], mark("objection"))


def _make_methods(world: World) -> None:
    """Let each partnership keep a method of its own, and work on its next version."""
    for each, keeper in {"here": "facilitator", "elsewhere": "outsider"}.items():
        author, partnership = world.people[keeper], PLACES[each]
        new, changed = (
            small_method(title={"nl": mark(f"{each}{name}")}) for name in ("method", "methoddraft")
        )
        key, _version = world.make.method(author, new, partnership=partnership)
        world.make.method_draft(author, changed, key, partnership)
        world.methods[each] = key


def _open(world: World, own: Scan) -> None:
    """Let the owner open something to each who may receive it, and to some who may not later on."""
    make, people = world.make, world.people
    make.without_role(people["two_hats"], Role.SCHOOL_LEADER)
    for who, kind, part in (
        ("trainer", "scan", ""),
        ("facilitator", "scan", "pedagogical"),
        ("institute_trainer", "learning_question", ""),
        ("stranger", "scan", ""),
        ("two_hats", "scan", ""),
        ("ended", "learning_question", ""),
    ):
        world.opened[who] = make.opened(own, people[who], kind, part)
    make.taken_back(world.opened["stranger"])
    # An employer again.
    make.person(people["two_hats"].name, Role.SCHOOL_LEADER, email=people["two_hats"].email)
