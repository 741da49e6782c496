"""Content as one readable file, out and in. What comes in was made by anybody, with anything."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import yaml

from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.kinds import QUESTIONNAIRE, Kind
from zetwpo.library.plain_yaml import LARGEST, ContentLoader, NotPlain
from zetwpo.library.problems import Problem, Unreadable

# Columns after which a text goes on on the next line.
WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their name, as the files of the product are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without an indent."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write what stands in two places twice: a reference is not read again."""
        return True


def to_yaml(document: dict[str, Any]) -> str:
    """The whole document as one file that people can read and change; always alike."""
    text: str = yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH
    )
    return text


def from_yaml(text: bytes, kind: Kind = QUESTIONNAIRE) -> dict[str, Any]:
    """The document of this kind that such a file holds, always alike.

    Raises Unreadable, with the line of each problem where there is one.
    """
    root, raw = _read(text)
    try:
        return kind.document_of(kind.parse(raw))
    except Unreadable as error:
        raise Unreadable(
            replace(each, line=_line_of(root, each.steps)) for each in error.problems
        ) from None


def _read(text: bytes) -> tuple[yaml.Node, Any]:
    if len(text) > LARGEST:
        raise _unreadable(_("This file is larger than 1 MB."))
    try:
        loader = ContentLoader(text.decode("utf-8-sig"))
        root = loader.get_single_node()
        if root is None:
            raise _unreadable(_("This file is empty."))
        return root, loader.construct_document(root)
    except UnicodeDecodeError:
        raise _unreadable(_("This is no text in UTF-8.")) from None
    except NotPlain as error:
        raise _unreadable(error.message, error.line) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = _("This cannot be read as YAML.")
        raise _unreadable(message, mark.line + 1 if mark else None) from None


def _unreadable(message: str, line: int | None = None) -> Unreadable:
    return Unreadable([Problem((), message, line=line)])


def _line_of(node: yaml.Node, steps: Iterable[int | str]) -> int:
    """The line of the item to which these steps lead, or of what it is missing from."""
    for step in steps:
        inner = _inner(node, step)
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1


def _inner(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        found: yaml.Node = node.value[step]
        return found
    return None
