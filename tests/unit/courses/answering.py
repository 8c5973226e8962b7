"""A small dictionary, and short ways to grade."""

from contexts.courses.domain.grading.accepted import Accepted
from contexts.courses.domain.grading.patterns import expand_pattern, expand_patterns
from contexts.courses.domain.grading.texts import Answers, Mistake, grade_text
from contexts.courses.domain.grading.verdicts import Accents, Grade, GradingPolicy


class Dictionary:
    """Known words of one language. Other languages have no dictionary."""

    def __init__(self, words: str = "", language: str = "es") -> None:
        self.words, self.language = frozenset(words.split()), language

    def is_word(self, text: str, language: str) -> bool | None:
        if language != self.language:
            return None
        return text in self.words or text.lower() in self.words

    def lemma(self, text: str, language: str) -> str:
        del language
        return text


SPANISH = Dictionary(
    "alto apto alta ano año casa caso café esta está estás gusta gustan gustaría quiero quiere "
    "un una el la perro pero María solo grande muy por favor"
)
LENIENT = GradingPolicy(accents=Accents.LENIENT)
STRICT = GradingPolicy(accents=Accents.STRICT)


def graded(
    text: str,
    *patterns: str,
    language: str = "es",
    policy: GradingPolicy = LENIENT,
    wrong: str = "",
    words: Dictionary = SPANISH,
) -> Grade:
    mistakes = (Mistake(expand_pattern(wrong), {"en": "because"}),) if wrong else ()
    answers = Answers(Accepted(expand_patterns(patterns), language), mistakes)
    return grade_text(text, answers, words=words, policy=policy)
