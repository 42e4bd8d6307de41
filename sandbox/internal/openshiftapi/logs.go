package openshiftapi

import (
	"context"
	"fmt"
	"io"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
)

// logPatience is how long a request for a log waits for its build to run.
const logPatience = 30 * time.Second

// buildLog is the log of a build's pod. Not served: sinceTime, tailLines and the other options of a pod's log.
type buildLog struct{ *apis }

var _ rest.GetterWithOptions = &buildLog{}

func (*buildLog) New() runtime.Object { return &buildv1.BuildLog{} }
func (*buildLog) Destroy()            {}

func (*buildLog) NewGetOptions() (runtime.Object, bool, string) {
	return &buildv1.BuildLogOptions{}, false, ""
}

func (*buildLog) ProducesMIMETypes(string) []string { return []string{"text/plain"} }
func (*buildLog) ProducesObject(string) any         { return "" }

func (l *buildLog) Get(ctx context.Context, name string, object runtime.Object) (runtime.Object, error) {
	options := object.(*buildv1.BuildLogOptions)
	found, err := l.builds.Get(ctx, name, &metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	build := found.(*buildv1.Build)
	bad := func(format string, a ...any) error { return apierrors.NewBadRequest(fmt.Sprintf(format, a...)) }
	switch build.Status.Phase {
	case buildv1.BuildPhaseNew, buildv1.BuildPhasePending:
		if options.NoWait {
			return &logStream{}, nil
		}
		latest, err := l.awaitRunning(ctx, build, l.clock.After(logPatience))
		switch {
		case err != nil:
			return nil, bad("unable to wait for build %s to run: %v", name, err)
		case latest.Status.Phase == buildv1.BuildPhaseError:
			return nil, bad("build %s encountered an error: %s", name, noLogs)
		case latest.Status.Phase == buildv1.BuildPhaseCancelled:
			return nil, bad("build %s was cancelled: %s", name, noLogs)
		}
	case buildv1.BuildPhaseCancelled:
		return nil, bad("build %s was cancelled. %s", name, noLogs)
	case buildv1.BuildPhaseError:
		return nil, bad("build %s is in an error state. %s", name, noLogs)
	}
	pod := l.pods.get(podOf(build))
	if pod == nil {
		return nil, bad("pod %q not found", podOf(build).Name)
	}
	return &logStream{reader: pod.log.reader(ctx, options.Follow), follow: options.Follow}, nil
}

// logStream is a log on its way to a client.
type logStream struct {
	reader io.ReadCloser
	follow bool
}

var _ rest.ResourceStreamer = &logStream{}

func (*logStream) GetObjectKind() schema.ObjectKind { return schema.EmptyObjectKind }

func (s *logStream) DeepCopyObject() runtime.Object { return s }

func (s *logStream) InputStream(context.Context, string, string) (io.ReadCloser, bool, string, error) {
	return s.reader, s.follow, "text/plain", nil
}
