package controlplane_test

import (
	"context"
	"encoding/base64"
	"os"
	"strings"
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
	c, err := controlplane.Start(t.Context(), controlplane.Options{Kube: "../../../.build/bin/kube", Dir: t.TempDir(), Audit: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
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

	t.Run("writes down who asked for what, without bodies", func(t *testing.T) {
		as := rest.CopyConfig(c.Config)
		as.Impersonate.UserName = "somebody"
		for _, config := range []*rest.Config{c.Config, as} {
			_, err := kubernetes.NewForConfigOrDie(config).CoreV1().Secrets("default").Create(t.Context(), &corev1.Secret{
				ObjectMeta: metav1.ObjectMeta{Name: "hidden"}, StringData: map[string]string{"password": "not to be read"},
			}, metav1.CreateOptions{})
			if (err == nil) != (config == c.Config) {
				t.Errorf("creating a Secret: %v", err)
			}
		}
		content, err := os.ReadFile(c.AuditLog)
		if err != nil {
			t.Fatal(err)
		}
		var lines string
		for line := range strings.Lines(string(content)) {
			if strings.Contains(line, `"resource":"secrets"`) && strings.Contains(line, `"verb":"create"`) {
				lines += line
			}
		}
		for _, part := range []string{
			`"username":"sandbox"`, `"name":"hidden"`, `"code":201`, `"impersonatedUser":{"username":"somebody"`, `"code":403`, `"stage":"ResponseComplete"`,
		} {
			if !strings.Contains(lines, part) {
				t.Errorf("%s is not in %q", part, lines)
			}
		}
		for _, secret := range []string{"not to be read", base64.StdEncoding.EncodeToString([]byte("not to be read"))} {
			if strings.Contains(string(content), secret) {
				t.Error("the content of a Secret is in the log")
			}
		}
	})

	// The last one: it ends what the others ask.
	t.Run("stops, pauses and starts each program, and refuses anything else", func(t *testing.T) {
		health := func() error {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			return admin.RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
		}
		for _, step := range []struct {
			line, failure string
			healthy       bool
		}{
			{"stop etcd", "", false}, {"start etcd", "", true}, {"start etcd", "start etcd: etcd is running", true},
			{"pause apiserver", "", false}, {"resume apiserver", "", true},
			{"stop apiserver", "", false}, {"start apiserver", "", true}, {"restart apiserver", "", true},
			{"restart controllers", "", true}, {"burn etcd", "burn etcd: nothing of that name can be done", true},
			{"stop vcenter", `no program "vcenter"; there are etcd, apiserver and controllers`, true}, {"", `no program ""`, true},
		} {
			err := c.Control(t.Context(), step.line)
			if step.failure == "" && err != nil || step.failure != "" && (err == nil || !strings.HasPrefix(err.Error(), step.failure)) {
				t.Errorf("%q: %v, expected %q", step.line, err, step.failure)
			}
			err = health()
			for i := 0; step.healthy && err != nil && i < 40; i++ {
				time.Sleep(250 * time.Millisecond)
				err = health()
			}
			if (err == nil) != step.healthy {
				t.Errorf("after %q the API server answers %v", step.line, err)
			}
		}
		c.Stop()
		if err := c.Control(t.Context(), "start apiserver"); err == nil {
			t.Error("a program is started after everything was stopped")
		}
	})
}
