import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.courses.domain.grading.patterns import PatternError, expand_pattern, expand_patterns


class TestExpanding:
    def test_puts_the_fullest_first_alternative_first(self) -> None:
        answers = expand_pattern("{Quisiera|Me gustaría [tomar]|Quiero} un café[, por favor]")

        assert answers == (
            "Quisiera un café, por favor",
            "Quisiera un café",
            "Me gustaría tomar un café, por favor",
            "Me gustaría tomar un café",
            "Me gustaría un café, por favor",
            "Me gustaría un café",
            "Quiero un café, por favor",
            "Quiero un café",
        )

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("plain", ("plain",)),
            (r"a\{b\|c\}\[d\]\\", (r"a{b|c}[d]\\"[:-1],)),
            ("{a|{b|c}}", ("a", "b", "c")),
            ("a [b [c]]", ("a b c", "a b", "a")),
            ("{a|}b", ("ab", "b")),
            ("{a|a}", ("a",)),
            ("  a   b ", ("a b",)),
        ],
    )
    def test_follows_the_grammar(self, pattern: str, expected: tuple[str, ...]) -> None:
        assert expand_pattern(pattern) == expected

    @pytest.mark.parametrize(
        ("pattern", "position", "reason"),
        [
            ("a {b|c", 2, "never closed"),
            ("a [b", 2, "never closed"),
            ("ab}", 2, "closes nothing"),
            ("a|b", 1, "closes nothing"),
            ("{a|b]", 4, "was due"),
            ("[a|b]", 2, "was due"),
            ("a\\b", 1, "stands before none"),
            ("a\\", 1, "stands before none"),
            ("[a]", 0, "can be empty"),
            ("", 0, "can be empty"),
            ("[" * 30 + "a" + "]" * 30, 20, "deeper than 20"),
            ("x" * 1001, 0, "longer than 1000"),
        ],
    )
    def test_says_where_a_pattern_is_wrong(self, pattern: str, position: int, reason: str) -> None:
        with pytest.raises(PatternError, match=reason) as caught:
            expand_pattern(pattern)

        assert caught.value.position == position

    def test_allows_two_thousand_answers_and_no_more(self) -> None:
        wide = "{" + "|".join(f"w{n}" for n in range(1000)) + "}"

        assert len(expand_pattern(wide + " {a|b}")) == 2000
        with pytest.raises(PatternError, match="3,000 answers"):
            expand_pattern(wide + " {a|b|c}")
        with pytest.raises(PatternError, match="2,001 answers"):
            expand_patterns([wide + " {a|b}", "one more"])

    @pytest.mark.parametrize("pattern", ["{a|b}" * 100_000, "{" * 100_000, "[{a|b}" * 19])
    def test_refuses_an_explosion_without_making_it(self, pattern: str) -> None:
        # Making it would take the machine's memory long before it ended.
        with pytest.raises(PatternError):
            expand_pattern(pattern)

    @given(st.text(alphabet="ab{}[]|\\ ", max_size=30))
    def test_gives_answers_or_a_pattern_error_for_any_text(self, pattern: str) -> None:
        try:
            answers = expand_pattern(pattern)
        except PatternError as error:
            answers, position = ("refused",), error.position
        else:
            position = 0
        assert 0 <= position <= len(pattern)
        assert len(set(answers)) == len(answers) > 0
        assert "" not in answers
