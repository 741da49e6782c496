"""The breaks of the schools of a partnership, around which is planned."""
