package v1beta1

import (
	"maps"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// DeepCopy returns conditions that share nothing with these.
func (c Conditions) DeepCopy() Conditions {
	copied := slices.Clone(c)
	for index := range copied {
		copied[index].Items = slices.Clone(copied[index].Items)
	}
	return copied
}

// DeepCopy returns a Provider that shares nothing with this one.
func (p *Provider) DeepCopy() *Provider {
	copied := *p
	p.ObjectMeta.DeepCopyInto(&copied.ObjectMeta)
	copied.Spec.Settings = maps.Clone(p.Spec.Settings)
	copied.Status.Conditions = p.Status.Conditions.DeepCopy()
	return &copied
}

// DeepCopy returns a Host that shares nothing with this one.
func (h *Host) DeepCopy() *Host {
	copied := *h
	h.ObjectMeta.DeepCopyInto(&copied.ObjectMeta)
	copied.Status.Conditions = h.Status.Conditions.DeepCopy()
	return &copied
}

// DeepCopy returns a NetworkMap that shares nothing with this one.
func (m *NetworkMap) DeepCopy() *NetworkMap {
	copied := *m
	m.ObjectMeta.DeepCopyInto(&copied.ObjectMeta)
	copied.Spec.Map = slices.Clone(m.Spec.Map)
	copied.Status = m.Status.DeepCopy()
	return &copied
}

// DeepCopy returns a status that shares nothing with this one.
func (s MapStatus) DeepCopy() MapStatus {
	s.Conditions, s.References = s.Conditions.DeepCopy(), slices.Clone(s.References)
	return s
}

// DeepCopyObject implements runtime.Object.
func (p *Provider) DeepCopyObject() runtime.Object { return p.DeepCopy() }

// DeepCopyObject implements runtime.Object.
func (h *Host) DeepCopyObject() runtime.Object { return h.DeepCopy() }

// DeepCopyObject implements runtime.Object.
func (m *NetworkMap) DeepCopyObject() runtime.Object { return m.DeepCopy() }

// DeepCopyObject implements runtime.Object.
func (l *ProviderList) DeepCopyObject() runtime.Object {
	return &ProviderList{TypeMeta: l.TypeMeta, ListMeta: copyListMeta(l.ListMeta), Items: copyItems(l.Items, (*Provider).DeepCopy)}
}

// DeepCopyObject implements runtime.Object.
func (l *HostList) DeepCopyObject() runtime.Object {
	return &HostList{TypeMeta: l.TypeMeta, ListMeta: copyListMeta(l.ListMeta), Items: copyItems(l.Items, (*Host).DeepCopy)}
}

// DeepCopyObject implements runtime.Object.
func (l *NetworkMapList) DeepCopyObject() runtime.Object {
	return &NetworkMapList{TypeMeta: l.TypeMeta, ListMeta: copyListMeta(l.ListMeta), Items: copyItems(l.Items, (*NetworkMap).DeepCopy)}
}

func copyListMeta(meta metav1.ListMeta) metav1.ListMeta {
	var copied metav1.ListMeta
	meta.DeepCopyInto(&copied)
	return copied
}

func copyItems[T any](items []T, deepCopy func(*T) *T) []T {
	if items == nil {
		return nil
	}
	copied := make([]T, len(items))
	for index := range items {
		copied[index] = *deepCopy(&items[index])
	}
	return copied
}
