"""For who makes time and room: which trajectories there are, and when they meet."""
