package operators_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const (
	isDefault = "storageclass.kubernetes.io/is-default-class"
	isVirt    = "storageclass.kubevirt.io/is-default-virt-class"
)

var (
	lvmCluster = ref("lvm.topolvm.io", "v1alpha1", "LVMCluster", "openshift-lvm-storage", "lvmcluster")
	registry   = ref("imageregistry.operator.openshift.io", "v1", "Config", "", "cluster")
)

const lvmClusterYAML = `
apiVersion: lvm.topolvm.io/v1alpha1
kind: LVMCluster
metadata: {name: lvmcluster, namespace: openshift-lvm-storage}
spec:
  storage:
    deviceClasses:
    - name: vg1
      default: true
      deviceSelector: {paths: [/dev/sdb]}
      thinPoolConfig: {name: thin, sizePercent: 90, overprovisionRatio: 10}
`

// nodeStatus is what the first node says of the first device class.
func nodeStatus(cluster *unstructured.Unstructured) map[string]any {
	classes, _, _ := unstructured.NestedSlice(cluster.Object, "status", "deviceClassStatuses")
	if len(classes) == 0 {
		return nil
	}
	nodes, _, _ := unstructured.NestedSlice(classes[0].(map[string]any), "nodeStatus")
	return nodes[0].(map[string]any)
}

func TestDisksInUse(t *testing.T) {
	w := newWorld(t, "4.22")
	w.apply(t, operator("openshift-lvm-storage", "lvms-operator"))
	w.insist(t, strings.Replace(lvmClusterYAML, "/dev/sdb", "/dev/disk/by-id/used-1", 1))
	w.eventually(t, "Failed", func(ctx context.Context) bool {
		found := w.read(ctx, lvmCluster)
		state, _, _ := unstructured.NestedString(found.Object, "status", "state")
		return state == "Failed" && conditions(found)["VolumeGroupsReady"] == "False VGsFailed"
	})
	node := nodeStatus(w.read(t.Context(), lvmCluster))
	if reason, _ := node["reason"].(string); node["status"] != "Failed" || !strings.HasPrefix(reason, `mandatory device path "/dev/disk/by-id/used-1" cannot be used`) {
		t.Errorf("%v", node)
	}
}

