"""What all questionnaires have in common, without a file or a page."""

# The points of the scale on which every statement is judged.
LOWEST, HIGHEST = 1, 7
