"""The forms and the respondents that the product ships with, for whoever needs a certain one."""

import enum
from functools import cache

from zetwpo.library import questionnaires, respondents
from zetwpo.library.respondents import AskedRole, Respondents
from zetwpo.scan.result.charts import FAMILIES

STUDENT, SCHOOL_TRAINER, INSTITUTE_TRAINER = "student", "school_trainer", "institute_trainer"


class Form(enum.StrEnum):
    SELF = "self"
    STUDENT = "student"
    TRAINER = "trainer"


@cache
def table() -> Respondents:
    """Everybody who can be asked, read once."""
    return respondents.load(questionnaires.load(), FAMILIES)


def asked_as(key: str) -> AskedRole:
    return table().get(key)
