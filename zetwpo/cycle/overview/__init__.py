"""The page of a trajectory: where it is, and what comes next."""
