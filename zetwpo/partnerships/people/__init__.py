"""Who belongs to a partnership: looked up, invited, with roles that are given and end."""
