"""Before meeting one: whether each scan and question is there, and a reminder for whose is not."""
