.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO ?= demo
SERVED ?= served
PORT ?= 4200

export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install demo serve test check format lint types imports bench soak lock clean

help: ## Say what each target does
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "creator-metrics needs Python 3.11 or newer; say which: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

install: $(STAMP) ## Set up the environment in .venv

demo: $(STAMP) ## Write the sample inbox, run a night on it, print the tables
	$(BIN)/python -m tests.sample demo $(DEMO)

serve: $(STAMP) ## Prefect with its UI on this machine (PORT=4200), until Ctrl-C
	$(BIN)/python deployments/serve.py --port $(PORT) --folder $(SERVED)

test: $(STAMP) ## Run the tests, two at a time
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

format: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

check: format lint types imports test ## Format, lint, types, import rules and tests

bench: $(STAMP) ## Time load, marts, publication, fit, a large file and many small ones, beside bare DuckDB
	$(BIN)/python -m tests.benchmarks.run
	$(BIN)/python -m tests.benchmarks.reading
	$(BIN)/python -m tests.benchmarks.small_files
	$(BIN)/python -m tests.benchmarks.task_runners
	$(BIN)/python -m tests.benchmarks.fit

soak: $(STAMP) ## What takes long: many kills, long simulations, invariants drawn anew
	$(BIN)/python -m pytest -p no:cacheprovider --override-ini="addopts=--import-mode=importlib -q" tests/soak
	$(BIN)/python -m pytest -n 2 --dist loadfile -p no:cacheprovider --ignore=tests/deployments --hypothesis-profile=exploring

lock: $(STAMP) ## Resolve the dependencies anew into requirements.lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --extra dev pyproject.toml -o requirements.lock

clean: ## Remove the demo and the environment
	rm -rf $(DEMO) $(VENV)
