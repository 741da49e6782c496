"""What the demo tells: its invented people and their two trajectories, read from YAML files.

Words that people wrote are Dutch, as they are of Dutch people; words of ours are in both languages.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from zetwpo.accounts.actors import Role
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.common_question.rules import Step
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.cycle.plans.rules import Status
from zetwpo.cycle.shelf.rules import Section
from zetwpo.cycle.team_message.rules import Message, Told
from zetwpo.errors import StartRefused
from zetwpo.library.content_file import ContentModel, Key, LocalText, read

FOLDER = Path(__file__).with_name("content")
# What lies on a shelf.
FILES = FOLDER / "files"

# As somebody typed it, with its lines.
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# Answers in the order of the statements: x is "cannot judge", - is not answered.
Marks = Annotated[str, StringConstraints(pattern=r"^[1-7x -]+$")]
AxisKey = Literal[
    "pedagogical", "organisational", "gatekeeper", "teacher_of_teachers", "developmental"
]
AreaKey = Literal["pedagogical", "organisational", "training_didactics", "developmental"]


class DemoPerson(ContentModel):
    """Somebody with an account; the address is made of the key."""

    key: Key
    name: Text
    roles: tuple[Role, ...] = Field(min_length=1)
    school: Text | None = None
    # What is going on with this person, for the door.
    about: LocalText

    @property
    def email(self) -> str:
        """Where mails to this person go."""
        return f"{self.key}@demo.example"


class DemoSchool(ContentModel):
    """Where people of the partnership work."""

    name: Text
    kind: Literal["school", "institute"]


class DemoBreak(ContentModel):
    """A school break that comes back each year; it begins on the Saturday before this day."""

    name: Text
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    days: int = Field(ge=1, le=60)


class Asked(ContentModel):
    """Somebody who was asked for feedback, with the word that went along."""

    name: Text
    email: Text
    role: Key
    word: str = ""


class Given(Asked):
    """Feedback that was shared."""

    answers: Marks
    example: Mapping[AxisKey, Text] = {}
    feed_forward: Mapping[AxisKey, Text] = {}


class DemoScan(ContentModel):
    """What somebody filled in about themselves, and what others answered."""

    answers: Marks
    examples: Mapping[AxisKey, Text] = {}
    feedback: tuple[Given, ...] = ()
    opened_to: Key | None = None


class BegunScan(ContentModel):
    """A scan that is being filled in, by somebody who is in no trajectory yet."""

    person: Key
    days_ago: int = Field(ge=0)
    scan: DemoScan
    asked: Asked


class PeopleFile(ContentModel):
    """Who there is. At the door they stand by trajectory, and otherwise in this order."""

    partnership: Text
    about: Mapping[str, str]
    people: tuple[DemoPerson, ...] = Field(min_length=1)
    # Who adds the schools and lets the others in.
    keeper: Key
    schools: tuple[DemoSchool, ...]
    breaks: tuple[DemoBreak, ...]
    # Whose result has feedback of all kinds, and who was asked and has not answered; the first of
    # them is at the door.
    supervisor: Key
    waiting: tuple[Asked, ...] = Field(min_length=1)
    begun: BegunScan


class OwnQuestion(ContentModel):
    """A learning question, as its author wrote it after a scan."""

    axis: AxisKey
    text: Text


class Participant(ContentModel):
    """Somebody in a group: the scans around it, and the question that they brought in."""

    person: Key
    # Half a year before the one for this trajectory.
    earlier: DemoScan | None = None
    # None for whoever comes with the scan at the end of the trajectory before.
    scan: DemoScan | None = None
    question: OwnQuestion
    rescan: DemoScan | None = None


class Proposal(ContentModel):
    """What lay on the table: the questions of these, under one wording where there are several."""

    of: tuple[Key, ...] = Field(min_length=1)
    wording: Text | None = None
    points: int = Field(ge=0)


class Together(ContentModel):
    """How a group brought its questions together in its first meeting."""

    proposals: tuple[Proposal, ...] = Field(min_length=1)
    # As the group decided it; made of the first of the proposals.
    text: Text
    area: AreaKey


class NextQuestion(ContentModel):
    """A common question that came after the one before it."""

    step: Step
    text: Text
    area: AreaKey


class BlockChange(ContentModel):
    """What is special about one block of an agenda; what is left out stays as the frame has it."""

    block: Key
    title: Text | None = None
    minutes: int | None = Field(default=None, ge=5)
    method: Key | None = None
    leader: Key | None = None
    question: Text | None = None


class PlanQuestion(ContentModel):
    """What somebody asked about a plan, and what its author said to it."""

    by: Key
    text: Text
    answer: Text | None = None


class DemoPlan(ContentModel):
    """What somebody tries after a meeting."""

    what: Text
    at: str = ""
    sign: str = ""
    minutes: int | None = Field(default=None, ge=0)
    status: Status
    opened: bool = False
    questions: tuple[PlanQuestion, ...] = ()


class DemoNote(ContentModel):
    """What happened in practice, so many days after the meeting."""

    days: int = Field(ge=0)
    text: Text
    audience: Audience = Audience.ONLY_ME


class Answer(ContentModel):
    """An answer to a question of a reflection, with its own audience."""

    text: Text
    audience: Audience = Audience.ONLY_ME


class Period(ContentModel):
    """What one participant wrote between a meeting and the next."""

    person: Key
    plan: DemoPlan | None = None
    notes: tuple[DemoNote, ...] = ()
    # By the keys of the questions.
    reflection: Mapping[Key, Answer] = {}
    sentence: Text | None = None


class DemoMeeting(ContentModel):
    """A meeting: how it was prepared, what it left behind, and what people wrote after it."""

    agenda: tuple[BlockChange, ...] = ()
    preparation: Mapping[Key, Text] = {}
    # All others were there. Of a meeting to come nothing is noted.
    absent: tuple[Key, ...] = ()
    excused: tuple[Key, ...] = ()
    notes: str = ""
    homework: str = ""
    bringers: tuple[Key, ...] = ()
    next_step: NextStep = NextStep.UNDECIDED
    question: NextQuestion | None = None
    # How the recap begins; where there is none it was not sent yet.
    recap: Text | None = None
    after: tuple[Period, ...] = ()


class DemoPair(ContentModel):
    """Who were thought of as a pair, and who of them agreed."""

    people: tuple[Key, ...] = Field(min_length=2)
    agreed: tuple[Key, ...] = ()

    @property
    def waits(self) -> bool:
        """True where somebody of them has not agreed: it was proposed only lately."""
        return set(self.agreed) != set(self.people)


class ShelfThing(ContentModel):
    """Something on the shelf of a trajectory; its file is one of those in the folder."""

    title: Text
    section: Section
    by: Key
    text: str = ""
    url: str = ""
    file: str | None = None
    # The number of the meeting for which it is to be read.
    read_for: int | None = Field(default=None, ge=2)


class DemoPortfolio(ContentModel):
    """Somebody's portfolio of a trajectory, with all that is their own in it."""

    person: Key
    introduction: Text


