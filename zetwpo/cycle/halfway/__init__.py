"""Halfway between two meetings: a mail to whoever has an open plan, with their own words in it."""
