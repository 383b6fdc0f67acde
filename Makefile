# make demo    set up, then the main job on the shipped samples
# make test    set up, then everything that must hold: format, lint, types, tests
# make help    the other targets
#
# Needs Python 3.11 or later and make; all else goes into .venv. Another Python: make PYTHON=/path/to/python test

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.ready-run
DEV := $(VENV)/.ready-dev
BROWSER := $(VENV)/.ready-browser
EVAL ?= ../shared/eval

# The first Python on the PATH that runs and is new enough; a name can be there and still not run.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python3.14 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$name"; break; }; done)

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --fork-strategy fewest \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help demo test check format coverage browser tools eval lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      set up, then the main job on the shipped samples"
	@echo "make test      set up, then ruff, mypy and pytest: all that must hold before a change is handed in"
	@echo "make check     the same as make test"
	@echo "make format    lay the code out as ruff wants it"
	@echo "make coverage  the tests, and the lines they do not reach"
	@echo "make browser   the lineage page and the summary in a headless Chromium (installed beforehand)"
	@echo "make tools     the readers that use LibreOffice and tesseract (installed beforehand)"
	@echo "make eval      measure on the labelled reports of $(EVAL), rule by rule; SAVE=1 keeps the figures"
	@echo "make lock      work out requirements*.lock anew"
	@echo "make clean     remove what set-up and runs have made, .venv too"

demo: $(RUN)
	$(BIN)/thongsuot demo

test: check

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

coverage: $(DEV)
	$(BIN)/pytest --cov

browser: $(BROWSER)
	THONGSUOT_REQUIRE_BROWSER=1 $(BIN)/pytest -m browser

tools: $(DEV)
	THONGSUOT_REQUIRE_TOOLS=1 $(BIN)/pytest -m tools

eval: $(RUN)
	$(BIN)/python -m benchmarks.accuracy --gold "$(EVAL)" $(if $(SAVE),--save) $(ARGS)

# ---- set-up: done once, and again when a lock or pyproject.toml changes ----

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "No Python 3.11 or later found. Install one (Debian: apt install python3 python3-venv) or say: make PYTHON=/path/to/python"; \
		exit 1; fi
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); this happens once."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment (Debian: apt install python3-venv)"; exit 1; }

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(BROWSER): requirements-browser.lock $(DEV)
	$(PIP) --require-hashes -r requirements-browser.lock
	@touch $@

# ---- the locks: every platform, Python 3.11 and later, hashes, wheels only ----

lock: | $(BIN)/python
	@$(BIN)/uv --version >/dev/null 2>&1 || $(PIP) uv
	echo "setuptools>=77" | $(LOCK) pyproject.toml - --output-file requirements.lock
	$(LOCK) pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) pyproject.toml --extra dev --extra browser --constraint requirements-dev.lock \
		--output-file requirements-browser.lock
	@! grep -n "http" requirements*.lock || { echo "a lock names a host: see the lines above"; exit 1; }

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
