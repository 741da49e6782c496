"""What a group tells the team: written together, approved by each, and released by the group."""
