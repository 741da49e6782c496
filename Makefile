# Everything that one does with a checkout. It needs make and Python 3.11 or newer, no more; the
# rest goes into .venv. Paths are relative and programs are started through .venv/bin/python, so
# that the checkout may have spaces in its path and may be moved.

python := .venv/bin/python
pybabel := $(python) .venv/bin/pybabel --quiet
catalogues := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test lint format bench messages lock install writable gone

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

# ------------------------------------------------------------------------------------ use it

# As in `make run PORT=8080`. HOST only counts when it is given to make: some shells have a HOST in
# the environment, with the name of the machine.
given = $(if $(filter command,$(origin $(1))),$($(1)))

run: export ZETWPO_MODE := demo
run: export ZETWPO_HOST := $(or $(call given,HOST),$(ZETWPO_HOST),127.0.0.1)
run: export ZETWPO_PORT := $(or $(call given,PORT),$(ZETWPO_PORT),$(PORT),8000)
run: install ## Start a demo with invented people (PORT=8000, HOST=127.0.0.1)
	@echo "Starting ..." >&2
	@exec $(python) -m flask --app app serve

install: writable .venv/.runtime $(if $(PDF),.venv/.pdf) $(catalogues) ## Do what `make run` does, without starting it (PDF=1 adds what makes PDFs)

# --------------------------------------------------------------------------------- work on it

test: .venv/.dev $(catalogues) ## Run the tests (ARGS="-k scan" goes to pytest)
	@sh tools/test_machine
	@$(python) -m pytest $(ARGS)

lint: .venv/.dev ## Check style, types, templates and the direction of imports
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy
	@$(python) -m djlint --lint templates
	@$(python) .venv/bin/lint-imports --no-logo

format: .venv/.dev ## Format the code and sort its imports
	@$(python) -m ruff check --quiet --select I --fix
	@$(python) -m ruff format

bench: .venv/.dev $(catalogues) ## Measure speed and weight
	@$(python) -m tests.bench $(ARGS)

# The names by which code and templates mark their texts, besides the ones that Babel knows.
keywords := lazy_gettext lazy_ngettext:1,2 lazy_pgettext:1c,2 lazy_npgettext:1c,2,3

messages: .venv/.dev ## Collect the texts of code and templates in the Dutch catalogue
	@$(pybabel) extract --mapping-file pyproject.toml $(addprefix --keyword ,$(keywords)) \
		--add-location file --sort-by-file --omit-header --output translations/messages.pot .
	@$(pybabel) update --input-file translations/messages.pot --output-dir translations \
		--locale nl --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

# One lock for every platform, and no word in it about where the packages came from.
lock := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

lock: .venv/.dev ## Write requirements*.txt anew after a change in pyproject.toml (ARGS=--upgrade)
	@$(lock) $(ARGS) pyproject.toml --output-file requirements.txt >/dev/null
	@$(lock) $(ARGS) pyproject.toml --extra dev --extra pdf --constraint requirements.txt \
		--output-file requirements-dev.txt >/dev/null
	@$(lock) $(ARGS) pyproject.toml --extra pdf --constraint requirements.txt \
		--output-file requirements-pdf.txt >/dev/null
	@if grep -nE '^ *-[^-]|^--|://' requirements*.txt; then \
		echo "These lines tell about this machine: take them out before you commit." >&2; exit 1; fi

# ---------------------------------------------------------------------------- what these need

writable:
	@test -w . || { echo "This folder ($(CURDIR)) cannot be written to: copy the project to a" \
		"folder of your own and start it there." >&2; exit 1; }

pip_install := $(python) -m pip install --quiet --no-input --disable-pip-version-check
pip_failed := echo "The Python packages could not be installed, often for lack of a network;" \
	"what pip said stands in .venv/pip.log." >&2; exit 1

# A .venv whose Python went away, for instance with an upgrade of the machine, is made anew.
gone := $(shell test -x $(python) || echo gone)
gone: ;

# The stamp is written last: without it an install was interrupted, and all is done from the start.
# Of the packages half is never imported: Python compiles the rest when it first comes by.
.venv/.runtime: requirements.txt $(gone) | writable
	@found=$$(sh tools/find_python) || exit 1; \
	echo "Making .venv ..." >&2; \
	rm -rf .venv; \
	"$$found" -m venv .venv || exit 1; \
	echo "Installing the Python packages, this takes a moment ..." >&2; \
	$(pip_install) --no-compile --requirement $< >.venv/pip.log 2>&1 || { $(pip_failed); }; \
	touch $@

# The same .venv, so its stamp is put aside while pip is at work: after an interruption all is done
# from the start, and after a mere failure `make run` is as good as it was.
.venv/.dev: requirements-dev.txt .venv/.runtime
	@trap 'exit 130' INT TERM; \
	echo "Installing the tools for tests and checks, this takes a moment ..." >&2; \
	mv .venv/.runtime .venv/.aside; \
	$(pip_install) --requirement $< >.venv/pip.log 2>&1; status=$$?; \
	mv .venv/.aside .venv/.runtime; \
	[ $$status -eq 0 ] || { $(pip_failed); }; \
	touch $@

# Likewise. What it needs of the machine stands in docs/operating.md.
.venv/.pdf: requirements-pdf.txt .venv/.runtime
	@trap 'exit 130' INT TERM; \
	echo "Installing what makes PDFs, this takes a moment ..." >&2; \
	mv .venv/.runtime .venv/.aside; \
	$(pip_install) --requirement $< >.venv/pip.log 2>&1; status=$$?; \
	mv .venv/.aside .venv/.runtime; \
	[ $$status -eq 0 ] || { $(pip_failed); }; \
	touch $@

%.mo: %.po | .venv/.runtime
	@echo "Preparing the translations ..." >&2
	@$(pybabel) compile --input-file $< --output-file $@ --locale $(word 2,$(subst /, ,$@))
