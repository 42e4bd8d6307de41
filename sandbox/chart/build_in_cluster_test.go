package chart_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	buildv1 "github.com/openshift/api/build/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
)

const (
	inCluster = "install/build-in-cluster/"
	// registryHost is the internal registry, by the name that every OpenShift gives it.
	registryHost = "image-registry.openshift-image-registry.svc:5000"
)

// What `oc apply` creates is taken by the build and image APIs, which refuse an unknown field; what it leads to is what the values name.
func TestBuildInCluster(t *testing.T) {
	t.Parallel()
	c := controlplane.ForTest(t, crd.Platform)
	admin, err := client.New(c.Config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server, err := openshiftapi.Start(t.Context(), openshiftapi.Options{
		Config: c.Config, Kubeconfig: c.Kubeconfig, EtcdURL: c.EtcdURL, Dir: t.TempDir(), Log: slog.New(slog.NewTextHandler(t.Output(), nil)), NoBuilder: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	all, err := objects(manifests(t)[inCluster+"builds.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	streams, built := map[string]bool{}, map[string]bool{}
	for _, object := range all {
		if err := admin.Create(t.Context(), object.DeepCopy(), client.FieldValidation("Strict")); err != nil {
			t.Errorf("%s: %v", described(object), err)
		}
		switch object.GetKind() {
		case "ImageStream":
			streams[object.GetNamespace()+"/"+object.GetName()] = true
		case "BuildConfig":
			built[builds(t, object)] = true
		}
	}
	wrong := all[len(all)-1].DeepCopy()
	wrong.SetName("wrong")
	_ = unstructured.SetNestedField(wrong.Object, "x", "spec", "strategy", "dockerStrategy", "dockerFilePath")
	if err := admin.Create(t.Context(), wrong, client.FieldValidation("Strict")); err == nil || !strings.Contains(err.Error(), "dockerFilePath") {
		t.Errorf("an unknown field is accepted: %v", err)
	}

	// Only ServiceAccounts of an ImageStream's own namespace may pull from it without being given a right.
	for _, name := range helms {
		for _, object := range mustTemplate(t, name, "--values", filepath.Join(project, inCluster, "values.yaml")) {
			pod := podOf(t, object)
			if pod == nil {
				continue
			}
			for _, container := range pod.Spec.Containers {
				stream, tag, _ := strings.Cut(strings.TrimPrefix(container.Image, registryHost+"/"), ":")
				if !built[stream+":"+tag] || !streams[stream] || !strings.HasPrefix(stream, object.GetNamespace()+"/") {
					t.Errorf("%s: %s is not built, or not for this namespace: %v", described(object), container.Image, built)
				}
				// The tag will be another image after the next build.
				if container.ImagePullPolicy != corev1.PullAlways {
					t.Errorf("%s: a node that has an older %s would keep it", described(object), container.Image)
				}
			}
		}
	}
}

// builds is what a BuildConfig makes, as NAMESPACE/NAME:TAG. Its Containerfile is in the repository, and it begins without being told.
func builds(t *testing.T, object *unstructured.Unstructured) string {
	t.Helper()
	config := &buildv1.BuildConfig{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, config); err != nil {
		t.Fatal(err)
	}
	strategy, source := config.Spec.Strategy.DockerStrategy, config.Spec.Source.Git
	if strategy == nil || source == nil || source.URI != "https://github.com/migration-prep/migration-prep" {
		t.Fatalf("%s is not built from Git with a Containerfile", object.GetName())
	}
	if _, err := os.Stat(filepath.Join(project, strategy.DockerfilePath)); errors.Is(err, os.ErrNotExist) || strategy.DockerfilePath == "" {
		t.Errorf("there is no %s", strategy.DockerfilePath)
	}
	if !slices.ContainsFunc(config.Spec.Triggers, func(each buildv1.BuildTriggerPolicy) bool { return each.Type == buildv1.ConfigChangeBuildTriggerType }) {
		t.Errorf("nothing starts the build of %s", object.GetName())
	}
	return object.GetNamespace() + "/" + config.Spec.Output.To.Name
}
