"""Short notes of what happened in practice."""
