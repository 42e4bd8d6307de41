package openshiftapi

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/retry"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// scheduleTime is how long a build's pod takes to start on a real cluster.
const scheduleTime = 3 * time.Second

// builder moves builds through their phases as OpenShift's build controller does (openshift-controller-manager,
// pkg/build/controller/build, release-4.22), and runs their pods.
type builder struct {
	client.Client
	pods    *pods
	pace    *pace.Pace
	ctx     context.Context
	running *sync.WaitGroup
}

// startBuilder looks at the server itself, not through the control plane: so it goes on while the groups are withdrawn.
func (s *Server) startBuilder(ctx context.Context, o Options, server *rest.Config, machine *pods) error {
	scheme, err := published()
	if err != nil {
		return err
	}
	m, err := ctrl.NewManager(server, manager.Options{
		Scheme: scheme, Metrics: metrics.Options{BindAddress: "0"}, Controller: config.Controller{SkipNameValidation: ptr.To(true)},
	})
	if err != nil {
		return err
	}
	// Decisions are made on what the server holds now, not on a cache that may lag behind.
	c, err := client.New(server, client.Options{Scheme: scheme})
	if err != nil {
		return err
	}
	b := &builder{Client: c, pods: machine, pace: o.Pace, ctx: ctx, running: &s.running}
	err = ctrl.NewControllerManagedBy(m).Named("builds").For(&buildv1.Build{}).
		Watches(&buildv1.Build{}, handler.EnqueueRequestsFromMapFunc(b.waiting)).Complete(b)
	if err != nil {
		return err
	}
	s.running.Go(func() {
		if err := m.Start(ctx); err != nil {
			o.Log.Error("the builder ended", "error", err)
		}
	})
	if !m.GetCache().WaitForCacheSync(ctx) {
		return errors.New("the builder's caches were not filled")
	}
	return nil
}

// waiting are the builds that may run when a build of the same BuildConfig ends.
func (b *builder) waiting(ctx context.Context, object client.Object) []reconcile.Request {
	build := object.(*buildv1.Build)
	if !done(build) {
		return nil
	}
	siblings, err := b.siblings(ctx, build)
	if err != nil {
		return nil
	}
	var requests []reconcile.Request
	for i := range siblings {
		if siblings[i].Status.Phase == buildv1.BuildPhaseNew {
			requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&siblings[i])})
		}
	}
	return requests
}

func (b *builder) siblings(ctx context.Context, build *buildv1.Build) ([]buildv1.Build, error) {
	list := &buildv1.BuildList{}
	name := build.Labels[buildv1.BuildConfigLabel]
	if name == "" {
		return nil, nil
	}
	err := b.List(ctx, list, client.InNamespace(build.Namespace), client.MatchingLabels{buildv1.BuildConfigLabel: name})
	return list.Items, err
}

// Reconcile takes a build one phase further.
func (b *builder) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	build := &buildv1.Build{}
	if err := b.Get(ctx, request.NamespacedName, build); err != nil {
		build.Namespace, build.Name = request.Namespace, request.Name
		if apierrors.IsNotFound(err) {
			b.pods.remove(podOf(build))
		}
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	switch {
	case build.DeletionTimestamp != nil, build.Spec.Strategy.JenkinsPipelineStrategy != nil:
		return reconcile.Result{}, nil
	case done(build):
		return reconcile.Result{}, b.prune(ctx, build)
	case build.Status.Cancelled:
		b.pods.remove(podOf(build))
		return reconcile.Result{}, b.finish(ctx, build, end{buildv1.BuildPhaseCancelled, buildv1.StatusReasonCancelledBuild, cancelled}, nil)
	case build.Status.Phase == buildv1.BuildPhaseNew:
		return b.begin(ctx, build)
	}
	pod := b.pods.get(podOf(build))
	if pod == nil {
		return reconcile.Result{}, b.finish(ctx, build, end{buildv1.BuildPhaseError, buildv1.StatusReasonBuildPodDeleted, podDeleted}, nil)
	}
	if left := b.pace.Of(scheduleTime) - time.Since(pod.created); left > 0 {
		return reconcile.Result{RequeueAfter: left}, nil
	}
	pod.begun.Do(func() { b.running.Go(func() { b.work(pod) }) })
	if build.Status.Phase == buildv1.BuildPhaseRunning {
		return reconcile.Result{}, nil
	}
	build.Status.Phase = buildv1.BuildPhaseRunning
	build.Status.StartTimestamp = ptr.To(metav1.Now())
	return reconcile.Result{}, ignoreConflict(b.Update(ctx, build))
}

