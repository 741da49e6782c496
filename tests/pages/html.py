"""Reads a page into a tree of elements, and refuses one whose tags do not match."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "source", "wbr"}
UNSEEN = {"script", "style", "title", "head"}


@dataclass(eq=False)
class Element:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute; empty where it is not there."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator["Element"]:
        """All elements in it, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """The elements in it with one of these tags and with these attributes."""
        return [
            each
            for each in self.walk()
            if (not tags or each.tag in tags)
            and all(each.attributes.get(name) == value for name, value in attributes.items())
        ]

    def ancestors(self) -> Iterator["Element"]:
        """What it is in, from near to far."""
        found = self.parent
        while found:
            yield found
            found = found.parent

    @property
    def text(self) -> str:
        """Its words, with single spaces."""
        return " ".join("".join(self._texts()).split())

    @property
    def raw_text(self) -> str:
        """Its words as they stand there."""
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                # Elements beside each other are words apart, except within a sentence.
                yield "" if child.tag in {"bdi", "strong", "span", "small"} else " "
                yield from child._texts()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Element("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.tag == tag, f"</{tag}> closes a <{self.open.tag}>"
        assert self.open.parent
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        return element


def read(html: str) -> Element:
    """The tree of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open is reader.root, f"<{reader.open.tag}> stays open"
    return reader.root
