# Parvis. `make` lists what there is to do. Needs a Python from 3.11 and, the first time, the network.

SHELL := /bin/sh
LOCK := requirements/lock.txt
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.made-from-lock
SOURCES := chassis authority gateway services deploy tools tests
# more words for the command behind a target: make test ARGS="-k filing"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help env run reset test lint fmt types bench promises check-procedures load-procedures openapi \
	messages sizes layout imports lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(READY) ## make the environment in .venv from the locked versions (done once)

$(READY): $(LOCK) tools/make_environment.sh
	@sh tools/make_environment.sh $(VENV) $(LOCK)
	@touch $@

run: env ## start the whole portal on this machine, with its database and a mailbox
	@exec $(PYTHON) -m deploy.local run $(ARGS)

reset: env ## forget the data of `make run`
	@$(PYTHON) -m deploy.local reset $(ARGS)

test: env ## run every test on real PostgreSQL, Redis and Chromium
	@$(PYTHON) -m pytest --numprocesses=logical --maxprocesses=8 --dist=loadscope $(ARGS)

lint: env ## check style, types, imports, sizes, names, procedures and API descriptions
	@$(PYTHON) tools/lint.py

fmt: env ## format the code and mend what can be mended
	@$(PYTHON) -m ruff check --fix-only --quiet $(SOURCES)
	@$(PYTHON) -m ruff format $(SOURCES)

types: env ## check the types only
	@$(PYTHON) -m mypy

imports: env ## check only who imports whom
	@$(VENV)/bin/lint-imports --no-cache

sizes: env ## check only the length of files and functions
	@$(PYTHON) tools/check_sizes.py

layout: env ## check only names of modules and what features import
	@$(PYTHON) tools/check_layout.py

bench: env ## measure the portal beside bare servers on this machine
	@$(PYTHON) -m tests.benchmarks $(ARGS)

promises: env ## print each promise with the tests that prove it
	@$(PYTHON) tools/promises.py $(ARGS)

load-procedures: env ## bring the portal that runs here to what the procedure files say
	@$(PYTHON) -m deploy.local load $(ARGS)

check-procedures: env ## check the definitions of the online procedures
	@$(PYTHON) -m services.procedures check $(ARGS)

openapi: env ## write the API description of each service to docs/openapi
	@$(PYTHON) tools/openapi.py write $(ARGS)

messages: env ## bring the texts of the pages into gateway/locale, to be translated
	@$(PYTHON) tools/messages.py write

lock: env ## choose the newest versions that fit, and lock them with their hashes
	@sh tools/lock.sh $(VENV) $(LOCK) $(ARGS)

clean: ## remove the environment and what the tools keep (not the data of `make run`)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
