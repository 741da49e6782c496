"""Somebody who was asked gives feedback through a link."""