class Closing(ContentModel):
    """What a group told the team at its end, and what people kept of it."""

    question: Text
    different: Text
    proposal: Text
    celebration: Text
    told: Told
    portfolios: tuple[DemoPortfolio, ...] = ()
    # Who claimed a certificate.
    certificates: tuple[Key, ...] = ()

    @property
    def message(self) -> Message:
        """The same as the group writes it."""
        return Message(self.question, self.different, self.proposal, self.celebration, self.told)


class DemoTrajectory(ContentModel):
    """One trajectory with everything in it."""

    title: Text
    place: str = ""
    leaders: tuple[Key, ...] = Field(min_length=1)
    participants: tuple[Participant, ...] = Field(min_length=1)
    together: Together
    pairs: tuple[DemoPair, ...] = ()
    shelf: tuple[ShelfThing, ...] = ()
    # What the reminder halfway says besides somebody's own plan.
    reminder: str = ""
    meetings: tuple[DemoMeeting, ...] = Field(min_length=1)
    # None for a group that is not at its end.
    closing: Closing | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """The keys of everybody in it: who leads first."""
        return (*self.leaders, *(each.person for each in self.participants))

    @property
    def scans(self) -> Iterator[DemoScan]:
        """All that was filled in by those who take part."""
        for each in self.participants:
            yield from (scan for scan in (each.earlier, each.scan, each.rescan) if scan is not None)

    @property
    def named(self) -> Iterator[str]:
        """The keys of people, wherever they stand."""
        yield from self.people
        for pair in self.pairs:
            yield from (*pair.people, *pair.agreed)
        for proposal in self.together.proposals:
            yield from proposal.of
        yield from (each.by for each in self.shelf)
        if self.closing:
            yield from (each.person for each in self.closing.portfolios)
            yield from self.closing.certificates
        for meeting in self.meetings:
            yield from (*meeting.absent, *meeting.excused, *meeting.bringers)
            yield from (block.leader for block in meeting.agenda if block.leader)
            for period in meeting.after:
                yield period.person
                if period.plan:
                    yield from (question.by for question in period.plan.questions)


