package forklift

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// resource is one object of the inventory: what every detail level shows, and what more there is from detail 1 on. The keys are
// those of the recorded bodies (inventory-*.json).
type resource struct {
	id    string
	brief map[string]any
	full  map[string]any
}

// at is the resource as a detail level shows it.
func (r resource) at(detail int) map[string]any {
	shown := map[string]any{}
	for key, value := range r.brief {
		shown[key] = value
	}
	if detail > 0 {
		for key, value := range r.full {
			shown[key] = value
		}
	}
	return shown
}

func (r *reader) resource(collection string, self types.ManagedObjectReference, full map[string]any) resource {
	entity := r.entities[self]
	parent := map[string]any{"kind": "", "id": ""}
	if entity.Parent != nil {
		parent = reference(*entity.Parent)
	}
	return resource{id: self.Value, full: full, brief: map[string]any{
		"id": self.Value, "parent": parent, "path": r.path(self), "revision": 1, "name": entity.Name,
		"selfLink": "providers/vsphere/" + r.provider + "/" + collection + "/" + self.Value,
	}}
}

// kinds are Forklift's names of vSphere's types.
var kinds = map[string]string{
	"ClusterComputeResource": "Cluster", "HostSystem": "Host", "VirtualMachine": "VM", "DistributedVirtualPortgroup": "Network",
	"VmwareDistributedVirtualSwitch": "DistributedVirtualSwitch", "OpaqueNetwork": "Network",
}

func reference(to types.ManagedObjectReference) map[string]any {
	kind, ok := kinds[to.Type]
	if !ok {
		kind = to.Type
	}
	return map[string]any{"kind": kind, "id": to.Value}
}

func references(to []types.ManagedObjectReference) any {
	if len(to) == 0 {
		return nil
	}
	list := make([]any, 0, len(to))
	for _, each := range to {
		list = append(list, reference(each))
	}
	return list
}

func (r *reader) collections() map[string][]resource {
	all := map[string][]resource{networks: {}, hosts: {}, vms: {}, clusters: {}, datacenters: {}, datastores: {}}
	for _, each := range r.networks {
		// The view lists distributed port groups as networks too; they follow with more to tell.
		if each.Self.Type == "Network" {
			all[networks] = append(all[networks], r.variant(r.resource(networks, each.Self, map[string]any{"vlanId": "", "host": nil}), "Standard"))
		}
	}
	for _, each := range r.groups {
		full := map[string]any{"vlanId": vlanText(each), "host": nil, "key": each.Key}
		if each.Config.DistributedVirtualSwitch != nil {
			full["dvSwitch"] = reference(*each.Config.DistributedVirtualSwitch)
		}
		all[networks] = append(all[networks], r.variant(r.resource(networks, each.Self, full), "DvPortGroup"))
	}
	for _, each := range r.switches {
		full := map[string]any{"vlanId": "", "host": members(each)}
		all[networks] = append(all[networks], r.variant(r.resource(networks, each.Self, full), "DvSwitch"))
	}
	for _, each := range r.segments {
		full := map[string]any{"vlanId": "", "host": nil}
		if summary, ok := each.Summary.(*types.OpaqueNetworkSummary); ok {
			full["key"] = summary.OpaqueNetworkId
		}
		all[networks] = append(all[networks], r.variant(r.resource(networks, each.Self, full), "OpaqueNetwork"))
	}
	for _, each := range r.hosts {
		all[hosts] = append(all[hosts], r.host(each))
	}
	for _, each := range r.vms {
		vm := r.vm(each)
		// Of VMs every detail level shows everything (recorded).
		for key, value := range vm.full {
			vm.brief[key] = value
		}
		all[vms] = append(all[vms], vm)
	}
	for _, each := range r.clusters {
		all[clusters] = append(all[clusters], r.resource(clusters, each.Self, map[string]any{
			"hosts": references(each.Host), "networks": references(each.Network), "datastores": references(each.Datastore),
		}))
	}
	for _, each := range r.datacenters {
		all[datacenters] = append(all[datacenters], r.resource(datacenters, each.Self, nil))
	}
	for _, each := range r.datastores {
		all[datastores] = append(all[datastores], r.resource(datastores, each.Self, map[string]any{
			"type": each.Summary.Type, "capacity": each.Summary.Capacity, "free": each.Summary.FreeSpace,
		}))
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b resource) int { return strings.Compare(a.id, b.id) })
	}
	return all
}

func (r *reader) variant(of resource, variant string) resource {
	of.brief["variant"] = variant
	return of
}

// members are a distributed switch's hosts with their physical NICs in it. Forklift writes its own names of the fields
// (kubev2v/forklift, pkg/controller/provider/model/vsphere, DVSHost).
func members(of mo.VmwareDistributedVirtualSwitch) []any {
	list := []any{}
	for _, member := range of.Config.GetDVSConfigInfo().Host {
		backing, ok := member.Config.Backing.(*types.DistributedVirtualSwitchHostMemberPnicBacking)
		if !ok || member.Config.Host == nil {
			continue
		}
		pnics := []string{}
		for _, spec := range backing.PnicSpec {
			pnics = append(pnics, spec.PnicDevice)
		}
		list = append(list, map[string]any{"Host": reference(*member.Config.Host), "PNIC": pnics})
	}
	return list
}

