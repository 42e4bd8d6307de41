package forklift_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// settle waits until an object's status says what was recorded last, and compares it then. The recorded namespace is `vms`.
func (w *world) settle(t *testing.T, object client.Object, now func() moment, file string) {
	t.Helper()
	var recorded []moment
	recording(t, file, &recorded)
	want := recorded[len(recorded)-1]
	var ours moment
	for range 200 {
		if err := w.client.Get(t.Context(), client.ObjectKeyFromObject(object), object); err != nil {
			t.Fatal(err)
		}
		ours = now()
		for i := range ours.Conditions {
			for j, item := range ours.Conditions[i].Items {
				ours.Conditions[i].Items[j] = strings.Replace(item, w.project+"/", "vms/", 1)
			}
		}
		if ours.told() == want.told() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s: the status is\n%s\nrecorded\n%s", file, ours.told(), want.told())
}

func (w *world) readyProvider(t *testing.T, name string) *api.Provider {
	t.Helper()
	w.follow(t, []recordedCase{{name: name, url: w.vcenter.URL, keys: w.keys(), last: "Ready"}})
	provider := &api.Provider{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: name}, provider); err != nil {
		t.Fatal(err)
	}
	return provider
}

func testHostProviderAsRecorded(t *testing.T, w *world) {
	if err := crd.Install(t.Context(), w.controlPlane.Config, []crd.Set{crd.VirtualizationOperand}); err != nil {
		t.Fatal(err)
	}
	host := &api.Provider{ObjectMeta: metav1.ObjectMeta{Name: "host", Namespace: w.project}, Spec: api.ProviderSpec{Type: api.OpenShift}}
	w.create(t, host)
	w.settle(t, host, func() moment { return momentOf(host) }, "provider-host-timeline.json")
}

func testHostsAsRecorded(t *testing.T, w *world) {
	provider := w.readyProvider(t, "vc")
	known := w.list(t, "/providers/vsphere/"+string(provider.UID)+"/hosts")[0]["id"].(string)
	reference := corev1.ObjectReference{Namespace: w.project, Name: "vc"}
	for file, spec := range map[string]api.HostSpec{
		"host-h-bad-id.json": {Ref: api.Ref{ID: "host-999"}, IPAddress: "192.0.2.1", Provider: reference, Secret: reference},
		"host-h-closed.json": {Ref: api.Ref{ID: known}, IPAddress: "192.0.2.1", Provider: reference,
			Secret: corev1.ObjectReference{Namespace: w.project, Name: "nowhere"}},
	} {
		host := &api.Host{ObjectMeta: metav1.ObjectMeta{Name: strings.TrimSuffix(file, ".json"), Namespace: w.project}, Spec: spec}
		w.create(t, host)
		w.settle(t, host, func() moment { return moment{Conditions: host.Status.Conditions, Keys: keysOfStatus(host.Status)} }, file)
	}
}

func testNetworkMapsAsRecorded(t *testing.T, w *world) {
	provider := w.readyProvider(t, "vc")
	source := api.Ref{ID: w.list(t, "/providers/vsphere/"+string(provider.UID)+"/networks")[0]["id"].(string)}
	providers := api.ProviderPair{Source: corev1.ObjectReference{Namespace: w.project, Name: "vc"}, Destination: w.target(t)}
	networkMap := func(name string, pairs ...api.NetworkPair) *api.NetworkMap {
		return &api.NetworkMap{
			ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.project},
			Spec:       api.NetworkMapSpec{Provider: providers, Map: append([]api.NetworkPair{}, pairs...)},
		}
	}
	settle := func(t *testing.T, object *api.NetworkMap, file string) {
		t.Helper()
		w.settle(t, object, func() moment { return moment{Conditions: object.Status.Conditions, Keys: keysOfStatus(object.Status)} }, file)
	}
	missing := networkMap("missing-nad", api.NetworkPair{Source: source, Destination: api.DestinationNetwork{Type: api.Multus, Namespace: w.project, Name: "app-100b"}})
	for file, object := range map[string]*api.NetworkMap{
		"networkmap-missing-nad.json": missing,
		"networkmap-no-namespace.json": networkMap("no-namespace",
			api.NetworkPair{Source: source, Destination: api.DestinationNetwork{Type: api.Multus, Name: "app-100"}}),
		"networkmap-bad-source.json": networkMap("bad-source",
			api.NetworkPair{Source: api.Ref{ID: "dvportgroup-999"}, Destination: api.DestinationNetwork{Type: api.Pod}}),
		"networkmap-empty.json": networkMap("empty"),
	} {
		w.create(t, object)
		settle(t, object, file)
	}
	w.network(t, w.project, "app-100b")
	settle(t, missing, "networkmap-after-nad.json")
}

