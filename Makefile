PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
ENGINES := $(PYTHON) docker/engines
TESTS := tests/unit tests/integration tests/functional tests/architecture
ENGINE_TESTS := tests/integration tests/functional tests/architecture
APART_TESTS := tests/functional $(addprefix tests/integration/messaging/test_,delivering.py \
	failing.py outside.py subscribers.py upkeep.py admin.py)
PYTEST_ARGS ?=
BOOTSTRAP = @$(PYTHON) busuu/bootstrap.py --venv $(VENV) --lock

# Values that only have to look like a deployment; nothing is connected to.
PRODUCTION = DJANGO_SETTINGS_MODULE=busuu.settings.production DEVELOPMENT=0 \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	DATABASE_URL=postgres://busuu@127.0.0.1/busuu ALLOWED_HOSTS=busuu.example \
	BROKER_URL=amqp://127.0.0.1// CACHE_URL=redis://127.0.0.1/0

EXTRAS := --extra payments --extra kafka --extra observability
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate -q

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run journey test lint types checks test-long test-engines test-browser test-faults fuzz bench bench-engines \
	check-licenses lock proto schemas clean venv venv-dev venv-engines

help: ## list what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

venv:
	$(BOOTSTRAP) requirements.lock

venv-dev:
	$(BOOTSTRAP) requirements-dev.lock

venv-engines:
	$(BOOTSTRAP) requirements-engines.lock

run: venv ## everything on http://127.0.0.1:8000 (PORT changes it); Ctrl-C stops it
	@exec $(MANAGE) serve

journey: venv ## walk through the running server as a learner would
	@exec $(MANAGE) journey

test: venv-dev lint types checks ## every check and test, on the embedded database
	@echo "Testing: unit, integration, functional, architecture"
	@$(BIN)/python -m pytest -n 2 $(TESTS) $(PYTEST_ARGS)

lint: venv-dev ## style, formatting, import contracts
	@echo "Checking style"
	@$(BIN)/ruff check --quiet . docker/healthy
	@echo "Checking formatting"
	@$(BIN)/ruff format --quiet --check . docker/healthy
	@echo "Checking import contracts"
	@$(BIN)/lint-imports

types: venv-dev ## mypy, strict
	@echo "Checking types"
	@$(BIN)/mypy

checks: venv-dev
	@echo "Checking that every model change has its migration"
	@$(MANAGE) makemigrations --check --dry-run
	@echo "Checking the committed schemas"
	@$(MANAGE) schemas --check
	@echo "Checking the compiled messages of the public stream"
	@$(MANAGE) protos --check
	@echo "Checking the production settings"
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

test-long: venv-dev ## five hundred histories of money, five thousand rule sets of hours
	@echo "Testing: many histories and rule sets"
	@HISTORIES=500 RULE_SETS=5000 $(BIN)/python -m pytest -n 2 \
	tests/integration/billing/test_histories.py tests/unit/tutoring/test_slots_oracle.py $(PYTEST_ARGS)

# The servers are left running only where they were running before.
test-engines: venv ## the suite on PostgreSQL + RabbitMQ, on MariaDB + Redis, and the journeys over all
	@trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(ENGINES) status >/dev/null 2>&1 || trap '$(ENGINES) down >/dev/null' EXIT; \
	$(ENGINES) up && \
	$(PYTHON) busuu/bootstrap.py --venv $(VENV) --lock requirements-engines.lock && \
	servers="$$($(ENGINES) env)" && eval "$$servers" && failed=0 && \
	echo "Testing on PostgreSQL and RabbitMQ" && \
	{ DATABASE_URL="$$POSTGRESQL_URL" BROKER_URL="$$RABBITMQ_URL" \
	$(BIN)/python -m pytest -n 2 $(ENGINE_TESTS) $(PYTEST_ARGS) || failed=1; } && \
	echo "Testing on MariaDB and Redis" && \
	{ DATABASE_URL="$$MARIADB_URL" BROKER_URL="$$REDIS_URL" CACHE_URL="$$REDIS_URL" \
	$(BIN)/python -m pytest -n 2 $(ENGINE_TESTS) $(PYTEST_ARGS) || failed=1; } && \
	echo "Testing with contexts on SQLite, PostgreSQL and MariaDB at once" && \
	{ DATABASE_URL_BILLING="$$POSTGRESQL_URL" BROKER_URL="$$RABBITMQ_URL" \
	DATABASE_URL_COURSES="$$MARIADB_URL" DATABASE_URL_COMMUNITY="$$MARIADB_URL" \
	$(BIN)/python -m pytest -n 2 $(APART_TESTS) $(PYTEST_ARGS) || failed=1; } && \
	exit $$failed

