"""The scan once more at the end of a trajectory, and how somebody grew beside their questions."""
