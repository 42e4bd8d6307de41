package vcenter

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// machines and the networks of their NICs, in order. Every network that a migration has to decide about has a user.
var machines = []struct {
	name     string
	networks []string
	off      bool
	template bool
}{
	{name: "web-1", networks: []string{"app-100"}},
	{name: "web-2", networks: []string{"app-100"}},
	{name: "app-1", networks: []string{"app-100", "db-200"}},
	{name: "db-1", networks: []string{"db-200"}},
	{name: "router-1", networks: []string{"trunk", untaggedName}},
	{name: "isolated-1", networks: []string{"private-500"}},
	{name: "legacy-1", networks: []string{"std-300"}},
	{name: "legacy-2", networks: []string{"std-odd"}, off: true},
	{name: "sniffer-1", networks: []string{"std-all"}},
	{name: "jump-1", networks: []string{"VM Network"}},
	{name: "two-nics-1", networks: []string{"app-100", "app-100"}},
	{name: "nsx-1", networks: []string{segmentOnSwitch}},
	{name: "nsx-2", networks: []string{segmentOnSwitch}}, // joinOpaqueNetwork moves it
	{name: "golden-image", networks: []string{"app-100"}, off: true, template: true},
}

// diskBytes is the capacity of each machine's one disk; the simulator stores none of it.
const diskBytes = 10 << 30

func (p *population) addMachines(ctx context.Context) error {
	folders, err := p.datacenter.Folders(ctx)
	if err != nil {
		return err
	}
	for index, machine := range machines {
		pool, err := p.finder.ResourcePool(ctx, clusters[index%len(clusters)].name+"/Resources")
		if err != nil {
			return err
		}
		config, err := p.machineConfig(ctx, machine.name, machine.networks)
		if err != nil {
			return fmt.Errorf("%s: %w", machine.name, err)
		}
		task, err := folders.VmFolder.CreateVM(ctx, config, pool, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", machine.name, err)
		}
		created, err := task.WaitForResult(ctx, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", machine.name, err)
		}
		vm := object.NewVirtualMachine(p.client, created.Result.(types.ManagedObjectReference))
		if err := finishMachine(ctx, vm, machine.off, machine.template); err != nil {
			return fmt.Errorf("%s: %w", machine.name, err)
		}
		if machine.name == "nsx-2" {
			p.joinOpaqueNetwork(vm.Reference())
		}
	}
	return nil
}

// machineConfig describes a machine with a SCSI disk and one vmxnet3 NIC per network.
func (p *population) machineConfig(ctx context.Context, name string, networks []string) (types.VirtualMachineConfigSpec, error) {
	config := types.VirtualMachineConfigSpec{
		Name: name, GuestId: string(types.VirtualMachineGuestOsIdentifierRhel9_64Guest), NumCPUs: 2, MemoryMB: 4096,
		Files: &types.VirtualMachineFileInfo{VmPathName: fmt.Sprintf("[%s]", datastoreName)},
	}
	var devices object.VirtualDeviceList
	controller, err := devices.CreateSCSIController("pvscsi")
	if err != nil {
		return config, err
	}
	disk := devices.CreateDisk(controller.(types.BaseVirtualController), types.ManagedObjectReference{}, fmt.Sprintf("[%s] %s/disk1.vmdk", datastoreName, name))
	disk.CapacityInKB, disk.CapacityInBytes = diskBytes>>10, diskBytes
	devices = append(devices, controller, disk)
	for _, name := range networks {
		network, err := p.finder.Network(ctx, name)
		if err != nil {
			return config, err
		}
		backing, err := network.EthernetCardBackingInfo(ctx)
		if err != nil {
			return config, err
		}
		nic, err := devices.CreateEthernetCard("vmxnet3", backing)
		if err != nil {
			return config, err
		}
		devices = append(devices, nic)
	}
	config.DeviceChange, err = devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	return config, err
}

func finishMachine(ctx context.Context, vm *object.VirtualMachine, off, template bool) error {
	if template {
		return vm.MarkAsTemplate(ctx)
	}
	if off {
		return nil
	}
	task, err := vm.PowerOn(ctx)
	if err != nil {
		return err
	}
	return task.Wait(ctx)
}
