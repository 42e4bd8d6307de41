package controlplane_test

import (
	"context"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

func TestControlPlane(t *testing.T) {
	c := controlplane.ForTest(t)
	admin := kubernetes.NewForConfigOrDie(c.Config)

	t.Run("knows each user by the token, and RBAC refuses who has no rights", func(t *testing.T) {
		for _, user := range c.Users {
			config := rest.AnonymousClientConfig(c.Config)
			config.BearerToken = user.Token
			client := kubernetes.NewForConfigOrDie(config)
			_, err := client.CoreV1().ConfigMaps("default").List(t.Context(), metav1.ListOptions{})
			if !apierrors.IsForbidden(err) {
				t.Errorf("%s lists ConfigMaps before any role is bound: %v", user.Name, err)
			}
		}
		config := rest.AnonymousClientConfig(c.Config)
		config.BearerToken = "nobody's"
		_, err := kubernetes.NewForConfigOrDie(config).CoreV1().ConfigMaps("default").List(t.Context(), metav1.ListOptions{})
		if !apierrors.IsUnauthorized(err) {
			t.Errorf("an unknown token is answered with %v", err)
		}
	})

	t.Run("collects what loses its owner", func(t *testing.T) {
		maps := admin.CoreV1().ConfigMaps("default")
		owner, err := maps.Create(t.Context(), &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "owner"}}, metav1.CreateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		owned := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "owned", OwnerReferences: []metav1.OwnerReference{
			{APIVersion: "v1", Kind: "ConfigMap", Name: owner.Name, UID: owner.UID},
		}}}
		if _, err := maps.Create(t.Context(), owned, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := maps.Delete(t.Context(), owner.Name, metav1.DeleteOptions{}); err != nil {
			t.Fatal(err)
		}
		err = wait.PollUntilContextTimeout(t.Context(), 100*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
			_, err := maps.Get(ctx, owned.Name, metav1.GetOptions{})
			return apierrors.IsNotFound(err), nil
		})
		if err != nil {
			t.Errorf("the owned ConfigMap is still there: %v", err)
		}
	})

	t.Run("calls itself Kubernetes 1.35", func(t *testing.T) {
		version, err := admin.Discovery().ServerVersion()
		if err != nil || version.Major != "1" || version.Minor != "35" {
			t.Errorf("version %v, %v", version, err)
		}
	})
}
