# Needs python3 (3.11 or newer), make and a package index; everything else goes into .venv, which is ours alone.
# Another Python: make test PYTHON=python3.13

PYTHON ?= python3
PY := .venv/bin/python
OURS := $(wildcard pathways models flows commands cli.py deployments tests benchmarks)

# The lock says exactly what is installed. Settings of the person's own pip may say from where, nothing more.
export PIP_CONSTRAINT := /dev/null
export PIP_USER := 0
export PIP_REQUIRE_HASHES := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PYTHONPATH PYTHONHOME

.PHONY: help setup demo test lint types unit bench ceiling faults lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup:  ## make or refresh .venv; does nothing when it is up to date
	@$(SETUP)

demo: setup  ## try the program on invented children
	@.venv/bin/pathways demo

test: setup lint types unit  ## every check, as in CI

lint: setup  ## layout and style: ruff
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .

types: setup  ## mypy, strict
	@$(PY) -m mypy

unit: setup  ## the tests, on two processes; one alone: .venv/bin/pytest -k words
	@$(PY) -m pytest -n 2 --dist loadfile

bench: setup  ## measure against the limit and other libraries, half an hour; make bench HOW=--quick, HOW=--full
	@$(PY) -m benchmarks $(HOW)

ceiling: setup  ## hold the overnight check to twice what the database itself needs, a minute; as in CI
	@$(PY) -m benchmarks --ceiling

faults: setup  ## break every writing command of the last commit and write docs/faults.md, an hour; cut short, it goes on
	@$(if $(AFTER),PATHWAYS_FAULTS_AFTER=$(AFTER)) $(PY) -m tests.faults.whole $(if $(ONLY),-k "$(ONLY)")
	@PATHWAYS_EVERY_STORE=1 $(PY) -m pytest -n 2 --dist loadfile -k "sqlcipher and not faults"
	@PATHWAYS_FAULTS_EVERY=1 $(PY) -m pytest tests/pathways/test_scheduling.py
	@for each in census dates; do $(PY) tests/faults/fuzz_$$each.py -max_total_time=60 || exit 1; done

lock: setup  ## work out requirements.lock anew; all newest: make lock WITH=--upgrade
	@$(PY) -m uv pip compile --quiet --universal --all-extras --group dev --only-binary :all: \
		--generate-hashes --no-header --no-annotate $(WITH) -o requirements.lock pyproject.toml

clean:  ## remove .venv and every cache
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# .venv/installed tells what the environment was made from: only a change in that is worth half a minute.
# Console scripts carry the folder they were installed in, so a folder that has moved gets a new environment.
define SETUP
set -eu; \
made_from() { { pwd -P; $(PY) -V; cat requirements.lock pyproject.toml; } 2>&1 | cksum; }; \
if [ -x $(PY) ] && [ "$$(cat .venv/installed 2>/dev/null)" = "$$(made_from)" ]; then exit 0; fi; \
if ! [ -x $(PY) ] || ! $(PY) -m pip -V >/dev/null 2>&1 || ! grep -qsF "$$(pwd -P)/.venv" .venv/bin/activate; then \
	command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer." >&2; exit 1; }; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Another one: make PYTHON=python3.13" >&2; exit 1; }; \
	if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		if ! command -v apt-get >/dev/null; then as_root=; \
		elif [ "$$(id -u)" = 0 ]; then as_root=env; \
		elif sudo -n true 2>/dev/null; then as_root='sudo -n env'; \
		else as_root=; fi; \
		if [ -n "$$as_root" ]; then \
			echo "Installing python3-venv, which $(PYTHON) needs to make a virtual environment."; \
			$$as_root apt-get update -qq >/dev/null || true; \
			$$as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null || true; \
		fi; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
			echo "$(PYTHON) cannot make a virtual environment: install python3-venv (as root: apt-get install python3-venv), then try again." >&2; \
			exit 1; }; \
	fi; \
	$(PYTHON) -m venv --clear .venv; \
fi; \
echo "Setting up .venv: $$(grep -c '==' requirements.lock) packages, about a minute, this once."; \
$(PY) -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements.lock; \
$(PY) -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .; \
$(PY) -m compileall -q $(OURS); \
made_from > .venv/installed
endef
