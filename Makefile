# make run | cluster | test | check | bench | soak | screenshots | lighthouse | shifts. Each sets up what is missing first.
# `make bench QUICK=1` measures little of everything, to show that it works.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.PHONY: run cluster test check bench soak screenshots lighthouse shifts clean

run: $(READY)
	$(BIN)/python app.py --classmates 4

cluster: $(READY) system
	$(BIN)/python deploy/cluster.py

# Four workers for two cores, because tests wait for browsers and servers more than half of their time. What promises
# something within a second gets three, and beside it run tests that promise no time, at the lowest priority: the others
# wait for most of theirs. What promises something within a fraction of a second is alone.
# The longest come first, so that no worker is left with one at the end.
PATIENT := $(addprefix tests/,security web presence/rooms accounts courses live classroom)
CLUSTER := $(wildcard tests/cluster/test_*.py)
READER  := tests/presence/test_slow_reader.py
LONGEST := $(patsubst %,tests/cluster/test_%.py,restart faults answers stream watching redis_faults)
SECONDS := $(LONGEST) $(READER) $(filter-out $(LONGEST),$(CLUSTER))
BROWSER := $(patsubst %,tests/browser/test_%.py,axe meeting list polls speed pointers states class)
LATER   := $(addsuffix /%,$(PATIENT)) $(CLUSTER) $(READER)
EARLY   := tests/test_soak.py $(BROWSER) tests/classmates/test_classmates.py
FIRST   := $(EARLY) $(filter-out $(EARLY) $(LATER),$(sort $(shell find tests -name "test_*.py")))
PYTEST  := $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder

# The tests start Python some hundred times. It would compile the site each time.
unexport PYTHONDONTWRITEBYTECODE

test: $(DEV) system
	@sh bin/timed 'make test' ' \
	node --test $$(find tests/js -name "*.test.mjs") && \
	$(PYTEST) -n 4 -m "not alone" $(FIRST) && \
	{ nice -n 19 $(PYTEST) -n 2 -m "not alone" $(PATIENT) & patient=$$!; \
	$(PYTEST) -n 3 $(SECONDS); seconds=$$?; wait $$patient && [ $$seconds = 0 ]; } && \
	$(BIN)/python -m pytest -m alone $$(grep -rl --include="test_*.py" mark.alone tests)'

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_docs.py

bench: $(DEV) system benchmarks/node_modules/.ready
	@sh bin/timed 'make bench$(if $(QUICK), QUICK=1)' ' \
	$(BIN)/python benchmarks/run.py $(if $(QUICK),--quick) && \
	$(BIN)/python benchmarks/log.py $(if $(QUICK),--changes 600)'

soak: $(DEV)
	$(BIN)/python benchmarks/soak.py

benchmarks/node_modules/.ready: benchmarks/package-lock.json
	cd benchmarks && npm ci --silent --no-audit --no-fund
	@touch $@

screenshots: $(DEV) system
	$(BIN)/python -m tests.browser.screenshots

lighthouse: $(DEV) system
	$(BIN)/python -m tests.browser.lighthouse

shifts: $(DEV) system
	$(BIN)/python -m tests.browser.shifts

.PHONY: system
system:
	@sh bin/system

$(READY): requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): $(READY) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) instance screenshots
