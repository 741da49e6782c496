"""Who may do what: one table, to be read from top to bottom.

A permission has two predicates. `who` looks at the actor alone; `whom` looks at the actor and
the facts of the object, and decides for each object again. A route that names neither a
permission nor a reason for being open is refused (guard.py). The page "Who reads what" is made
from this table, and a test of the guards changes it line by line, to see that each change is found.
"""

from dataclasses import dataclass

from zetwpo.accounts.actors import PARTICIPANTS, Actor, Facts, Role
from zetwpo.accounts.predicates import (
    Who,
    Whom,
    all_of,
    any_of,
    anyone_signed_in,
    employer,
    facilitator,
    former_member,
    holds,
    holds_there,
    holds_what_it_is_opened_to,
    may_receive,
    member,
    never,
    owner,
    received,
)
from zetwpo.i18n import lazy_gettext as _


@dataclass(frozen=True, eq=False)
class Permission:
    """One row of the table."""

    name: str
    meaning: str
    who: Who
    whom: Whom | None = None
    # What somebody reads about others with it; None where it is about oneself, or about nobody.
    shows: str | None = None
    # Whoever may do that one reads this as well, as a part of it.
    part_of: "Permission | None" = None

    def opens_to(self, actor: Actor, facts: Facts | None = None) -> bool:
        """Say whether this actor may do this, to this object if the permission is about one."""
        if not self.who(actor):
            return False
        if self.whom is None:
            return True
        return facts is not None and self.whom(actor, facts)


supervises = holds(Role.SUPERVISOR)
# A role that ended closes the doors that it opened. What one wrote stays one's own to read.
supervises_there = all_of(owner, holds_there(Role.SUPERVISOR))
# In a trajectory, and still what lets somebody in there. Never an employer, whatever else one is.
takes_part = all_of(member, holds_there(*PARTICIPANTS), never(employer))
leads = all_of(facilitator, holds_there(Role.FACILITATOR), never(employer))
# What somebody in a trajectory opened to others there: to these by name, as long as they are in it.
opened_there = all_of(received, any_of(takes_part, leads))


# ------------------------------------------------------------------------------ one's own account

SEE_OWN_START = Permission("start.see", _("See your own next step, and sign out"), anyone_signed_in)
TAKE_OWN_DATA = Permission(
    "data.take", _("Take out or delete everything about yourself"), anyone_signed_in
)
MANAGE_OWN_ACCOUNT = Permission(
    "account.manage",
    _("Change your own name, address, language and mails, and end your own sign-ins"),
    anyone_signed_in,
)

# ------------------------------------------------------------------------- scan, result, question

START_SCAN = Permission("scan.start", _("Start a self-scan or a rescan"), supervises)
FILL_IN_SCAN = Permission(
    "scan.fill_in", _("Fill in and finish your own scan"), supervises, supervises_there
)
ASK_FEEDBACK = Permission(
    "feedback.ask",
    _("Ask for feedback on your own scan, or withdraw the request"),
    supervises,
    supervises_there,
)
READ_RESULT = Permission(
    "result.read",
    _("Read, print and take out the result of your own scan"),
    anyone_signed_in,
    owner,
    shows=_("Feedback that its author shared with you, with the name of the author"),
)
TAKE_BACK_OWN = Permission(
    "own.take_back",
    _("Delete or withdraw something of your own, and close what you opened"),
    anyone_signed_in,
    owner,
)
READ_LEARNING_QUESTION = Permission(
    "learning_question.read",
    _("Read your own learning question and how it grew"),
    anyone_signed_in,
    owner,
)
WRITE_LEARNING_QUESTION = Permission(
    "learning_question.write",
    _("Draft a learning question from your own result"),
    supervises,
    supervises_there,
)
SHARE_OWN = Permission(
    "own.share",
    _("Share something of your own with somebody, and stop that"),
    anyone_signed_in,
    owner,
)
LIST_SHARED = Permission(
    "shared.list", _("See what others share with you, and who they are"), anyone_signed_in
)
READ_SHARED = Permission(
    "shared.read",
    _("Read what a supervisor shares with you by name"),
    anyone_signed_in,
    all_of(received, may_receive),
    shows=_(
        "A result or a learning question that a supervisor shares with somebody by name, as long "
        "as it is shared: never the feedback that others gave on it"
    ),
)

# -------------------------------------------------------------------------------- the trajectory

