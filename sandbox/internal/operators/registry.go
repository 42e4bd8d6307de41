package operators

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
)

const (
	registryNamespace = "openshift-image-registry"
	registryName      = "image-registry"
	registryHost      = "image-registry.openshift-image-registry.svc:5000"
	ownClaim          = "image-registry-storage"
	claimOwner        = "imageregistry.openshift.io"
)

// actRegistry follows configs.imageregistry.operator.openshift.io/cluster with reasons and sentences of the image registry's operator
// (openshift/cluster-image-registry-operator: pkg/operator/status.go, pkg/storage/pvc). Nothing serves images there: package
// openshiftapi keeps those that are built.
func (s *Operators) actRegistry(ctx context.Context) error {
	all, err := s.list(ctx, kind("imageregistry.operator.openshift.io", "v1", "Config"))
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].GetName() != "cluster" {
			continue
		}
		if err := s.reconcileRegistry(ctx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Operators) reconcileRegistry(ctx context.Context, config *object) error {
	before := config.DeepCopy()
	managed, _, _ := unstructured.NestedString(config.Object, "spec", "managementState")
	deployment := &appsv1.Deployment{}
	err := s.client.Get(ctx, client.ObjectKey{Namespace: registryNamespace, Name: registryName}, deployment)
	if client.IgnoreNotFound(err) != nil {
		return err
	}
	there := err == nil
	storage, _, _ := unstructured.NestedMap(config.Object, "spec", "storage")
	_ = unstructured.SetNestedField(config.Object, storage["managementState"] == "Managed", "status", "storageManaged")
	delete(storage, "managementState")
	_ = unstructured.SetNestedMap(config.Object, storage, "status", "storage")
	switch managed {
	case "Removed":
		if there {
			if err := client.IgnoreNotFound(s.client.Delete(ctx, deployment, client.PropagationPolicy(metav1.DeletePropagationBackground))); err != nil {
				return err
			}
		}
		const reason, message = "Removed", "The registry is removed"
		setConditions(config, []condition{
			{"Available", "True", reason, message}, {"Progressing", "False", reason, "All registry resources are removed"},
			{"Degraded", "False", reason, message}, {"Removed", "True", reason, message},
		}, nil)
		_ = unstructured.SetNestedField(config.Object, int64(0), "status", "readyReplicas")
		if err := s.writeStatus(ctx, before, config); err != nil {
			return err
		}
		return s.setRegistryHost(ctx, "")
	case "Managed":
		problem, err := s.runRegistry(ctx, config, deployment, there)
		if err != nil {
			return err
		}
		judgeRegistry(config, deployment, there, problem)
		if err := s.writeStatus(ctx, before, config); err != nil || problem != nil {
			return err
		}
		return s.setRegistryHost(ctx, registryHost)
	case "Unmanaged":
		// Whatever runs there: the operator does not look.
		const reason, message = "Unmanaged", "The registry configuration is set to unmanaged mode"
		setConditions(config, []condition{
			{"Available", "True", reason, message}, {"Progressing", "False", reason, message}, {"Degraded", "False", reason, message}, {"Removed", "False", "", ""},
		}, nil)
		return s.writeStatus(ctx, before, config)
	}
	return nil
}

// problem is why a registry cannot be run. One without a reason is tried again.
type problem struct{ reason, message string }

func judgeRegistry(config *object, deployment *appsv1.Deployment, there bool, p *problem) {
	available := condition{"Available", "True", "Ready", "The registry is ready"}
	progressing := condition{"Progressing", "False", "Ready", "The registry is ready"}
	degraded := condition{"Degraded", "False", "", ""}
	switch {
	case p != nil && p.reason != "" && !there:
		available = condition{"Available", "False", p.reason, "Error: " + p.message}
	case !there:
		available = condition{"Available", "False", "DeploymentNotFound", "The deployment does not exist"}
	case deployment.DeletionTimestamp != nil:
		available = condition{"Available", "False", "DeploymentDeleted", "The deployment is being deleted"}
	case deployment.Status.AvailableReplicas == 0:
		available = condition{"Available", "False", "NoReplicasAvailable", "The deployment does not have available replicas"}
	case deployment.Status.AvailableReplicas != deployment.Status.Replicas:
		available = condition{"Available", "True", "MinimumAvailability", "The registry has minimum availability"}
	}
	switch {
	case p != nil:
		progressing = condition{"Progressing", "True", "Error", "Unable to apply resources: " + p.message}
		if p.reason != "" {
			progressing.status = "False"
			degraded = condition{"Degraded", "True", p.reason, "Error: " + p.message}
		}
	case !there:
		progressing = condition{"Progressing", "True", "WaitingForDeployment", "All resources are successfully applied, but the deployment does not exist"}
	case available.reason != "Ready":
		progressing = condition{"Progressing", "True", "DeploymentNotCompleted", "The deployment has not completed"}
	}
	setConditions(config, []condition{available, progressing, degraded, {"Removed", "False", "", ""}}, nil)
	_ = unstructured.SetNestedField(config.Object, int64(deployment.Status.ReadyReplicas), "status", "readyReplicas")
}

