# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := samples/visit
DATA ?= ../shared/data

.DEFAULT_GOAL := help
.PHONY: help demo test test-models serve lint types contracts check bench docs lock clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/.run ## take the sample visit end to end into out/demo
	$(BIN)/medscribe scribe $(SAMPLE).ogg --reference $(SAMPLE).txt --out out/demo --print --timings

test: $(VENV)/.dev ## run all tests
	scripts/install_test_system.sh
	$(BIN)/pytest $(PYTEST_ARGS)

test-models: ## tests of the engines that need torch, in an environment of their own
	scripts/test_models.sh $(PYTHON) $(PYTEST_ARGS)

serve: $(VENV)/.run ## the transcription server on this machine
	$(BIN)/medscribe serve

lint: $(VENV)/.dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## types, strictly
	$(BIN)/mypy

contracts: $(VENV)/.dev ## which floor may import which
	$(BIN)/lint-imports

check: test lint types contracts ## what CI runs

bench: $(VENV)/.dev ## seconds of every stage on this machine
	$(BIN)/python scripts/bench.py --data $(DATA)

docs: $(VENV)/.dev ## rewrite the pages that are generated from the code
	$(BIN)/python scripts/document_settings.py

lock: $(VENV)/.uv ## renew the pinned, hashed constraints
	scripts/lock.sh $(BIN)/uv

clean: ## remove the environment and all output
	rm -rf $(VENV) .venv-models out build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Environments: uv alone first, then exactly the pinned and hashed packages, then this checkout.
$(VENV)/.uv:
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo 'MedScribe needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 ...'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/uv.txt
	touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	touch $@