func TestLVMStorage(t *testing.T) {
	w := newWorld(t, "4.22")
	w.apply(t, operator("openshift-lvm-storage", "lvms-operator"))

	t.Run("a cluster that is too early is refused; later it makes its classes and is ready", func(t *testing.T) {
		early := false
		w.eventually(t, "the LVMCluster is taken", func(context.Context) bool {
			err := w.apply(t, lvmClusterYAML)
			early = early || err != nil && (apierrors.IsNotFound(err) || strings.Contains(err.Error(), "no matches for kind") || apierrors.IsInternalError(err))
			return err == nil
		})
		if !early {
			t.Error("nothing was ever too early")
		}
		w.eventually(t, "Ready", func(ctx context.Context) bool {
			found := w.read(ctx, lvmCluster)
			state, _, _ := unstructured.NestedString(found.Object, "status", "state")
			ready, _, _ := unstructured.NestedBool(found.Object, "status", "ready")
			return state == "Ready" && ready && conditions(found)["VolumeGroupsReady"] == "True VGsReady"
		})
		if nodes := nodeStatus(w.read(t.Context(), lvmCluster)); nodes["node"] != "worker-0" || nodes["name"] != "vg1" || nodes["status"] != "Ready" || nodes["deviceDiscoveryPolicy"] != "Preconfigured" {
			t.Errorf("%v", nodes)
		}
		class := &storagev1.StorageClass{}
		if err := w.Get(t.Context(), client.ObjectKey{Name: "lvms-vg1"}, class); err != nil {
			t.Fatal(err)
		}
		if class.Annotations[isDefault] != "true" || class.Provisioner != "topolvm.io" || class.Labels["owned-by.topolvm.io/name"] != "lvmcluster" {
			t.Errorf("%+v", class)
		}
		if w.read(t.Context(), ref("snapshot.storage.k8s.io", "v1", "VolumeSnapshotClass", "", "lvms-vg1")) == nil {
			t.Error("no VolumeSnapshotClass")
		}
	})

	t.Run("from 4.22 on its own annotations are taken back, others stay", func(t *testing.T) {
		class := ref("storage.k8s.io", "v1", "StorageClass", "", "lvms-vg1")
		if err := w.patch(t, class, fmt.Sprintf(`{"metadata":{"annotations":{%q:"false",%q:"true"}}}`, isDefault, isVirt)); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "taken back", func(ctx context.Context) bool {
			annotations := w.read(ctx, class).GetAnnotations()
			return annotations[isDefault] == "true" && annotations[isVirt] == "true"
		})
	})

	t.Run("what cannot be changed is refused", func(t *testing.T) {
		for says, patch := range map[string]string{
			"ThinPoolConfig can not be changed":      `[{"op":"replace","path":"/spec/storage/deviceClasses/0/thinPoolConfig/sizePercent","value":80}]`,
			"cannot remove all device paths":         `[{"op":"remove","path":"/spec/storage/deviceClasses/0/deviceSelector"}]`,
			"cannot delete default device class vg1": `[{"op":"replace","path":"/spec/storage/deviceClasses/0/name","value":"vg2"}]`,
		} {
			err := w.Patch(t.Context(), lvmCluster.DeepCopy(), client.RawPatch("application/json-patch+json", []byte(patch)))
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", says, err)
			}
		}
		second := objects(t, strings.Replace(lvmClusterYAML, "name: lvmcluster,", "name: second,", 1))[0]
		if err := w.Create(t.Context(), second); err == nil || !strings.Contains(err.Error(), "duplicate LVMClusters are not allowed") {
			t.Error(err)
		}
		second.SetNamespace("default")
		if err := w.Create(t.Context(), second); err == nil || !strings.Contains(err.Error(), `creating LVMCluster is only supported within namespace "openshift-lvm-storage"`) {
			t.Error(err)
		}
	})

	t.Run("the registry on a claim of LVM Storage: refused until it suits one node, then bound and ready", func(t *testing.T) {
		if got := conditions(w.read(t.Context(), registry)); got["Available"] != "True Removed" || got["Removed"] != "True Removed" {
			t.Errorf("%v", got)
		}
		w.apply(t, `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: registry, namespace: openshift-image-registry}
spec: {accessModes: [ReadWriteOnce], storageClassName: lvms-vg1, resources: {requests: {storage: 10Gi}}}
`)
		if err := w.patch(t, registry, `{"spec":{"managementState":"Managed","replicas":2,"storage":{"pvc":{"claim":"registry"}}}}`); err != nil {
			t.Fatal(err)
		}
		progressing := func(message string) {
			w.eventually(t, message, func(ctx context.Context) bool {
				list, _, _ := unstructured.NestedSlice(w.read(ctx, registry).Object, "status", "conditions")
				return strings.Contains(fmt.Sprint(list), message)
			})
		}
		progressing("cannot use ReadWriteOnce access mode with more than one replica of the image registry")
		if err := w.patch(t, registry, `{"spec":{"replicas":1,"rolloutStrategy":"RollingUpdate"}}`); err != nil {
			t.Fatal(err)
		}
		progressing("cannot use ReadWriteOnce access mode with RollingUpdate rollout strategy")
		images := ref("config.openshift.io", "v1", "Image", "", "cluster")
		host := func(ctx context.Context) string {
			value, _, _ := unstructured.NestedString(w.read(ctx, images).Object, "status", "internalRegistryHostname")
			return value
		}
		if got := host(t.Context()); got != "" {
			t.Error(got)
		}
		if err := w.patch(t, registry, `{"spec":{"rolloutStrategy":"Recreate"}}`); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "Ready", func(ctx context.Context) bool {
			got := conditions(w.read(ctx, registry))
			return got["Available"] == "True Ready" && got["Removed"] == "False" && host(ctx) == "image-registry.openshift-image-registry.svc:5000"
		})
		phase, _, _ := unstructured.NestedString(w.read(t.Context(), ref("", "v1", "PersistentVolumeClaim", "openshift-image-registry", "registry")).Object, "status", "phase")
		if phase != "Bound" {
			t.Error(phase)
		}
	})

	t.Run("it goes only when its claims are gone, and takes its classes along", func(t *testing.T) {
		if err := w.Delete(t.Context(), lvmCluster.DeepCopy()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(500 * time.Millisecond)
		if w.read(t.Context(), lvmCluster) == nil {
			t.Error("it went while the registry's claim was bound")
		}
		if err := w.patch(t, registry, `{"spec":{"managementState":"Removed"}}`); err != nil {
			t.Fatal(err)
		}
		if err := w.Delete(t.Context(), ref("", "v1", "PersistentVolumeClaim", "openshift-image-registry", "registry")); err != nil {
			t.Fatal(err)
		}
		// It goes after the pod of the registry, which it is protected for.
		w.eventually(t, "gone", func(ctx context.Context) bool {
			return w.read(ctx, lvmCluster) == nil && w.read(ctx, ref("storage.k8s.io", "v1", "StorageClass", "", "lvms-vg1")) == nil
		})
	})

	t.Run("a claim that is not named is made for many nodes, and one of its name is refused", func(t *testing.T) {
		w.apply(t, `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: image-registry-storage, namespace: openshift-image-registry}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
`)
		if err := w.patch(t, registry, `{"spec":{"managementState":"Managed","storage":{"pvc":{"claim":""}}}}`); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "refused", func(ctx context.Context) bool {
			list, _, _ := unstructured.NestedSlice(w.read(ctx, registry).Object, "status", "conditions")
			return strings.Contains(fmt.Sprint(list), "could not create default PVC, it already exists and is not owned by the operator")
		})
		if err := w.patch(t, registry, `{"spec":{"storage":{"pvc":null}}}`); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "StorageNotConfigured", func(ctx context.Context) bool {
			return conditions(w.read(ctx, registry))["Degraded"] == "True StorageNotConfigured"
		})
	})
}

