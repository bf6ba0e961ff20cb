# Consult. `make help` lists what can be done. Works with GNU make 3.81 and later.

VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= auto
SHELL := /bin/sh

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long check bench

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make a virtual environment and install everything, each package by its hash

$(BIN)/python:
	@for name in python3 python3.13 python3.12 python3.11; do \
	  if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then echo "making $(VENV) with $$name"; exec $$name -m venv $(VENV); fi; done; \
	echo "Python 3.11 or later with venv is needed (on Debian: apt-get install python3-venv)" >&2; \
	exit 1

$(RUNS): requirements.lock | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	@$(BIN)/python -c "from consult_app import language; language.load()"
	@touch $(RUNS)

$(STAMP): requirements-dev.lock pyproject.toml | $(RUNS)
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(RUNS) ## run an invented authority on http://127.0.0.1:8000 and print the addresses to open
	CONSULT_ENV=demo $(BIN)/python -m consult_app demo start

test: setup ## every test but the long ones, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -q -n $(WORKERS) --maxprocesses 8 --dist worksteal

test-long: setup ## the tests that take minutes
	$(BIN)/python -m pytest -q -m long -n 0

check: setup ## style, types, import contracts, words in every language
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	CONSULT_ENV=test $(BIN)/consult languages check

bench: setup ## requests a second on this machine, each beside a bare baseline
	PYTHONWARNINGS=ignore $(BIN)/python -m tests.bench.run
