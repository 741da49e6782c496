"""The headings of lists, in Dutch and English, and the words for roles: what offices write."""

import enum
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from zetwpo.characters import as_read

Key = TypeVar("Key")
_ASIDE = re.compile(r"\([^()]*\)")


class Field(enum.StrEnum):
    """What a column of a list can hold for us."""

    NAME = "name"
    FIRST = "first"
    INFIX = "infix"
    LAST = "last"
    EMAIL = "email"
    ROLE = "role"
    SCHOOL = "school"


# By `as_read`: capitals, spaces, dashes, points and accents make no difference.
_HEADINGS = {
    Field.NAME: (
        "naam, volledige naam, naam volledig, voornaam en achternaam, deelnemer, medewerker, "
        "naam medewerker, naam deelnemer, naam docent, weergavenaam, docent, persoon, "
        "name, full name, display name, participant, employee, person, teacher"
    ),
    Field.FIRST: (
        "voornaam, roepnaam, voornamen, voorletters, initialen, "
        "first name, given name, firstname, forename, initials"
    ),
    Field.INFIX: (
        "tussenvoegsel, tussenvoegsels, tv, tussenv, voorvoegsel, voorvoegsels, infix, prefix"
    ),
    Field.LAST: (
        "achternaam, familienaam, geslachtsnaam, last name, surname, family name, lastname"
    ),
    Field.EMAIL: (
        "e-mail, e-mailadres, mail, mailadres, emailadres school, e-mail school, school e-mail, "
        "e-mailadres school, schoolmail, werkmail, e-mail werk, zakelijk e-mailadres, "
        "e-mail zakelijk, e-mail address, work email, mail address, school email, "
        "user principal name, gebruikersnaam"
    ),
    Field.ROLE: "rol, rollen, functie, functies, taak, role, roles, function, position, job title",
    Field.SCHOOL: (
        "school, schoolnaam, naam school, locatie, locaties, vestiging, schoollocatie, instituut, "
        "opleiding, organisatie, werkplek, location, site, institute, school name, organisation, "
        "organization, campus"
    ),
}
# The roles by their keys in accounts.policy.
_ROLES = {
    "supervisor": (
        "werkplekbegeleider, werkplekbegeleiders, wpb, wpb'er, wpb'ers, wb, "
        "werkplekbegeleidster, werkplekopleider, werkplekopleiders, wpo, "
        "begeleider op de werkplek, workplace supervisor, workplace supervisors, supervisor, "
        "supervisors"
    ),
    "student": (
        "student, studenten, aanstaande leraar, aanstaande leraren, leraar in opleiding, lio, "
        "lio'er, stagiair, stagiaire, stagiairs, stagiaires, students, trainee, trainees, "
        "trainee teacher, student teacher"
    ),
    "school_trainer": (
        "schoolopleider, schoolopleiders, so, so'er, so'ers, schoolopleidster, opleider in de "
        "school, ois, school trainer, school trainers, school-based teacher educator, sbte"
    ),
    "institute_trainer": (
        "instituutsopleider, instituutsopleiders, io, io'er, io'ers, instituutsopleidster, "
        "instituutopleider, instituutopleiders, institute trainer, institute trainers, "
        "institute-based teacher educator, ibte"
    ),
    "facilitator": "facilitator, facilitators, facilitatoren",
    "process_facilitator": (
        "procesbegeleider, procesbegeleiders, hoofdprocesbegeleider, pb, "
        "process facilitator, process facilitators, lead process facilitator"
    ),
    "programme_leader": (
        "programmaleider, programmaleiders, programmamanager, programmamanagers, pl, pm, "
        "programme leader, programme leaders, program leader, programme manager, program manager"
    ),
    "school_leader": (
        "schoolleider, schoolleiders, sl, directeur, locatiedirecteur, locatiedirecteuren, "
        "directeuren, rector, conrector, teamleider, afdelingsleider, adjunct-directeur, "
        "schooldirecteur, school leader, school leaders, principal, head teacher, headteacher, "
        "head, director"
    ),
    "administrator": (
        "beheerder, beheerders, applicatiebeheerder, administrator, administrators, admin"
    ),
}


def _by_word(words: Mapping[Key, str]) -> dict[str, Key]:
    return {as_read(word): key for key, listed in words.items() for word in listed.split(",")}


FIELD_OF = _by_word(_HEADINGS)
ROLE_OF = _by_word(_ROLES)


def known_heading(cell: str) -> Field | None:
    """What a column with this heading holds; None for a heading that says nothing to us."""
    return FIELD_OF.get(as_read(_ASIDE.sub("", cell)))


def count_known(cells: Sequence[str]) -> int:
    """How many different things that we look for the headings in this record name."""
    return len({field for cell in cells if (field := known_heading(cell))})
