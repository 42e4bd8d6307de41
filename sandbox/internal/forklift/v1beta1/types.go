// Package v1beta1 has the parts of Forklift's API group forklift.konveyor.io/v1beta1 that the stand-in reads and writes.
// Field names, defaults and the order of conditions are those of MTV 2.12 (docs/facts/forklift.md §1, §5, §7).
package v1beta1

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// GroupVersion of the API.
var GroupVersion = schema.GroupVersion{Group: "forklift.konveyor.io", Version: "v1beta1"}

// AddToScheme registers the kinds.
func AddToScheme(scheme *runtime.Scheme) error {
	scheme.AddKnownTypes(GroupVersion, &Provider{}, &ProviderList{}, &Host{}, &HostList{}, &NetworkMap{}, &NetworkMapList{},
		&StorageMap{}, &StorageMapList{}, &Plan{}, &PlanList{})
	metav1.AddToGroupVersion(scheme, GroupVersion)
	return nil
}

// Provider types and values of the setting sdkEndpoint.
const (
	OpenShift = "openshift"
	VSphere   = "vsphere"

	SDKEndpoint = "sdkEndpoint"
	VCenter     = "vcenter"
	ESXi        = "esxi"
)

// Provider is a place that machines come from or go to.
type Provider struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              ProviderSpec   `json:"spec,omitempty"`
	Status            ProviderStatus `json:"status,omitempty"`
}

// ProviderSpec says where the provider is and which Secret opens it.
type ProviderSpec struct {
	Type     string                 `json:"type"`
	URL      string                 `json:"url,omitempty"`
	Secret   corev1.ObjectReference `json:"secret"`
	Settings map[string]string      `json:"settings,omitempty"`
}

// ProviderStatus is what the controller found. Fingerprint is the SHA-1 of the server's certificate, upper-case hex with colons.
type ProviderStatus struct {
	Phase                 string     `json:"phase,omitempty"`
	Conditions            Conditions `json:"conditions,omitempty"`
	ObservedGeneration    int64      `json:"observedGeneration,omitempty"`
	Fingerprint           string     `json:"fingerprint,omitempty"`
	SecretResourceVersion string     `json:"secretResourceVersion,omitempty"`
}

// Reconciled reports whether the controller has seen this generation.
func (p *Provider) Reconciled() bool { return p.Status.ObservedGeneration == p.Generation }

// IsHost reports whether the provider is the cluster that Forklift itself runs on.
func (p *Provider) IsHost() bool { return p.Spec.Type == OpenShift && p.Spec.URL == "" }

// ProviderList is a list of Providers.
type ProviderList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Provider `json:"items"`
}

// Ref names an object of a provider's inventory by managed object ID or by name.
type Ref struct {
	ID        string `json:"id,omitempty"`
	Name      string `json:"name,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Type      string `json:"type,omitempty"`
}

// Set reports whether the reference names anything.
func (r Ref) Set() bool { return r.ID != "" || r.Name != "" || r.Type != "" }

// String is the reference as conditions have it in their items.
func (r Ref) String() string {
	kind := ""
	if r.Type != "" {
		kind = "(" + r.Type + ")"
	}
	return fmt.Sprintf("%s id:%s name:'%s' ", kind, r.ID, r.Name)
}

// Host makes disk transfers of an ESXi host's machines go over one of its addresses.
type Host struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              HostSpec         `json:"spec,omitempty"`
	Status            ConditionsStatus `json:"status,omitempty"`
}

// HostSpec names the host by its reference in the provider's inventory.
type HostSpec struct {
	Ref       `json:",inline"`
	Provider  corev1.ObjectReference `json:"provider"`
	IPAddress string                 `json:"ipAddress"`
	Secret    corev1.ObjectReference `json:"secret"`
}

// ConditionsStatus is a status of conditions and nothing else.
type ConditionsStatus struct {
	Conditions         Conditions `json:"conditions,omitempty"`
	ObservedGeneration int64      `json:"observedGeneration,omitempty"`
}

// HostList is a list of Hosts.
type HostList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Host `json:"items"`
}

// Destination types of a NetworkMap's entries. Multus names a NetworkAttachmentDefinition.
const (
	Pod     = "pod"
	Multus  = "multus"
	Ignored = "ignored"
)

// NetworkMap says which network of the destination replaces which of the source.
type NetworkMap struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              NetworkMapSpec `json:"spec,omitempty"`
	Status            MapStatus      `json:"status,omitempty"`
}

// NetworkMapSpec has the two providers and the pairs.
type NetworkMapSpec struct {
	Provider ProviderPair  `json:"provider"`
	Map      []NetworkPair `json:"map"`
}

// ProviderPair is where machines come from and where they go.
type ProviderPair struct {
	Source      corev1.ObjectReference `json:"source"`
	Destination corev1.ObjectReference `json:"destination"`
}

// NetworkPair maps one network.
type NetworkPair struct {
	Source      Ref                `json:"source"`
	Destination DestinationNetwork `json:"destination"`
}

// DestinationNetwork is the pod network, a NetworkAttachmentDefinition, or nothing.
type DestinationNetwork struct {
	Type      string `json:"type"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
}

// MapStatus has the conditions, and the source networks or datastores that were found.
type MapStatus struct {
	ConditionsStatus `json:",inline"`
	References       []Ref `json:"references,omitempty"`
}

// NetworkMapList is a list of NetworkMaps.
type NetworkMapList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []NetworkMap `json:"items"`
}
