package operators

import (
	"context"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const consoleNamespace = "openshift-console"

// actConsole writes the console's configuration: the plugins that are enabled in consoles.operator.openshift.io/cluster and have a
// ConsolePlugin; other names are passed over (openshift/console-operator, pkg/console/operator/sync_v400.go).
func (s *Operators) actConsole(ctx context.Context) error {
	console := named(kind("operator.openshift.io", "v1", "Console"), "", "cluster")
	if err := s.client.Get(ctx, client.ObjectKeyFromObject(console), console); err != nil {
		return client.IgnoreNotFound(err)
	}
	enabled, _, _ := unstructured.NestedStringSlice(console.Object, "spec", "plugins")
	plugins, err := s.list(ctx, kind("console.openshift.io", "v1", "ConsolePlugin"))
	if err != nil {
		return err
	}
	var lines []string
	for _, plugin := range plugins {
		if !slices.Contains(enabled, plugin.GetName()) {
			continue
		}
		service, _, _ := unstructured.NestedMap(plugin.Object, "spec", "backend", "service")
		lines = append(lines, fmt.Sprintf("  %s: https://%s.%s.svc.cluster.local:%v%v", plugin.GetName(), service["name"], service["namespace"], service["port"], service["basePath"]))
	}
	slices.Sort(lines)
	content := "plugins:\n" + strings.Join(lines, "\n") + "\n"
	if len(lines) == 0 {
		content = "plugins: {}\n"
	}
	if err := s.writeConsoleConfig(ctx, content); err != nil {
		return err
	}
	before := console.DeepCopy()
	setConditions(console, []condition{{"Available", "True", "AsExpected", "All is well"}, {"Degraded", "False", "AsExpected", "All is well"}}, nil)
	_ = unstructured.SetNestedField(console.Object, console.GetGeneration(), "status", "observedGeneration")
	_ = unstructured.SetNestedField(console.Object, int64(1), "status", "readyReplicas")
	return s.writeStatus(ctx, before, console)
}

func (s *Operators) writeConsoleConfig(ctx context.Context, content string) error {
	config := &corev1.ConfigMap{}
	err := s.client.Get(ctx, client.ObjectKey{Namespace: consoleNamespace, Name: "console-config"}, config)
	if client.IgnoreNotFound(err) != nil {
		return err
	}
	if err != nil {
		return client.IgnoreNotFound(s.create(ctx, &corev1.ConfigMap{
			ObjectMeta: metav1.ObjectMeta{Namespace: consoleNamespace, Name: "console-config"}, Data: map[string]string{"console-config.yaml": content},
		}))
	}
	if config.Data["console-config.yaml"] == content {
		return nil
	}
	config.Data = map[string]string{"console-config.yaml": content}
	return ignoreLost(s.client.Update(ctx, config))
}
