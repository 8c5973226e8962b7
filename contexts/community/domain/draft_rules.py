"""Rules of English and Spanish that a machine can apply safely.

Each rule replaces a token. Rules mark nothing in correct sentences; they miss many mistakes.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from contexts.shared.language import Category, Edit, Token, primary, tokens

Rule = Callable[[str, Sequence[Token]], Iterator[Edit]]


def edits_by_rule(sentence: str, language: str) -> list[Edit]:
    """Return the changes of a language's rules to a sentence in NFC, in order."""
    found = tokens(sentence)
    made = [
        edit
        for rule in (*_EVERYWHERE, *_BY_LANGUAGE.get(primary(language), ()))
        for edit in rule(sentence, found)
    ]
    return without_overlaps(made)


def without_overlaps(edits: Sequence[Edit]) -> list[Edit]:
    """The edits in order, of those that meet the first named."""
    kept: list[Edit] = []
    for edit in edits:
        if not any(_meet(edit, other) for other in kept):
            kept.append(edit)
    return sorted(kept, key=lambda edit: (edit.start, edit.end))


def _meet(one: Edit, other: Edit) -> bool:
    if one.start == other.start and (one.start == one.end or other.start == other.end):
        return True
    return one.start < other.end and other.start < one.end


# Words that no sentence has twice in a row; "very very" and "that that" are no mistakes.
_NEVER_DOUBLED = frozenset(
    {"the", "a", "an", "to", "of", "and", "with", "from", "at", "my", "your", "is", "are", "was"}
    | {"el", "la", "los", "las", "un", "una", "de", "del", "en", "y", "con", "por", "para", "mi"}
)


def _doubled(sentence: str, found: Sequence[Token]) -> Iterator[Edit]:
    for first, second in itertools.pairwise(found):
        same = first.text.casefold() == second.text.casefold()
        between = sentence[first.end : second.start]
        if same and between.isspace() and second.text in _NEVER_DOUBLED:
            text = sentence[first.end : second.end]
            yield Edit(first.end, second.end, text, "", Category.EXTRA)


def _small_beginning(sentence: str, found: Sequence[Token]) -> Iterator[Edit]:
    """A sentence that ends like one begins with a capital."""
    first = next((token for token in found if token.is_word), None)
    if first is None or len(found) < 3 or not sentence.rstrip("\"'”’»)").endswith((".", "!", "?")):
        return
    opened = sentence[: first.start]
    inner = sentence[first.end : first.end + 1]
    if opened.strip("¿¡\"'“‘«(") or inner in {".", "@", "/", "-"} or not first.text.isalpha():
        return
    if first.text.islower():
        start = first.start
        new = first.text[0].upper()
        yield Edit(start, start + 1, first.text[0], new, Category.CASE)


_SMALL_I = re.compile(r"(?<![\w.'’/(-])i(?=(?:['’](?:m|ve|ll|d))?(?:\s|[,;:!?]|$|\.(?!\w)))")


def _english_i(sentence: str, _found: Sequence[Token]) -> Iterator[Edit]:
    for match in _SMALL_I.finditer(sentence):
        yield Edit(match.start(), match.start() + 1, "i", "I", Category.CASE)


_NO_NOUN = frozenset({"or", "and", "is", "are", "in", "at", "of", "on", "as", "if", "it", "i"})
_CONSONANT_SOUND = re.compile(r"eu|ew|one|once|oui")
_VOWEL_U = ("umbrella", "uncle", "ugly", "unusual", "under", "upper", "up", "urgent", "ultra")
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")


def _english_article(_sentence: str, found: Sequence[Token]) -> Iterator[Edit]:
    for article, after in itertools.pairwise(found):
        low, word = article.text.lower(), after.text
        if low not in {"a", "an"} or not after.is_word or not _tells(article, word):
            continue
        wanted = _wanted_article(word.lower())
        if wanted is not None and low != wanted:
            new = wanted.capitalize() if article.text[0] == "A" else wanted
            yield Edit(article.start, article.end, article.text, new, Category.REPLACEMENT)


def _tells(article: Token, word: str) -> bool:
    # "Vitamin A is", "an MBA", "an 8", "a or b", "an x": what is heard is not what is written.
    if article.text == "AN" or (article.text[0] == "A" and article.start):
        return False
    plain = word.isascii() and word.isalpha() and len(word) > 1
    return plain and word.lower() not in _NO_NOUN and word[1:].islower()


def _wanted_article(word: str) -> str | None:
    """None where letters do not tell the sound."""
    if word.startswith((*_VOWEL_U, *_SILENT_H)):
        return "an"
    if word[0] in "hu" or _CONSONANT_SOUND.match(word):
        return None
    return "an" if word[0] in "aeio" else "a"


_ASKING = ("qué", "cómo", "dónde", "cuándo", "quién", "quiénes", "cuál", "cuáles", "cuánto")
_OPENERS: Mapping[str, str] = MappingProxyType({"?": "¿", "!": "¡"})


def _spanish_opener(sentence: str, found: Sequence[Token]) -> Iterator[Edit]:
    """A question or an exclamation is opened, where it can only begin at one place."""
    for mark, opener in _OPENERS.items():
        if sentence.count(mark) != 1 or opener in sentence or not sentence.endswith(mark):
            continue
        place = _where_it_begins(sentence, found, mark)
        if place is not None:
            yield Edit(place, place, "", opener, Category.PUNCTUATION)


def _where_it_begins(sentence: str, found: Sequence[Token], mark: str) -> int | None:
    if not found or not found[0].is_word or any(sign in sentence for sign in '"«»“”:;()¿¡'):
        return None
    if "," not in sentence:
        return found[0].start
    for before, token in itertools.pairwise(found):
        if mark == "?" and before.text == "," and token.text.lower() in _ASKING:
            return token.start
    return None


_EVERYWHERE: tuple[Rule, ...] = (_doubled,)
_BY_LANGUAGE: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "en": (_english_i, _small_beginning, _english_article),
        "es": (_spanish_opener, _small_beginning),
    }
)
