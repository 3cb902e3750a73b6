# Two commands do all the set-up: `make brief` and `make test`.
PYTHON ?= python3
EXTRAS ?= test,docs
VENV := .venv
BIN := $(VENV)/bin
export PIP_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: brief test lint types tests docs slow bench clean

brief: $(VENV)/.run
	$(BIN)/comity brief JPN NATO --case japan-nato -o brief.html
	@echo "Open brief.html in a browser."

test: lint types tests docs

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

docs: $(VENV)/.test
	$(BIN)/sphinx-build -q -W --keep-going -E -b html docs docs/_build/html

tests: $(VENV)/.test
	$(BIN)/pytest -q -n 2

slow: $(VENV)/.test
	$(BIN)/pytest -q -n 2 -m slow

bench: $(VENV)/.test
	$(BIN)/python -m compileall -q src
	$(BIN)/python benchmarks/start_up.py
	@echo "The others take files or minutes; each says at its top how to run it: benchmarks/*.py"

$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("comity needs Python 3.11 or newer; try: make PYTHON=python3.11 brief" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q src  # as an installed package is; otherwise the first runs do it
	@touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --editable ".[$(EXTRAS)]"
	@touch $@

clean:
	rm -rf $(VENV) brief.html docs/_build docs/reference/generated
