# Every command of the project. Each one sets up what it needs; see CONTRIBUTING.md.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: setup check format test linear lowest browser test-ui demo ui eval gate clean

setup: $(VENV)/ready
$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1" -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e .
	$(BIN)/python -m translate.engines.ct2  # converts the built-in model for the quick engine, once
	touch $@

check: setup
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

format: setup
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

# A file of tests stays in one process, so that its tests share what they set up.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile

test: setup
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

# All shapes to 200,000 characters through every stage: an hour of one core.
linear: setup
	DEPECHE_LINEAR=1 $(BIN)/python -m pytest tests/translate/test_linear.py

# All tests with the lowest versions that pyproject.toml allows; before a release. torch stays the
# pinned build: older ones may bring gigabytes of CUDA. Old packages may warn.
LOWEST := build/lowest
lowest:
	mkdir -p build && grep '^torch==' constraints.txt > build/torch.txt
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=$(LOWEST) UV_FIND_LINKS="$$PIP_FIND_LINKS" $(LOWEST)/bin/uv pip install --quiet \
		--resolution lowest-direct --override build/torch.txt -e .
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --group dev
	$(LOWEST)/bin/python -m pytest $(SIDE_BY_SIDE) -W default

AXE := $(VENV)/axe/node_modules/axe-core/axe.min.js
$(AXE):
	npm install --silent --no-audit --no-fund --no-save --prefix $(VENV)/axe axe-core@4.14.1

# For the tests in a real browser: Debian's chromium, and axe-core by npm. As root, or with sudo.
browser: setup $(AXE)
	command -v chromium || { apt-get update -qq && apt-get install -y -qq chromium; }

test-ui: setup $(AXE)
	DEPECHE_BROWSER_TESTS=1 $(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/ui tests/eval/test_report_browser.py

demo: setup
	$(BIN)/depeche translate examples/sommet.txt --side-by-side
	@echo "A stronger model is one command away: $(BIN)/depeche models --available"

ui: setup
	$(BIN)/depeche ui

eval: setup
	mkdir -p build
	$(BIN)/depeche eval run --html build/news-desk.html
	@echo "report: build/news-desk.html"

gate: setup
	$(BIN)/depeche eval gate

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
