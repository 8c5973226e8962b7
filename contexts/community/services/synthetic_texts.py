"""Texts with the mistakes that learners make, and how they should read."""

from dataclasses import dataclass
from functools import cache

from contexts.community.domain.corrections import Answer, MadeEdit, Reading, Verdict
from contexts.community.domain.texts import text_hash
from contexts.shared.database.statements.filling import Json, json_of
from contexts.shared.kernel import new_id
from contexts.shared.language import sentences

_LENGTH = 3
# As it is written, and as it should read; where the two are one, it is right.
_SENTENCES = {
    "en": (
        ("I has a dog.", "I have a dog."),
        ("He is very big.", "He is very big."),
        ("Yesterday I go to the beach.", "Yesterday I went to the beach."),
        ("My sister live in a small town.", "My sister lives in a small town."),
        ("We eat together on Sundays.", "We eat together on Sundays."),
        ("I am agree with you.", "I agree with you."),
        ("She don't like coffee.", "She doesn't like coffee."),
        ("It is raining today.", "It is raining today."),
        ("I want to buying a new bike.", "I want to buy a new bike."),
    ),
    "es": (
        ("Yo es de un pueblo pequeño.", "Yo soy de un pueblo pequeño."),
        ("Me gusta mucho la música.", "Me gusta mucho la música."),
        ("Mi casa está rojo.", "Mi casa es roja."),
        ("Ayer yo voy al mercado.", "Ayer yo fui al mercado."),
        ("Tengo dos hermanos.", "Tengo dos hermanos."),
        ("Estoy veinte años.", "Tengo veinte años."),
        ("La agua es fría.", "El agua está fría."),
        ("Hoy hace sol.", "Hoy hace sol."),
        ("Quiero compro una bicicleta.", "Quiero comprar una bicicleta."),
    ),
}


@dataclass(frozen=True, slots=True)
class MadeUpText:
    """A text and the correction that anybody would make of it; `spans` and one more as JSON."""

    text: str
    text_hash: str
    spans: Json
    verdicts: tuple[Verdict, ...]
    verdicts_json: Json
    edits: tuple[MadeEdit, ...]


def made_up_text(language: str, chance: int) -> MadeUpText:
    """A text in a language, `en` or `es`."""
    return _text(language, chance % len(_SENTENCES[language]))


@cache
def _text(language: str, first: int) -> MadeUpText:
    lines = _SENTENCES[language]
    chosen = [lines[(first + n) % len(lines)] for n in range(_LENGTH)]
    text = " ".join(written for written, _ in chosen)
    spans = [(span.start, span.end) for span in sentences(text, language)]
    reading = Reading([written for written, _ in chosen], language, new_id)
    verdicts, edits = reading.verdicts([_answer(n, *pair) for n, pair in enumerate(chosen)])
    return MadeUpText(
        text=text,
        text_hash=text_hash(text),
        spans=json_of(spans),
        verdicts=verdicts,
        verdicts_json=json_of(verdicts),
        edits=edits,
    )


def _answer(index: int, written: str, right: str) -> Answer:
    if written == right:
        return Answer(index=index, perfect=True)
    return Answer(index=index, corrected=right)