// runRegistry looks after storage and Deployment.
func (s *Operators) runRegistry(ctx context.Context, config *object, deployment *appsv1.Deployment, there bool) (*problem, error) {
	storage, _, _ := unstructured.NestedMap(config.Object, "spec", "storage")
	volume := corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}
	replicas, _, _ := unstructured.NestedInt64(config.Object, "spec", "replicas")
	strategy, _, _ := unstructured.NestedString(config.Object, "spec", "rolloutStrategy")
	_, onPVC := storage["pvc"]
	_, onEmptyDir := storage["emptyDir"]
	switch {
	case onPVC:
		claim, p, err := s.registryClaim(ctx, storage, replicas, strategy)
		if p != nil || err != nil {
			return p, err
		}
		volume = corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: claim}}
		_ = unstructured.SetNestedField(config.Object, claim, "status", "storage", "pvc", "claim")
	case !onEmptyDir:
		return &problem{"StorageNotConfigured", "storage backend not configured"}, nil
	}
	wanted := registryDeployment(volume, int32(replicas), strategy)
	if !there {
		return nil, s.create(ctx, wanted)
	}
	if ptr.Deref(deployment.Spec.Replicas, 1) != int32(replicas) || deployment.Spec.Strategy.Type != wanted.Spec.Strategy.Type || !same(deployment.Spec.Template.Spec.Volumes, wanted.Spec.Template.Spec.Volumes) {
		deployment.Spec = wanted.Spec
		return nil, ignoreLost(s.client.Update(ctx, deployment))
	}
	return nil, nil
}

// registryClaim is the name of the claim to use. A claim that is not named is made, as one that many nodes can write; one of its name
// that somebody else made is refused. A claim that only one node can write holds replicas and roll-out to what it can bear.
func (s *Operators) registryClaim(ctx context.Context, storage map[string]any, replicas int64, strategy string) (string, *problem, error) {
	name, _, _ := unstructured.NestedString(storage, "pvc", "claim")
	claim := &corev1.PersistentVolumeClaim{}
	unnamed := name == ""
	if unnamed {
		name = ownClaim
	}
	err := s.client.Get(ctx, client.ObjectKey{Namespace: registryNamespace, Name: name}, claim)
	_, own := claim.Annotations[claimOwner]
	switch {
	case apierrors.IsNotFound(err) && unnamed:
		claim = &corev1.PersistentVolumeClaim{
			ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: registryNamespace, Annotations: map[string]string{claimOwner: "true"}},
			Spec: corev1.PersistentVolumeClaimSpec{
				AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteMany},
				Resources:   corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("100Gi")}},
			},
		}
		return name, nil, s.client.Create(ctx, claim)
	case apierrors.IsNotFound(err):
		return "", &problem{message: fmt.Sprintf("persistentvolumeclaims %q not found", name)}, nil
	case err != nil:
		return "", nil, err
	case unnamed && !own:
		return "", &problem{message: "could not create default PVC, it already exists and is not owned by the operator"}, nil
	}
	once := false
	for _, mode := range claim.Spec.AccessModes {
		if mode == corev1.ReadWriteMany {
			return name, nil, nil
		}
		once = once || mode == corev1.ReadWriteOnce
	}
	switch {
	case !once:
		return "", &problem{message: fmt.Sprintf("PVC %s does not contain the necessary access modes: ReadWriteMany or ReadWriteOnce", name)}, nil
	case replicas > 1:
		return "", &problem{message: "cannot use ReadWriteOnce access mode with more than one replica of the image registry"}, nil
	case strategy != string(appsv1.RecreateDeploymentStrategyType):
		return "", &problem{message: fmt.Sprintf("cannot use ReadWriteOnce access mode with %s rollout strategy", strategy)}, nil
	}
	return name, nil, nil
}

func registryDeployment(volume corev1.VolumeSource, replicas int32, strategy string) *appsv1.Deployment {
	labels := map[string]string{"docker-registry": "default"}
	if strategy == "" {
		strategy = string(appsv1.RollingUpdateDeploymentStrategyType)
	}
	pod := restrictedPod("registry", "openshift/image-registry:latest")
	pod.Volumes = []corev1.Volume{{Name: "registry-storage", VolumeSource: volume}}
	pod.Containers[0].VolumeMounts = []corev1.VolumeMount{{Name: "registry-storage", MountPath: "/registry"}}
	return &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: registryName, Namespace: registryNamespace, Labels: labels}, Spec: appsv1.DeploymentSpec{
		Replicas: &replicas, Selector: &metav1.LabelSelector{MatchLabels: labels}, Strategy: appsv1.DeploymentStrategy{Type: appsv1.DeploymentStrategyType(strategy)},
		Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: pod},
	}}
}

// restrictedPod is a pod of one container that PodSecurity `restricted` lets in; the kubelet calls it ready.
func restrictedPod(name, image string) corev1.PodSpec {
	return corev1.PodSpec{
		AutomountServiceAccountToken: ptr.To(false),
		SecurityContext: &corev1.PodSecurityContext{
			RunAsNonRoot: ptr.To(true), SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
		},
		Containers: []corev1.Container{{
			Name: name, Image: kubelet.OperatorImages + image,
			SecurityContext: &corev1.SecurityContext{
				AllowPrivilegeEscalation: ptr.To(false), Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
			},
		}},
	}
}

// setRegistryHost tells the cluster where its registry is; nowhere is "".
func (s *Operators) setRegistryHost(ctx context.Context, host string) error {
	images := named(kind("config.openshift.io", "v1", "Image"), "", "cluster")
	if err := s.client.Get(ctx, client.ObjectKeyFromObject(images), images); err != nil {
		return client.IgnoreNotFound(err)
	}
	if now, _, _ := unstructured.NestedString(images.Object, "status", "internalRegistryHostname"); now == host {
		return nil
	}
	if host == "" {
		unstructured.RemoveNestedField(images.Object, "status", "internalRegistryHostname")
	} else {
		_ = unstructured.SetNestedField(images.Object, host, "status", "internalRegistryHostname")
	}
	return ignoreLost(s.client.Status().Update(ctx, images))
}
