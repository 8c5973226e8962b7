"""Every package that ships has a license that an Apache-2.0 project may depend on."""

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.markers import Marker

ROOT = Path(__file__).parents[2]
LOCK, DEV, PRODUCTION, MARIADB = (
    (ROOT / f"requirements{kind}.lock").read_text()
    for kind in ("", "-dev", "-production", "-mariadb")
)

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}

# License names from before SPDX, in classifiers and in the old field.
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "New BSD": "BSD-3-Clause",
    "Python Software Foundation License": "PSF-2.0",
}

# Packages without a clear license in their metadata, each with the reason to allow it.
EXPLAINED = {
    "text-unidecode": "Artistic License or GPL-2.0-or-later, at the user's choice: the former",
}


def pinned(lock: str) -> list[str]:
    return sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", lock, flags=re.MULTILINE)))


def condition(package: str) -> str:
    """Return what the lock demands of a Python and a system, as a marker. Empty: nothing."""
    line = re.search(rf"^{re.escape(package)}==[^;\n]*(?:; ([^\\\n]*))?", PRODUCTION, re.MULTILINE)
    return ((line and line[1]) or "").strip()


def is_for_here(package: str) -> bool:
    """Return whether a line of the lock applies to this Python and system."""
    return not condition(package) or Marker(condition(package)).evaluate()


def license_of(facts: PackageMetadata) -> str:
    """Return the license as an SPDX expression, or as the package words it."""
    expression = facts.get("License-Expression")
    if expression:
        return expression
    named = [
        line.rpartition(" :: ")[2]
        for line in facts.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    if named:
        # Several classifiers may mean all or any: all must be allowed.
        return " AND ".join(SPDX.get(one, one) for one in named)
    words = (facts.get("License") or "unknown").strip()
    return SPDX.get(words, words)


def is_allowed(expression: str) -> bool:
    """Return whether allowed licenses alone can satisfy an SPDX expression."""
    if expression.strip() in ALLOWED:
        return True
    value, rest = _either(re.findall(r"\(|\)|[^\s()]+", expression))
    return value and not rest


def _either(tokens: list[str]) -> tuple[bool, list[str]]:
    value, rest = _both(tokens)
    while rest[:1] == ["OR"]:
        other, rest = _both(rest[1:])
        value = value or other
    return value, rest


def _both(tokens: list[str]) -> tuple[bool, list[str]]:
    value, rest = _one(tokens)
    while rest[:1] == ["AND"]:
        other, rest = _one(rest[1:])
        value = value and other
    return value, rest


def _one(tokens: list[str]) -> tuple[bool, list[str]]:
    if tokens[:1] == ["("]:
        value, rest = _either(tokens[1:])
        return value and rest[:1] == [")"], rest[1:]
    return tokens[:1] != [] and tokens[0] in ALLOWED, tokens[1:]


class TestLicenses:
    @pytest.mark.parametrize("package", sorted({*pinned(LOCK), *pinned(PRODUCTION)}))
    def test_of_what_ships_are_allowed(self, package: str) -> None:
        try:
            expression = license_of(metadata(package))
        except PackageNotFoundError:
            if not is_for_here(package):
                where = condition(package)
                pytest.skip(f"{package} needs {where}: make check-licenses where that holds")
            if package in pinned(DEV):
                raise
            pytest.skip(f"{package} is part of an extra: make test-engines installs and reads it")

        assert package in EXPLAINED or is_allowed(expression), f"{package}: {expression}"

    def test_that_are_explained_belong_to_something_that_ships(self) -> None:
        assert set(EXPLAINED) <= set(pinned(PRODUCTION))

    def test_that_are_not_allowed_are_kept_out_of_the_image(self) -> None:
        # docs/decisions.md, 44.
        assert set(pinned(MARIADB)) - set(pinned(PRODUCTION)) == {"mysqlclient"}
        assert set(pinned(LOCK)) <= set(pinned(PRODUCTION)) < set(pinned(MARIADB))

    @pytest.mark.parametrize(
        "expression",
        [
            "MIT",
            "Apache-2.0 OR BSD-2-Clause",
            "MPL-2.0 AND (Apache-2.0 OR MIT)",
            "MIT OR GPL-3.0-only",
            "MIT AND (BSD-2-Clause OR GPL-2.0-only)",
        ],
    )
    def test_that_can_be_met_are_allowed(self, expression: str) -> None:
        assert is_allowed(expression)

    @pytest.mark.parametrize(
        "expression",
        [
            "",
            "unknown",
            "GPL-3.0-only",
            "AGPL-3.0-or-later",
            "MIT AND GPL-3.0-only",
            "(MIT OR GPL-3.0-only",
            "MIT GPL-3.0-only",
            "GNU General Public License v3 (GPLv3)",
            "Other/Proprietary License",
        ],
    )
    def test_that_cannot_be_met_are_refused(self, expression: str) -> None:
        assert not is_allowed(expression)
