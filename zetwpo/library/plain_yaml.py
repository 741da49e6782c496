"""YAML that is nothing but words, lists and mappings, whoever wrote it."""

from typing import Any

import yaml

from zetwpo.i18n import lazy_gettext as _

# Bytes; items and mappings; how deep these may lie inside each other.
LARGEST, MOST_NODES, DEEPEST = 1_000_000, 20_000, 20


class NotPlain(Exception):
    """Something that content does not need stands on this line, counted from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message, line)
        self.message, self.line = message, line


class ContentLoader(yaml.BaseLoader):
    """All words as they stand, and nothing that stands for something else.

    No key twice: a copied line must not hide another one. No anchors and tags: with the first a
    few lines can stand for millions, with the second for anything at all.
    """

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._nodes = self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse what is not plain, or too much, with its line."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _refused(_("An anchor or a reference (& or *) is not read."), event)
        if getattr(event, "tag", None):
            raise _refused(_("A tag (!) is not read."), event)
        self._nodes += 1
        self._depth += 1
        if self._nodes > MOST_NODES or self._depth > DEEPEST:
            raise _refused(_("This holds more than can be read."), event)
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a repeated key with its line."""
        seen = set()
        for key_node, _value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _refused(_("A name has to be a word."), key_node)
            if key_node.value in seen:
                raise _refused(_("%(key)s stands here twice.", key=key_node.value), key_node)
            seen.add(key_node.value)
        return dict(super().construct_mapping(node, deep))


def _refused(message: str, where: Any) -> NotPlain:
    return NotPlain(message, int(where.start_mark.line) + 1)
