# The contract is in README.md (run, test) and CONTRIBUTING.md (the rest).
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
export PORT DEMO
# What the linters must be told: ruff and mypy find their files and versions by themselves.
DJANGO = 5.2
PYTHON_FILES = $(shell find manage.py interaxion episodes posts courses tests -name '*.py' -not -path '*/node_modules/*' -not -path '*/.venv/*')
TEMPLATES = $(shell find templates -type f)

.PHONY: setup run test lint coverage bench fuzz audit drills requirements

setup: .venv/.ready

.venv/.ready: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Interaxion needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Name another one: make setup PYTHON=python3.12" % sys.version_info[:2] or 0)'
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: setup
	@.venv/bin/python manage.py prepare
	@.venv/bin/gunicorn --config python:interaxion.server.gunicorn_config

# PostgreSQL first, so that the last line is about the whole suite.
test: lint tests/node/node_modules/.package-lock.json tests/swift/.venv/.ready
	.venv/bin/python -m tests.services postgres -- .venv/bin/pytest --numprocesses auto -m postgres
	.venv/bin/pytest --numprocesses auto

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/django-upgrade --check --target-version $(DJANGO) $(PYTHON_FILES)
	.venv/bin/djade --check --target-version $(DJANGO) $(TEMPLATES)
	.venv/bin/mypy
	.venv/bin/bandit --quiet --recursive --configfile pyproject.toml interaxion episodes posts courses
	.venv/bin/python manage.py makemigrations --check --dry-run
	SITE_URL=https://example.org SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_hex(32))') \
		.venv/bin/python manage.py check --deploy --fail-level WARNING

# The lines and branches that the tests run, by hand; TESTS= for a part of them, such as TESTS=tests/text.
coverage: setup tests/node/node_modules/.package-lock.json tests/swift/.venv/.ready
	.venv/bin/coverage erase
	.venv/bin/coverage run -m pytest --numprocesses auto $(TESTS)
	.venv/bin/coverage combine --quiet
	.venv/bin/coverage report

# Processor time as ratios, with their targets: ten minutes. BENCH_PEERS=1 installs Wagtail to compare with; SIZE= for a
# larger show, CORPUS= for real files, BENCH_JSON= for a file of the results. tests/benchmarks/speed has more.
bench: setup
	.venv/bin/python -m tests.benchmarks

# Ten minutes of texts that nobody would write, FUZZ_SECONDS=30 for a short one; then requests that no browser sends.
FORGED_REQUESTS ?= 10000
FORGED_SEED ?= $(shell date +%s)
fuzz: setup
	.venv/bin/python -m tests.fuzzing
	FORGED_REQUESTS=$(FORGED_REQUESTS) FORGED_SEED=$(FORGED_SEED) .venv/bin/pytest --quiet tests/test_forged_requests.py

# Known holes in what we depend on, by hand: it asks the registries of both languages.
audit: setup
	.venv/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements-dev.txt
	npm audit --prefix tests/node

# The site under its real server while somebody does their worst, and a restore; DRILL= for one of tests/drills.
drills: setup
	.venv/bin/python -m tests.drills $(DRILL)

# Test tools in other languages; without npm the tests that use them are skipped (in CI they fail).
tests/node/node_modules/.package-lock.json: tests/node/package-lock.json
	@if ! command -v npm >/dev/null; then echo "npm not found: tests that need tests/node will say so"; \
	else npm ci --silent --prefix tests/node || test -z "$$CI"; fi

# An S3-compatible server for tests, with packages of its own; where it cannot be set up, its tests are skipped (in CI
# they fail).
tests/swift/.venv/.ready: tests/swift/requirements.txt
	@$(PYTHON) -m venv tests/swift/.venv
	@tests/swift/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tests/swift/requirements.txt \
		&& touch $@ || test -z "$$CI"

# After a change of the dependencies in pyproject.toml; needs uv on PATH.
COMPILE = uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make requirements"
OURS = pyproject.toml --extra redis --extra s3 --extra heif
requirements:
	$(COMPILE) $(OURS) --output-file requirements.txt
	$(COMPILE) $(OURS) --extra dev --extra rq --output-file requirements-dev.txt
	$(COMPILE) tests/swift/requirements.in --output-file tests/swift/requirements.txt
	$(COMPILE) tests/benchmarks/peers/requirements.in --output-file tests/benchmarks/peers/requirements.txt
