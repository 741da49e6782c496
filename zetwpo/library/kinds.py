"""The kinds of content that people make, each with how it is read and checked.

A table that code walks: drafts, versions and files are the same for all.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from zetwpo.library import questionnaires
from zetwpo.library.problems import Problem
from zetwpo.library.questionnaire_advice import advice_on
from zetwpo.library.questionnaires import Document, Questionnaire


@dataclass(frozen=True)
class Kind:
    """One kind of content."""

    name: str
    # Raises Unreadable where a document does not have the shape of this kind.
    parse: Callable[[Any], Any]
    # What has to be mended and what could be better, in content that is parsed; the second is
    # the product's own, which it began with.
    problems: Callable[[Any, Any], Iterator[Problem]]
    document_of: Callable[[Any], Document]
    # The document with the key and the version that it is known by.
    known_as: Callable[[Document, str, int], Document]


def own_key(partnership_id: uuid.UUID) -> str:
    """The key of the only one of its kind in a partnership; nobody else's is the same."""
    return f"own_{partnership_id.hex}"


def partnership_of(key: str) -> uuid.UUID | None:
    """The partnership whose key this is; None for a key of the product."""
    start, _underscore, rest = key.partition("_")
    try:
        return uuid.UUID(hex=rest) if start == "own" else None
    except ValueError:
        return None


def _problems(content: Questionnaire, product: Questionnaire) -> Iterator[Problem]:
    yield from questionnaires.problems_of(content, like=product)
    yield from advice_on(content, product)


def _known_as(document: Document, key: str, version: int) -> Document:
    shared = document["axes"] | {"questionnaire": key, "version": version}
    return document | {"axes": shared}


QUESTIONNAIRE = Kind(
    "questionnaire",
    lambda document: questionnaires.parse(document, is_own=True),
    _problems,
    questionnaires.document_of,
    _known_as,
)
