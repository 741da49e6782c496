"""A calendar of all meetings that somebody is in, for a program of theirs to fetch."""
