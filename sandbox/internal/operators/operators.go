// Package operators stands in for the operators that Migration Prep meets, as far as it meets them: those that OLM installs (LVM
// Storage, NMState, OpenShift Virtualization, MTV, GitOps), which act only while a pod of theirs is ready, and those that every
// OpenShift has (image registry, console, service CA). Each file says what its operator does and where that was read.
package operators

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Options of the operators.
type Options struct {
	// Config may do anything on the cluster.
	Config *rest.Config
	Log    *slog.Logger
	Pace   *pace.Pace
	// OpenShift is 4.21 or 4.22; LVM Storage's manners differ.
	OpenShift string
	// RunMTV is called while MTV's operator is up, with the namespace where it is; it returns when ctx ends.
	RunMTV func(ctx context.Context, namespace string)
}

// Operators are running.
type Operators struct {
	// WebhookURL is where the operators' admission webhooks answer, below /NAMESPACE; WebhookCA (PEM) signs its certificate.
	WebhookURL string
	WebhookCA  []byte

	options Options
	client  client.Client
	server  *http.Server
	signer  *signer
	cancel  context.CancelFunc
	running sync.WaitGroup
	// rotated is an authority that takes the place of signer.
	rotated chan *signer
	// operands are the CRDs that come with operands, read once.
	operands map[crd.Set][]*apiextensions.CustomResourceDefinition
	// applied are the versions of StorageClasses as LVM Storage last left them.
	applied map[string]string
	// noticed is when an operator first saw something that takes it time; waiting, whether the last look found something that is not over yet.
	// One loop uses both.
	noticed map[string]time.Time
	waiting bool
	// mtv ends what RunMTV began, by namespace.
	mtv map[string]context.CancelFunc

	lock sync.Mutex
	// nmstateFaults are what nodes cannot do.
	nmstateFaults nmstateFaults
	// up are the Deployments of operators that have a ready pod: namespace/name.
	up map[string]bool
}

// installed are the operators that OLM installs, by the Deployment whose pod acts.
var installed = map[string]func(*Operators, context.Context, string) error{
	"lvms-operator":    (*Operators).actLVMS,
	"nmstate-operator": (*Operators).actNMState,
	"hco-operator":     (*Operators).actVirtualization,
	"openshift-gitops-operator-controller-manager": (*Operators).actGitOps,
}

// Prepare makes the operators and lets their webhooks answer: with status 503 until Run lets them act.
func Prepare(ctx context.Context, o Options) (*Operators, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	scheme := runtime.NewScheme()
	if err := errors.Join(clientscheme.AddToScheme(scheme), apiextensions.AddToScheme(scheme)); err != nil {
		return nil, fmt.Errorf("start the operators: %w", err)
	}
	c, err := client.New(o.Config, client.Options{Scheme: scheme})
	if err != nil {
		return nil, fmt.Errorf("start the operators: %w", err)
	}
	s := &Operators{
		options: o, client: c, rotated: make(chan *signer), operands: map[crd.Set][]*apiextensions.CustomResourceDefinition{}, applied: map[string]string{}, noticed: map[string]time.Time{}, mtv: map[string]context.CancelFunc{}, up: map[string]bool{},
	}
	if s.signer, err = newSigner(); err != nil {
		return nil, fmt.Errorf("start the operators: %w", err)
	}
	if err := s.serve(ctx); err != nil {
		return nil, fmt.Errorf("start the operators: %w", err)
	}
	return s, nil
}

// Run lets the operators act until ctx ends or Stop is called.
func (s *Operators) Run(ctx context.Context) {
	ctx, s.cancel = context.WithCancel(ctx)
	s.running.Go(func() {
		var seen string
		for ctx.Err() == nil {
			seen = s.look(ctx, seen)
			select {
			case <-ctx.Done():
			case s.signer = <-s.rotated:
				seen = ""
			case <-time.After(s.pause()):
			}
		}
	})
}

