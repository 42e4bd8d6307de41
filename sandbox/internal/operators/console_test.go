package operators_test

import (
	"context"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const version = "console.openshift.io/console-config-version"

var (
	console       = ref("operator.openshift.io", "v1", "Console", "", "cluster")
	configuration = ref("", "v1", "ConfigMap", "openshift-console", "console-config")
	consolePods   = ref("apps", "v1", "Deployment", "openshift-console", "console")
)

// runsPlugins follows the console's operator through its states.
func runsPlugins(t *testing.T, w *world) {
	w.apply(t, `
apiVersion: console.openshift.io/v1
kind: ConsolePlugin
metadata: {name: ours}
spec: {displayName: Ours, backend: {type: Service, service: {name: web, namespace: plugins, port: 9443, basePath: /}}}
`)
	set := func(patch string) {
		t.Helper()
		if err := w.patch(t, console, patch); err != nil {
			t.Fatal(err)
		}
	}
	const (
		plain = "apiVersion: console.openshift.io/v1\nkind: ConsoleConfig\n"
		ours  = plain + "plugins:\n  ours: https://web.plugins.svc.cluster.local:9443/\n"
	)
	// runsWith reports whether the console's pods run with this configuration, and no others are left.
	runsWith := func(content string) func(context.Context) bool {
		return func(ctx context.Context) bool {
			config, pods := w.read(ctx, configuration), w.read(ctx, consolePods)
			if config == nil || pods == nil {
				return false
			}
			data, _, _ := unstructured.NestedString(config.Object, "data", "console-config.yaml")
			status, _, _ := unstructured.NestedMap(pods.Object, "status")
			return data == content && pods.GetAnnotations()[version] == config.GetResourceVersion() && status["observedGeneration"] == pods.GetGeneration() &&
				status["availableReplicas"] == int64(1) && status["updatedReplicas"] == int64(1) && status["replicas"] == int64(1)
		}
	}
	w.eventually(t, "a console without plugins", runsWith(plain))
	set(`{"spec":{"plugins":["unknown","ours"]}}`)
	w.eventually(t, "the plugin in it", runsWith(ours))

	// Nothing happens while nobody manages it, whatever is asked for; a look of the operators is proven by what another one does.
	set(`{"spec":{"managementState":"Unmanaged","plugins":[]}}`)
	w.apply(t, "{apiVersion: v1, kind: ConfigMap, metadata: {name: proof, namespace: default, annotations: {service.beta.openshift.io/inject-cabundle: 'true'}}}")
	w.eventually(t, "the operators looked", func(ctx context.Context) bool {
		proof := w.read(ctx, ref("", "v1", "ConfigMap", "default", "proof"))
		return proof != nil && proof.Object["data"] != nil
	})
	if !runsWith(ours)(t.Context()) {
		t.Error("an Unmanaged console has another configuration")
	}
	seen := w.read(t.Context(), console)
	if observed, _, _ := unstructured.NestedInt64(seen.Object, "status", "observedGeneration"); observed == seen.GetGeneration() {
		t.Error("the operator looked at an Unmanaged console")
	}

	set(`{"spec":{"managementState":"Removed"}}`)
	w.eventually(t, "no console", func(ctx context.Context) bool {
		return w.read(ctx, configuration) == nil && w.read(ctx, consolePods) == nil
	})
	set(`{"spec":{"managementState":"Managed"}}`)
	w.eventually(t, "a console again", runsWith(plain))
}
