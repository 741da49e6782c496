"""The first pages: the front door, the next step, and what we promise."""
