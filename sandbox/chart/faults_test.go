package chart_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

// running waits until a hook's pod runs.
func (w *world) running(t *testing.T, hook string) {
	t.Helper()
	w.eventually(t, "a pod of "+hook+" runs", func() string {
		pods := &corev1.PodList{}
		if err := w.admin.List(t.Context(), pods, client.InNamespace(release), client.MatchingLabels{"job-name": hook}); err != nil {
			return err.Error()
		}
		for _, pod := range pods.Items {
			if pod.Status.Phase == corev1.PodRunning {
				return ""
			}
		}
		return "it does not"
	})
}

// evict deletes the first pod of each hook at the moment it runs, however short that would be. The function returned counts the pods
// that a hook has had.
func (w *world) evict(t *testing.T, hooks ...string) (count func(hook string) int) {
	t.Helper()
	events, err := w.admin.Watch(t.Context(), &corev1.PodList{}, client.InNamespace(release))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(events.Stop)
	var lock sync.Mutex
	pods := map[string][]types.UID{}
	go func() {
		for event := range events.ResultChan() {
			pod, ok := event.Object.(*corev1.Pod)
			if !ok || !slices.Contains(hooks, pod.Labels["job-name"]) {
				continue
			}
			hook := pod.Labels["job-name"]
			lock.Lock()
			if !slices.Contains(pods[hook], pod.UID) {
				pods[hook] = append(pods[hook], pod.UID)
			}
			first := pods[hook][0] == pod.UID
			lock.Unlock()
			if first && pod.Status.Phase == corev1.PodRunning && pod.DeletionTimestamp == nil {
				if err := w.admin.Delete(t.Context(), pod); client.IgnoreNotFound(err) != nil {
					t.Error(err)
				}
			}
		}
	}()
	return func(hook string) int {
		lock.Lock()
		defer lock.Unlock()
		return len(pods[hook])
	}
}

// begin starts an installation and leaves it running.
func (w *world) begin(t *testing.T, name string) *exec.Cmd {
	t.Helper()
	command := exec.Command(filepath.Join(bin, name), "install", release, chart, "--namespace", release, "--create-namespace", "--timeout", "4m",
		"--kubeconfig", w.Kubeconfig)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return command
}

// A helm that is killed while a hook runs leaves its release pending. Removing and installing it again leads to what was wanted, without
// anything made twice, and in the end nothing is left.
func TestHelmKilledWhileAHookRuns(t *testing.T) {
	t.Parallel()
	w := newWorld(t, scenarios.Empty)
	followed := followAdoption(t, w.Config)
	command := w.begin(t, "helm3")
	w.running(t, "migration-prep-ensure")
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait()
	w.helm(t, "helm3", "uninstall", "--timeout", "4m")
	// The Jobs that it had begun go by themselves an hour after their end.
	w.eventually(t, "only Jobs of the killed helm are left", func() string {
		left := slices.DeleteFunc(takeDump(t, w.Config).residue(), func(key string) bool {
			return strings.HasPrefix(key, "jobs.batch ") || strings.HasPrefix(key, "pods ")
		})
		return strings.Join(left, "\n")
	})
	jobs := &batchv1.JobList{}
	if err := w.admin.List(t.Context(), jobs, client.InNamespace(release)); err != nil {
		t.Fatal(err)
	}
	for _, job := range jobs.Items {
		if job.Spec.TTLSecondsAfterFinished == nil || job.Spec.ActiveDeadlineSeconds == nil {
			t.Errorf("%s would stay", job.Name)
		}
	}
	w.helm(t, "helm3", "install", chart, "--timeout", "4m")
	w.enabled(t, true)
	w.helm(t, "helm3", "uninstall", "--timeout", "4m")
	if left := takeDump(t, w.Config).residue(); len(left) > 0 {
		t.Errorf("left behind:\n%s", strings.Join(left, "\n"))
	}
	if twice := followed.duplicates(); len(twice) > 0 {
		t.Errorf("there were at some time:\n%s", strings.Join(twice, "\n"))
	}
}

// A hook whose pod is evicted goes on in another one, and the installation ends well.
func TestHookKilledInTheMiddle(t *testing.T) {
	t.Parallel()
	w := newWorld(t, scenarios.Empty)
	followed := followAdoption(t, w.Config)
	hooks := []string{"migration-prep-ensure", "migration-prep-wait"}
	pods := w.evict(t, hooks...)
	command := w.begin(t, "helm4")
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatalf("%v\n%s", err, w.logs())
		}
	case <-time.After(4 * time.Minute):
		t.Fatal("the installation does not end")
	}
	for _, hook := range hooks {
		if pods(hook) != 2 {
			t.Errorf("%s had %d pods", hook, pods(hook))
		}
	}
	w.enabled(t, true)
	if twice := followed.duplicates(); len(twice) > 0 {
		t.Errorf("there were at some time:\n%s", strings.Join(twice, "\n"))
	}
}
