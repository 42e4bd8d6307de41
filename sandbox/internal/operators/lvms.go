package operators

import (
	"context"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Times of LVM Storage: until its volume groups are made, and between two looks at its StorageClasses.
const (
	volumeGroupTime  = 25 * time.Second
	storageClassTime = time.Minute
)

const (
	lvmFinalizer      = "lvmcluster.topolvm.io"
	defaultAnnotation = "storageclass.kubernetes.io/is-default-class"
	topolvm           = "topolvm.io"
)

// deviceClass is the part of an LVMCluster's device class that counts here.
type deviceClass struct {
	Name           string         `json:"name"`
	Default        bool           `json:"default"`
	FilesystemType string         `json:"fstype"`
	ThinPoolConfig map[string]any `json:"thinPoolConfig"`
	NodeSelector   map[string]any `json:"nodeSelector"`
	DeviceSelector *struct {
		Paths         []string `json:"paths"`
		OptionalPaths []string `json:"optionalPaths"`
		ForceWipe     *bool    `json:"forceWipeDevicesAndDestroyAllData"`
	} `json:"deviceSelector"`
}

// actLVMS makes StorageClass and VolumeSnapshotClass of each device class (openshift/lvm-operator, release-4.21 and release-4.22,
// internal/controllers/lvmcluster). There are no nodes and no disks here: a volume group is
// ready after a while, or fails when one of its disks is called used-….
func (s *Operators) actLVMS(ctx context.Context, namespace string) error {
	clusters, err := s.list(ctx, kind("lvm.topolvm.io", "v1alpha1", "LVMCluster"), client.InNamespace(namespace))
	if err != nil {
		return err
	}
	for i := range clusters {
		if err := s.reconcileLVMCluster(ctx, &clusters[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Operators) reconcileLVMCluster(ctx context.Context, cluster *object) error {
	classes, err := deviceClasses(cluster)
	if err != nil {
		return err
	}
	if cluster.GetDeletionTimestamp() != nil {
		return s.deleteLVMCluster(ctx, cluster, classes)
	}
	if err := s.addFinalizer(ctx, cluster, lvmFinalizer); err != nil {
		return err
	}
	before := cluster.DeepCopy()
	conditions := []condition{
		{"ResourcesAvailable", "True", "ResourcesAvailable", "Reconciliation is complete and all the resources are available"},
		{"VolumeGroupsReady", "False", "VGReadinessInProgress", "VG readiness check is still in progress"},
	}
	state := "Progressing"
	var nodes []any
	if err := s.ensureClasses(ctx, cluster, classes); err != nil {
		conditions[0] = condition{"ResourcesAvailable", "False", "ResourcesSyncIncomplete", fmt.Sprintf("Resources have not yet been fully synced to the cluster: %v", err)}
	} else if s.took(string(cluster.GetUID()), volumeGroupTime) {
		conditions[1] = condition{"VolumeGroupsReady", "True", "VGsReady", "All the VGs are ready"}
		state = "Ready"
		var failed bool
		if nodes, failed = nodeStatuses(classes); failed {
			conditions[1] = condition{"VolumeGroupsReady", "False", "VGsFailed", "One or more VGs are failed"}
			state = "Failed"
		}
	}
	status := map[string]any{"state": state, "ready": state == "Ready"}
	if nodes != nil {
		status["deviceClassStatuses"] = nodes
	}
	if old, ok := cluster.Object["status"].(map[string]any); ok {
		status["conditions"] = old["conditions"]
	}
	cluster.Object["status"] = status
	setConditions(cluster, conditions, nil)
	return s.writeStatus(ctx, before, cluster)
}

func deviceClasses(cluster *object) ([]deviceClass, error) {
	var spec struct {
		Storage struct {
			DeviceClasses []deviceClass `json:"deviceClasses"`
		} `json:"storage"`
	}
	found, _, err := unstructured.NestedMap(cluster.Object, "spec")
	if err != nil {
		return nil, err
	}
	err = convert(found, &spec)
	return spec.Storage.DeviceClasses, err
}

func (s *Operators) ensureClasses(ctx context.Context, cluster *object, classes []deviceClass) error {
	all := &storagev1.StorageClassList{}
	if err := s.client.List(ctx, all); err != nil {
		return err
	}
	// The class that is the default now: no other becomes it.
	standing := ""
	for _, each := range all.Items {
		if each.Annotations[defaultAnnotation] == "true" {
			standing = each.Name
			break
		}
	}
	for _, class := range classes {
		name := "lvms-" + class.Name
		isDefault := class.Default && (standing == "" || standing == name)
		if isDefault {
			standing = name
		}
		wanted := storageClassOf(cluster, class, isDefault)
		if err := s.ensureStorageClass(ctx, wanted); err != nil {
			return fmt.Errorf("topolvm-storageclass failed to reconcile StorageClass %s: %w", name, err)
		}
		if class.ThinPoolConfig == nil {
			continue
		}
		snapshots := named(kind("snapshot.storage.k8s.io", "v1", "VolumeSnapshotClass"), "", name)
		snapshots.SetLabels(wanted.Labels)
		snapshots.Object["driver"], snapshots.Object["deletionPolicy"] = topolvm, "Delete"
		if err := s.create(ctx, snapshots); err != nil {
			return err
		}
	}
	return nil
}

func storageClassOf(cluster *object, class deviceClass, isDefault bool) *storagev1.StorageClass {
	filesystem := class.FilesystemType
	if filesystem == "" {
		filesystem = "xfs"
	}
	gvk := cluster.GroupVersionKind()
	return &storagev1.StorageClass{
		TypeMeta: metav1.TypeMeta{APIVersion: "storage.k8s.io/v1", Kind: "StorageClass"},
		ObjectMeta: metav1.ObjectMeta{
			Name: "lvms-" + class.Name,
			Annotations: map[string]string{
				"description": "Provides RWO and RWOP Filesystem & Block volumes", defaultAnnotation: fmt.Sprint(isDefault),
			},
			Labels: map[string]string{
				"owned-by.topolvm.io/name": cluster.GetName(), "owned-by.topolvm.io/namespace": cluster.GetNamespace(),
				"owned-by.topolvm.io/uid": string(cluster.GetUID()), "owned-by.topolvm.io/group": gvk.Group,
				"owned-by.topolvm.io/version": gvk.Version, "owned-by.topolvm.io/kind": gvk.Kind,
			},
		},
		Provisioner: topolvm, ReclaimPolicy: ptr.To(corev1.PersistentVolumeReclaimDelete),
		VolumeBindingMode: ptr.To(storagev1.VolumeBindingWaitForFirstConsumer), AllowVolumeExpansion: ptr.To(true),
		Parameters: map[string]string{"topolvm.io/device-class": class.Name, "csi.storage.k8s.io/fstype": filesystem},
	}
}

// ensureStorageClass differs by version. From 4.22 on LVM Storage owns what it sets, the default among it, and takes it back from
// anybody; before, it corrects nothing but its labels in a class that is there.
func (s *Operators) ensureStorageClass(ctx context.Context, wanted *storagev1.StorageClass) error {
	there := &storagev1.StorageClass{}
	err := s.client.Get(ctx, client.ObjectKeyFromObject(wanted), there)
	if client.IgnoreNotFound(err) != nil {
		return err
	}
	absent := apierrors.IsNotFound(err)
	if s.options.OpenShift == "4.21" {
		if absent {
			if wanted.Annotations[defaultAnnotation] != "true" {
				delete(wanted.Annotations, defaultAnnotation)
			}
			return s.client.Create(ctx, wanted)
		}
		for key, value := range wanted.Labels {
			if there.Labels[key] != value {
				if there.Labels == nil {
					there.Labels = map[string]string{}
				}
				there.Labels[key] = value
				absent = true
			}
		}
		if absent {
			return s.client.Update(ctx, there)
		}
		return nil
	}
	if !absent && there.ResourceVersion == s.applied[wanted.Name] {
		return nil
	}
	// What somebody changed stays for a moment.
	if !absent && s.applied[wanted.Name] != "" && !s.took(wanted.Name+" "+there.ResourceVersion, storageClassTime) {
		return nil
	}
	content := map[string]any{}
	if err := convert(wanted, &content); err != nil {
		return err
	}
	unstructured.RemoveNestedField(content, "metadata", "creationTimestamp")
	applied := &object{Object: content}
	if err := s.client.Apply(ctx, client.ApplyConfigurationFromUnstructured(applied), client.FieldOwner("lvms-operator"), client.ForceOwnership); err != nil {
		return err
	}
	s.applied[wanted.Name] = applied.GetResourceVersion()
	return nil
}

// deleteLVMCluster waits for the claims, then takes the classes away and lets go.
func (s *Operators) deleteLVMCluster(ctx context.Context, cluster *object, classes []deviceClass) error {
	claims := &corev1.PersistentVolumeClaimList{}
	if err := s.client.List(ctx, claims); err != nil {
		return err
	}
	for _, class := range classes {
		for _, claim := range claims.Items {
			if ptr.Deref(claim.Spec.StorageClassName, "") == "lvms-"+class.Name && claim.Status.Phase == corev1.ClaimBound {
				return nil
			}
		}
	}
	for _, class := range classes {
		for _, gone := range []client.Object{
			&storagev1.StorageClass{ObjectMeta: metav1.ObjectMeta{Name: "lvms-" + class.Name}},
			named(kind("snapshot.storage.k8s.io", "v1", "VolumeSnapshotClass"), "", "lvms-"+class.Name),
		} {
			if err := client.IgnoreNotFound(s.client.Delete(ctx, gone)); err != nil {
				return err
			}
		}
	}
	return s.removeFinalizers(ctx, cluster)
}

// allPaths are the disks a device class names.
func (d deviceClass) allPaths() []string {
	if d.DeviceSelector == nil {
		return nil
	}
	return append(append([]string{}, d.DeviceSelector.Paths...), d.DeviceSelector.OptionalPaths...)
}

func (d deviceClass) relativePath() string {
	for _, path := range d.allPaths() {
		if !strings.HasPrefix(path, "/dev/") {
			return path
		}
	}
	return ""
}
