"""Word checks by hunspell if it is installed, else by simplemma's word lists."""

import threading
from collections.abc import Callable
from functools import cached_property, lru_cache

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from contexts.shared.assist import hunspell
from contexts.shared.language import nfc, primary

_REMEMBERED = 50_000
_LONGEST = 60
_PREFERRED = {"es": "es_es", "en": "en_us", "pt": "pt_pt", "de": "de_de", "fr": "fr_fr"}


class SystemKnownWords:
    """The KnownWords port on this machine's dictionaries, which are listed at the first check.

    `dictionaries` lists hunspell's dictionaries by lower-case name. Tests pass their own.
    """

    def __init__(self, dictionaries: Callable[[], dict[str, str]] = hunspell.installed) -> None:
        self._find = dictionaries
        self._lock = threading.Lock()
        self._spellers: dict[str, hunspell.Speller] = {}
        self.is_known = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._spelled = lru_cache(maxsize=_REMEMBERED)(self._spell)

    def is_word(self, text: str, language: str) -> bool | None:
        """Whether the text is a word. None if it is not a single one or the language is unknown."""
        word = nfc(text).strip()
        if not word or len(word) > _LONGEST or not word.replace("'", "").isalpha():
            return None
        try:
            return self.is_known(word, language)
        except _Unsure:
            return None

    def lemma(self, text: str, language: str) -> str:
        """Return the base form of a word, or the word itself if none is known."""
        tag = primary(language)
        return _lemma(nfc(text).strip(), tag) if tag in SUPPORTED_LANGUAGES else text

    def spells(self, language: str) -> bool:
        """Whether hunspell has a dictionary of the language. Word lists miss one word in seven."""
        return self._dictionary(language) is not None

    def suggestions(self, text: str, language: str) -> tuple[str, ...]:
        """Return hunspell's suggestions for a misspelled word, none without a dictionary."""
        name, word = self._dictionary(language), nfc(text).strip()
        if name is None or not word or len(word) > _LONGEST or any(map(str.isspace, word)):
            return ()
        try:
            return self._spelled(word, name).suggestions
        except _Unsure:
            return ()

    def is_listed(self, text: str, language: str) -> bool | None:
        """Whether the word lists alone have the word. They hold more spellings of a language."""
        return _by_lists(nfc(text).strip(), primary(language))

    def close(self) -> None:
        """End the child processes. The next check starts them again."""
        with self._lock:
            for speller in self._spellers.values():
                speller.close()
            self._spellers.clear()

    def _look_up(self, word: str, language: str) -> bool:
        spelled = self._by_hunspell(word, language)
        known = spelled if spelled is not None else _by_lists(word, primary(language))
        if known is None:
            # An exception is not cached, so a later check asks hunspell again.
            raise _Unsure
        return known

    def _by_hunspell(self, word: str, language: str) -> bool | None:
        name = self._dictionary(language)
        try:
            return None if name is None else self._spelled(word, name).known
        except _Unsure:
            return None

    def _spell(self, word: str, name: str) -> hunspell.Spelling:
        spelling = self._speller(name).check(word)
        if spelling is None:
            raise _Unsure
        return spelling

    def _dictionary(self, language: str) -> str | None:
        tag, base = language.lower().replace("-", "_"), primary(language)
        names = (tag, _PREFERRED.get(base, f"{base}_{base}"), base)
        exact = next((self._dictionaries[n] for n in names if n in self._dictionaries), None)
        listed = (name for key, name in self._dictionaries.items() if key.startswith(f"{base}_"))
        return exact or next(listed, None)

    def _speller(self, name: str) -> hunspell.Speller:
        with self._lock:
            if name not in self._spellers:
                self._spellers[name] = hunspell.Speller(name)
            return self._spellers[name]

    @cached_property
    def _dictionaries(self) -> dict[str, str]:
        return self._find()


class _Unsure(Exception):
    pass


def _by_lists(word: str, language: str) -> bool | None:
    if language not in SUPPORTED_LANGUAGES:
        return None
    return bool(simplemma.is_known(word, lang=language))


@lru_cache(maxsize=_REMEMBERED)
def _lemma(word: str, tag: str) -> str:
    return simplemma.lemmatize(word, lang=tag) if word else word