START_TRAJECTORY = Permission(
    "trajectory.start",
    _("Set up a trajectory of meetings, and lead it"),
    holds(Role.FACILITATOR),
    all_of(holds_there(Role.FACILITATOR), never(employer)),
)
LEAD_TRAJECTORY = Permission(
    "trajectory.lead",
    _("Lead a trajectory: its people, meetings and agenda"),
    holds(Role.FACILITATOR),
    leads,
    shows=_("The names of who takes part in a trajectory that one leads"),
)
SEE_DESK = Permission(
    "desk.see",
    _("See in one place what asks attention in the trajectories that you lead"),
    holds(Role.FACILITATOR),
)
TAKE_PART = Permission(
    "trajectory.take_part", _("Take part in a trajectory"), holds(*PARTICIPANTS), takes_part
)
READ_TRAJECTORY = Permission(
    "trajectory.read",
    _("Read what a trajectory is about, who is in it, and when it meets"),
    anyone_signed_in,
    any_of(takes_part, leads),
    shows=_(
        "Who is in the same trajectory, its common question, its agenda, its homework and the "
        "recaps of its meetings"
    ),
)
BRING_IN_QUESTION = Permission(
    "question.bring_in",
    _("Bring your own question into the group"),
    holds(*PARTICIPANTS),
    takes_part,
)
TAKE_BACK_QUESTION = Permission(
    "question.take_back",
    _("Take back a question that you brought in, also after you left the group"),
    anyone_signed_in,
    owner,
)
LAY_QUESTIONS_TOGETHER = Permission(
    "questions.lay_together",
    _("Lay the questions of a group side by side, and record its common question"),
    holds(Role.FACILITATOR),
    leads,
    shows=_(
        "The questions that participants brought in, with their names: never what a question "
        "rests on"
    ),
)
READ_QUESTIONS = Permission(
    "questions.read",
    _("Read the questions of one's group, and how its common question grew"),
    anyone_signed_in,
    any_of(takes_part, leads),
    shows=_(
        "The questions that others in the group brought in, with their names, once the group "
        "opened them"
    ),
)
FIND_OWN_WORK = Permission(
    "own_work.find",
    _("Find what you wrote in a trajectory, also after you left it"),
    anyone_signed_in,
    any_of(member, former_member),
)
READ_OWN_WORK = Permission(
    "own_work.read",
    _("Read your own plan, practice note or reflection, also after you left"),
    anyone_signed_in,
    owner,
)
WRITE_OWN_WORK = Permission(
    "own_work.write",
    _("Write your own plan, practice notes and reflections, and open them to others"),
    holds(*PARTICIPANTS),
    all_of(owner, takes_part),
)
READ_OPENED = Permission(
    "opened.read",
    _("Read what a participant opened to you, as your pair, who leads or the group"),
    anyone_signed_in,
    any_of(owner, opened_there),
    shows=_(
        "A plan, practice note or answer that somebody in the same trajectory opened to their "
        "pair, to who leads it or to the group, as long as it is open"
    ),
)
KEEP_PORTFOLIO = Permission(
    "portfolio.keep",
    _("Put together what you take along from a trajectory, also after you left it"),
    anyone_signed_in,
    any_of(member, former_member),
)
CLAIM_CERTIFICATE = Permission(
    "certificate.claim",
    _("Claim a certificate of the meetings at which you were, also after you left"),
    anyone_signed_in,
    any_of(member, former_member),
    shows=_("Who led a trajectory in which one took part, on one's own certificate"),
)
READ_CERTIFICATE = Permission(
    "certificate.read",
    _("Read, print and take out your own certificate"),
    anyone_signed_in,
    owner,
)
ASK_ABOUT_PLAN = Permission(
    "plan.ask",
    _("Ask something about a plan that its author opened to you"),
    anyone_signed_in,
    opened_there,
)
SEE_TRAJECTORY_DATES = Permission(
    "trajectory.dates",
    _("See which trajectories there are, and when they meet"),
    holds(Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER),
    holds_there(Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER),
    shows=_("The titles and dates of trajectories: not who takes part, and not what is said"),
)
APPOINT_FACILITATOR = Permission(
    "trajectory.appoint",
    _("Find somebody to lead a trajectory that nobody leads any more"),
    holds(Role.PROGRAMME_LEADER),
    holds_there(Role.PROGRAMME_LEADER),
)

