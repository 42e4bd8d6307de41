package forklift

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	admissionv1 "k8s.io/api/admission/v1"
	registration "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/webhooks"
)

// Labels by which MTV knows the Secrets it must check.
const (
	resourceTypeLabel = "createdForResourceType"
	providerTypeLabel = "createdForProviderType"
)

// webhooksName is the name of both configurations.
const webhooksName = "forklift-api"

// admissions are what MTV's admission webhooks answer by.
type admissions struct {
	client    client.Client
	inventory *inventory
}

// byPath are the answers of MTV's admission webhooks.
func (a *admissions) byPath() map[string]http.Handler {
	return map[string]http.Handler{
		"/secret-mutate":     &admission.Webhook{Handler: admission.HandlerFunc(mutateSecret)},
		"/secret-validate":   &admission.Webhook{Handler: admission.HandlerFunc(a.validateSecret)},
		"/provider-mutate":   &admission.Webhook{Handler: admission.HandlerFunc(mutateProvider)},
		"/provider-validate": &admission.Webhook{Handler: admission.HandlerFunc(validateProvider)},
	}
}

// mutateSecret adds what a provider's Secret leaves out.
func mutateSecret(_ context.Context, request admission.Request) admission.Response {
	secret := &corev1.Secret{}
	if err := json.Unmarshal(request.Object.Raw, secret); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	if secret.Labels[providerTypeLabel] == "" || secret.Data["insecureSkipVerify"] != nil {
		return admission.Allowed("")
	}
	if secret.Data == nil {
		secret.Data = map[string][]byte{}
	}
	secret.Data["insecureSkipVerify"] = []byte("false")
	return patched(request, secret)
}

// validateSecret logs in with the credentials, on a dry run too. Only a wrong password is refused: what cannot be reached is
// let through (sandbox/recorded/README.md).
func (a *admissions) validateSecret(ctx context.Context, request admission.Request) admission.Response {
	secret := &corev1.Secret{}
	if err := json.Unmarshal(request.Object.Raw, secret); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	resource, provider := secret.Labels[resourceTypeLabel], secret.Labels[providerTypeLabel]
	switch {
	case resource == "hosts":
		return a.validateHostSecret(ctx, secret)
	case resource != "providers":
		return admission.Allowed("")
	case provider == "":
		return refused(http.StatusBadRequest, "provider secret is labeled with 'createdForResourceType' but without 'createdForProviderType'")
	case provider != api.VSphere:
		return admission.Allowed("")
	}
	if _, err := strconv.ParseBool(string(secret.Data["insecureSkipVerify"])); err != nil {
		return refused(http.StatusBadRequest, err.Error())
	}
	address, err := url.Parse(string(secret.Data["url"]))
	if err != nil || address.Host == "" {
		return admission.Allowed("")
	}
	session, err := connect(ctx, address, credentialsOf(secret))
	if isWrongPassword(err) {
		return refused(http.StatusForbidden, "Invalid credentials")
	}
	if err == nil {
		_ = session.Logout(ctx)
	}
	return admission.Allowed("")
}

// hostTimeout is for how long MTV tries an ESXi host.
const hostTimeout = 10 * time.Second

// validateHostSecret refuses what cannot be reached, unlike a provider's Secret (sandbox/recorded/README.md). What it lets through untried
// follows docs/facts/forklift.md §5: a Provider or a host that MTV does not know.
func (a *admissions) validateHostSecret(ctx context.Context, secret *corev1.Secret) admission.Response {
	id := secret.Labels["createdForResource"]
	if id == "" {
		return refused(http.StatusBadRequest, "host secret is labeled with 'createdForResourceType' but without 'createdForResource'")
	}
	if secret.Data["user"] == nil {
		return refused(http.StatusBadRequest, "missing credentials on Host secret")
	}
	provider := &api.Provider{}
	if err := a.client.Get(ctx, client.ObjectKey{Namespace: secret.Namespace, Name: string(secret.Data["provider"])}, provider); err != nil {
		return admission.Allowed("")
	}
	if found := a.inventory.byUID(string(provider.UID)); found == nil || len(found.find(hosts, api.Ref{ID: id})) == 0 {
		return admission.Allowed("")
	}
	within, cancel := context.WithTimeout(ctx, hostTimeout)
	defer cancel()
	session, err := connect(within, &url.URL{Scheme: "https", Host: string(secret.Data["ip"]), Path: "/sdk"}, credentialsOf(secret))
	if err != nil {
		return refused(http.StatusForbidden, err.Error())
	}
	_ = session.Logout(ctx)
	return admission.Allowed("")
}

func mutateProvider(_ context.Context, request admission.Request) admission.Response {
	provider := &api.Provider{}
	if err := json.Unmarshal(request.Object.Raw, provider); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	if provider.Spec.Type != api.VSphere || provider.Spec.Settings[api.SDKEndpoint] != "" {
		return admission.Allowed("")
	}
	if provider.Spec.Settings == nil {
		provider.Spec.Settings = map[string]string{}
	}
	provider.Spec.Settings[api.SDKEndpoint] = api.VCenter
	return patched(request, provider)
}

func validateProvider(_ context.Context, request admission.Request) admission.Response {
	provider := &api.Provider{}
	if err := json.Unmarshal(request.Object.Raw, provider); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	endpoint := provider.Spec.Settings[api.SDKEndpoint]
	if provider.Spec.Type == api.VSphere && endpoint != api.VCenter && endpoint != api.ESXi {
		return refused(http.StatusBadRequest, "vSphere provider is set with an invalid SDK endpoint type")
	}
	return admission.Allowed("")
}

func patched(request admission.Request, object any) admission.Response {
	changed, err := json.Marshal(object)
	if err != nil {
		return admission.Errored(http.StatusInternalServerError, err)
	}
	return admission.PatchResponseFromRaw(request.Object.Raw, changed)
}

func refused(code int32, message string) admission.Response {
	return admission.Response{AdmissionResponse: admissionv1.AdmissionResponse{Result: &metav1.Status{Code: code, Message: message}}}
}

// register tells the API server where the webhooks are.
func register(ctx context.Context, c client.Client, base string, authority []byte) error {
	secrets := webhooks.Rule("", "v1", "secrets", registration.Create, registration.Update)
	providers := webhooks.Rule(api.GroupVersion.Group, api.GroupVersion.Version, "providers", registration.Create, registration.Update)
	labelled := &metav1.LabelSelector{MatchExpressions: []metav1.LabelSelectorRequirement{{Key: resourceTypeLabel, Operator: metav1.LabelSelectorOpExists}}}
	hook := func(name string, mutating bool, rule registration.RuleWithOperations, objects *metav1.LabelSelector) webhooks.Hook {
		return webhooks.Hook{
			Name: name + ".forklift.konveyor", URL: base + "/" + name, Mutating: mutating, Rule: rule, Objects: objects, Seconds: 30,
		}
	}
	return webhooks.Register(ctx, c, metav1.ObjectMeta{Name: webhooksName}, authority,
		hook("secret-mutate", true, secrets, labelled), hook("secret-validate", false, secrets, labelled),
		hook("provider-mutate", true, providers, nil), hook("provider-validate", false, providers, nil),
	)
}
