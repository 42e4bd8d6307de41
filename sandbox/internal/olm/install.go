package olm

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/blang/semver/v4"
	"github.com/operator-framework/api/pkg/lib/version"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	registration "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/webhooks"
)

// silent records no events: OLM's are of no use to anybody here.
type silent struct{}

func (silent) Event(runtime.Object, string, string, string)                                      {}
func (silent) Eventf(runtime.Object, string, string, string, ...any)                             {}
func (silent) AnnotatedEventf(runtime.Object, map[string]string, string, string, string, ...any) {}

func (b *bundle) modes() []v1alpha1.InstallMode {
	return []v1alpha1.InstallMode{
		{Type: v1alpha1.InstallModeTypeOwnNamespace, Supported: b.own}, {Type: v1alpha1.InstallModeTypeSingleNamespace, Supported: b.single},
		{Type: v1alpha1.InstallModeTypeMultiNamespace, Supported: false}, {Type: v1alpha1.InstallModeTypeAllNamespaces, Supported: b.all},
	}
}

// csvOf is the ClusterServiceVersion of a bundle.
func (l *OLM) csvOf(b *bundle, number, namespace string) *v1alpha1.ClusterServiceVersion {
	csv := &v1alpha1.ClusterServiceVersion{
		ObjectMeta: metav1.ObjectMeta{
			Name: b.csv + number, Namespace: namespace, Labels: map[string]string{component(b.name, namespace): "", "olm.managed": "true"},
			Annotations: map[string]string{"operatorframework.io/suggested-namespace": b.namespace},
		},
		Spec: v1alpha1.ClusterServiceVersionSpec{
			DisplayName: b.title, InstallModes: b.modes(), Provider: v1alpha1.AppLink{Name: "Red Hat"},
			InstallStrategy: v1alpha1.NamedInstallStrategy{StrategyName: v1alpha1.InstallStrategyNameDeployment},
		},
	}
	if parsed, err := semver.Parse(number); err == nil {
		csv.Spec.Version = version.OperatorVersion{Version: parsed}
	}
	for _, definition := range l.crdsOf(b) {
		csv.Spec.CustomResourceDefinitions.Owned = append(csv.Spec.CustomResourceDefinitions.Owned, v1alpha1.CRDDescription{
			Name: definition.Name, Kind: definition.Spec.Names.Kind, Version: definition.Spec.Versions[0].Name,
		})
	}
	for _, name := range b.deployments {
		csv.Spec.InstallStrategy.StrategySpec.DeploymentSpecs = append(csv.Spec.InstallStrategy.StrategySpec.DeploymentSpecs,
			v1alpha1.StrategyDeploymentSpec{Name: name, Spec: deploymentOf(b, name, number)})
	}
	return csv
}

// deploymentOf is an operator's Deployment. Its pods are not run: package operators acts for them while they are ready.
func deploymentOf(b *bundle, name, number string) appsv1.DeploymentSpec {
	labels := map[string]string{"name": name, "olm.managed": "true"}
	return appsv1.DeploymentSpec{
		Replicas: ptr.To[int32](1), Selector: &metav1.LabelSelector{MatchLabels: labels},
		Strategy: appsv1.DeploymentStrategy{Type: appsv1.RecreateDeploymentStrategyType},
		Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: corev1.PodSpec{
			AutomountServiceAccountToken: ptr.To(false),
			SecurityContext: &corev1.PodSecurityContext{
				RunAsNonRoot: ptr.To(true), SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
			},
			Containers: []corev1.Container{{
				Name: "manager", Image: kubelet.OperatorImages + b.name + "/" + name + ":" + number,
				SecurityContext: &corev1.SecurityContext{
					AllowPrivilegeEscalation: ptr.To(false), Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
				},
			}},
		}},
	}
}

