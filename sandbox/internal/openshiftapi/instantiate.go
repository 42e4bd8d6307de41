package openshiftapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/client-go/util/retry"
	"k8s.io/utils/ptr"
)

const (
	// deadline is how long an upload waits for its build to run.
	deadline = 5 * time.Minute
	// firstTry is when the API server first tries to make the build: it polls each second.
	firstTry = time.Second
	// noLogs ends the sentences about builds that came to nothing.
	noLogs = "No logs are available."
)

// instantiate makes a build of a BuildConfig that needs nothing uploaded.
type instantiate struct{ *apis }

func (*instantiate) New() runtime.Object { return &buildv1.BuildRequest{} }
func (*instantiate) Destroy()            {}

func (i *instantiate) Create(ctx context.Context, object runtime.Object, validate rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	if err := validate(ctx, object); err != nil {
		return nil, err
	}
	wanted := object.(*buildv1.BuildRequest)
	return i.generate(ctx, wanted.Name, wanted.Binary, wanted.Revision)
}

// instantiateBinary makes a build, waits until it runs, and hands it what is uploaded.
type instantiateBinary struct{ *apis }

func (*instantiateBinary) New() runtime.Object      { return &buildv1.BinaryBuildRequestOptions{} }
func (*instantiateBinary) Destroy()                 {}
func (*instantiateBinary) ConnectMethods() []string { return []string{http.MethodPost} }

func (*instantiateBinary) NewConnectOptions() (runtime.Object, bool, string) {
	return &buildv1.BinaryBuildRequestOptions{}, false, ""
}

func (i *instantiateBinary) Connect(ctx context.Context, name string, options runtime.Object, answer rest.Responder) (http.Handler, error) {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		build, err := i.upload(ctx, name, options.(*buildv1.BinaryBuildRequestOptions), r.Body)
		if err != nil {
			answer.Error(err)
			return
		}
		answer.Object(http.StatusCreated, build)
	}), nil
}

func (i *instantiateBinary) upload(ctx context.Context, name string, options *buildv1.BinaryBuildRequestOptions, body io.Reader) (*buildv1.Build, error) {
	over := i.clock.After(deadline)
	select {
	case <-time.After(i.pace.Of(firstTry)):
	case <-ctx.Done():
		// There is no build before the first try.
		return nil, ctx.Err()
	}
	build, err := i.generate(ctx, name, &buildv1.BinaryBuildSource{AsFile: options.AsFile}, revision(options))
	if err != nil {
		return nil, err
	}
	latest, cancel, err := i.hand(ctx, build, body, over)
	if cancel {
		// With the request's own context: when whoever asked is gone, it is over, and the build stays as it is (recorded).
		i.cancel(ctx, build.Name)
	}
	return latest, err
}

// hand waits for the build to run and streams the body to it. cancel is true when the build must not go on alone.
func (i *instantiateBinary) hand(ctx context.Context, build *buildv1.Build, body io.Reader, over <-chan time.Time) (latest *buildv1.Build, cancel bool, err error) {
	// It waits on, whether anybody waits for it or not (pkg/build/apiserver/registry/wait of openshift-apiserver).
	latest, err = i.awaitRunning(context.WithoutCancel(ctx), build, over)
	bad := func(format string, a ...any) error { return apierrors.NewBadRequest(fmt.Sprintf(format, a...)) }
	switch {
	case errors.Is(err, errDeleted):
		return nil, true, bad("build %s was deleted before it started: %s", build.Name, noLogs)
	case err != nil:
		return nil, true, bad("unable to wait for build %s to run: %v", build.Name, err)
	}
	switch latest.Status.Phase {
	case buildv1.BuildPhaseError:
		return nil, false, bad("build %s encountered an error: %s", build.Name, noLogs)
	case buildv1.BuildPhaseFailed:
		return nil, false, bad("build %s failed: %s: %s", build.Name, latest.Status.Reason, latest.Status.Message)
	case buildv1.BuildPhaseCancelled:
		return nil, false, bad("build %s was cancelled: %s", build.Name, noLogs)
	case buildv1.BuildPhaseRunning:
	default:
		return nil, true, bad("cannot upload file to build %s with status %s", build.Name, latest.Status.Phase)
	}
	if err := i.pods.attach(podOf(build), body); err != nil {
		return nil, true, apierrors.NewInternalError(err)
	}
	return latest, false, nil
}

var (
	errDeleted = errors.New("build was deleted")
	errTimeout = errors.New("timed out waiting for the condition")
)

// awaitRunning returns the build once it is neither New nor Pending any more.
func (a *apis) awaitRunning(ctx context.Context, build *buildv1.Build, over <-chan time.Time) (*buildv1.Build, error) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		found, err := a.builds.Get(ctx, build.Name, &metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return nil, errDeleted
		}
		if err != nil {
			return nil, err
		}
		switch latest := found.(*buildv1.Build); latest.Status.Phase {
		case buildv1.BuildPhaseNew, buildv1.BuildPhasePending:
		default:
			return latest, nil
		}
		select {
		case <-tick.C:
		case <-over:
			return nil, errTimeout
		}
	}
}

