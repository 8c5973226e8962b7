"""Spelling checks by hunspell, one child process per language.

Hunspell's pipe interface always computes suggestions. That takes tens of milliseconds for an
unknown word, so callers cache the results.
"""

import os
import select
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_TIME_LIMIT = 1.0
_START_LIMIT = 10.0
_REST_AFTER_FAILURE = 30.0


class Failed(Exception):
    """The child process ended, did not answer in time or sent an invalid answer."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Whether a word is known. If not, suggestions for it, likeliest first."""

    known: bool
    suggestions: tuple[str, ...] = ()


def installed() -> dict[str, str]:
    """Return this machine's dictionaries by lower-case name: `{"es_es": "es_ES"}`."""
    if shutil.which("hunspell") is None:
        return {}
    try:
        listed = subprocess.run(
            ["hunspell", "-D"],  # noqa: S607 - the system knows its place
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_START_LIMIT,
            check=False,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    names = {Path(line.strip()).name for line in _dictionary_lines(listed.stdout + listed.stderr)}
    return {name.lower().replace("-", "_"): name for name in sorted(names)}


def _dictionary_lines(output: bytes) -> list[str]:
    _, _, after = output.decode("utf-8", "replace").partition("AVAILABLE DICTIONARIES")
    before, _, _ = after.partition("LOADED DICTIONARY")
    return [line for line in before.splitlines()[1:] if line.strip()]


def _environment() -> dict[str, str]:
    names = [name for name in ("PATH", "DICPATH") if name in os.environ]
    return {**{name: os.environ[name] for name in names}, "LC_ALL": "C.UTF-8"}


def _suggested(verdict: str) -> tuple[str, ...]:
    """Return the suggestions of a line like `& wrod 2 1: word, rod`."""
    head, _, listed = verdict.partition(": ")
    return tuple(listed.split(", ")) if head.startswith("&") else ()


class Speller:
    """A hunspell process for one language. Starts at the first check; answers one at a time.

    A process that fails is replaced. After two failures in a row, checks return None for half a
    minute. Otherwise each check of a broken dictionary would wait for the time limit.
    """

    def __init__(self, dictionary: str) -> None:
        self._dictionary = dictionary
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._rests_until = 0.0

    def knows(self, word: str) -> bool | None:
        """Whether a single word without white space is known. None if hunspell fails."""
        spelling = self.check(word)
        return None if spelling is None else spelling.known

    def check(self, word: str) -> Spelling | None:
        """Return the spelling of a single word, None if hunspell fails."""
        with self._lock:
            if time.monotonic() < self._rests_until:
                return None
            for _ in range(2):
                try:
                    return self._ask(word)
                except (Failed, OSError):
                    self._end()
            self._rests_until = time.monotonic() + _REST_AFTER_FAILURE
            return None

    def close(self) -> None:
        with self._lock:
            self._end()

    def _ask(self, word: str) -> Spelling:
        child = self._running()
        assert child.stdin is not None
        # Without the caret, hunspell would read a leading mark as a command.
        child.stdin.write(f"^{word}\n".encode())
        child.stdin.flush()
        verdicts = self._lines(child, _TIME_LIMIT)
        if not verdicts:
            raise Failed
        if all(line[:1] in "*+-" for line in verdicts):
            return Spelling(known=True)
        # Several verdicts: hunspell split the word, and its suggestions are for one part only.
        return Spelling(False, _suggested(verdicts[0]) if len(verdicts) == 1 else ())

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._owner == os.getpid() and self._child.poll() is None:
            return self._child
        self._end()
        self._child, self._owner = self._start(), os.getpid()
        self._banner(self._child)
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - hunspell listed the dictionary itself
            ["hunspell", "-a", "-i", "UTF-8", "-d", self._dictionary],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
        )

    def _banner(self, child: subprocess.Popen[bytes]) -> None:
        if not self._read(child, b"\n", _START_LIMIT).startswith(b"@(#)"):
            raise Failed

    def _lines(self, child: subprocess.Popen[bytes], limit: float) -> list[str]:
        # Results end with an empty line.
        answer = self._read(child, b"\n\n", limit)
        return [line for line in answer.decode("utf-8", "replace").splitlines() if line]

    def _read(self, child: subprocess.Popen[bytes], ending: bytes, limit: float) -> bytes:
        assert child.stdout is not None
        deadline, received = time.monotonic() + limit, b""
        while not received.endswith(ending):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
                raise Failed
            chunk = os.read(child.stdout.fileno(), 65536)
            if not chunk or received == b"\n":
                raise Failed
            received += chunk
        return received

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        # After a fork the child belongs to the parent process, which still talks to it.
        if self._owner == os.getpid():
            child.kill()
            child.wait(timeout=_TIME_LIMIT)
