"""What people write in a trajectory of the world: a word of its own in each field."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass(frozen=True)
class OwnWork:
    """Something of somebody's own: its key, whose it is, and who reads it besides."""

    id: uuid.UUID
    owner: str
    readers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """All of it, in the trajectory of the facilitator."""

    plans: tuple[OwnWork, ...]
    # `owner` is of the plan; whoever asked stands apart.
    questions: tuple[tuple[OwnWork, str], ...]
    notes: tuple[OwnWork, ...]
    # An answer that is open to who leads it.
    reflection: OwnWork
    pair: uuid.UUID
    # By whose they are.
    certificates: tuple[OwnWork, ...]


GROUP = frozenset({"trainer", "facilitator"})


def mark(word: str) -> str:
    """A word that stands nowhere else."""
    return f"MARK{word}KRAM"


def write(world: "World") -> Written:
    """Let people write; the institute trainer, who takes part, leaves afterwards."""
    make, people = world.make, world.people
    group = world.trajectories["facilitator"]
    owner, trainer = people["owner"], people["trainer"]
    fields = {"at": mark("planat"), "sign": mark("plansign")}
    opened = make.plan(group, owner, mark("planwhat"), is_open=True, **fields)
    closed = make.plan(group, trainer, mark("closedplan"), "writing", is_open=True)
    asked = make.plan_question(opened, trainer, mark("planquestion"), mark("plananswer"))
    kept = make.plan_question(closed, owner, mark("closedquestion"), mark("closedanswer"))
    make.closed_plan(closed)
    left = make.plan(group, people["institute_trainer"], mark("leftplan"), is_open=True)
    pair = make.pair(group, owner, trainer)
    readers = {
        "me": frozenset[str](),
        "pair": frozenset({"trainer"}),
        "facilitators": frozenset({"facilitator"}),
        "group": GROUP,
    }
    notes = tuple(
        OwnWork(make.note(group, owner, mark(f"{audience}note"), audience), "owner", those)
        for audience, those in readers.items()
    )
    make.reflection(group, owner, {"hard": mark("ownanswer")})
    answers = {"gained": mark("leadanswer")}
    looked_back = make.reflection(group, owner, answers, "facilitators", sentence=mark("sentence"))
    for who in ("owner", "trainer"):
        make.portfolio(group, people[who], mark(f"{who}introduction"))
    make.noted(group, 1, trainer, "present")
    return Written(
        (
            OwnWork(opened, "owner", GROUP),
            OwnWork(closed, "trainer"),
            OwnWork(left, "institute_trainer"),
        ),
        (
            (OwnWork(asked, "owner", GROUP), "trainer"),
            (OwnWork(kept, "trainer"), "owner"),
        ),
        notes,
        OwnWork(looked_back, "owner"),
        pair,
        (OwnWork(make.certificate(group, trainer), "trainer"),),
    )
