"""A supervisor judges their own behaviour."""
