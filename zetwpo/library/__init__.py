"""Content as files: what the forms ask and say, in two languages."""
