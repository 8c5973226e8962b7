"""Files of a folder from an untrusted author."""

import hashlib
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from contexts.courses.adapters.packs.errors import Errors, PackError, PackRefused

MOST_BYTES = 1024 * 1024
_MOST_MEDIA_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Folder:
    """A pack's folder. Nothing outside it is read."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> "Folder":
        """Return the folder at a path. Raises PackRefused if there is none."""
        fault = _no_folder(path)
        if fault is not None:
            raise PackRefused([PackError("", 0, fault)])
        return cls(path.resolve())

    def text(self, name: str, errors: Errors) -> str | None:
        """Return the file's text in NFC, None after an error."""
        raw = self._bytes(name, errors, MOST_BYTES)
        if raw is None:
            return None
        try:
            return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            errors.add(line, f"byte {error.start} is not UTF-8")
            return None

    def digest(self, name: str, errors: Errors, line: int) -> str | None:
        """Return the SHA-256, in hex, of a media file; None after an error."""
        raw = self._bytes(name, errors, _MOST_MEDIA_BYTES, line=line)
        return None if raw is None else hashlib.sha256(raw).hexdigest()

    def names(self, folder: str, ending: str) -> list[str]:
        """Return the names of a folder's visible entries with this ending, without it."""
        try:
            entries = sorted(entry.name for entry in (self.root / folder).iterdir())
        except OSError:
            return []
        return [
            name.removesuffix(ending)
            for name in entries
            if name.endswith(ending) and not name.startswith(".")
        ]

    def has(self, name: str) -> bool:
        return (self.root / name).is_symlink() or (self.root / name).exists()

    def _bytes(self, name: str, errors: Errors, most: int, *, line: int = 1) -> bytes | None:
        try:
            path = (self.root / name).resolve(strict=True)
            fault = self._fault(path, most)
            if fault is None:
                return path.read_bytes()
        except FileNotFoundError:
            fault = "there is no such file"
        except (OSError, RuntimeError, ValueError) as error:
            fault = f"cannot be read ({type(error).__name__})"
        errors.add(line, fault if line == 1 else f"{name}: {fault}")
        return None

    def _fault(self, path: Path, most: int) -> str | None:
        if not path.is_relative_to(self.root):
            return "the link leads out of the pack"
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return "this is not a file"
        return f"the file is larger than {most // 1024:,} KiB" if found.st_size > most else None


def _no_folder(path: Path) -> str | None:
    try:
        if path.is_dir():
            return None
        kind = "a file, not a folder" if path.is_file() else "not a folder"
        return f"{path} is {kind}" if path.exists() else f"there is no folder {path}"
    except OSError as error:
        return f"the folder {path} cannot be read ({type(error).__name__})"
