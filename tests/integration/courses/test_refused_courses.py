"""A fault in a course's file is reported with its line."""

import os
from pathlib import Path

import pytest

from tests.integration.courses.packs import CAFE, COURSE, errors_of, write_pack


class TestABadCourseFile:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("level: A1", "level: A1\nlevel: A2", "8: the key “level” stands on line 7 too"),
            (
                "level: A1",
                "level: A7",
                "7: “level”: Input should be 'A1', 'A2', 'B1', 'B2', 'C1' or 'C2'",
            ),
            ("level: A1", "lebel: A1\nlevel: A1", "7: the key “lebel” is not known here"),
            ("level: A1\n", "", "1: the key “level” is missing"),
            ("level: A1", "level:", "7: an empty value is not allowed"),
            ("level: A1", "level: ''", "7: an empty value is not allowed"),
            ("level: A1", "level: &x A1", "7: an anchor (&x) is not allowed"),
            ("level: A1", "level: *x", "7: an alias (*x) is not allowed"),
            ("level: A1", "level: !!str A1", "7: a tag is not allowed"),
            (
                "level: A1",
                "level: [A1]",
                "7: “level”: Input should be 'A1', 'A2', 'B1', 'B2', 'C1' or 'C2'",
            ),
            ("title: {en: Spanish, es: Español}", "title: Spanish", "3: “title” must be a mapping"),
            (
                "{en: Spanish, es: Español}",
                "{es: Español}",
                "3: the text in the course's source language (en) is missing",
            ),
            ("source: en", "source: es", "6: a course explains a language in another one"),
            (
                "language: es",
                "language: xx-es",
                "5: “xx-es” is not a language tag that BCP 47 knows",
            ),
            ("source: en", "source: EN", "6: “EN” is written “en”"),
            ("[greetings, cafe]", "[greetings, cafe, cafe]", "11: the unit “cafe” is listed twice"),
            (
                "[greetings, cafe]",
                "[greetings]",
                "11: units/cafe.yaml belongs to no unit that is listed here",
            ),
            ("title: {en", "title: {<<: {es: x}, en", "3: a merge key (<<) is not allowed"),
            (
                "format: coursepack/1",
                "%YAML 1.1\n---\nformat: coursepack/1",
                "2: directives are not allowed",
            ),
            ("units: [", "---\nunits: [", "11: only one document is allowed"),
            ('"First steps."', '"a\\0b"', "4: a control character is not allowed"),
        ],
    )
    def test_is_refused_with_its_line(
        self, tmp_path: Path, old: str, new: str, expected: str
    ) -> None:
        assert old in COURSE

        errors = errors_of(write_pack(tmp_path, course=COURSE.replace(old, new, 1)))

        assert f"course.yaml:{expected}" in errors

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"id: x\ntitle: \xff\n", "course.yaml:2: byte 13 is not UTF-8"),
            (b"id: a\x00b\n", "course.yaml:1: a character that YAML does not allow"),
            (b"", "course.yaml:1: the file is empty"),
            (b"[" * 500_000, "course.yaml:1: nested deeper than 20"),
            (b"- " * 300_000, "course.yaml:1: nested deeper than 20"),
            (b"x" * (1024 * 1024 + 1), "course.yaml:1: the file is larger than 1,024 KiB"),
            (b"just a text", "course.yaml:1: “the file” must be a mapping"),
            (b"- a", "course.yaml:1: “the file” must be a mapping"),
            (None, "course.yaml:1: there is no such file"),
        ],
        ids=["utf-8", "nul", "empty", "flow", "block", "size", "text", "list", "missing"],
    )
    def test_of_any_bytes_is_refused(
        self, tmp_path: Path, content: bytes | None, expected: str
    ) -> None:
        assert errors_of(write_pack(tmp_path, course=content)) == [expected]

    def test_is_refused_in_one_line_each_for_all_errors(self, tmp_path: Path) -> None:
        course = COURSE.replace("level: A1", "level: A7").replace("id: es", "id: ES")
        cafe = CAFE.replace("pos: noun", "pos: nun").replace("gender: m", "gendre: m")

        errors = errors_of(write_pack(tmp_path, course=course, cafe=cafe))

        assert [error.split(" ")[0] for error in errors] == [
            "course.yaml:2:",
            "course.yaml:7:",
            "units/cafe.yaml:9:",
            "units/cafe.yaml:10:",
        ]

    def test_may_be_a_folder(self, tmp_path: Path) -> None:
        write_pack(tmp_path, course=None)
        (tmp_path / "course.yaml").mkdir()

        assert errors_of(tmp_path) == ["course.yaml:1: this is not a file"]

    def test_may_be_a_pipe_that_no_one_writes_to(self, tmp_path: Path) -> None:
        write_pack(tmp_path, course=None)
        os.mkfifo(tmp_path / "course.yaml")

        assert errors_of(tmp_path) == ["course.yaml:1: this is not a file"]
