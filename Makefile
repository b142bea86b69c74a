# What one does with kara-tui from a checkout. `make` alone prints the list.
# Needs make and Python 3.11 or newer, nothing else: `make test PYTHON=python3.12` chooses one.

VENV ?= .venv
DIST ?= dist
# One more than two processors: a test in a terminal waits for half of its time.
JOBS ?= 3
RUNS ?= 15
SECONDS ?= 300
PAIRS ?= 10000
MODULES ?=
ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# The stamps lie inside the environment, so that they go when it goes.
RUN := $(VENV)/.has-run
TEST := $(VENV)/.has-test
FUZZER := $(VENV)/.has-fuzz
MUTATOR := $(VENV)/.has-mutants
LOCKER := build/lock-venv/.has-lock
CONTENDERS := build/bench-venv/.has-bench
# Programs that the wizard is measured beside, each in an environment of its own.
PROGRAMS := posting harlequin toolong

BENCH_PYTHON := $(abspath build/bench-venv)/bin/python
BENCHES := bench-month bench-wizard bench-ledger bench-reading bench-pollock

.DEFAULT_GOAL := help
.PHONY: help demo run test test-long check check-privacy crash bench fuzz mutants docs lock wheel clean $(BENCHES)

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(RUN) ## bill a sample month: a PDF, its annex and a mail draft in demo/
	@rm -rf demo
	@KARA_TUI_HOME=demo/home $(BIN)/kara-tui --demo --no-tui --out demo

run: $(RUN) ## open kara-tui; ARGS="--paid payments.csv" passes arguments on
	@$(BIN)/kara-tui $(ARGS)

test: check ## check everything, then run all tests (JOBS=3 at a time)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

test-long: check ## the same with every run of the command started for real and not forked
	KARA_TUI_TESTS_START=1 $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

check: $(TEST) ## style, format, types and the rooms' borders, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.lint

check-privacy: $(TEST) ## hold PAIRS=10000 pairs of exports against one another: clients change nothing
	$(BIN)/python -m tests.privacy $(PAIRS)

crash: $(TEST) ## stop the ledger at every system call and look at what is left (needs strace)
	$(BIN)/python -m tests.crash

bench: ## measure all, 25 minutes; bench-month, -wizard, -ledger, -reading, -pollock alone
	@failed=; for part in $(BENCHES); do \
	    $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; \
	  done; \
	  if [ -n "$$failed" ]; then echo "Not done, or over a limit:$$failed" >&2; exit 1; fi

bench-month: $(RUN) $(CONTENDERS) # a month beside other ways to do it
	$(BIN)/python -m tests.benchmarks.month --contenders $(BENCH_PYTHON) --runs $(RUNS) \
	  --write docs/reference/benchmarks.md

bench-wizard: $(TEST) $(PROGRAMS:%=build/%-venv/.has-program) # first paint and keys in a pseudo-terminal, five minutes
	$(BIN)/python -m tests.benchmarks.wizard --others build --write docs/reference/benchmarks-wizard.md

bench-ledger: $(RUN) # ten years of a clinic: what its acts take as the ledger grows
	$(BIN)/python -m tests.benchmarks.ledger

bench-reading: $(RUN) $(CONTENDERS) # large exports, ten minutes and 3 GB of disk
	$(BIN)/python -m tests.benchmarks.reading --contenders $(BENCH_PYTHON) \
	  --write docs/reference/benchmarks-reading.md --picture docs/pictures/benchmark-reading.svg

bench-pollock: $(TEST) $(CONTENDERS) # exports spoiled in some 440 ways, a minute
	$(BIN)/python -m tests.benchmarks.pollock --contenders $(BENCH_PYTHON) \
	  --write docs/reference/benchmarks-pollock.md

fuzz: $(FUZZER) ## look for exports that break the reader, SECONDS=300 for each kind of file
	$(BIN)/python -m tests.fuzz text $(SECONDS)
	$(BIN)/python -m tests.fuzz workbook $(SECONDS)

