"""English irregular past participles that are no base forms: *gone*, but not *come*."""

_WORDS = """
    been begun bent bitten blown born bought bound broken brought built burnt caught chosen
    crept dealt done drawn driven drunk dug eaten fallen fed felt flown forbidden forgiven
    forgotten fought found frozen given gone got gotten grown had heard held hidden hung kept
    knelt known laid lain learnt led left lent lit lost made meant met mistaken paid proven
    ridden risen rung said sat seen sent sewn shaken shone shot shown shrunk slept slid sold
    sought spelt spent spoilt spoken sprung stolen stood struck stuck stung sung sunk swept
    sworn swum swung taken taught thought thrown told torn understood undone woken won worn
    woven written
"""
PARTICIPLES = frozenset(_WORDS.split())
