# make test: every gate and every test. make build: the plugin in dist/. make bench: what the bundle weighs.
# Each target does all of its set-up below this folder.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

out := .build
gate = @start=$$SECONDS; echo; echo "== $(1)"; $(2); echo "   $$((SECONDS - start)) s"

.PHONY: help test build bench clean
help:
	@sed -n 's/^# \(make .*\)/\1/p' $(MAKEFILE_LIST)

test: $(out)/npm.stamp
	@echo "Runs every gate and test: about 8 minutes on the first run (Go modules are compiled), 1 to 2 minutes afterwards."
	$(call gate,Type check,npm run --silent typecheck)
	$(call gate,ESLint,npm run --silent lint)
	$(call gate,Stylelint,npm run --silent stylelint)
	$(call gate,Unused code,npm run --silent knip)
	$(call gate,Texts in locales/en,npm run --silent i18n:check)
	$(call gate,Unit tests,npm run --silent unit)
	$(call gate,Go,tools/go-test.sh $(out)/go.json)
	$(call gate,Plugin,npm run --silent build)
	$(call gate,Bundle budget,npm run --silent budget)
	@node tools/counts.mjs $(out)

build: $(out)/npm.stamp
	npm run --silent build

bench: build
	@node tools/bundle-budget.mjs --table

# The versions of the lock file, and only when it changed. Not `npm ci`: it refuses a lock file without the optional packages of
# other platforms, of which a registry may not have every version.
$(out)/npm.stamp: package.json package-lock.json
	@command -v node >/dev/null || { echo "Node.js 20 or later is needed: install the package nodejs of your system."; exit 1; }
	@command -v go >/dev/null || { echo "Go 1.26 or later is needed."; exit 1; }
	@echo "Installing npm packages (1 to 2 minutes)"
	@npm install --no-save --no-progress --loglevel=error
	@mkdir -p $(out) && touch $@

clean:
	rm -rf $(out) dist node_modules
