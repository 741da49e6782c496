"""What a trajectory is, who takes part in it and who leads it."""
