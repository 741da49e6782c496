"""My data: take everything out, delete everything, and what goes by itself when its time is up."""
