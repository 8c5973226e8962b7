"""The catalog that this process sells by."""

from contexts.shared.kernel import DomainError, ErrorKind


class CatalogBroken(DomainError):
    """The files of the catalog cannot be used. `faults` says why, for operators."""

    kind = ErrorKind.UNAVAILABLE
    code = "catalog_broken"
    message = "Our prices cannot be read right now. Try again later."

    def __init__(self, faults: list[str]) -> None:
        super().__init__()
        self.faults = faults
