"""Display names and countries."""

import unicodedata

from contexts.shared.kernel import Invalid

LONGEST_NAME = 80

# ISO 3166-1 alpha-2, the codes that are officially assigned.
_OFFICIAL = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
    BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM
    DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
    VN VU WF WS YE YT ZA ZM ZW
"""
_COUNTRIES = frozenset(_OFFICIAL.split())
# Bidirectional controls would turn the text beside a name.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STEERING = frozenset({"Cc", "Cs", "Zl", "Zp"})


class UnknownCountry(Invalid):
    code = "unknown_country"
    message = "“{country}” is not a country of ISO 3166-1."


class MalformedName(Invalid):
    code = "malformed_name"
    message = "A name has 1 to {most} characters, one of them visible, and no control characters."


def sound_name(text: str) -> str:
    """Return the name in NFC, without outer blanks. Raises MalformedName."""
    name = unicodedata.normalize("NFC", text).strip()
    visible = any(unicodedata.category(char)[0] in "LNPS" for char in name)
    steering = any(char in _BIDI or unicodedata.category(char) in _STEERING for char in name)
    if not visible or steering or len(name) > LONGEST_NAME:
        raise MalformedName(most=LONGEST_NAME)
    return name


def known_country(code: str) -> str:
    """Return the code, or "" for none. Raises UnknownCountry."""
    if code and code not in _COUNTRIES:
        raise UnknownCountry(country=code[:40])
    return code
