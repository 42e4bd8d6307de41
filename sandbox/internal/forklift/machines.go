package forklift

import (
	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// judgeMachines looks a plan's VMs up in the inventory, and their networks in the map (kubev2v/forklift release-2.12, validateVM and
// pkg/controller/plan/adapter/vsphere/validator.go).
func judgeMachines(plan *api.Plan, networkMap *api.NetworkMap, known *snapshot, conditions *api.Staging) {
	var missing, twice, ambiguous, unmapped, podTwice, withoutIPs []string
	seen := map[string]bool{}
	for _, each := range plan.Spec.VMs {
		if !each.Set() {
			conditions.Set(api.Condition{Type: "VMRefNotValid", Category: api.Critical, Reason: "NotSet", Message: "Either `ID` or `Name` required."})
			continue
		}
		matches := known.find(vms, each.Ref)
		switch len(matches) {
		case 0:
			missing = append(missing, each.String())
			continue
		case 1:
			// The inventory gives a reference what it lacks.
			each.ID, each.Name = matches[0].id, matches[0].brief["name"].(string)
		default:
			ambiguous = append(ambiguous, each.String())
			continue
		}
		if seen[each.ID] {
			twice = append(twice, each.String())
		}
		seen[each.ID] = true
		if !areMapped(idsOf(matches[0].brief["networks"]), networkMap) {
			unmapped = append(unmapped, each.String())
		}
		cards, _ := matches[0].brief["nics"].([]any)
		if toPodNetwork(cards, networkMap) > 1 {
			podTwice = append(podTwice, each.String())
		}
		// The simulator's VMs have no guest that tells addresses.
		if plan.Spec.PreserveStaticIPs && len(cards) > 0 {
			withoutIPs = append(withoutIPs, each.String())
		}
	}
	stage := func(kind string, category api.Category, reason, message string, items []string) {
		if len(items) > 0 {
			conditions.Set(api.Condition{Type: kind, Category: category, Reason: reason, Message: message, Items: items})
		}
	}
	stage("VMNotFound", api.Critical, "NotFound", "VM not found.", missing)
	stage("DuplicateVM", api.Critical, "NotUnique", "Duplicate (source) VM.", twice)
	stage("DuplicateVM", api.Critical, "Ambiguous", "VM reference is ambiguous.", ambiguous)
	stage("VMNetworksNotMapped", api.Critical, "NotValid", "VM has unmapped networks.", unmapped)
	stage("VMMultiplePodNetworkMappings", api.Critical, "NotValid", "VM has more than one interface mapped to the pod network.", podTwice)
	stage("VMMissingGuestIPs", api.Warn, "MissingGuestInformation", "Guest information on vNICs is missing, cannot preserve static IPs. "+
		"Make sure VMware Tools is installed and the VM is running.", withoutIPs)
}

// areMapped asks the status of the map, which has what of its sources was found.
func areMapped(ids []string, networkMap *api.NetworkMap) bool {
	for _, id := range ids {
		if !refersTo(networkMap.Status.References, id) {
			return false
		}
	}
	return true
}

// toPodNetwork counts the NICs that land on the pod network: the first pair of a source that is not a NetworkAttachmentDefinition takes all
// NICs of that source (pkg/controller/plan/adapter/base/network.go).
func toPodNetwork(cards []any, networkMap *api.NetworkMap) int {
	count := 0
	for _, card := range cards {
		network, _ := card.(map[string]any)["network"].(map[string]any)
		for _, pair := range networkMap.Spec.Map {
			if pair.Source.ID == network["id"] && pair.Destination.Type != api.Multus {
				if pair.Destination.Type == api.Pod {
					count++
				}
				break
			}
		}
	}
	return count
}

// idsOf are the IDs of references of the inventory.
func idsOf(list any) []string {
	var ids []string
	each, _ := list.([]any)
	for _, one := range each {
		if id, ok := one.(map[string]any)["id"].(string); ok {
			ids = append(ids, id)
		}
	}
	return ids
}
