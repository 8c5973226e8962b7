"""The messages of the public stream: `.proto` files, compiled modules, the last release.

Consumers may have compiled a released message, so its meaning never changes.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from busuu.settings.databases import CONTEXTS

RELEASED = "docs/events.binpb"
_MADE = ("events_pb2.py", "events_pb2.pyi")


class ProtoRefused(RuntimeError):
    """protoc is missing or refuses a file, or a released message would change."""


def root() -> Path:
    return Path(settings.BASE_DIR)


def sources() -> list[str]:
    """Return the `.proto` files that exist, as protoc and importers name them."""
    names = (f"contexts/{context}/proto/events.proto" for context in CONTEXTS)
    return [name for name in names if (root() / name).exists()]


def stale() -> list[str]:
    """Return the committed modules and stubs that differ from what protoc makes."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        _compile(made)
        return [name for name in _generated() if _text(root() / name) != _text(made / name)]


def write() -> list[str]:
    """Compile what is stale and return its names.

    Raises ProtoRefused if a released message would change; nothing is written then.
    """
    _keep_promises()
    names = stale()
    if names:
        _compile(root())
    return names


def release() -> None:
    """Release today's messages. Raises ProtoRefused if one of the last release changes."""
    _keep_promises()
    (root() / RELEASED).write_bytes(described().SerializeToString(deterministic=True))


def broken() -> list[str]:
    """Return what a consumer of the last release would misread."""
    return breaks(released(), described())


def described() -> Any:
    """Return the FileDescriptorSet of today's sources and their imports."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "described"
        _protoc("--include_imports", f"--descriptor_set_out={target}")
        return _descriptor_set(target.read_bytes())


def released() -> Any:
    """Return the FileDescriptorSet of the last release. Empty before the first."""
    path = root() / RELEASED
    return _descriptor_set(path.read_bytes() if path.exists() else b"")


def _descriptor_set(content: bytes) -> Any:
    from google.protobuf.descriptor_pb2 import FileDescriptorSet

    return FileDescriptorSet.FromString(content)


def _keep_promises() -> None:
    if found := broken():
        raise ProtoRefused("; ".join(found))


def _generated() -> list[str]:
    return [f"{source.rpartition('/')[0]}/{name}" for source in sources() for name in _MADE]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _compile(target: Path) -> None:
    _protoc(f"--python_out={target}", f"--pyi_out={target}")


def _protoc(*options: str) -> None:
    if find_spec("grpc_tools") is None:
        raise ProtoRefused("protoc comes with grpcio-tools, of the development requirements")
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own files
        [sys.executable, "-m", "grpc_tools.protoc", f"-I{root()}", *options, *sources()],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProtoRefused(done.stderr.strip())


# The parts of a message that must not change


@dataclass(frozen=True, slots=True)
class _Message:
    fields: Mapping[int, str]
    reserved: frozenset[int]
    reserved_names: frozenset[str]


def breaks(before: Any, after: Any) -> list[str]:
    """Return what of `before` is gone, renumbered, renamed, retyped or reused in `after`."""
    now = dict(_messages(after))
    return [
        text
        for name, message in _messages(before)
        for text in (_changes(name, message, now[name]) if name in now else [f"{name} is gone"])
    ]


def _messages(described: Any) -> Iterator[tuple[str, _Message]]:
    for file in described.file:
        for message in file.message_type:
            yield f"{file.package}.{message.name}", _promises(message)


def _promises(message: Any) -> _Message:
    spans = (range(span.start, span.end) for span in message.reserved_range)
    return _Message(
        fields={field.number: _field(field) for field in message.field},
        reserved=frozenset(number for span in spans for number in span),
        reserved_names=frozenset(message.reserved_name),
    )


def _field(field: Any) -> str:
    """Return a field as in a `.proto` file: `optional google.protobuf.Timestamp until`."""
    from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Field

    repeated = "repeated " if field.label == Field.LABEL_REPEATED else ""
    optional = "optional " if field.proto3_optional else ""
    kind = field.type_name.lstrip(".") or Field.Type.Name(field.type).removeprefix("TYPE_").lower()
    return f"{repeated}{optional}{kind} {field.name}"


def _changes(name: str, before: _Message, after: _Message) -> Iterator[str]:
    for number, field in before.fields.items():
        if after.fields.get(number) != field:
            yield f"{name}: {number} was {field}, is {after.fields.get(number, 'gone')}"
    for number in sorted(before.reserved - after.reserved):
        yield f"{name}: {number} is no longer reserved"
    for word in sorted(before.reserved_names - after.reserved_names):
        yield f"{name}: {word} is no longer reserved"
