"""The catalog: the operator's files where a folder of them is mounted, else the shipped ones.

A process reads it once and sells by it until it is restarted. A broken catalog is read again at
each request, so that a correction counts at once.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from pydantic import BaseModel, ValidationError

from contexts.billing.adapters import catalog_rules
from contexts.billing.adapters.catalog_files import Products, Terms
from contexts.billing.domain.catalog import CatalogBroken

SHIPPED = Path(__file__).resolve().parents[1] / "catalog"
_FILES: Mapping[str, type[BaseModel]] = {"products": Products, "terms": Terms}
_MESSAGES = {"extra_forbidden": "is not a key of the catalog", "missing": "is missing"}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Catalog:
    products: Products
    terms: Terms


_known: dict[Path, Catalog] = {}


def catalog() -> Catalog:
    """Return the catalog of this process. Raises CatalogBroken."""
    folder = _folder()
    if folder not in _known:
        try:
            _known[folder] = load(folder)
        except CatalogBroken as error:
            log.error("catalog_broken", folder=str(folder), faults=error.faults)  # noqa: TRY400
            raise
    return _known[folder]


def faults() -> list[str]:
    """Return what is wrong with the catalog of this process, an empty list if it can sell."""
    try:
        catalog()
    except CatalogBroken as error:
        return error.faults
    return []


def check(folder: Path | None) -> Path:
    """Check a folder, by default the one in use, and return it. Raises CatalogBroken."""
    path = folder or _folder()
    load(path)
    return path


def forget() -> None:
    """Let the next call read the files again."""
    _known.clear()


def load(folder: Path) -> Catalog:
    """Read and check a folder's catalog. Files that it lacks are the shipped ones.

    Raises CatalogBroken with everything that is wrong.
    """
    faults = list(_strange(folder))
    read: dict[str, Any] = {}
    for name, shape in _FILES.items():
        path = folder / f"{name}.toml"
        try:
            raw = _parsed(path if path.exists() else SHIPPED.joinpath(path.name))
            read[name] = shape.model_validate(raw)
        except ValidationError as error:
            faults += [f"{path.name}: {_line(one, raw)}" for one in error.errors()]
        except (OSError, ValueError) as error:
            faults.append(f"{path.name}: cannot be read: {error}")
    if len(read) == len(_FILES):
        faults += catalog_rules.faults(**read)
    if faults:
        raise CatalogBroken(faults)
    return Catalog(**read)


def _folder() -> Path:
    return Path(settings.BILLING["CATALOG"] or SHIPPED)


def _strange(folder: Path) -> Iterator[str]:
    """Yield what the folder itself lacks or has too much."""
    if not folder.is_dir():
        yield f"{folder} is not a folder"
        return
    names = sorted(path.name for path in folder.glob("*.toml"))
    known = {f"{name}.toml" for name in _FILES}
    yield from (f"{name}: is not a file of the catalog" for name in names if name not in known)
    if not known & set(names):
        yield f"{folder} has neither products.toml nor terms.toml"


def _parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _line(error: Mapping[str, Any], raw: object) -> str:
    """Return a fault as: place, what is wrong, and the value."""
    message = _MESSAGES.get(error["type"])
    if message is None:
        value = error["input"]
        shown = "" if isinstance(value, dict | list | datetime | date) else f" ({value!r})"
        message = str(error["msg"]).removeprefix("Value error, ")
        message = f"{message[:1].lower()}{message[1:]}{shown}"
    return f"{_place(error['loc'], raw)}: {message}"


def _place(steps: Sequence[str | int], raw: object) -> str:
    """Return a place like `taxes 3 (AT) basis_points`. Entries of a list count from one."""
    words = []
    for step in steps:
        if step == "[key]":
            continue
        try:
            raw = raw[step]  # type: ignore[index]
        except (LookupError, TypeError):
            raw = None
        words.append(f"{step + 1}{_label(raw)}" if isinstance(step, int) else step)
    return " ".join(words)


def _label(entry: object) -> str:
    """Return the name of a list's entry, by its first key that names it."""
    if not isinstance(entry, dict):
        return ""
    names = (entry.get(key) for key in ("code", "country", "group", "version"))
    return next((f" ({name})" for name in names if isinstance(name, str)), "")
