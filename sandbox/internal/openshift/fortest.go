package openshift

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
)

// ForTest runs OpenShift until the test ends.
func ForTest(t testing.TB, o Options) *OpenShift {
	t.Helper()
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// ChartImages are the chart's images for a test: its hooks really run, with the program in the folder tools, its server only seems to.
func ChartImages(t testing.TB, tools string) map[string]kubelet.Image {
	t.Helper()
	dir, err := filepath.Abs(tools)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "main.mjs")); err != nil {
		t.Fatal("dist-tools/main.mjs is missing: `npm run build:tools` builds it")
	}
	return map[string]kubelet.Image{
		"ghcr.io/migration-prep/tools":  {Dir: dir, Entrypoint: []string{"node", "main.mjs"}},
		"ghcr.io/migration-prep/plugin": {OnlyJobs: true},
	}
}