mutants: $(MUTATOR) ## change lines of money, selection, ledger and privacy; MODULES="model/money.py"
	$(BIN)/python -m tests.mutants $(MODULES)

docs: $(TEST) ## renew the pages and pictures that are made from the program itself
	$(BIN)/python docs/generate.py

lock: $(LOCKER) ## renew the hashed locks in requirements/ from pyproject.toml
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) requirements/build.in -c requirements/test.txt -o requirements/build.txt
	$(COMPILE) --group bench -c requirements/test.txt -o requirements/bench.txt
	for program in $(PROGRAMS); do $(COMPILE) requirements/$$program.in -o requirements/$$program.txt || exit 1; done
	$(COMPILE) --group fuzz -c requirements/test.txt -o requirements/fuzz.txt
	$(COMPILE) --group mutants -c requirements/test.txt -o requirements/mutants.txt
	$(COMPILE) requirements/lock.in -o requirements/lock.txt
	$(COMPILE) requirements/vera.in --no-deps -o requirements/vera.txt

wheel: $(RUN) ## build the wheel into dist/
	$(BIN)/hatchling build --target wheel --directory $(DIST)

clean: ## remove what was built and every cache; .venv stays
	rm -rf build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find kara_tui tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Universal: one lock for every system and for each Python from 3.11 on.
COMPILE := build/lock-venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate

# ---------------------------------------------------------------- environments

$(RUN): requirements/run.txt requirements/build.txt pyproject.toml
	$(call make-venv,$(VENV))
	@echo "Installing the locked packages into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST): requirements/test.txt $(RUN)
	@echo "Installing the locked test tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(FUZZER): requirements/fuzz.txt $(TEST)
	@echo "Installing the locked fuzzer into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/fuzz.txt
	@touch $@

$(MUTATOR): requirements/mutants.txt $(TEST)
	@echo "Installing the locked mutation tool into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/mutants.txt
	@touch $@

$(LOCKER): requirements/lock.txt
	$(call make-venv,build/lock-venv)
	@build/lock-venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r requirements/lock.txt
	@touch $@

$(CONTENDERS): requirements/bench.txt
	$(call make-venv,build/bench-venv)
	@echo "Installing the benchmark's other programs into build/bench-venv ..."
	@build/bench-venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r requirements/bench.txt
	@build/bench-venv/bin/python -c 'import weasyprint' 2>/dev/null || { \
	  packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get -qq update && apt-get -qq install -y $$packages >/dev/null; \
	  else \
	    echo "WeasyPrint needs libraries of the system. On Debian and Ubuntu: apt install $$packages" >&2; \
	    exit 1; \
	  fi; }
	@touch $@

# One that cannot be had here is left out, and the page says so.
build/%-venv/.has-program: requirements/%.txt $(TEST)
	@echo "Installing $* into build/$*-venv ..."
	@$(BIN)/python -m venv build/$*-venv && \
	  build/$*-venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r $< && \
	  touch $@ || { rm -rf build/$*-venv; echo "$* could not be installed and is not measured." >&2; }

# An environment that is there is kept if its Python is new enough: it may be a developer's own.
# Candidates are run, not looked up: a pyenv shim exists for versions that are not switched on.
define make-venv
	@if [ -x $(1)/bin/python ]; then \
	  $(1)/bin/python -c '$(IS_NEW_ENOUGH)' || { \
	    echo "The environment in $(1) has a Python older than 3.11. Remove that folder and run make again." >&2; exit 1; }; \
	else \
	  python=; for p in $(PYTHONS); do \
	    if $$p -c '$(IS_NEW_ENOUGH)' 2>/dev/null; then python=$$p; break; fi; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo "kara-tui needs Python 3.11 or newer, and none of these is: $(PYTHONS)." >&2; \
	    echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; \
	  fi; \
	  $$python -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	  $$python -m venv $(1); \
	fi
endef
