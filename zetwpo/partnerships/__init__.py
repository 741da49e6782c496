"""What a partnership keeps for all of its people: schools, breaks, and who answers for it."""
