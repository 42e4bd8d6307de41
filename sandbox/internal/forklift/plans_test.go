package forklift_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// target is the cluster as a destination: the provider host is Ready only where OpenShift Virtualization is.
func (w *world) target(t *testing.T) corev1.ObjectReference {
	t.Helper()
	if err := crd.Install(t.Context(), w.controlPlane.Config, []crd.Set{crd.VirtualizationOperand}); err != nil {
		t.Fatal(err)
	}
	host := &api.Provider{ObjectMeta: metav1.ObjectMeta{Name: "host", Namespace: w.project}, Spec: api.ProviderSpec{Type: api.OpenShift}}
	w.create(t, host)
	w.await(t, host, func() api.Conditions { return host.Status.Conditions },
		"ConnectionTestSucceeded Tested", "Validated Completed", "InventoryCreated Completed", "Ready")
	return corev1.ObjectReference{Namespace: w.project, Name: "host"}
}

// await waits until an object has these conditions in this order, each as its type, its reason and its items.
func (w *world) await(t *testing.T, object client.Object, conditions func() api.Conditions, want ...string) {
	t.Helper()
	var told []string
	for range 250 {
		if err := w.client.Get(t.Context(), client.ObjectKeyFromObject(object), object); err != nil {
			t.Fatal(err)
		}
		told = nil
		for _, each := range conditions() {
			told = append(told, strings.Join(strings.Fields(fmt.Sprint(each.Type, " ", each.Reason, " ", strings.Join(each.Items, ","))), " "))
		}
		if slices.Equal(told, want) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s has the conditions %q, expected %q", object.GetName(), told, want)
}

func (w *world) network(t *testing.T, namespace, name string) *unstructured.Unstructured {
	t.Helper()
	definition := &unstructured.Unstructured{}
	definition.SetGroupVersionKind(schema.GroupVersionKind{Group: "k8s.cni.cncf.io", Version: "v1", Kind: "NetworkAttachmentDefinition"})
	definition.SetName(name)
	definition.SetNamespace(namespace)
	w.create(t, definition)
	return definition
}

// migration is what plans of one project share: providers that are Ready, a map of storage, IDs of the inventory.
type migration struct {
	*world
	providers    api.ProviderPair
	networks, vm map[string]string
}

func (w *world) migration(t *testing.T) *migration {
	t.Helper()
	m := &migration{world: w, networks: map[string]string{}, vm: map[string]string{}}
	m.providers = api.ProviderPair{Source: corev1.ObjectReference{Namespace: w.project, Name: "vc"}, Destination: w.target(t)}
	base := "/providers/vsphere/" + string(w.readyProvider(t, "vc").UID)
	for collection, into := range map[string]map[string]string{"/networks": m.networks, "/vms": m.vm} {
		for _, each := range w.list(t, base+collection) {
			into[each["name"].(string)] = each["id"].(string)
		}
	}
	w.create(t, &storagev1.StorageClass{ObjectMeta: metav1.ObjectMeta{Name: w.project}, Provisioner: "none"})
	storage := &api.StorageMap{ObjectMeta: metav1.ObjectMeta{Name: "storage", Namespace: w.project}, Spec: api.StorageMapSpec{
		Provider: m.providers,
		Map: []api.StoragePair{{
			Source: api.Ref{ID: w.list(t, base+"/datastores")[0]["id"].(string)}, Destination: api.DestinationStorage{StorageClass: w.project},
		}},
	}}
	w.create(t, storage)
	w.await(t, storage, func() api.Conditions { return storage.Status.Conditions }, "Ready")
	return m
}

// networkMap sends app-100 and db-200 to these destinations. It returns when MTV has looked at it.
func (m *migration) networkMap(t *testing.T, name string, app, db api.DestinationNetwork) {
	t.Helper()
	networkMap := &api.NetworkMap{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: m.project}, Spec: api.NetworkMapSpec{
		Provider: m.providers,
		Map: []api.NetworkPair{
			{Source: api.Ref{ID: m.networks["app-100"]}, Destination: app}, {Source: api.Ref{ID: m.networks["db-200"]}, Destination: db},
		},
	}}
	m.create(t, networkMap)
	for i := 0; networkMap.Status.ObservedGeneration == 0 && i < 250; i++ {
		time.Sleep(20 * time.Millisecond)
		if err := m.client.Get(t.Context(), client.ObjectKeyFromObject(networkMap), networkMap); err != nil {
			t.Fatal(err)
		}
	}
}

// plan moves app-1, which has a NIC on each of the two, over the map of the same name.
func (m *migration) plan(name string, change func(*api.PlanSpec)) (*api.Plan, func() api.Conditions) {
	plan := &api.Plan{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: m.project}, Spec: api.PlanSpec{
		Provider: m.providers, TargetNamespace: m.project, VMs: []api.PlanVM{{Ref: api.Ref{ID: m.vm["app-1"]}}},
		Map: api.PlanMaps{
			Network: corev1.ObjectReference{Namespace: m.project, Name: name}, Storage: corev1.ObjectReference{Namespace: m.project, Name: "storage"},
		},
	}}
	if change != nil {
		change(&plan.Spec)
	}
	return plan, func() api.Conditions { return plan.Status.Conditions }
}

func multus(namespace, name string) api.DestinationNetwork {
	return api.DestinationNetwork{Type: api.Multus, Namespace: namespace, Name: name}
}

