package openshiftapi_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

const (
	project      = "demo"
	name         = "migration-prep-vddk"
	registryHost = "image-registry.openshift-image-registry.svc:5000"
	buildPath    = "/apis/build.openshift.io/v1/namespaces/demo"
	imagePath    = "/apis/image.openshift.io/v1/namespaces/demo"
)

// world is a cluster with the build and image APIs.
type world struct {
	controlPlane *controlplane.ControlPlane
	client       client.Client
	server       *openshiftapi.Server
	images       *unstructured.Unstructured
}

func newWorld(t *testing.T, change func(*openshiftapi.Options)) *world {
	t.Helper()
	w := &world{controlPlane: controlplane.ForTest(t, crd.Platform)}
	scheme := runtime.NewScheme()
	if err := errors.Join(clientscheme.AddToScheme(scheme), buildv1.Install(scheme), imagev1.Install(scheme)); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.client, err = client.New(w.controlPlane.Config, client.Options{Scheme: scheme}); err != nil {
		t.Fatal(err)
	}
	w.create(t, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: project}})
	w.create(t, &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "builder", Namespace: project}})
	w.images = &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
	w.images.SetGroupVersionKind(schema.GroupVersionKind{Group: "config.openshift.io", Version: "v1", Kind: "Image"})
	w.images.SetName("cluster")
	w.create(t, w.images)
	w.setRegistry(t, registryHost)
	options := openshiftapi.Options{
		Config: w.controlPlane.Config, Kubeconfig: w.controlPlane.Kubeconfig, EtcdURL: w.controlPlane.EtcdURL, Dir: t.TempDir(), Pace: pace.New(0.05),
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
	}
	if change != nil {
		change(&options)
	}
	if w.server, err = openshiftapi.Start(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.server.Stop)
	return w
}

func (w *world) create(t *testing.T, object client.Object) {
	t.Helper()
	if err := w.client.Create(t.Context(), object); err != nil {
		t.Fatal(err)
	}
}

// setRegistry configures the cluster's registry, or none.
func (w *world) setRegistry(t *testing.T, host string) {
	t.Helper()
	w.images.Object["status"] = map[string]any{}
	if host != "" {
		w.images.Object["status"] = map[string]any{"internalRegistryHostname": host}
	}
	if err := w.client.Status().Update(t.Context(), w.images); err != nil {
		t.Fatal(err)
	}
}

// answer is what the API server said.
type answer struct {
	Code int
	Body map[string]any
	text string
	took time.Duration
}

// ask sends a request with a user's token; the empty user may do anything.
func (w *world) ask(ctx context.Context, user, method, path, contentType string, body io.Reader) (answer, error) {
	began := time.Now()
	response, err := w.send(ctx, user, method, path, contentType, body)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, err
	}
	got := answer{Code: response.StatusCode, text: string(content), took: time.Since(began)}
	_ = json.Unmarshal(content, &got.Body)
	return got, nil
}

// open begins a request whose answer goes on.
func (w *world) open(ctx context.Context, t *testing.T, user, path string) io.ReadCloser {
	t.Helper()
	response, err := w.send(ctx, user, http.MethodGet, path, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return response.Body
}

func (w *world) send(ctx context.Context, user, method, path, contentType string, body io.Reader) (*http.Response, error) {
	config := rest.CopyConfig(w.controlPlane.Config)
	config.NextProtos = []string{"http/1.1"}
	if user != "" {
		config = rest.AnonymousClientConfig(config)
		for _, each := range w.controlPlane.Users {
			if each.Name == user {
				config.BearerToken = each.Token
			}
		}
	}
	transport, err := rest.TransportFor(config)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, w.controlPlane.URL+path, body)
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	return (&http.Client{Transport: transport}).Do(request)
}

func (w *world) mustAsk(t *testing.T, method, path string, body any) answer {
	t.Helper()
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(encoded)
	}
	contentType := "application/json"
	if method == http.MethodPatch {
		contentType = "application/merge-patch+json"
	}
	got, err := w.ask(t.Context(), "", method, path, contentType, content)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// upload sends an archive to instantiatebinary.