// shape is a body of the inventory: the keys of what it lists.
type shape struct {
	file, path string
	// missing are recorded keys that the stand-in leaves out, because nothing of ours reads them.
	missing []string
}

func testInventoryBodiesAsRecorded(t *testing.T, w *world) {
	provider := w.readyProvider(t, "vc")
	base := "/providers/vsphere/" + string(provider.UID)
	counts := []string{"apiVersion", "product", "instanceUuid", "datacenterCount", "clusterCount", "hostCount", "vmCount", "networkCount", "datastoreCount"}
	shapes := []shape{
		{"inventory-networks-detail0.json", base + "/networks", nil},
		{"inventory-networks-detail1.json", base + "/networks?detail=1", nil},
		{"inventory-hosts-detail0.json", base + "/hosts", nil},
		{"inventory-hosts-detail1.json", base + "/hosts?detail=1",
			[]string{"advancedOptions", "cpuCores", "cpuSockets", "hostScsiDisks", "memoryBytes", "timezone", "vms"}},
		{"inventory-vms-detail4.json", base + "/vms?detail=4", []string{
			"balloonedMemory", "changeTrackingEnabled", "consolidationNeeded", "coresPerSocket", "cpuAffinity", "cpuHotAddEnabled",
			"cpuHotRemoveEnabled", "customDef", "customValues", "devices", "diskEnableUuid", "disks", "faultToleranceEnabled", "firmware",
			"guestDisks", "guestIpStacks", "guestName", "guestNameFromVmwareTools", "guestNetworks", "hostName", "instanceUuid", "ipAddress",
			"memoryHotAddEnabled", "nestedHVEnabled", "numaNodeAffinity", "policyVersion", "secureBoot", "snapshot", "storageUsed", "tags",
			"toolsRunningStatus", "toolsStatus", "toolsVersionStatus2", "tpmEnabled",
		}},
		{"inventory-clusters-detail0.json", base + "/clusters", nil},
		{"inventory-clusters-detail1.json", base + "/clusters?detail=1", []string{"folder", "dasEnabled", "dasVms", "drsEnabled", "drsBehavior", "drsVms"}},
		{"inventory-datacenters-detail0.json", base + "/datacenters", nil},
		{"inventory-datacenters-detail1.json", base + "/datacenters?detail=1", []string{"datastores", "networks", "clusters", "vms"}},
		{"inventory-datastores-detail0.json", base + "/datastores", nil},
		{"inventory-datastores-detail1.json", base + "/datastores?detail=1", []string{"maintenance", "backingDevicesNames"}},
		{"inventory-provider.json", base, counts},
		{"inventory-providers.json", "/providers", nil},
		{"inventory-providers-detail1.json", "/providers?detail=1", append([]string{"type", "object"}, counts...)},
	}
	for _, each := range shapes {
		t.Run(each.file, func(t *testing.T) {
			var recorded any
			recording(t, each.file, &recorded)
			code, _, body := w.ask(t, w.forklift.InventoryURL+each.path, w.token("kubeadmin"))
			var ours any
			if err := json.Unmarshal(body, &ours); code != http.StatusOK || err != nil {
				t.Fatalf("%s: %d %v %s", each.path, code, err, body)
			}
			want := keysOf(recorded)
			for _, key := range each.missing {
				if !want[key] {
					t.Errorf("%s is said to be missing, but was not recorded", key)
				}
				delete(want, key)
			}
			if got := keysOf(ours); !maps.Equal(got, want) {
				t.Errorf("%s has %v, recorded %v", each.path, sorted(got), sorted(want))
			}
		})
	}
}

// keysOf are the keys of an object, or of all objects of a list. The list of providers has one list for each type.
func keysOf(body any) map[string]bool {
	keys := map[string]bool{}
	add := func(objects ...any) {
		for _, each := range objects {
			for key := range each.(map[string]any) {
				keys[key] = true
			}
		}
	}
	switch body := body.(type) {
	case []any:
		add(body...)
	case map[string]any:
		if list, ok := body["vsphere"].([]any); ok {
			for kind := range body {
				keys[fmt.Sprint("providers of type ", kind)] = true
			}
			add(list...)
		} else {
			add(body)
		}
	}
	return keys
}

func sorted(keys map[string]bool) []string { return slices.Sorted(maps.Keys(keys)) }
