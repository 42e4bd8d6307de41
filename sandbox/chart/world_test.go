package chart_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshift"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

func init() {
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
}

// world is an OpenShift cluster on which hooks really run, with their ServiceAccount's token.
type world struct {
	*controlplane.ControlPlane
	admin client.WithWatch
	dir   string
}

// slowness is how long things take compared with OpenShift.
const slowness = 0.02

// newWorld is a cluster in the state of a scenario.
func newWorld(t *testing.T, scenario string) *world {
	t.Helper()
	w := &world{ControlPlane: controlplane.ForTest(t, crd.Platform), dir: kubelet.OpenDir(t)}
	var err error
	if w.admin, err = client.NewWithWatch(w.Config, client.Options{}); err != nil {
		t.Fatal(err)
	}
	cluster := openshift.ForTest(t, openshift.Options{
		ControlPlane: w.ControlPlane, Dir: w.dir, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Pace: pace.New(slowness), Version: "4.22",
		Images: openshift.ChartImages(t, tools),
	})
	long := cluster.Hurry()
	defer long()
	if err := scenarios.Apply(t.Context(), w.Config, scenario, scenarios.Values{}); err != nil {
		t.Fatal(err)
	}
	return w
}

// helm runs a Helm as the cluster's administrator, who is told what the hooks said when something went wrong.
func (w *world) helm(t *testing.T, name, verb string, arguments ...string) string {
	t.Helper()
	output, err := helm(name, append([]string{verb, release, "--namespace", release, "--kubeconfig", w.Kubeconfig}, arguments...)...)
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, output, w.logs())
	}
	return output
}

// logs are what hooks printed.
func (w *world) logs() string {
	files, _ := filepath.Glob(filepath.Join(w.dir, "kubelet", "logs", release, "*", "*.log"))
	text := ""
	for _, file := range files {
		content, _ := os.ReadFile(file)
		text += "--- " + filepath.Base(filepath.Dir(file)) + "\n" + string(content)
	}
	return text
}

// get reads an object that has to be there.
func (w *world) get(t *testing.T, apiVersion, kind, namespace, name string) map[string]any {
	t.Helper()
	object := &unstructured.Unstructured{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
	if err := w.admin.Get(t.Context(), client.ObjectKey{Namespace: namespace, Name: name}, object); err != nil {
		t.Fatal(err)
	}
	return object.Object
}

// patience is how long things may take on a machine that does other things as well.
const patience = 4 * time.Minute

// eventually waits until nothing is missing any more of something that takes time.
func (w *world) eventually(t *testing.T, what string, missing func() string) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(time.Second) {
		still := missing()
		if still == "" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("not so after %v: %s\n%s", patience, what, still)
		}
	}
}

// plugins is the console's list.
func (w *world) plugins(t *testing.T) []string {
	t.Helper()
	names, _, _ := unstructured.NestedStringSlice(w.get(t, "operator.openshift.io/v1", "Console", "", "cluster"), "spec", "plugins")
	return names
}
