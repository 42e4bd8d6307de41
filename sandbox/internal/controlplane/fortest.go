package controlplane

import (
	"log/slog"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// ForTest runs a control plane with the CRDs of the sets until the test ends. It takes about 5 seconds; no set more than the test needs.
func ForTest(t testing.TB, sets ...crd.Set) *ControlPlane {
	t.Helper()
	return forTest(t, Options{}, sets)
}

// Audited is ForTest with an API server that writes every request down: see AuditLog.
func Audited(t testing.TB, sets ...crd.Set) *ControlPlane {
	t.Helper()
	return forTest(t, Options{Audit: true}, sets)
}

func forTest(t testing.TB, o Options, sets []crd.Set) *ControlPlane {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	module := filepath.Join(filepath.Dir(file), "..", "..")
	o.Kube, o.Dir = filepath.Join(module, "..", ".build", "bin", "kube"), t.TempDir()
	o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	c, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	if err := crd.Install(t.Context(), c.Config, sets); err != nil {
		t.Fatal(err)
	}
	return c
}
