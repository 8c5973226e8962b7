"""One file with many faults: all that can be found are reported."""

from pathlib import Path

import pytest

from tests.integration.courses.packs import CAFE, COURSE, GREETINGS, errors_of, write_pack


class TestOneFileWithEveryFault:
    """A fault of YAML or shape hides no other fault."""

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
