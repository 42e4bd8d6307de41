package forklift

import (
	"context"
	"net/http"
	"sync"

	registration "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// install is one time that MTV is installed.
type install struct {
	f         *Forklift
	client    client.Client
	answers   *services
	namespace string

	lock sync.Mutex
	// active is whether a ForkliftController was carried out: its services run, its webhooks guard, its controllers act.
	active, registered bool
}

func (i *install) isActive() bool {
	i.lock.Lock()
	defer i.lock.Unlock()
	return i.active
}

// activate lets everything answer. MTV's operator makes the provider `host` where it is installed.
func (i *install) activate(ctx context.Context) error {
	i.lock.Lock()
	defer i.lock.Unlock()
	if i.registered {
		return nil
	}
	helper := http.NewServeMux()
	helper.HandleFunc("GET /tls-certificate", serveCertificate)
	hooks := http.NewServeMux()
	for path, handler := range webhooks() {
		hooks.Handle(path, handler)
	}
	i.f.inventory.put(i.answers.inventoryHandler())
	i.f.services.put(helper)
	i.f.hooks.put(hooks)
	if err := register(ctx, i.client, i.f.hooksURL, i.f.CACert); err != nil {
		return err
	}
	if i.namespace != "" {
		host := &api.Provider{ObjectMeta: metav1.ObjectMeta{Name: "host", Namespace: i.namespace}, Spec: api.ProviderSpec{Type: api.OpenShift}}
		if err := client.IgnoreAlreadyExists(i.client.Create(ctx, host)); err != nil {
			return err
		}
	}
	i.active, i.registered = true, true
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
	named := metav1.ObjectMeta{Name: webhooksName}
	ctx := context.Background()
	_ = i.client.Delete(ctx, &registration.MutatingWebhookConfiguration{ObjectMeta: named})
	_ = i.client.Delete(ctx, &registration.ValidatingWebhookConfiguration{ObjectMeta: named})
}
