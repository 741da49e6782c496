"""A partnership: its people and their roles, its schools and breaks, and who is responsible."""
