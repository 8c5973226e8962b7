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
# The tests start dozens of interpreters; compiling the modules anew costs each most of a second.
unexport PYTHONDONTWRITEBYTECODE

# Values that only look like a deployment; no server is contacted.
PRODUCTION = DJANGO_SETTINGS_MODULE=busuu.settings.production DEVELOPMENT=0 \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	DATABASE_URL=postgres://busuu@127.0.0.1/busuu ALLOWED_HOSTS=busuu.example \
	BROKER_URL=amqp://127.0.0.1// CACHE_URL=redis://127.0.0.1/0

EXTRAS := --extra payments --extra kafka --extra observability
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate -q

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run journey language-tools test lint types checks test-long test-engines test-browser test-clients test-faults test-restore fuzz bench bench-engines \
	check-licenses lock proto schemas clean venv venv-dev venv-engines

help: ## list what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# The environment. The folder of its stamps is named after the content of the locks and the place
# of the environment: after a change of a lock, or a move, there is no stamp.
LOCKS := requirements.lock requirements-dev.lock requirements-engines.lock
PLACE := $(shell cd $(VENV) 2>/dev/null && pwd -P || echo "$$(pwd -P)/$(VENV)")
STAMPS := $(VENV)/.installed-$(firstword \
	$(shell { cat $(LOCKS); echo "$(PLACE)"; } 2>/dev/null | cksum))
PIP := PIP_USER=0 $(BIN)/python -I -m pip --no-input --disable-pip-version-check --retries 3
refuse = { echo "make: $(1)" >&2; exit 1; }
# Even a Python that is too old must understand this.
TOO_OLD := import sys; sys.version_info < (3, 11) and sys.exit("make: Python %d.%d is too old, \
	3.11 or newer is needed; name another one: make run PYTHON=python3.11" % sys.version_info[:2])

venv: $(STAMPS)/requirements.lock
venv-dev: $(STAMPS)/requirements-dev.lock
venv-engines: $(STAMPS)/requirements-engines.lock

# An interrupted installation leaves no stamp. Each lock holds the pins of the ones before it.
$(STAMPS)/%: $(VENV)/.made-in | %
	@rm -rf $(VENV)/.installed-*
	@reason=$$(mkdir $(STAMPS) 2>&1) || $(call refuse,cannot write in $(PLACE): $${reason##*: })
	@echo "Installing $$(grep -c == $*) packages of $*"
	@$(PIP) install --quiet --require-hashes -r $* || $(call refuse,pip could not install $* \
	(exit $$?): is there a network and a package index?)
	@for lock in $(LOCKS); do touch $(STAMPS)/$$lock; [ $$lock != $* ] || break; done

# The scripts of an environment that was moved do not start, so it is made again. An environment
# without a note was made by hand, or interrupted: it is completed.
ifneq ($(shell [ -x $(BIN)/python ] && cat $(VENV)/.made-in 2>/dev/null),$(PLACE))
.PHONY: $(VENV)/.made-in
endif
$(VENV)/.made-in:
	@$(PYTHON) -c '$(TOO_OLD)'
	@for module in venv ensurepip; do $(PYTHON) -c "import $$module" 2>/dev/null || $(call refuse,this \
	Python has no $$module; on Debian and Ubuntu: apt-get install python3-venv); done
	@reason=$$(mkdir -p $(VENV) 2>&1) || $(call refuse,cannot write in $(dir $(PLACE)): $${reason##*: })
	@[ -e $(VENV)/pyvenv.cfg ] || [ -z "$$(ls -A $(VENV))" ] || \
	$(call refuse,$(PLACE) is in the way: it is no virtual environment)
	@echo "Making the virtual environment with $$($(PYTHON) --version)"
	@[ ! -e $@ ] || rm -rf $(BIN) $(VENV)/lib $(VENV)/include $@
	@$(PYTHON) -I -m venv $(VENV)
	@echo "$(PLACE)" > $@

run: venv ## everything on http://127.0.0.1:8000 (PORT changes it); Ctrl-C stops it
	@exec $(MANAGE) serve

journey: venv ## walk through the running server as a learner would
	@exec $(MANAGE) journey

language-tools: venv ## install dictionaries for every language that has a course
	@$(MANAGE) language_tools --install

test: venv-dev lint types checks ## every check and test, on the embedded database
	@echo "Testing: unit, integration, functional, architecture"
	@$(BIN)/python -m pytest -n 2 $(TESTS) $(PYTEST_ARGS)

lint: venv-dev ## style, formatting, import contracts
	@echo "Checking style"
	@$(BIN)/ruff check --quiet . docker/healthy
	@echo "Checking formatting"
	@$(BIN)/ruff format --quiet --check . docker/healthy
	@echo "Checking translations"
	@$(MANAGE) translations
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

# The servers keep running only if they ran before.
test-engines: venv ## the suite on PostgreSQL + RabbitMQ, on MariaDB + Redis, and the journeys over all
	@trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(ENGINES) status >/dev/null 2>&1 || trap '$(ENGINES) down >/dev/null' EXIT; \
	$(ENGINES) up && \
	$(MAKE) --no-print-directory venv-engines && \
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

# The tools come into var/clients. A tool that cannot be fetched is named and skipped.
test-clients: venv ## lint the schemas; generated clients in five languages take a lesson
	@echo "Testing: generated clients"
	@$(BIN)/python -m tests.clients $(CLIENTS)

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
	if [ -z "$$(command -v nginx)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then echo "Installing nginx" && DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 \
	install -y --no-install-recommends nginx-light >/dev/null || true; fi; \
	$(ENGINES) up && \
	$(MAKE) --no-print-directory venv-engines && \
	servers="$$($(ENGINES) env)" && eval "$$servers" && \
	echo "Testing: faults" && \
	$(BIN)/python -m pytest -v tests/faults $(PYTEST_ARGS)

test-restore: venv ## restore a dump and a point in time, and check what came back
	@$(ENGINES) status >/dev/null 2>&1 || trap '$(ENGINES) down >/dev/null' EXIT; \
	$(ENGINES) up && \
	$(MAKE) --no-print-directory venv-engines && \
	echo "Testing: backups" && \
	$(BIN)/python -m pytest -v tests/faults/test_restoring.py $(PYTEST_ARGS)

fuzz: venv-dev ## schemathesis against our own OpenAPI, the long run
	@echo "Fuzzing the API"
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-500} $(BIN)/python -m pytest tests/integration/fuzz $(PYTEST_ARGS)

bench: venv-dev ## benchmarks, ratios within one run
	@if [ -n "$$REDIS_URL" ] || $(ENGINES) status >/dev/null 2>&1; \
	then $(MAKE) --no-print-directory venv-engines; fi
	@$(BIN)/python -m tests.benchmarks

# LEARNERS="1000 100000" and BACKLOG=200000 are smaller scales, BENCH_ARGS=dispatch one part of it.
bench-engines: venv ## endpoints among a million learners, and the pipeline, on real engines
	@$(ENGINES) up && \
	$(MAKE) --no-print-directory venv-engines && \
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
