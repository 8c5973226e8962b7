"""A fault in a unit is reported with its line."""

from pathlib import Path

import pytest

from tests.integration.courses.packs import CAFE, GREETINGS, errors_of, write_pack


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
