package gitops_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/migration-prep/migration-prep/sandbox/internal/argocd"
)

// apply creates the Application of install/argocd with these values in addition. Only the repository is another one, and time is short.
func (w *world) apply(t *testing.T, values map[string]any) {
	t.Helper()
	content, err := os.ReadFile(project + "/install/argocd/application.yaml")
	if err != nil {
		t.Fatal(err)
	}
	application := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(content, &application.Object); err != nil {
		t.Fatal(err)
	}
	all, _, _ := unstructured.NestedMap(application.Object, "spec", "source", "helm", "valuesObject")
	for key, value := range values {
		if inner, ok := value.(map[string]any); ok && all[key] != nil {
			for name, each := range inner {
				all[key].(map[string]any)[name] = each
			}
			continue
		}
		all[key] = value
	}
	for path, value := range map[string]any{
		"source.helm.valuesObject": all,
		"source.repoURL":           "file://" + w.repository,
		"syncPolicy.retry.backoff": map[string]any{"duration": "1s", "factor": int64(1), "maxDuration": "1s"},
	} {
		if err := unstructured.SetNestedField(application.Object, value, append([]string{"spec"}, strings.Split(path, ".")...)...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Create(t.Context(), application); err != nil {
		t.Fatal(err)
	}
}

var applicationKind = schema.GroupVersionKind{Group: "argoproj.io", Version: "v1alpha1", Kind: "Application"}

// application is the Application as Argo CD sees it now.
type application struct {
	Status struct {
		Sync   struct{ Status, Revision string }
		Health struct{ Status string }
		// OperationState is the last sync, or the one at work.
		OperationState struct {
			Phase, Message string
			StartedAt      time.Time
			RetryCount     int
			SyncResult     struct {
				Revision  string
				Resources []result
			}
		}
		Resources []struct {
			Group, Version, Kind, Namespace, Name, Status string
			Hook                                          bool
		}
		Conditions []struct{ Type, Message string }
	}
}

type result struct{ Kind, Namespace, Name, Status, Message, HookType, HookPhase string }

func (w *world) application(ctx context.Context) (*application, error) {
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(applicationKind)
	if err := w.Get(ctx, client.ObjectKey{Namespace: argocd.Namespace, Name: release}, object); err != nil {
		return nil, err
	}
	content, err := object.MarshalJSON()
	if err != nil {
		return nil, err
	}
	seen := &application{}
	return seen, yaml.Unmarshal(content, seen)
}

// describe says in a few lines where the Application stands.
func (w *world) describe(ctx context.Context) string {
	seen, err := w.application(ctx)
	if err != nil {
		return err.Error()
	}
	s := seen.Status
	lines := []string{fmt.Sprintf("%s, %s, operation %s after %d retries: %s", s.Sync.Status, s.Health.Status, s.OperationState.Phase, s.OperationState.RetryCount, s.OperationState.Message)}
	for _, each := range s.Conditions {
		lines = append(lines, each.Type+": "+each.Message)
	}
	for _, each := range s.OperationState.SyncResult.Resources {
		if each.Status != "Synced" && each.HookPhase != "Succeeded" {
			lines = append(lines, fmt.Sprintf("%s %s/%s: %s %s %s", each.Kind, each.Namespace, each.Name, each.Status, each.HookPhase, each.Message))
		}
	}
	return strings.Join(lines, "\n  ")
}

// until waits until something is so.
func (w *world) until(t *testing.T, what string, patience time.Duration, so func(ctx context.Context) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for !so(ctx) {
		select {
		case <-ctx.Done():
			t.Fatalf("not within %s: %s. %s", patience, what, w.describe(context.WithoutCancel(ctx)))
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// sync starts a whole sync, as `argocd app sync` does, and waits for its good end. Like Argo CD's API server it takes the last state away:
// the controller merges a new one into it, and would go on with the resources of a heal.
func (w *world) sync(t *testing.T) {
	t.Helper()
	began := time.Now().Add(-time.Second)
	w.patchApplication(t, `{"operation":{"initiatedBy":{"username":"test"},"sync":{"prune":true,"syncOptions":[]},"retry":{"limit":20,"backoff":{"duration":"1s","factor":1}}},
		"status":{"operationState":null}}`)
	w.until(t, "the sync ends well", 4*time.Minute, func(ctx context.Context) bool {
		seen, err := w.application(ctx)
		if err != nil {
			return false
		}
		state := seen.Status.OperationState
		return state.Phase == "Succeeded" && state.StartedAt.After(began)
	})
}

// inSync reports whether everything is as the repository says, healthy, and nothing is at work.
func (w *world) inSync(ctx context.Context) bool {
	seen, err := w.application(ctx)
	return err == nil && seen.Status.Sync.Status == "Synced" && seen.Status.Health.Status == "Healthy" && seen.Status.OperationState.Phase == "Succeeded"
}

// refresh has Argo CD look at the repository and the cluster now.
func (w *world) refresh(t *testing.T) {
	t.Helper()
	w.patchApplication(t, `{"metadata":{"annotations":{"argocd.argoproj.io/refresh":"normal"}}}`)
	w.until(t, "Argo CD looks", 30*time.Second, func(ctx context.Context) bool {
		object := &unstructured.Unstructured{}
		object.SetGroupVersionKind(applicationKind)
		return w.Get(ctx, client.ObjectKey{Namespace: argocd.Namespace, Name: release}, object) == nil && object.GetAnnotations()["argocd.argoproj.io/refresh"] == ""
	})
}

// deleteApplication waits until it is gone, so that its hooks have run.
func (w *world) deleteApplication(t *testing.T, patience time.Duration) {
	t.Helper()
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(applicationKind)
	object.SetNamespace(argocd.Namespace)
	object.SetName(release)
	if err := w.Delete(t.Context(), object); err != nil {
		t.Fatal(err)
	}
	w.until(t, "the Application is gone", patience, func(ctx context.Context) bool {
		return apierrors.IsNotFound(w.Get(ctx, client.ObjectKeyFromObject(object), object))
	})
}

func (w *world) patchApplication(t *testing.T, patch string) {
	t.Helper()
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(applicationKind)
	object.SetNamespace(argocd.Namespace)
	object.SetName(release)
	if err := w.Patch(t.Context(), object, client.RawPatch("application/merge-patch+json", []byte(patch))); err != nil {
		t.Fatal(err)
	}
}
