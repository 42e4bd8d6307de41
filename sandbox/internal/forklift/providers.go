package forklift

import (
	"context"
	"fmt"
	"net/url"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Times of MTV's controller, each multiplied by the pace: what it takes until a new provider is looked at, how long until the
// next look while it is not ready, and afterwards (docs/facts/forklift.md §1; recorded: Staging after 2 s, Ready after 5 to 7 s).
const (
	noticeTime  = 1500 * time.Millisecond
	loadTime    = 3 * time.Second
	retryTime   = 3 * time.Second
	refreshTime = 30 * time.Second
)

// providers reconciles Providers.
type providers struct {
	client    client.Client
	inventory *inventory
	pace      *pace.Pace
	install   *install
	// refused are the versions of Provider and Secret whose login failed; connected is when a login first succeeded. One worker
	// reconciles, so nothing guards them.
	refused   map[client.ObjectKey]string
	connected map[client.ObjectKey]time.Time
}

func newProviders(c client.Client, i *inventory, pace *pace.Pace, in *install) *providers {
	return &providers{client: c, inventory: i, pace: pace, install: in, refused: map[client.ObjectKey]string{}, connected: map[client.ObjectKey]time.Time{}}
}

func (p *providers) setup(m manager.Manager) error {
	return ctrl.NewControllerManagedBy(m).Named("providers").WithOptions(unnamed).For(&api.Provider{}).
		Watches(&corev1.Secret{}, handler.EnqueueRequestsFromMapFunc(p.usersOf)).
		WatchesRawSource(source.Channel(p.install.again, &handler.EnqueueRequestForObject{})).
		Complete(p)
}

// usersOf are the Providers that name a Secret.
func (p *providers) usersOf(ctx context.Context, secret client.Object) []reconcile.Request {
	list := &api.ProviderList{}
	if err := p.client.List(ctx, list); err != nil {
		return nil
	}
	var requests []reconcile.Request
	for i := range list.Items {
		reference := list.Items[i].Spec.Secret
		if reference.Name == secret.GetName() && reference.Namespace == secret.GetNamespace() {
			requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&list.Items[i])})
		}
	}
	return requests
}

// Reconcile looks at one Provider and writes what it found.
func (p *providers) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	if !p.install.isActive() {
		return reconcile.Result{RequeueAfter: p.pace.Again(noticeTime)}, nil
	}
	provider := &api.Provider{}
	if err := p.client.Get(ctx, request.NamespacedName, provider); err != nil {
		p.inventory.forget(request.NamespacedName)
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	if age := time.Since(provider.CreationTimestamp.Time); provider.Status.Phase == "" && age < p.pace.Of(noticeTime) {
		return reconcile.Result{RequeueAfter: p.pace.Again(noticeTime)}, nil
	}
	if provider.IsHost() {
		return p.reconcileHost(ctx, provider)
	}
	secret := &corev1.Secret{}
	key := client.ObjectKey{Namespace: provider.Spec.Secret.Namespace, Name: provider.Spec.Secret.Name}
	if err := p.client.Get(ctx, key, secret); err != nil {
		// MTV fails here before it writes any status, and tries again.
		return reconcile.Result{RequeueAfter: p.pace.Again(retryTime)}, client.IgnoreNotFound(err)
	}
	version := fmt.Sprint(provider.UID, provider.Generation, secret.ResourceVersion)
	if p.refused[request.NamespacedName] == version {
		// No second login with a wrong password: it would lock the account.
		return reconcile.Result{}, nil
	}
	v, err := judge(ctx, provider, secret)
	if err != nil {
		return reconcile.Result{RequeueAfter: p.pace.Again(retryTime)}, nil //nolint:nilerr // As above: no status, another try.
	}
	if err := p.ensureSSHKeys(ctx, provider); err != nil {
		return reconcile.Result{}, err
	}
	delete(p.refused, request.NamespacedName)
	if v.conditions.Staged().Has("ConnectionAuthFailed") {
		p.refused[request.NamespacedName] = version
	}
	status := api.ProviderStatus{Phase: v.phase, Fingerprint: v.fingerprint, ObservedGeneration: provider.Generation}
	wait := p.pace.Again(retryTime)
	if v.passed() {
		status.SecretResourceVersion = secret.ResourceVersion
		if p.loaded(ctx, provider, secret) {
			setReady(v.conditions)
			status.Phase = phaseReady
			wait = p.pace.Again(refreshTime)
		}
	} else {
		p.inventory.forget(request.NamespacedName)
	}
	status.Conditions = v.conditions.End()
	return reconcile.Result{RequeueAfter: wait}, p.write(ctx, provider, status)
}

// loaded reads the inventory into memory, after as long as MTV takes.
func (p *providers) loaded(ctx context.Context, provider *api.Provider, secret *corev1.Secret) bool {
	key := client.ObjectKeyFromObject(provider)
	if p.inventory.has(key, provider.UID) {
		return true
	}
	since, known := p.connected[key]
	if !known {
		p.connected[key] = time.Now()
		return false
	}
	if time.Since(since) < max(p.pace.Of(loadTime), p.install.f.slow.time()) {
		return false
	}
	p.install.f.slow.end()
	delete(p.connected, key)
	address, err := url.Parse(provider.Spec.URL)
	if err != nil {
		return false
	}
	return p.inventory.load(ctx, provider, address, credentialsOf(secret)) == nil
}

// reconcileHost connects to the cluster itself, which needs OpenShift Virtualization.
func (p *providers) reconcileHost(ctx context.Context, provider *api.Provider) (reconcile.Result, error) {
	conditions := api.Stage(provider.Status.Conditions)
	status, wait := api.ProviderStatus{Phase: phaseReady, ObservedGeneration: provider.Generation}, p.pace.Again(refreshTime)
	machines := &metav1.PartialObjectMetadata{}
	machines.SetGroupVersionKind(apiextensions.SchemeGroupVersion.WithKind("CustomResourceDefinition"))
	err := p.client.Get(ctx, client.ObjectKey{Name: "virtualmachines.kubevirt.io"}, machines)
	switch {
	case apierrors.IsNotFound(err):
		status.Phase, wait = phaseConnectionFailed, p.pace.Again(retryTime)
		conditions.Set(api.Condition{
			Type: "ConnectionTestFailed", Category: api.Critical, Reason: "Tested",
			Message: `Connection test, failed: no matches for kind "VirtualMachine" in version "kubevirt.io/v1"`,
		})
	case err != nil:
		return reconcile.Result{}, err
	default:
		setConnected(conditions)
		setReady(conditions)
	}
	status.Conditions = conditions.End()
	return reconcile.Result{RequeueAfter: wait}, p.write(ctx, provider, status)
}

// write updates the status when it says something new.
func (p *providers) write(ctx context.Context, provider *api.Provider, status api.ProviderStatus) error {
	if fmt.Sprint(provider.Status) == fmt.Sprint(status) {
		return nil
	}
	provider.Status = status
	if err := p.client.Status().Update(ctx, provider); err != nil {
		return client.IgnoreNotFound(err)
	}
	return nil
}
