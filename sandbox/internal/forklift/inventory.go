package forklift

import (
	"context"
	"fmt"
	"net/url"
	"sync"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
	ktypes "k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// collections of a provider's inventory, as they are called in its addresses.
const (
	networks    = "networks"
	hosts       = "hosts"
	vms         = "vms"
	clusters    = "clusters"
	datacenters = "datacenters"
	datastores  = "datastores"
)

// snapshot is one provider's inventory: the resources of each collection.
type snapshot struct {
	name        client.ObjectKey
	uid         ktypes.UID
	version     string
	collections map[string][]resource
}

// inventory holds what was read of every provider that is ready.
type inventory struct {
	mu        sync.RWMutex
	providers map[client.ObjectKey]*snapshot
}

func newInventory() *inventory {
	return &inventory{providers: map[client.ObjectKey]*snapshot{}}
}

func (i *inventory) has(key client.ObjectKey, uid ktypes.UID) bool {
	i.mu.RLock()
	defer i.mu.RUnlock()
	found := i.providers[key]
	return found != nil && found.uid == uid
}

func (i *inventory) forget(key client.ObjectKey) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.providers, key)
}

// clear forgets everything, as a restart does.
func (i *inventory) clear() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.providers = map[client.ObjectKey]*snapshot{}
}

func (i *inventory) byUID(uid string) *snapshot {
	i.mu.RLock()
	defer i.mu.RUnlock()
	for _, each := range i.providers {
		if string(each.uid) == uid {
			return each
		}
	}
	return nil
}

func (i *inventory) all() []*snapshot {
	i.mu.RLock()
	defer i.mu.RUnlock()
	list := make([]*snapshot, 0, len(i.providers))
	for _, each := range i.providers {
		list = append(list, each)
	}
	return list
}

// load reads a vCenter's inventory.
func (i *inventory) load(ctx context.Context, provider *api.Provider, address *url.URL, c credentials) error {
	vsphere, err := connect(ctx, address, c)
	if err != nil {
		return fmt.Errorf("read the inventory of %s: %w", provider.Name, err)
	}
	defer func() { _ = vsphere.Logout(ctx) }()
	container, err := view.NewManager(vsphere.Client).CreateContainerView(ctx, vsphere.ServiceContent.RootFolder, nil, true)
	if err != nil {
		return fmt.Errorf("read the inventory of %s: %w", provider.Name, err)
	}
	defer func() { _ = container.Destroy(ctx) }()
	r := &reader{provider: string(provider.UID), view: container, collector: property.DefaultCollector(vsphere.Client)}
	if err := r.read(ctx); err != nil {
		return fmt.Errorf("read the inventory of %s: %w", provider.Name, err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	key := client.ObjectKeyFromObject(provider)
	i.providers[key] = &snapshot{name: key, uid: provider.UID, version: provider.ResourceVersion, collections: r.collections()}
	return nil
}

// reader gathers managed objects and knows where each stands in the tree.
type reader struct {
	provider  string
	view      *view.ContainerView
	collector *property.Collector

	entities    map[types.ManagedObjectReference]mo.ManagedEntity
	networks    []mo.Network
	groups      []mo.DistributedVirtualPortgroup
	switches    []mo.VmwareDistributedVirtualSwitch
	segments    []mo.OpaqueNetwork
	hosts       []mo.HostSystem
	vms         []mo.VirtualMachine
	clusters    []mo.ClusterComputeResource
	datacenters []mo.Datacenter
	datastores  []mo.Datastore
}

func (r *reader) read(ctx context.Context) error {
	var entities []mo.ManagedEntity
	for _, each := range []struct {
		kind  string
		paths []string
		into  any
	}{
		{"ManagedEntity", []string{"name", "parent"}, &entities},
		{"Network", []string{"name"}, &r.networks},
		{"DistributedVirtualPortgroup", []string{"name", "key", "config", "tag"}, &r.groups},
		{"VmwareDistributedVirtualSwitch", []string{"name", "config"}, &r.switches},
		{"OpaqueNetwork", []string{"name", "summary"}, &r.segments},
		{"HostSystem", []string{"name", "config.network", "config.product", "summary", "network", "datastore", "runtime"}, &r.hosts},
		{"VirtualMachine", []string{"name", "config", "network", "runtime", "summary"}, &r.vms},
		{"ClusterComputeResource", []string{"name", "host", "network", "datastore"}, &r.clusters},
		{"Datacenter", []string{"name"}, &r.datacenters},
		{"Datastore", []string{"name", "summary"}, &r.datastores},
	} {
		if err := r.view.Retrieve(ctx, []string{each.kind}, each.paths, each.into); err != nil {
			return fmt.Errorf("%s: %w", each.kind, err)
		}
	}
	r.entities = map[types.ManagedObjectReference]mo.ManagedEntity{}
	for _, entity := range entities {
		r.entities[entity.Self] = entity
	}
	// A network has a name of its own beside that of every entity; vSphere fills only this one.
	for _, each := range r.networks {
		entity := r.entities[each.Self]
		entity.Name = each.Name
		r.entities[each.Self] = entity
	}
	// The root folder is not in its own view.
	var root mo.ManagedEntity
	if err := r.collector.RetrieveOne(ctx, r.view.Client().ServiceContent.RootFolder, []string{"name", "parent"}, &root); err != nil {
		return fmt.Errorf("root folder: %w", err)
	}
	r.entities[root.Self] = root
	return nil
}

// path of an entity as vCenter's clients write it, such as /DC0/network/app-100. The root folder has no part in it.
func (r *reader) path(of types.ManagedObjectReference) string {
	entity, ok := r.entities[of]
	if !ok || entity.Parent == nil {
		return ""
	}
	return r.path(*entity.Parent) + "/" + entity.Name
}
