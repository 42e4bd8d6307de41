package process

import (
	"os/exec"
	"testing"
)

// How a process ended and that it has ended are one event: whoever has waited for it can start it again at once.
func TestRestartRightAfterTheEnd(t *testing.T) {
	child, err := Start(t.TempDir(), "sleep", exec.Command("sleep", "60"))
	if err != nil {
		t.Fatal(err)
	}
	defer child.Kill()
	for restart := range 500 {
		if err := child.Restart(); err != nil {
			t.Fatalf("restart %d: %v", restart, err)
		}
	}
}

// Whoever has paused a process finds it still at once, with every thread of it, also on a busy machine.
func TestPauseIsOverWhenNothingRuns(t *testing.T) {
	child, err := Start(t.TempDir(), "busy", exec.Command("sh", "-c", "while :; do :; done"))
	if err != nil {
		t.Fatal(err)
	}
	defer child.Kill()
	for range 200 {
		if err := child.Pause(); err != nil {
			t.Fatal(err)
		}
		if !child.isStopped() {
			t.Fatal("it still runs")
		}
		if err := child.Resume(); err != nil {
			t.Fatal(err)
		}
	}
}
