"""Closing a trajectory, and beginning the next one from it."""
