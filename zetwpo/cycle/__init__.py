"""The trajectory: from the learning question through six meetings to the next scan."""
