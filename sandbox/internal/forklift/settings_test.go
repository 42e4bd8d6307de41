package forklift_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// testImageRestartsTheInventory sets vddk_image and looks at what the inventory and a ready provider say until both are as before.
func testImageRestartsTheInventory(t *testing.T, w *world) {
	controller := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
	controller.SetGroupVersionKind(api.GroupVersion.WithKind("ForkliftController"))
	controller.SetName("forklift-controller")
	controller.SetNamespace(w.project)
	w.create(t, controller)
	w.create(t, w.secretOf("restarted", w.keys(), nil))
	w.create(t, w.providerOf("restarted", w.vcenter.URL))
	provider := &api.Provider{}
	look := func() string {
		if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: "restarted"}, provider); err != nil {
			t.Fatal(err)
		}
		return provider.Status.Phase
	}
	until(t, func() bool { return look() == "Ready" })

	type said struct {
		code   int
		reason string
	}
	ask := func() said {
		code, header, _ := w.ask(t, w.forklift.InventoryURL+"/providers/vsphere/"+string(provider.UID)+"/networks", w.token("kubeadmin"))
		return said{code, header.Get("X-Reason")}
	}
	if got := ask(); got.code != http.StatusOK {
		t.Fatalf("before, the inventory says %+v", got)
	}
	set := func(patch string) {
		if err := w.client.Patch(t.Context(), controller, client.RawPatch(types.MergePatchType, []byte(patch))); err != nil {
			t.Fatal(err)
		}
	}
	var answers []said
	var phases []string
	watch := func() {
		if got := ask(); len(answers) == 0 || answers[len(answers)-1] != got {
			answers = append(answers, got)
		}
		if got := look(); len(phases) == 0 || phases[len(phases)-1] != got {
			phases = append(phases, got)
		}
	}
	set(`{"spec":{"vddk_image":"registry.example.com/vddk:1"}}`)
	until(t, func() bool { watch(); return len(answers) > 3 && len(phases) > 2 })
	if want := []said{{200, ""}, {502, ""}, {404, "ProviderNotFound"}, {200, ""}}; !slices.Equal(answers, want) {
		t.Errorf("the inventory says %+v", answers)
	}
	if want := []string{"Ready", "Staging", "Ready"}; !slices.Equal(phases, want) {
		t.Errorf("the provider is %v", phases)
	}
	// Another setting restarts nothing.
	answers, phases = nil, nil
	set(`{"spec":{"controller_max_vm_inflight":7}}`)
	for began := time.Now(); time.Since(began) < 2*time.Second; {
		watch()
	}
	if len(answers) != 1 || len(phases) != 1 {
		t.Errorf("another setting: %+v %v", answers, phases)
	}
}

func until(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); {
		if time.Now().After(deadline) {
			t.Fatal("not within 20 seconds")
		}
	}
}
