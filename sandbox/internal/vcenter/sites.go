package vcenter

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// sites are the datacenters of the endpoint "two-sites". Both have a distributed switch of their own with a port group app-100 on
// VLAN 100, and a standard "VM Network": equal names and equal VLANs that are not one network.
var sites = []string{"east", "west"}

const (
	siteGroup = "app-100"
	// isolatedGroup is on a standard switch without a physical NIC, on the hosts of the first site.
	isolatedGroup = "isolated-lab"
	// accentedGroup is on the second site's distributed switch.
	accentedGroup = "Büro-Netz"
)

func newSitesHandler(ctx context.Context, dir string) (http.Handler, error) {
	model := simulator.VPX()
	model.Datacenter, model.Cluster, model.ClusterHost, model.Host = len(sites), 1, 2, 0
	model.Datastore, model.Machine = 0, 0
	server, err := serve(model, url.UserPassword(user, password), nil)
	if err != nil {
		return nil, err
	}
	defer server.Close()
	return model.Service.ServeMux, populateSites(ctx, model, server.URL, dir)
}

func populateSites(ctx context.Context, model *simulator.Model, sdk *url.URL, dir string) error {
	client, err := govmomi.NewClient(ctx, sdk, true)
	if err != nil {
		return fmt.Errorf("log in to the simulator: %w", err)
	}
	for index, site := range sites {
		p := &population{model: model, client: client.Client, finder: find.NewFinder(client.Client)}
		if err := p.addSite(ctx, index, filepath.Join(dir, site)); err != nil {
			return fmt.Errorf("%s: %w", site, err)
		}
	}
	return client.Logout(ctx)
}

func (p *population) addSite(ctx context.Context, index int, dir string) error {
	registry := p.model.Map()
	generated := fmt.Sprintf("DC%d", index)
	datacenter, err := p.finder.Datacenter(ctx, generated)
	if err != nil {
		return err
	}
	p.datacenter = datacenter
	p.finder.SetDatacenter(datacenter)
	hosts, err := p.finder.HostSystemList(ctx, "*")
	if err != nil {
		return err
	}
	for _, host := range hosts {
		p.hosts = append(p.hosts, registry.Get(host.Reference()).(*simulator.HostSystem))
	}
	dvs, err := p.finder.Network(ctx, "DVS0")
	if err != nil {
		return err
	}
	p.dvs = registry.Get(dvs.Reference()).(*simulator.DistributedVirtualSwitch)
	name := "dvs-" + sites[index]
	p.dvs.Name, p.dvs.Summary.Name, p.dvs.Config.GetDVSConfigInfo().Name = name, name, name
	p.renamePortGroup(p.dvs.Portgroup[0], name+"-DVUplinks")
	if err := p.addPortGroup(ctx, siteGroup, &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: 100}); err != nil {
		return err
	}
	machines := map[string]string{"app": siteGroup, "jump": "VM Network"}
	if index == 0 {
		if err := p.addIsolatedSwitch(ctx); err != nil {
			return err
		}
		machines["lab"] = isolatedGroup
	} else {
		if err := p.addPortGroup(ctx, accentedGroup, &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: 30}); err != nil {
			return err
		}
		machines["office"] = accentedGroup
	}
	for _, host := range p.hosts {
		p.joinSwitch(host)
	}
	if err := errors.Join(p.addDatastore(ctx, dir), p.addSiteMachines(ctx, sites[index], machines)); err != nil {
		return err
	}
	registry.Get(datacenter.Reference()).(*simulator.Datacenter).Name = sites[index]
	return p.typeSwitch(ctx)
}

// addIsolatedSwitch gives every host of a site a second standard switch that no physical NIC is in.
func (p *population) addIsolatedSwitch(ctx context.Context) error {
	const key, switchName = "key-vim.host.VirtualSwitch-vSwitch1", "vSwitch1"
	system, err := object.NewHostSystem(p.client, p.hosts[0].Reference()).ConfigManager().NetworkSystem(ctx)
	if err != nil {
		return err
	}
	if err := system.AddPortGroup(ctx, types.HostPortGroupSpec{Name: isolatedGroup, VswitchName: "vSwitch0"}); err != nil {
		return err
	}
	network, err := p.finder.Network(ctx, isolatedGroup)
	if err != nil {
		return err
	}
	for _, host := range p.hosts {
		p.joinStandardPortGroup(host, network.Reference(), isolatedGroup, 0)
		config := host.Config.Network
		config.Vswitch = append(config.Vswitch, types.HostVirtualSwitch{
			Name: switchName, Key: key, Portgroup: []string{"key-vim.host.PortGroup-" + isolatedGroup},
		})
		for i := range config.Portgroup {
			if group := &config.Portgroup[i]; group.Spec.Name == isolatedGroup {
				group.Vswitch, group.Spec.VswitchName = key, switchName
			}
		}
	}
	return nil
}

func (p *population) addSiteMachines(ctx context.Context, site string, networks map[string]string) error {
	folders, err := p.datacenter.Folders(ctx)
	if err != nil {
		return err
	}
	pool, err := p.finder.DefaultResourcePool(ctx)
	if err != nil {
		return err
	}
	for name, network := range networks {
		config, err := p.machineConfig(ctx, name+"-"+site, []string{network})
		if err != nil {
			return err
		}
		task, err := folders.VmFolder.CreateVM(ctx, config, pool, nil)
		if err != nil {
			return err
		}
		if err := task.Wait(ctx); err != nil {
			return fmt.Errorf("%s: %w", config.Name, err)
		}
	}
	return nil
}
