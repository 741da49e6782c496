"""Who reads what a participant opened of their own: one rule for plans, notes and reflections."""