class DemoContent(ContentModel):
    """All that the demo tells."""

    people: PeopleFile
    finished: DemoTrajectory
    current: DemoTrajectory

    @property
    def trajectories(self) -> tuple[DemoTrajectory, ...]:
        """Both, in the order in which they were."""
        return self.finished, self.current

    @property
    def scans(self) -> list[DemoScan]:
        """All scans, also the one that is being filled in."""
        found = [scan for each in self.trajectories for scan in each.scans]
        return [*found, self.people.begun.scan]

    @property
    def asked(self) -> list[Asked]:
        """Everybody who was asked for feedback."""
        given = [each for scan in self.scans for each in scan.feedback]
        return [*given, *self.people.waiting, self.people.begun.asked]

    @property
    def supervisor(self) -> DemoPerson:
        """Whose result has feedback of all kinds."""
        return self.person(self.people.supervisor)

    @property
    def keeper(self) -> DemoPerson:
        """Who keeps the partnership."""
        return self.person(self.people.keeper)

    def person(self, key: str) -> DemoPerson:
        """The person with this key. Raises StopIteration."""
        return next(each for each in self.people.people if each.key == key)


@cache
def demo_content(folder: Path = FOLDER) -> DemoContent:
    """What the demo tells. Raises StartRefused with the file and the item of all that is wrong."""
    content = DemoContent(
        people=read(folder / "people.yaml", PeopleFile),
        finished=read(folder / "finished.yaml", DemoTrajectory),
        current=read(folder / "current.yaml", DemoTrajectory),
    )
    if problems := list(_problems(content)):
        raise StartRefused("\n".join(problems))
    return content


def _problems(content: DemoContent) -> Iterator[str]:
    keys = Counter(each.key for each in content.people.people)
    yield from (f"people.yaml: {key} stands here twice" for key, count in keys.items() if count > 1)
    schools = {each.name for each in content.people.schools}
    for person in content.people.people:
        if person.school and person.school not in schools:
            yield f"people.yaml: {person.key} works at {person.school}, which is no school here"
    for name, trajectory in (("finished", content.finished), ("current", content.current)):
        unknown = dict.fromkeys(key for key in trajectory.named if key not in keys)
        yield from (f"{name}.yaml: {key} is nobody of people.yaml" for key in unknown)
        files = [each.file for each in trajectory.shelf if each.file]
        yield from (
            f"{name}.yaml: {file} is no file" for file in files if not (FILES / file).is_file()
        )