// generate makes the next build of a BuildConfig. The number is used up even when the build is refused.
func (a *apis) generate(ctx context.Context, name string, binary *buildv1.BinaryBuildSource, revision *buildv1.SourceRevision) (*buildv1.Build, error) {
	var build *buildv1.Build
	err := retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		found, err := a.buildConfigs.Get(ctx, name, &metav1.GetOptions{})
		if err != nil {
			return err
		}
		config := found.DeepCopyObject().(*buildv1.BuildConfig)
		if config.Annotations[buildv1.BuildConfigPausedAnnotation] == "true" {
			return apierrors.NewBadRequest(fmt.Sprintf("can't instantiate from BuildConfig %s/%s: BuildConfig is paused", config.Namespace, config.Name))
		}
		config.Status.LastVersion++
		build = buildFrom(config, binary, revision)
		if err := a.accounts.check(ctx, build); err != nil {
			return err
		}
		return put(ctx, a.buildConfigs, name, config)
	})
	if err != nil {
		return nil, err
	}
	made, err := a.builds.Create(asBuilds(ctx), build, rest.ValidateAllObjectFunc, &metav1.CreateOptions{})
	if err != nil {
		return nil, err
	}
	return made.(*buildv1.Build), nil
}

// put writes a changed object.
func put(ctx context.Context, store *registry.Store, name string, object runtime.Object) error {
	changed := rest.DefaultUpdatedObjectInfo(object)
	_, _, err := store.Update(ctx, name, changed, rest.ValidateAllObjectFunc, rest.ValidateAllObjectUpdateFunc, false, &metav1.UpdateOptions{})
	return err
}

// asBuilds lets the store of builds name its own resource in errors, not the one of the request.
func asBuilds(ctx context.Context) context.Context {
	return request.WithRequestInfo(ctx, &request.RequestInfo{IsResourceRequest: true, APIGroup: buildv1.GroupName, APIVersion: "v1", Resource: "builds"})
}

func buildFrom(config *buildv1.BuildConfig, binary *buildv1.BinaryBuildSource, revision *buildv1.SourceRevision) *buildv1.Build {
	number := strconv.FormatInt(config.Status.LastVersion, 10)
	build := &buildv1.Build{
		ObjectMeta: metav1.ObjectMeta{
			Name: config.Name + "-" + number, Namespace: config.Namespace, Labels: map[string]string{},
			Annotations: map[string]string{buildv1.BuildNumberAnnotation: number, buildv1.BuildConfigAnnotation: config.Name},
			OwnerReferences: []metav1.OwnerReference{{
				APIVersion: buildv1.GroupVersion.String(), Kind: "BuildConfig", Name: config.Name, UID: config.UID, Controller: ptr.To(true),
			}},
		},
		Spec: buildv1.BuildSpec{CommonSpec: *config.Spec.CommonSpec.DeepCopy()},
		Status: buildv1.BuildStatus{
			Phase:  buildv1.BuildPhaseNew,
			Config: &corev1.ObjectReference{Kind: "BuildConfig", Name: config.Name, Namespace: config.Namespace},
		},
	}
	maps.Copy(build.Labels, config.Labels)
	maps.Copy(build.Labels, map[string]string{
		buildv1.BuildConfigLabelDeprecated: config.Name, buildv1.BuildConfigLabel: config.Name, buildv1.BuildRunPolicyLabel: string(config.Spec.RunPolicy),
	})
	if build.Spec.ServiceAccount == "" {
		build.Spec.ServiceAccount = builderAccount
	}
	build.Spec.Revision = revision
	source := &build.Spec.Source
	source.Binary = binary
	if binary != nil {
		source.Git = nil
		if binary.AsFile == dockerfileName {
			source.Dockerfile = nil
		}
	} else {
		source.Type = ""
	}
	return build
}

// cancel asks for the end of a build, if it is still there.
func (a *apis) cancel(ctx context.Context, name string) {
	_ = retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		found, err := a.builds.Get(ctx, name, &metav1.GetOptions{})
		if err != nil {
			return err
		}
		build := found.DeepCopyObject().(*buildv1.Build)
		build.Status.Cancelled = true
		return put(ctx, a.builds, name, build)
	})
}

func revision(o *buildv1.BinaryBuildRequestOptions) *buildv1.SourceRevision {
	if o.Commit == "" {
		return nil
	}
	return &buildv1.SourceRevision{Type: buildv1.BuildSourceGit, Git: &buildv1.GitSourceRevision{
		Commit: o.Commit, Message: o.Message,
		Author:    buildv1.SourceControlUser{Name: o.AuthorName, Email: o.AuthorEmail},
		Committer: buildv1.SourceControlUser{Name: o.CommitterName, Email: o.CommitterEmail},
	}}
}
