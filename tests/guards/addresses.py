"""Every address of the application, for every object that there is."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa
from werkzeug.routing import Rule

from tests.guards.world import HELD, World
from zetwpo.accounts.actors import Facts, Role
from zetwpo.accounts.models import Membership
from zetwpo.accounts.policy import Permission
from zetwpo.extensions import db

MISSING = uuid.uuid4()


@dataclass(frozen=True)
class Address:
    """One route to one object. `owner` is whose object it is; None for nobody's.

    `facts` are what a decision about the object knows; None where there is no such object.
    """

    endpoint: str
    path: str
    methods: frozenset[str]
    owner: str | None
    facts: Facts | None
    permission: Permission | None


def addresses(world: World, *links: str) -> list[Address]:
    """All routes, each with every object that it could be about; and with these links."""
    found = []
    with world.app.test_request_context():
        adapter = world.app.url_map.bind("")
        for rule in world.app.url_map.iter_rules():
            view = world.app.view_functions[rule.endpoint]
            for owner, facts, values in _values(world, rule, links):
                found.append(
                    Address(
                        rule.endpoint,
                        adapter.build(rule.endpoint, values),
                        frozenset(rule.methods or ()),
                        owner,
                        facts,
                        getattr(view, "permission", None),
                    )
                )
    return found


IN, SIGN_IN, CLOSED, ROLE_ENDED = "in", "sign in", "closed", "role ended"


def expected(world: World, who: str, address: Address) -> str:
    """What the permission table says."""
    permission = address.permission
    if permission is None:
        # Nobody opens the link of somebody whom they asked.
        return CLOSED if address.owner == who else IN
    if who not in HELD:
        return SIGN_IN
    actor = world.actor(who)
    if permission.opens_to(actor, address.facts):
        return IN
    # Decided by the role alone, or about what is one's own: it tells nothing.
    is_own = address.owner == who
    return ROLE_ENDED if is_own or not permission.who(actor) else CLOSED


# Whose it is, what is known of it, and what goes into the address.
Value = tuple[str | None, Facts | None, dict[str, object]]


def _values(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    names = frozenset(rule.arguments)
    more = {"number": 1} if "number" in names else {}
    find = OBJECTS.get(names - {"number"})
    if find is None:
        raise AssertionError(f"tell this test what to put into {rule.rule}")
    for owner, facts, values in find(world, rule, links):
        yield owner, facts, more | values


def _nothing(_world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {}


def _roles(_world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    for role in ("made-up", *Role):
        yield None, None, {"role": str(role)}


def _scans(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"scan_id": MISSING}
    for owner, scan in world.owned_scans():
        yield owner, _owned(world, owner), {"scan_id": scan.id}


def _invitations(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    if rule.endpoint.startswith("trajectory_invitations."):
        yield from _trajectory_invitations(world, rule, links)
        return
    yield None, None, {"invitation_id": MISSING}
    for asked in world.asked.values():
        yield "owner", _owned(world, "owner"), {"invitation_id": asked.id}


def _links(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"token": "made-up"}
    if rule.endpoint.startswith(("feedback.", "statement.")):
        for who in (each for each in links if each in world.asked):
            yield "owner", None, {"token": world.asked[who].token}
    if rule.endpoint == "calendar.fetch":
        for who in (each for each in links if each in world.calendars):
            yield None, None, {"token": world.calendars[who]}


def _partnerships(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"partnership_id": MISSING}
    for place in world.partnerships.values():
        yield None, Facts(partnership_id=place), {"partnership_id": place}


# Of a behaviour and a statement; each is gone once somebody dropped it.
KEYS = {"drop": "tailored_guidance", "": "relationship"}


def _parts_of_drafts(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    """Statements and behaviours of a questionnaire that is being written."""
    name = KEYS["drop" if "drop" in rule.endpoint else ""]
    for owner, facts, values in _partnerships(world, rule, links):
        if "kind" in rule.arguments:
            yield owner, facts, values | {"kind": "statement", "key": f"student-{name}"}
        else:
            yield owner, facts, values | {"key": name}


def _by_key(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    """What has a key of its own in a partnership: a method, or a part of a questionnaire."""
    is_method = rule.endpoint.startswith("methods.")
    yield from (_methods if is_method else _parts_of_drafts)(world, rule, links)


def _methods(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    """A method that a partnership made and is changing; for readers also others."""
    step = {"step": "step_1"} if "step" in rule.arguments else {}
    is_read = not rule.endpoint.startswith("methods.own.")
    for owner, facts, values in _partnerships(world, rule, links):
        for place, key in world.methods.items():
            is_here = values["partnership_id"] == world.partnerships[place]
            if is_here or is_read or facts is None:
                yield owner, facts if is_here else None, values | step | {"key": key}
        if is_read:
            yield owner, facts, values | {"key": "check_in"}


def _schools(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield from _within(world, "school_id", world.schools)


def _breaks(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield from _within(world, "break_id", world.breaks)


def _within(world: World, name: str, objects: Mapping[str, uuid.UUID]) -> Iterator[Value]:
    """Each object under the partnership to which it belongs, and under the others."""
    for place, partnership_id in world.partnerships.items():
        for where, key in {**objects, "nowhere": MISSING}.items():
            facts = Facts(partnership_id=partnership_id) if where == place else None
            yield None, facts, {"partnership_id": partnership_id, name: key}


def _people(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    """Whom a partnership knows, and whom it does not."""
    here = world.partnerships["here"]
    yield None, None, {"partnership_id": here, "person_id": MISSING}
    for person, _membership, place in _known(world):
        yield None, Facts(partnership_id=place), {"partnership_id": place, "person_id": person}
    for person in (world.people["outsider"].id, MISSING):
        yield None, None, {"partnership_id": here, "person_id": person}
    # It exists, and the person does, but not together.
    strange = {"partnership_id": world.partnerships["elsewhere"]}
    yield None, None, strange | {"person_id": world.people["owner"].id}


def _memberships(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    found = list(_known(world))
    for person, membership, place in found:
        keys = {"partnership_id": place, "person_id": person}
        yield None, Facts(partnership_id=place), keys | {"membership_id": membership}
        others = next(each[1] for each in found if each[0] != person)
        for wrong in (MISSING, others):
            yield None, None, keys | {"membership_id": wrong}


def _known(world: World) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """Some people, each with a role and where they have or had it."""
    some = [world.people[who].id for who in ("owner", "ended", "outsider", "invited")]
    with world.make.request():
        rows = db.session.execute(
            sa.select(Membership.person_id, Membership.id, Membership.partnership_id)
            .where(Membership.person_id.in_(some))
            .order_by(Membership.role)
        )
        return [(row[0], row[1], row[2]) for row in rows]


def _people_lists(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"list_id": MISSING}
    for owner, list_id in world.lists.items():
        yield owner, _owned(world, owner), {"list_id": list_id}


def _owned(world: World, owner: str) -> Facts:
    return Facts(owner_id=world.people[owner].id, partnership_id=world.partnerships["here"])


def _items(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    own = world.scans["own"].id
    for kind, key in (("scan", MISSING), ("diary", own), ("scan", world.scans["draft"].id)):
        yield None, None, {"kind": kind, "item_id": key}
    for owner, scan in world.owned_scans():
        if scan != world.scans["draft"]:
            yield owner, _owned(world, owner), {"kind": "scan", "item_id": scan.id}
    yield "owner", _owned(world, "owner"), {"kind": "learning_question", "item_id": own}


def _opened(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"share_id": MISSING}
    if rule.endpoint == "sharing.take_back":
        # It was taken back before, so that doing it here changes nothing.
        yield "owner", _owned(world, "owner"), {"share_id": world.opened["stranger"]}
        return
    for who, share_id in world.opened.items():
        meant = frozenset({world.people[who].id} - {world.people["stranger"].id})
        facts = Facts(partnership_id=world.partnerships["here"], shared_with=meant)
        yield None, facts, {"share_id": share_id}


def _trajectories(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"trajectory_id": MISSING}
    for leader, trajectory in world.trajectories.items():
        is_released = rule.endpoint == "team_message.read"
        facts = world.told_facts(leader) if is_released else world.group_facts(leader)
        yield None, facts, {"trajectory_id": trajectory.id}


def _people_in_trajectories(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    """Who is in it, who left, who is in another one, and nobody."""
    for leader, trajectory in world.trajectories.items():
        facts = world.group_facts(leader)
        for who in ("owner", "institute_trainer", "stranger"):
            person_id = world.people[who].id
            keys = {"trajectory_id": trajectory.id, "person_id": person_id}
            yield None, facts if person_id in facts.members else None, keys
        yield None, None, {"trajectory_id": trajectory.id, "person_id": MISSING}


def _trajectory_invitations(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"invitation_id": MISSING}
    for key in world.invited.values():
        yield None, world.group_facts("facilitator"), {"invitation_id": key}


def _meetings(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    """The first meeting of each trajectory, which has begun."""
    yield None, None, {"meeting_id": MISSING}
    for leader, trajectory in world.trajectories.items():
        yield None, world.group_facts(leader), {"meeting_id": trajectory.meetings[0]}


def _brought_questions(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"brought_id": MISSING}
    for who, key in world.brought.items():
        author = "owner" if who == "fresh" else who
        yield author, _owned(world, author), {"brought_id": key}


def _questions_together(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    """What came of the questions of one group, under its trajectory and under the others."""
    [name] = set(rule.arguments) - {"trajectory_id"}
    for leader, trajectory in world.trajectories.items():
        facts = world.group_facts(leader) if leader == "facilitator" else None
        yield None, facts, {"trajectory_id": trajectory.id, name: world.together[name]}
        yield None, None, {"trajectory_id": trajectory.id, name: MISSING}


def _plans(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    more = {"status": "going"} if "status" in rule.arguments else {}
    yield None, None, {"plan_id": MISSING} | more
    for each in world.written.plans:
        yield each.owner, world.own_facts(each), {"plan_id": each.id} | more


def _plan_questions(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    """Of the plan's author, who answers; or of whoever asked, who deletes it."""
    yield None, None, {"question_id": MISSING}
    for each, asker in world.written.questions:
        if rule.endpoint == "plan_reading.take_back":
            yield asker, _owned(world, asker), {"question_id": each.id}
        else:
            yield each.owner, world.own_facts(each), {"question_id": each.id}


