"""What is said of a matter: a title, a sentence, and the words on the link to where it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for

from zetwpo.cycle.desk.rules import Held, Matter, What
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.i18n import gettext as _
from zetwpo.i18n import listed, ngettext, weekday, weekday_moment


@dataclass(frozen=True)
class Said:
    """A matter in words."""

    title: str
    text: str
    action: str
    url: str


def said(matter: Matter, trajectory: TrajectoryCard) -> Said:
    """This matter of this trajectory, in the language of the page."""
    return _SAID[matter.what](matter, trajectory)


# ----------------------------------------------------------------------------------- of a meeting


def _now(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    when = weekday_moment(meeting.starts_at)
    return Said(
        _("Your group meets now"),
        _("Meeting %(number)s: %(when)s", number=meeting.number, when=when),
        _("To the meeting"),
        url_for("agenda.meeting", meeting_id=meeting.id),
    )


def _write_up(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    return Said(
        _("Write down what you agreed at meeting %(number)s", number=meeting.number),
        _("The group reads the homework and what comes next from then on."),
        _("Write it down"),
        url_for("agreements.show", meeting_id=meeting.id),
    )


def _note_presence(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    return Said(
        _("Note who was at meeting %(number)s", number=meeting.number),
        _("Only the facilitators see it, and everybody their own line."),
        _("Note who was there"),
        url_for("attendance.overview", meeting_id=meeting.id),
    )


def _recap(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    until = weekday(matter.until) if matter.until else ""
    return Said(
        _("Send the recap of meeting %(number)s", number=meeting.number),
        _("The group was to have it by %(day)s. It is still welcome.", day=until)
        if matter.is_late
        else _("The group gets it within a week: until %(day)s.", day=until),
        _("To the recap"),
        url_for("recaps.show", meeting_id=meeting.id),
    )


def _missed(matter: Matter, trajectory: TrajectoryCard) -> Said:
    meeting, names = _meeting(matter), _names(matter, trajectory)
    return Said(
        _("Somebody was not there again"),
        ngettext(
            "%(names)s was not at meeting %(number)s, nor at one before it. A short call helps to "
            "come back.",
            "%(names)s were not at meeting %(number)s, nor at one before it. A short call helps to "
            "come back.",
            len(names),
            number=meeting.number,
            names=listed(names),
        ),
        _("See who was there"),
        url_for("attendance.overview", meeting_id=meeting.id),
    )


def _nobody_brings(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    return Said(
        _("Who brings the homework in?"),
        _(
            "It was agreed at meeting %(number)s, and nobody is to bring it in.",
            number=meeting.number,
        ),
        _("Write down who does"),
        url_for("agreements.show", meeting_id=meeting.id),
    )


def _plans(matter: Matter, trajectory: TrajectoryCard) -> Said:
    number = _meeting(matter).number
    return Said(
        _("Ask the group how their plans are going"),
        _(
            "Nobody opened a plan to the group since meeting %(number)s. Whether there are any, "
            "you do not see: a plan is its author's.",
            number=number,
        ),
        _("What others opened"),
        url_for("opened.show", trajectory_id=trajectory.id, after=number),
    )


def _dates(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    return Said(
        _("Look at the date of meeting %(number)s", number=meeting.number),
        " ".join([f"{weekday_moment(meeting.starts_at)}.", *matter.words]),
        _("To this date"),
        url_for("meetings.edit", meeting_id=meeting.id),
    )


def _ready(matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("See who is ready for meeting one"),
        _(
            "It is on %(when)s. Not everybody has a self-scan and a question yet. You can remind "
            "them.",
            when=weekday_moment(_meeting(matter).starts_at),
        ),
        _("See who is ready"),
        url_for("readiness.show", trajectory_id=trajectory.id),
    )


def _prepare(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    return Said(
        _("Prepare meeting %(number)s", number=meeting.number),
        _("It is on %(when)s.", when=weekday_moment(meeting.starts_at)),
        _("Prepare it"),
        url_for("meeting_room.preparation", meeting_id=meeting.id),
    )


def _nothing_to_read(matter: Matter, _trajectory: TrajectoryCard) -> Said:
    meeting = _meeting(matter)
    return Said(
        _("Choose what to read for meeting %(number)s", number=meeting.number),
        _("Nothing is chosen yet. Is there a text that helps with the question?"),
        _("Choose from the shelf"),
        url_for("reading.choose", meeting_id=meeting.id),
    )


def _reminder(matter: Matter, trajectory: TrajectoryCard) -> Said:
    when = weekday(matter.until) if matter.until else ""
    return Said(
        _("A reminder goes by itself"),
        _(
            "On %(day)s, to whoever has an open plan. You can word it, or let it not go.",
            day=when,
        ),
        _("See the reminder"),
        url_for("halfway.show", trajectory_id=trajectory.id),
    )


# ------------------------------------------------------------------ of the group, and its questions


def _people(_matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("Choose who takes part"),
        _("Nobody takes part yet. You choose people of the partnership by name."),
        _("Choose people"),
        url_for("trajectory_people.choose", trajectory_id=trajectory.id),
    )


def _no_question(_matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("Find the common question"),
        _("The first meeting has been, and no common question is written down."),
        _("To the questions of the group"),
        url_for("question_board.board", trajectory_id=trajectory.id),
    )


def _question_left(matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("A question without its authors"),
        _(
            "Whoever brought it in left: “%(text)s” Does the group go on with it?",
            text=" ".join(matter.words),
        ),
        _("Our questions"),
        url_for("questions.line", trajectory_id=trajectory.id),
    )


def _subgroup_empty(matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("A question that nobody works on"),
        _("Nobody is in subgroup %(number)s any more.", number=matter.number),
        _("To the subgroups"),
        url_for("subgroups.overview", trajectory_id=trajectory.id),
    )


def _without_subgroup(matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("Somebody is in no subgroup"),
        _("Without a question to work on: %(names)s.", names=listed(_names(matter, trajectory))),
        _("To the subgroups"),
        url_for("subgroups.overview", trajectory_id=trajectory.id),
    )


def _over(_matter: Matter, trajectory: TrajectoryCard) -> Said:
    return Said(
        _("All meetings are over"),
        _("Tell the team what came of it, and close the trajectory when you are done."),
        _("To the closing"),
        url_for("closing.show", trajectory_id=trajectory.id),
    )


_SAID: Mapping[What, Callable[[Matter, TrajectoryCard], Said]] = {
    What.PEOPLE: _people,
    What.NOW: _now,
    What.WRITE_UP: _write_up,
    What.NOTE_PRESENCE: _note_presence,
    What.RECAP: _recap,
    What.MISSED: _missed,
    What.NO_QUESTION: _no_question,
    What.QUESTION_LEFT: _question_left,
    What.SUBGROUP_EMPTY: _subgroup_empty,
    What.WITHOUT_SUBGROUP: _without_subgroup,
    What.NOBODY_BRINGS: _nobody_brings,
    What.READY: _ready,
    What.PLANS: _plans,
    What.DATES: _dates,
    What.NOTHING_TO_READ: _nothing_to_read,
    What.PREPARE: _prepare,
    What.REMINDER: _reminder,
    What.OVER: _over,
}


def _meeting(matter: Matter) -> Held:
    assert matter.meeting  # noqa: S101 (for the type checker)
    return matter.meeting


def _names(matter: Matter, trajectory: TrajectoryCard) -> list[str]:
    return [each.name for each in trajectory.participants if each.id in matter.people]
