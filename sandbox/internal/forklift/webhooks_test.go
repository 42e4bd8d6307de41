package forklift_test

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/vcenter"
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

// What is refused and what passes untried is written in docs/facts/forklift.md §5.
func testHostSecretsAreTried(t *testing.T, w *world) {
	provider := w.readyProvider(t, "vc")
	ids := map[string]string{}
	for _, each := range w.list(t, "/providers/vsphere/"+string(provider.UID)+"/hosts?detail=1") {
		ids[each["name"].(string)] = each["id"].(string)
	}
	labels := func(host string) map[string]string {
		return map[string]string{"createdForResourceType": "hosts", "createdForResource": ids[host]}
	}
	keys := func(ip, password string, more ...string) map[string]string {
		found := map[string]string{"ip": ip, "user": "root", "password": password, "provider": "vc", "insecureSkipVerify": "true"}
		for i := 0; i < len(more); i += 2 {
			found[more[i]] = more[i+1]
		}
		return found
	}
	first, second, third, fourth := "esxi-1.sandbox.example", "esxi-2.sandbox.example", "esxi-3.sandbox.example", "esxi-4.sandbox.example"
	ours := w.vcenter.Password
	secure := []string{"insecureSkipVerify", "false", "ca.crt", string(w.vcenter.CACert)}
	const login = "Cannot complete login due to an incorrect user name or password."
	for _, test := range []struct {
		name    string
		keys    map[string]string
		labels  map[string]string
		code    int32
		message string
	}{
		{"right", keys("198.51.100.11", ours), labels(first), 0, ""},
		{"wrong", keys("198.51.100.11", "wrong"), labels(first), 403, login},
		{"own-password", keys("198.51.100.13", vcenter.OwnPassword), labels(third), 0, ""},
		{"not-the-own-one", keys("198.51.100.13", ours), labels(third), 403, login},
		{"locked-down", keys("198.51.100.14", ours), labels(fourth), 403, "Permission to perform this operation was denied."},
		{"unreachable", keys("203.0.113.11", ours), labels(first), 403, "connection refused"},
		{"bare-address", keys("198.51.100.11", ours, secure...), labels(first), 403, "doesn't contain any IP SANs"},
		{"named-address", keys("198.51.100.12", ours, secure...), labels(second), 0, ""},
		{"unknown-host", keys("198.51.100.11", "wrong"), labels("none"), 400, "without 'createdForResource'"},
		{"other-host", keys("198.51.100.11", "wrong"), map[string]string{"createdForResourceType": "hosts", "createdForResource": "host-999"}, 0, ""},
		{"other-provider", keys("198.51.100.11", "wrong", "provider", "none"), labels(first), 0, ""},
		{"no-user", map[string]string{"ip": "198.51.100.11", "provider": "vc"}, labels(first), 400, "missing credentials on Host secret"},
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
