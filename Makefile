# Everything from nothing: each target makes the environment it needs. `make help` lists them.
PORT ?= 8000
DATA ?= var
RESET ?=
TEST ?=
URL ?= http://localhost:$(PORT)
PATHS ?= /
UV ?= uv
python = .venv/bin/python
tuntas = .venv/bin/tuntas

.PHONY: help demo test check bench lighthouse format docs lock
help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo:  ## a running city: PORT=8123 DATA=dir RESET=1
	@bin/bootstrap runtime
	@exec $(tuntas) demo --port $(PORT) --data $(DATA) $(if $(RESET),--reset)

test:  ## the whole suite, in real Chromium too; TEST="-k words" narrows it
	@bin/bootstrap test
	@$(python) -m pytest -n 2 $(TEST)

check:  ## lint, types, layers, migrations, printed pages
	@bin/bootstrap dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(tuntas) docs --check
	$(tuntas) migrate --check

bench:  ## the figures of QUALITY, one JSON object a line; SIZES="10000 100000 1000000"; "plans --data DIR" prints plans
	@bin/bootstrap dev
	@$(python) -m bench $(SIZES)

lighthouse:  ## judge pages of a running demo, one JSON object a line; URL=http://localhost:8000 PATHS="/ /laporan"
	@bin/bootstrap test
	@$(python) -m bench.lighthouse $(URL) $(PATHS)

format:  ## put the code in order
	@bin/bootstrap dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

docs:  ## print the reference pages anew
	@bin/bootstrap dev
	$(tuntas) docs

sbom:  ## what Tuntas is made of, as CycloneDX 1.6, in build/sbom.json
	@bin/bootstrap runtime
	@$(python) bin/make_sbom.py build/sbom.json

audit:  ## ask the network for known holes in the locked packages (needs uv and npm)
	$(UV) tool run pip-audit --disable-pip --require-hashes -r requirements.lock
	npm audit --omit=dev

lock:  ## resolve the dependencies anew, with hashes, for Python 3.11 to 3.14 (needs uv and npm)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund
