"""People, partnerships, schools, memberships, signing in, and who may do what."""
