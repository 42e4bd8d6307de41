package operators_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// TestPolicies plays what kubernetes-nmstate does with a policy (docs/facts/platform.md §11).
func TestPolicies(t *testing.T) {
	w := newWorld(t, "4.22.0")
	w.apply(t, operator("openshift-nmstate", "kubernetes-nmstate-operator"))
	w.insist(t, "{apiVersion: nmstate.io/v1, kind: NMState, metadata: {name: nmstate}}")
	for _, name := range []string{"a", "b", "c"} {
		w.insist(t, fmt.Sprintf("{apiVersion: v1, kind: Node, metadata: {name: %s, labels: {rack: x}}}", name))
		w.insist(t, fmt.Sprintf("{apiVersion: nmstate.io/v1beta1, kind: NodeNetworkState, metadata: {name: %s}}", name))
		w.setStatus(t, ref("", "v1", "Node", "", name), `{"status": {"conditions": [{"type": "Ready", "status": "True"}]}}`)
		w.setStatus(t, ref("nmstate.io", "v1beta1", "NodeNetworkState", "", name),
			`{"status": {"currentState": {"interfaces": [{"name": "eno1", "type": "ethernet", "controller": "br-ex"}, {"name": "eno2", "type": "ethernet"}]}}}`)
	}
	policy := func(name, port, state string) string {
		return fmt.Sprintf(`{apiVersion: nmstate.io/v1, kind: NodeNetworkConfigurationPolicy, metadata: {name: %s}, spec: {nodeSelector: {rack: x}, maxUnavailable: 1,
desiredState: {interfaces: [{name: br1, type: linux-bridge, state: %s, bridge: {port: [{name: %s}]}}]}}}`, name, state, port)
	}
	told := func(ctx context.Context, name string) string {
		return conditions(w.read(ctx, ref("nmstate.io", "v1", "NodeNetworkConfigurationPolicy", "", name)))["Degraded"] + " " +
			conditions(w.read(ctx, ref("nmstate.io", "v1", "NodeNetworkConfigurationPolicy", "", name)))["Available"]
	}
	bridges := func(ctx context.Context) (n int) {
		for _, name := range []string{"a", "b", "c"} {
			state := w.read(ctx, ref("nmstate.io", "v1beta1", "NodeNetworkState", "", name))
			list, _, _ := unstructured.NestedSlice(state.Object, "status", "currentState", "interfaces")
			for _, each := range list {
				if each.(map[string]any)["name"] == "br1" {
					n++
				}
			}
		}
		return n
	}
	enactment := func(ctx context.Context, name string) map[string]string {
		return conditions(w.read(ctx, ref("nmstate.io", "v1beta1", "NodeNetworkConfigurationEnactment", "", name)))
	}

	t.Run("every node gets it, and the policy counts them", func(t *testing.T) {
		w.insist(t, policy("good", "eno2", "up"))
		w.eventually(t, "all nodes have it", func(ctx context.Context) bool {
			return told(ctx, "good") == "False SuccessfullyConfigured True SuccessfullyConfigured" && bridges(ctx) == 3
		})
		if got := enactment(t.Context(), "a.good")["Available"]; got != "True SuccessfullyConfigured" {
			t.Errorf("enactment: %s", got)
		}
	})

	t.Run("its deletion takes the enactments and leaves the bridges", func(t *testing.T) {
		if err := w.Delete(t.Context(), ref("nmstate.io", "v1", "NodeNetworkConfigurationPolicy", "", "good")); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "no enactment is left", func(ctx context.Context) bool { return len(enactment(ctx, "a.good")) == 0 })
		if n := bridges(t.Context()); n != 3 {
			t.Errorf("%d bridges", n)
		}
		w.insist(t, policy("away", "eno2", "absent"))
		w.eventually(t, "they go when they are wanted absent", func(ctx context.Context) bool { return bridges(ctx) == 0 })
	})

	t.Run("a node that is not ready is not counted, and goes on when it is back", func(t *testing.T) {
		w.setStatus(t, ref("", "v1", "Node", "", "b"), `{"status": {"conditions": [{"type": "Ready", "status": "Unknown"}]}}`)
		w.insist(t, policy("late", "eno2", "up"))
		w.eventually(t, "two nodes have it, which counts as done", func(ctx context.Context) bool {
			return told(ctx, "late") == "False SuccessfullyConfigured True SuccessfullyConfigured" && bridges(ctx) == 2
		})
		w.setStatus(t, ref("", "v1", "Node", "", "b"), `{"status": {"conditions": [{"type": "Ready", "status": "True"}]}}`)
		w.eventually(t, "all have it", func(ctx context.Context) bool { return bridges(ctx) == 3 })
		if err := w.Delete(t.Context(), ref("nmstate.io", "v1", "NodeNetworkConfigurationPolicy", "", "late")); err != nil {
			t.Fatal(err)
		}
		w.insist(t, policy("taken-back", "eno2", "absent"))
		w.eventually(t, "they are gone", func(ctx context.Context) bool { return bridges(ctx) == 0 })
	})

	t.Run("the card of br-ex costs the gateway, which rolls back, and the others are not tried", func(t *testing.T) {
		w.insist(t, policy("bad", "eno1", "up"))
		w.eventually(t, "it fails", func(ctx context.Context) bool {
			return strings.HasPrefix(told(ctx, "bad"), "True FailedToConfigure") && enactment(ctx, "c.bad")["Aborted"] == "True ConfigurationAborted"
		})
		if got := enactment(t.Context(), "a.bad"); got["Failing"] != "True FailedToConfigure" || got["Progressing"] != "False FailedToConfigure" {
			t.Errorf("enactment: %v", got)
		}
		if n := bridges(t.Context()); n != 0 {
			t.Errorf("%d bridges", n)
		}
	})
}

// setStatus writes a status as its owner would.
func (w *world) setStatus(t *testing.T, o *unstructured.Unstructured, patch string) {
	t.Helper()
	if err := w.Status().Patch(t.Context(), o, client.RawPatch("application/merge-patch+json", []byte(patch))); err != nil {
		t.Fatal(err)
	}
}
