"""Folders that are no packs: links, pipes, nothing, any text."""

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from contexts.courses.adapters.packs import PackRefused, read_pack
from tests.integration.courses.packs import CAFE, FILES, errors_of, write_pack


class TestTheFolder:
    @pytest.mark.parametrize("name", ["units/cafe.yaml", "units/cafe.md", "media/coffee.ogg"])
    def test_is_not_left_by_links(self, tmp_path: Path, name: str) -> None:
        outside = tmp_path / "secret"
        outside.write_text(FILES.get(name, ""))
        root = write_pack(tmp_path / "pack")
        (root / name).unlink()
        (root / name).symlink_to(outside)

        (error,) = errors_of(root)

        assert error.endswith("the link leads out of the pack")

    def test_may_hold_a_link_to_itself(self, tmp_path: Path) -> None:
        root = write_pack(tmp_path, cafe=None)
        (root / "units/cafe.yaml").symlink_to("cafe.yaml")

        (error,) = errors_of(root)

        assert error.startswith("units/cafe.yaml:1: cannot be read")

    def test_may_be_missing(self, tmp_path: Path) -> None:
        assert errors_of(tmp_path / "none") == [f"there is no folder {tmp_path / 'none'}"]

    def test_may_be_a_file(self, tmp_path: Path) -> None:
        file = write_pack(tmp_path) / "course.yaml"

        assert errors_of(file) == [f"{file} is a file, not a folder"]

    def test_may_be_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")

        assert errors_of(tmp_path / "pipe") == [f"{tmp_path / 'pipe'} is not a folder"]

    def test_may_be_a_link_to_itself(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")

        assert errors_of(tmp_path / "loop") == [f"there is no folder {tmp_path / 'loop'}"]

    def test_may_be_empty(self, tmp_path: Path) -> None:
        assert errors_of(tmp_path) == [
            "LICENSE.md:1: there is no such file",
            "course.yaml:1: there is no such file",
        ]

    def test_never_brings_a_traceback(self, tmp_path: Path) -> None:
        chance = random.Random(7)
        pieces = [
            "\n",
            " ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "'",
            '"',
            "&a ",
            "*a",
            "!x ",
            "%",
            "|",
            ">",
            "?",
            "\t",
            "\\x",
            "#",
            "---",
            "é",
        ]

        for _ in range(150):
            text = CAFE
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(text))
                text = text[:at] + chance.choice(pieces) + text[at + chance.randint(0, 5) :]
            with suppress(PackRefused):
                read_pack(write_pack(tmp_path, cafe=text))
