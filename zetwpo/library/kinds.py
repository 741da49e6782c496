"""The kinds of content that people make, each with how it is read and checked.

A table that code walks: drafts, versions and files are the same for all.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

from zetwpo.library import methods, questionnaires
from zetwpo.library.method_advice import advice_on as advice_on_method
from zetwpo.library.methods import Method, Methods
from zetwpo.library.problems import Problem
from zetwpo.library.questionnaire_advice import advice_on
from zetwpo.library.questionnaires import Document, Questionnaire


@dataclass(frozen=True)
class Acts:
    """What is recorded when somebody does something with content of this kind."""

    begun: str
    thrown_away: str
    published: str


@dataclass(frozen=True)
class Kind:
    """One kind of content."""

    name: str
    acts: Acts
    # Raises Unreadable where a document does not have the shape of this kind.
    parse: Callable[[Any], Any]
    # What has to be mended and what could be better, in content that is parsed; the second is
    # the product's own, which it began with.
    problems: Callable[[Any, Any], Iterator[Problem]]
    document_of: Callable[[Any], Document]
    # The document with the key and the version that it is known by.
    known_as: Callable[[Document, str, int], Document]
    # All that the product has of this kind, which `problems` compares with.
    product: Callable[[], Any]
    # What somebody begins with where nothing was published: None where there is no one thing.
    first: Callable[[], Document | None]


def own_key(partnership_id: uuid.UUID) -> str:
    """The key of the only one of its kind in a partnership; nobody else's is the same."""
    return f"own_{partnership_id.hex}"


def made_key() -> str:
    """The key of something new, of which a partnership has several of a kind.

    A key leads to nothing by itself: it is looked up among what one partnership made.
    """
    return f"made_{uuid.uuid4().hex}"


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


def _product() -> Questionnaire:
    found: questionnaires.Library = current_app.extensions["questionnaires"]
    return found.current


QUESTIONNAIRE = Kind(
    "questionnaire",
    Acts("questionnaire draft begun", "questionnaire draft thrown away", "questionnaire published"),
    lambda document: questionnaires.parse(document, is_own=True),
    _problems,
    questionnaires.document_of,
    _known_as,
    _product,
    lambda: questionnaires.document_of(_product()),
)


def _method_problems(content: Method, product: Methods) -> Iterator[Problem]:
    yield from methods.problems_of(content, product.phases)
    yield from advice_on_method(content, product)


METHOD = Kind(
    "method",
    Acts("method draft begun", "method draft thrown away", "method published"),
    lambda document: methods.parse(document, is_own=True),
    _method_problems,
    methods.document_of,
    lambda document, key, version: document | {"key": key, "version": version},
    methods.methods,
    lambda: None,
)

KINDS = QUESTIONNAIRE, METHOD