SEE_READINESS = Permission(
    "readiness.see",
    _("See who is ready for the first meeting, and remind who is not"),
    holds(Role.FACILITATOR),
    leads,
    shows=_(
        "Whether somebody finished a self-scan and wrote a learning question: done or not yet, and "
        "nothing else"
    ),
)
RECORD_ATTENDANCE = Permission(
    "attendance.record",
    _("Note who was at a meeting"),
    holds(Role.FACILITATOR),
    leads,
    shows=_("Who was present, absent or excused at the meetings that one leads"),
)
SEE_ATTENDANCE_TOTALS = Permission(
    "attendance.totals",
    _("See how often people were at meetings, all together"),
    holds(Role.PROGRAMME_LEADER),
    holds_there(Role.PROGRAMME_LEADER),
    shows=_("How often people were at the meetings of a trajectory: all together, without names"),
)
WRITE_AGREEMENTS = Permission(
    "agreements.write",
    _("Write down what a meeting leaves behind"),
    holds(Role.FACILITATOR),
    leads,
)
WRITE_RECAP = Permission(
    "recap.write",
    _("Write the recap of a meeting, and send it to the group"),
    holds(Role.FACILITATOR),
    leads,
)
WRITE_TEAM_MESSAGE = Permission(
    "team_message.write",
    _("Write with your group what it tells the team, release it and take it back"),
    anyone_signed_in,
    any_of(takes_part, leads),
    shows=_("Who in the same trajectory agrees with what the group tells the team"),
)
APPROVE_TEAM_MESSAGE = Permission(
    "team_message.approve",
    _("Agree with what your group tells the team, or say what should change"),
    holds(*PARTICIPANTS),
    takes_part,
)
READ_TEAM_MESSAGE = Permission(
    "team_message.read",
    _("Read what a group tells the team"),
    holds(Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER),
    holds_what_it_is_opened_to,
    shows=_(
        "What a group tells about its question, what is different now and what it proposes: once "
        "everybody in it agreed and the group released it to you, and not who wrote it"
    ),
)

# ----------------------------------------------------------------------------------- the shelves

READ_SHELF = Permission(
    "shelf.read",
    _("Read what lies on the shelf of one's trajectory"),
    anyone_signed_in,
    any_of(owner, takes_part, leads),
    shows=_("What lies on the shelf of one's trajectory, with the name of who put it there"),
)
PUT_ON_SHELF = Permission(
    "shelf.put",
    _("Put theory, a tool or something self-made on the shelf of one's trajectory"),
    anyone_signed_in,
    any_of(takes_part, leads),
)
CHANGE_ON_SHELF = Permission(
    "shelf.change",
    _("Change what you put on the shelf, and put it on that of the partnership as well"),
    anyone_signed_in,
    all_of(owner, any_of(takes_part, leads)),
)
TAKE_OFF_SHELF = Permission(
    "shelf.take_off",
    _("Take off the shelf what you put there, and whatever lies there as who leads it"),
    anyone_signed_in,
    any_of(owner, leads),
)
READ_PARTNERSHIP_SHELF = Permission(
    "partnership_shelf.read",
    _("Read what lies on the shelf of the partnership"),
    anyone_signed_in,
    any_of(owner, holds_there(*Role)),
)
KEEP_PARTNERSHIP_SHELF = Permission(
    "partnership_shelf.keep",
    _("Fill the shelf of the partnership, and change what lies there"),
    holds(Role.FACILITATOR, Role.PROGRAMME_LEADER),
    holds_there(Role.FACILITATOR, Role.PROGRAMME_LEADER),
)
TAKE_OFF_PARTNERSHIP_SHELF = Permission(
    "partnership_shelf.take_off",
    _("Take off the shelf of the partnership what you put there, or whatever lies there"),
    anyone_signed_in,
    any_of(owner, holds_there(Role.FACILITATOR, Role.PROGRAMME_LEADER)),
)

# ------------------------------------------------------------------------------- the partnership

