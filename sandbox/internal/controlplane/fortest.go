package controlplane

import (
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// ForTest runs a control plane with the CRDs of a set until the test ends; without sets named, with those of every
// set but Argo CD's, which are large. It takes about 5 seconds.
func ForTest(t testing.TB, sets ...crd.Set) *ControlPlane {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	module := filepath.Join(filepath.Dir(file), "..", "..")
	c, err := Start(t.Context(), Options{
		Kube: filepath.Join(module, "..", ".build", "bin", "kube"), Dir: t.TempDir(), Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	if len(sets) == 0 {
		sets = slices.DeleteFunc(slices.Concat(crd.Operators, []crd.Set{crd.Platform}), func(s crd.Set) bool { return s == crd.GitOps })
	}
	if err := crd.Install(t.Context(), c.Config, sets); err != nil {
		t.Fatal(err)
	}
	return c
}
