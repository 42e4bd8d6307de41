package vcenter

import (
	"context"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// distributedPortGroups beside the uplinks (VLAN 0-4094) and the untagged one, which the model brings.
var distributedPortGroups = []struct {
	name string
	vlan types.BaseVmwareDistributedVirtualSwitchVlanSpec
}{
	{"app-100", &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: 100}},
	{"db-200", &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: 200}},
	{"trunk", &types.VmwareDistributedVirtualSwitchTrunkVlanSpec{VlanId: []types.NumericRange{{Start: 10, End: 20}, {Start: 30, End: 30}}}},
	{"private-500", &types.VmwareDistributedVirtualSwitchPvlanSpec{PvlanId: 501}},
}

const standardSwitchKey = "key-vim.host.VirtualSwitch-vSwitch0"

// standardPortGroups exist per host under one name; vlans has one VLAN ID per host, in the order of the hosts.
// 4095 is VMware's number for "every VLAN, tags passed through".
var standardPortGroups = []struct {
	name  string
	vlans []int32
}{
	{"std-300", []int32{300, 300, 300, 300}},
	{"std-odd", []int32{400, 400, 401, 400}},
	{"std-all", []int32{4095, 4095, 4095, 4095}},
}

func (p *population) addDistributedPortGroups(ctx context.Context) error {
	for _, group := range distributedPortGroups {
		if err := p.addPortGroup(ctx, group.name, group.vlan); err != nil {
			return fmt.Errorf("%s: %w", group.name, err)
		}
	}
	return nil
}

func (p *population) addPortGroup(ctx context.Context, name string, vlan types.BaseVmwareDistributedVirtualSwitchVlanSpec) error {
	dvs := object.NewDistributedVirtualSwitch(p.client, p.dvs.Reference())
	task, err := dvs.AddPortgroup(ctx, []types.DVPortgroupConfigSpec{{
		Name: name, Type: string(types.DistributedVirtualPortgroupPortgroupTypeEarlyBinding), NumPorts: 8,
		DefaultPortConfig: &types.VMwareDVSPortSetting{Vlan: vlan},
	}})
	if err != nil {
		return err
	}
	return task.Wait(ctx)
}

// addStandardPortGroups adds the Network object once, over the API, and its configuration to every host: the simulator
// refuses the name on a second host (DuplicateName), where vCenter joins port groups of one name into one Network.
func (p *population) addStandardPortGroups(ctx context.Context) error {
	for _, group := range standardPortGroups {
		system, err := object.NewHostSystem(p.client, p.hosts[0].Reference()).ConfigManager().NetworkSystem(ctx)
		if err != nil {
			return err
		}
		if err := system.AddPortGroup(ctx, types.HostPortGroupSpec{Name: group.name, VlanId: group.vlans[0], VswitchName: "vSwitch0"}); err != nil {
			return fmt.Errorf("%s: %w", group.name, err)
		}
		network, err := p.finder.Network(ctx, group.name)
		if err != nil {
			return err
		}
		for index, host := range p.hosts {
			p.joinStandardPortGroup(host, network.Reference(), group.name, group.vlans[index])
		}
	}
	return nil
}

func (p *population) joinStandardPortGroup(host *simulator.HostSystem, network types.ManagedObjectReference, name string, vlan int32) {
	key := "key-vim.host.PortGroup-" + name
	config := host.Config.Network
	config.Portgroup = append(config.Portgroup, types.HostPortGroup{
		Key: key, Vswitch: standardSwitchKey,
		Spec: types.HostPortGroupSpec{Name: name, VlanId: vlan, VswitchName: "vSwitch0"},
	})
	config.Vswitch[0].Portgroup = append(config.Vswitch[0].Portgroup, key)
	if !slices.Contains(host.Network, network) {
		host.Network = append(host.Network, network)
	}
	parent := p.model.Map().Get(*host.Parent).(*simulator.ClusterComputeResource)
	if !slices.Contains(parent.Network, network) {
		parent.Network = append(parent.Network, network)
	}
}

// adapters (VMkernel interfaces) of every host, each in its own subnet. The last octet is the host's number; the subnets are
// the ones reserved for documentation, so nothing outside the sandbox is ever meant.
var adapters = []struct {
	device, portGroup string
	// distributed puts the adapter on the distributed port group of that name instead of a standard one.
	distributed string
	subnet      string
	mtu         int32
}{
	{"vmk0", "Management Network", "", "192.0.2", 1500},
	{"vmk1", "Migration Network", "", "198.51.100", 9000},
	{"vmk2", "", "app-100", "203.0.113", 1500},
}

// equipHosts gives the hosts their adapters, a second switch for migrations, faster physical NICs and their place on the
// distributed switch.
func (p *population) equipHosts(ctx context.Context) error {
	for index, host := range p.hosts {
		config := host.Config.Network
		config.Pnic[1].LinkSpeed = &types.PhysicalNicLinkInfo{SpeedMb: 25000, Duplex: true}
		const migrationKey = "key-vim.host.PortGroup-Migration Network"
		config.Vswitch = append(config.Vswitch, types.HostVirtualSwitch{
			Name: "vSwitch1", Key: "key-vim.host.VirtualSwitch-vSwitch1", Mtu: 9000,
			Portgroup: []string{migrationKey}, Pnic: []string{"key-vim.host.PhysicalNic-vmnic1"},
		})
		config.Portgroup = append(config.Portgroup, types.HostPortGroup{
			Key: migrationKey, Vswitch: "key-vim.host.VirtualSwitch-vSwitch1",
			Spec: types.HostPortGroupSpec{Name: "Migration Network", VlanId: 50, VswitchName: "vSwitch1"},
		})
		config.Vnic = nil
		for _, adapter := range adapters {
			nic := types.HostVirtualNic{
				Device: adapter.device, Key: "key-vim.host.VirtualNic-" + adapter.device, Portgroup: adapter.portGroup,
				Spec: types.HostVirtualNicSpec{
					Ip:  &types.HostIpConfig{IpAddress: addressOf(adapter.subnet, index), SubnetMask: "255.255.255.0"},
					Mtu: adapter.mtu, Portgroup: adapter.portGroup,
				},
			}
			if adapter.distributed != "" {
				group, err := p.finder.Network(ctx, adapter.distributed)
				if err != nil {
					return err
				}
				nic.Spec.DistributedVirtualPort = &types.DistributedVirtualSwitchPortConnection{
					SwitchUuid: p.dvs.Uuid, PortgroupKey: group.Reference().Value,
				}
			}
			config.Vnic = append(config.Vnic, nic)
		}
		p.joinSwitch(host)
	}
	return nil
}

// joinSwitch lists the host, with its second physical NIC, as a member in the switch's configuration, which the simulator
// leaves empty.
func (p *population) joinSwitch(host *simulator.HostSystem) {
	config := p.dvs.Config.GetDVSConfigInfo()
	self := host.Self
	config.Host = append(config.Host, types.DistributedVirtualSwitchHostMember{
		Config: types.DistributedVirtualSwitchHostMemberConfigInfo{
			Host: &self,
			Backing: &types.DistributedVirtualSwitchHostMemberPnicBacking{
				PnicSpec: []types.DistributedVirtualSwitchHostMemberPnicSpec{{PnicDevice: "vmnic1"}},
			},
		},
	})
}
