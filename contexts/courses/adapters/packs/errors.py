"""Errors of a pack, by line."""

from dataclasses import dataclass

from contexts.shared.kernel import Invalid

_SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class PackError:
    """`file` is relative to the pack and `line` counts from 1; "" and 0 mean the whole pack."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.file else self.message


class PackRefused(Invalid):
    """The whole pack is refused. `errors` are all errors, by file and line."""

    code = "pack_refused"
    message = "The course pack has {count} errors:\n{listed}"

    def __init__(self, errors: list[PackError]) -> None:
        self.errors = sorted(set(errors))
        shown = [str(error) for error in self.errors[:_SHOWN]]
        more = len(self.errors) - len(shown)
        listed = "\n".join([*shown, *([f"and {more} more"] if more else [])])
        super().__init__(count=len(self.errors), listed=listed)


class Errors:
    """Errors of one file.

    `spoilt` lines are not read as their author meant them.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[PackError] = []
        self.spoilt: set[int] = set()

    def add(self, line: int, message: str) -> None:
        self.found.append(PackError(self.file, line, message))

    def spoil(self, line: int, message: str) -> None:
        self.spoilt.add(line)
        self.add(line, message)
