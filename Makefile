# Everything needs only Python >= 3.11 and make; `make` alone tells what there is.
PYTHON ?= python3
PIP_FLAGS = -qq --disable-pip-version-check --no-input --require-hashes --no-deps
export PYTHONPATH := $(CURDIR)/layers/common/python
RUN = .venv/bin/python -m
.DEFAULT_GOAL := help
.PHONY: help setup setup-run console run demo token forgotten replay redrive unpacked stop clean lint unit test lag second-opinion iam-trials bench screenshots requirements schemas

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: setup-run  ## Start Baton on this machine over thirty days of made-up history (EMPTY=1: over none; MANY=1: over much more), serve until Ctrl-C
	@$(RUN) tools.run $(if $(EMPTY),--empty) $(if $(MANY),--many)

demo: setup-run  ## Play a request, a lead that reads, one that nobody answers, and points learned and signed; ends by itself
	@$(RUN) tools.demo

token:  ## Fresh tokens for maria (marketing), sam (sales), mona (his manager) and ada (admin)
	@$(RUN) tools.token

forgotten:  ## Look whether any lead of the running stack is forgotten
	@$(RUN) tools.forgotten

replay:  ## Read anew what webhooks sent that was not understood, in the running stack
	@$(RUN) tools.replay

unpacked: .venv/.ready  ## Show what `aws dynamodb get-item … | make -s unpacked` gets as people read it
	@$(RUN) tools.unpacked

redrive:  ## Send what lies in a queue of the running stack on its way again: QUEUE=UnsentMailQueue
	@$(RUN) tools.redrive $(QUEUE)

stop:  ## Stop what `make run` left running
	@test ! -x .venv/bin/python || $(RUN) tools.stop

test: setup  ## All checks and all tests
	@$(RUN) tools.check

unit: console  ## Types, style and unit tests only: under a minute
	@$(RUN) tools.check unit

lint: setup  ## Only the checks that run no code
	@$(RUN) tools.check lint

lag: setup-run .venv/.browser-ready  ## The tests of the deployed stack, with indexes three seconds late (twenty minutes)
	@$(RUN) tools.check lag

second-opinion: .venv/.ready .venv-npm/.ready  ## The functions on another DynamoDB, the state machines in another interpreter (needs npm)
	@$(RUN) tools.check second-opinion

iam-trials: setup-run  ## Take each permission away in turn and see which check notices (about forty minutes)
	@$(RUN) tools.iam_trials

bench: setup-run .venv/.bench-ready  ## Measure
	@$(RUN) bench

screenshots: setup-run .venv/.browser-ready  ## Pages and forms as people see them, in .baton/screenshots
	@$(RUN) tools.screenshots

console: .venv/.ready  ## Build what staff see in the browser, console/dist, if its files changed
	@$(RUN) tools.console

schemas: setup-run  ## Write docs/events, docs/asyncapi.json, docs/agreement.schema.json, docs/openapi.json and docs/who-may.md anew, from the code
	@$(RUN) tools.event_schemas
	@$(RUN) tools.agreement_schema
	@$(RUN) tools.openapi

clean: stop  ## Remove the local stack, its state and the build
	@rm -rf .baton .aws-sam console/dist console/.built .mypy_cache .pytest_cache .ruff_cache .hypothesis

# --- Set-up: three environments, because two of these tools pin boto3 against each other. ---

setup-run:
	@$(MAKE) --silent -j3 .venv/.ready .venv-sam/.ready console

setup:
	@$(MAKE) --silent -j4 .venv/.browser-ready .venv-sam/.ready .venv-checks/.ready console

.venv/.ready: requirements/dev.txt
.venv-sam/.ready: requirements/sam.txt
.venv-checks/.ready: requirements/checks.txt

.venv/.ready .venv-sam/.ready .venv-checks/.ready:
	@echo "· setting up $(@D)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Baton needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install $(PIP_FLAGS) -r $<
	@touch $@

.venv/.browser-ready: tools/browser.py .venv/.ready
	@$(RUN) tools.browser
	@touch $@

.venv/.bench-ready: requirements/bench.txt .venv/.ready
	@.venv/bin/python -m pip install $(PIP_FLAGS) -r $<
	@touch $@

.venv-npm/.ready: requirements/npm/package.json requirements/npm/package-lock.json
	@echo "· setting up $(@D)"
	@npm --version >/dev/null || { echo "the second opinion needs npm: on Debian or Ubuntu, sudo apt-get install npm"; exit 1; }
	@mkdir -p $(@D) && cp $^ $(@D)
	@npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --silent
	@touch $@

COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --no-header

requirements:  ## Pin the requirements anew (needs uv)
	@for file in layers/common/requirements layers/learning/requirements requirements/dev requirements/bench requirements/sam requirements/checks; do \
		$(COMPILE) $$file.in --output-file $$file.txt $(UPGRADE); done
