"""The image and the composition, checked without running them."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from busuu.celery import CONTEXT_QUEUES, DEFAULT_QUEUE
from busuu.settings.databases import CONTEXTS

DOCKER = Path(__file__).parents[2] / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = YAML(typ="safe").load((DOCKER / "compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {"migrate", "web", "streams", "worker", "beat", "streamer"}


SETTINGS = DOCKER.parent / "busuu/settings"
REQUIRED = {
    "SECRET_KEY",
    "JWT_KEYS",
    "ALLOWED_HOSTS",
    "PUBLIC_URL",
    "STREAMS_URL",
    "EMAIL_HOST",
    "DEFAULT_FROM_EMAIL",
    "POSTGRES_PASSWORD",
    "RABBITMQ_PASSWORD",
    "REDIS_PASSWORD",
    "TLS_CHAIN_FILE",
    "TLS_PRIVATE_FILE",
}
# The composition makes these from passwords.
COMPOSED = {"DATABASE_URL", "BROKER_URL", "CACHE_URL"}
# Settings of a development machine, and a folder that processes of one machine share.
NOT_PASSED_ON = {"DEBUG", "PORT", "VAR_DIR", "PROMETHEUS_MULTIPROC_DIR"}


def documented() -> set[str]:
    """Return the variables of the table in docs/operations.md, with each context's own."""
    text = (DOCKER.parent / "docs/operations.md").read_text()
    rows = re.findall(r"^\| (`[A-Z].*?) \|", text.partition("| variable |")[2], re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`([A-Z0-9_<>]+)`", row)]
    return {
        name.replace("<CONTEXT>", context.upper())
        for name in names
        for context in (CONTEXTS if "<CONTEXT>" in name else CONTEXTS[:1])
    }


def example() -> dict[str, str]:
    lines = (DOCKER / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def environment_values() -> list[tuple[str, str]]:
    return [
        (key, str(value))
        for service in SERVICES.values()
        for key, value in service.get("environment", {}).items()
    ]


def instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name}\s+(.+)$", joined, flags=re.MULTILINE)


def _in_profile(profile: str) -> set[str]:
    return {name for name, one in SERVICES.items() if profile in one.get("profiles", [])}


class TestComposition:
    def test_has_the_engines_and_every_process(self) -> None:
        assert (
            set(SERVICES) == {"postgresql", "mariadb", "rabbitmq", "redis", "kafka", "proxy"} | OURS
        )

    @pytest.mark.parametrize("name", sorted(SERVICES))
    def test_pins_each_image_by_a_tag(self, name: str) -> None:
        tag = SERVICES[name]["image"].partition(":")[2]

        assert re.match(r"\d", tag), SERVICES[name]["image"]

    @pytest.mark.parametrize(("key", "value"), environment_values())
    def test_holds_no_secret_itself(self, key: str, value: str) -> None:
        secret = re.search(r"SECRET|PASS|KEYS?\b|AUTH|TOKEN", key)
        in_address = re.search(r"://[^:/]*:(?!\$\{)[^@]+@", value)

        assert in_address is None
        assert not secret or re.fullmatch(r"\$\{\w+:[?-]\}", value)

    def test_needs_only_variables_of_the_example(self) -> None:
        text = (DOCKER / "compose.yml").read_text()

        assert set(re.findall(r"\$\{(\w+)", text)) == set(example())

    def test_has_an_example_without_secrets(self) -> None:
        secret = {
            key: value
            for key, value in example().items()
            if re.search(r"SECRET|PASSWORD$|KEYS?$|TOKEN", key)
        }

        assert set(secret.values()) == {""}
        assert len(secret) == 13
        assert example()["EMAIL_HOST"] == ""

    def test_stops_without_a_setting_that_every_deployment_needs(self) -> None:
        text = (DOCKER / "compose.yml").read_text()

        assert set(re.findall(r"\$\{(\w+):\?\}", text)) == REQUIRED

    @pytest.mark.parametrize("name", sorted(documented() - NOT_PASSED_ON))
    def test_passes_on_every_setting_that_is_documented(self, name: str) -> None:
        environment = COMPOSE["x-busuu"]["environment"]

        assert name in environment
        if name not in COMPOSED:
            assert re.fullmatch(rf"\$\{{{name}:(\?|-.*)\}}", environment[name])

    def test_gives_our_processes_nothing_that_is_not_documented(self) -> None:
        assert set(COMPOSE["x-busuu"]["environment"]) == documented() - NOT_PASSED_ON
        assert documented() > NOT_PASSED_ON

    def test_can_give_every_setting_that_is_read(self) -> None:
        settings = "".join(path.read_text() for path in SETTINGS.glob("*.py"))

        assert set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings)) <= documented()

    @pytest.mark.parametrize("name", sorted(OURS))
    def test_gives_our_processes_no_more_than_they_need(self, name: str) -> None:
        service = SERVICES[name]

        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "privileged" not in service
        assert service.get("user", "busuu") == "busuu"

    def test_publishes_the_proxy_alone(self) -> None:
        published = {name: one["ports"] for name, one in SERVICES.items() if "ports" in one}

        assert published == {"proxy": ["80:80", "443:443"]}

    def test_gives_the_proxy_every_value_of_its_template(self) -> None:
        template = (DOCKER / "proxy.conf.template").read_text()

        assert set(re.findall(r"\$\{(\w+)\}", template)) == set(SERVICES["proxy"]["environment"])

    @pytest.mark.parametrize("name", sorted(OURS - {"migrate"}))
    def test_starts_our_processes_on_a_migrated_database(self, name: str) -> None:
        condition = SERVICES[name]["depends_on"]["migrate"]["condition"]

        assert condition == "service_completed_successfully"

    def test_migrates_when_every_database_that_is_asked_for_is_ready(self) -> None:
        assert SERVICES["migrate"]["depends_on"] == {
            "postgresql": {"condition": "service_healthy"},
            "mariadb": {"condition": "service_healthy", "required": False},
        }

    @pytest.mark.parametrize("name", sorted(set(SERVICES) - OURS))
    def test_knows_when_an_engine_is_ready(self, name: str) -> None:
        assert "test" in SERVICES[name]["healthcheck"]

    def test_starts_the_public_stream_only_on_request(self) -> None:
        assert _in_profile("stream") == {"kafka", "streamer"}
        assert example()["KAFKA_URL"] == ""

    def test_starts_a_second_kind_of_database_only_on_request(self) -> None:
        assert _in_profile("mariadb") == {"mariadb"}
        assert {example()[name] for name in example() if name.startswith("DATABASE_URL_")} == {""}

    def test_has_a_worker_for_every_queue(self) -> None:
        command = SERVICES["worker"]["command"]

        assert set(command[command.index("-Q") + 1].split(",")) == {*CONTEXT_QUEUES, DEFAULT_QUEUE}


