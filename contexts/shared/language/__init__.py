"""Pure text tools: normal forms, tokens and the edit engine. No Django, no I/O."""

from contexts.shared.language.contractions import expand
from contexts.shared.language.diffing import diff
from contexts.shared.language.edits import Category, Edit, EditsRefused, apply
from contexts.shared.language.folding import bare, fold, lower
from contexts.shared.language.invisible import visible
from contexts.shared.language.normalization import nfc, plain, primary, strip_accents
from contexts.shared.language.sentences import Span, respliced, sentences
from contexts.shared.language.tokens import Kind, Token, tokens, words
