package gitops_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"
)

// A sync is hurt at every wave that has a hook: its pod is killed, and besides the controller once, the API server once. It ends well
// all the same.
func TestKilledAtEveryWave(t *testing.T) {
	w := newWorld(t, nil)
	var lock sync.Mutex
	killed := map[string]int{}
	followed := w.follow(t, func(run *hookRun) {
		lock.Lock()
		first := killed[run.name] == 0
		lock.Unlock()
		if !first {
			return
		}
		// The hook is at work: its program runs.
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		if !w.running(ctx, run.name) {
			return
		}
		lock.Lock()
		killed[run.name]++
		count := len(killed)
		lock.Unlock()
		switch count {
		case 3:
			if err := w.argo.RestartController(); err != nil {
				t.Errorf("restart Argo CD: %v", err)
			}
		case 5:
			if err := w.RestartAPIServer(t.Context()); err != nil {
				t.Errorf("restart the API server: %v", err)
			}
		}
		if err := w.killPods(t.Context(), run.name); err != nil {
			t.Errorf("kill the pod of %s: %v", run.name, err)
		}
	})
	w.apply(t, everything())
	w.until(t, "everything is prepared", 6*time.Minute, w.inSync)
	w.prepared(t)
	lock.Lock()
	defer lock.Unlock()
	for _, run := range followed.all() {
		if killed[run.name] == 0 {
			t.Errorf("%s was too fast to be killed", run.name)
		}
	}
	if len(killed) < 7 {
		t.Errorf("only %d hooks were killed", len(killed))
	}
}

// Somebody ends a sync in the midst of it. The next one goes on.
func TestEndedSync(t *testing.T) {
	w := newWorld(t, nil)
	followed := w.follow(t, nil)
	w.apply(t, everything())
	w.until(t, "operators are waited for", 3*time.Minute, func(context.Context) bool {
		return slices.Contains(names(followed.all()), "migration-prep-wait-operators")
	})
	w.patchApplication(t, `{"status":{"operationState":{"phase":"Terminating"}}}`)
	w.until(t, "the sync has ended", time.Minute, func(ctx context.Context) bool {
		seen, err := w.application(ctx)
		return err == nil && seen.Status.OperationState.Phase == "Failed"
	})
	w.sync(t)
	w.prepared(t)
}
