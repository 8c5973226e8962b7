"""What is wrong with a pack, line by line."""

from dataclasses import dataclass

from contexts.shared.kernel import Invalid

_SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class PackError:
    """`file` is relative to the pack, `line` counts from 1; "" and 0 are the pack itself."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.file else self.message


class PackRefused(Invalid):
    """The pack is refused whole; `errors` are all that were found, by file and line."""

    code = "pack_refused"
    message = "The course pack has {count} errors:\n{listed}"

    def __init__(self, errors: list[PackError]) -> None:
        self.errors = sorted(set(errors))
        shown = [str(error) for error in self.errors[:_SHOWN]]
        more = len(self.errors) - len(shown)
        listed = "\n".join([*shown, *([f"and {more} more"] if more else [])])
        super().__init__(count=len(self.errors), listed=listed)


class Errors:
    """Collects errors of one file.

    A line is `spoilt` where what stands on it is not what the author meant.
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
