package openshiftapi

import (
	"context"
	"io"
	"sync"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

// pods are those of builds. They live in memory only: nothing of the cluster shows them, and there is no node to run them.
type pods struct {
	mu  sync.Mutex
	all map[types.NamespacedName]*pod
}

func newPods() *pods {
	return &pods{all: map[types.NamespacedName]*pod{}}
}

// podOf names the pod of a build.
func podOf(build *buildv1.Build) types.NamespacedName {
	return types.NamespacedName{Namespace: build.Namespace, Name: build.Name + "-build"}
}

// pod is one of a build: its first container takes what is uploaded, its last one builds the image.
type pod struct {
	build   *buildv1.Build
	log     *podLog
	created time.Time
	// arrived passes on what the first container took.
	arrived chan arrival
	// begun makes sure that a pod runs once.
	begun sync.Once
	// ctx ends when the pod is killed.
	ctx  context.Context
	kill context.CancelFunc
}

// arrival is what came by upload, or why it could not be used.
type arrival struct {
	files tree
	err   error
}

// create makes a build's pod, or returns the one that is there.
func (p *pods) create(ctx context.Context, build *buildv1.Build) *pod {
	p.mu.Lock()
	defer p.mu.Unlock()
	if there := p.all[podOf(build)]; there != nil {
		return there
	}
	made := &pod{build: build.DeepCopy(), log: newPodLog(), created: time.Now(), arrived: make(chan arrival, 1)}
	made.ctx, made.kill = context.WithCancel(ctx)
	p.all[podOf(build)] = made
	return made
}

// get returns nil when there is no such pod.
func (p *pods) get(name types.NamespacedName) *pod {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all[name]
}

// remove ends a pod and forgets its log.
func (p *pods) remove(name types.NamespacedName) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if found := p.all[name]; found != nil {
		found.kill()
		found.log.close()
		delete(p.all, name)
	}
}

// attach streams a body to the first container of a pod. Content it can't use is the pod's affair, not that of who sends it; the
// rest is taken all the same. Of a body that breaks off the pod sees the end; the error is for who sent it.
func (p *pods) attach(name types.NamespacedName, body io.Reader) error {
	found := p.get(name)
	if found == nil {
		return apierrors.NewNotFound(schema.GroupResource{Resource: "pods"}, name.Name)
	}
	upload := &upload{Reader: body}
	files, err := found.receive(upload)
	_, _ = io.Copy(io.Discard, upload)
	found.arrived <- arrival{files, err}
	return upload.broken
}

// receive is the container git-clone (openshift/builder, pkg/build/builder/source.go).
func (p *pod) receive(body io.Reader) (tree, error) {
	keep := dockerfilePath(&p.build.Spec.CommonSpec)
	if name := p.build.Spec.Source.Binary.AsFile; name != "" {
		p.log.print("Receiving source from STDIN as file %s", name)
		file, err := readFile(body, name == keep)
		return tree{name: file}, err
	}
	p.log.print("Receiving source from STDIN as archive ...")
	return untar(body, keep)
}

// upload remembers whether the body broke off.
type upload struct {
	io.Reader
	broken error
}

func (u *upload) Read(p []byte) (int, error) {
	if u.broken != nil {
		return 0, io.EOF
	}
	n, err := u.Reader.Read(p)
	if err != nil && err != io.EOF {
		u.broken, err = err, io.EOF
	}
	return n, err
}
