package forklift

import (
	"context"
	"crypto/rand"
	"encoding/pem"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// ensureSSHKeys makes the two Secrets that MTV's controller makes beside every vSphere Provider, whatever it found of the connection,
// unless the private one is there (docs/facts/forklift.md §1, "Secrets beside it"). What stands for the keys opens nothing.
func (p *providers) ensureSSHKeys(ctx context.Context, provider *api.Provider) error {
	name := "offload-ssh-keys-" + provider.Name
	err := p.client.Get(ctx, client.ObjectKey{Namespace: provider.Namespace, Name: name + "-private"}, &corev1.Secret{})
	if !apierrors.IsNotFound(err) {
		return err
	}
	noise := make([]byte, 64)
	_, _ = rand.Read(noise)
	for suffix, data := range map[string]map[string][]byte{
		"-private": {"private-key": pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: noise})},
		"-public":  {"public-key": []byte("ssh-rsa AAAAB3NzaC1yc2E=\n")},
	} {
		owner := metav1.NewControllerRef(provider, api.GroupVersion.WithKind("Provider"))
		secret := &corev1.Secret{
			ObjectMeta: metav1.ObjectMeta{
				Name: name + suffix, Namespace: provider.Namespace, OwnerReferences: []metav1.OwnerReference{*owner},
				Labels: map[string]string{
					"app.kubernetes.io/name": "forklift", "app.kubernetes.io/component": "ssh-keys",
					"app.kubernetes.io/managed-by": "forklift-controller", "forklift.konveyor.io/provider": provider.Name,
				},
			},
			Type: corev1.SecretTypeOpaque, Data: data,
		}
		if err := client.IgnoreAlreadyExists(p.client.Create(ctx, secret)); err != nil {
			return err
		}
	}
	return nil
}
