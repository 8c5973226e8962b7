"""The machine's draft: what it marks, and that it leaves correct sentences alone."""

from collections.abc import Sequence

import pytest

from contexts.community.adapters.draft_engine import EmbeddedDraftEngine
from contexts.community.application.ports import Written
from contexts.community.domain.draft_rules import edits_by_rule
from contexts.community.domain.drafts import Draft
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.kernel import new_id
from contexts.shared.language import apply, sentences

CORRECT_ENGLISH = """
I went to the market yesterday. She has been living here since 2010. What time does the train
leave? I'd like a cup of tea, please. We had a great time at the party. He didn't know the
answer. They're going to visit their grandparents next week. Could you tell me where the
station is? My favourite colour is blue. I realise that it is difficult. The children were
playing in the garden. It's an honest mistake. He is a university student. She waited for an
hour. I have an MBA from a European school. This is a one-way street. The weather was nice, so
we walked home. I think that that is right. He had had enough. You are very, very kind. Let's
meet at 5 p.m. on Friday. My brother works as an engineer in Berlin. I've never eaten such an
unusual dish. Is there a bank near here? The book that I bought is on the table. If I were you,
I would call her. Nobody told me about the meeting. Where did you put my keys? I'm looking
forward to hearing from you. She speaks three languages fluently. We should leave before it
gets dark. The film was boring, wasn't it? It takes me twenty minutes to get to work. Her
daughter was born in March. I used to play football when I was young. Have you ever been to
Scotland? He asked me whether I wanted some coffee. The bread is fresh and the cheese is cheap.
Turn left at the traffic lights. There aren't any tomatoes in the fridge. I usually get up at
seven o'clock. My phone's battery is dead. We booked a hotel online. The selfie she posted got
many likes. You can download the app on your smartphone. Thanks for your email! I can't find my
glasses. Good morning, everyone.
"""
CORRECT_SPANISH = """
Ayer fui al mercado con mi hermana. ¿Qué hora es? Me gustaría un café con leche, por favor.
Vivo en Madrid desde hace tres años. No sabía la respuesta. Mañana vamos a visitar a mis
abuelos. ¿Podrías decirme dónde está la estación? ¡Qué día tan bonito! Mi color favorito es el
azul. Los niños jugaban en el jardín. Creo que tienes razón. Hace mucho frío en invierno. El
libro que compré está en la mesa. Si yo fuera tú, la llamaría. Nadie me habló de la reunión.
Hola, ¿cómo estás? Espero tener noticias tuyas pronto. Ella habla tres idiomas con soltura.
Deberíamos salir antes de que anochezca. La película era aburrida, ¿no? Tardo veinte minutos en
llegar al trabajo. Su hija nació en marzo. De pequeño jugaba al fútbol. ¿Has estado alguna vez
en Chile? Me preguntó si quería algo de beber. El pan está recién hecho. Gira a la izquierda en
el semáforo. No quedan tomates en la nevera. Suelo levantarme a las siete. Reservamos un hotel
por internet. ¡Gracias por tu mensaje! No encuentro mis gafas. Mi tía cocina muy bien. Nos
vemos el jueves por la tarde. Había mucha gente en la calle. El tren llegó con retraso. Quiero
que vengas a mi fiesta. Estoy aprendiendo a tocar la guitarra. Compré unos zapatos nuevos. Se
me olvidó el paraguas. Buenos días a todos. Prefiero el té al café. Llevo gafas desde los diez
años. ¿Cuánto cuesta esta camisa? Tengo que estudiar para el examen. Mis primos viven en
Sevilla. Me encanta leer novelas de misterio. La sopa está demasiado caliente.
"""
ENGINE = EmbeddedDraftEngine()


def draft(texts: Sequence[str], language: str, *, engine: EmbeddedDraftEngine = ENGINE) -> Draft:
    return engine.draft(
        Written(
            submission_id=new_id(),
            language=language,
            writers_languages=("es",),
            sentences=tuple(texts),
            text_hash="",
        )
    )


