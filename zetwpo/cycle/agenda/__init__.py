"""What a group does in a meeting, block by block, and what it is prepared with."""
