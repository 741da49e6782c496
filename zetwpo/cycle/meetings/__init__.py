"""The meetings of a trajectory."""
