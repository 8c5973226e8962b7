"""YAML read as text: every scalar is a string, every node knows its line.

It reads parser events, a flat stream, so that no nesting can exhaust the stack.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contexts.courses.adapters.packs.errors import Errors

DEEPEST = 20
_SHOWN = 40


@dataclass(slots=True)
class Node:
    """A text, a list of nodes or a mapping of nodes; `keys` are the lines of its keys.

    Keys in `doubled` stand more than once; the first value counts.
    """

    line: int
    value: "str | list[Node] | dict[str, Node]"
    keys: dict[str, int] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)

    def plain(self) -> Any:
        """Return the value as nested lists and dicts of strings."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return {key: node.plain() for key, node in self.value.items()}

    def line_of(self, path: tuple[int | str, ...]) -> int:
        """Return the line at a path. Skips steps that the tree does not have."""
        node, line = self, self.line
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                line = node.keys[str(step)]
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int):
                node = node.value[step]
                line = node.line
        return line


class _Stop(Exception):
    pass


def read_yaml(text: str, errors: Errors) -> Node | None:
    """Return the tree of the only document, None if it cannot be made. Reports all errors.

    Nodes on spoilt lines are not what the author meant.
    """
    try:
        return _Builder(errors).build(_events(text))
    except _Stop:
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "bad YAML").split())
        errors.spoil(mark.line + 1 if mark is not None else 1, problem)
        return None
    except YAMLError as error:
        at = getattr(error, "position", 0)
        line = text.count("\n", 0, at if isinstance(at, int) else 0) + 1
        errors.spoil(line, "a character that YAML does not allow")
        return None
    except (ValueError, OverflowError, IndexError, AttributeError, NotImplementedError):
        # The parser's own bugs on malformed directives and escapes.
        errors.spoil(1, "this cannot be read as YAML")
        return None


def _events(text: str) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.2"
    return iter(yaml.parse(text))


@dataclass(slots=True)
class _Open:
    node: Node
    key: str | None = None
    key_line: int = 0


class _Builder:
    def __init__(self, errors: Errors) -> None:
        self.errors = errors
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def build(self, events: Iterator[Event]) -> Node | None:
        for event in events:
            self._take(event)
        if self.root is None:
            self.errors.spoil(1, "the file is empty")
        return self.root

    def _take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._document(line, explicit_version=event.version is not None or bool(event.tags))
        elif isinstance(event, AliasEvent):
            self.errors.spoil(line, f"an alias (*{event.anchor}) is not allowed")
            self._add(Node(line, "*"))
        elif isinstance(event, NodeEvent):
            self._node(event, line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()

    def _document(self, line: int, *, explicit_version: bool) -> None:
        if explicit_version:
            self.errors.spoil(line, "directives are not allowed")
        if self.root is not None:
            self.errors.spoil(line, "only one document is allowed")
            raise _Stop

    def _node(self, event: NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self.errors.spoil(line, f"an anchor (&{event.anchor}) is not allowed")
        if getattr(event, "ctag", None) is not None or getattr(event, "tag", None) is not None:
            self.errors.spoil(line, "a tag is not allowed")
        if isinstance(event, ScalarEvent):
            self._scalar(event, line)
        else:
            self._container(event, line)

    def _container(self, event: NodeEvent, line: int) -> None:
        mapping = isinstance(event, MappingStartEvent)
        node = Node(line, {} if mapping else [])
        self._add(node)
        if len(self.stack) >= DEEPEST:
            self.errors.spoil(line, f"nested deeper than {DEEPEST}")
            raise _Stop
        assert mapping or isinstance(event, SequenceStartEvent)
        self.stack.append(_Open(node))

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        text = unicodedata.normalize("NFC", str(event.value)).strip()
        if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
            self.errors.spoil(line, "a control character is not allowed")
        if not text and not self._awaits_key():
            # The mark of a missing value may be on the next line.
            self.errors.spoil(min(line, self._line(line)), "an empty value is not allowed")
        self._add(Node(line, text))

    def _line(self, line: int) -> int:
        top = self.stack[-1] if self.stack else None
        return top.key_line if top is not None and top.key is not None else line

    def _awaits_key(self) -> bool:
        top = self.stack[-1] if self.stack else None
        return top is not None and isinstance(top.node.value, dict) and top.key is None

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict):
            self._pair(top, top.node.value, node)

    def _pair(self, top: _Open, values: dict[str, Node], node: Node) -> None:
        if top.key is None:
            top.key, top.key_line = self._key(node), node.line
            return
        if top.key in values:
            top.node.doubled.add(top.key)
            first = top.node.keys[top.key]
            self.errors.add(
                top.key_line, f"the key “{top.key[:_SHOWN]}” stands on line {first} too"
            )
        else:
            values[top.key], top.node.keys[top.key] = node, top.key_line
        top.key = None

    def _key(self, node: Node) -> str:
        if not isinstance(node.value, str) or not node.value.strip():
            self.errors.spoil(node.line, "a key is a text")
            return f"\0{node.line}"
        if node.value == "<<":
            self.errors.spoil(node.line, "a merge key (<<) is not allowed")
        return node.value