func testPlans(t *testing.T, w *world) {
	m := w.migration(t)
	other := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "other-"}}
	w.create(t, other)
	w.network(t, w.project, "here")
	w.network(t, "default", w.project)
	w.network(t, other.Name, "there")
	pod, here := api.DestinationNetwork{Type: api.Pod}, multus(w.project, "here")
	named := func(name string) string { return "id:" + m.vm[name] + " name:'" + name + "'" }
	for name, test := range map[string]struct {
		// app and db are the destinations of the map; none: there is no map.
		app, db api.DestinationNetwork
		change  func(*api.PlanSpec)
		want    []string
	}{
		"good":                     {here, multus("default", w.project), nil, []string{"Ready"}},
		"target-comes-later":       {multus("default", w.project), pod, func(s *api.PlanSpec) { s.TargetNamespace = "later" }, []string{"Ready"}},
		"no-map":                   {change: nil, want: []string{"NetworkMapRefNotValid NotFound"}},
		"map-not-named":            {here, pod, func(s *api.PlanSpec) { s.Map.Network.Namespace = "" }, []string{"NetworkMapRefNotValid NotSet"}},
		"in-neither-namespace":     {here, multus(other.Name, "there"), nil, []string{"NetMapDestinationNADNotValid NotValid"}},
		"network-not-there":        {here, multus(w.project, "nowhere"), nil, []string{"NetworkMapNotReady"}},
		"network-not-there-either": {here, multus("elsewhere", "nowhere"), nil, []string{"NetworkMapNotReady", "NetMapDestinationNADNotValid NotValid"}},
		"network-in-no-namespace":  {here, multus("", "here"), nil, []string{"NetworkMapNotReady", "NetMapDestinationNADNotValid NotValid"}},
		"no-storage":               {here, pod, func(s *api.PlanSpec) { s.Map.Storage.Name = "none" }, []string{"StorageRefNotValid NotFound"}},
		"target-not-named":         {pod, here, func(s *api.PlanSpec) { s.TargetNamespace = "" }, []string{"NamespaceNotValid NotSet", "NetMapDestinationNADNotValid NotValid"}},
		"both-on-pods":             {pod, pod, nil, []string{"VMMultiplePodNetworkMappings NotValid " + named("app-1")}},
		"addresses-are-kept": {pod, here, func(s *api.PlanSpec) { s.PreserveStaticIPs = true }, []string{
			"NetMapPreservingIPsOnPodNetwork", "VMMissingGuestIPs MissingGuestInformation " + named("app-1"), "Ready",
		}},
		"vms": {here, pod, func(s *api.PlanSpec) {
			s.VMs = []api.PlanVM{{}, {Ref: api.Ref{ID: "vm-999"}}, {Ref: api.Ref{Name: "web-1"}}, {Ref: api.Ref{ID: m.vm["web-1"]}}, {Ref: api.Ref{ID: m.vm["legacy-1"]}}}
		}, []string{
			"VMRefNotValid NotSet", "VMNotFound NotFound id:vm-999 name:''", "DuplicateVM NotUnique " + named("web-1"),
			"VMNetworksNotMapped NotValid " + named("legacy-1"),
		}},
		"archived": {here, pod, func(s *api.PlanSpec) { s.Archived = true }, []string{"Archived UserRequested"}},
		"no-destination": {here, pod, func(s *api.PlanSpec) { s.Provider.Destination.Name = "none" }, []string{
			"DestinationProviderNotValid NotFound",
		}},
		"vsphere-as-destination": {here, pod, func(s *api.PlanSpec) { s.Provider.Destination = s.Provider.Source }, []string{
			"DestinationProviderNotValid TypeNotValid",
		}},
		"no-source-and-no-map": {change: func(s *api.PlanSpec) { s.Provider.Source.Name = "none" }, want: []string{
			"SourceProviderNotValid NotFound", "NetworkMapRefNotValid NotFound",
		}},
		// MTV breaks down before it writes anything.
		"no-source": {here, pod, func(s *api.PlanSpec) { s.Provider.Source.Name = "none" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.app.Type != "" {
				m.networkMap(t, name, test.app, test.db)
			}
			plan, conditions := m.plan(name, test.change)
			w.create(t, plan)
			if test.want == nil {
				time.Sleep(time.Second)
			}
			w.await(t, plan, conditions, test.want...)
		})
	}
}

// A plan follows what it rests on: the networks of its map, the map, the provider.
func testPlansFollow(t *testing.T, w *world) {
	m := w.migration(t)
	m.networkMap(t, "follows", multus(w.project, "comes-and-goes"), api.DestinationNetwork{Type: api.Pod})
	plan, conditions := m.plan("follows", nil)
	w.create(t, plan)
	w.await(t, plan, conditions, "NetworkMapNotReady")
	for range 2 {
		definition := w.network(t, w.project, "comes-and-goes")
		w.await(t, plan, conditions, "Ready")
		if err := w.client.Delete(t.Context(), definition); err != nil {
			t.Fatal(err)
		}
		w.await(t, plan, conditions, "NetworkMapNotReady")
	}
	networkMap := &api.NetworkMap{ObjectMeta: metav1.ObjectMeta{Name: "follows", Namespace: w.project}}
	if err := w.client.Delete(t.Context(), networkMap); err != nil {
		t.Fatal(err)
	}
	w.await(t, plan, conditions, "NetworkMapRefNotValid NotFound")
	// A provider that cannot be reached any more keeps MTV from looking at anything else.
	provider := &api.Provider{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: "vc"}, provider); err != nil {
		t.Fatal(err)
	}
	provider.Spec.URL = w.vcenter.Endpoints["closed"]
	if err := w.client.Update(t.Context(), provider); err != nil {
		t.Fatal(err)
	}
	w.await(t, plan, conditions, "SourceProviderNotReady")
}
