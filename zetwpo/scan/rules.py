"""Rules of a scan as a whole, without a database."""


def is_untouched(*, submitted: bool, filled_in: bool, asked: int) -> bool:
    """True while deleting a scan loses nothing: nothing stands in it and nobody was asked."""
    return not (submitted or filled_in or asked)
