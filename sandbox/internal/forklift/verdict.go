package forklift

import (
	"context"
	"fmt"
	"net/url"

	corev1 "k8s.io/api/core/v1"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// Phases of a Provider.
const (
	phaseStaging          = "Staging"
	phaseValidationFailed = "ValidationFailed"
	phaseConnectionFailed = "ConnectionFailed"
	phaseReady            = "Ready"
)

// verdict is what one look at a provider found.
type verdict struct {
	phase       string
	fingerprint string
	conditions  *api.Staging
}

// passed reports whether the provider's inventory can be read.
func (v *verdict) passed() bool { return v.phase == phaseStaging }

// judge looks at a vSphere provider as MTV's controller does: URL, Secret, certificate, login (docs/facts/forklift.md §1). It fails
// where MTV fails before it has written any status: an address that cannot be parsed, a Secret that is not there.
func judge(ctx context.Context, provider *api.Provider, secret *corev1.Secret) (*verdict, error) {
	v := &verdict{conditions: api.Stage(provider.Status.Conditions)}
	address, err := url.Parse(provider.Spec.URL)
	if err != nil {
		return nil, fmt.Errorf("parse the URL of provider %s: %w", provider.Name, err)
	}
	if provider.Spec.URL == "" {
		v.conditions.Set(api.Condition{Type: "UrlNotValid", Category: api.Critical, Reason: "NotSet", Message: "The `url` is not valid."})
	}
	v.judgeSecret(ctx, address, secret)
	if v.phase != "" {
		return v, nil
	}
	v.judgeConnection(ctx, address, provider.Spec.Settings[api.SDKEndpoint], credentialsOf(secret))
	return v, nil
}

// judgeSecret checks that the keys are there. The certificate's fingerprint is read meanwhile, by a connection of its own.
func (v *verdict) judgeSecret(ctx context.Context, address *url.URL, secret *corev1.Secret) {
	c := credentialsOf(secret)
	var missing []string
	if c.insecure {
		v.conditions.Set(api.Condition{
			Type: "ConnectionInsecure", Category: api.Warn, Reason: "SkipTLSVerification",
			Message: "TLS is susceptible to machine-in-the-middle attacks when certificate verification is skipped.",
		})
	} else if len(c.authorities) == 0 {
		missing = append(missing, "ca.crt")
	}
	if len(missing) == 0 {
		within, cancel := context.WithTimeout(ctx, dialTimeout)
		if leaf, err := leafOf(within, address); err == nil {
			v.fingerprint = fingerprint(leaf)
		}
		cancel()
	}
	for _, key := range []string{"user", "password"} {
		if len(secret.Data[key]) == 0 {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		v.phase = phaseValidationFailed
		v.conditions.Set(api.Condition{
			Type: "SecretNotValid", Category: api.Critical, Reason: "DataErr", Message: "The `secret` is not valid.", Items: missing,
		})
	}
}

// judgeConnection verifies the certificate and logs in.
func (v *verdict) judgeConnection(ctx context.Context, address *url.URL, endpoint string, c credentials) {
	fail := func(kind, message string) {
		v.phase = phaseConnectionFailed
		v.conditions.Set(api.Condition{Type: kind, Category: api.Critical, Reason: "Tested", Message: message})
	}
	within, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	secured, err := dial(within, address, c.tls())
	if err != nil {
		fail("ConnectionTestFailed", err.Error())
		return
	}
	_ = secured.Close()
	// A vCenter that says nothing after the handshake must not keep the one worker from all other Providers.
	patient, end := context.WithTimeout(ctx, 6*dialTimeout)
	defer end()
	client, err := connect(patient, address, c)
	switch {
	case isWrongPassword(err):
		fail("ConnectionAuthFailed", "Connection auth failed, error: "+err.Error())
		return
	case err != nil:
		fail("ConnectionTestFailed", "Connection test, failed: "+err.Error())
		return
	}
	isVCenter := client.IsVC()
	_ = client.Logout(ctx)
	if endpoint == api.ESXi && isVCenter {
		fail("ConnectionTestFailed", "Connection test, failed: provider sdkEndpoint is set to ESXi but the URL points to a vCenter server")
		return
	}
	if endpoint != api.ESXi && !isVCenter {
		fail("ConnectionTestFailed", "Connection test, failed: provider sdkEndpoint is set to vCenter but the URL points to an ESXi host")
		return
	}
	v.phase = phaseStaging
	setConnected(v.conditions)
}

// setConnected stages what a provider has that was reached.
func setConnected(conditions *api.Staging) {
	conditions.Set(api.Condition{Type: "ConnectionTestSucceeded", Category: api.Required, Reason: "Tested", Message: "Connection test, succeeded."})
	conditions.Set(api.Condition{Type: "Validated", Category: api.Advisory, Reason: "Completed", Message: "Validation has been completed."})
}

// setReady stages what a provider has whose inventory was read.
func setReady(conditions *api.Staging) {
	conditions.Set(api.Condition{Type: "InventoryCreated", Category: api.Required, Reason: "Completed", Message: "The inventory has been loaded."})
	conditions.Set(api.Condition{Type: api.ReadyCondition, Category: api.Required, Message: "The provider is ready."})
}
