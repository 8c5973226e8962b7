"""The tables of `make bench`."""

from collections.abc import Iterator

import pytest

from tests.benchmarks.table import Row, show


class TestTable:
    def test_shows_each_row_as_soon_as_it_comes(self, capsys: pytest.CaptureFixture[str]) -> None:
        printed: list[str] = []

        def rows() -> Iterator[Row]:
            for number in range(2):
                printed.append(capsys.readouterr().out)
                yield Row(work=f"work {number}", reached=2.0, must=1.0)

        shown = show("SQLite", rows())

        assert [row.work for row in shown] == ["work 0", "work 1"]
        assert printed[0] == "## SQLite\n\n"
        head, _, first = printed[1].splitlines()
        assert [text.strip() for text in head.strip("|").split("|")][:4] == [
            "work",
            "must",
            "stretch",
            "reached",
        ]
        assert first.startswith("| work 0 ")
        assert first.endswith("| must          |")
