import os
import random
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contexts.courses.adapters.coursepack import PackRefused, json_schemas, read_pack
from contexts.courses.domain.exercises import parse
from tests.integration.courses.packs import CAFE, COURSE, FILES, GREETINGS, write_pack

SHIPPED = Path(__file__).parents[3] / "contexts/courses/packs"


def errors_of(root: Path) -> list[str]:
    with pytest.raises(PackRefused) as caught:
        read_pack(root)
    return [str(error) for error in caught.value.errors]


class TestAGoodPack:
    def test_is_read_whole(self, tmp_path: Path) -> None:
        course = read_pack(write_pack(tmp_path))

        assert (course.id, course.language, course.source) == ("es-from-en", "es", "en")
        assert [unit.id for unit in course.units] == ["greetings", "cafe"]
        assert [word.id for word in course.words()] == ["greetings.w.no", "cafe.w.coffee"]
        assert len(list(course.exercises())) == 10
        assert course.units[1].grammar == "# Articles\n\n*un* café\n"
        assert course.license_text == "CC BY 4.0\n"

    def test_has_words_where_yaml_has_booleans_and_numbers(self, tmp_path: Path) -> None:
        unit = read_pack(write_pack(tmp_path)).units[0]

        choice = unit.lessons[0].exercises[1].body
        assert (unit.words[0].text, unit.words[0].translation) == ("no", "on")
        assert unit.lessons[0].title == {"en": "1.0"}
        assert choice["options"] == ["no", "on", "yes", "1.0", "~", "null"]
        assert (choice["prompt"], choice["answer"]) == ({"en": "yes"}, "yes")

    def test_has_exercises_that_can_be_shown(self, tmp_path: Path) -> None:
        course = read_pack(write_pack(tmp_path))

        exercises = {e.id: parse(e.body) for e in course.exercises()}

        assert exercises["cafe.e.order"].correct_answer() == "Quisiera un café, por favor"
        assert exercises["cafe.e.back"].present("s")["to"] == "en"
        assert exercises["greetings.e.card"].uses == ("greetings.w.no",)

    def test_hashes_the_same_whatever_its_layout(self, tmp_path: Path) -> None:
        first = read_pack(write_pack(tmp_path / "a"))
        moved = COURSE.replace("id: es-from-en\n", "") + "id: es-from-en   # moved\n"

        second = read_pack(write_pack(tmp_path / "b", course=moved))

        assert first.content_hash == second.content_hash
        assert len(first.content_hash) == 64

    @pytest.mark.parametrize(
        "change",
        [
            {"LICENSE_md": "other"},
            {"cafe_md": "other"},
            {"coffee_ogg": "other"},
            {"cafe": CAFE.replace("I want a coffee, please.", "I'd like a coffee.")},
            {"course": COURSE.replace("lenient", "strict")},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_hashes_differently_after_any_change(
        self, tmp_path: Path, change: dict[str, str]
    ) -> None:
        first = read_pack(write_pack(tmp_path / "a"))

        second = read_pack(write_pack(tmp_path / "b", **change))

        assert first.content_hash != second.content_hash

    def test_is_read_as_nfc(self, tmp_path: Path) -> None:
        course = read_pack(write_pack(tmp_path, cafe=CAFE.replace("é", "e\u0301")))

        assert list(course.words())[1].text == "el café"

    @pytest.mark.parametrize(
        "path", sorted(SHIPPED.glob("*/course.yaml")), ids=lambda p: p.parent.name
    )
    def test_is_what_is_shipped(self, path: Path) -> None:
        assert read_pack(path.parent).id == path.parent.name


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


class TestABadUnit:
    @pytest.mark.parametrize(
        ("old", "new", "line", "message"),
        [
            ("id: cafe\n", "id: coffee\n", 1, "the id is “cafe”, as the file is called"),
            ("requires: [greetings]", "requires: [gone]", 4, "the course has no unit “gone”"),
            (
                "requires: [greetings]",
                "requires: [cafe]",
                4,
                "“cafe” and “cafe” require each other",
            ),
            (
                "requires: [greetings]\n",
                "",
                19,
                "“greetings.w.no” is of “greetings”, which this unit does not require",
            ),
            (
                "uses: [cafe.w.coffee, g",
                "uses: [cafe.w.tea, g",
                20,
                "there is no word “cafe.w.tea”",
            ),
            (
                "id: cafe.e.back",
                "id: cafe.e.order",
                22,
                "the id “cafe.e.order” stands at units/cafe.yaml:16 too",
            ),
            (
                "id: cafe.w.coffee",
                "id: tea.w.coffee",
                6,
                "the id “tea.w.coffee” does not begin with “cafe.”",
            ),
            ("{Quisiera|Quiero}", "{Quisiera|Quiero", 19, "Column 1: “{” is never closed"),
            (
                "{Quisiera|Quiero}",
                "{a|b}" * 40,
                19,
                "Column 1: more than a billion answers, at most 2,000 are allowed",
            ),
            ("Quiero una café", "Quiero un café", 21, "“Quiero un café” is also accepted"),
            ("answer: una, why", "answer: un, why", 33, "“un” is not a wrong option"),
            (
                'prompt: {es: "Un',
                'prompt: {fr: "Un',
                24,
                "“fr” is neither the taught nor the source language",
            ),
            (
                'text: "Quiero ___',
                'text: "Quiero',
                29,
                "the text has 0 gaps (___), and 1 are described",
            ),
            ("[un, una], answer: un", "[un, un], answer: un", 31, "“un” stands here twice"),
            ("[un, una], answer: un", "[un, una], answer: el", 31, "“el” is not among the options"),
            (
                "Por favor, un café",
                "Por favor, un té",
                41,
                "the words are not those of the first answer",
            ),
            ("extra: [té]", "extra: [un té]", 42, "“un té” is not a single word"),
            ("right: tea", "right: coffee", 46, "“coffee” stands here twice"),
            ("type: match", "type: dance", 45, "the type “dance” is not known"),
            ('answer: "false"', 'answer: "no"', 51, "“answer”: Input should be 'true' or 'false'"),
            ("media/coffee.ogg", "media/tea.ogg", 56, "media/tea.ogg: there is no such file"),
            (
                "media/coffee.ogg",
                "media/../../x.ogg",
                56,
                "media/../../x.ogg: there is no such file",
            ),
            ("pos: noun", "pos: nun", 9, ""),
            (
                "        pairs:",
                "        uses: [x]\n        pairs:",
                48,
                "the key “uses” stands on line 46 too",
            ),
        ],
    )
    def test_is_refused_with_its_line(
        self, tmp_path: Path, old: str, new: str, line: int, message: str
    ) -> None:
        assert old in CAFE

        errors = errors_of(write_pack(tmp_path, cafe=CAFE.replace(old, new, 1)))

        wanted = f"units/cafe.yaml:{line}: {message}"
        assert any(error.startswith(wanted) for error in errors), errors

    def test_requires_in_no_circle(self, tmp_path: Path) -> None:
        circle = GREETINGS.replace("words:\n", "requires: [cafe]\nwords:\n", 1)

        errors = errors_of(write_pack(tmp_path, greetings=circle))

        assert errors == [
            "units/cafe.yaml:4: “cafe” and “greetings” require each other",
            "units/greetings.yaml:4: “greetings” and “cafe” require each other",
        ]

    def test_is_refused_when_its_file_is_missing(self, tmp_path: Path) -> None:
        errors = errors_of(write_pack(tmp_path, cafe=None))

        assert errors == ["units/cafe.yaml:1: there is no such file"]

    def test_has_notes_without_html(self, tmp_path: Path) -> None:
        notes = "# A\n\nfine & < 3\n\nsome <b>bold</b>\n\n<script>x</script>\n"

        errors = errors_of(write_pack(tmp_path, cafe_md=notes))

        assert errors == [
            "units/cafe.md:5: HTML is not allowed",
            "units/cafe.md:7: HTML is not allowed",
        ]


class TestSeveralFaults:
    """Each file goes as far as it can, and none is blamed for what another one hides."""

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


class TestOneFileWithEveryFault:
    """A fault of YAML or of shape hides none of what can be told beside it."""

    CHANGES = (
        ("requires: [greetings]", "requires: [greetings, cafe]"),
        ("    pos: noun", "    pos: noun\n    pos: verb"),
        ("    gender: m", "    gendre: m"),
        ("{Quisiera|Quiero}", "{a|b}" * 40),
        ("uses: [cafe.w.coffee, g", "uses: [cafe.w.tea, g"),
        ("id: cafe.e.article", "id: cafe.e.back"),
        ("___ un café", "un café"),
        ("{Quiero|Quisiera}", "{Quiero|Quisiera"),
        ("right: tea", "right: coffee"),
        ('answer: "false"', 'answer: "no"'),
        ("media/coffee.ogg", "media/tea.ogg"),
    )

    def spoilt(self) -> str:
        cafe = CAFE
        for old, new in self.CHANGES:
            assert old in cafe
            cafe = cafe.replace(old, new, 1)
        return cafe

    def test_is_told_of_all_at_once(self, tmp_path: Path) -> None:
        root = write_pack(
            tmp_path,
            course=COURSE.replace("cafe]", "cafe, gone]"),
            greetings=GREETINGS.replace("words:\n", "requires: [cafe]\nwords:\n", 1),
            cafe=self.spoilt(),
        )

        assert errors_of(root) == [
            "units/cafe.yaml:4: “cafe” and “cafe” require each other",
            "units/cafe.yaml:4: “cafe” and “greetings” require each other",
            "units/cafe.yaml:10: the key “pos” stands on line 9 too",
            "units/cafe.yaml:11: the key “gendre” is not known here",
            "units/cafe.yaml:20: Column 1: more than a billion answers, at most 2,000 are allowed",
            "units/cafe.yaml:21: there is no word “cafe.w.tea”",
            "units/cafe.yaml:28: the id “cafe.e.back” stands at units/cafe.yaml:23 too",
            "units/cafe.yaml:37: the text has 0 gaps (___), and 1 are described",
            "units/cafe.yaml:38: Column 1: “{” is never closed",
            "units/cafe.yaml:47: “coffee” stands here twice",
            "units/cafe.yaml:52: “answer”: Input should be 'true' or 'false'",
            "units/cafe.yaml:57: media/tea.ogg: there is no such file",
            "units/gone.yaml:1: there is no such file",
            "units/greetings.yaml:4: “greetings” and “cafe” require each other",
        ]

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            ('title: {en: "At the café"}\n', "", 1),
            ("cefr: A1", "cefr: A7", 3),
            ('title: {en: "Something to drink"}', "title: drinks", 14),
            ("id: cafe.l.drinks", "id: drinks", 13),
            ("    pos: noun\n", "", 6),
            ("id: cafe.w.coffee", "id: [cafe.w.coffee]", 6),
            ("  - id: cafe.w.coffee\n    text:", "  - text:", 6),
            ("id: cafe.w.coffee", "id: *coffee", 6),
            (
                "words:\n",
                "words: [{id: cafe.w.x, text: x, translation: x, pos: noun}]\nwords:\n",
                6,
            ),
            ("requires: [greetings]", "requires: greetings", 4),
            ("requires: [greetings]", "requires: [Greetings]", 4),
            ("requires: [greetings]", "requires:", 4),
        ],
    )
    def test_brings_nothing_after_it(self, tmp_path: Path, old: str, new: str, line: int) -> None:
        assert old in CAFE
        mistaken = CAFE.replace("{Quiero|Quisiera}", "{Quiero|Quisiera")

        errors = errors_of(write_pack(tmp_path, cafe=mistaken.replace(old, new, 1)))

        *faults, pattern = errors
        assert {int(fault.split(":")[1]) for fault in faults} == {line}
        assert pattern.endswith(": Column 1: “{” is never closed")

    def test_of_an_exercise_leaves_its_other_faults(self, tmp_path: Path) -> None:
        cafe = CAFE.replace(
            'wrong: [{answer: "Quiero una café", why',
            'wrong: [{answer: "Quiero un café", wye: x, why',
        )

        errors = errors_of(write_pack(tmp_path, cafe=cafe))

        assert errors == [
            "units/cafe.yaml:21: the key “wye” is not known here",
            "units/cafe.yaml:21: “Quiero un café” is also accepted",
        ]


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


class TestTheSchemasForEditors:
    def test_name_what_is_required_and_allow_nothing_else(self) -> None:
        schemas = json_schemas()

        assert set(schemas) == {"course", "unit"}
        assert "units" in schemas["course"]["required"]
        assert schemas["unit"]["additionalProperties"] is False
        assert (
            len(schemas["unit"]["$defs"]["Lesson"]["properties"]["exercises"]["items"]["oneOf"])
            == 10
        )
