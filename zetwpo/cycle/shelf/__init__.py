"""The shelf of a trajectory and that of a partnership: theory, tools, and what people made."""
