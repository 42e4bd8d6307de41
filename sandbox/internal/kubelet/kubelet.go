// Package kubelet stands in for nodes. It really runs the pods whose image it has as a folder of this machine, with the pod's
// arguments, environment, volumes and the real token of its ServiceAccount, so that RBAC is proven; it calls the pods of operators
// ready that only have to be there; and it pulls no image: any other pod waits with ImagePullBackOff. There is no Node object and
// pods are not bound, so the API server deletes them at once, and pods/log finds nothing: see Handler.
package kubelet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Options of a kubelet.
type Options struct {
	// Config may do anything on the cluster.
	Config *rest.Config
	// CACert signs the API server's certificate (PEM).
	Log *slog.Logger
	// Pace is how long pods take to start.
	Pace *pace.Pace
	// Dir holds the logs and volumes of pods.
	Dir string
	// Images are run: name of an image, without tag or digest → folder.
	Images map[string]Image
	// Services are what pods find by the cluster's DNS: name → address of this machine. It is asked again and again; nil for none.
	Services func() map[string]string
	// ServiceCA signs the certificates of Services (PEM). OpenShift puts it beside the token of every pod.
	ServiceCA []byte
	// Pretend are beginnings of image names whose pods are called ready without being run.
	Pretend []string
}

// Image is a folder that plays a container image.
type Image struct {
	// Dir appears as /app in the container, whose root is otherwise made of this machine's programs and libraries.
	Dir string
	// Entrypoint runs in /app.
	Entrypoint []string
	// OnlyJobs leaves pods that are not a Job's unrun: they are called ready.
	OnlyJobs bool
}

// OperatorImages are where the images of Red Hat's operators come from.
const OperatorImages = "registry.redhat.io/"

// startTime is how long a container takes to start, times the pace.
const startTime = 4 * time.Second

// Kubelet runs pods.
type Kubelet struct {
	options Options
	client  client.Client
	core    kubernetes.Interface
	cancel  context.CancelFunc
	running sync.WaitGroup

	lock sync.Mutex
	// pods are those at work, by UID.
	pods map[string]*pod
}

// Start runs pods until ctx ends or Stop is called.
func Start(ctx context.Context, o Options) (*Kubelet, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(ctx)
	k := &Kubelet{options: o, cancel: cancel, pods: map[string]*pod{}}
	if err := k.start(ctx); err != nil {
		cancel()
		return nil, fmt.Errorf("start the kubelet: %w", err)
	}
	return k, nil
}

func (k *Kubelet) start(ctx context.Context) error {
	// Containers run as users of their own, who have to find their volumes.
	if err := errors.Join(os.MkdirAll(filepath.Join(k.options.Dir, "pods"), 0o755), os.MkdirAll(k.logs(), 0o755)); err != nil {
		return err
	}
	m, err := ctrl.NewManager(k.options.Config, manager.Options{Metrics: server.Options{BindAddress: "0"}})
	if err != nil {
		return err
	}
	k.client = m.GetClient()
	if k.core, err = kubernetes.NewForConfig(k.options.Config); err != nil {
		return err
	}
	unnamed := controller.Options{SkipNameValidation: ptr.To(true), MaxConcurrentReconciles: 4}
	if err := ctrl.NewControllerManagedBy(m).Named("pods").WithOptions(unnamed).For(&corev1.Pod{}).Complete(k); err != nil {
		return err
	}
	k.running.Go(func() {
		if err := m.Start(ctx); err != nil {
			k.options.Log.Error("the kubelet ended", "error", err)
		}
	})
	return nil
}

// Stop kills every container.
func (k *Kubelet) Stop() {
	k.cancel()
	k.lock.Lock()
	for _, each := range k.pods {
		each.end()
	}
	k.lock.Unlock()
	k.running.Wait()
}

func (k *Kubelet) logs() string { return filepath.Join(k.options.Dir, "logs") }

