"""A form that is being filled in or was filled in, whoever fills it in."""
