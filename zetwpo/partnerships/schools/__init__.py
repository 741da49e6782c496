"""The schools and institutes of a partnership."""
