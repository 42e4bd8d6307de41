package forklift

import (
	"context"
	"net/http"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/event"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/webhooks"
)

// install is one time that MTV is installed.
type install struct {
	f         *Forklift
	client    client.Client
	answers   *services
	namespace string
	// again are providers to be looked at now.
	again chan event.GenericEvent

	lock sync.Mutex
	// active is whether a ForkliftController was carried out: its services run, its webhooks guard, its controllers act.
	active, registered bool
	// longAgo is whether MTV is through with every ForkliftController that is there.
	longAgo bool
}

func (i *install) isActive() bool {
	i.lock.Lock()
	defer i.lock.Unlock()
	return i.active
}

// activate lets everything answer.
func (i *install) activate(ctx context.Context) error {
	i.lock.Lock()
	defer i.lock.Unlock()
	if i.registered {
		return i.ensureHost(ctx)
	}
	helper := http.NewServeMux()
	helper.HandleFunc("GET /tls-certificate", serveCertificate)
	hooks := http.NewServeMux()
	for path, handler := range (&admissions{client: i.client, inventory: i.answers.inventory}).byPath() {
		hooks.Handle(path, handler)
	}
	i.f.inventory.put(i.answers.inventoryHandler())
	i.f.services.put(helper)
	i.f.hooks.put(hooks)
	if err := register(ctx, i.client, i.f.hooksURL, i.f.CACert); err != nil {
		return err
	}
	if err := i.ensureHost(ctx); err != nil {
		return err
	}
	i.active, i.registered = true, true
	return nil
}

// ensureHost makes the provider of the cluster itself, as MTV's operator does whenever it looks at its ForkliftController: also again, when
// somebody deleted it.
func (i *install) ensureHost(ctx context.Context) error {
	if i.namespace == "" {
		return nil
	}
	host := &api.Provider{ObjectMeta: metav1.ObjectMeta{Name: "host", Namespace: i.namespace}, Spec: api.ProviderSpec{Type: api.OpenShift}}
	err := i.client.Get(ctx, client.ObjectKeyFromObject(host), host.DeepCopy())
	if apierrors.IsNotFound(err) {
		err = client.IgnoreAlreadyExists(i.client.Create(ctx, host))
	}
	return err
}

// downTime is how long nothing answers for the inventory while its pod restarts, times the pace.
const downTime = 2 * time.Second

// restart is that of the pod forklift-controller, which reconciles and has the inventory: first nothing listens, then every provider is
// looked at and its inventory read anew. Seen on the real one: 502, then 404 ProviderNotFound, then 200; Ready, Staging, Ready.
func (i *install) restart(ctx context.Context) error {
	i.f.inventory.put(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	select {
	case <-time.After(i.f.options.Pace.Of(downTime)):
	case <-ctx.Done():
		return ctx.Err()
	}
	i.answers.inventory.clear()
	i.f.slow.restart()
	list := &api.ProviderList{}
	if err := i.client.List(ctx, list); err != nil {
		return err
	}
	for index := range list.Items {
		i.again <- event.GenericEvent{Object: &list.Items[index]}
	}
	i.f.inventory.put(i.answers.inventoryHandler())
	return nil
}

// end takes away what would guard objects in MTV's name when there is no MTV to ask.
func (i *install) end() {
	for _, each := range []*switched{&i.f.inventory, &i.f.services, &i.f.hooks} {
		each.handler.Store(nil)
	}
	if i.client == nil || !i.registered {
		return
	}
	_ = webhooks.Withdraw(context.Background(), i.client, webhooksName)
}
