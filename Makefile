# Everything goes through the virtual environment that tools/bootstrap.py makes from the lock file.
PORT ?= 8000
PYTHON ?= python3
RUN = $(PYTHON) -I tools/bootstrap.py run
TEST = $(PYTHON) -I tools/bootstrap.py test

.DEFAULT_GOAL := help
.PHONY: help setup run test test-slow lint format types messages bench shell manage

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## the virtual environment, with what lint and tests need
	@$(TEST) -m tools.mo

run: ## the whole product on http://localhost:PORT (make run PORT=8001); Ctrl-C stops it
	@$(RUN) -m tools.house --port $(PORT)

test: ## lint, types, contracts, migrations, then all quick tests; browser tests with Chromium
	@$(TEST) -m tools.check all

test-slow: ## kill points, full matrices, hostile files
	@$(TEST) -m tools.check slow

lint: ## ruff, djlint, import floors, missing migrations
	@$(TEST) -m tools.check lint

format: ## let ruff format and mend what it can
	@$(TEST) -m ruff format .
	@$(TEST) -m ruff check --fix .

types: ## mypy --strict
	@$(TEST) -m tools.check types

messages: ## gather the texts to translate, and merge the Dutch of locale/parts
	@$(TEST) -m tools.messages

bench: ## each benchmarks/*.py
	@$(TEST) -m tools.check bench

shell: ## Django's shell in the running house
	@$(RUN) -m tools.within manage.py shell

manage: ## one of Django's commands in the running house: make manage do="create_director"
	@$(RUN) -m tools.within manage.py $(do)
