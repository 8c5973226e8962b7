"""The sentences of a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from contexts.shared.language.normalization import nfc, primary


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a text, in code points, and its `text`."""

    start: int
    end: int
    text: str


# A full stop after one of these never ends a sentence.
_ABBREVIATIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": frozenset(
            {"mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "fig", "vol", "approx"}
            | {"e.g", "i.e", "cf", "dept", "est", "gen", "gov"}
        ),
        "es": frozenset(
            {"sr", "sra", "srta", "sres", "dr", "dra", "ud", "uds", "vd", "d", "dña", "prof"}
            | {"profa", "núm", "pág", "págs", "av", "avda", "p.ej", "ej", "cap", "aprox", "ee"}
        ),
        "de": frozenset({"hr", "fr", "dr", "prof", "z.b", "d.h", "u.a", "ca", "nr", "bzw", "st"}),
        "fr": frozenset({"m", "mm", "mme", "mmes", "mlle", "dr", "st", "ste", "av", "p.ex", "cf"}),
        "it": frozenset({"sig", "sig.ra", "dott", "dott.ssa", "prof", "pag", "p.es", "n", "tel"}),
        "pt": frozenset({"sr", "sra", "dr", "dra", "prof", "av", "pág", "p.ex", "n.º", "tel"}),
        "nl": frozenset({"dhr", "mevr", "dr", "prof", "bijv", "blz", "nr", "ca", "d.w.z", "m.b.t"}),
        "pl": frozenset({"np", "prof", "ul", "tzn", "tzw", "nr", "godz", "str", "im", "św"}),
        "ru": frozenset({"ул", "им", "т.е", "т.к", "напр", "см", "стр", "д", "гл", "рис"}),
        "sv": frozenset({"t.ex", "bl.a", "d.v.s", "dvs", "kl", "nr", "ca", "s.k"}),
        "da": frozenset({"f.eks", "bl.a", "dvs", "kl", "nr", "ca", "s.k"}),
        "cs": frozenset({"např", "č", "tzv", "mj", "ing", "mgr", "ul"}),
        "tr": frozenset({"dr", "prof", "örn", "sn", "no", "doç"}),
        "el": frozenset({"κ", "κα", "π.χ", "δηλ", "αρ", "σελ", "βλ"}),
    }
)
# Abbreviations in several parts. No full stop inside one, nor its last, ends a sentence.
_IN_PARTS: Mapping[str, "re.Pattern[str]"] = MappingProxyType(
    {
        tag: re.compile(rf"(?<!\w)(?:{parts})", re.IGNORECASE)
        for tag, parts in {
            "de": r"z\.\s?B\.|d\.\s?h\.|u\.\s?a\.|o\.\s?Ä\.|s\.\s?[ou]\.|u\.\s?U\.|z\.\s?T\."
            r"|v\.\s?a\.|i\.\s?d\.\s?R\.|[vn]\.\s?Chr\.|m\.\s?E\.",
            "en": r"e\.\s?g\.|i\.\s?e\.",
            "es": r"p\.\s?ej\.|[ad]\.\s?(?:de\s)?C\.",
            "fr": r"p\.\s?ex\.|c\.-à-d\.|av\.\s?J\.-C\.",
            "it": r"p\.\s?es\.|[ad]\.\s?C\.",
            "pt": r"p\.\s?ex\.|[ad]\.\s?C\.",
            "nl": r"d\.\s?w\.\s?z\.|m\.\s?b\.\s?t\.",
            "pl": r"m\.\s?in\.",
            "ru": r"т\.\s?[екч]\.|т\.\s?д\.(?=\s[а-я])",
            "sv": r"t\.\s?ex\.|bl\.\s?a\.|d\.\s?v\.\s?s\.",
            "da": r"f\.\s?eks\.|bl\.\s?a\.",
            "el": r"π\.\s?χ\.",
        }.items()
    }
)
# A full stop after one of these ends a sentence if a capital follows.
_MAY_END = frozenset({"etc", "a.m", "p.m", "am", "pm", "inc", "ltd", "usw", "ee.uu", "u.s"})
_CLOSERS = "\"'”’»›)\\]}"
_QUOTES = frozenset("\"'”’»›")
_EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff\u200d\ufe0f\u20e3"
# Ends of sentences that are nothing else, in all scripts (Unicode's Sentence_Terminal).
_STOPS = "。！？｡‼⁇⁈⁉‽।॥؟۔։።፧፨။។៕᠃᠉܀܁܂߹෴༎᥄᥅᪨᪩᭚᭛᭞᭟᱾᱿꓿꘎꡶꡷꣎꣏꧈꧉꩝꩞꩟꫰꫱꯫"
_GREEK = re.compile(r";(?=\s|$)")
_END = re.compile(
    rf"[.!?…]+[{_CLOSERS}]*(?:[^\S\r\n]*[{_EMOJI}]+)*(?=\s|$|[¿¡])"
    rf"|[{_STOPS}]+[{_CLOSERS}」』）]*"
    r"|(?=[\r\n])"
)
_WORD_BEFORE = re.compile(r"[\w.'’]*\Z")
_WORD_CHARACTER = re.compile(r"\w")


