"""Who reads what is opened: the permission table, asked with what the owner meant."""

import uuid
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.actors import EMPLOYERS, RECEIVERS, Actor, HeldRole, Role
from zetwpo.sharing.items import Item
from zetwpo.sharing.queries import PERSON, Receiver, ShareCard, may_receive, opens_to
from zetwpo.sharing.rules import Term

HERE, ELSEWHERE = uuid.uuid4(), uuid.uuid4()
OWNER, OTHER = uuid.uuid4(), uuid.uuid4()
HELD = st.builds(HeldRole, st.sampled_from([HERE, ELSEWHERE]), st.sampled_from(Role))
PEOPLE = st.builds(
    Actor,
    st.sampled_from([OWNER, OTHER]) | st.uuids(),
    st.just("Somebody"),
    st.just("nl"),
    st.frozensets(HELD, max_size=5),
)
ITEM = Item("scan", uuid.uuid4(), OWNER, HERE, "Self-scan")
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


def share(meant: frozenset[uuid.UUID]) -> ShareCard:
    to = Receiver(PERSON, OTHER)
    return ShareCard(uuid.uuid4(), "scan", ITEM.id, "", OWNER, HERE, to, Term(NOON), meant)


@given(PEOPLE, st.frozensets(st.sampled_from([OWNER, OTHER])))
def test_it_opens_to_whom_it_was_meant_for_where_a_role_lets_them(
    person: Actor, meant: frozenset[uuid.UUID]
) -> None:
    is_receiver = any(
        each.role in RECEIVERS and each.partnership_id == HERE for each in person.memberships
    )
    is_employer = any(each.role in EMPLOYERS for each in person.memberships)
    wanted = person.person_id in meant and is_receiver and not is_employer
    assert opens_to(share(meant), person) is wanted


@given(PEOPLE)
def test_whom_it_can_be_opened_to_is_whom_it_then_opens_to(person: Actor) -> None:
    meant = frozenset({person.person_id}) - {OWNER}
    assert may_receive(ITEM, person) is opens_to(share(meant), person)


@given(PEOPLE)
def test_an_employer_gains_nothing_by_another_role_given_before_or_after(person: Actor) -> None:
    for role in EMPLOYERS:
        for place in (HERE, ELSEWHERE):
            held = person.memberships | {HeldRole(place, role)}
            employer = Actor(person.person_id, person.name, person.language, held)
            assert not opens_to(share(frozenset({person.person_id})), employer)
            assert not may_receive(ITEM, employer)


@given(PEOPLE)
def test_what_belongs_to_no_partnership_opens_to_nobody(person: Actor) -> None:
    nowhere = Item("scan", uuid.uuid4(), OWNER, None, "Self-scan")
    assert not may_receive(nowhere, person)


def test_nobody_can_open_something_to_themselves() -> None:
    owner = Actor(OWNER, "Olga", "nl", frozenset({HeldRole(HERE, Role.SUPERVISOR)}))
    assert not may_receive(ITEM, owner)
