package kubelet

import (
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// claim plays LVM Storage's provisioner for the first pod that uses a claim: it binds the claim to a new volume when its class is
// LVM Storage's and one node is enough for it. Any other claim stays pending, and so does its pod.
func (k *Kubelet) claim(ctx context.Context, namespace, name string) error {
	claim := &corev1.PersistentVolumeClaim{}
	if err := k.client.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, claim); err != nil {
		return err
	}
	if claim.Status.Phase == corev1.ClaimBound {
		return nil
	}
	class := &storagev1.StorageClass{}
	if err := k.classOf(ctx, claim, class); err != nil {
		return err
	}
	if class.Provisioner != "topolvm.io" || slices.Contains(claim.Spec.AccessModes, corev1.ReadWriteMany) {
		return fmt.Errorf("pod has unbound immediate PersistentVolumeClaims: %s cannot be provisioned by the class %q", name, class.Name)
	}
	volume := &corev1.PersistentVolume{ObjectMeta: metav1.ObjectMeta{Name: "pvc-" + string(claim.UID)}, Spec: corev1.PersistentVolumeSpec{
		AccessModes: claim.Spec.AccessModes, Capacity: corev1.ResourceList{corev1.ResourceStorage: sizeOf(claim)}, StorageClassName: class.Name,
		PersistentVolumeReclaimPolicy: ptr.Deref(class.ReclaimPolicy, corev1.PersistentVolumeReclaimDelete), VolumeMode: claim.Spec.VolumeMode,
		ClaimRef:               &corev1.ObjectReference{Kind: "PersistentVolumeClaim", APIVersion: "v1", Namespace: namespace, Name: name, UID: claim.UID},
		PersistentVolumeSource: corev1.PersistentVolumeSource{CSI: &corev1.CSIPersistentVolumeSource{Driver: "topolvm.io", VolumeHandle: string(claim.UID)}},
	}}
	if err := client.IgnoreAlreadyExists(k.client.Create(ctx, volume)); err != nil {
		return err
	}
	claim.Spec.VolumeName, claim.Spec.StorageClassName = volume.Name, &class.Name
	if err := k.client.Update(ctx, claim); err != nil {
		return err
	}
	claim.Status.Phase, claim.Status.AccessModes, claim.Status.Capacity = corev1.ClaimBound, claim.Spec.AccessModes, volume.Spec.Capacity
	if err := k.client.Status().Update(ctx, claim); err != nil {
		return err
	}
	volume.Status.Phase = corev1.VolumeBound
	return client.IgnoreNotFound(k.client.Status().Update(ctx, volume))
}

// classOf finds the class a claim names, or the default one.
func (k *Kubelet) classOf(ctx context.Context, claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass) error {
	if name := ptr.Deref(claim.Spec.StorageClassName, ""); name != "" {
		return k.client.Get(ctx, client.ObjectKey{Name: name}, class)
	}
	all := &storagev1.StorageClassList{}
	if err := k.client.List(ctx, all); err != nil {
		return err
	}
	for _, each := range all.Items {
		if each.Annotations["storageclass.kubernetes.io/is-default-class"] == "true" {
			*class = each
			return nil
		}
	}
	return fmt.Errorf("no persistent volumes available for this claim and no storage class is set")
}

func sizeOf(claim *corev1.PersistentVolumeClaim) resource.Quantity {
	return claim.Spec.Resources.Requests[corev1.ResourceStorage]
}
