"""Inviting many people at once, from a list that somebody pasted or chose as a file."""
