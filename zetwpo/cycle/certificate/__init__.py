"""A certificate of participation with hours, claimed by whose it is, and kept as it was."""