// Reconcile starts a pod that is new and ends one that is gone.
func (k *Kubelet) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	object := &corev1.Pod{}
	err := k.client.Get(ctx, request.NamespacedName, object)
	if client.IgnoreNotFound(err) != nil {
		return ctrl.Result{}, err
	}
	k.endOthers(request.NamespacedName, string(object.UID))
	if err != nil || object.Status.Phase == corev1.PodSucceeded || object.Status.Phase == corev1.PodFailed {
		return ctrl.Result{}, nil
	}
	if object.DeletionTimestamp != nil {
		k.endOthers(request.NamespacedName, "")
		// As a node says it: a pod that was ended has failed. Jobs that wait for that make the next one.
		if err := k.setStatus(ctx, object, endedStatus(object, object.CreationTimestamp, killed(object))); err != nil {
			return ctrl.Result{}, err
		}
		return ctrl.Result{}, client.IgnoreNotFound(k.client.Delete(ctx, object, client.GracePeriodSeconds(0)))
	}
	if k.atWork(object) || ready(object) {
		return ctrl.Result{}, nil
	}
	if wait := time.Until(object.CreationTimestamp.Add(k.options.Pace.Of(startTime))); wait > 0 {
		return ctrl.Result{RequeueAfter: min(wait, time.Second)}, nil
	}
	return k.begin(ctx, object)
}

// begin prepares volumes and environment; what is missing is waited for, as a node does.
func (k *Kubelet) begin(ctx context.Context, object *corev1.Pod) (ctrl.Result, error) {
	later := ctrl.Result{RequeueAfter: time.Second}
	images := map[string]Image{}
	pretend := true
	for _, container := range containersOf(object) {
		image, known := k.options.Images[withoutTag(container.Image)]
		if !known && !k.pretends(container.Image) {
			return later, k.waiting(ctx, object, "ImagePullBackOff", fmt.Sprintf("Back-off pulling image %q", container.Image))
		}
		images[container.Name] = image
		pretend = pretend && (!known || image.OnlyJobs && !ofJob(object))
	}
	p := newPod(k, object, images)
	if reason, err := p.prepare(ctx); err != nil {
		p.remove()
		return later, k.waiting(ctx, object, reason, err.Error())
	}
	if pretend {
		p.remove()
		return ctrl.Result{}, k.setStatus(ctx, object, runningStatus(object))
	}
	k.lock.Lock()
	k.pods[string(object.UID)] = p
	k.lock.Unlock()
	k.running.Go(func() { p.run() })
	return ctrl.Result{}, nil
}

func (k *Kubelet) atWork(object *corev1.Pod) bool {
	k.lock.Lock()
	defer k.lock.Unlock()
	return k.pods[string(object.UID)] != nil
}

// endOthers kills the pods of a name except the one of a UID.
func (k *Kubelet) endOthers(name client.ObjectKey, uid string) {
	k.lock.Lock()
	defer k.lock.Unlock()
	for id, each := range k.pods {
		if id != uid && client.ObjectKeyFromObject(each.object) == name {
			each.end()
		}
	}
}

func (k *Kubelet) pretends(image string) bool {
	for _, beginning := range k.options.Pretend {
		if strings.HasPrefix(image, beginning) {
			return true
		}
	}
	return false
}

func ofJob(object *corev1.Pod) bool {
	for _, owner := range object.OwnerReferences {
		if owner.Kind == "Job" {
			return true
		}
	}
	return false
}

// killed are the exit codes of containers that SIGTERM ended.
func killed(object *corev1.Pod) map[string]int {
	codes := map[string]int{}
	for _, container := range containersOf(object) {
		codes[container.Name] = 128 + int(syscall.SIGTERM)
	}
	return codes
}

func containersOf(object *corev1.Pod) []corev1.Container {
	return append(append([]corev1.Container{}, object.Spec.InitContainers...), object.Spec.Containers...)
}

// withoutTag is an image's name without tag and digest.
func withoutTag(image string) string {
	image, _, _ = strings.Cut(image, "@")
	if colon := strings.LastIndex(image, ":"); colon > strings.LastIndex(image, "/") {
		image = image[:colon]
	}
	return image
}
