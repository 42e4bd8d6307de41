package chart_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	operatorsv1 "github.com/operator-framework/api/pkg/operators/v1"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// adoption follows OperatorGroups and Subscriptions during a whole run. What is seen once is remembered, however short it lived.
type adoption struct {
	lock sync.Mutex
	// groups are names by namespace, subscriptions are namespace/name by package.
	groups, subscriptions map[string][]string
}

// followAdoption starts to watch; what is there counts as well.
func followAdoption(t *testing.T, config *rest.Config) *adoption {
	t.Helper()
	watcher, err := client.NewWithWatch(config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := &adoption{groups: map[string][]string{}, subscriptions: map[string][]string{}}
	for _, kind := range []schema.GroupVersionKind{
		operatorsv1.GroupVersion.WithKind("OperatorGroup"), v1alpha1.SchemeGroupVersion.WithKind("Subscription"),
	} {
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(kind.GroupVersion().WithKind(kind.Kind + "List"))
		events, err := watcher.Watch(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(events.Stop)
		go a.follow(t.Context(), events)
	}
	return a
}

func (a *adoption) follow(ctx context.Context, events watch.Interface) {
	for {
		select {
		case <-ctx.Done():
			return
		case event, open := <-events.ResultChan():
			if !open {
				return
			}
			if object, ok := event.Object.(*unstructured.Unstructured); ok {
				a.note(object)
			}
		}
	}
}

func (a *adoption) note(object *unstructured.Unstructured) {
	a.lock.Lock()
	defer a.lock.Unlock()
	add := func(to map[string][]string, key, name string) {
		if !slices.Contains(to[key], name) {
			to[key] = append(to[key], name)
		}
	}
	if object.GetKind() == "OperatorGroup" {
		add(a.groups, object.GetNamespace(), object.GetName())
		return
	}
	name, _, _ := unstructured.NestedString(object.Object, "spec", "name")
	add(a.subscriptions, name, object.GetNamespace()+"/"+object.GetName())
}

// duplicates are the packages with several Subscriptions and the namespaces with several OperatorGroups, at whatever time they were.
func (a *adoption) duplicates() []string {
	a.lock.Lock()
	defer a.lock.Unlock()
	var found []string
	for name, subscriptions := range a.subscriptions {
		if len(subscriptions) > 1 {
			found = append(found, fmt.Sprintf("package %s: Subscriptions %v", name, subscriptions))
		}
	}
	for namespace, groups := range a.groups {
		if len(groups) > 1 {
			found = append(found, fmt.Sprintf("namespace %s: OperatorGroups %v", namespace, groups))
		}
	}
	return found
}

// packages are those that were ever subscribed.
func (a *adoption) packages() []string {
	a.lock.Lock()
	defer a.lock.Unlock()
	var names []string
	for name := range a.subscriptions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// What the lifecycle tests rest on: a second one is seen although it was there for a moment only.
func TestAdoptionSeesWhatWasThereForAMoment(t *testing.T) {
	t.Parallel()
	c := controlplane.ForTest(t, crd.Platform)
	admin, err := client.New(c.Config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	followed := followAdoption(t, c.Config)
	for _, name := range []string{"first", "second"} {
		group := &unstructured.Unstructured{Object: map[string]any{"metadata": map[string]any{"name": name, "namespace": "default"}}}
		group.SetGroupVersionKind(operatorsv1.GroupVersion.WithKind("OperatorGroup"))
		if err := admin.Create(t.Context(), group); err != nil {
			t.Fatal(err)
		}
		if name == "first" {
			continue
		}
		if err := admin.Delete(t.Context(), group); err != nil {
			t.Fatal(err)
		}
	}
	for end := time.Now().Add(patience); len(followed.duplicates()) == 0; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the second OperatorGroup was not seen")
		}
	}
}