test-browser: venv-dev ## the pages in a real Chromium
	@if [ -z "$$(command -v chromium)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then echo "Installing chromium" && apt-get -q update && \
	DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 install -y \
	--no-install-recommends chromium fonts-dejavu-core; fi
	@echo "Testing: pages in Chromium"
	@$(BIN)/python -m pytest tests/browser $(PYTEST_ARGS)

test-faults: venv ## kills, lost brokers, lost answers and races over real processes and servers
	@trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(ENGINES) status >/dev/null 2>&1 || trap '$(ENGINES) down >/dev/null' EXIT; \
	$(ENGINES) up && \
	$(PYTHON) busuu/bootstrap.py --venv $(VENV) --lock requirements-engines.lock && \
	servers="$$($(ENGINES) env)" && eval "$$servers" && \
	echo "Testing: faults" && \
	$(BIN)/python -m pytest -v tests/faults $(PYTEST_ARGS)

fuzz: venv-dev ## schemathesis against our own OpenAPI, the long run
	@echo "Fuzzing the API"
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-500} $(BIN)/python -m pytest tests/integration/fuzz $(PYTEST_ARGS)

bench: venv-dev ## benchmarks, ratios within one run
	@$(BIN)/python -m tests.benchmarks

# LEARNERS="1000 100000" and BACKLOG=200000 are smaller scales, BENCH_ARGS=dispatch one part of it.
bench-engines: venv ## endpoints among a million learners, and the pipeline, on real engines
	@$(ENGINES) up && \
	$(PYTHON) busuu/bootstrap.py --venv $(VENV) --lock requirements-engines.lock && \
	servers="$$($(ENGINES) env)" && eval "$$servers" && \
	$(BIN)/python -m tests.benchmarks.load $(BENCH_ARGS)

check-licenses: venv-dev ## the licenses of everything that ships
	@$(BIN)/python -m pytest -q tests/architecture/test_licenses.py

lock: venv-dev ## renew the hashed locks from pyproject.toml
	@echo "Locking"
	@$(COMPILE) $(LOCK_ARGS) -o requirements.lock
	@$(COMPILE) $(LOCK_ARGS) --group dev $(EXTRAS) -c requirements.lock -o requirements-dev.lock
	@$(COMPILE) $(LOCK_ARGS) --group dev $(EXTRAS) --extra mysql --extra redis \
	-c requirements-dev.lock -o requirements-engines.lock
	@$(COMPILE) $(LOCK_ARGS) $(EXTRAS) --extra mysql --extra redis \
	-c requirements-engines.lock -o requirements-mariadb.lock
	@$(COMPILE) $(LOCK_ARGS) $(EXTRAS) --extra redis \
	-c requirements-mariadb.lock -o requirements-production.lock

proto: venv-dev ## compile contexts/*/proto/events.proto
	@$(MANAGE) protos --write

schemas: venv-dev ## regenerate the committed OpenAPI, GraphQL and event schemas
	@$(MANAGE) schemas --write

clean: ## remove the environment, caches and the private servers; keep the data in var/
	@if [ -e var/engines/state.json ]; then $(ENGINES) down --purge; fi
	@rm -rf $(VENV) staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	.import_linter_cache .schemathesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
