package kubelet_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// tools plays an image: it asks the API server with the token it finds, as a hook of the chart does.
const tools = `
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
const folder = '/var/run/secrets/kubernetes.io/serviceaccount/';
const [verb, ...rest] = process.argv.slice(2);
const say = (text) => console.log(text);
if (verb === 'get') {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  const headers = { authorization: 'Bearer ' + readFileSync(folder + 'token', 'utf8') };
  get({ host, port, path: rest[0], headers, ca: readFileSync(folder + 'ca.crt') }, ({ statusCode }) => {
    say(String(statusCode));
    process.exit(statusCode === 200 ? 0 : 1);
  });
}
if (verb === 'show') {
  say('uid ' + process.getuid() + ' gid ' + process.getgid() + ' cwd ' + process.cwd());
  say('config ' + readFileSync('/etc/tool/config.yaml', 'utf8') + ' secret ' + readFileSync('/keys/key', 'utf8'));
  say('env ' + process.env.FROM_SECRET + ' ' + process.env.WHO + ' args ' + rest.join(' '));
  say('namespace ' + readFileSync(folder + 'namespace', 'utf8'));
  writeFileSync('/tmp/x', 'x');
  for (const path of ['/x', '/app/x', '/keys/x']) {
    try { writeFileSync(path, 'x'); say('could write ' + path); } catch (error) { say(path + ' ' + error.code); }
  }
}
if (verb === 'wait') {
  say('waiting');
  setInterval(() => {}, 1000);
}
`

const project = "jobs"

type world struct {
	client client.Client
	logs   *httptest.Server
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := controlplane.ForTest(t, crd.Set("none"))
	image, dir := t.TempDir(), t.TempDir()
	// A container's user is nobody known: the way to the image and the volumes must be open to all.
	for _, folder := range []string{image, dir, filepath.Dir(image), filepath.Dir(dir)} {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(image, "tools.mjs"), []byte(tools), 0o644); err != nil {
		t.Fatal(err)
	}
	k, err := kubelet.Start(t.Context(), kubelet.Options{
		Config: c.Config, Pace: pace.New(0.02), Dir: dir, Pretend: []string{kubelet.OperatorImages},
		Images: map[string]kubelet.Image{"quay.io/project/tools": {Dir: image, Entrypoint: []string{"node", "tools.mjs"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Stop)
	w := &world{logs: httptest.NewServer(k.Handler())}
	t.Cleanup(w.logs.Close)
	if w.client, err = client.New(c.Config, client.Options{}); err != nil {
		t.Fatal(err)
	}
	w.create(t, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: project}})
	w.create(t, &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "reader", Namespace: project}})
	w.create(t, &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "reader", Namespace: project},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "view"},
		Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Name: "reader", Namespace: project}},
	})
	w.create(t, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "config", Namespace: project}, Data: map[string]string{"config.yaml": "a: b"}})
	return w
}

func (w *world) create(t *testing.T, object client.Object) {
	t.Helper()
	if err := w.client.Create(t.Context(), object); err != nil {
		t.Fatal(err)
	}
}

// spec is a pod as restricted-v2 admits it.
func spec(account string, arguments ...string) corev1.PodSpec {
	return corev1.PodSpec{
		ServiceAccountName: account, RestartPolicy: corev1.RestartPolicyNever,
		SecurityContext: &corev1.PodSecurityContext{
			RunAsNonRoot: ptr.To(true), SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
		},
		Containers: []corev1.Container{{
			Name: "tool", Image: "quay.io/project/tools:1.0", Args: arguments,
			SecurityContext: &corev1.SecurityContext{
				AllowPrivilegeEscalation: ptr.To(false), ReadOnlyRootFilesystem: ptr.To(true),
				Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
			},
		}},
	}
}

func job(name string, spec corev1.PodSpec) *batchv1.Job {
	return &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: project}, Spec: batchv1.JobSpec{
		BackoffLimit: ptr.To[int32](0), Template: corev1.PodTemplateSpec{Spec: spec},
	}}
}

func (w *world) eventually(t *testing.T, what string, look func(ctx context.Context) bool) {
	t.Helper()
	err := wait.PollUntilContextTimeout(t.Context(), 100*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		return look(ctx), nil
	})
	if err != nil {
		pods := &corev1.PodList{}
		_ = w.client.List(t.Context(), pods, client.InNamespace(project))
		for _, pod := range pods.Items {
			t.Logf("%s: %+v", pod.Name, pod.Status)
		}
		t.Fatalf("never: %s", what)
	}
}

// ended waits for a condition of a Job.
func (w *world) ended(t *testing.T, name string, condition batchv1.JobConditionType) batchv1.JobCondition {
	t.Helper()
	var found batchv1.JobCondition
	w.eventually(t, name+" "+string(condition), func(ctx context.Context) bool {
		object := &batchv1.Job{}
		if err := w.client.Get(ctx, client.ObjectKey{Namespace: project, Name: name}, object); err != nil {
			return false
		}
		for _, each := range object.Status.Conditions {
			if each.Type == condition && each.Status == corev1.ConditionTrue {
				found = each
				return true
			}
		}
		return false
	})
	return found
}

func (w *world) log(t *testing.T, prefix string) string {
	t.Helper()
	answer, err := http.Get(w.logs.URL + "/" + project + "?prefix=" + prefix)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

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

// running reports whether a process of this machine has a text in its command line.
func running(t *testing.T, text string) bool {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil && strings.Contains(string(content), text) {
			return true
		}
	}
	return false
}
