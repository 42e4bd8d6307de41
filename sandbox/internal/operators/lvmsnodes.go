package operators

import (
	"fmt"
	"strings"
)

// storageNode is the node that LVM Storage's status tells of; there are none here.
const storageNode = "worker-0"

// usedDisk is the beginning of the name of a disk that has a filesystem already: LVM Storage does not take it.
const usedDisk = "used-"

// nodeStatuses are what LVM Storage's pods on the nodes say of each device class once they have looked at its disks, in the words of the
// original (internal/controllers/vgmanager: status.go, devices.go, filter/filter.go). A class whose disks are in use fails.
func nodeStatuses(classes []deviceClass) (statuses []any, failed bool) {
	for _, class := range classes {
		status := map[string]any{"node": storageNode, "name": class.Name, "status": "Ready", "deviceDiscoveryPolicy": "RuntimeDynamic"}
		used := ""
		devices := []any{}
		for _, path := range class.allPaths() {
			status["deviceDiscoveryPolicy"] = "Preconfigured"
			if strings.HasPrefix(path[strings.LastIndex(path, "/")+1:], usedDisk) {
				used = path
				continue
			}
			devices = append(devices, path)
		}
		if used == "" {
			status["devices"] = devices
		} else {
			failed = true
			why := used + " has an invalid filesystem signature (xfs) and cannot be used"
			status["status"] = "Failed"
			status["reason"] = fmt.Sprintf("mandatory device path %q cannot be used, because it is NOT available as a new device for the volume group and "+
				"NOT part of a valid and tagged existing volume group: %s", used, why)
			status["excluded"] = []any{map[string]any{"name": used, "reasons": []any{why}}}
		}
		statuses = append(statuses, map[string]any{"name": class.Name, "nodeStatus": []any{status}})
	}
	return statuses, failed
}
