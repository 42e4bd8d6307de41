package forklift_test

import (
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Also where the login failed; not where the Provider's own Secret is missing, for then the controller gives up before.
func testSSHKeysBesideAProvider(t *testing.T, w *world) {
	wrong := w.keys()
	wrong["password"] = "wrong"
	w.follow(t, []recordedCase{
		{name: "vc", url: w.vcenter.URL, keys: w.keys(), last: "Ready"},
		{name: "refused", url: w.vcenter.URL, keys: wrong, last: "ConnectionFailed"},
		{name: "lost", url: w.vcenter.URL},
	})
	secrets := &corev1.SecretList{}
	if err := w.client.List(t.Context(), secrets, client.InNamespace(w.project), client.MatchingLabels{"app.kubernetes.io/managed-by": "forklift-controller"}); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, secret := range secrets.Items {
		names = append(names, secret.Name)
		if owner := secret.OwnerReferences; len(owner) != 1 || owner[0].Kind != "Provider" || secret.Labels["forklift.konveyor.io/provider"] != owner[0].Name {
			t.Errorf("%s is of %v", secret.Name, owner)
		}
	}
	want := []string{"offload-ssh-keys-refused-private", "offload-ssh-keys-refused-public", "offload-ssh-keys-vc-private", "offload-ssh-keys-vc-public"}
	if !slices.Equal(names, want) {
		t.Errorf("there are %v, want %v", names, want)
	}
}
