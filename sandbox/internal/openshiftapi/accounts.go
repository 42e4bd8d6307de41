package openshiftapi

import (
	"context"
	"errors"
	"fmt"

	buildv1 "github.com/openshift/api/build/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"
)

// builderAccount is the ServiceAccount that builds run as.
const builderAccount = "builder"

// accounts are the control plane's ServiceAccounts.
type accounts struct{ client client.Client }

// check fails when a build's ServiceAccount is missing. The message is the original's, and so is its status: it becomes a 500 (recorded).
func (a *accounts) check(ctx context.Context, build *buildv1.Build) error {
	key := client.ObjectKey{Namespace: build.Namespace, Name: build.Spec.ServiceAccount}
	if err := a.client.Get(ctx, key, &corev1.ServiceAccount{}); err != nil {
		return fmt.Errorf("error getting push/pull secrets for service account %s: %w", key, errors.New(err.Error()))
	}
	return nil
}

// keepAccounts keeps a ServiceAccount for builds in every namespace, as OpenShift's controller manager does where builds can be made
// (openshift-controller-manager, pkg/serviceaccounts/controllers).
func (s *Server) keepAccounts(ctx context.Context, o Options) error {
	m, err := ctrl.NewManager(o.Config, manager.Options{
		Metrics: metrics.Options{BindAddress: "0"}, Controller: config.Controller{SkipNameValidation: ptr.To(true)},
	})
	if err != nil {
		return err
	}
	home := func(_ context.Context, account client.Object) []reconcile.Request {
		if account.GetName() != builderAccount {
			return nil
		}
		return []reconcile.Request{{NamespacedName: types.NamespacedName{Name: account.GetNamespace()}}}
	}
	make := func(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
		account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: builderAccount, Namespace: request.Name}}
		err := m.GetClient().Create(ctx, account)
		// A namespace that goes away takes nothing new.
		if apierrors.IsAlreadyExists(err) || apierrors.IsNotFound(err) || apierrors.IsForbidden(err) {
			return reconcile.Result{}, nil
		}
		return reconcile.Result{}, err
	}
	err = ctrl.NewControllerManagedBy(m).Named("builder-accounts").For(&corev1.Namespace{}).
		Watches(&corev1.ServiceAccount{}, handler.EnqueueRequestsFromMapFunc(home)).Complete(reconcile.Func(make))
	if err != nil {
		return err
	}
	s.running.Go(func() {
		if err := m.Start(ctx); err != nil {
			o.Log.Error("the keeper of ServiceAccounts ended", "error", err)
		}
	})
	return nil
}
