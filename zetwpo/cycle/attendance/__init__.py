"""Who was there: one tap for each person, and never a count of anybody's."""
