"""A folder of legal texts as an operator mounts it."""

from pathlib import Path
from typing import Any

OLD, TERMS, NEXT = "2026-01-01", "2026-11-01", "2027-03-01"


def mount(settings: Any, folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files, and let the settings name their folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    settings.LEGAL = {**settings.LEGAL, "FOLDER": str(folder)}
    return folder


def three_versions(settings: Any, folder: Path) -> None:
    """Mount terms with an older version, one in force and one to come."""
    files: dict[str, str | bytes] = {
        f"terms/{version}.{language}.md": f"# Terms {version} {language}"
        for version in (OLD, TERMS, NEXT)
        for language in ("en", "es")
    }
    mount(settings, folder, files)
