"""Keys that a development machine generates once."""

import os
import secrets
from pathlib import Path


def generated_key(path: Path) -> str:
    """Return the key at `path`. The first call creates it, readable by its owner only."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SystemExit(f"cannot read the key {path}: {error.strerror}") from None
    try:
        return _make(path)
    except OSError as error:
        raise SystemExit(f"cannot write to {path.parent}: {error.strerror}") from None


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    # If two processes start at once, the first link wins and both read its key.
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
