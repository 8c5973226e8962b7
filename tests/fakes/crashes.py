"""Crashes after any call that a use case makes to its collaborators."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

UseCase = TypeVar("UseCase")


class Crashed(Exception):
    pass


@dataclass
class Calls:
    """Names of calls, in order. The `last` one ends in a crash; 0 lets all of them pass."""

    last: int = 0
    made: list[str] = field(default_factory=list)

    def watch(self, use_case: UseCase) -> UseCase:
        """Return the use case with watched collaborators, those of nested use cases too."""
        use: Any = use_case
        parts = {one.name: getattr(use, one.name) for one in fields(use)}
        watched = {
            name: self.watch(part) if _is_use_case(part) else _Watched(name, part, self)
            for name, part in parts.items()
        }
        copy: UseCase = replace(use, **watched)
        return copy

    def done(self, call: str) -> None:
        self.made.append(call)
        if len(self.made) == self.last:
            raise Crashed


def _is_use_case(part: object) -> bool:
    return is_dataclass(part) and ".application." in type(part).__module__


class _Watched:
    def __init__(self, name: str, collaborator: Any, calls: Calls) -> None:
        self._name, self._collaborator, self._calls = name, collaborator, calls

    def __call__(self, *args: Any, **options: Any) -> Any:
        answer = self._collaborator(*args, **options)
        self._calls.done(self._name)
        return answer

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            answer = getattr(self._collaborator, method)(*args, **options)
            self._calls.done(f"{self._name}.{method}")
            return answer

        return call
