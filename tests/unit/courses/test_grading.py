import pytest

from contexts.courses.domain.grading.accepted import Accepted
from contexts.courses.domain.grading.patterns import expand_pattern
from contexts.courses.domain.grading.texts import Answers, grade_text
from contexts.courses.domain.grading.verdicts import Verdict
from contexts.shared.language import apply
from tests.unit.courses.answering import LENIENT, SPANISH, STRICT, Dictionary, graded

COFFEE = "{Quisiera|Me gustaría [tomar]|Quiero} un café[, por favor]"


class TestListedAnswers:
    @pytest.mark.parametrize("answer", expand_pattern(COFFEE))
    def test_are_all_correct(self, answer: str) -> None:
        grade = graded(answer, COFFEE)

        assert (grade.verdict, grade.expected) == (Verdict.CORRECT, answer)
        assert (grade.notes, grade.edits, grade.score, grade.rating) == ((), (), 1.0, 3)

    @pytest.mark.parametrize(
        "typed",
        [
            "quiero un café",
            "Quiero un café.",
            "quiero un café.",
            " Quiero  un café ",
            "Quiero un cafe\u0301",
        ],
    )
    def test_need_no_final_stop_and_no_first_capital(self, typed: str) -> None:
        assert graded(typed, COFFEE).verdict is Verdict.CORRECT

    def test_may_lack_the_stop_that_the_author_wrote(self) -> None:
        assert graded("Hola", "Hola.").verdict is Verdict.CORRECT

    def test_may_have_typographic_marks(self) -> None:
        grade = graded("L’ami dit «oui»…", 'L\'ami dit "oui"...', language="fr")

        assert grade.verdict is Verdict.CORRECT

    @pytest.mark.parametrize(
        ("typed", "pattern", "language", "note"),
        [
            ("Qué tal?", "¿Qué tal?", "es", "punctuation"),
            ("Quiero un café por favor", "Quiero un café, por favor", "es", "punctuation"),
            ("Vivo en madrid", "Vivo en Madrid", "es", "case"),
            ("I am here", "I'm here", "en", "contraction"),
            ("I'd like tea", "I would like tea", "en", "contraction"),
            ("I dont know", "I don't know", "en", "punctuation"),
            ("Die Strasse", "Die Straße", "de", "spelling_variant"),
            ("ma soeur", "ma sœur", "fr", "spelling_variant"),
            ("Das Maedchen", "Das Mädchen", "de", "spelling_variant"),
            ("He had gone", "He'd gone", "en", "contraction"),
            ("She has made it", "She's made it", "en", "contraction"),
            ("It is made of wood", "It's made of wood", "en", "contraction"),
        ],
    )
    def test_are_accepted_with_a_note_in_other_dress(
        self, typed: str, pattern: str, language: str, note: str
    ) -> None:
        grade = graded(typed, pattern, language=language, policy=STRICT)

        assert grade.verdict is Verdict.CORRECT_WITH_NOTE
        assert grade.notes == (note,)
        assert (grade.score, grade.rating) == (1.0, 3)


class TestSpellingsThatAreEqual:
    @pytest.mark.parametrize(
        ("typed", "pattern", "language"),
        [
            ("Моя тетя", "Моя тётя", "ru"),
            ("Моя тётя", "Моя тетя", "ru"),
            ("كتاب", "كِتَاب", "ar"),
            ("שלום", "שָׁלוֹם", "he"),
            ("１０時です", "10時です", "ja"),
            ("10 книг", "１０ книг", "ru"),
            ("Un café\u200f", "Un café", "es"),
            ("Un\u2060 café\ufeff", "Un café", "es"),
            ("IRMAK", "ırmak", "tr"),
        ],
    )
    def test_are_correct_without_a_note(self, typed: str, pattern: str, language: str) -> None:
        grade = graded(typed, pattern, language=language, policy=STRICT)

        assert grade.verdict in {Verdict.CORRECT, Verdict.CORRECT_WITH_NOTE}
        assert set(grade.notes) <= ({"case"} if typed.isupper() else set())


class TestShortForms:
    @pytest.mark.parametrize(
        ("typed", "pattern"),
        [
            ("He would gone", "He'd gone"),
            ("He'd gone", "He would go"),
            ("She is made it", "She's made it"),
            ("They would already seen it", "They'd already seen it"),
        ],
    )
    def test_are_read_by_what_follows(self, typed: str, pattern: str) -> None:
        grade = graded(typed, pattern, language="en", policy=STRICT)

        assert not grade.verdict.accepted

    @pytest.mark.parametrize("typed", ["I would like tea", "I'd like tea"])
    def test_are_would_before_a_base_form(self, typed: str) -> None:
        assert graded(typed, "I'd like tea", language="en", policy=STRICT).verdict.accepted


