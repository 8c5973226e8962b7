"""Mails are in the language of their reader."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

import busuu.urls  # noqa: F401 - refusals are found among the classes that are imported
from contexts.shared.kernel import DomainError
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.recipients import Recipient
from contexts.shared.mailing.rendering import rendered

MAILS = ["verification", "registration_repeated", "password_reset"]
ROOT = Path(settings.BASE_DIR)
SPANISH = ROOT / "busuu/locale/es/LC_MESSAGES/django"


def _rendered(template: str, language: str) -> str:
    mail = Mail(context="identity", template=template)
    ana = Recipient(
        address="ana@example.org", name="Ana", language=language, time_zone="Europe/Madrid"
    )
    message = rendered(mail, ana, {"token": "the-token"})
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert "\n" not in message.subject
    return f"{message.subject}\n{message.body}\n{html}"


@pytest.mark.parametrize("template", MAILS)
class TestAMail:
    def test_is_in_english(self, template: str) -> None:
        told = _rendered(template, "en")

        assert "Hello!" in told
        assert "¡Hola!" not in told

    def test_is_in_spanish(self, template: str) -> None:
        told = _rendered(template, "es")

        assert told.count("¡Hola!") == 2
        assert not re.search(r"\b(the|you|your|address|link)\b", told.replace("the-token", ""))

    def test_leaves_no_word_of_the_template_behind(self, template: str) -> None:
        told = _rendered(template, "es")

        assert "{" not in told
        assert ("the-token" in told) == (template != "registration_repeated")


def _sentences() -> set[str]:
    found: set[str] = set()
    for page in (ROOT / "templates").rglob("*.*"):
        text = page.read_text(encoding="utf-8")
        found |= set(re.findall(r'{% translate "(.+?)" %}', text))
        blocks = re.findall(r"{% blocktranslate[^%]*%}(.+?){% endblocktranslate %}", text)
        found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in blocks}
    return found


def _refusals(kind: type[DomainError] = DomainError) -> set[str]:
    ours = {kind.message} if kind.__module__.startswith("contexts.") else set()
    return ours.union(*(_refusals(child) for child in kind.__subclasses__()))


class TestSpanish:
    def _catalogue(self) -> gettext.GNUTranslations:
        with SPANISH.with_suffix(".mo").open("rb") as compiled:
            return gettext.GNUTranslations(compiled)

    def test_has_every_sentence_of_the_templates(self) -> None:
        known = self._catalogue()

        missing = {text for text in _sentences() if known.gettext(text) == text}

        assert missing == set()

    def test_has_every_refusal_that_people_see(self) -> None:
        known = self._catalogue()

        missing = {text for text in _refusals() if known.gettext(text) == text}

        assert missing == set()

    def test_keeps_the_parameters_of_every_refusal(self) -> None:
        known = self._catalogue()

        for text in _refusals():
            named = re.findall(r"{(\w*)}", text)
            assert sorted(re.findall(r"{(\w*)}", known.gettext(text))) == sorted(named), text

    def test_is_compiled_from_what_is_written(self) -> None:
        written = SPANISH.with_suffix(".po").read_text(encoding="utf-8")

        compiled = {
            text.replace("\n", "\\n") for text in self._catalogue()._catalog.values() if text
        }

        lines = re.findall(r'^(?:msgstr )?"(.+)"$', written, re.MULTILINE)
        sentences = set(re.findall(r'^msgstr "(.+)"$', written, re.MULTILINE))
        assert sentences <= compiled
        assert len(compiled) <= len(lines)

    def test_is_spoken_by_the_start_page(self) -> None:
        with translation.override("es"):
            assert translation.gettext("Skip to the content") != "Skip to the content"
