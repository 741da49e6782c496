"""What all questionnaires have in common, without a file or a page."""

import enum

# The points of the scale on which every statement is judged.
LOWEST, HIGHEST = 1, 7


class Form(enum.StrEnum):
    """Who judges: the supervisor, a student, or a school trainer."""

    SELF = "self"
    STUDENT = "student"
    TRAINER = "trainer"
