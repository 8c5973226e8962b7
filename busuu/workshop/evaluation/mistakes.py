"""Answers of a learner who does not know some words of an exercise.

The words are found by tables and beginnings of their own, not by the rules that are measured.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from random import Random
from typing import Any

from contexts.courses.domain.exercises import AnyExercise
from contexts.shared.language import words

_FORMS: Mapping[str, str] = {
    "ser": "soy eres es somos sois son",
    "estar": "estoy estás está estamos estáis están",
    "tener": "tengo tienes tiene tenemos tenéis tienen",
    "querer": "quiero quieres quiere queremos queréis quieren",
    "ir": "voy vas va vamos vais van",
    "be": "am is are",
    "have": "has",
    "do": "does",
    "child": "children",
    "acostarse": "acuesto acuestas acuesta",
}
_SMALL = frozenset(
    "el la los las un una unos unas the a an to de del of me te se mi".split()  # noqa: SIM905
)
# Two letters apart, so that nobody takes it for a slip of the finger.
_GARBLE = str.maketrans("aeiouáéíóúnrst", "eioauéióúámlpd")
_LEAST = 3


def places_of(texts: Sequence[str], sentence: Sequence[str]) -> set[int]:
    """Return where a word stands in a sentence, empty if it is not found."""
    forms: set[str] = set()
    for text in texts:
        plain = re.sub(r"\([^)]*\)", " ", text.lower())
        for part in words(plain):
            forms |= {part, *_FORMS.get(part, "").split()}
    content = forms - _SMALL or forms
    exact = {at for at, word in enumerate(sentence) if word.lower() in content}
    return exact or {at for at, word in enumerate(sentence) if _begins_alike(word, content)}


def _begins_alike(word: str, forms: Set[str]) -> bool:
    size = max(_LEAST, len(word) - 2)
    return len(word) > _LEAST and any(form[:size] == word.lower()[:size] for form in forms)


def garbled(word: str) -> str:
    return word.translate(_GARBLE) + "x"


def slipped(word: str, random: Random) -> str:
    """Return a word with two neighboring letters swapped, if they differ."""
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def sentence_without(
    sentence: Sequence[str], unknown: Set[int], others: Sequence[str], random: Random
) -> str:
    """Return a sentence in which the unknown places hold nothing, nonsense or another word."""
    kinds: list[Any] = [lambda _: "", garbled, lambda _: random.choice(others)]
    typed = [
        random.choice(kinds)(word) if at in unknown else word for at, word in enumerate(sentence)
    ]
    return " ".join(word for word in typed if word)


def gap_answers(exercise: AnyExercise) -> Iterator[str]:
    """Yield the model answer of each gap."""
    model, rest = exercise.correct_answer(), exercise.body.text.split("___")
    at = len(rest[0])
    for after in rest[1:]:
        end = model.index(after, at) if after else len(model)
        yield model[at:end]
        at = end + len(after)
