"""Refusals about profiles and people."""

from contexts.shared.kernel import Invalid, NotFound


class UnknownPerson(NotFound):
    code = "unknown_person"
    message = "There is no such person."


class UnknownTimeZone(Invalid):
    code = "unknown_time_zone"
    message = "“{time_zone}” is not an IANA time zone."


class UnknownInterfaceLanguage(Invalid):
    code = "unknown_interface_language"
    message = "The interface speaks {known}."


class UnknownLevel(Invalid):
    code = "unknown_level"
    message = "“{level}” is not a level from A1 to C2."


class LanguageNamedTwice(Invalid):
    code = "language_named_twice"
    message = "“{language}” is named twice."


class TooManyLanguages(Invalid):
    code = "too_many_languages"
    message = "At most {most} languages."
