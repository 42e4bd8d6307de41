package kubelet

import (
	"os"
	"path/filepath"
	"testing"
)

// OpenDir is a folder of a test that a container may enter: its user is nobody known, so the way to its image and its volumes must be
// open to all.
func OpenDir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, folder := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
