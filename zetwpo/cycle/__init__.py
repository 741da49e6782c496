"""The trajectory: learning questions now; meetings, plans and reflections later."""
