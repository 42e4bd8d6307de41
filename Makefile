# make demo: the plugin in a console, on a cluster of its own. make test: every gate and every test. make bench: measurements.
# make test-platform: the long tests of chart, Argo CD and images. make images: both images. make pin-bases: the digests of their bases.
# make build: the plugin in dist/, the command line of the hooks in dist-tools/. Each target does all of its set-up below this folder.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

out := .build
# What programs leave in a folder for temporary files stays in ours: caches of Jest and Playwright, and what a killed test could not remove.
export TMPDIR := $(CURDIR)/$(out)/tmp
$(shell mkdir -p $(TMPDIR))
gate = @start=$$SECONDS; echo; echo "== $(1)"; $(2); echo "   $$((SECONDS - start)) s"

.PHONY: help say-demo say-test say-bench say-test-platform demo test test-platform build bench clean kube sandbox controlplane chromium chart-tools images pin-bases
help:
	@sed -n 's/^# \(make .*\)/\1/p' $(MAKEFILE_LIST)

# Said before anything else is done; make goes through prerequisites from left to right.
say-demo:
	@echo "Starts a cluster, a vCenter and a console with the plugin, in about 10 s. On the first run npm packages are installed and Kubernetes is compiled: about 8 minutes."
say-test:
	@echo "Runs every gate and test: 20 to 30 minutes on the first run (Kubernetes is compiled), about 10 minutes afterwards. make test-platform runs the long ones of chart and images."
say-bench:
	@echo "Measures bundles, inspection and pages in 1 to 2 minutes. On the first run npm packages are installed and Kubernetes is compiled: about 8 minutes more."
say-test-platform:
	@echo "Brings chart, Argo CD and images onto the sandbox: about 15 minutes, and 10 more on the first run (Helm and Argo CD are compiled)."

demo: say-demo $(out)/npm.stamp kube sandbox $(out)/host/main.js dist/plugin-manifest.json
	@exec $(out)/bin/sandbox

test: say-test $(out)/npm.stamp kube chromium
	@echo "Two gates run at a time, and each is shown when it is done; the Go tests take longest, 3 minutes."
	@$(MAKE) --no-print-directory -j2 --output-sync=target $(gates)
	@$(MAKE) --no-print-directory gate-browser
	@node tools/counts.mjs $(out) unit Go hooks browser

# What needs no browser. Those that others wait for, or that take long, come first.
gates := $(addprefix gate-,go plugin types lint style unused texts unit host hooks budget)
.PHONY: $(gates) gate-browser
gate-go:
	$(call gate,Go,tools/go-test.sh $(out)/go.json)
gate-types:
	$(call gate,Type check,npm run --silent typecheck)
gate-lint:
	$(call gate,ESLint,npm run --silent lint)
gate-style:
	$(call gate,Stylelint,npm run --silent stylelint)
gate-unused:
	$(call gate,Unused code,npm run --silent knip)
gate-texts:
	$(call gate,Texts in locales/en,npm run --silent i18n:check)
gate-unit:
	$(call gate,Unit tests,npm run --silent unit)
gate-hooks: controlplane
	$(call gate,Command line of the hooks,npm run --silent build:tools && npm run --silent hooks)
gate-plugin:
	$(call gate,Plugin,npm run --silent build)
gate-budget: gate-plugin
	$(call gate,Bundle budget,npm run --silent budget)
gate-host:
	$(call gate,Console shell,npm run --silent host)
gate-browser: sandbox
	$(call gate,Browser tests,npm run --silent browser)

test-platform: say-test-platform $(out)/npm.stamp kube chromium chart-tools
	$(call gate,Command line of the hooks,npm run --silent build:tools)
	$(call gate,Chart,tools/chart-test.sh $(out))
	$(call gate,Argo CD,tools/go-test.sh $(out)/gitops.json ./gitops)
	$(call gate,Plugin,npm run --silent build && npm run --silent host && $(MAKE) --no-print-directory sandbox)
	$(call gate,Images,tools/test-images.sh $(out))
	@node tools/counts.mjs $(out) helm-unittest chart gitops images

build: $(out)/npm.stamp
	npm run --silent build
	npm run --silent build:tools

images: build
	@tools/build-images.sh

pin-bases:
	@tools/pin-bases.sh

bench: say-bench $(out)/npm.stamp kube chromium sandbox $(out)/host/main.js build
	@node tools/bundle-budget.mjs
	@npm run --silent bench

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
	@tools/build-kube.sh $@

# What the chart is tested with: Helm 3 and 4, helm-unittest, kubeconform, Argo CD. Each is a module of tools/chart, built once per version.
chart-tools: $(addprefix $(out)/bin/,helm3 helm4 helm-unittest kubeconform argocd)
$(out)/bin/argocd: tools/chart/argocd/main.go
$(out)/bin/helm3 $(out)/bin/helm4 $(out)/bin/helm-unittest $(out)/bin/kubeconform $(out)/bin/argocd: $(out)/bin/%: tools/chart/%/go.mod tools/chart/%/go.sum
	@tools/build-chart-tool.sh $* $@

sandbox controlplane:
	@mkdir -p $(out)/bin && cd sandbox && go build -o ../$(out)/bin/$@ ./cmd/$@

# webpack leaves a file as it is when nothing in it changed: without `touch` it would stay older than what it is made of.
$(out)/host/main.js: $(shell find sandbox/host -type f) package-lock.json | $(out)/npm.stamp
	@echo "Building the console shell (about 20 s)" && npm run --silent host && touch $@

dist/plugin-manifest.json: $(shell find src locales -type f) package.json console-extensions.json webpack.config.mjs | $(out)/npm.stamp
	@echo "Building the plugin (about 15 s)" && npm run --silent build && touch $@

chromium:
	@tools/need-chromium.sh >/dev/null

clean:
	rm -rf $(out) dist dist-tools node_modules
