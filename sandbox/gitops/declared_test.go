package gitops_test

import (
	"context"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Operators and operands as objects of the Application.
func TestDeclaredOperators(t *testing.T) {
	w := newWorld(t, nil)
	w.operatorsSlow(t, 3)
	values := everything()
	values["gitops"] = map[string]any{"declareOperators": true}
	w.apply(t, values)
	w.until(t, "everything is prepared", 5*time.Minute, w.inSync)
	w.prepared(t)

	t.Run("what is deleted comes back, what is changed is healed", func(t *testing.T) {
		for _, each := range w.managed(t) {
			switch each.GetKind() {
			// Not a Subscription: OLM refuses one whose ClusterServiceVersion is there already ("not referenced by a subscription").
			case "NMState", "OperatorGroup":
				if err := w.Delete(t.Context(), each); err != nil {
					t.Fatal(err)
				}
				w.until(t, described(each)+" is there again", time.Minute, func(ctx context.Context) bool {
					is := each.DeepCopy()
					return w.Get(ctx, client.ObjectKeyFromObject(each), is) == nil && is.GetUID() != each.GetUID()
				})
			case "Subscription":
				if err := w.Patch(t.Context(), each, client.RawPatch(types.MergePatchType, []byte(`{"spec":{"installPlanApproval":"Manual"}}`))); err != nil {
					t.Fatal(err)
				}
				w.until(t, described(each)+" is as declared again", time.Minute, func(ctx context.Context) bool {
					is := each.DeepCopy()
					if w.Get(ctx, client.ObjectKeyFromObject(each), is) != nil {
						return false
					}
					approval, _, _ := unstructured.NestedString(is.Object, "spec", "installPlanApproval")
					return approval == "Automatic"
				})
			}
		}
		w.until(t, "everything is well", 2*time.Minute, w.inSync)
	})

	t.Run("what is no longer declared is not pruned", func(t *testing.T) {
		var protected []*unstructured.Unstructured
		for _, each := range w.managed(t) {
			if kept(each) {
				protected = append(protected, each)
			}
		}
		if len(protected) < 17 {
			t.Fatalf("only %d objects are protected", len(protected))
		}
		w.patchApplication(t, `{"spec":{"source":{"helm":{"valuesObject":{
			"operators":{"lvms":{"mode":"skip"},"mtv":{"mode":"skip"},"nmstate":{"mode":"skip"},"cnv":{"mode":"skip"}},
			"storage":{"virtDefaultClass":""},"virtualization":{"evictionStrategy":""}}}}}}`)
		w.until(t, "Argo CD would prune", time.Minute, func(ctx context.Context) bool {
			seen, err := w.application(ctx)
			return err == nil && seen.Status.Sync.Status == "OutOfSync"
		})
		w.sync(t)
		for _, was := range protected {
			if err := w.Get(t.Context(), client.ObjectKeyFromObject(was), was.DeepCopy()); apierrors.IsNotFound(err) {
				t.Errorf("%s was pruned", described(was))
			}
		}
	})
}