// vlanText is a distributed port group's VLAN as Forklift writes it: "" for none and for a private VLAN, "100" for an access
// VLAN, "10-20,30-30" for a trunk.
func vlanText(group mo.DistributedVirtualPortgroup) string {
	setting, ok := group.Config.DefaultPortConfig.(*types.VMwareDVSPortSetting)
	if !ok {
		return ""
	}
	switch vlan := setting.Vlan.(type) {
	case *types.VmwareDistributedVirtualSwitchVlanIdSpec:
		if vlan.VlanId != 0 {
			return strconv.Itoa(int(vlan.VlanId))
		}
	case *types.VmwareDistributedVirtualSwitchTrunkVlanSpec:
		ranges := make([]string, 0, len(vlan.VlanId))
		for _, each := range vlan.VlanId {
			ranges = append(ranges, fmt.Sprintf("%d-%d", each.Start, each.End))
		}
		return strings.Join(ranges, ",")
	}
	return ""
}

func (r *reader) host(of mo.HostSystem) resource {
	full := map[string]any{
		"status": string(of.Summary.OverallStatus), "inMaintenance": of.Runtime.InMaintenanceMode, "thumbprint": of.Summary.Config.SslThumbprint,
		"networks": references(of.Network), "datastores": references(of.Datastore), "managementServerIp": of.Summary.ManagementServerIp,
	}
	if entity := r.entities[of.Self]; entity.Parent != nil {
		full["cluster"] = entity.Parent.Value
	}
	if of.Config != nil {
		full["productName"], full["productVersion"] = of.Config.Product.Name, of.Config.Product.Version
		if of.Config.Network != nil {
			full["networking"], full["networkAdapters"] = networking(of.Config.Network)
		}
	}
	return r.resource(hosts, of.Self, full)
}

// networking is a host's configuration, and the adapters a transfer could use: VMkernel interfaces with an address.
func networking(config *types.HostNetworkInfo) (map[string]any, []any) {
	pnics, vnics, groups, switches, adapters := []any{}, []any{}, []any{}, []any{}, []any{}
	speed := map[string]int32{}
	for _, each := range config.Pnic {
		if each.LinkSpeed != nil {
			speed[each.Key] = each.LinkSpeed.SpeedMb
		}
		pnics = append(pnics, map[string]any{"key": each.Key, "linkSpeed": speed[each.Key]})
	}
	fastest := map[string]int32{}
	for _, each := range config.Vswitch {
		for _, pnic := range each.Pnic {
			for _, group := range each.Portgroup {
				fastest[group] = max(fastest[group], speed[pnic])
			}
		}
		switches = append(switches, map[string]any{"key": each.Key, "name": each.Name, "portGroups": each.Portgroup, "pNICs": each.Pnic})
	}
	keyOf := map[string]string{}
	for _, each := range config.Portgroup {
		keyOf[each.Spec.Name] = each.Key
		groups = append(groups, map[string]any{"key": each.Key, "name": each.Spec.Name, "vSwitch": each.Vswitch, "vlanId": each.Spec.VlanId})
	}
	for _, each := range config.Vnic {
		distributed := ""
		if each.Spec.DistributedVirtualPort != nil {
			distributed = each.Spec.DistributedVirtualPort.PortgroupKey
		}
		if each.Spec.Ip == nil {
			continue
		}
		vnics = append(vnics, map[string]any{
			"key": each.Key, "device": each.Device, "portGroup": each.Portgroup, "dPortGroup": distributed,
			"ipAddress": each.Spec.Ip.IpAddress, "ipV6Address": nil, "subnetMask": each.Spec.Ip.SubnetMask, "mtu": each.Spec.Mtu,
		})
		name := each.Portgroup
		if name == "" {
			name = each.Device
		}
		adapters = append(adapters, map[string]any{
			"name": name, "ipAddress": each.Spec.Ip.IpAddress, "subnetMask": each.Spec.Ip.SubnetMask,
			"linkSpeed": fastest[keyOf[each.Portgroup]], "mtu": each.Spec.Mtu,
		})
	}
	return map[string]any{"pNICs": pnics, "vNICs": vnics, "portGroups": groups, "switches": switches}, adapters
}

func (r *reader) vm(of mo.VirtualMachine) resource {
	full := map[string]any{
		"powerState": string(of.Runtime.PowerState), "networks": references(of.Network), "connectionState": string(of.Runtime.ConnectionState),
		"concerns": []any{}, "revisionValidated": 1,
	}
	if of.Runtime.Host != nil {
		full["host"] = of.Runtime.Host.Value
	}
	if of.Config != nil {
		full["isTemplate"], full["uuid"], full["guestId"] = of.Config.Template, of.Config.Uuid, of.Config.GuestId
		full["cpuCount"], full["memoryMB"] = of.Config.Hardware.NumCPU, of.Config.Hardware.MemoryMB
		full["nics"] = r.nics(of.Config.Hardware.Device, of.Network)
	}
	return r.resource(vms, of.Self, full)
}

// nics are the network cards in their order. A card says its standard network by name, its distributed port group and its NSX segment
// by key.
func (r *reader) nics(devices []types.BaseVirtualDevice, joined []types.ManagedObjectReference) []any {
	nics := []any{}
	for _, device := range devices {
		card, ok := device.(types.BaseVirtualEthernetCard)
		if !ok {
			continue
		}
		ethernet := card.GetVirtualEthernetCard()
		network := map[string]any{"kind": "Network", "id": ""}
		switch backing := ethernet.Backing.(type) {
		case *types.VirtualEthernetCardDistributedVirtualPortBackingInfo:
			network["id"] = backing.Port.PortgroupKey
		case *types.VirtualEthernetCardOpaqueNetworkBackingInfo:
			network["id"] = backing.OpaqueNetworkId
		case *types.VirtualEthernetCardNetworkBackingInfo:
			for _, each := range joined {
				if r.entities[each].Name == backing.DeviceName {
					network["id"] = each.Value
				}
			}
		}
		nics = append(nics, map[string]any{
			"network": network, "mac": ethernet.MacAddress, "order": len(nics), "deviceKey": ethernet.Key, "pciAddress": "",
		})
	}
	return nics
}