MANAGE_PEOPLE = Permission(
    "people.manage",
    _("Invite people, give and end roles, mend addresses"),
    holds(Role.ADMINISTRATOR),
    holds_there(Role.ADMINISTRATOR),
    shows=_("Names, addresses, roles and schools of everybody in the partnership"),
)
IMPORT_PEOPLE = Permission(
    "people.import",
    _("Look through a list of people that you brought yourself, and invite them"),
    holds(Role.ADMINISTRATOR),
    all_of(owner, holds_there(Role.ADMINISTRATOR)),
    shows=_(
        "Names and addresses in a list of people, for the administrator who brought it and for "
        "one day"
    ),
)
SEE_FAILED_MAILS = Permission(
    "mails.failed",
    _("See which mails did not arrive, and send them again"),
    holds(Role.ADMINISTRATOR),
    holds_there(Role.ADMINISTRATOR),
    shows=_("To which address a mail did not arrive, when and why: never what was in it"),
)
SEE_NAMES = Permission(
    "people.names",
    _("See who belongs to the partnership"),
    holds(Role.PROCESS_FACILITATOR, Role.PROGRAMME_LEADER),
    holds_there(Role.PROCESS_FACILITATOR, Role.PROGRAMME_LEADER),
    shows=_("Names, roles and schools of everybody in the partnership: no addresses"),
    part_of=MANAGE_PEOPLE,
)
MANAGE_SCHOOLS = Permission(
    "schools.manage",
    _("Add, rename and close schools and institutes"),
    holds(Role.ADMINISTRATOR),
    holds_there(Role.ADMINISTRATOR),
)
PLAN_BREAKS = Permission(
    "breaks.plan",
    _("Keep the school breaks"),
    holds(Role.ADMINISTRATOR, Role.PROGRAMME_LEADER),
    holds_there(Role.ADMINISTRATOR, Role.PROGRAMME_LEADER),
)
DESCRIBE_PARTNERSHIP = Permission(
    "partnership.describe",
    _("Say who is responsible, and whom to turn to"),
    holds(Role.ADMINISTRATOR, Role.PROGRAMME_LEADER),
    holds_there(Role.ADMINISTRATOR, Role.PROGRAMME_LEADER),
)
EDIT_QUESTIONNAIRE = Permission(
    "questionnaire.edit",
    _("Make the partnership's own questionnaire"),
    holds(Role.PROGRAMME_LEADER),
    holds_there(Role.PROGRAMME_LEADER),
)

# ----------------------------------------------------------------------------------- the methods

READ_METHODS = Permission(
    "methods.read",
    _("Find, read and print the methods for meetings"),
    holds(*Role),
    holds_there(*Role),
)
EDIT_METHODS = Permission(
    "methods.edit",
    _("Keep methods of the partnership's own beside those of this site"),
    holds(Role.FACILITATOR, Role.PROGRAMME_LEADER),
    holds_there(Role.FACILITATOR, Role.PROGRAMME_LEADER),
)

PERMISSIONS = (
    SEE_OWN_START,
    TAKE_OWN_DATA,
    MANAGE_OWN_ACCOUNT,
    START_SCAN,
    FILL_IN_SCAN,
    ASK_FEEDBACK,
    READ_RESULT,
    TAKE_BACK_OWN,
    READ_LEARNING_QUESTION,
    WRITE_LEARNING_QUESTION,
    SHARE_OWN,
    LIST_SHARED,
    READ_SHARED,
    START_TRAJECTORY,
    LEAD_TRAJECTORY,
    SEE_DESK,
    TAKE_PART,
    READ_TRAJECTORY,
    BRING_IN_QUESTION,
    TAKE_BACK_QUESTION,
    LAY_QUESTIONS_TOGETHER,
    READ_QUESTIONS,
    FIND_OWN_WORK,
    READ_OWN_WORK,
    WRITE_OWN_WORK,
    READ_OPENED,
    KEEP_PORTFOLIO,
    CLAIM_CERTIFICATE,
    READ_CERTIFICATE,
    ASK_ABOUT_PLAN,
    SEE_TRAJECTORY_DATES,
    SEE_READINESS,
    RECORD_ATTENDANCE,
    SEE_ATTENDANCE_TOTALS,
    WRITE_AGREEMENTS,
    WRITE_RECAP,
    WRITE_TEAM_MESSAGE,
    APPROVE_TEAM_MESSAGE,
    READ_TEAM_MESSAGE,
    APPOINT_FACILITATOR,
    READ_SHELF,
    PUT_ON_SHELF,
    CHANGE_ON_SHELF,
    TAKE_OFF_SHELF,
    READ_PARTNERSHIP_SHELF,
    KEEP_PARTNERSHIP_SHELF,
    TAKE_OFF_PARTNERSHIP_SHELF,
    MANAGE_PEOPLE,
    IMPORT_PEOPLE,
    SEE_FAILED_MAILS,
    SEE_NAMES,
    MANAGE_SCHOOLS,
    PLAN_BREAKS,
    DESCRIBE_PARTNERSHIP,
    EDIT_QUESTIONNAIRE,
    READ_METHODS,
    EDIT_METHODS,
)