// install creates or takes over Deployments and webhooks. The webhooks are there before the pods are: what they guard is refused
// until then.
func (l *OLM) install(ctx context.Context, b *bundle, csv *v1alpha1.ClusterServiceVersion) error {
	owner := metav1.OwnerReference{
		APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: v1alpha1.ClusterServiceVersionKind, Name: csv.Name, UID: csv.UID,
		Controller: ptr.To(true), BlockOwnerDeletion: ptr.To(false),
	}
	for _, each := range csv.Spec.InstallStrategy.StrategySpec.DeploymentSpecs {
		deployment := &appsv1.Deployment{}
		err := l.client.Get(ctx, client.ObjectKey{Namespace: csv.Namespace, Name: each.Name}, deployment)
		if client.IgnoreNotFound(err) != nil {
			return err
		}
		absent := err != nil
		deployment.Namespace, deployment.Name, deployment.Spec = csv.Namespace, each.Name, each.Spec
		deployment.OwnerReferences = []metav1.OwnerReference{owner}
		for key, value := range ownerLabels(csv) {
			label(deployment, key, value)
		}
		label(deployment, component(b.name, csv.Namespace), "")
		if absent {
			err = l.client.Create(ctx, deployment)
		} else {
			err = l.client.Update(ctx, deployment)
		}
		if err != nil {
			return err
		}
	}
	for _, each := range b.webhooks {
		if err := l.registerWebhook(ctx, each, csv); err != nil {
			return err
		}
	}
	return nil
}

func ownerLabels(csv *v1alpha1.ClusterServiceVersion) map[string]string {
	return map[string]string{"olm.owner": csv.Name, "olm.owner.namespace": csv.Namespace, "olm.owner.kind": v1alpha1.ClusterServiceVersionKind, "olm.managed": "true"}
}

// registerWebhook writes a webhook's configuration. On OpenShift it names a Service; here it is the address where package operators
// answers. Both refuse with status 500 "failed calling webhook" while no pod is up.
func (l *OLM) registerWebhook(ctx context.Context, w webhook, csv *v1alpha1.ClusterServiceVersion) error {
	var objects *metav1.LabelSelector
	if w.inOperatorNamespace {
		objects = &metav1.LabelSelector{MatchLabels: map[string]string{corev1.LabelMetadataName: csv.Namespace}}
	}
	as := metav1.ObjectMeta{Name: w.name + "-" + csv.Namespace, Labels: ownerLabels(csv)}
	return webhooks.Register(ctx, l.client, as, l.options.WebhookCA, webhooks.Hook{
		Name: w.name, URL: l.options.WebhookURL + "/" + csv.Namespace + w.path, Mutating: w.mutating,
		Rule: webhooks.Rule(w.group, w.version, w.plural, w.operations...), Objects: objects, Seconds: 10,
	})
}

// removeOwned takes away what belonged to a ClusterServiceVersion: webhooks, which can have no owner reference because they have no
// namespace, and Deployments at once, where the garbage collector learns of new kinds of owners only after half a minute.
func (l *OLM) removeOwned(ctx context.Context, csv client.ObjectKey) error {
	owned := client.MatchingLabels{"olm.owner": csv.Name, "olm.owner.namespace": csv.Namespace}
	return errors.Join(
		l.client.DeleteAllOf(ctx, &registration.ValidatingWebhookConfiguration{}, owned),
		l.client.DeleteAllOf(ctx, &registration.MutatingWebhookConfiguration{}, owned),
		l.client.DeleteAllOf(ctx, &appsv1.Deployment{}, client.InNamespace(csv.Namespace), owned, client.PropagationPolicy(metav1.DeletePropagationBackground)),
	)
}

// unavailable says what a package's Deployments lack; nothing when all are available.
func (l *OLM) unavailable(ctx context.Context, b *bundle, namespace string) (string, error) {
	for _, name := range b.deployments {
		deployment := &appsv1.Deployment{}
		err := l.client.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, deployment)
		switch {
		case apierrors.IsNotFound(err):
			return fmt.Sprintf("deployment %s not found", name), nil
		case err != nil:
			return "", err
		case deployment.Status.ObservedGeneration < deployment.Generation:
			return fmt.Sprintf("waiting for deployment %s to become ready: waiting for spec update of deployment %q to be observed...", name, name), nil
		case deployment.Status.AvailableReplicas < 1 || deployment.Status.UpdatedReplicas < 1:
			return fmt.Sprintf("waiting for deployment %s to become ready: deployment %q not available: %s", name, name, minimum(deployment)), nil
		}
	}
	return "", nil
}

func minimum(deployment *appsv1.Deployment) string {
	for _, condition := range deployment.Status.Conditions {
		if condition.Type == appsv1.DeploymentAvailable {
			return strings.TrimSpace(condition.Message)
		}
	}
	return "Deployment does not have minimum availability."
}