def _notes(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"note_id": MISSING}
    for each in world.written.notes:
        yield each.owner, world.own_facts(each), {"note_id": each.id}


def _reflections(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    more = {"question": "gained"} if "question" in rule.arguments else {}
    yield None, None, {"reflection_id": MISSING} | more
    each = world.written.reflection
    yield each.owner, world.own_facts(each), {"reflection_id": each.id} | more


def _certificates(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"certificate_id": MISSING}
    for each in world.written.certificates:
        owned = Facts(owner_id=world.people[each.owner].id)
        yield each.owner, owned, {"certificate_id": each.id}


def _moved(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    """A part of a portfolio."""
    for owner, facts, values in _trajectories(world, rule, links):
        yield owner, facts, values | {"section": "notes", "way": "up"}


def _pairs(world: World, _rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    yield None, None, {"pair_id": MISSING}
    yield None, world.group_facts("facilitator"), {"pair_id": world.written.pair}


def _blocks(world: World, rule: Rule, links: tuple[str, ...]) -> Iterator[Value]:
    """Each block in its meeting, and in that of another group."""
    for _owner, facts, values in _meetings(world, rule, links):
        for leader, block_id in world.blocks.items():
            is_here = facts == world.group_facts(leader)
            yield None, facts if is_here else None, values | {"block_id": block_id}


def _on_shelves(world: World, rule: Rule, _links: tuple[str, ...]) -> Iterator[Value]:
    """What lies on the shelf of a trajectory, or on that of a partnership; never on the other."""
    yield None, None, {"item_id": MISSING}
    on_trajectory = rule.endpoint.startswith("shelf.")
    for who, key in world.shelved.items():
        facts = replace(world.group_facts("facilitator"), owner_id=world.people[who].id)
        # Nobody's facts on the other shelf.
        yield who if on_trajectory else None, facts if on_trajectory else None, {"item_id": key}
    for who, key in world.shared.items():
        place = world.partnerships["elsewhere" if who == "outsider" else "here"]
        facts = Facts(owner_id=world.people[who].id, partnership_id=place)
        yield None if on_trajectory else who, None if on_trajectory else facts, {"item_id": key}


# By the names in the address: every object that it could be about, and one that is not there.
OBJECTS: dict[frozenset[str], Callable[[World, Rule, tuple[str, ...]], Iterator[Value]]] = {
    frozenset(): _nothing,
    frozenset({"role"}): _roles,
    frozenset({"scan_id"}): _scans,
    frozenset({"invitation_id"}): _invitations,
    frozenset({"token"}): _links,
    frozenset({"partnership_id"}): _partnerships,
    frozenset({"partnership_id", "key"}): _by_key,
    frozenset({"partnership_id", "key", "step"}): _methods,
    frozenset({"partnership_id", "kind", "key"}): _parts_of_drafts,
    frozenset({"partnership_id", "school_id"}): _schools,
    frozenset({"partnership_id", "break_id"}): _breaks,
    frozenset({"list_id"}): _people_lists,
    frozenset({"partnership_id", "person_id"}): _people,
    frozenset({"partnership_id", "person_id", "membership_id"}): _memberships,
    frozenset({"trajectory_id"}): _trajectories,
    frozenset({"meeting_id"}): _meetings,
    frozenset({"brought_id"}): _brought_questions,
    frozenset({"trajectory_id", "proposal_id"}): _questions_together,
    frozenset({"trajectory_id", "question_id"}): _questions_together,
    frozenset({"trajectory_id", "subgroup_id"}): _questions_together,
    frozenset({"plan_id"}): _plans,
    frozenset({"plan_id", "status"}): _plans,
    frozenset({"question_id"}): _plan_questions,
    frozenset({"note_id"}): _notes,
    frozenset({"reflection_id"}): _reflections,
    frozenset({"reflection_id", "question"}): _reflections,
    frozenset({"pair_id"}): _pairs,
    frozenset({"certificate_id"}): _certificates,
    frozenset({"trajectory_id", "section", "way"}): _moved,
    frozenset({"meeting_id", "block_id"}): _blocks,
    frozenset({"trajectory_id", "person_id"}): _people_in_trajectories,
    frozenset({"item_id"}): _on_shelves,
    frozenset({"kind", "item_id"}): _items,
    frozenset({"share_id"}): _opened,
}
