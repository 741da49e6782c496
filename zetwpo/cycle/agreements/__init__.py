"""What a meeting leaves behind: notes, homework, who brings it in, and what comes next."""
