// Package gitops_test has a real Argo CD bring the chart onto the sandbox's cluster, with the rights that OpenShift GitOps gives it.
package gitops_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-logr/logr"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/argocd"
	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshift"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

const (
	project = "../.."
	release = "migration-prep"
)

// slowness is how long things take compared with OpenShift.
const slowness = 0.05

func init() {
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
}

// world is a cluster that was just installed, with OpenShift GitOps, and a repository that it takes the chart from.
type world struct {
	*controlplane.ControlPlane
	client.Client
	openshift  *openshift.OpenShift
	argo       *argocd.ArgoCD
	dir        string
	repository string
}

// newWorld is a cluster in the scenario `empty` with Argo CD; routes lead MTV to ESXi hosts (openshift.Options).
func newWorld(t *testing.T, routes map[string]string) *world {
	t.Helper()
	w := &world{ControlPlane: controlplane.Audited(t, crd.Platform), dir: kubelet.OpenDir(t)}
	var err error
	if w.Client, err = client.New(w.Config, client.Options{}); err != nil {
		t.Fatal(err)
	}
	w.startOpenShift(t, routes)
	w.commitChart(t)
	w.argo, err = argocd.Start(t.Context(), argocd.Options{
		Program: project + "/.build/bin/argocd", Helm: project + "/.build/bin/helm3", Config: w.Config, Dir: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.argo.Stop)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("The Application: %s\nThe hooks:\n%s\nArgo CD's controller:\n%s", w.describe(context.Background()), w.logs(), w.argo.Log())
		}
	})
	return w
}

// startOpenShift brings the cluster into the scenario `empty`, with OpenShift GitOps in addition. The chart's hooks really run there.
func (w *world) startOpenShift(t *testing.T, routes map[string]string) {
	t.Helper()
	w.openshift = openshift.ForTest(t, openshift.Options{
		ControlPlane: w.ControlPlane, Dir: w.dir, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Pace: pace.New(slowness), Version: "4.22", Routes: routes,
		Images: openshift.ChartImages(t, project+"/dist-tools"),
	})
	long := w.openshift.Hurry()
	defer long()
	if err := scenarios.Apply(t.Context(), w.Config, scenarios.Empty, scenarios.Values{"openshift": "4.22"}); err != nil {
		t.Fatal(err)
	}
	operator := "openshift-gitops-operator"
	for _, object := range []map[string]any{
		{"apiVersion": "v1", "kind": "Namespace"},
		{"apiVersion": "operators.coreos.com/v1", "kind": "OperatorGroup", "spec": map[string]any{}},
		{"apiVersion": "operators.coreos.com/v1alpha1", "kind": "Subscription", "spec": map[string]any{
			"name": operator, "channel": "latest", "source": "redhat-operators", "sourceNamespace": "openshift-marketplace",
		}},
	} {
		each := &unstructured.Unstructured{Object: object}
		each.SetName(operator)
		if each.GetKind() != "Namespace" {
			each.SetNamespace(operator)
		}
		if err := w.Create(t.Context(), each); err != nil {
			t.Fatal(err)
		}
	}
	w.until(t, "OpenShift GitOps is installed", time.Minute, func(ctx context.Context) bool {
		phase, _, _ := unstructured.NestedString(w.find(ctx, "argoproj.io/v1beta1", "ArgoCD", argocd.Namespace, argocd.Namespace), "status", "phase")
		return phase == "Available"
	})
}

// find reads an object; nil when there is none.
func (w *world) find(ctx context.Context, apiVersion, kind, namespace, name string) map[string]any {
	object := &unstructured.Unstructured{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
	if w.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, object) != nil {
		return nil
	}
	return object.Object
}

// logs are what hooks printed.
func (w *world) logs() string {
	files, _ := filepath.Glob(filepath.Join(w.dir, "kubelet", "logs", release, "*", "*.log"))
	var text strings.Builder
	for _, file := range files {
		content, _ := os.ReadFile(file)
		fmt.Fprintf(&text, "--- %s\n%s", filepath.Base(filepath.Dir(file)), content)
	}
	return text.String()
}

// commitChart makes a Git repository of the working copy's chart.
func (w *world) commitChart(t *testing.T) {
	t.Helper()
	w.repository = t.TempDir()
	w.git(t, "init", "--quiet", "--initial-branch", "main")
	if err := os.CopyFS(filepath.Join(w.repository, "charts"), os.DirFS(project+"/charts")); err != nil {
		t.Fatal(err)
	}
	w.commit(t)
}

func (w *world) commit(t *testing.T) {
	t.Helper()
	w.git(t, "add", "--all")
	w.git(t, "commit", "--quiet", "--allow-empty", "--message", "change")
}

func (w *world) git(t *testing.T, arguments ...string) {
	t.Helper()
	command := exec.Command("git", append([]string{"-C", w.repository, "-c", "user.name=test", "-c", "user.email=test@example.com"}, arguments...)...)
	// A hook that runs this test has told git of another repository.
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.repository}
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", arguments, err, output)
	}
}

// running waits until a Job's pod is at work.
func (w *world) running(ctx context.Context, job string) bool {
	for ctx.Err() == nil {
		pods := &corev1.PodList{}
		if w.List(ctx, pods, client.InNamespace(release), client.MatchingLabels{"batch.kubernetes.io/job-name": job}) == nil {
			for _, each := range pods.Items {
				if each.Status.Phase == corev1.PodRunning {
					return true
				}
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}
