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

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// tools plays an image: it asks the API server with the token it finds, as a hook of the chart does.
const tools = `
import { readFileSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns';
import { createServer } from 'node:http';
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
if (verb === 'serve') {
  say('authority ' + readFileSync(folder + 'service-ca.crt', 'utf8'));
  lookup('a-service.demo.svc', (error, address) => {
    say('service ' + (error?.code ?? address));
    createServer((_, response) => response.end()).listen(Number(rest[0]), () => say('listening'));
  });
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
	c := controlplane.ForTest(t)
	image, dir := kubelet.OpenDir(t), kubelet.OpenDir(t)
	if err := os.WriteFile(filepath.Join(image, "tools.mjs"), []byte(tools), 0o644); err != nil {
		t.Fatal(err)
	}
	k, err := kubelet.Start(t.Context(), kubelet.Options{
		Config: c.Config, Pace: pace.New(0.02), Dir: dir, Pretend: []string{kubelet.OperatorImages},
		Services: func() map[string]string { return map[string]string{"a-service.demo.svc": "127.9.8.7"} }, ServiceCA: []byte("authority"),
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
