# make demo: the plugin in a console, on a cluster of its own. make test: every gate and every test, as CI runs them.
# make test-quick: without chart, Argo CD and images. make bench: measurements.
# make mutants: whether the unit tests see faults that are put into the rules one by one (docs/mutants.md); a long run, no part of make test.
# make pictures: those of the documentation, drawn anew in docs/pictures.
# make images REGISTRY=quay.io/me: both images, for amd64 and arm64, pushed there. make pin-bases: the digests of their bases.
# make build: the plugin in dist/, the command line in dist-tools/. Each target does all of its set-up below this folder.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

out := .build
# What programs leave in a folder for temporary files stays in ours: caches of Jest and Playwright, and what a killed test could not remove.
export TMPDIR := $(CURDIR)/$(out)/tmp
$(shell mkdir -p $(TMPDIR))
gate = @start=$$SECONDS; echo; echo "== $(1)"; $(2); echo "   $$((SECONDS - start)) s"

.PHONY: help say-demo say-test say-test-quick say-bench demo test test-quick build bench pictures mutants clean kube sandbox controlplane chromium buildah chart-tools images pin-bases
help:
	@sed -n 's/^# \(make .*\)/\1/p' $(MAKEFILE_LIST)

# Said before anything else is done; make goes through prerequisites from left to right.
say-demo:
	@echo "Starts a cluster, a vCenter and a console with the plugin, in about 10 s. On the first run npm packages are installed and Kubernetes is compiled: about 8 minutes."
say-test:
	@echo "Runs every gate and test: about 50 minutes. The first run compiles Kubernetes, Helm and Argo CD as well: about 60 minutes. make test-quick leaves out chart, Argo CD and images."
say-test-quick:
	@echo "Runs every gate and test but those of chart, Argo CD and images: about 25 minutes. The first run compiles Kubernetes as well."
say-bench:
	@echo "Measures bundles, inspection, pages and the controller in 8 to 12 minutes. On the first run npm packages are installed and Kubernetes is compiled: about 8 minutes more."

demo: say-demo $(out)/npm.stamp kube sandbox $(out)/host/main.js dist/plugin-manifest.json
	@exec $(out)/bin/sandbox

# Two gates run at a time, and each is shown when it is done. What follows tests time itself, and has the machine alone.
together = @$(MAKE) --no-print-directory -j2 --output-sync=target
alone = @$(MAKE) --no-print-directory

test: say-test $(out)/npm.stamp chromium buildah
	$(together) $(quick) $(platform)
	$(alone) gate-browser gate-images
	@node tools/counts.mjs $(out) unit Go hooks controller browser helm-unittest chart gitops images

test-quick: say-test-quick $(out)/npm.stamp chromium
	$(together) $(quick)
	$(alone) gate-browser
	@node tools/counts.mjs $(out) unit Go hooks controller browser

# Those that others wait for, or that take long, come first: on a new machine the gates of the page run while Kubernetes is compiled.
quick := $(addprefix gate-,go plugin tools types lint format spelling unused texts unit workflows host hooks controller budget)
platform := gate-chart gate-gitops
gates := $(quick) $(platform) gate-browser gate-images
.PHONY: $(gates)
gate-go: kube
	$(call gate,Go,tools/go-test.sh $(out)/go.json)
gate-types:
	$(call gate,Type check,npm run --silent typecheck)
gate-lint:
	$(call gate,ESLint,npm run --silent lint)
gate-format:
	$(call gate,Format,npm run --silent format:check)
gate-spelling:
	$(call gate,Spelling,npm run --silent spelling)
gate-unused:
	$(call gate,Unused code,npm run --silent knip)
gate-texts:
	$(call gate,Texts in locales/en,npm run --silent i18n:check)
gate-unit:
	$(call gate,Unit tests,npm run --silent unit)
gate-tools:
	$(call gate,Command line of the hooks,npm run --silent build:tools && touch dist-tools/main.mjs)
gate-hooks: kube controlplane gate-tools
	$(call gate,Tests of the command line of the hooks,npm run --silent hooks)
gate-controller: kube controlplane sandbox gate-tools $(out)/host/main.js dist/plugin-manifest.json
	$(call gate,Tests of the controller,npm run --silent controller)
gate-workflows: $(out)/bin/actionlint
	$(call gate,Workflows,$< -shellcheck= -pyflakes=)
gate-plugin:
	$(call gate,Plugin,npm run --silent build && touch dist/plugin-manifest.json)
gate-budget: gate-plugin gate-tools
	$(call gate,Bundle budget and list of packages,npm run --silent budget)
