"""The self-scan, the feedback on it, and the result in which they meet."""
