package forklift_test

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// Codes and sentences are those of sandbox/recorded/README.md.
func testSecretsAreTried(t *testing.T, w *world) {
	labels := map[string]string{"createdForResourceType": "providers", "createdForProviderType": "vsphere"}
	with := func(key, value string) map[string]string {
		keys := w.keys()
		keys[key] = value
		return keys
	}
	for _, test := range []struct {
		name    string
		keys    map[string]string
		labels  map[string]string
		code    int32
		message string
	}{
		{"right-password", w.keys(), labels, 0, ""},
		{"wrong-password", with("password", "wrong"), labels, 403, "Invalid credentials"},
		{"wrong-password-unlabelled", with("password", "wrong"), nil, 0, ""},
		{"closed-port", with("url", w.vcenter.Endpoints["closed"]), labels, 0, ""},
		{"unresolvable", with("url", "https://vcenter.invalid/sdk"), labels, 0, ""},
		{"malformed-url", with("url", "https://%zz/sdk"), labels, 0, ""},
		{"wrong-ca", w.secure(w.forklift.CACert), labels, 0, ""},
		{"no-provider-type", w.keys(), map[string]string{"createdForResourceType": "providers"}, 400,
			"provider secret is labeled with 'createdForResourceType' but without 'createdForProviderType'"},
		{"maybe", with("insecureSkipVerify", "maybe"), labels, 400, `strconv.ParseBool: parsing "maybe": invalid syntax`},
		{"host-unreachable", map[string]string{"ip": "127.0.0.1:1", "user": "root", "password": "x", "insecureSkipVerify": "true"},
			map[string]string{"createdForResourceType": "hosts"}, 403, "connection refused"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := w.client.Create(t.Context(), w.secretOf(test.name, test.keys, test.labels), client.DryRunAll)
			if test.code == 0 {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			status, ok := err.(apierrors.APIStatus)
			if !ok || status.Status().Code != test.code || !strings.Contains(status.Status().Message, test.message) {
				t.Errorf("got %v, want %d %s", err, test.code, test.message)
			}
		})
	}
	secrets := &corev1.SecretList{}
	if err := w.client.List(t.Context(), secrets, client.InNamespace(w.project)); err != nil || len(secrets.Items) != 0 {
		t.Errorf("a dry run stored %d Secrets, %v", len(secrets.Items), err)
	}
}

func testWhatIsLeftOutIsAdded(t *testing.T, w *world) {
	secret := w.secretOf("plain", map[string]string{"user": "u"}, map[string]string{"createdForResourceType": "providers", "createdForProviderType": "vsphere"})
	w.create(t, secret)
	if string(secret.Data["insecureSkipVerify"]) != "false" {
		t.Errorf("the Secret holds %v", secret.Data)
	}
	provider := w.providerOf("odd", w.vcenter.URL)
	provider.Spec.Settings = map[string]string{api.SDKEndpoint: "cloud"}
	err := w.client.Create(t.Context(), provider)
	if status, ok := err.(apierrors.APIStatus); !ok || status.Status().Code != 400 ||
		!strings.Contains(status.Status().Message, "vSphere provider is set with an invalid SDK endpoint type") {
		t.Errorf("an unknown endpoint: %v", err)
	}
}
