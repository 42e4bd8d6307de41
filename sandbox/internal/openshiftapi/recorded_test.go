package openshiftapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
)

// recorded is one answer of OpenShift's own API server.
type recorded struct {
	Case, Method, Path string
	Code               int
	Body, Sent         map[string]any
}

// duringNext is not the answer to a request: somebody looked at the build that the next one waited for.
const duringNext = "build object while New"

// meanwhile is what happened to the build while a recorded request waited for it: no builder ran.
var meanwhile = map[string]func(t *testing.T, w *replay, build *buildv1.Build){
	"instantiate, build fails while waiting": func(t *testing.T, w *replay, build *buildv1.Build) {
		w.whileNew = build.DeepCopy()
		build.Status.Reason, build.Status.Message = buildv1.StatusReasonDockerBuildFailed, "Dockerfile build strategy has failed."
		w.setPhase(t, build, buildv1.BuildPhaseFailed)
	},
	"instantiate, build errors while waiting": func(t *testing.T, w *replay, build *buildv1.Build) { w.setPhase(t, build, buildv1.BuildPhaseError) },
	"instantiate, build cancelled while waiting": func(t *testing.T, w *replay, build *buildv1.Build) {
		w.setPhase(t, build, buildv1.BuildPhaseCancelled)
	},
	"instantiate, build deleted while waiting": func(t *testing.T, w *replay, build *buildv1.Build) {
		if err := w.client.Delete(t.Context(), build); err != nil {
			t.Error(err)
		}
	},
	"instantiate, build runs but its pod is not there": func(t *testing.T, w *replay, build *buildv1.Build) {
		w.setPhase(t, build, buildv1.BuildPhaseRunning)
	},
	"instantiate, nobody runs the build": func(t *testing.T, w *replay, _ *buildv1.Build) { w.clock.Step(5 * time.Minute) },
}

// replay is a world in which recorded requests are sent again.
type replay struct {
	*world
	clock    *clocktesting.FakeClock
	registry *fakeRegistry
	// sent is the BuildConfig that was recorded once for several requests.
	sent     map[string]any
	whileNew *buildv1.Build
}

// TestAnswers asks a server that no builder helps.
func TestAnswers(t *testing.T) {
	w := &replay{clock: clocktesting.NewFakeClock(time.Now()), registry: newFakeRegistry(t)}
	w.world = newWorld(t, func(o *openshiftapi.Options) { o.NoBuilder, o.Clock = true, w.clock })
	t.Run("as recorded", w.asRecorded)
	w.setRegistry(t, registryHost)
	t.Run("as known", w.asKnown)
}

func (w *replay) asRecorded(t *testing.T) {
	content, err := os.ReadFile("../../recorded/build-api.json")
	var cases []recorded
	if err := errors.Join(err, json.Unmarshal(content, &cases)); err != nil {
		t.Fatal(err)
	}
	// It was recorded during the request that stands behind it.
	for i, each := range cases {
		if each.Case == duringNext {
			cases[i], cases[i+1] = cases[i+1], cases[i]
			break
		}
	}
	for _, each := range cases {
		t.Run(each.Case, func(t *testing.T) {
			got := w.again(t, each)
			if got.Code != each.Code {
				t.Errorf("code %d, recorded %d: %s", got.Code, each.Code, got.text)
			}
			if ours, theirs := w.comparable(t, got.Body), w.comparable(t, each.Body); !reflect.DeepEqual(ours, theirs) {
				t.Errorf("answers\n%s\nrecorded\n%s", shown(ours), shown(theirs))
			}
		})
	}
}