func (w *world) upload(ctx context.Context, config string, body io.Reader) (answer, error) {
	return w.ask(ctx, "", http.MethodPost, buildPath+"/buildconfigs/"+config+"/instantiatebinary", "application/octet-stream", body)
}

func (w *world) build(t *testing.T, name string) *buildv1.Build {
	t.Helper()
	build := &buildv1.Build{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: project, Name: name}, build); err != nil {
		t.Fatal(err)
	}
	return build
}

// awaitBuild waits until a build is as it should be.
func (w *world) awaitBuild(t *testing.T, name string, is func(*buildv1.Build) bool) *buildv1.Build {
	t.Helper()
	build := &buildv1.Build{}
	err := wait.PollUntilContextTimeout(t.Context(), 50*time.Millisecond, 20*time.Second, true, func(ctx context.Context) (bool, error) {
		err := w.client.Get(ctx, client.ObjectKey{Namespace: project, Name: name}, build)
		return err == nil && is(build), client.IgnoreNotFound(err)
	})
	if err != nil {
		t.Fatalf("build %s is %+v: %v", name, build.Status, err)
	}
	return build
}

func in(phase buildv1.BuildPhase) func(*buildv1.Build) bool {
	return func(build *buildv1.Build) bool { return build.Status.Phase == phase }
}

// dockerfile is what Migration Prep sends.
const dockerfile = `FROM registry.access.redhat.com/ubi9/ubi-minimal@sha256:4b6a2dcf9ad7ae1ad1c3ca5c6ec2dc5c8f4bcb7d0cbd7ebf1d2fb4c45a5a6a5e
COPY --chmod=0755 vmware-vix-disklib-distrib /vmware-vix-disklib-distrib
LABEL io.migration-prep.vddk.version="8.0.1"
USER 1001
ENTRYPOINT ["cp", "-r", "/vmware-vix-disklib-distrib", "/opt"]
`

// prepare makes the ImageStream and a BuildConfig with a Dockerfile.
func (w *world) prepare(t *testing.T, config, dockerfile string) {
	t.Helper()
	w.create(t, &imagev1.ImageStream{ObjectMeta: metav1.ObjectMeta{Name: config, Namespace: project}})
	w.create(t, &buildv1.BuildConfig{
		ObjectMeta: metav1.ObjectMeta{Name: config, Namespace: project},
		Spec: buildv1.BuildConfigSpec{CommonSpec: buildv1.CommonSpec{
			Source:   buildv1.BuildSource{Type: buildv1.BuildSourceBinary, Binary: &buildv1.BinaryBuildSource{}, Dockerfile: &dockerfile},
			Strategy: buildv1.BuildStrategy{Type: buildv1.DockerBuildStrategyType, DockerStrategy: &buildv1.DockerBuildStrategy{}},
			Output:   buildv1.BuildOutput{To: &corev1.ObjectReference{Kind: "ImageStreamTag", Name: config + ":latest"}},
		}},
	})
}

// archive packs files as VMware does: a folder ends with "/", a link is written "name -> target".
func archive(t *testing.T, names ...string) []byte {
	t.Helper()
	var packed bytes.Buffer
	compressed := gzip.NewWriter(&packed)
	files := tar.NewWriter(compressed)
	for _, each := range names {
		header := &tar.Header{Name: each, Mode: 0o644, Typeflag: tar.TypeReg}
		content := []byte(fmt.Sprintf("content of %s", each))
		if at, target, ok := strings.Cut(each, " -> "); ok {
			header.Name, header.Linkname, header.Typeflag, content = at, target, tar.TypeSymlink, nil
		} else if strings.HasSuffix(each, "/") {
			header.Mode, header.Typeflag, content = 0o755, tar.TypeDir, nil
		}
		header.Size = int64(len(content))
		if err := files.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := files.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(files.Close(), compressed.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func vddk(t *testing.T) []byte {
	return archive(t, "vmware-vix-disklib-distrib/", "vmware-vix-disklib-distrib/lib64/libvixDiskLib.so.8.0.1",
		"vmware-vix-disklib-distrib/lib64/libvixDiskLib.so.8 -> libvixDiskLib.so.8.0.1", "vmware-vix-disklib-distrib/doc/README")
}
