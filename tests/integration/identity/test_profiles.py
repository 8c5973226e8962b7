from importlib import resources
from string import ascii_uppercase
from typing import Any

import pytest
from django.contrib.auth.models import Group

from contexts.identity import api, queries
from contexts.identity.models import SpokenLanguage, User
from contexts.shared.kernel import DomainError, new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import UserFactory
from tests.parallel import at_once

LONG_TAG = "en-a-" + "-".join(["abcdefgh"] * 4)


def _say(user: User, *, native: list[str], studied: dict[str, str]) -> None:
    api.set_languages(
        user_id=user.pk,
        native=native,
        studied=[api.Studied(language=tag, level=level) for tag, level in studied.items()],
        now=now(),
    )


def _spoken(user: User) -> list[tuple[str, str, str]]:
    rows = SpokenLanguage.objects.filter(user=user).order_by("language")
    return list(rows.values_list("language", "relation", "level"))


@pytest.mark.django_db
class TestLanguages:
    def test_replace_what_was_said_before(self) -> None:
        user = UserFactory()
        _say(user, native=["en"], studied={"es": "A1"})

        _say(user, native=["de", "pt_br"], studied={"es": "B2"})

        assert _spoken(user) == [
            ("de", "native", ""),
            ("es", "studied", "B2"),
            ("pt-BR", "native", ""),
        ]
        assert StoredEvent.objects.filter(name="identity.profile_changed.v1").count() == 2

    @pytest.mark.parametrize(
        ("native", "studied", "code"),
        [
            (["zz"], {}, "unknown_language"),
            (["not a tag"], {}, "unknown_language"),
            ([""], {}, "unknown_language"),
            (["en\x00"], {}, "unknown_language"),
            ([LONG_TAG], {}, "unknown_language"),
            ([], {"qqqq": "A1"}, "unknown_language"),
            ([], {"es": "A0"}, "unknown_level"),
            (["en", "EN"], {}, "language_named_twice"),
            (["es"], {"es": "A1"}, "language_named_twice"),
            (["en"] * 21, {}, "too_many_languages"),
        ],
    )
    def test_that_cannot_be_are_refused(
        self, native: list[str], studied: dict[str, str], code: str
    ) -> None:
        user = UserFactory()
        _say(user, native=["en"], studied={"es": "A1"})

        with pytest.raises(DomainError) as refused:
            _say(user, native=native, studied=studied)

        assert refused.value.code == code
        assert _spoken(user) == [("en", "native", ""), ("es", "studied", "A1")]
        assert StoredEvent.objects.filter(name="identity.profile_changed.v1").count() == 1

    def test_of_nobody_are_refused(self) -> None:
        with pytest.raises(api.UnknownPerson):
            api.set_languages(user_id=new_id(), native=["en"], studied=[], now=now())

        assert not SpokenLanguage.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestLanguagesSaidAtOnce:
    def test_are_those_of_one_of_them(self) -> None:
        user = UserFactory()
        tags = ["en", "es", "de", "fr", "it", "pt", "pl", "nl"]

        outcomes = at_once(lambda n: _say(user, native=[tags[n]], studied={"ja": "A1"}), times=8)

        assert outcomes == [None] * 8
        assert [relation for _, relation, _ in _spoken(user)].count("native") == 1
        assert len(_spoken(user)) == 2


class TestCountries:
    def test_are_those_that_the_time_zones_know(self) -> None:
        table = (resources.files("tzdata") / "zoneinfo/iso3166.tab").read_text()
        lines = [line for line in table.splitlines() if line and not line.startswith("#")]

        known = {line.split("\t")[0] for line in lines}

        assert {api.known_country(code) for code in known} == known
        assert [code for code in _codes() if _is_known(code)] == sorted(known)


def _codes() -> list[str]:
    return [first + second for first in ascii_uppercase for second in ascii_uppercase]


def _is_known(code: str) -> bool:
    try:
        return api.known_country(code) == code
    except api.UnknownCountry:
        return False


