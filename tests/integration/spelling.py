"""A hunspell of a test's own on the PATH: it knows few words, and answers as the real one does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from contexts.shared.assist.known_words import SystemKnownWords

_FAKE = """#!/bin/sh
if [ "$1" = -D ]; then
  printf 'SEARCH PATH:\\n/nowhere\\nAVAILABLE DICTIONARIES (path is not mandatory):\\n/x/en_US\\n'
  exit
fi
echo '@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.2)'
while read -r word; do
  case "$word" in
    ^receive|^beautiful|^letter|^from|^teacher|^today) printf '*\\n\\n' ;;
    ^recieve) printf '& recieve 3 1: receive, relieve, recitative\\n\\n' ;;
    ^well-maid) printf '*\\n& maid 2 6: mad, made\\n\\n' ;;
    *) printf '# %s 1\\n\\n' "$word" ;;
  esac
done
"""


@pytest.fixture
def spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemKnownWords]:
    program = tmp_path / "hunspell"
    program.write_text(_FAKE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = SystemKnownWords()
    yield found
    found.close()
