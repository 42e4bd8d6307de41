package v1beta1

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// StorageMap says which storage class of the destination replaces which datastore of the source.
type StorageMap struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              StorageMapSpec `json:"spec,omitempty"`
	Status            MapStatus      `json:"status,omitempty"`
}

// StorageMapSpec has the two providers and the pairs.
type StorageMapSpec struct {
	Provider ProviderPair  `json:"provider"`
	Map      []StoragePair `json:"map"`
}

// StoragePair maps one datastore.
type StoragePair struct {
	Source      Ref                `json:"source"`
	Destination DestinationStorage `json:"destination"`
}

// DestinationStorage names a StorageClass.
type DestinationStorage struct {
	StorageClass string `json:"storageClass"`
}

// StorageMapList is a list of StorageMaps.
type StorageMapList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []StorageMap `json:"items"`
}

// Plan says which VMs go where, over which maps.
type Plan struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              PlanSpec         `json:"spec,omitempty"`
	Status            ConditionsStatus `json:"status,omitempty"`
}

// PlanSpec has what MTV validates of providers, maps and VMs.
type PlanSpec struct {
	Archived          bool         `json:"archived,omitempty"`
	Description       string       `json:"description,omitempty"`
	PreserveStaticIPs bool         `json:"preserveStaticIPs"`
	TargetNamespace   string       `json:"targetNamespace"`
	Type              string       `json:"type,omitempty"`
	Warm              bool         `json:"warm,omitempty"`
	Provider          ProviderPair `json:"provider"`
	Map               PlanMaps     `json:"map"`
	VMs               []PlanVM     `json:"vms"`
}

// PlanMaps are the maps of a plan.
type PlanMaps struct {
	Network corev1.ObjectReference `json:"network"`
	Storage corev1.ObjectReference `json:"storage"`
}

// PlanVM is a VM of the source and what it is called afterwards.
type PlanVM struct {
	Ref        `json:",inline"`
	TargetName string `json:"targetName,omitempty"`
}

// PlanList is a list of Plans.
type PlanList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Plan `json:"items"`
}

// DeepCopy returns a StorageMap that shares nothing with this one.
func (m *StorageMap) DeepCopy() *StorageMap {
	copied := *m
	m.ObjectMeta.DeepCopyInto(&copied.ObjectMeta)
	copied.Spec.Map = slices.Clone(m.Spec.Map)
	copied.Status = m.Status.DeepCopy()
	return &copied
}

// DeepCopy returns a Plan that shares nothing with this one.
func (p *Plan) DeepCopy() *Plan {
	copied := *p
	p.ObjectMeta.DeepCopyInto(&copied.ObjectMeta)
	copied.Spec.VMs = slices.Clone(p.Spec.VMs)
	copied.Status.Conditions = p.Status.Conditions.DeepCopy()
	return &copied
}

// DeepCopyObject implements runtime.Object.
func (m *StorageMap) DeepCopyObject() runtime.Object { return m.DeepCopy() }

// DeepCopyObject implements runtime.Object.
func (p *Plan) DeepCopyObject() runtime.Object { return p.DeepCopy() }

// DeepCopyObject implements runtime.Object.
func (l *StorageMapList) DeepCopyObject() runtime.Object {
	return &StorageMapList{TypeMeta: l.TypeMeta, ListMeta: copyListMeta(l.ListMeta), Items: copyItems(l.Items, (*StorageMap).DeepCopy)}
}

// DeepCopyObject implements runtime.Object.
func (l *PlanList) DeepCopyObject() runtime.Object {
	return &PlanList{TypeMeta: l.TypeMeta, ListMeta: copyListMeta(l.ListMeta), Items: copyItems(l.Items, (*Plan).DeepCopy)}
}
