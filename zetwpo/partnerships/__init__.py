"""What a partnership consists of: its people, its schools, and who it is."""
