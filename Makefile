# `make` alone lists the targets. Everything runs in .venv, made from the lock files.
PYTHON ?= python3
PY = .venv/bin/python
# A file's tests stay together and in their order: what they share is made once. Browsers begin, being slowest.
ON_ALL_CORES = -n logical --dist loadfile --no-loadscope-reorder
# Small sites are 300 MB in 40,000 files: they are written to memory where it is a file system with room.
IN_MEMORY = $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR > 1 && $$4 > 1000000 {print "TMPDIR=/dev/shm"}')
.DEFAULT_GOAL = help
.PHONY: help site serve check test test-quick fuzz lint bench bench-serve audit audit-deps torture schema docs cluster lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: .venv/site ## build the site into site/
	$(PY) build.py build

serve: .venv/site ## serve the site here and show every save in it
	$(PY) build.py serve

check: .venv/site ## check the content and write nothing
	$(PY) build.py check

test: .venv/test node_modules/.package-lock.json ## run the tests, on all cores
	$(PY) -m pytest $(ON_ALL_CORES)

test-quick: .venv/test ## run the tests that need no browser, git or server and are quick
	$(IN_MEMORY) $(PY) -m pytest $(ON_ALL_CORES) -m "not slow"

fuzz: .venv/test ## try random input on the loader, the sanitiser and the templates for long
	HYPOTHESIS_PROFILE=long $(PY) -m pytest -m fuzz

lint: .venv/test ## run the linters and the type checker
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/codespell

bench: .venv/test ## measure builds after each kind of edit; ROLES="1000 10000" says of how many roles
	$(PY) -m bench $(ROLES)

bench-serve: .venv/test ## measure how long a save takes to reach the browser; ROLES=10000 says of how many roles
	$(PY) -m bench.serve $(if $(ROLES),--roles $(ROLES))

audit: .venv/test site bench/node_modules/.package-lock.json ## weigh pages and scripts; Lighthouse's four scores
	$(PY) -m bench.audit
	$(PY) -m bench.lighthouse

torture: .venv/test ## load, kills, full disks, random edits: about an hour; needs nginx, git, wrk
	$(PY) -m bench.torture

audit-deps: .venv/bin/python ## look the pinned releases up in the advisory database
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(PY) -m bench.advisories

schema: .venv/site ## write the JSON Schemas of the YAML files
	$(PY) build.py schema

docs: .venv/site ## write docs/rules.md, reference.md and hosts.md from the code
	$(PY) -m docs.generate

cluster: .venv/site ## install what build --cluster needs
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cluster.txt

lock: .venv/bin/python ## pin the newest releases of all dependencies, with hashes
	$(PY) -m pip install --quiet uv
	for file in requirements requirements-cluster requirements-dev; do \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate $$file.in -o $$file.txt; done

clean: ## remove what builds have written, the caches and the environment
	@if [ -x $(PY) ]; then $(PY) build.py clean; fi
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

node_modules/.package-lock.json: package-lock.json
bench/node_modules/.package-lock.json: bench/package-lock.json
node_modules/.package-lock.json bench/node_modules/.package-lock.json:
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --silent --prefix $(@D)/..; \
	  else echo "npm is missing: what needs it is left out" >&2; fi

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: set PYTHON=python3.12 or the like" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/site: requirements.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt .venv/site
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
