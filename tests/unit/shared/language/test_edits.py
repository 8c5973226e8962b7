from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contexts.shared.language import Category, Edit, EditsRefused, apply, diff, nfc

ALPHABET = "aábnñ AB.,¿?'\r\n\t-1\u0301\u0303\u200d👩💻🏽日本かゝ가"
texts = st.text(alphabet=ALPHABET, max_size=40) | st.text(max_size=20)


def summary(original: str, corrected: str, **options: object) -> list[tuple[str, str, str]]:
    found = diff(original, corrected, language="es", **options)  # type: ignore[arg-type]
    return [(edit.old, edit.new, edit.category.value) for edit in found]


class TestDiffing:
    @given(texts, texts)
    @example("e\u0301 \r\nA", "é\nA 👩\u200d💻")
    @example("a a b", "b a a")
    def test_gives_edits_that_rebuild_the_target(self, original: str, corrected: str) -> None:
        edits = diff(original, corrected)

        assert apply(original, edits) == nfc(corrected)

    @given(texts, texts)
    def test_gives_sorted_edits_that_do_not_overlap(self, original: str, corrected: str) -> None:
        edits = diff(original, corrected)

        places = [(edit.start, edit.end) for edit in edits]
        assert places == sorted(places)
        assert all(a[1] <= b[0] for a, b in pairwise(places))
        assert all(edit.old != edit.new for edit in edits)

    @given(texts)
    def test_finds_nothing_in_equal_texts(self, text: str) -> None:
        assert diff(text, text) == ()

    @pytest.mark.parametrize(
        ("original", "corrected", "expected"),
        [
            ("un cafe solo", "un café solo", [("cafe", "café", "accent")]),
            ("un Café solo", "un café solo", [("Café", "café", "case")]),
            ("Hola Ana", "Hola, Ana", [("", ",", "punctuation")]),
            ("un cfaé solo", "un café solo", [("cfaé", "café", "spelling")]),
            ("quiero café", "quiero un café", [("", " un", "missing")]),
            ("quiero un un café", "quiero un café", [(" un", "", "extra")]),
            ("un solo café", "un café solo", [("solo café", "café solo", "word_order")]),
            ("un perro grande", "un café grande", [("perro", "café", "replacement")]),
            ("un  café", "un café", [("  ", " ", "whitespace")]),
            ("el ano nuevo", "el año nuevo", [("ano", "año", "spelling")]),
        ],
    )
    def test_names_what_each_edit_is_about(
        self, original: str, corrected: str, expected: list[tuple[str, str, str]]
    ) -> None:
        assert summary(original, corrected) == expected

    def test_calls_a_known_word_a_wrong_form(self) -> None:
        known = summary("me gustan el café", "me gusta el café", is_word=lambda word: True)
        unknown = summary("me gustam el café", "me gusta el café", is_word=lambda word: False)

        assert known == [("gustan", "gusta", "word_form")]
        assert unknown == [("gustam", "gusta", "spelling")]

    def test_counts_code_points_after_an_emoji(self) -> None:
        (edit,) = diff("😀 un cafe", "😀 un café")

        assert edit == Edit(5, 9, "cafe", "café", Category.ACCENT)

    def test_stays_fast_on_long_unlike_texts(self) -> None:
        original, corrected = "uno dos " * 1500, "tres cuatro cinco " * 1000

        assert apply(original, diff(original, corrected)) == corrected


class TestApplying:
    @pytest.mark.parametrize(
        "edits",
        [
            [Edit(0, 3, "uno", "x", Category.SPELLING), Edit(2, 4, "o ", "y", Category.SPELLING)],
            [Edit(4, 7, "dos", "x", Category.SPELLING), Edit(0, 3, "uno", "y", Category.SPELLING)],
            [Edit(4, 4, "", "x", Category.MISSING), Edit(4, 4, "", "y", Category.MISSING)],
            [Edit(0, 3, "una", "x", Category.SPELLING)],
            [Edit(5, 9, "os", "x", Category.SPELLING)],
            [Edit(-1, 0, "", "x", Category.SPELLING)],
        ],
        ids=["overlap", "unsorted", "two insertions", "another text", "past the end", "negative"],
    )
    def test_refuses_edits_that_do_not_fit(self, edits: list[Edit]) -> None:
        with pytest.raises(EditsRefused):
            apply("uno dos", edits)
