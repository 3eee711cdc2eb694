# Everything a person does with this checkout. Needs Python 3.11 or newer and make; all else goes into .venv.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq install
export PYTHONUTF8 := 1

.PHONY: help demo test lint format fast bench docs knowledge gate locks web clean
.DEFAULT_GOAL := help

help:
	@echo "make demo       install into .venv and code the bundled sample"
	@echo "make test       style, types, tests, doctests"
	@echo "make lint       style, types, pages         make format     lay out the code"
	@echo "make knowledge  check and compile the knowledge files, renew the pages made from them"
	@echo "make gate       the figures, against their floors"
	@echo "make docs       renew the generated pages   make bench      speed, memory, start"
	@echo "make web        build the pages of the explorer (Node 20)"
	@echo "make fast       compile the coder to machine code, as the command waqai-fast (needs a C compiler, some minutes)"
	@echo "make locks      renew requirements/*.lock   make clean      take .venv and caches away"

demo: $(VENV)/.runtime
	@$(BIN)/waqai demo
	@$(BIN)/waqai build src/waqai/sample/articles.jsonl --db $(VENV)/sample.db
	@echo "Its map, lists and evidence, in the browser: $(BIN)/waqai serve --db $(VENV)/sample.db opens http://127.0.0.1:8000/"

test: lint
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev
	@$(BIN)/ruff check -q src tests tools bench
	@$(BIN)/ruff format -q --check src tests tools bench || { echo "Run: make format" >&2; exit 1; }
	@$(BIN)/python tools/compile_knowledge.py --check
	@$(BIN)/python tools/make_docs.py --check
	@$(BIN)/mypy --no-error-summary

format: $(VENV)/.dev
	@$(BIN)/ruff check -q --fix src tests tools bench
	@$(BIN)/ruff format -q src tests tools bench

knowledge: $(VENV)/.runtime
	@$(BIN)/python tools/check_knowledge.py
	@$(BIN)/python tools/train_choice.py
	@$(BIN)/python tools/compile_knowledge.py
	@$(BIN)/python tools/make_docs.py

docs: $(VENV)/.runtime
	@$(BIN)/python tools/make_docs.py

gate: $(VENV)/.runtime
	@$(BIN)/python tests/gate/gate.py

fast: $(VENV)/.dev $(VENV)/.bench
	@$(BIN)/python tools/compile_code.py

bench: $(VENV)/.bench
	@$(BIN)/python bench/throughput.py
	@$(BIN)/python bench/startup.py
	@$(BIN)/python bench/memory.py

locks: $(VENV)/.runtime
	@$(PIP) "pip-tools>=7.4"
	@$(BIN)/python tools/make_locks.py

web: $(VENV)/.runtime
	@$(BIN)/python tools/build_web.py

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .pytest_cache build dist
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what stands in .venv; each stamp is newer than the lock it was made from

$(VENV)/.python:
	@sh tools/make_venv.sh $(VENV)
	@touch $@

$(VENV)/.runtime: requirements/build.lock requirements/runtime.lock pyproject.toml | $(VENV)/.python
	@echo "Installing Waqai into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements/build.lock
	@$(PIP) --require-hashes -r requirements/runtime.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	@echo "Installing what the tests need ..."
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.bench: requirements/bench.lock $(VENV)/.runtime
	@echo "Installing spaCy, to compare with ..."
	@$(PIP) --require-hashes -r requirements/bench.lock
	@touch $@