class TestImage:
    def test_is_built_in_two_stages_on_a_pinned_slim_base(self) -> None:
        assert instructions("FROM") == [
            "python:3.11-slim-bookworm AS builder",
            "python:3.11-slim-bookworm",
        ]

    def test_does_not_run_as_root(self) -> None:
        assert instructions("USER") == ["busuu"]
        assert DOCKERFILE.index("USER busuu") < DOCKERFILE.index("\nCMD ")

    def test_takes_nothing_unchecked_from_the_network(self) -> None:
        assert instructions("ADD") == []
        assert not re.search(r"\b(curl|wget)\b", DOCKERFILE)
        installs = [line for line in instructions("RUN") if "pip install" in line]
        assert len(installs) == 1
        assert "--require-hashes" in installs[0]

    def test_has_a_client_for_mariadb_only_on_request(self) -> None:
        assert instructions("ARG") == ["LOCK=production"] * 2
        assert example()["LOCK"] == "production"
        assert COMPOSE["x-busuu"]["build"]["args"] == {"LOCK": "${LOCK:-production}"}
        lines = [line for line in instructions("RUN") if re.search("mysql|mariadb", line)]
        assert len(lines) == 2
        assert all('[ "$LOCK" != mariadb ] ||' in line for line in lines)

    def test_says_whether_it_is_healthy(self) -> None:
        assert "docker/healthy" in instructions("HEALTHCHECK")[0]

    def test_copies_only_what_is_there_and_sent_to_the_build(self) -> None:
        sent = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
        copied = [line for line in instructions("COPY") if not line.startswith("--from")]
        own = [path for line in copied for path in line.split()[:-1]]

        assert sent[0] == "*"
        assert {f"!{path}" for path in own} == {line for line in sent if line.startswith("!")}
        assert all((DOCKER.parent / path).exists() for path in own)

    def test_holds_no_secret(self) -> None:
        assert not re.search(r"(SECRET|PASSWORD|TOKEN)\w*=(?!unused-while-building)", DOCKERFILE)