// pause is the time between two looks: nobody waits for them at a real cluster's pace, and hurried ones leave the processor to others.
func (s *Operators) pause() time.Duration {
	return max(50*time.Millisecond, min(time.Second, s.options.Pace.Of(5*time.Second)))
}

// look lets the operators act, unless nothing at all was written since the cluster's revision seen and nothing is waited for. It
// returns the revision that was looked at, or nothing when the operators have to act again.
func (s *Operators) look(ctx context.Context, seen string) string {
	now := s.revision(ctx)
	if now != "" && now == seen {
		return seen
	}
	s.waiting = false
	if err := s.act(ctx); err != nil {
		if ctx.Err() == nil {
			s.options.Log.Warn("an operator", "error", err)
		}
		return ""
	}
	if s.waiting {
		return ""
	}
	return now
}

// revision is that of the whole store: a list that is not served from memory alone has it, however little is listed.
func (s *Operators) revision(ctx context.Context) string {
	namespaces := &metav1.PartialObjectMetadataList{}
	namespaces.SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind("NamespaceList"))
	if s.client.List(ctx, namespaces, client.Limit(1)) != nil {
		return ""
	}
	return namespaces.ResourceVersion
}

// Stop ends the operators and their webhooks.
func (s *Operators) Stop() {
	if s.cancel != nil {
		s.cancel()
	}
	_ = s.server.Close()
	s.running.Wait()
}

// act is one look of every operator. They look at regular times rather than watch: their kinds come and go.
func (s *Operators) act(ctx context.Context) error {
	deployments := &appsv1.DeploymentList{}
	if err := s.client.List(ctx, deployments, client.MatchingLabels{"olm.managed": "true"}); err != nil {
		return err
	}
	up := map[string]bool{}
	for _, each := range deployments.Items {
		if each.Status.AvailableReplicas > 0 && each.DeletionTimestamp == nil {
			up[each.Namespace+"/"+each.Name] = true
		}
	}
	s.lock.Lock()
	s.up = up
	s.lock.Unlock()
	var errs []error
	mtv := map[string]bool{}
	for _, each := range deployments.Items {
		if !up[each.Namespace+"/"+each.Name] {
			continue
		}
		if each.Name == "forklift-operator" {
			mtv[each.Namespace] = true
		}
		if act := installed[each.Name]; act != nil {
			errs = append(errs, wrap(each.Name, act(s, ctx, each.Namespace)))
		}
	}
	s.runMTV(ctx, mtv)
	return errors.Join(append(errs,
		wrap("image registry", s.actRegistry(ctx)), wrap("console", s.actConsole(ctx)), wrap("service CA", s.actServiceCA(ctx)),
		wrap("projects of GitOps", s.actManagedProjects(ctx)),
	)...)
}

// runMTV starts and ends MTV's controllers with its operator.
func (s *Operators) runMTV(ctx context.Context, wanted map[string]bool) {
	if s.options.RunMTV == nil {
		return
	}
	for namespace, end := range s.mtv {
		if !wanted[namespace] {
			end()
			delete(s.mtv, namespace)
		}
	}
	for namespace := range wanted {
		if s.mtv[namespace] == nil {
			running, end := context.WithCancel(ctx)
			s.mtv[namespace] = end
			s.running.Go(func() { s.options.RunMTV(running, namespace) })
		}
	}
}

func wrap(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// isUp reports whether a Deployment of an operator has a ready pod.
func (s *Operators) isUp(namespace, deployment string) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.up[namespace+"/"+deployment]
}

// took reports whether an operator has had as long for what key names, such as an object's uid, as it takes, times the pace. What a
// scenario brings was there long ago.
func (s *Operators) took(key string, long time.Duration) bool {
	since, known := s.noticed[key]
	if !known {
		since = time.Now()
		if s.options.Pace.Hurried() {
			since = time.Time{}
		}
		s.noticed[key] = since
	}
	if time.Since(since) >= s.options.Pace.Of(long) {
		return true
	}
	s.waiting = true
	return false
}
