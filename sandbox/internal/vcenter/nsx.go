package vcenter

import (
	"context"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// An NSX segment is a distributed port group where NSX works with the distributed switch, and an opaque network where it has a
// switch of its own. Neither tells a VLAN.
const (
	segmentOnSwitch  = "segment-web"
	segmentElsewhere = "segment-db"
	// segmentKey is what NICs on the opaque network carry instead of its moRef (docs/facts/forklift.md, corrections).
	segmentKey = "3a5f7c10-6f0b-4a55-9a0e-2f1f6f3f9d01"
)

func (p *population) addSegments(ctx context.Context) error {
	dvs := object.NewDistributedVirtualSwitch(p.client, p.dvs.Reference())
	task, err := dvs.AddPortgroup(ctx, []types.DVPortgroupConfigSpec{{
		Name: segmentOnSwitch, Type: string(types.DistributedVirtualPortgroupPortgroupTypeEarlyBinding), NumPorts: 8,
		BackingType: string(types.DistributedVirtualPortgroupBackingTypeNsx),
	}})
	if err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil {
		return err
	}
	folder := p.model.Map().Get(*p.dvs.Parent).(*simulator.Folder)
	if err := folder.AddOpaqueNetwork(p.model.Service.Context, types.OpaqueNetworkSummary{
		NetworkSummary: types.NetworkSummary{Name: segmentElsewhere}, OpaqueNetworkId: segmentKey, OpaqueNetworkType: "nsx.LogicalSwitch",
	}); err != nil {
		return err
	}
	p.opaque = p.model.Map().Any("OpaqueNetwork").(*mo.OpaqueNetwork).Self
	return nil
}

// joinOpaqueNetwork puts the one NIC of a machine onto the opaque network. The simulator would put it onto a distributed port group
// of the same segment, as a vCenter does only where there is one.
func (p *population) joinOpaqueNetwork(machine types.ManagedObjectReference) {
	vm := p.model.Map().Get(machine).(*simulator.VirtualMachine)
	vm.Network = []types.ManagedObjectReference{p.opaque}
	for _, device := range vm.Config.Hardware.Device {
		if card, ok := device.(types.BaseVirtualEthernetCard); ok {
			card.GetVirtualEthernetCard().Backing = &types.VirtualEthernetCardOpaqueNetworkBackingInfo{
				OpaqueNetworkId: segmentKey, OpaqueNetworkType: "nsx.LogicalSwitch",
			}
		}
	}
}
