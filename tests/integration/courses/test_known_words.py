import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from contexts.shared.assist import hunspell
from contexts.shared.assist.known_words import SystemKnownWords
from tests import needs

needs_spanish = pytest.mark.skipif("es_es" not in hunspell.installed(), reason=needs.HUNSPELL)


@pytest.fixture
def words() -> Iterator[SystemKnownWords]:
    known = SystemKnownWords()
    yield known
    known.close()


class TestWithoutHunspell:
    def test_word_lists_answer(self) -> None:
        known = SystemKnownWords(dictionaries=dict)

        assert known.is_word("gustan", "es") is True
        assert known.is_word("gustamm", "es-MX") is False

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("bat", "eu"),
            ("neko", "ja"),
            ("", "es"),
            ("dos palabras", "es"),
            ("a\nb", "es"),
            ("15", "es"),
        ],
    )
    def test_no_one_knows_other_languages_nor_other_texts(self, text: str, language: str) -> None:
        assert SystemKnownWords(dictionaries=dict).is_word(text, language) is None

    def test_nothing_is_installed_where_the_program_is_missing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

        assert hunspell.installed() == {}
        assert SystemKnownWords().is_word("gustan", "es") is True


class TestASilentOrBrokenProgram:
    @pytest.mark.parametrize(
        "script", ["sleep 60", "exit 1", "echo '@(#)'; exec sleep 60", "yes nonsense"]
    )
    def test_leaves_the_word_lists_to_answer(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
    ) -> None:
        program = tmp_path / "hunspell"
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(hunspell, "_START_LIMIT", 0.2)
        monkeypatch.setattr(hunspell, "_TIME_LIMIT", 0.2)
        known = SystemKnownWords(dictionaries=lambda: {"es_es": "es_ES"})

        answers = [known.is_word(word, "es") for word in ("gustan", "gustamm")]

        known.close()
        assert answers == [True, False]


@needs_spanish
class TestHunspell:
    def test_knows_words_and_their_forms(self, words: SystemKnownWords) -> None:
        found = {
            text: words.is_word(text, "es") for text in ("quisiéramos", "niño", "nińo", "quieor")
        }

        assert found == {"quisiéramos": True, "niño": True, "nińo": False, "quieor": False}

    def test_is_started_again_after_it_died(self, words: SystemKnownWords) -> None:
        words.is_word("casa", "es")
        (speller,) = words._spellers.values()
        child = speller._child
        assert child is not None
        child.kill()
        child.wait()

        assert words.is_word("perro", "es") is True
        assert words.is_word("perrro", "es") is False

    def test_answers_many_threads(self, words: SystemKnownWords) -> None:
        texts = ["casa", "cassa", "perro", "perrro", "niño", "ninno"] * 5
        answers: dict[int, bool | None] = {}
        threads = [
            threading.Thread(target=lambda n=n, t=t: answers.update({n: words.is_word(t, "es")}))
            for n, t in enumerate(texts)
        ]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [answers[n] for n in range(len(texts))] == [True, False] * 15

    def test_serves_a_region_from_its_own_dictionary(self) -> None:
        known = SystemKnownWords(dictionaries=lambda: {"es_es": "es_ES", "es_mx": "es_MX"})

        names = [known._dictionary(tag) for tag in ("es", "es-MX", "es-PE", "en")]

        assert names == ["es_ES", "es_MX", "es_ES", None]
