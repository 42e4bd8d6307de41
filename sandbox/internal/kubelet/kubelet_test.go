package kubelet_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
)

func TestKubelet(t *testing.T) {
	w := newWorld(t)

	t.Run("a Job acts with the rights of its ServiceAccount and no other", func(t *testing.T) {
		w.create(t, job("allowed", spec("reader", "get", "/api/v1/namespaces/jobs/configmaps")))
		w.create(t, job("refused", spec("default", "get", "/api/v1/namespaces/jobs/configmaps")))
		w.create(t, job("elsewhere", spec("reader", "get", "/api/v1/namespaces/default/configmaps")))
		w.ended(t, "allowed", batchv1.JobComplete)
		w.ended(t, "refused", batchv1.JobFailed)
		w.ended(t, "elsewhere", batchv1.JobFailed)
		for name, want := range map[string]string{"allowed": "200", "refused": "403", "elsewhere": "403"} {
			if got := strings.TrimSpace(w.log(t, name)); got != want {
				t.Errorf("%s was answered %q", name, got)
			}
		}
	})

	t.Run("sees its volumes and environment, and writes nowhere else; waits for what is missing", func(t *testing.T) {
		s := spec("default", "show", "$(WHO)", "$(NOBODY)")
		s.Volumes = []corev1.Volume{
			{Name: "config", VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{LocalObjectReference: corev1.LocalObjectReference{Name: "config"}}}},
			{Name: "keys", VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: "late"}}},
			{Name: "tmp", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}},
		}
		tool := &s.Containers[0]
		tool.VolumeMounts = []corev1.VolumeMount{{Name: "config", MountPath: "/etc/tool"}, {Name: "keys", MountPath: "/keys"}, {Name: "tmp", MountPath: "/tmp"}}
		tool.Env = []corev1.EnvVar{
			{Name: "FROM_SECRET", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "late"}, Key: "key"}}},
			{Name: "WHO", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.namespace"}}},
		}
		w.create(t, job("show", s))
		w.eventually(t, "the pod waits for its Secret", func(ctx context.Context) bool {
			pods := &corev1.PodList{}
			if err := w.client.List(ctx, pods, client.InNamespace(project), client.MatchingLabels{"job-name": "show"}); err != nil || len(pods.Items) != 1 {
				return false
			}
			statuses := pods.Items[0].Status.ContainerStatuses
			return len(statuses) == 1 && statuses[0].State.Waiting != nil && statuses[0].State.Waiting.Reason == "ContainerCreating"
		})
		w.create(t, &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "late", Namespace: project}, StringData: map[string]string{"key": "s3"}})
		w.ended(t, "show", batchv1.JobComplete)
		want := "uid 1000680000 gid 0 cwd /app\nconfig a: b secret s3\nenv s3 jobs args jobs $(NOBODY)\nnamespace jobs\n/x EROFS\n/app/x EROFS\n/keys/x EROFS\n"
		if got := w.log(t, "show"); os.Geteuid() == 0 && got != want {
			t.Errorf("log:\n%s", got)
		}
	})

	t.Run("finds Services, and is ready at its port, whoever has that of this machine", func(t *testing.T) {
		taken, err := net.Listen("tcp", ":0")
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
		port := taken.Addr().(*net.TCPAddr).Port
		s := spec("default", "serve", fmt.Sprint(port))
		s.Containers[0].Ports = []corev1.ContainerPort{{Name: "http", ContainerPort: int32(port)}}
		s.Containers[0].ReadinessProbe = &corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Port: intstr.FromString("http"), Path: "/"}}}
		s.RestartPolicy = corev1.RestartPolicyAlways
		labels := map[string]string{"app": "serve"}
		w.create(t, &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "serve", Namespace: project}, Spec: appsv1.DeploymentSpec{
			Selector: &metav1.LabelSelector{MatchLabels: labels},
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: s},
		}})
		w.eventually(t, "it is ready", func(ctx context.Context) bool {
			deployment := &appsv1.Deployment{}
			return w.client.Get(ctx, client.ObjectKey{Namespace: project, Name: "serve"}, deployment) == nil && deployment.Status.ReadyReplicas == 1
		})
		if got, want := w.log(t, "serve"), "authority authority\nservice 127.9.8.7\nlistening\n"; got != want {
			t.Errorf("log:\n%s", got)
		}
	})

	t.Run("is killed with its pod, and by the Job's deadline", func(t *testing.T) {
		w.create(t, job("killed", spec("default", "wait")))
		w.eventually(t, "it runs", func(context.Context) bool { return strings.Contains(w.log(t, "killed"), "waiting") })
		if !running(t, "tools.mjs\x00wait") {
			t.Fatal("no process runs")
		}
		err := w.client.Delete(t.Context(), job("killed", corev1.PodSpec{}), client.PropagationPolicy(metav1.DeletePropagationBackground))
		if err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "the process is gone", func(context.Context) bool { return !running(t, "tools.mjs\x00wait") })

		late := job("late", spec("default", "wait"))
		late.Spec.ActiveDeadlineSeconds = ptr.To[int64](1)
		w.create(t, late)
		if failed := w.ended(t, "late", batchv1.JobFailed); failed.Reason != batchv1.JobReasonDeadlineExceeded {
			t.Errorf("%+v", failed)
		}
	})

	t.Run("an image it does not have is not run; a pod that restricted refuses does not exist", func(t *testing.T) {
		other := spec("default")
		other.Containers[0].Image = "quay.io/project/other:1.0"
		w.create(t, job("other", other))
		w.eventually(t, "ImagePullBackOff", func(ctx context.Context) bool {
			pods := &corev1.PodList{}
			err := w.client.List(ctx, pods, client.InNamespace(project), client.MatchingLabels{"job-name": "other"})
			return err == nil && len(pods.Items) == 1 && len(pods.Items[0].Status.ContainerStatuses) == 1 &&
				pods.Items[0].Status.ContainerStatuses[0].State.Waiting.Reason == "ImagePullBackOff"
		})
		root := spec("default", "show")
		root.SecurityContext.RunAsNonRoot = ptr.To(false)
		w.create(t, job("root", root))
		w.eventually(t, "an event says why", func(ctx context.Context) bool {
			events := &corev1.EventList{}
			if err := w.client.List(ctx, events, client.InNamespace(project)); err != nil {
				return false
			}
			for _, event := range events.Items {
				if event.InvolvedObject.Name == "root" && event.Reason == "FailedCreate" && strings.Contains(event.Message, `violates PodSecurity "restricted`) {
					return true
				}
			}
			return false
		})
	})

	t.Run("a Deployment of an operator becomes available", func(t *testing.T) {
		s := spec("default")
		s.RestartPolicy, s.Containers[0].Image = corev1.RestartPolicyAlways, kubelet.OperatorImages+"operator:1"
		labels := map[string]string{"app": "operator"}
		w.create(t, &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "operator", Namespace: project}, Spec: appsv1.DeploymentSpec{
			Replicas: ptr.To[int32](2), Selector: &metav1.LabelSelector{MatchLabels: labels},
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: s},
		}})
		w.eventually(t, "available", func(ctx context.Context) bool {
			object := &appsv1.Deployment{}
			return w.client.Get(ctx, client.ObjectKey{Namespace: project, Name: "operator"}, object) == nil && object.Status.AvailableReplicas == 2
		})
	})
}