class TestAccents:
    def test_cost_a_note_when_lenient(self) -> None:
        grade = graded("quiero un cafe", COFFEE)

        assert (grade.verdict, grade.notes) == (Verdict.CORRECT_WITH_NOTE, ("accent",))
        assert [(e.old, e.new, e.category) for e in grade.edits] == [("cafe", "café", "accent")]
        assert grade.rating == 3

    def test_cost_the_answer_when_strict(self) -> None:
        grade = graded("quiero un cafe", COFFEE, policy=STRICT)

        assert (grade.verdict, grade.notes) == (Verdict.NEARLY, ("accent",))
        assert (grade.score, grade.rating) == (0.5, 1)

    def test_come_before_the_guard_of_real_words(self) -> None:
        assert graded("ella esta aquí", "ella está aquí").notes == ("accent",)

    def test_do_not_merge_letters_of_their_own(self) -> None:
        grade = graded("un ano muy grande", "un año muy grande")

        assert not grade.verdict.accepted


class TestTypos:
    @pytest.mark.parametrize("typed", ["altto", "alro", "atlo", "altio"])
    def test_are_forgiven_once_in_a_word_of_four_letters(self, typed: str) -> None:
        grade = graded(f"es {typed}", "es alto")

        assert (grade.verdict, grade.notes) == (Verdict.CORRECT_WITH_NOTE, ("typo",))
        assert (grade.score, grade.rating) == (1.0, 3)

    @pytest.mark.parametrize(
        ("typed", "pattern", "reason"),
        [
            ("es apto", "es alto", "a real word"),
            ("es alta", "es alto", "a real word"),
            ("un caos", "un café", "two edits"),
            ("es sool gradne", "es solo grande", "two typos in three words"),
            ("uh café", "un café", "a short word"),
            ("tengo 1500", "tengo 1600", "a number"),
            ("zarro grande", "zorro {grande|zarro}", "a word of the course's own answers"),
            ("es maria hoy", "es Mario hoy", "a name's neighbor"),
        ],
    )
    def test_are_not_forgiven(self, typed: str, pattern: str, reason: str) -> None:
        words = Dictionary(" ".join(SPANISH.words | {"Maria", "maría"}))

        grade = graded(typed, pattern, words=words)

        assert not grade.verdict.accepted, reason
        assert grade.rating == 1

    def test_are_never_forgiven_where_no_one_knows_the_words(self) -> None:
        assert not graded("es altto", "es alto", language="eu").verdict.accepted

    def test_may_come_with_dropped_accents(self) -> None:
        lenient = graded("qiuero un cafe", COFFEE)
        strict = graded("qiuero un cafe", COFFEE, policy=STRICT)

        assert (lenient.verdict, lenient.notes) == ("correct_with_note", ("accent", "typo"))
        assert lenient.rating == 3
        assert strict.verdict is Verdict.NEARLY

    def test_may_be_two_in_eight_words(self) -> None:
        sentence = "el perro grande quiere solo una casa alta"

        grade = graded("el perrro grande quiere solo una cassa alta", sentence)

        assert grade.notes == ("typo",)


class TestNearlyRight:
    @pytest.mark.parametrize(
        ("typed", "note"),
        [
            ("quiere un café", "word_form"),
            ("quiero una café", "word_form"),
            ("quiero café", "missing"),
            ("yo quiero un café", "extra"),
            ("un café quiero", "word_order"),
        ],
    )
    def test_is_what_has_one_such_fault(self, typed: str, note: str) -> None:
        grade = graded(typed, "Quiero un café")

        assert (grade.verdict, grade.notes) == (Verdict.NEARLY, (note,))
        assert (grade.score, grade.rating) == (0.5, 1)

    @pytest.mark.parametrize(
        "typed", ["", "no sé", "quiere una café solo", "quiero un perro", "😀"]
    )
    def test_is_not_what_has_more(self, typed: str) -> None:
        grade = graded(typed, "Quiero un café")

        assert (grade.verdict, grade.score, grade.rating) == (Verdict.WRONG, 0.0, 1)
        assert apply(typed, grade.edits).capitalize() == "Quiero un café"


class TestListedMistakes:
    def test_bring_their_explanation(self) -> None:
        grade = graded("quiero una cafe", "Quiero un café", wrong="Quiero una {café|cafe}")

        assert (grade.verdict, grade.why) == (Verdict.NEARLY, {"en": "because"})

    def test_are_not_forgiven_as_a_dropped_accent(self) -> None:
        grade = graded("ella esta aquí", "ella está aquí", wrong="ella esta aquí")

        assert not grade.verdict.accepted
        assert grade.why == {"en": "because"}

    def test_are_silent_about_other_answers(self) -> None:
        assert graded("no", "Quiero un café", wrong="Quiero una café").why is None


class TestTheNearestAnswer:
    def test_is_the_one_that_is_shown(self) -> None:
        assert graded("me gustaría una cosa", COFFEE).expected == "Me gustaría un café"

    def test_is_found_among_two_thousand(self) -> None:
        letters = "{" + "|".join("abcdefghij") + "}"
        texts = expand_pattern(f"{letters}x {letters}y {letters}z {{de|del}} mi padre grande")
        answers = Answers(Accepted(texts, "es"))
        assert len(texts) == 2000

        grade = grade_text("ax jy iz de mi padre garnde", answers, words=SPANISH, policy=LENIENT)

        assert grade.expected == "ax jy iz de mi padre grande"
