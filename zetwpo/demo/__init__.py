"""The demo: invented people, a door to step in as one of them, and a mailbox for all."""
