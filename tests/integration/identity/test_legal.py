"""Our terms and our privacy notice: files, versions, and the pages that show them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from busuu import readiness
from contexts.identity import queries
from contexts.shared.kernel import now
from tests.integration.identity.mounting import NEXT, OLD, TERMS, mount, three_versions

pytestmark = pytest.mark.django_db

ENGLISH, SPANISH = {"accept-language": "en"}, {"accept-language": "es-MX"}


def _states(client: Client) -> dict[str, str]:
    versions = client.get("/api/v1/legal").json()["versions"]
    return {one["version"]: one["state"] for one in versions if one["kind"] == "terms"}


class TestTheShippedTexts:
    @pytest.mark.parametrize("kind", ["terms", "privacy"])
    def test_have_the_same_parts_in_both_languages(self, kind: str) -> None:
        texts = [queries.legal_text(kind, TERMS, language=tag).text for tag in ("en", "es")]

        [english, spanish] = [text.count("\n## ") for text in texts]
        [points, puntos] = [text.count("\n- ") for text in texts]
        assert english == spanish > 3
        assert points == puntos > 5

    def test_name_who_runs_the_site(self, settings: Any) -> None:
        settings.LEGAL = {**settings.LEGAL, "OPERATOR": "Ana & Co", "CONTACT": "ana@example.org"}

        shown = Client().get("/privacy").content.decode()

        assert "Ana &amp; Co runs this site" in shown
        assert "ana@example.org" in shown
        assert "{" not in shown


class TestThePages:
    @pytest.mark.parametrize("kind", ["terms", "privacy"])
    def test_speak_the_readers_language_and_may_be_cached(self, kind: str) -> None:
        english = Client().get(f"/{kind}", headers=ENGLISH)
        spanish = Client().get(f"/{kind}", headers=SPANISH)

        assert '<article lang="en">' in english.content.decode()
        assert '<article lang="es">' in spanish.content.decode()
        assert english["Cache-Control"] == "public, max-age=300"
        assert "Accept-Language" in english["Vary"]
        assert "Cookie" not in english["Vary"]

    def test_show_every_version_and_say_which_is_in_force(
        self, settings: Any, tmp_path: Path
    ) -> None:
        three_versions(settings, tmp_path)

        current, old, coming = (
            Client().get(f"/terms{path}", headers=ENGLISH).content.decode()
            for path in ("", f"/{OLD}", f"/{NEXT}")
        )

        assert f"Terms {TERMS} en" in current
        assert f'href="/terms/{OLD}"' in current
        assert f'href="/terms/{NEXT}"' in current
        assert "no longer in force" in old
        assert "not in force yet" in coming

    def test_show_a_language_that_the_address_names(self) -> None:
        shown = Client().get(f"/terms/{TERMS}/es", headers=ENGLISH).content.decode()

        assert "Condiciones de uso</h1>" in shown

    @pytest.mark.parametrize("path", ["2020-01-01", f"{TERMS}/de", "nothing", "%00"])
    def test_are_not_found_for_what_does_not_exist(self, path: str) -> None:
        assert Client().get(f"/terms/{path}").status_code in {400, 404}

    def test_run_nothing_that_a_text_contains(self, settings: Any, tmp_path: Path) -> None:
        text = (
            "# T\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://b.example)\n"
            "\n![i](https://tracker.example/x.png)"
        )
        mount(settings, tmp_path, {f"terms/{TERMS}.en.md": text})

        shown = Client().get("/terms").content.decode()

        assert "<script>alert" not in shown
        assert 'href="javascript' not in shown
        assert "<img" not in shown
        assert 'href="https://b.example"' in shown


class TestTheApi:
    def test_lists_versions_with_their_states(self, settings: Any, tmp_path: Path) -> None:
        three_versions(settings, tmp_path)

        assert _states(Client()) == {NEXT: "upcoming", TERMS: "current", OLD: "past"}

    def test_gives_the_text_in_the_language_that_the_request_accepts(self) -> None:
        path = f"/api/v1/legal/terms/{TERMS}"

        english, spanish = (
            Client().get(path, headers=headers).json() for headers in (ENGLISH, SPANISH)
        )

        assert english["text"].startswith("# Terms of use")
        assert (spanish["language"], spanish["text"][:20]) == ("es", "# Condiciones de uso")
        assert english["url"].endswith(f"/terms/{TERMS}")

    @pytest.mark.parametrize("path", ["terms/2020-01-01", f"rules/{TERMS}"])
    def test_knows_no_other_version(self, path: str) -> None:
        refused = Client().get(f"/api/v1/legal/{path}")

        assert (refused.status_code, refused.json()["code"]) == (404, "unknown_version")


class TestAMountedFolder:
    def test_replaces_the_kinds_that_it_has(self, settings: Any, tmp_path: Path) -> None:
        mount(settings, tmp_path, {"terms/2026-02-03.es.md": "# Las nuestras"})

        assert _states(Client()) == {"2026-02-03": "current"}
        assert "Privacy notice" in Client().get("/privacy").content.decode()
        # An English reader gets the only language that there is.
        assert "Las nuestras" in Client().get("/terms").content.decode()

    def test_shows_the_first_version_before_it_is_in_force(
        self, settings: Any, tmp_path: Path
    ) -> None:
        mount(settings, tmp_path, {f"terms/{NEXT}.en.md": "# Soon"})

        assert queries.current_document("terms", now=now()).version == NEXT

    @pytest.mark.parametrize(
        ("name", "text", "fault"),
        [
            ("terms/2026-13-01.en.md", "# T", "has a date that does not exist"),
            ("terms/latest.md", "# T", "must be named like 2026-11-01.en.md"),
            ("terms/2026-12-01.en.md", b"\xff\xfe", "is not UTF-8"),
            ("terms/2026-12-01.en.md", " \n", "is empty"),
            ("terms/2026-12-01.en.md", "a\x00b", "holds a NUL"),
            ("terms/2026-12-01.en.md", "x" * 1_000_001, "is longer than a megabyte"),
        ],
    )
    def test_with_a_broken_file_is_named_and_closes_nothing(
        self, name: str, text: str | bytes, fault: str, settings: Any, tmp_path: Path
    ) -> None:
        mount(settings, tmp_path, {name: text})

        with pytest.raises(SystemCheckError, match=fault):
            call_command("check")

        checks = readiness.Look().latest()
        assert checks["legal"] == f"{name}: {fault}"
        assert not readiness.is_ready(checks)
        assert Client().get("/terms").status_code == 200
        assert Client().get("/api/v1/legal").status_code == 200

    def test_keeps_its_good_files_beside_a_broken_one(self, settings: Any, tmp_path: Path) -> None:
        files = {f"terms/{OLD}.en.md": "# Ours", f"terms/{TERMS}.en.md": b"\xff"}
        mount(settings, tmp_path, files)

        assert _states(Client()) == {OLD: "current"}

    @pytest.mark.parametrize("made", ["", "terms", "else"])
    def test_without_texts_is_a_fault(self, made: str, settings: Any, tmp_path: Path) -> None:
        folder = tmp_path / "texts"
        (folder / made).mkdir(parents=True)
        settings.LEGAL = {**settings.LEGAL, "FOLDER": str(folder)}

        assert len(queries.legal_faults()) == 1

    def test_that_is_missing_is_a_fault(self, settings: Any) -> None:
        settings.LEGAL = {**settings.LEGAL, "FOLDER": "/does/not/exist"}

        assert "/does/not/exist" in queries.legal_faults()[0]
