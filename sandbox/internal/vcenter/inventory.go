package vcenter

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	datacenterName = "lab"
	switchName     = "dvs-lab"
	datastoreName  = "datastore-lab"
	// untaggedName is the distributed port group without a VLAN.
	untaggedName = "untagged"
)

// cluster of the inventory, with the names of its hosts.
type cluster struct {
	name  string
	hosts []string
}

// clusters have the same number of hosts each, because the simulator's model counts that way.
var clusters = []cluster{
	{"cluster-a", []string{"esxi-1.sandbox.example", "esxi-2.sandbox.example"}},
	{"cluster-b", []string{"esxi-3.sandbox.example", "esxi-4.sandbox.example"}},
}

// population fills one simulated vCenter.
type population struct {
	model      *simulator.Model
	client     *vim25.Client
	finder     *find.Finder
	datacenter *object.Datacenter
	hosts      []*simulator.HostSystem
	dvs        *simulator.DistributedVirtualSwitch
	// opaque is the opaque network of segmentElsewhere.
	opaque types.ManagedObjectReference
}

// populate turns the bare model (1 datacenter, 2 clusters, 4 hosts, 1 distributed switch) into the sandbox's inventory.
// What the API offers is done over the API at sdk; what it lacks is written into the simulator's registry.
func populate(ctx context.Context, model *simulator.Model, sdk *url.URL, datastoreDir string) error {
	client, err := govmomi.NewClient(ctx, sdk, true)
	if err != nil {
		return fmt.Errorf("log in to the simulator: %w", err)
	}
	p := &population{model: model, client: client.Client, finder: find.NewFinder(client.Client)}
	steps := []struct {
		name string
		do   func(context.Context) error
	}{
		{"name the inventory", p.name},
		{"add the distributed port groups", p.addDistributedPortGroups},
		{"add the NSX segments", p.addSegments},
		{"add the standard port groups", p.addStandardPortGroups},
		{"equip the hosts", p.equipHosts},
		{"add the datastore", func(ctx context.Context) error { return p.addDatastore(ctx, datastoreDir) }},
		{"add the machines", p.addMachines},
		{"type the distributed switch", p.typeSwitch},
		{"log out", client.Logout},
	}
	for _, step := range steps {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	client.CloseIdleConnections()
	return nil
}

// name replaces the model's generated names. Renaming over the API would not change the names the hosts report of themselves.
func (p *population) name(ctx context.Context) error {
	registry := p.model.Map()
	registry.Any("Datacenter").Entity().Name = datacenterName
	p.dvs = registry.Any("DistributedVirtualSwitch").(*simulator.DistributedVirtualSwitch)
	p.dvs.Name, p.dvs.Summary.Name, p.dvs.Config.GetDVSConfigInfo().Name = switchName, switchName, switchName
	for index, c := range clusters {
		entity, err := p.entity(ctx, fmt.Sprintf("DC0_C%d", index), "ClusterComputeResource")
		if err != nil {
			return err
		}
		entity.Entity().Name = c.name
		for number, hostName := range c.hosts {
			entity, err := p.entity(ctx, fmt.Sprintf("DC0_C%d_H%d", index, number), "HostSystem")
			if err != nil {
				return err
			}
			host := entity.(*simulator.HostSystem)
			host.Name, host.Summary.Config.Name = hostName, hostName
			// The simulator's own gray is that of a host that vCenter has lost.
			host.OverallStatus, host.Summary.OverallStatus = types.ManagedEntityStatusGreen, types.ManagedEntityStatusGreen
			p.hosts = append(p.hosts, host)
		}
	}
	uplinks := p.dvs.Portgroup[0]
	p.renamePortGroup(uplinks, switchName+"-DVUplinks")
	p.renamePortGroup(p.dvs.Portgroup[1], untaggedName)
	p.dvs.Summary.PortgroupName = []string{switchName + "-DVUplinks", untaggedName}

	datacenter, err := p.finder.DefaultDatacenter(ctx)
	if err != nil {
		return err
	}
	p.datacenter = datacenter
	p.finder.SetDatacenter(datacenter)
	return nil
}

func (p *population) renamePortGroup(ref types.ManagedObjectReference, name string) {
	group := p.model.Map().Get(ref).(*simulator.DistributedVirtualPortgroup)
	group.Name, group.Config.Name = name, name
	group.Entity().Name = name
}

// entity is the managed entity of a type with a name.
func (p *population) entity(_ context.Context, name, kind string) (mo.Entity, error) {
	for _, candidate := range p.model.Map().All(kind) {
		if candidate.Entity().Name == name {
			return candidate, nil
		}
	}
	return nil, fmt.Errorf("the simulator has no %s %s", kind, name)
}

func (p *population) addDatastore(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, host := range p.hosts {
		system, err := object.NewHostSystem(p.client, host.Reference()).ConfigManager().DatastoreSystem(ctx)
		if err != nil {
			return err
		}
		if _, err := system.CreateLocalDatastore(ctx, datastoreName, dir); err != nil {
			return err
		}
	}
	return nil
}

// typeSwitch makes the switch the VmwareDistributedVirtualSwitch that vCenter's are. The simulator creates the abstract base
// type, which Forklift's collector does not know: its inventory would then lack the `DvSwitch` rows that a real one has among
// its networks, and the adapters on the switch would have no name.
func (p *population) typeSwitch(context.Context) error {
	registry := p.model.Map()
	before := p.dvs.Self
	after := types.ManagedObjectReference{Type: "VmwareDistributedVirtualSwitch", Value: before.Value}
	folder := registry.Get(*p.dvs.Parent).(*simulator.Folder)
	for index, child := range folder.ChildEntity {
		if child == before {
			folder.ChildEntity[index] = after
		}
	}
	registry.Remove(p.model.Service.Context, before)
	p.dvs.Self = after // the port groups point at this very field
	registry.Put(p.dvs)
	return nil
}
