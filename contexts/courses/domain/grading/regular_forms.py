"""Forms that a learner makes by rule where the language has another: `quero`, `informations`.

They look like slips of the finger, and are the mistake that an exercise is about.
"""

from collections.abc import Iterator, Mapping

from contexts.courses.domain.grading.verdicts import KnownWords
from contexts.shared.language import primary, strip_accents

# Endings by the infinitive's, of the tenses of the first two years.
_VERBS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "ar": "o as a amos áis an é aste ó asteis aron aba abas ábamos aban ando ado",
        "er": "o es e emos éis en í iste ió imos isteis ieron ía ías íamos ían iendo ido",
        "ir": "o es e imos ís en í iste ió isteis ieron ía ías íamos ían iendo ido",
    },
    "pt": {
        "ar": "o as a amos ais am ei aste ou aram ava avas ando ado",
        "er": "o es e emos eis em i este eu eram ia ias endo ido",
        "ir": "o es e imos is em i iste iu iram ia ias indo ido",
    },
    "it": {
        "are": "o i a iamo ate ano ai asti ò arono avo avi ava ando ato",
        "ere": "o i e iamo ete ono ei esti é erono evo evi eva endo uto",
        "ire": "o i e iamo ite ono ii isti ì irono ivo ivi iva endo ito",
    },
    "fr": {
        "er": "e es ons ez ent ais ait ions iez aient é ant",
        "ir": "is it issons issez issent issais issait i issant s t ons ez ent",
        "re": "s t ons ez ent ais ait u ant",
    },
    "de": {"en": "e st est t et en te test ten tet"},
}
_NOUNS: Mapping[str, str] = {
    "es": "s es",
    "pt": "s es",
    "fr": "s",
    "it": "i e",
    "de": "en n e er s",
}


def is_regularized(typed: str, wanted: str, language: str, words: KnownWords) -> bool:
    """Return whether a text that is no word is a form of `wanted` by rule."""
    plain = strip_accents(typed, language)
    bases = {wanted, words.lemma(wanted, language)}
    return any(
        plain == strip_accents(form, language)
        for base in bases
        for form in _forms(base, primary(language))
        if form != wanted
    )


def _forms(base: str, language: str) -> Iterator[str]:
    if language == "en":
        yield from _english(base)
        return
    infinitive = base.removesuffix("se") if language == "es" else base
    for ending, endings in _VERBS.get(language, {}).items():
        if infinitive.endswith(ending):
            yield from (infinitive.removesuffix(ending) + one for one in endings.split())
    yield from (base + one for one in _NOUNS.get(language, "").split())


def _english(base: str) -> Iterator[str]:
    yield from (base + one for one in ("s", "es", "ed", "d", "ing", "er", "est"))
    yield from (base + base[-1] + one for one in ("ed", "ing"))
    if base.endswith("e"):
        yield base[:-1] + "ing"
    if base.endswith("y"):
        yield from (base[:-1] + one for one in ("ies", "ied"))
