"""What a participant is going to try with a student, and the questions of others about it."""
