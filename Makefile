# Docket. `make` lists what can be made; all of it needs Python 3.11 or newer, and nothing else.

PYTHON ?= python3
BIN := .venv/bin
UNSAFE := sanitize=False|\bhtml=True|v-html|options-html|html_columns
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run demo test test-long faults check lint format bench bench-edges bench-pages bench-moving screenshots icons fuzz mutants lock browser clean

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: .venv/running ## start Docket at http://localhost:8080
	@$(BIN)/python main.py run

demo: .venv/running ## start it with a sample agency, in a folder of its own
	@$(BIN)/python main.py demo

test: .venv/developing browser ## all tests: SQLite, PostgreSQL and the browser
	@$(BIN)/python -m pytest

test-long: .venv/developing browser ## the tests of large files with one of a gigabyte, and what memory it took
	@LARGE_FILE_BYTES=1000000000 $(BIN)/python -m pytest -n0 -s tests/browser/test_large_files.py

faults: .venv/developing browser ## make every fault of docs/reliability.md for real, and often (some minutes)
	@FAULTS=long $(BIN)/python -m pytest tests/faults tests/workflow/mail/test_letters_survive.py tests/browser/test_away.py tests/browser/test_shifting.py

check: lint test ## what "green" means: lint, then test

lint: .venv/developing ## format, lint, types, who imports whom, sizes, migrations
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@! grep -rnE --include='*.py' '$(UNSAFE)' pages || { echo "Unsafe HTML: see above."; exit 1; }
	@$(BIN)/python tests/props.py
	@$(BIN)/pyright
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python tests/measures.py
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
		export DOCKET_DATA_DIR="$$scratch" DOCKET_DATABASE_URL="sqlite:///$$scratch/check.db" && \
		$(BIN)/python -m alembic upgrade head && $(BIN)/python -m alembic check

format: .venv/developing ## put the code into shape
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

bench: .venv/developing browser ## measure: latency, throughput, pages
	@$(BIN)/python -m benchmarks

bench-edges: .venv/developing ## measure: what guesses and floods do to others, and how soon access ends
	@$(BIN)/python -m benchmarks.edges
	@$(BIN)/python -m benchmarks.endings

bench-pages: .venv/developing ## measure 500 open pages: how soon, how much of a core, how much memory (some minutes)
	@$(BIN)/python -m benchmarks.pages

bench-moving: .venv/developing ## measure a move of 100,000 orders to PostgreSQL and back (some minutes)
	@$(BIN)/python -m benchmarks.moving

screenshots: .venv/developing browser ## take the README's pictures anew, and every page in build/screenshots (some minutes)
	@PYTHONPATH=. $(BIN)/python tests/browser/screenshots.py

fuzz: .venv/developing ## fuzz the API with schemathesis, in each role's name (some minutes each; ROLE=client: one)
	@$(BIN)/python -m tests.api.fuzz $(ROLE)

mutants: .venv/developing ## change the rules by a little, one at a time; a test must notice (hours; AREA=orders SAMPLE=100: fewer)
	@AREA=$(AREA) SAMPLE=$(SAMPLE) SEED=$(SEED) $(BIN)/python -m tests.mutants

icons: .venv/developing browser ## draw the font of icons anew, from what pages show, and the app's from the logo
	@$(BIN)/uv run --quiet --no-project --with brotli --with fonttools --with nicegui python assets/icons.py
	@PYTHONPATH=. $(BIN)/python assets/app_icons.py

lock: .venv/developing ## pin what pyproject.toml asks for (UPGRADE=1: at its newest)
	@$(LOCK) pyproject.toml --output-file requirements.txt
	@$(LOCK) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt

browser: .venv/developing
	@.ci/browser

clean: ## remove what was made, but never data/
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps in one environment: what running needs, and what developing needs on top.

.venv/running: requirements.txt | .venv/bin/pip
	@echo "Installing what Docket needs into .venv (once, about half a minute) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/developing: requirements-dev.txt | .venv/bin/pip
	@echo "Installing what developing needs into .venv (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch .venv/running $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Docket needs Python 3.11 or newer; name one: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
