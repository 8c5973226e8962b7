"""A wrong setting is refused in one line that names the variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from busuu.settings.brokers import broker_url
from busuu.settings.caches import cache
from busuu.settings.databases import Databases, database, databases
from busuu.settings.environment import Environment
from tests.integration.ops.deployed import DEPLOYMENT, python

OWN, REPLICA, OTHER = (f"postgres://me@{host}/name" for host in ("own", "replica", "other"))


def _environment(**variables: str) -> Environment:
    env = Environment()
    env.ENVIRON = variables
    return env


def _databases(**variables: str) -> Databases:
    return databases(_environment(**variables), default="sqlite:///file")


class TestTheBroker:
    @pytest.mark.parametrize(
        "url",
        ["amqp://me@host//", "amqps://host//", "redis://host/0", "rediss://host/0", "memory://"],
    )
    def test_may_be_one_of_ours(self, url: str) -> None:
        assert broker_url(url) == url

    @pytest.mark.parametrize(
        "url", ["foo://host", "localhost:5672", "amqp:host", "amqp://host//;foo://host"]
    )
    def test_may_be_no_other(self, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^BROKER_URL must be one of amqp://"):
            broker_url(url)


class TestADatabase:
    @pytest.mark.parametrize(
        "url", ["postgrse://me:secret@host/name", "localhost", "postgres://me:secret@host:x/name"]
    )
    @pytest.mark.parametrize(
        "variable", ["DATABASE_URL", "DATABASE_URL_COURSES", "DATABASE_REPLICA_URL"]
    )
    @pytest.mark.filterwarnings("error")
    def test_that_is_misspelt_is_refused(self, variable: str, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=f"^{variable} must be postgres://") as said:
            _databases(**{variable: url})

        assert "secret" not in str(said.value)

    @pytest.mark.parametrize(
        ("query", "seconds"), [("", 600), ("?conn_max_age=0", 0), ("?conn_max_age=30", 30)]
    )
    def test_keeps_its_connections_as_long_as_its_address_says(
        self, query: str, seconds: int
    ) -> None:
        assert database(f"{OWN}{query}")["CONN_MAX_AGE"] == seconds

    @pytest.mark.parametrize("age", ["soon", "-1"])
    def test_keeps_its_connections_for_a_number_of_seconds(self, age: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL: conn_max_age must be"):
            database(f"{OWN}?conn_max_age={age}")


class TestAReplica:
    def test_may_be_named_for_each_context_that_shares_the_database(self) -> None:
        own = {"DATABASE_URL_COURSES": OWN, "DATABASE_URL_COMMUNITY": OWN}

        found = _databases(**own, DATABASE_REPLICA_URL_COMMUNITY=REPLICA)

        assert found.replicas == {"courses": "courses_replica"}
        assert found.configured["courses_replica"]["HOST"] == "replica"

    def test_of_a_context_without_a_database_of_its_own_is_refused(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="courses has no database of its own"):
            _databases(DATABASE_REPLICA_URL_COURSES=REPLICA, DATABASE_REPLICA_URL=REPLICA)

    def test_is_the_only_one_of_its_database(self) -> None:
        own = {"DATABASE_URL_COURSES": OWN, "DATABASE_URL_BILLING": OWN}
        two = {"DATABASE_REPLICA_URL_COURSES": REPLICA, "DATABASE_REPLICA_URL_BILLING": OTHER}

        with pytest.raises(ImproperlyConfigured, match="are replicas of one database"):
            _databases(**own, **two)


class TestAVariable:
    @pytest.mark.parametrize("value", ["x", "", "0", "-5"])
    def test_that_must_be_a_number_above_0_is_refused(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^RESEND"):
            _environment(RESEND=value).at_least("RESEND", 1, default=60)

    def test_that_is_not_set_has_its_default(self) -> None:
        assert _environment().at_least("RESEND", 1, default=60) == 60
        assert _environment().json_object("OPTIONS") == {}

    @pytest.mark.parametrize("value", ["[1]", "1", "{", "nothing"])
    def test_that_must_be_an_object_is_refused(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^OPTIONS"):
            _environment(OPTIONS=value).json_object("OPTIONS")

    def test_that_names_no_cache_is_refused(self) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^CACHE_URL: "):
            cache("foo://host")


class TestADeployment:
    @pytest.mark.parametrize(
        ("variable", "value", "said"),
        [
            ("SECRET_KEY", "x" * 49, "SECRET_KEY must have 50 characters or more"),
            ("MESSAGING_RESEND_AFTER", "0", "MESSAGING_RESEND_AFTER must be 1 or more"),
            ("STREAM_LEASE", "0", "STREAM_LEASE must be 1 or more"),
            ("READ_YOUR_WRITES_SECONDS", "-1", "READ_YOUR_WRITES_SECONDS must be 0 or more"),
            ("CONCURRENT_PASSWORD_HASHES", "0", "CONCURRENT_PASSWORD_HASHES must be 1 or more"),
            ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be 0 or more"),
            ("KAFKA_OPTIONS", "[1]", "KAFKA_OPTIONS must be a JSON object"),
        ],
    )
    def test_is_told_in_one_line(self, variable: str, value: str, said: str) -> None:
        checked = python("manage.py", "check", **{variable: value})

        assert (checked.returncode, checked.stderr) == (1, f"{said}\n")

    def test_is_told_that_its_connections_do_not_last(self) -> None:
        checked = python(
            "manage.py", "check", DATABASE_URL=f"{DEPLOYMENT['DATABASE_URL']}?conn_max_age=0"
        )

        assert checked.returncode == 1
        assert "(busuu.E016) default: CONN_MAX_AGE is 0" in checked.stderr

    def test_is_told_which_database_is_away(self) -> None:
        checked = python("manage.py", "migrate_all")

        assert checked.returncode == 1
        assert checked.stderr.startswith("CommandError: default: ")
        assert "refused" in checked.stderr
        assert len(checked.stderr.splitlines()) == 1