class TestRules:
    @pytest.mark.parametrize(
        ("sentence", "expected"),
        [
            ("i think i know.", "I think I know."),
            ("Yesterday i'm sad.", "Yesterday I'm sad."),
            ("she likes it.", "She likes it."),
            ("I saw the the dog.", "I saw the dog."),
            ("It is a apple and an book.", "It is an apple and a book."),
            ("A hour ago.", "An hour ago."),
        ],
    )
    def test_mend_english(self, sentence: str, expected: str) -> None:
        assert apply(sentence, edits_by_rule(sentence, "en-US")) == expected

    @pytest.mark.parametrize(
        ("sentence", "expected"),
        [
            ("qué tal estás?", "¿Qué tal estás?"),
            ("Hola, cómo te llamas?", "Hola, ¿cómo te llamas?"),
            ("Qué bonito!", "¡Qué bonito!"),
            ("Vivo en en Madrid.", "Vivo en Madrid."),
        ],
    )
    def test_mend_spanish(self, sentence: str, expected: str) -> None:
        edits = edits_by_rule(sentence, "es")

        # An insertion and a change at one place are two edits, of which the first is made.
        assert apply(sentence, edits).casefold() == expected.casefold()

    @pytest.mark.parametrize(
        "sentence",
        [
            "An MBA, a European and a university.",
            "Plan a or b, i.e. nothing.",
            "iPhone sales fell.",
            "It was so so good that that mattered.",
            "... and then we left.",
            "example.org is a site.",
            "Vitamin A is good.",
        ],
    )
    def test_leave_alone_what_they_cannot_judge(self, sentence: str) -> None:
        assert edits_by_rule(sentence, "en") == []


class TestTheEmbeddedEngine:
    @pytest.mark.parametrize(
        ("text", "language"), [(CORRECT_ENGLISH, "en"), (CORRECT_SPANISH, "es")]
    )
    def test_marks_at_most_two_in_a_hundred_correct_sentences(
        self, text: str, language: str
    ) -> None:
        found = [span.text for span in sentences(text.replace("\n", " "), language)]

        made = draft(found, language)

        marked = {index for index, edits in enumerate(made.edits) if edits}
        marked |= {note.sentence for note in made.notes if note.sentence is not None}
        assert len(found) >= 48
        assert len(marked) <= 0.02 * len(found), [found[index] for index in marked]
        # Without a dictionary, or on a slow machine, a draft says that it checked only a part.
        whole = {note.code for note in made.notes if note.sentence is None}
        assert whole <= {"partly_checked"}

    def test_mends_or_marks_words_that_are_none(self, spelling: SystemKnownWords) -> None:
        engine = EmbeddedDraftEngine(spelling)

        made = draft(["I recieve a beautifull letter from my teacher today."], "en", engine=engine)

        assert [(edit.old, edit.new) for edit in made.edits[0]] == [("recieve", "receive")]
        assert [(note.code, note.detail) for note in made.notes] == [("unknown_word", "beautifull")]

    def test_spells_nothing_without_a_dictionary(self) -> None:
        without = EmbeddedDraftEngine(SystemKnownWords(dict))

        made = draft(["I recieve a letter."], "en", engine=without)

        assert list(made.edits) == [[]]
        assert [(note.code, note.detail) for note in made.notes] == [
            ("partly_checked", "no_dictionary")
        ]

    def test_says_what_language_a_text_seems_to_be(self) -> None:
        made = draft(["Hola, me llamo Juan y vivo en Madrid con mi familia."], "en")

        assert [(note.code, note.detail) for note in made.notes] == [("other_language", "es")]
        assert list(made.edits) == [()]

    def test_does_not_judge_the_language_of_a_few_words(self) -> None:
        assert all(note.code != "other_language" for note in draft(["Hola!"], "en").notes)

    def test_knows_languages_without_rules(self) -> None:
        assert list(draft(["今日は元気です。"], "ja").edits) == [[]]
