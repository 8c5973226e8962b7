import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.shared.language import nfc, respliced, sentences

PIECES = ["Hola", "Dr", "etc", " ", "\n", "\r\n", ".", "...", "…", "?", "!", "¿", "¡", '"', "😀"]
texts = (
    st.lists(st.sampled_from([*PIECES, "e\u0301", "1", "a", "。", ")"])).map("".join) | st.text()
)


def split(text: str, language: str) -> list[str]:
    return [span.text for span in sentences(text, language)]


class TestSplitting:
    @given(texts, st.sampled_from(["en", "es", "ja", ""]))
    def test_leaves_only_white_space_between(self, text: str, language: str) -> None:
        whole, spans = nfc(text), sentences(text, language)

        places = [0, *(place for span in spans for place in (span.start, span.end)), len(whole)]
        gaps = [whole[a:b] for a, b in pairwise(places)][::2]
        assert "".join(gaps).strip() == ""
        assert all(whole[span.start : span.end] == span.text for span in spans)
        assert all(span.text == span.text.strip() != "" for span in spans)

    @given(texts, st.sampled_from(["en", "es"]))
    def test_gives_back_the_text_when_joined(self, text: str, language: str) -> None:
        spans = sentences(text, language)

        assert respliced(text, spans, [span.text for span in spans]) == nfc(text)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("I like tea. You like it too!", ["I like tea.", "You like it too!"]),
            ("i like cats. they are nice.", ["i like cats.", "they are nice."]),
            ("Mr. Smith and Dr. Jones left.", ["Mr. Smith and Dr. Jones left."]),
            ("I have tea, milk, etc. They are cold.", ["I have tea, milk, etc.", "They are cold."]),
            ("We met at 5 p.m. in Paris.", ["We met at 5 p.m. in Paris."]),
            ("It costs 3.50 euros. Fine.", ["It costs 3.50 euros.", "Fine."]),
            ("J. R. R. Tolkien wrote it.", ["J. R. R. Tolkien wrote it."]),
            ("It was I. Then I left.", ["It was I.", "Then I left."]),
            ("Well... maybe. Yes.", ["Well... maybe.", "Yes."]),
            ("Well… Maybe.", ["Well…", "Maybe."]),
            ("What?! No!!! OK", ["What?!", "No!!!", "OK"]),
            ('"Hello!" he said. Bye.', ['"Hello!" he said.', "Bye."]),
            ('He said "Hello." She left.', ['He said "Hello."', "She left."]),
            ("Great! 😀🎉 Thanks. 👍🏽", ["Great! 😀🎉", "Thanks. 👍🏽"]),
            ("I am Ana😀 and you?", ["I am Ana😀 and you?"]),
            ("Dear Ana,\nhow are you?\n\nBye", ["Dear Ana,", "how are you?", "Bye"]),
            ("1. Milk\n2. Bread", ["1. Milk", "2. Bread"]),
            ("I said no. Then I left.", ["I said no.", "Then I left."]),
            ("!!!", ["!!!"]),
            ("Go to www.example.org now.", ["Go to www.example.org now."]),
            ("", []),
            (" \r\n ", []),
        ],
    )
    def test_knows_english(self, text: str, expected: list[str]) -> None:
        assert split(text, "en-GB") == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("¿Cómo estás? ¡Muy bien!", ["¿Cómo estás?", "¡Muy bien!"]),
            ("¿Cómo estás?¡Muy bien!", ["¿Cómo estás?", "¡Muy bien!"]),
            ("Hola, ¿qué tal? Bien.", ["Hola, ¿qué tal?", "Bien."]),
            ("El Sr. García y la Dra. Ruiz.", ["El Sr. García y la Dra. Ruiz."]),
            ("Vivo en EE.UU. desde 2010. Adiós.", ["Vivo en EE.UU. desde 2010.", "Adiós."]),
            ("Son las 3 p.m. Ya voy.", ["Son las 3 p.m.", "Ya voy."]),
            ("Pues... no sé. Vale.", ["Pues... no sé.", "Vale."]),
            ("Me lo da. Creo que no. Vale.", ["Me lo da.", "Creo que no.", "Vale."]),
            ("¿¡Qué!? Nada.", ["¿¡Qué!?", "Nada."]),
            ("Dijo «hola». Y se fue.", ["Dijo «hola».", "Y se fue."]),
        ],
    )
    def test_knows_spanish(self, text: str, expected: list[str]) -> None:
        assert split(text, "es") == expected

    def test_knows_scripts_without_spaces(self) -> None:
        assert split("元気です。ありがとう！", "ja") == ["元気です。", "ありがとう！"]

    def test_counts_code_points_of_the_normal_form(self) -> None:
        spans = sentences("Cafe\u0301 😀. Sí.", "es")

        assert [(span.start, span.end) for span in spans] == [(0, 7), (8, 11)]

    @pytest.mark.parametrize("piece", ["a. ", "!", "\n", '"', "…", "Mr. ", "😀", ". 😀"])
    def test_stays_fast_on_long_texts(self, piece: str) -> None:
        text = piece * (10_000 // len(piece))

        began = time.perf_counter()
        sentences(text, "en")

        assert time.perf_counter() - began < 1.0


class TestEveryScript:
    @pytest.mark.parametrize(
        ("text", "language", "count"),
        [
            ("मैं ठीक हूँ। वह घर पर है। क्या तुम आओगे?", "hi", 3),
            ("আমি ভালো আছি। তুমি কেমন আছো?", "bn", 2),
            ("كيف حالك؟ أنا بخير.", "ar", 2),
            ("آپ کیسے ہیں؟ میں ٹھیک ہوں۔ شکریہ۔", "ur", 3),
            ("Ես լավ եմ։ Դու ինչպե՞ս ես։", "hy", 2),
            ("እንዴት ነህ፧ ደህና ነኝ።", "am", 2),
            ("ကျွန်တော် နေကောင်းပါတယ်။ ခင်ဗျားရော။", "my", 2),
            ("ខ្ញុំសុខសប្បាយ។ ចុះអ្នកវិញ?", "km", 2),
            ("Τι κάνεις; Είμαι καλά.", "el", 2),
            ("お元気ですか？元気です。", "ja", 2),
            ("你好吗？我很好。", "zh", 2),
        ],
    )
    def test_ends_its_sentences(self, text: str, language: str, count: int) -> None:
        assert len(split(text, language)) == count

    def test_keeps_a_semicolon_inside_elsewhere(self) -> None:
        assert len(split("I came; I saw.", "en")) == 1


class TestAbbreviations:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Das ist z. B. gut.", "de"),
            ("Viele Tiere, u. a. Hunde, sind da.", "de"),
            ("Das ist d. h. Richtig.", "de"),
            ("Frutas, p. ej. Manzanas y peras.", "es"),
            ("Murió en 44 a. C. Según dicen.", "es"),
            ("Fruits, e. g. Apples and pears.", "en"),
            ("Un fruit, p. ex. Une pomme.", "fr"),
            ("Il sig. Rossi e la dott. Bianchi.", "it"),
            ("O Sr. Silva e a Dra. Costa.", "pt"),
            ("Dhr. Jansen en mevr. Smit zijn er.", "nl"),
            ("Mieszkam na ul. Długiej.", "pl"),
            ("Он живёт на ул. Ленина.", "ru"),
            ("Djur, t. ex. Hundar och katter.", "sv"),
            ("Ζώα, π. χ. Σκύλοι και γάτες.", "el"),
        ],
    )
    def test_end_no_sentence(self, text: str, language: str) -> None:
        assert split(text, language) == [text]

    def test_before_the_next_sentence_do(self) -> None:
        assert len(split("Das ist gut. Z. B. hier.", "de")) == 2
