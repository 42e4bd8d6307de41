package gitops_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/watch"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// hookRun is one Job of a hook, as it was seen to come and to end. Times are counted, not measured: 1 is the first that happened.
type hookRun struct {
	name         string
	wave         int
	began, ended int
	succeeded    bool
	uid          string
}

// hooks follows the Jobs of the release's namespace.
type hooks struct {
	lock sync.Mutex
	now  int
	runs []*hookRun
	// atBegin is called for each Job that is new, with its number among those of its name.
	atBegin func(run *hookRun)
}

// follow watches until the test ends. atBegin may be nil.
func (w *world) follow(t *testing.T, atBegin func(run *hookRun)) *hooks {
	t.Helper()
	watching, err := client.NewWithWatch(w.Config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := &hooks{atBegin: atBegin}
	go func() {
		// The API server is restarted by a test, and a watch then ends: list what is there, watch on.
		for t.Context().Err() == nil {
			jobs := &batchv1.JobList{}
			if watching.List(t.Context(), jobs, client.InNamespace(release)) != nil {
				continue
			}
			for i := range jobs.Items {
				h.see(&jobs.Items[i], false)
			}
			events, err := watching.Watch(t.Context(), jobs, client.InNamespace(release))
			if err != nil {
				continue
			}
			for event := range events.ResultChan() {
				if job, ok := event.Object.(*batchv1.Job); ok {
					h.see(job, event.Type == watch.Deleted)
				}
			}
		}
	}()
	return h
}

// see takes note of a Job.
func (h *hooks) see(job *batchv1.Job, deleted bool) {
	h.lock.Lock()
	defer h.lock.Unlock()
	at := slices.IndexFunc(h.runs, func(run *hookRun) bool { return run.uid == string(job.UID) })
	if at < 0 {
		h.now++
		wave, _ := strconv.Atoi(job.Annotations["argocd.argoproj.io/sync-wave"])
		run := &hookRun{name: job.Name, wave: wave, began: h.now, uid: string(job.UID)}
		at, h.runs = len(h.runs), append(h.runs, run)
		if h.atBegin != nil {
			go h.atBegin(run)
		}
	}
	run := h.runs[at]
	for _, condition := range job.Status.Conditions {
		if run.ended == 0 && condition.Status == "True" && (condition.Type == batchv1.JobComplete || condition.Type == batchv1.JobFailed) {
			h.now++
			run.ended, run.succeeded = h.now, condition.Type == batchv1.JobComplete
		}
	}
	if deleted && run.ended == 0 {
		h.now++
		run.ended = h.now
	}
}

// all are those that were seen so far.
func (h *hooks) all() []hookRun {
	h.lock.Lock()
	defer h.lock.Unlock()
	var all []hookRun
	for _, run := range h.runs {
		all = append(all, *run)
	}
	return all
}

// outOfOrder says which Jobs began before one of an earlier wave had succeeded.
func outOfOrder(runs []hookRun) (wrong []string) {
	for _, later := range runs {
		for _, earlier := range runs {
			if earlier.wave < later.wave && (!earlier.succeeded || earlier.ended > later.began) {
				wrong = append(wrong, fmt.Sprintf("%s (wave %d) began before %s (wave %d) had succeeded", later.name, later.wave, earlier.name, earlier.wave))
			}
		}
	}
	return wrong
}

// names of Jobs, in the order in which they began.
func names(runs []hookRun) []string {
	var all []string
	for _, run := range runs {
		all = append(all, run.name)
	}
	return all
}

// killPods deletes the pods of a Job as a node that dies would: at once.
func (w *world) killPods(ctx context.Context, job string) error {
	return w.DeleteAllOf(ctx, &corev1.Pod{}, client.InNamespace(release), client.MatchingLabels{"batch.kubernetes.io/job-name": job}, client.GracePeriodSeconds(0))
}
