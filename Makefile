# Run `make help` for the commands.
PYTHON ?= python3
RUN := .venv/bin/python -m
LOCKED := uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header --upgrade
# Tests wait for kernels, browsers and time limits: half as many again as there are processors keeps these busy.
TESTERS = $(shell .venv/bin/python -c 'import os; print((os.cpu_count() or 1) * 3 // 2 or 1)')
jobs ?=
out ?=
data ?=
notebook ?=
options ?=
OPTIONS := $(if $(jobs),--jobs $(jobs)) $(if $(out),--out "$(out)") $(if $(data),--data "$(data)") \
	$(if $(notebook),--notebooks $(notebook))
# What `make report` hands on as notebook parameters: everything set on the command line but these.
KEPT := PYTHON=% jobs=% out=% data=% notebook=% sources=% quick=% options=%
CHOICE := $(filter-out $(KEPT),$(MAKEOVERRIDES))
SETTINGS := $(foreach setting,$(CHOICE),--set "$(setting)")

# The workbook takes the folders alone.
PLACES := $(if $(out),--out "$(out)") $(if $(data),--data "$(data)")

.DEFAULT_GOAL := all
.PHONY: all help setup report workbook gallery site test test-all bench faults coverage check verify lab environment lock clean

all: .venv/complete ## Make every report that is not up to date (the default)
	$(if $(SETTINGS),$(error $(CHOICE) chooses reports. Write: make report $(CHOICE)))
	@$(RUN) analysis build --workbook $(OPTIONS)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make report city=weihai lang=zh           any notebook parameter may be set like this"
	@echo "  make report cities=weihai,xiamen          a list is joined by commas"
	@echo "  jobs=N out=DIR data=DIR notebook=NAME     may follow make and make report; out= and data= also site, workbook"

setup: .venv/complete ## Set up .venv from requirements.lock

.venv/complete: requirements.lock pyproject.toml tools/setup.sh tools/install.sh tools/uv.lock
	@tools/setup.sh $(PYTHON)
	@touch $@

.venv/developer: .venv/complete requirements-dev.lock
	@tools/install.sh requirements-dev.lock
	@touch $@

report: .venv/complete ## Make the reports of a choice, such as city=weihai lang=zh
	@$(RUN) analysis build $(OPTIONS) $(SETTINGS)

workbook: .venv/complete ## Write the tables as an Excel workbook, reports/targets.xlsx
	@$(RUN) analysis workbook $(PLACES)

gallery: .venv/complete ## Write figures/README.md anew from the figures
	@$(RUN) analysis gallery $(if $(out),--out "$(out)")

site: all ## Write the website: reports, gallery, codebook, methods, downloads
	@$(RUN) analysis site $(if $(out),--made "$(out)" --out "$(out)/site") $(if $(data),--data "$(data)")

test: .venv/developer ## Run the tests of every save (two to four minutes)
	@$(RUN) compileall -q analysis
	@$(RUN) pytest --numprocesses $(TESTERS) --dist loadfile -m "not thorough"
	@echo "Left to make test-all: browser, kernels, cluster, faults, and more choices of cities."

test-all: .venv/developer ## Run all tests, with browser, kernels, cluster and faults
	@$(RUN) compileall -q analysis
	@$(RUN) pytest --numprocesses $(TESTERS) --dist loadfile

bench: .venv/developer ## Measure methods and engine beside others (half an hour; quick=1 for a try)
	@$(RUN) benchmarks.methods
	@$(RUN) benchmarks.read_plan $(if $(sources),--sources "$(sources)")
	@$(RUN) benchmarks.engine $(if $(quick),--quick)

faults: .venv/developer ## Try what users and machines do: corrupt tables, killed builds, strange machines (half an hour)
	@$(RUN) tests.faults.corrupt --count 1200
	@$(RUN) tests.faults.kill
	@$(RUN) tests.faults.starve

coverage: .venv/developer ## Run the tests and show which lines and branches of analysis/ they miss
	@$(RUN) pytest --numprocesses $(TESTERS) --dist loadfile --cov --cov-report=term-missing:skip-covered

check: .venv/developer ## Check the tables, the code's style and types, and that nothing generated has drifted
	@$(RUN) analysis check $(if $(data),--data "$(data)")
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) mypy
	@.venv/bin/lint-imports --no-cache --no-logo
	@.venv/bin/nbstripout --verify --keep-id notebooks/*.ipynb
	@.venv/bin/python tools/environment.py --check
	@$(RUN) analysis gallery --check

verify: .venv/complete ## Look up every printed value in the documents and account for every numeral, sources=DIR
	@$(RUN) analysis verify --sources "$(or $(sources),$(error Name the folder of the documents: make verify sources=DIR))"
	@$(RUN) analysis audit --sources "$(sources)"

lab: .venv/complete ## Open the notebooks in JupyterLab, with options=... for it
	@$(RUN) jupyterlab --LabApp.default_url=/lab/tree/notebooks $(options)

environment: .venv/developer ## Write environment.yml anew from pyproject.toml
	@.venv/bin/python tools/environment.py

lock: ## Choose package versions anew (needs uv)
	$(LOCKED) --extra setup -o requirements.lock
	$(LOCKED) --all-extras -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv, reports, site and caches; figures stay, they are committed
	rm -rf .venv reports site .hypothesis .coverage* .pytest_cache .mypy_cache .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
