"""The meetings of a trajectory: when and where, and for how long."""