gate-host:
	$(call gate,Console shell,npm run --silent host && touch $(out)/host/main.js)
gate-browser: kube sandbox $(out)/host/main.js dist/plugin-manifest.json
	$(call gate,Browser tests,npm run --silent browser)
gate-chart: kube chart-tools gate-tools
	$(call gate,Chart,tools/chart-test.sh $(out))
gate-gitops: kube $(out)/bin/argocd $(out)/bin/helm3 gate-tools
	$(call gate,Argo CD,tools/go-test.sh $(out)/gitops.json ./gitops)
gate-images: kube sandbox $(out)/bin/helm3 $(out)/host/main.js dist/plugin-manifest.json dist-tools/main.mjs
	$(call gate,Images,tools/test-images.sh $(out))

build: $(out)/npm.stamp
	npm run --silent build
	npm run --silent build:tools

images: build
	@tools/build-images.sh

pin-bases:
	@tools/pin-bases.sh

bench: say-bench $(out)/npm.stamp kube chromium sandbox controlplane $(out)/host/main.js build
	@node tools/bundle-budget.mjs
	@npm run --silent bench

pictures: $(out)/npm.stamp kube chromium sandbox $(out)/host/main.js dist/plugin-manifest.json
	@npm run --silent pictures

# One to two hours on two cores, reckoned from a part. Only mutants of files and tests that changed since the last run are tried again.
# make mutants MUTATE='src/domain/checks/*.ts' is a part of it.
mutants: $(out)/npm.stamp
	@npm run --silent mutants

# The versions of the lock file, and only when it changed. Not `npm ci`: it refuses a lock file without the optional packages of
# other platforms, of which a registry may not have every version.
$(out)/npm.stamp: package.json package-lock.json
	@command -v node >/dev/null || { echo "Node.js 20 or later is needed: install the package nodejs of your system."; exit 1; }
	@command -v go >/dev/null || { echo "Go 1.26 or later is needed."; exit 1; }
	@echo "Installing npm packages (1 to 2 minutes)"
	@npm install --no-save --no-progress --loglevel=error
	@mkdir -p $(out) && touch $@

# etcd, kube-apiserver and kube-controller-manager as one program. KUBEBUILDER_ASSETS is used instead when it has all three.
assets = $(wildcard $(addprefix $(KUBEBUILDER_ASSETS)/,etcd kube-apiserver kube-controller-manager))
kube: $(if $(filter 3,$(words $(assets))),,$(out)/bin/kube)
$(out)/bin/kube: sandbox/kube/main.go sandbox/kube/go.mod sandbox/kube/go.sum

# What the chart and the workflows are tested with: Helm 3 and 4, helm-unittest, kubeconform, Argo CD, actionlint. Each is a module of
# tools/programs, built once per version.
programs := helm3 helm4 helm-unittest kubeconform argocd actionlint
chart-tools: $(addprefix $(out)/bin/,$(filter-out actionlint,$(programs)))
$(out)/bin/argocd: $(wildcard tools/programs/argocd/*.go)
$(addprefix $(out)/bin/,$(programs)): $(out)/bin/%: tools/programs/%/go.mod tools/programs/%/go.sum
# The plus has it say that it is at work; otherwise its output would be kept until its end.
$(addprefix $(out)/bin/,kube $(programs)):
	+@tools/build-program.sh $(@F) $@

sandbox controlplane:
	@mkdir -p $(out)/bin && cd sandbox && ../tools/go-quietly.sh build -o ../$(out)/bin/$@ ./cmd/$@

# webpack leaves a file as it is when nothing in it changed: without `touch` it would stay older than what it is made of.
$(out)/host/main.js: $(shell find sandbox/host -type f) package-lock.json | $(out)/npm.stamp
	@echo "Building the console shell (about 20 s)" && npm run --silent host && touch $@

dist/plugin-manifest.json: $(shell find src locales -type f) package.json console-extensions.json webpack.config.mjs | $(out)/npm.stamp
	@echo "Building the plugin (about 15 s)" && npm run --silent build && touch $@

dist-tools/main.mjs: $(shell find src/command-line src/controller src/work src/domain src/cluster -type f) charts/migration-prep/values.schema.json package.json webpack.tools.config.mjs | $(out)/npm.stamp
	@npm run --silent build:tools && touch $@

chromium:
	@tools/need-chromium.sh >/dev/null

buildah:
	@tools/need-buildah.sh

clean:
	rm -rf $(out) dist dist-tools node_modules
