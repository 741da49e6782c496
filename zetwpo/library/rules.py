"""What all questionnaires and all methods have in common, without a file or a page."""

from collections import Counter
from collections.abc import Iterable

# The points of the scale on which every statement is judged.
LOWEST, HIGHEST = 1, 7

# What fits on a page, a phone and the patience of who fills it in: statements of a form,
# examples with one statement, letters of a text, letters of a name or of an end of the scale.
MOST_STATEMENTS, MOST_ILLUSTRATIONS = 60, 10
LONGEST_TEXT, LONGEST_TITLE = 400, 100
# The labels of the spider: letters of a line, and lines.
LONGEST_LINE = {"label_long": 22, "label_short": 12}
MOST_LINES = 2

# What fits on the card of a method: minutes of a whole meeting, letters of one line that says
# what it is good for, and of a step; how many people; and how much of everything.
LONGEST_METHOD_MINUTES, LONGEST_REASON, LONGEST_STEP = 180, 140, 700
MOST_PEOPLE, MOST_STEPS, MOST_MATERIAL, MOST_VARIANTS = 100, 12, 10, 5
MOST_CARDS, MOST_BOARDS, MOST_SHEETS, MOST_SHEET_ROWS = 40, 4, 6, 20

# Things of one kind that a partnership can make, where it has several.
MOST_MADE = 100


def repeated(keys: Iterable[str]) -> list[str]:
    """The keys that stand there more than once, in the order in which they do first."""
    return [key for key, count in Counter(keys).items() if count > 1]
