"""Inviting somebody by mail to a trajectory: they get an account when they accept."""