// begin makes the pod of a new build, if its turn has come and its output can be resolved.
func (b *builder) begin(ctx context.Context, build *buildv1.Build) (reconcile.Result, error) {
	runnable, err := b.runnable(ctx, build)
	if err != nil || !runnable {
		return reconcile.Result{}, err
	}
	target, err := b.target(ctx, build)
	if err != nil {
		return reconcile.Result{}, err
	}
	if target == "" && build.Spec.Output.To != nil {
		return b.unresolved(ctx, build)
	}
	build.Status.Phase, build.Status.Reason, build.Status.Message = buildv1.BuildPhasePending, "", ""
	build.Status.OutputDockerImageReference = target
	metav1.SetMetaDataAnnotation(&build.ObjectMeta, buildv1.BuildPodNameAnnotation, podOf(build).Name)
	if err := b.Update(ctx, build); err != nil {
		return reconcile.Result{}, ignoreConflict(err)
	}
	b.pods.create(b.ctx, build)
	return reconcile.Result{RequeueAfter: b.pace.Again(scheduleTime)}, nil
}

// retryTime is how long a build waits for its ImageStream before the builder looks again.
const retryTime = 5 * time.Second

// unresolved is a build whose output leads nowhere: no such ImageStream, or no registry. A binary build fails at once, for
// somebody waits for it; any other stays New (resolveImageReferences, since 4.10).
func (b *builder) unresolved(ctx context.Context, build *buildv1.Build) (reconcile.Result, error) {
	if build.Spec.Source.Type == buildv1.BuildSourceBinary {
		return reconcile.Result{}, b.finish(ctx, build, end{buildv1.BuildPhaseFailed, buildv1.StatusReasonInvalidOutputReference, outputInvalid}, nil)
	}
	if build.Status.Reason != buildv1.StatusReasonInvalidOutputReference {
		build.Status.Reason, build.Status.Message = buildv1.StatusReasonInvalidOutputReference, outputInvalid
		if err := b.Update(ctx, build); err != nil {
			return reconcile.Result{}, ignoreConflict(err)
		}
	}
	return reconcile.Result{RequeueAfter: b.pace.Again(retryTime)}, nil
}

// runnable says whether a build's turn has come: with the policy Serial the oldest runs when no other does.
func (b *builder) runnable(ctx context.Context, build *buildv1.Build) (bool, error) {
	if build.Labels[buildv1.BuildRunPolicyLabel] == string(buildv1.BuildRunPolicyParallel) {
		return true, nil
	}
	siblings, err := b.siblings(ctx, build)
	if err != nil {
		return false, err
	}
	for i := range siblings {
		switch sibling := &siblings[i]; sibling.Status.Phase {
		case buildv1.BuildPhasePending, buildv1.BuildPhaseRunning:
			return false, nil
		case buildv1.BuildPhaseNew:
			if number(sibling) < number(build) {
				return false, nil
			}
		}
	}
	return true, nil
}

func number(build *buildv1.Build) int {
	n, _ := strconv.Atoi(build.Annotations[buildv1.BuildNumberAnnotation])
	return n
}

// work runs a pod and writes down how it ended.
func (b *builder) work(pod *pod) {
	digest, err := pod.run(b.pace, func(ctx context.Context, image *imagev1.Image) error { return b.store(ctx, pod.build, image) })
	if pod.ctx.Err() != nil {
		return
	}
	build := pod.build.DeepCopy()
	var failed *failure
	switch {
	case err == nil:
		err = b.finish(b.ctx, build, end{phase: buildv1.BuildPhaseComplete}, func(status *buildv1.BuildStatus) {
			if digest != "" {
				status.Output.To = &buildv1.BuildStatusOutputTo{ImageDigest: digest}
			}
		})
	case errors.As(err, &failed):
		err = b.finish(b.ctx, build, end{buildv1.BuildPhaseFailed, failed.reason, failed.message}, func(status *buildv1.BuildStatus) {
			status.LogSnippet = pod.log.excerpt()
		})
	}
	if client.IgnoreNotFound(err) != nil {
		ctrl.Log.Error(err, "write down how a build ended", "build", build.Name)
	}
}

// end is the last phase of a build, and why.
type end struct {
	phase   buildv1.BuildPhase
	reason  buildv1.StatusReason
	message string
}

// finish writes how a build ended, unless it has ended already.
func (b *builder) finish(ctx context.Context, build *buildv1.Build, end end, more func(*buildv1.BuildStatus)) error {
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		if err := b.Get(ctx, client.ObjectKeyFromObject(build), build); err != nil || done(build) {
			return client.IgnoreNotFound(err)
		}
		now := metav1.Now()
		status := &build.Status
		status.Phase, status.Reason, status.Message = end.phase, end.reason, end.message
		if status.StartTimestamp == nil {
			status.StartTimestamp = &now
		}
		status.CompletionTimestamp = &now
		status.Duration = now.Rfc3339Copy().Sub(status.StartTimestamp.Rfc3339Copy().Time)
		if more != nil {
			more(status)
		}
		if err := b.Update(ctx, build); err != nil {
			return fmt.Errorf("build %s: %w", build.Name, err)
		}
		return nil
	})
}

// ignoreConflict leaves a build that somebody else changed to the event that this change makes.
func ignoreConflict(err error) error {
	if apierrors.IsConflict(err) {
		return nil
	}
	return client.IgnoreNotFound(err)
}
