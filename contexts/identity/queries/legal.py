"""Our terms and our privacy notice, from the files of this release or of the operator."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings

from contexts.identity.domain.legal import (
    KINDS,
    TERMS,
    Document,
    MalformedFile,
    UnknownVersion,
    agreeable,
    in_force,
    read_name,
)

SHIPPED = Path(__file__).resolve().parents[1] / "legal"
_LONGEST_BYTES = 1_000_000
LegalKind = Literal["terms", "privacy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalVersion:
    """A version of our terms or of our privacy notice."""

    kind: LegalKind
    version: Annotated[str, "Its date."]
    in_force_at: Annotated[datetime, "From then on it counts, until the next version does."]
    state: Annotated[Literal["past", "current", "upcoming"], "`current`: it is in force."]
    languages: Annotated[list[str], "BCP 47."]
    url: Annotated[str, "The page with the text."]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalText:
    """The text of a version."""

    kind: LegalKind
    version: str
    in_force_at: datetime
    language: Annotated[str, "The reader's, if the text has it."]
    text: Annotated[str, "Markdown (CommonMark) without HTML."]
    url: str


@dataclass(frozen=True, slots=True)
class Library:
    """All versions by kind, and the files that could not be read."""

    documents: Mapping[str, tuple[Document, ...]]
    faults: tuple[str, ...]


def legal_versions(*, now: datetime) -> list[LegalVersion]:
    """Return all versions, the newest of each kind first."""
    return [version for kind in KINDS for version in versions_of(kind, now=now)]


def versions_of(kind: str, *, now: datetime) -> list[LegalVersion]:
    """Return the versions of one kind, the newest first."""
    current = current_document(kind, now=now)
    newest = sorted(library().documents[kind], key=lambda one: one.version, reverse=True)
    return [_version(one, current) for one in newest]


def _version(one: Document, current: Document) -> LegalVersion:
    state: Literal["past", "current", "upcoming"] = "past"
    if one.version >= current.version:
        state = "current" if one is current else "upcoming"
    return LegalVersion(
        kind=one.kind,  # type: ignore[arg-type]
        version=one.version,
        in_force_at=one.in_force_at,
        state=state,
        languages=sorted(one.texts),
        url=address(one),
    )


def legal_text(kind: str, version: str, *, language: str) -> LegalText:
    """Return the text of a version for a reader of a language. Raises UnknownVersion."""
    found = document(kind, version)
    shown = found.language(language)
    return LegalText(
        kind=found.kind,  # type: ignore[arg-type]
        version=found.version,
        in_force_at=found.in_force_at,
        language=shown,
        text=found.texts[shown],
        url=address(found),
    )


def document(kind: str, version: str) -> Document:
    """Raises UnknownVersion."""
    for one in library().documents.get(kind, ()):
        if one.version == version:
            return one
    raise UnknownVersion


def current_document(kind: str, *, now: datetime) -> Document:
    """Return the version in force."""
    return in_force(library().documents[kind], now=now)


def agreeable_terms(*, now: datetime) -> list[Document]:
    """Return the versions of the terms that can be agreed to, the one in force first."""
    return agreeable(library().documents[TERMS], now=now)


def address(document: Document) -> str:
    """Return the address of the page with a version's text."""
    return f"{settings.PUBLIC_URL}/{document.kind}/{document.version}"


def legal_faults() -> tuple[str, ...]:
    """Return what is wrong with the operator's files, one line for each."""
    return library().faults


def library() -> Library:
    """Return the texts. They are read once, so a change needs a restart."""
    legal = settings.LEGAL
    return _read(legal["FOLDER"], legal["OPERATOR"], legal["CONTACT"])


@lru_cache(maxsize=8)
def _read(folder: str, operator: str, contact: str) -> Library:
    faults: list[str] = []
    documents = {}
    for kind in KINDS:
        own = _documents(Path(folder) / kind, faults) if folder else ()
        # A broken file of the operator must not close registration.
        documents[kind] = _filled(own or _documents(SHIPPED / kind, faults), operator, contact)
    if folder and not any((Path(folder) / kind).is_dir() for kind in KINDS):
        faults.append(f"{folder}: has no folder named {' or '.join(KINDS)}")
    return Library(documents, tuple(faults))


def _documents(folder: Path, faults: list[str]) -> tuple[Document, ...]:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for path in _files(folder, faults):
        try:
            version, language = read_name(path.name)
            text = _text(path)
        except MalformedFile as fault:
            faults.append(f"{folder.name}/{path.name}: {fault}")
        else:
            texts[version][language] = text
    return tuple(
        Document(kind=folder.name, version=version, texts=each)
        for version, each in sorted(texts.items())
    )


def _files(folder: Path, faults: list[str]) -> list[Path]:
    if not folder.is_dir():
        return []
    try:
        # A mounted ConfigMap has hidden entries.
        found = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    except OSError as error:
        faults.append(f"{folder.name}: {error.strerror}")
        return []
    if not found:
        faults.append(f"{folder.name}: is empty")
    return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            text = opened.read(_LONGEST_BYTES + 1).decode("utf-8")
    except OSError as error:
        raise MalformedFile(error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise MalformedFile("is not UTF-8") from None
    if len(text) > _LONGEST_BYTES:
        raise MalformedFile("is longer than a megabyte")
    if not text.strip() or "\x00" in text:
        raise MalformedFile("is empty" if not text.strip() else "holds a NUL")
    return text


def _filled(documents: tuple[Document, ...], operator: str, contact: str) -> tuple[Document, ...]:
    def fill(text: str) -> str:
        return text.replace("{operator}", operator).replace("{contact}", contact)

    return tuple(
        Document(
            kind=one.kind,
            version=one.version,
            texts={language: fill(text) for language, text in one.texts.items()},
        )
        for one in documents
    )
