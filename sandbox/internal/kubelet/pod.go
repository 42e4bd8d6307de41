package kubelet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Users of containers: like OpenShift, a number nobody has, in the group of root.
const (
	containerUser  = 1000680000
	containerGroup = 0
)

// pod is one pod at work.
type pod struct {
	kubelet *Kubelet
	object  *corev1.Pod
	images  map[string]Image
	dir     string
	ctx     context.Context
	end     context.CancelFunc
	// volumes are folders by the volume's name; env is each container's environment.
	volumes map[string]string
	env     map[string][]string
	// ports are free ones of this machine in place of those that containers declare and name in an argument: they share its network.
	ports map[string]string
}

func newPod(k *Kubelet, object *corev1.Pod, images map[string]Image) *pod {
	p := &pod{
		kubelet: k, object: object.DeepCopy(), images: images, dir: filepath.Join(k.options.Dir, "pods", string(object.UID)),
		volumes: map[string]string{}, env: map[string][]string{}, ports: map[string]string{},
	}
	p.ctx, p.end = context.WithCancel(context.Background())
	return p
}

// prepare makes volumes and environments. Its reason is the one a node gives when something is missing.
func (p *pod) prepare(ctx context.Context) (reason string, err error) {
	for _, volume := range p.object.Spec.Volumes {
		dir := filepath.Join(p.dir, "volumes", volume.Name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "ContainerCreating", err
		}
		if err := p.fill(ctx, dir, volume); err != nil {
			return "ContainerCreating", fmt.Errorf("MountVolume.SetUp failed for volume %q: %w", volume.Name, err)
		}
		p.volumes[volume.Name] = dir
	}
	for _, container := range containersOf(p.object) {
		if p.env[container.Name], err = p.environment(ctx, container); err != nil {
			return "CreateContainerConfigError", err
		}
		if err := p.takePorts(container); err != nil {
			return "ContainerCreating", err
		}
	}
	if err := p.writeHosts(); err != nil {
		return "ContainerCreating", err
	}
	return "", nil
}

func (p *pod) remove() {
	p.end()
	_ = os.RemoveAll(p.dir)
}

// run starts the containers, waits for their end and says how it went. A pod that was deleted says nothing more.
func (p *pod) run() {
	defer func() {
		p.remove()
		p.kubelet.lock.Lock()
		delete(p.kubelet.pods, string(p.object.UID))
		p.kubelet.lock.Unlock()
	}()
	log := p.kubelet.options.Log.With("namespace", p.object.Namespace, "pod", p.object.Name)
	began := metav1.Now()
	if err := p.kubelet.setStatus(p.ctx, p.object, p.startingStatus()); err != nil {
		log.Error("a pod's status", "error", err)
	}
	go p.probe()
	go p.refresh()
	codes := map[string]int{}
	for _, container := range p.object.Spec.InitContainers {
		if codes[container.Name] = p.attempt(container); codes[container.Name] != 0 {
			break
		}
	}
	if len(codes) == len(p.object.Spec.InitContainers) && allZero(codes) {
		var lock sync.Mutex
		var all sync.WaitGroup
		for _, container := range p.object.Spec.Containers {
			all.Go(func() {
				code := p.attempt(container)
				lock.Lock()
				defer lock.Unlock()
				codes[container.Name] = code
			})
		}
		all.Wait()
	}
	if p.ctx.Err() != nil {
		return
	}
	if err := p.kubelet.setStatus(p.ctx, p.object, endedStatus(p.object, began, codes)); err != nil {
		log.Error("a pod's status", "error", err)
	}
}

// refreshTime is how long a change of a Secret or ConfigMap takes to arrive in a container, times the pace.
const refreshTime = time.Minute

// refresh brings the files of volumes up to date while the pod runs.
func (p *pod) refresh() {
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-time.After(max(p.kubelet.options.Pace.Of(refreshTime), 100*time.Millisecond)):
		}
		if err := p.writeHosts(); err != nil && p.ctx.Err() == nil {
			p.kubelet.options.Log.Warn("a pod's names", "pod", p.object.Name, "error", err)
		}
		for _, volume := range p.object.Spec.Volumes {
			if volume.EmptyDir != nil || volume.PersistentVolumeClaim != nil {
				continue
			}
			if err := p.fill(p.ctx, p.volumes[volume.Name], volume); err != nil && p.ctx.Err() == nil {
				p.kubelet.options.Log.Warn("a pod's volume", "pod", p.object.Name, "error", err)
			}
		}
	}
}

// attempt runs a container, again and again where the pod says so.
func (p *pod) attempt(container corev1.Container) int {
	for pause := time.Second; ; pause = min(2*pause, 5*time.Minute) {
		code := p.exec(container)
		again := p.object.Spec.RestartPolicy == corev1.RestartPolicyAlways || p.object.Spec.RestartPolicy == corev1.RestartPolicyOnFailure && code != 0
		if !again {
			return code
		}
		select {
		case <-p.ctx.Done():
			return code
		case <-time.After(p.kubelet.options.Pace.Of(pause)):
		}
	}
}

// startingStatus calls containers ready that have no probe to tell.
func (p *pod) startingStatus() corev1.PodStatus {
	status := runningStatus(p.object)
	for i, container := range p.object.Spec.Containers {
		if container.ReadinessProbe != nil {
			status.Conditions, status.ContainerStatuses[i].Ready = conditions(false), false
		}
	}
	return status
}

func allZero(codes map[string]int) bool {
	for _, code := range codes {
		if code != 0 {
			return false
		}
	}
	return true
}

// note writes to a container's log what kept it from running.
func (p *pod) note(container corev1.Container, err error) {
	file, openErr := p.openLog(container)
	if openErr != nil {
		p.kubelet.options.Log.Error("a container's log", "error", errors.Join(err, openErr))
		return
	}
	defer file.Close()
	fmt.Fprintln(file, err)
}
