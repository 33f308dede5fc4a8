# Everything runs in .venv, made from requirements.lock. Written for GNU make 3.81 and later.

PYTHON ?= python3
ARGS ?=
LOCK_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.r2p-setup
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := src tools tests notebooks hatch_build.py

.DEFAULT_GOAL := help
.PHONY: help setup report test check screenshots validate bench lock notebooks-clean clean

help: ## list the targets
	@grep -E '^[a-z-]+: .*##' Makefile | sort | awk -F ': .*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: $(STAMP) ## make .venv with the locked packages and the project

report: $(STAMP) ## build the report (ARGS="--edition 2016 --country SYR")
	$(BIN)/r2p build $(ARGS)

test: check ## all static checks, then all tests (PYTEST_ARGS="-k lock")
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

check: $(STAMP) ## static checks only: style, types, direction of imports, notebooks
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_notebooks.py notebooks

screenshots: $(STAMP) ## pictures of eight pages of the built default edition, in outputs/screenshots, to look at
	$(BIN)/python tools/screenshots.py outputs/2016/site outputs/screenshots

validate: $(STAMP) ## pages, pictures and style of the built default edition by the Nu HTML Checker (wants npm and java 17)
	npm install --silent --no-save --ignore-scripts --prefix build/nu vnu-jar@26.9.27
	$(BIN)/python tools/validate.py build/nu/node_modules/vnu-jar/build/dist/vnu.jar outputs/2016/site

bench: $(STAMP) ## what pages, an edition and many countries cost beside papermill and nbconvert (a quarter of an hour)
	@for part in pages edition growth; do $(BIN)/python tests/bench/bench_report.py $$part 1 || exit 1; done

lock: $(STAMP) ## renew requirements.lock after a change of pyproject.toml (LOCK_FLAGS=--upgrade for newer versions)
	$(BIN)/uv pip compile pyproject.toml --extra lab --extra dask --extra dev --output-file requirements.lock \
		--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet $(LOCK_FLAGS)

notebooks-clean: $(STAMP) ## take outputs and execution counts out of notebooks/
	$(BIN)/python tools/check_notebooks.py --fix notebooks

clean: ## remove reports, caches and built packages (.venv stays)
	rm -rf outputs build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tools tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, '$(PYTHON)' is not: try make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		$(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the locked packages into $(VENV) (a few minutes the first time)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(STAMP)
