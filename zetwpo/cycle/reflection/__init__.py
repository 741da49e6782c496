"""What a participant thinks after a meeting, and the sentence they bring to the next one."""
