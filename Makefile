# kzcite: `make demo` shows the main job, `make test` runs the tests, `make check` says whether a change may be committed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SECONDS ?= 60
SHARED ?= ../shared

.PHONY: help demo test check format lint types layers docs pages bench bench-parser bench-speed bench-exchange model delta calibrate fuzz bench-hostile clean

help:            ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | sort

$(VENV)/.user: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.user
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.user    ## install, then parse, link, check, render and export a sample paper
	@$(BIN)/python fixtures/demo/run.py

test: $(VENV)/.dev     ## install what the tests need and run them
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.dev format lint types layers docs test  ## everything that must hold before a commit

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

docs: $(VENV)/.dev     ## fail when a generated page is stale
	$(BIN)/python docs/generate.py --check

pages: $(VENV)/.dev    ## write the generated pages of docs/ and the outputs in README.md anew
	$(BIN)/python docs/generate.py

bench: bench-parser bench-speed  ## accuracy on the dev set and speed (some minutes)

bench-speed: $(VENV)/.dev   ## links, lines parsed, items rendered and papers checked per second
	$(BIN)/python tests/bench/parse_speed.py
	$(BIN)/python tests/bench/link_quality.py $(SHARED)/eval/links .bench-links
	python3 $(SHARED)/eval/links/score_links.py --dir $(SHARED)/eval/links .bench-links --split dev | tail -n 7
	$(BIN)/python -m tests.bench.render_speed $(SHARED)/eval/dev.jsonl 5000 20000
	$(BIN)/python -m tests.bench.check_speed $(SHARED)/eval/links

bench-exchange: $(VENV)/.dev   ## round trips, speed and memory of the exchange formats (an hour; ONLY="ris mods 10000" for some)
	$(BIN)/python tests/bench/exchange.py $(ONLY)
	$(BIN)/python docs/generate.py

bench-parser: $(VENV)/.dev    ## cross-validate the parser by source and print its tables (slow)
	cd tools/model && ../../$(BIN)/python evaluate.py --save ../../.bench-parser.json

delta: $(VENV)/.dev    ## the held-out lines where parser and annotation disagree, by field (after bench-parser)
	cd tools/model && ../../$(BIN)/python evaluate.py --load ../../.bench-parser.json --delta

calibrate: $(VENV)/.dev    ## fit the confidence on what bench-parser read
	cd tools/model && ../../$(BIN)/python calibrate.py ../../.bench-parser.json

model: $(VENV)/.dev    ## train the parser's model from fixtures/corpus; the same corpus gives the same bytes
	cd tools/model && ../../$(BIN)/python train.py

clean:           ## remove everything that was made
	rm -rf $(VENV) .demo dist build .mypy_cache .ruff_cache .pytest_cache

bench-hostile: $(VENV)/.dev   ## hostile and broken files: exit code, seconds, peak memory of each call
	$(BIN)/python -m tests.hostile.run -o docs/reference/hostile.md

fuzz: $(VENV)/.dev   ## fuzz every reader, the parser, the finder and the style loader, SECONDS each (TARGETS="line style")
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python fuzz/run.py --seconds $(SECONDS) $(TARGETS)