def sentences(text: str, language: str = "") -> tuple[Span, ...]:
    """Return the sentences of `text` in NFC, in order. Only white space is between them.

    A sentence ends at the latest with its line. Emoji after a full stop, and pieces without
    letters or digits, belong to the sentence before them.
    """
    whole = nfc(text)
    spans: list[Span] = []
    for start, end in _pieces(whole, primary(language)):
        if spans and not _WORD_CHARACTER.search(whole, start, end):
            start = spans.pop().start  # noqa: PLW2901 - joined to the previous one
        spans.append(Span(start, end, whole[start:end]))
    return tuple(spans)


def respliced(text: str, spans: Sequence[Span], texts: Sequence[str]) -> str:
    """Return `text` in NFC with each span replaced by its new text."""
    whole, position, parts = nfc(text), 0, list[str]()
    for span, new in zip(spans, texts, strict=True):
        parts += (whole[position : span.start], new)
        position = span.end
    return "".join((*parts, whole[position:]))


def _pieces(text: str, tag: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _ends(text, tag):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _ends(text: str, tag: str) -> Iterator[int]:
    known = _ABBREVIATIONS.get(tag, frozenset())
    parts = _IN_PARTS.get(tag)
    inside = [found.span() for found in parts.finditer(text)] if parts else []
    ends = {
        match.end()
        for match in _END.finditer(text)
        if not match.group()
        or (not _is_within(match.start(), inside) and _is_end(text, match, known))
    }
    if tag == "el":
        # Greek asks with a semicolon.
        ends |= {match.end() for match in _GREEK.finditer(text)}
    yield from sorted(ends | {len(text)})


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _is_end(text: str, match: "re.Match[str]", known: frozenset[str]) -> bool:
    mark, after = match.group(), text[match.end() : match.end() + 40].lstrip()[:1]
    if mark[0] in _STOPS:
        return True
    if mark.startswith(("...", "…")):
        return not after.islower()
    if after.islower() and not _QUOTES.isdisjoint(mark):
        return False
    return mark != "." or not _is_short(text, match.start(), after, known)


def _is_short(text: str, at: int, after: str, known: frozenset[str]) -> bool:
    """Whether the full stop at this place belongs to an abbreviation and ends no sentence."""
    written = _before(text, at)
    word = written.lower().strip("'’")
    if word in _MAY_END:
        return not after.isupper()
    if word in known:
        return True
    initial = len(written) == 1 and written.isupper() and written != "I"
    return initial or (word.isdecimal() and _begins_line(text, at - len(written)))


def _before(text: str, at: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, at - 20), at)
    return match.group() if match else ""


def _begins_line(text: str, at: int) -> bool:
    return not text[max(0, at - 200) : at].rpartition("\n")[2].strip()
