"""What all questionnaires have in common, without a file or a page."""

# The points of the scale on which every statement is judged.
LOWEST, HIGHEST = 1, 7

# What fits on a page, a phone and the patience of who fills it in: statements of a form,
# examples with one statement, letters of a text, letters of a name or of an end of the scale.
MOST_STATEMENTS, MOST_ILLUSTRATIONS = 60, 10
LONGEST_TEXT, LONGEST_TITLE = 400, 100
# The labels of the spider: letters of a line, and lines.
LONGEST_LINE = {"label_long": 22, "label_short": 12}
MOST_LINES = 2