// again brings about what a case was recorded in, and sends its request.
func (w *replay) again(t *testing.T, each recorded) answer {
	config := &buildv1.BuildConfig{}
	pause := func(paused string) {
		if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: project, Name: name}, config); err != nil {
			t.Fatal(err)
		}
		config.Annotations = map[string]string{buildv1.BuildConfigPausedAnnotation: paused}
		if paused == "" {
			config.Annotations = nil
		}
		if err := w.client.Update(t.Context(), config); err != nil {
			t.Fatal(err)
		}
	}
	switch each.Case {
	case duringNext:
		content, err := json.Marshal(w.whileNew)
		if err != nil {
			t.Fatal(err)
		}
		got := answer{Code: http.StatusOK, text: string(content)}
		_ = json.Unmarshal(content, &got.Body)
		delete(got.Body, "kind")
		delete(got.Body, "apiVersion")
		return got
	case "instantiate paused buildconfig":
		pause("true")
		defer pause("")
	case "imagestream created, internal registry Removed (no internalRegistryHostname)":
		w.setRegistry(t, "")
		w.awaitStream(t, "")
	case "buildconfig dry run":
		w.sent = each.Sent
	case "buildconfig created", "buildconfig server-side apply":
		each.Sent = w.sent
	}
	if react := meanwhile[each.Case]; react != nil {
		done := make(chan struct{})
		defer func() { <-done }()
		go func() {
			defer close(done)
			w.onNewBuild(t, react)
		}()
	}
	return w.send(t, each)
}

func (w *replay) send(t *testing.T, each recorded) answer {
	var body io.Reader
	if each.Sent != nil {
		content, err := json.Marshal(each.Sent)
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader([]byte(w.registry.here(string(content), w.controlPlane.URL)))
	}
	contentType := "application/json"
	if each.Method == http.MethodPatch {
		contentType = "application/merge-patch+json"
		if strings.Contains(each.Path, "fieldManager=") {
			contentType = "application/apply-patch+yaml"
		}
	}
	user := ""
	if strings.HasSuffix(each.Case, "by a user without rights") {
		user = "viewer"
	}
	got, err := w.ask(t.Context(), user, each.Method, each.Path, contentType, body)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// onNewBuild reacts to the build that a waiting request has made.
func (w *replay) onNewBuild(t *testing.T, react func(*testing.T, *replay, *buildv1.Build)) {
	err := wait.PollUntilContextTimeout(t.Context(), 20*time.Millisecond, 10*time.Second, true, func(ctx context.Context) (bool, error) {
		builds := &buildv1.BuildList{}
		if err := w.client.List(ctx, builds, client.InNamespace(project)); err != nil {
			return false, err
		}
		for i := range builds.Items {
			if build := &builds.Items[i]; build.Status.Phase == buildv1.BuildPhaseNew {
				// Time enough for the request to begin waiting.
				time.Sleep(100 * time.Millisecond)
				react(t, w, build)
				return true, nil
			}
		}
		return false, nil
	})
	if err != nil {
		t.Errorf("no build appeared: %v", err)
	}
}

func (w *world) setPhase(t *testing.T, build *buildv1.Build, phase buildv1.BuildPhase) {
	t.Helper()
	build.Status.Phase = phase
	if err := w.client.Update(t.Context(), build); err != nil {
		t.Error(err)
	}
}

// differing are keys whose values differ from machine to machine.
var differing = map[string]bool{
	"uid": true, "resourceVersion": true, "creationTimestamp": true, "managedFields": true, "lastUpdateTime": true, "lastTransitionTime": true,
}

var (
	lookup    = regexp.MustCompile(`lookup (\S+?)(?: on [^ ]+)?:( no such host)`)
	authority = regexp.MustCompile(`(signed by unknown authority) \(possibly.*\)`)
	digests   = regexp.MustCompile(`sha256:[0-9a-f]{64}`)
)

// comparable leaves out what differs from machine to machine: times, identities, addresses, digests of images that were not recorded.
func (w *replay) comparable(t *testing.T, body map[string]any) any {
	t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(content, &tree); err != nil {
		t.Fatal(err)
	}
	return w.level(tree)
}

func (w *replay) level(node any) any {
	switch node := node.(type) {
	case string:
		node = w.registry.there(node, w.controlPlane.URL)
		node = strings.ReplaceAll(node, `User "viewer"`, `User "dev"`)
		node = lookup.ReplaceAllString(node, "lookup $1 on DNS:$2")
		node = authority.ReplaceAllString(node, "$1")
		return digests.ReplaceAllString(node, "sha256:DIGEST")
	case map[string]any:
		for key, value := range node {
			if differing[key] {
				delete(node, key)
			} else {
				node[key] = w.level(value)
			}
		}
	case []any:
		for i := range node {
			node[i] = w.level(node[i])
		}
	}
	return node
}

func shown(value any) string {
	content, _ := json.MarshalIndent(value, "", "  ")
	return string(content)
}
