"""Several faults in one file or more are all reported."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.integration.courses.packs import CAFE, COURSE, GREETINGS, errors_of, write_pack


class TestSeveralFaults:
    """Each file is checked as far as possible, without faults that follow from another file."""

    MISTAKEN = CAFE.replace("Quiero una café", "Quiero un café")
    MISTAKE = "units/cafe.yaml:21: “Quiero un café” is also accepted"

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("translation: on", "translation: &x on", "7: an anchor (&x) is not allowed"),
            ("{en: yes}", "{en: yes: 1}", "16: expected ',' or '}', but got ':'"),
            ("pos: interjection", "gender: m", "5: the key “pos” is missing"),
        ],
        ids=["yaml", "syntax", "shape"],
    )
    def test_in_one_unit_hide_none_in_another(
        self, tmp_path: Path, old: str, new: str, expected: str
    ) -> None:
        greetings = GREETINGS.replace(old, new)

        errors = errors_of(write_pack(tmp_path, greetings=greetings, cafe=self.MISTAKEN))

        assert errors[0] == self.MISTAKE
        assert f"units/greetings.yaml:{expected}" in errors
        assert {error.split(":")[0] for error in errors[1:]} == {"units/greetings.yaml"}

    def test_of_yaml_and_of_shape_are_told_of_one_file(self, tmp_path: Path) -> None:
        cafe = CAFE.replace("gender: m", "gender: &g m").replace("type: match", "type: dance")

        errors = errors_of(write_pack(tmp_path, cafe=cafe))

        assert errors == [
            "units/cafe.yaml:10: an anchor (&g) is not allowed",
            "units/cafe.yaml:45: the type “dance” is not known",
        ]

    def test_of_yaml_bring_no_faults_of_shape_after_them(self, tmp_path: Path) -> None:
        cafe = CAFE.replace("pos: noun", "<<: {pos: noun}").replace("gender: m", "gender:")

        errors = errors_of(write_pack(tmp_path, cafe=cafe))

        assert errors == [
            "units/cafe.yaml:9: a merge key (<<) is not allowed",
            "units/cafe.yaml:10: an empty value is not allowed",
        ]

    def test_may_be_halves_of_characters(self, tmp_path: Path) -> None:
        cafe = CAFE.replace("text: el café", 'text: "\\ud800"').replace(
            "    pos:", '    "\\ud800":'
        )

        errors = errors_of(write_pack(tmp_path, cafe=cafe))

        assert "units/cafe.yaml:7: a control character is not allowed" in errors

    def test_leave_words_of_an_unread_unit_alone(self, tmp_path: Path) -> None:
        cafe = CAFE.replace("uses: [cafe.w.coffee, g", "uses: [cafe.w.tea, g")

        errors = errors_of(write_pack(tmp_path, greetings="id: [", cafe=cafe))

        assert errors[0] == "units/cafe.yaml:20: there is no word “cafe.w.tea”"
        assert {error.split(":")[0] for error in errors[1:]} == {"units/greetings.yaml"}

    @pytest.mark.parametrize("middle", [None, "id: ["], ids=["missing", "broken"])
    def test_leave_what_an_unread_unit_may_require_alone(
        self, tmp_path: Path, middle: str | None
    ) -> None:
        root = write_pack(
            tmp_path,
            course=COURSE.replace("[greetings, cafe]", "[greetings, middle, cafe]"),
            cafe=CAFE.replace("requires: [greetings]", "requires: [middle]"),
        )
        if middle is not None:
            (root / "units/middle.yaml").write_text(middle)

        errors = errors_of(root)

        assert {error.split(":")[0] for error in errors} == {"units/middle.yaml"}

    def test_in_a_unit_own_id_are_told_once(self, tmp_path: Path) -> None:
        errors = errors_of(write_pack(tmp_path, greetings=GREETINGS.replace("id: g", "id: G", 1)))
        other = errors_of(write_pack(tmp_path, greetings=GREETINGS.replace("id: g", "id: h", 1)))

        assert len(errors) == 1
        assert other == ["units/greetings.yaml:1: the id is “greetings”, as the file is called"]

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            ("level: A1", "level: A7", 7),
            ("level: A1", "level:", 7),
            ("level: A1\n", "", 1),
            ("cafe]", "cafe, A B]", 11),
            ("units: [greetings, cafe]", "units: [cafe]\nunits: [greetings, cafe]", 12),
        ],
        ids=["shape", "yaml", "key", "units", "doubled"],
    )
    def test_in_the_course_hide_no_missing_unit(
        self, tmp_path: Path, old: str, new: str, line: int
    ) -> None:
        root = write_pack(tmp_path, course=COURSE.replace(old, new), cafe=None)

        course, missing = errors_of(root)

        assert course.startswith(f"course.yaml:{line}: ")
        assert missing == "units/cafe.yaml:1: there is no such file"

    @pytest.mark.parametrize("course", [COURSE.replace("A1", "A7"), "id: [", None])
    def test_in_the_course_hide_none_in_units(self, tmp_path: Path, course: str | None) -> None:
        cafe = (
            self.MISTAKEN.replace("{Quiero|Quisiera}", "{Quiero|Quisiera")
            .replace("id: cafe.e.match", "id: cafe.e.sort")
            .replace("uses: [cafe.w.coffee, g", "uses: [cafe.w.tea, g")
        )

        errors = errors_of(write_pack(tmp_path, course=course, cafe=cafe))

        assert [error for error in errors if not error.startswith("course.yaml")] == [
            "units/cafe.yaml:20: there is no word “cafe.w.tea”",
            self.MISTAKE,
            "units/cafe.yaml:37: Column 1: “{” is never closed",
            "units/cafe.yaml:44: the id “cafe.e.sort” stands at units/cafe.yaml:39 too",
        ]

    @pytest.mark.parametrize("course", ["id: [", COURSE.replace("units: [", "units: [A B, ")])
    def test_in_the_course_bring_none_to_good_units(self, tmp_path: Path, course: str) -> None:
        errors = errors_of(write_pack(tmp_path, course=course))

        assert {error.split(":")[0] for error in errors} == {"course.yaml"}

    def test_in_the_course_are_told_with_what_it_leaves_out(self, tmp_path: Path) -> None:
        course = COURSE.replace("A1", "A7").replace(", cafe]", "]").replace("{en: Sp", "{fr: Sp")

        errors = errors_of(write_pack(tmp_path, course=course))

        assert errors == [
            "course.yaml:3: the text in the course's source language (en) is missing",
            "course.yaml:7: “level”: Input should be 'A1', 'A2', 'B1', 'B2', 'C1' or 'C2'",
            "course.yaml:11: units/cafe.md belongs to no unit that is listed here",
            "course.yaml:11: units/cafe.yaml belongs to no unit that is listed here",
        ]

    def test_of_languages_leave_texts_by_language_alone(self, tmp_path: Path) -> None:
        errors = errors_of(write_pack(tmp_path, course=COURSE.replace("source: en\n", "")))

        assert errors == ["course.yaml:1: the key “source” is missing"]


class TestTheCommand:
    def test_tells_all_faults_of_a_pack(self, tmp_path: Path) -> None:
        root = write_pack(tmp_path, course="id: [", cafe=TestSeveralFaults.MISTAKEN)

        with pytest.raises(CommandError) as refused:
            call_command("course", "validate", str(root))

        head, *lines = str(refused.value).split("\n")
        assert head == f"{root}: refused"
        assert lines == errors_of(root)
        assert TestSeveralFaults.MISTAKE in lines

    def test_says_in_one_line_that_there_is_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError) as refused:
            call_command("course", "validate", str(tmp_path / "none"))

        assert str(refused.value) == f"there is no folder {tmp_path / 'none'}"
