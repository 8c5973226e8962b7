"""A small valid pack, to be broken one part at a time."""

from pathlib import Path

import pytest

from contexts.courses.adapters.packs import PackRefused, read_pack

COURSE = """\
format: coursepack/1
id: es-from-en
title: {en: Spanish, es: Español}
description: {en: "First steps."}
language: es
source: en
level: A1
license: CC-BY-4.0
authors: [The course team]
accents: lenient
units: [greetings, cafe]
"""
GREETINGS = """\
id: greetings
title: {en: Greetings}
goal: {cefr: A1, can_do: {en: "Can say no."}}
words:
  - id: greetings.w.no
    text: no
    translation: on
    pos: interjection
lessons:
  - id: greetings.l.one
    title: {en: 1.0}
    exercises:
      - {id: greetings.e.card, type: flashcard, word: greetings.w.no}
      - id: greetings.e.choice
        type: choice
        prompt: {en: yes}
        options: [no, off, yes, 1:30, ~, null]
        answer: yes
        uses: [greetings.w.no]
"""
CAFE = """\
id: cafe
title: {en: "At the café"}
goal: {cefr: A1, can_do: {en: "Can order a drink."}}
requires: [greetings]
words:
  - id: cafe.w.coffee
    text: el café
    translation: coffee
    pos: noun
    gender: m
    example: {text: "Un café, por favor.", translation: "A coffee, please."}
lessons:
  - id: cafe.l.drinks
    title: {en: "Something to drink"}
    exercises:
      - id: cafe.e.order
        type: translate
        prompt: {en: "I want a coffee, please."}
        answers: ["{Quisiera|Quiero} un café[, por favor]"]
        uses: [cafe.w.coffee, greetings.w.no]
        wrong: [{answer: "Quiero una café", why: {en: "café is masculine: un café."}}]
      - id: cafe.e.back
        type: translate
        prompt: {es: "Un café"}
        answers: ["A coffee"]
        uses: [cafe.w.coffee]
      - id: cafe.e.article
        type: gap_choose
        text: "Quiero ___ café."
        translation: "I want a coffee."
        gaps: [{options: [un, una], answer: un}]
        uses: [cafe.w.coffee]
        wrong: [{answer: una, why: {en: "café is masculine."}}]
      - id: cafe.e.type
        type: gap_type
        text: "___ un café."
        gaps: [{answers: ["{Quiero|Quisiera}"]}]
        uses: [cafe.w.coffee]
      - id: cafe.e.sort
        type: order
        answers: ["Un café, por favor", "Por favor, un café"]
        extra: [té]
        uses: [cafe.w.coffee]
      - id: cafe.e.match
        type: match
        pairs: [{left: "el té", right: tea}, {left: "el café", right: coffee}]
        uses: [cafe.w.coffee]
      - id: cafe.e.truth
        type: true_false
        statement: {en: "Café is feminine."}
        answer: "false"
        uses: [cafe.w.coffee]
      - id: cafe.e.listen
        type: dictation
        answers: ["Un café"]
        audio: media/coffee.ogg
        uses: [cafe.w.coffee]
"""
FILES = {
    "course.yaml": COURSE,
    "LICENSE.md": "CC BY 4.0\n",
    "units/greetings.yaml": GREETINGS,
    "units/cafe.yaml": CAFE,
    "units/cafe.md": "# Articles\n\n*un* café\n",
    "media/coffee.ogg": "sound",
}


def write_pack(root: Path, **changes: str | bytes | None) -> Path:
    """Write the pack, with files (`course`, `cafe`, ...) replaced or, by None, left out."""
    for name, text in FILES.items():
        content = changes.get(Path(name).name.replace(".yaml", "").replace(".", "_"), text)
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def errors_of(root: Path) -> list[str]:
    """Return the errors for which a pack is refused."""
    with pytest.raises(PackRefused) as caught:
        read_pack(root)
    return [str(error) for error in caught.value.errors]
