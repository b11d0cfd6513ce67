# `make IMAGE` builds an image of images/ and its parents; `make help` lists the rest. Everything installs what it needs.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

IMAGES := $(notdir $(patsubst %/Dockerfile,%,$(wildcard images/*/Dockerfile)))
# Flags for the images' targets: make pangeo-notebook FLAGS="--registry quay.io/pangeo --push"
FLAGS ?=
ONLY ?=
DIR ?=

.DEFAULT_GOAL := help
.PHONY: help install demo test unit e2e bench lint build plan lock realworld sandbox-up sandbox-down clean $(IMAGES)

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16
	@echo "make IMAGE      build one of: $(IMAGES)"

# npm's own lock decides; the stamp makes the second call free. Install scripts of packages never run.
node_modules/.stamp: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
	@touch $@

install: node_modules/.stamp ## install the npm packages, Node 24 among them

demo: install ## play pull request, push, release, promote, revert and a failing image on images/, on real BuildKit and a real registry
	node sandbox/demo.ts

test: install ## lint, types, dist and docs checks, unit, integration and end-to-end tests
	node scripts/test.ts

unit: install ## the fast tests alone: make unit ONLY=stack
	node scripts/test.ts unit $(ONLY)

e2e: install ## the end-to-end tests alone: make e2e ONLY=pull-request
	node scripts/test.ts e2e $(ONLY)

bench: install ## benchmarks beside their peers; ONLY=name runs one
	node bench/run.ts $(ONLY)

lint: install ## format, and mend what can be mended
	biome check --write .
	tsc -p .

build: install ## dist/ from src/
	npm run --silent build

realworld: install ## plan copies of public stacks: make realworld DIR=folder, see docs/stacks.md
	node scripts/realworld.ts $(DIR)

plan: install ## what a build of images/ would do
	node dist/cli.js plan --path images $(FLAGS)

lock: install ## relock what is stale in images/, without Docker: make lock FLAGS="--lock-mode minimal pangeo-notebook"
	node dist/cli.js lock --path images $(FLAGS)

$(IMAGES): install
	node dist/cli.js build $@ --path images $(FLAGS)

sandbox-up: install ## start the local world: BuildKit, registry, conda channel
	node sandbox/cli.ts up

sandbox-down: install ## end it
	node sandbox/cli.ts down

clean: ## remove what `make` put into this folder
	rm -rf node_modules coverage bench/results.json
