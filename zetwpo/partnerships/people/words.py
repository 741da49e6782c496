"""What is asked of somebody with a role: in the mail that welcomes them, and where it is given."""

from zetwpo.accounts.actors import Role
from zetwpo.i18n import lazy_gettext as _

ASKED = {
    Role.SUPERVISOR: _(
        "You look at your own work in a short self-scan, and ask others how they see it. Only you "
        "read the result."
    ),
    Role.STUDENT: _(
        "A supervisor may ask for your feedback. You decide whether you share it, and when."
    ),
    Role.SCHOOL_TRAINER: _(
        "Supervisors may ask for your feedback. You decide whether you share it, and when."
    ),
    Role.INSTITUTE_TRAINER: _(
        "Supervisors may ask for your feedback. You decide whether you share it, and when."
    ),
    Role.FACILITATOR: _(
        "You lead a group of supervisors who learn together. You only read what they share with "
        "you."
    ),
    Role.PROCESS_FACILITATOR: _(
        "You lead conversations about training together. You see who belongs here, and nobody's "
        "answers."
    ),
    Role.PROGRAMME_LEADER: _(
        "You look after the programme: its questionnaire, its breaks, who belongs here. You see "
        "nobody's answers."
    ),
    Role.SCHOOL_LEADER: _("You give supervisors time and room. You see nobody's answers."),
    Role.ADMINISTRATOR: _("You look after people, schools and roles. You see nobody's answers."),
}
