"""What the first page after signing in shows of everything that somebody is, in one place."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from zetwpo.accounts.actors import Actor, Role
from zetwpo.accounts.policy import START_SCAN, START_TRAJECTORY
from zetwpo.accounts.queries import PartnershipCard, get_partnerships, get_person
from zetwpo.cycle.desk.queries import LedGroup, groups_of, led_by_actor
from zetwpo.cycle.learning_question.queries import scans_with_question
from zetwpo.cycle.team_message.queries import Released
from zetwpo.home.groups import (
    EarlierGroup,
    OwnGroup,
    earlier_groups,
    newly_told,
    own_groups,
)
from zetwpo.home.queries import StartPage, goes_on, kept_in, led_in, start_page
from zetwpo.home.rules import Kept, Led
from zetwpo.i18n import day
from zetwpo.i18n import gettext as _
from zetwpo.library.respondents import respondents
from zetwpo.scan.feedback.queries import InvitationView, invitations_to
from zetwpo.scan.feedback.rules import InvitationStatus
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, scans_of
from zetwpo.sharing.queries import has_received

# With a card of its own (templates/home/roles); a supervisor has a whole page, and who is asked has
# the list.
WITH_CARD = (
    Role.FACILITATOR,
    Role.PROCESS_FACILITATOR,
    Role.PROGRAMME_LEADER,
    Role.SCHOOL_LEADER,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class AskedOfMe:
    """A request for feedback, for the one who was asked and is signed in."""

    invitation: InvitationView

    @property
    def is_to_do(self) -> bool:
        """True while it waits for an answer."""
        return self.invitation.status is InvitationStatus.OPEN

    @property
    def answered(self) -> int:
        """How many statements have an answer."""
        return self.invitation.response.answered

    @property
    def outcome(self) -> str:
        """What became of it, in words that only its author reads."""
        return _OUTCOMES[self.invitation.status](self.invitation.state.share_from)


def _on_a_day(words: Callable[[str], str]) -> Callable[[datetime | None], str]:
    return lambda moment: words(day(moment)) if moment else ""


def _always(words: Callable[[], str]) -> Callable[[datetime | None], str]:
    return lambda _moment: words()


_OUTCOMES: Mapping[InvitationStatus, Callable[[datetime | None], str]] = {
    InvitationStatus.PLANNED: _on_a_day(lambda day: _("will be shared on %(day)s", day=day)),
    InvitationStatus.SHARED: _on_a_day(lambda day: _("shared on %(day)s", day=day)),
    InvitationStatus.RETRACTED: _always(lambda: _("you withdrew it after sharing")),
    InvitationStatus.DECLINED: _always(lambda: _("you said no")),
    InvitationStatus.WITHDRAWN: _always(lambda: _("the supervisor withdrew the request")),
    InvitationStatus.EXPIRED: _always(lambda: _("the time for it is over")),
}


@dataclass(frozen=True)
class Place:
    """A partnership in which somebody has something to do besides filling in forms."""

    partnership: PartnershipCard
    roles: tuple[Role, ...]
    # Where somebody belongs to more than one, each says which it is.
    is_one_of_several: bool
    # For its administrator, and for its programme leader.
    kept: Kept | None = None
    led: Led | None = None
    # The trajectories that this person leads here, and whether they may begin another one.
    groups: tuple[LedGroup, ...] = ()
    may_start: bool = False
    # What groups here released to this person lately.
    told: tuple[Released, ...] = ()

    def told_to(self, role: Role) -> list[Released]:
        """Those of them that are for this role."""
        return [each for each in self.told if role in each.facts.opened_to]


@dataclass(frozen=True)
class FirstPage:
    """Everything that stands on the first page of one person."""

    roles: tuple[Role, ...]
    own: StartPage | None
    asked: tuple[AskedOfMe, ...]
    places: tuple[Place, ...]
    # The trajectories in which this person takes part.
    groups: tuple[OwnGroup, ...] = ()
    # Those that are over for this person.
    earlier_groups: tuple[EarlierGroup, ...] = ()
    # True where somebody opened something to this person.
    has_received: bool = False
    # Scans from where this person is no supervisor any more: those that were finished, and one
    # that was not where there is nowhere to go on with it.
    old_scans: tuple[ScanCard, ...] = ()
    unfinished: ScanCard | None = None
    # After which of them there is a learning question, and what their days are called.
    asked_after: frozenset[uuid.UUID] = frozenset()
    days: Mapping[uuid.UUID, str] = field(default_factory=dict)
    # The partnerships in which this person is or was something, where that is more than one.
    names: Mapping[uuid.UUID, str] = field(default_factory=dict)

    @property
    def has_role(self) -> bool:
        """False for whoever reads their own things, and nothing else."""
        return bool(self.roles)

    @property
    def prepares_for(self) -> OwnGroup | None:
        """The trajectory for which the scan and the question are the next step: the first to meet.

        None where nobody asks for them, or they are there.
        """
        waiting = [(each.prepares_for.starts_at, each) for each in self.groups if each.prepares_for]
        return min(waiting, key=itemgetter(0))[1] if waiting else None

    @property
    def begins_with_groups(self) -> bool:
        """True where a trajectory asks for something before the own scan does."""
        return any(each.comes_first for each in self.groups)

    @property
    def shows_asked(self) -> bool:
        """True where something was asked, or where that is what the role is about.

        An empty list says so to those; for the others it would only be in the way.
        """
        return bool(self.asked) or any(role in respondents() for role in self.roles)

    @property
    def to_do(self) -> list[AskedOfMe]:
        """The requests that wait, the one that ends first before the others."""
        waiting = [each for each in self.asked if each.is_to_do]
        return sorted(waiting, key=lambda each: each.invitation.state.last_moment)

    @property
    def done(self) -> list[AskedOfMe]:
        """The requests that something became of, the newest first."""
        return [each for each in reversed(self.asked) if not each.is_to_do]


def first_page(actor: Actor) -> FirstPage:
    """The first page of this person.

    What was asked is found by the person's own address: to sign in, one has to read its mail.
    """
    is_supervisor = START_SCAN.opens_to(actor)
    scans = scans_of(actor.person_id)
    old = [each for each in scans if each.is_submitted and not goes_on(actor, each)]
    unfinished = next((each for each in scans if not each.is_submitted), None)
    partnerships = get_partnerships(
        {each.partnership_id for each in actor.memberships}
        | {each.partnership_id for each in scans if each.partnership_id}
    )
    return FirstPage(
        roles=tuple(role for role in Role if role in actor.roles),
        own=start_page(actor, scans) if is_supervisor else None,
        asked=tuple(map(AskedOfMe, invitations_to(get_person(actor.person_id).email))),
        places=_places(actor, partnerships),
        groups=own_groups(actor),
        earlier_groups=earlier_groups(actor),
        has_received=has_received(actor),
        old_scans=tuple(old),
        unfinished=None if is_supervisor else unfinished,
        asked_after=frozenset(scans_with_question(actor.person_id) if old else ()),
        days=days_of(scans),
        names={each.id: each.name for each in partnerships} if len(partnerships) > 1 else {},
    )


def _places(actor: Actor, partnerships: Sequence[PartnershipCard]) -> tuple[Place, ...]:
    kept = kept_in(actor.partnerships_as(Role.ADMINISTRATOR))
    led = led_in(actor.partnerships_as(Role.PROGRAMME_LEADER))
    groups = groups_of(led_by_actor(actor))
    told = newly_told(actor)
    found = (
        Place(
            each,
            roles,
            len(partnerships) > 1,
            kept.get(each.id),
            led.get(each.id),
            tuple(group for group in groups if group.trajectory.partnership_id == each.id),
            START_TRAJECTORY.opens_to(actor, each.facts),
            tuple(message for message in told if message.trajectory.partnership_id == each.id),
        )
        for each in partnerships
        if (roles := tuple(role for role in WITH_CARD if role in actor.roles_in(each.id)))
    )
    return tuple(found)
