# The one entry. `make` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
CONFIGURATION ?= release
OUT ?= demo-out

.PHONY: man help setup build demo test lint format golden bench clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: ## install what is missing (Debian packages, the typesetter)
	@scripts/setup

build: setup ## build the program in release
	@swift build -c $(CONFIGURATION) --product moneytrail

demo: setup ## from nothing to finished documents on the example case, in $(OUT)/
	@scripts/demo "$(OUT)"

test: ## run every test
	@scripts/setup --tests
	@scripts/test

lint: ## formatting and style, strictly; changes nothing
	@swift format lint --strict --parallel --recursive Package.swift Plugins Sources Tests Benchmarks sql
	@echo "lint: clean"

format: ## format every Swift file in place
	@swift format format --in-place --parallel --recursive Package.swift Plugins Sources Tests Benchmarks sql

man: ## the manual pages, into .build/man
	@swift package plugin generate-manual --multi-page
	@mkdir -p .build/man && find .build -path '*GenerateManual*' -name '*.1' -exec cp {} .build/man/ \;
	@echo "manual pages in .build/man; read one with: man -l .build/man/moneytrail.1"

golden: ## rewrite golden files and the example case; read the diff before committing it
	@scripts/setup --tests
	@MONEYTRAIL_GOLDEN=rewrite scripts/test

bench: setup ## measure; prints ratios against bare COPY and writes Benchmarks/results/
	@Benchmarks/run

clean: ## remove what was built and the demo's output
	@rm -rf .build $(OUT)
