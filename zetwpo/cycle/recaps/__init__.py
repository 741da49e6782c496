"""The recap of a meeting: what the group hears of it within a week, as it was sent."""
