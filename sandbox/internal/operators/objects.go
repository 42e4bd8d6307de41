package operators

import (
	"context"
	"reflect"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

type object = unstructured.Unstructured

func kind(group, version, kind string) *object {
	o := &object{}
	o.SetGroupVersionKind(schema.GroupVersionKind{Group: group, Version: version, Kind: kind})
	return o
}

func named(o *object, namespace, name string) *object {
	o.SetNamespace(namespace)
	o.SetName(name)
	return o
}

// list returns what there is of a kind; nothing where the kind is not there either.
func (s *Operators) list(ctx context.Context, of *object, options ...client.ListOption) ([]object, error) {
	list := &unstructured.UnstructuredList{}
	gvk := of.GroupVersionKind()
	gvk.Kind += "List"
	list.SetGroupVersionKind(gvk)
	err := s.client.List(ctx, list, options...)
	if meta.IsNoMatchError(err) || apierrors.IsNotFound(err) {
		return nil, nil
	}
	return list.Items, err
}

// condition is one as every operator writes them.
type condition struct{ kind, status, reason, message string }

// setConditions writes conditions into an object, with the time of their last change.
func setConditions(o *object, wanted []condition, extra map[string]any) {
	before, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions")
	list := []any{}
	for _, each := range wanted {
		fresh := map[string]any{
			"type": each.kind, "status": each.status, "reason": each.reason, "message": each.message,
			"lastTransitionTime": time.Now().UTC().Format(time.RFC3339),
		}
		for key, value := range extra {
			fresh[key] = value
		}
		for _, entry := range before {
			if old, ok := entry.(map[string]any); ok && old["type"] == each.kind && old["status"] == each.status {
				fresh["lastTransitionTime"] = old["lastTransitionTime"]
			}
		}
		list = append(list, fresh)
	}
	_ = unstructured.SetNestedSlice(o.Object, list, "status", "conditions")
}

// writeStatus stores a status that differs from before.
func (s *Operators) writeStatus(ctx context.Context, before, o *object) error {
	if reflect.DeepEqual(before.Object["status"], o.Object["status"]) {
		return nil
	}
	return ignoreLost(s.client.Status().Update(ctx, o))
}

// create makes an object unless it is there. It asks first: the server would check the whole of a CRD only to refuse it.
func (s *Operators) create(ctx context.Context, o client.Object) error {
	gvk, err := s.client.GroupVersionKindFor(o)
	if err != nil {
		return err
	}
	there := &metav1.PartialObjectMetadata{}
	there.SetGroupVersionKind(gvk)
	if err := s.client.Get(ctx, client.ObjectKeyFromObject(o), there); !apierrors.IsNotFound(err) {
		return err
	}
	if err := s.client.Create(ctx, o); !apierrors.IsAlreadyExists(err) {
		return err
	}
	return nil
}

// addFinalizer makes sure that a deletion waits for the operator.
func (s *Operators) addFinalizer(ctx context.Context, o *object, finalizer string) error {
	for _, each := range o.GetFinalizers() {
		if each == finalizer {
			return nil
		}
	}
	o.SetFinalizers(append(o.GetFinalizers(), finalizer))
	return ignoreLost(s.client.Update(ctx, o))
}

func (s *Operators) removeFinalizers(ctx context.Context, o *object) error {
	o.SetFinalizers(nil)
	return ignoreLost(s.client.Update(ctx, o))
}

// ignoreLost drops the errors of a write whose object changed or went meanwhile: the next look finds it.
func ignoreLost(err error) error {
	if apierrors.IsConflict(err) || apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