func TestStorageClassesOfOpenShift421(t *testing.T) {
	w := newWorld(t, "4.21")
	other := `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: nfs, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: nfs.csi.k8s.io
`
	w.apply(t, other+"---"+operator("openshift-lvm-storage", "lvms-operator"))
	w.insist(t, lvmClusterYAML)
	class := ref("storage.k8s.io", "v1", "StorageClass", "", "lvms-vg1")
	w.eventually(t, "the class", func(ctx context.Context) bool { return w.read(ctx, class) != nil })
	if annotations := w.read(t.Context(), class).GetAnnotations(); annotations[isDefault] != "" {
		t.Errorf("another class is the default: %v", annotations)
	}
	if err := w.patch(t, class, fmt.Sprintf(`{"metadata":{"annotations":{%q:"true"},"labels":{"owned-by.topolvm.io/name":"x"}}}`, isDefault)); err != nil {
		t.Fatal(err)
	}
	w.eventually(t, "the label is taken back", func(ctx context.Context) bool {
		return w.read(ctx, class).GetLabels()["owned-by.topolvm.io/name"] == "lvmcluster"
	})
	if annotations := w.read(t.Context(), class).GetAnnotations(); annotations[isDefault] != "true" {
		t.Errorf("an annotation was taken back: %v", annotations)
	}
	csv := &unstructured.UnstructuredList{}
	csv.SetGroupVersionKind(ref("operators.coreos.com", "v1alpha1", "ClusterServiceVersionList", "", "").GroupVersionKind())
	if err := w.List(t.Context(), csv); err != nil || len(csv.Items) != 1 || csv.Items[0].GetName() != "lvms-operator.v4.21.1" {
		t.Errorf("%v %v", err, csv.Items)
	}
}
