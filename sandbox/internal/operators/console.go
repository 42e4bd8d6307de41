package operators

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const (
	consoleNamespace = "openshift-console"
	consoleName      = "console"
	consoleConfig    = "console-config"
	// consoleConfigVersion is where pods have the version of the configuration that they started with.
	consoleConfigVersion = "console.openshift.io/console-config-version"
)

// actConsole follows consoles.operator.openshift.io/cluster as the console's operator does: only while it is Managed; Unmanaged, nothing
// is written, the status neither; Removed, the console goes; in any other state the operator fails, and nothing is written either
// (openshift/console-operator: handleSync and removeConsole in pkg/console/operator/operator.go).
func (s *Operators) actConsole(ctx context.Context) error {
	console := named(kind("operator.openshift.io", "v1", "Console"), "", "cluster")
	if err := s.client.Get(ctx, client.ObjectKeyFromObject(console), console); err != nil {
		return client.IgnoreNotFound(err)
	}
	switch state, _, _ := unstructured.NestedString(console.Object, "spec", "managementState"); state {
	case "Managed":
		return s.runConsole(ctx, console)
	case "Removed":
		meta := metav1.ObjectMeta{Namespace: consoleNamespace, Name: consoleName}
		return errors.Join(
			client.IgnoreNotFound(s.client.Delete(ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: consoleNamespace, Name: consoleConfig}})),
			client.IgnoreNotFound(s.client.Delete(ctx, &appsv1.Deployment{ObjectMeta: meta}, client.PropagationPolicy(metav1.DeletePropagationBackground))),
		)
	}
	return nil
}

// runConsole writes the console's configuration, the plugins that are enabled and have a ConsolePlugin, passing over other names, and
// starts the console anew when it changed (sync_v400.go, pkg/console/subresource/deployment).
func (s *Operators) runConsole(ctx context.Context, console *object) error {
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
		lines = append(lines, fmt.Sprintf("  %s: https://%s.%s.svc.cluster.local:%v%v\n", plugin.GetName(), service["name"], service["namespace"], service["port"], service["basePath"]))
	}
	slices.Sort(lines)
	content := "apiVersion: console.openshift.io/v1\nkind: ConsoleConfig\n"
	if len(lines) > 0 {
		content += "plugins:\n" + strings.Join(lines, "")
	}
	config, err := s.writeConsoleConfig(ctx, content)
	if err != nil {
		return ignoreLost(err)
	}
	deployment, err := s.deployConsole(ctx, config.ResourceVersion)
	if err != nil {
		return ignoreLost(err)
	}
	before := console.DeepCopy()
	available := condition{"DeploymentAvailable", "True", "", ""}
	if deployment.Status.AvailableReplicas == 0 {
		available = condition{"DeploymentAvailable", "False", "InsufficientReplicas", "0 replicas available for console deployment"}
	}
	setConditions(console, []condition{available, {"ConfigMapSyncDegraded", "False", "", ""}, {"DeploymentSyncDegraded", "False", "", ""}}, nil)
	_ = unstructured.SetNestedField(console.Object, console.GetGeneration(), "status", "observedGeneration")
	_ = unstructured.SetNestedField(console.Object, int64(deployment.Status.ReadyReplicas), "status", "readyReplicas")
	return s.writeStatus(ctx, before, console)
}

func (s *Operators) writeConsoleConfig(ctx context.Context, content string) (*corev1.ConfigMap, error) {
	config := &corev1.ConfigMap{}
	err := s.client.Get(ctx, client.ObjectKey{Namespace: consoleNamespace, Name: consoleConfig}, config)
	if client.IgnoreNotFound(err) != nil {
		return nil, err
	}
	isNew := err != nil
	if !isNew && config.Data["console-config.yaml"] == content {
		return config, nil
	}
	config.Data = map[string]string{"console-config.yaml": content}
	if isNew {
		config.ObjectMeta = metav1.ObjectMeta{Namespace: consoleNamespace, Name: consoleConfig}
		return config, s.client.Create(ctx, config)
	}
	return config, s.client.Update(ctx, config)
}

// deployConsole has pods run with this version of the configuration.
func (s *Operators) deployConsole(ctx context.Context, version string) (*appsv1.Deployment, error) {
	deployment := &appsv1.Deployment{}
	err := s.client.Get(ctx, client.ObjectKey{Namespace: consoleNamespace, Name: consoleName}, deployment)
	if client.IgnoreNotFound(err) != nil {
		return nil, err
	}
	if err == nil && deployment.Annotations[consoleConfigVersion] == version {
		return deployment, nil
	}
	labels := map[string]string{"app": "console", "component": "ui", "sandbox/keep": "true"}
	annotations := map[string]string{consoleConfigVersion: version}
	spec := appsv1.DeploymentSpec{
		Replicas: ptr.To[int32](1), Selector: &metav1.LabelSelector{MatchLabels: labels},
		Template: corev1.PodTemplateSpec{
			ObjectMeta: metav1.ObjectMeta{Labels: labels, Annotations: annotations}, Spec: restrictedPod("console", "openshift4/ose-console-rhel9:latest"),
		},
	}
	if err != nil {
		deployment = &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Namespace: consoleNamespace, Name: consoleName, Labels: labels, Annotations: annotations}, Spec: spec}
		return deployment, s.client.Create(ctx, deployment)
	}
	deployment.Annotations, deployment.Spec = annotations, spec
	return deployment, s.client.Update(ctx, deployment)
}
