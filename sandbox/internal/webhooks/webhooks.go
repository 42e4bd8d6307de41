// Package webhooks tells the API server which admission webhooks there are.
package webhooks

import (
	"context"

	registration "k8s.io/api/admissionregistration/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Hook is an admission webhook. Like those of the originals it fails closed and has no side effects.
type Hook struct {
	Name, URL string
	Mutating  bool
	Rule      registration.RuleWithOperations
	// Objects are those that are asked about; nil are all.
	Objects *metav1.LabelSelector
	Seconds int32
}

// Rule is about operations on one resource.
func Rule(group, version, plural string, operations ...registration.OperationType) registration.RuleWithOperations {
	return registration.RuleWithOperations{Operations: operations, Rule: registration.Rule{
		APIGroups: []string{group}, APIVersions: []string{version}, Resources: []string{plural},
	}}
}

// Register writes hooks into configurations of one name, in place of what is there: that may name an address where nobody answers any more.
func Register(ctx context.Context, c client.Client, as metav1.ObjectMeta, authority []byte, hooks ...Hook) error {
	mutating := &registration.MutatingWebhookConfiguration{ObjectMeta: as}
	validating := &registration.ValidatingWebhookConfiguration{ObjectMeta: as}
	closed, none, versions := ptr.To(registration.Fail), ptr.To(registration.SideEffectClassNone), []string{"v1"}
	for _, each := range hooks {
		at, rules := registration.WebhookClientConfig{URL: &each.URL, CABundle: authority}, []registration.RuleWithOperations{each.Rule}
		if each.Mutating {
			mutating.Webhooks = append(mutating.Webhooks, registration.MutatingWebhook{
				Name: each.Name, ClientConfig: at, Rules: rules, ObjectSelector: each.Objects,
				FailurePolicy: closed, SideEffects: none, TimeoutSeconds: &each.Seconds, AdmissionReviewVersions: versions,
			})
		} else {
			validating.Webhooks = append(validating.Webhooks, registration.ValidatingWebhook{
				Name: each.Name, ClientConfig: at, Rules: rules, ObjectSelector: each.Objects,
				FailurePolicy: closed, SideEffects: none, TimeoutSeconds: &each.Seconds, AdmissionReviewVersions: versions,
			})
		}
	}
	var err error
	if len(mutating.Webhooks) > 0 {
		err = put(ctx, c, mutating)
	}
	if err == nil && len(validating.Webhooks) > 0 {
		err = put(ctx, c, validating)
	}
	return err
}

// put creates an object or replaces the one of its name, without a moment at which there is none.
func put(ctx context.Context, c client.Client, object client.Object) error {
	err := c.Create(ctx, object)
	if !apierrors.IsAlreadyExists(err) {
		return err
	}
	there := object.DeepCopyObject().(client.Object)
	if err := c.Get(ctx, client.ObjectKeyFromObject(object), there); err != nil {
		return err
	}
	object.SetResourceVersion(there.GetResourceVersion())
	return c.Update(ctx, object)
}

// Withdraw takes away the configurations of a name, if there are any.
func Withdraw(ctx context.Context, c client.Client, name string) error {
	as := metav1.ObjectMeta{Name: name}
	for _, each := range []client.Object{
		&registration.MutatingWebhookConfiguration{ObjectMeta: as}, &registration.ValidatingWebhookConfiguration{ObjectMeta: as},
	} {
		if err := client.IgnoreNotFound(c.Delete(ctx, each)); err != nil {
			return err
		}
	}
	return nil
}
