"""Function words by language. One missing or too many leaves an answer nearly right."""

from collections.abc import Mapping
from types import MappingProxyType

from contexts.shared.language import primary


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTION: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _set("a an the to of in on at for is are am do does some any that it"),
        "es": _set(
            "el la los las lo un una unos unas a al "
            "de del en con por que se me te le nos "
            "yo tú él ella usted nosotros ellos ellas ustedes"
        ),
        "fr": _set("le la les l un une des du de à au aux en y que se me te"),
        "de": _set("der die das den dem des ein eine einen einem einer zu am im"),
        "it": _set("il lo la i gli le un uno una di del della a al in che si mi ti"),
        "pt": _set("o a os as um uma uns umas de do da em no na que se me te"),
    }
)
_ARTICLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _set("a an the"),
        "es": _set("el la los las lo un una unos unas"),
        "fr": _set("le la les un une des du"),
        "de": _set("der die das den dem des ein eine einen einem einer eines"),
        "it": _set("il lo la i gli le un uno una"),
        "pt": _set("o a os as um uma uns umas"),
    }
)


def is_function_word(word: str, language: str) -> bool:
    return word in _FUNCTION.get(primary(language), frozenset())


def are_articles(*words: str, language: str) -> bool:
    """Return whether all words are articles, which count as forms of one another."""
    return _ARTICLES.get(primary(language), frozenset()).issuperset(words)
