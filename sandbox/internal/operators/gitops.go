package operators

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"io"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// argoCDTime is how long the default Argo CD takes to be there, times the pace.
const argoCDTime = 30 * time.Second

const (
	gitops         = "openshift-gitops"
	argoController = "openshift-gitops-argocd-application-controller"
	managedBy      = "argocd.argoproj.io/managed-by"
)

//go:embed gitops.yaml
var gitopsRights []byte

// actGitOps makes the default Argo CD: namespace, rights of its application controller, the project default, the ArgoCD. The real
// application controller is not run here: tests run it with a token of the ServiceAccount openshift-gitops-argocd-application-controller.
func (s *Operators) actGitOps(ctx context.Context, _ string) error {
	argo := named(kind("argoproj.io", "v1beta1", "ArgoCD"), gitops, gitops)
	if err := s.client.Get(ctx, client.ObjectKeyFromObject(argo), argo); err == nil {
		before := argo.DeepCopy()
		argo.Object["status"] = map[string]any{"phase": "Pending"}
		if s.took(string(argo.GetUID()), argoCDTime) {
			argo.Object["status"] = map[string]any{"phase": "Available", "applicationController": "Running"}
		}
		return s.writeStatus(ctx, before, argo)
	} else if client.IgnoreNotFound(err) != nil {
		return err
	}
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(gitopsRights), 4096)
	for {
		each := &object{}
		err := decoder.Decode(each)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := s.create(ctx, each); err != nil {
			return err
		}
	}
	project := named(kind("argoproj.io", "v1alpha1", "AppProject"), gitops, "default")
	project.Object["spec"] = map[string]any{
		"sourceRepos": []any{"*"}, "destinations": []any{map[string]any{"namespace": "*", "server": "*"}},
		"clusterResourceWhitelist": []any{map[string]any{"group": "*", "kind": "*"}},
	}
	if err := s.create(ctx, project); err != nil {
		return err
	}
	fresh := named(kind("argoproj.io", "v1beta1", "ArgoCD"), gitops, gitops)
	fresh.Object["spec"] = map[string]any{}
	return s.create(ctx, fresh)
}

// actManagedProjects makes Argo CD's application controller the administrator of every namespace that carries the label
// argocd.argoproj.io/managed-by: openshift-gitops, and takes that back where the label went. It comes a moment after the label, as
// on OpenShift: what is synced at once may be too early.
func (s *Operators) actManagedProjects(ctx context.Context) error {
	namespaces := &corev1.NamespaceList{}
	if err := s.client.List(ctx, namespaces); err != nil {
		return err
	}
	installed, managed := false, map[string]bool{}
	for _, each := range namespaces.Items {
		installed = installed || each.Name == gitops
		managed[each.Name] = each.Labels[managedBy] == gitops && each.DeletionTimestamp == nil
	}
	if !installed {
		return nil
	}
	bindings := &rbacv1.RoleBindingList{}
	if err := s.client.List(ctx, bindings, client.MatchingLabels{"app.kubernetes.io/managed-by": gitops}); err != nil {
		return err
	}
	for i := range bindings.Items {
		namespace := bindings.Items[i].Namespace
		if !managed[namespace] {
			if err := client.IgnoreNotFound(s.client.Delete(ctx, &bindings.Items[i])); err != nil {
				return err
			}
		}
		delete(managed, namespace)
	}
	for namespace, wanted := range managed {
		if !wanted {
			continue
		}
		err := s.create(ctx, &rbacv1.RoleBinding{
			ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: argoController, Labels: map[string]string{"app.kubernetes.io/managed-by": gitops}},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "admin"},
			Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Name: argoController, Namespace: gitops}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