@pytest.mark.django_db
class TestProfiles:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("  Ana ", "Ana"),
            ("Jose\u0301", "José"),
            ("Zoë 🧑\u200d🎓", "Zoë 🧑\u200d🎓"),
            ("李 小龙", "李 小龙"),
            ("👩", "👩"),
        ],
    )
    def test_keep_a_name_in_nfc_without_blanks_around_it(self, given: str, kept: str) -> None:
        user = UserFactory()

        api.change_profile(user_id=user.pk, changes={"display_name": given}, now=now())

        user.refresh_from_db()
        assert user.display_name == kept

    def test_may_name_no_country(self) -> None:
        user = UserFactory(country="ES")

        api.change_profile(user_id=user.pk, changes={"country": ""}, now=now())

        user.refresh_from_db()
        assert user.country == ""

    def test_change_what_is_named_and_leave_the_rest(self) -> None:
        user = UserFactory(display_name="Ana")

        api.change_profile(
            user_id=user.pk,
            changes={"time_zone": "Europe/Madrid", "interface_language": "es"},
            now=now(),
        )

        mine = queries.profile(user.pk, roles=frozenset({"learner"}), now=now())
        assert (mine.display_name, mine.time_zone, mine.interface_language) == (
            "Ana",
            "Europe/Madrid",
            "es",
        )

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"time_zone": "Mars/Olympus"}, "unknown_time_zone"),
            ({"time_zone": ""}, "unknown_time_zone"),
            ({"interface_language": "tlh"}, "unknown_interface_language"),
            ({"country": "ZZ"}, "unknown_country"),
            ({"country": "UK"}, "unknown_country"),
            ({"country": "es"}, "unknown_country"),
            ({"display_name": ""}, "malformed_name"),
            ({"display_name": " \u2003\u200b"}, "malformed_name"),
            ({"display_name": "Ana\nAdmin"}, "malformed_name"),
            ({"display_name": "Ana\x1b[0m"}, "malformed_name"),
            ({"display_name": "Ana\ud800"}, "malformed_name"),
            ({"display_name": "Ana\u2028" + "Admin"}, "malformed_name"),
            ({"display_name": "Ana\u202enimda"}, "malformed_name"),
            ({"display_name": "\u2066Ana"}, "malformed_name"),
            ({"display_name": "\u0958" * 41}, "malformed_name"),
        ],
    )
    def test_refuse_what_nobody_knows(self, changes: dict[str, str], code: str) -> None:
        user = UserFactory()
        before = User.objects.values().get()

        with pytest.raises(DomainError) as refused:
            api.change_profile(user_id=user.pk, changes=changes, now=now())

        assert refused.value.code == code
        assert User.objects.values().get() == before
        assert not StoredEvent.objects.exists()

    @pytest.mark.parametrize(
        "field", ["is_staff", "is_superuser", "email", "password", "access_version", "id"]
    )
    def test_never_change_what_is_not_the_persons_to_change(self, field: str) -> None:
        user = UserFactory()
        before = User.objects.values().get()

        api.change_profile(user_id=user.pk, changes={field: "1"}, now=now())

        assert User.objects.values().get() == before

    def test_are_public_in_few_words(self) -> None:
        user = UserFactory(display_name="Ana")
        _say(user, native=["es"], studied={"en": "B1"})

        public = api.public_profile(user_id=user.pk)

        assert public == api.PublicProfile(
            id=user.pk,
            display_name="Ana",
            country=user.country,
            time_zone=user.time_zone,
            interface_language=user.interface_language,
            native_languages=("es",),
            studied_languages=(api.Studied(language="en", level="B1"),),
        )

    @pytest.mark.parametrize("facts", [{"is_active": False}, None])
    def test_of_the_gone_are_unknown(self, facts: dict[str, Any] | None) -> None:
        user_id = new_id() if facts is None else UserFactory(**facts).pk

        with pytest.raises(api.UnknownPerson):
            api.public_profile(user_id=user_id)


@pytest.mark.django_db
class TestRoles:
    def test_are_there_from_the_first_migration(self) -> None:
        assert set(Group.objects.values_list("name", flat=True)) == set(api.ROLES)


class TestAName:
    @pytest.mark.parametrize(
        "name",
        [
            "\u3164",
            "\u2800",
            "\u115f",
            "\u200d",
            "\U000e0041",
            "Ana\u200bBo",
            "Ana\u00ad",
            "\ufeffAna",
            "a\u200db",
        ],
    )
    def test_with_invisible_characters_is_refused(self, name: str) -> None:
        with pytest.raises(api.MalformedName):
            api.sound_name(name)

    @pytest.mark.parametrize(
        "name",
        [
            "Ana",
            "👩\u200d👩\u200d👧",
            "👩🏽\u200d💻",
            "🏳\ufe0f\u200d🌈",
            "❤\ufe0f Ana",
            "می\u200cخواهم",
            "क्\u200dष",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ],
    )
    def test_may_join_emoji_and_letters(self, name: str) -> None:
        assert api.sound_name(name) == name
