"""Making a trajectory with its meetings, and changing what it is called."""
