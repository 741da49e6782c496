"""What one look at the database remembers: several rooms of one page want to know the same."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from zetwpo.database.turns import access

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_a_look(query: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Ask this query once for one page, however many of its rooms need the answer.

    Only while somebody looks: whoever writes reads each time, for it may be their own doing that
    changed. The arguments can be hashed; nobody changes the answer, which others get too.
    """

    @wraps(query)
    def asked(*args: Asked.args, **rest: Asked.kwargs) -> Answer:
        seen = access().seen
        if seen is None:
            return query(*args, **rest)
        key: Hashable = (query, args, *rest.items())
        if key not in seen:
            seen[key] = query(*args, **rest)
        answer: Answer = seen[key]
        return answer

    return asked
