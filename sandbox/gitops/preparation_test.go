package gitops_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/internal/vcenter"
)

const (
	mtv         = "openshift-mtv"
	target      = "migration-target"
	esxi        = "esxi-2.sandbox.example"
	forklift    = "forklift.konveyor.io/v1beta1"
	archiveName = "VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz"
)

// vddk is what VMware ships, in small: nothing in it is VMware's.
func vddk(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	files := tar.NewWriter(zipped)
	library := append([]byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00"), make([]byte, 600)...)
	for _, each := range []struct {
		header  tar.Header
		content []byte
	}{
		{tar.Header{Name: "vmware-vix-disklib-distrib/", Typeflag: tar.TypeDir, Mode: 0o755}, nil},
		{tar.Header{Name: "vmware-vix-disklib-distrib/lib64/", Typeflag: tar.TypeDir, Mode: 0o755}, nil},
		{tar.Header{Name: "vmware-vix-disklib-distrib/lib64/libvixDiskLib.so.8.0.3", Mode: 0o644}, library},
		{tar.Header{Name: "vmware-vix-disklib-distrib/lib64/libvixDiskLib.so.8", Typeflag: tar.TypeSymlink, Linkname: "libvixDiskLib.so.8.0.3"}, nil},
		{tar.Header{Name: "vmware-vix-disklib-distrib/lib64/libvixDiskLib.so", Typeflag: tar.TypeSymlink, Linkname: "libvixDiskLib.so.8"}, nil},
	} {
		each.header.Size = int64(len(each.content))
		err := files.WriteHeader(&each.header)
		if err == nil {
			_, err = files.Write(each.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(files.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func checksum(archive []byte) string {
	sum := sha256.Sum256(archive)
	return hex.EncodeToString(sum[:])
}

// preparation are values that declare all of a preparation, of this vCenter and this archive.
func preparation(vc *vcenter.VCenter, archiveURL string, archive []byte) map[string]any {
	values := everything()
	values["controller"] = map[string]any{"enabled": true, "imagePullers": []any{target}}
	values["prepare"] = map[string]any{
		"providers": []any{map[string]any{"name": "vcenter", "url": vc.URL, "secret": "vcenter", "certificate": map[string]any{"pem": string(vc.CACert)}}},
		"hosts":     []any{map[string]any{"provider": "vcenter", "host": esxi, "adapter": "Migration Network", "secret": "esxi"}},
		"vddk":      map[string]any{"archiveUrl": archiveURL + "/" + archiveName, "sha256": checksum(archive), "caBundle": "mirror"},
		"networks":  map[string]any{"rules": []any{map[string]any{"bridge": "br-vms"}}},
	}
	return values
}

// From an empty cluster to one that is ready, by values alone; and what somebody changes of it is put right.
func TestPreparationFromValues(t *testing.T) {
	vc, err := vcenter.Start(t.Context(), vcenter.Options{Dir: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(vc.Stop)
	w := newWorld(t, vc.Routes)
	builds, err := openshiftapi.Start(t.Context(), openshiftapi.Options{
		Config: w.Config, Kubeconfig: w.Kubeconfig, EtcdURL: w.EtcdURL, Dir: t.TempDir(), Pace: pace.New(slowness), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(builds.Stop)
	archive := vddk(t)
	mirror := httptest.NewTLSServer(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		http.ServeContent(answer, request, archiveName, time.Unix(1, 0), bytes.NewReader(archive))
	}))
	t.Cleanup(mirror.Close)

	began := time.Now()
	w.apply(t, preparation(vc, mirror.URL, archive))
	// What belongs into no values comes from elsewhere, and late.
	w.until(t, "the namespace is there", time.Minute, func(ctx context.Context) bool { return w.find(ctx, "v1", "Namespace", "", release) != nil })
	for _, each := range []client.Object{
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "vcenter"}, StringData: map[string]string{"user": vc.User, "password": vc.Password}},
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "esxi"}, StringData: map[string]string{"user": "root", "password": vc.Password}},
		&corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "mirror"}, Data: map[string]string{
			"ca-bundle.crt": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: mirror.Certificate().Raw})),
		}},
	} {
		each.SetNamespace(release)
		if err := w.Create(t.Context(), each); err != nil {
			t.Fatal(err)
		}
	}
	w.until(t, "everything is in sync and healthy", 6*time.Minute, w.inSync)
	// The controller sees to it beside what Argo CD syncs.
	w.until(t, "the registry is switched on", 3*time.Minute, w.registryManaged)
	w.prepared(t)
	w.until(t, "MTV is connected", 2*time.Minute, func(ctx context.Context) bool { return w.isReady(ctx, "Provider", "vcenter") })
	host := w.host(t)
	w.until(t, "MTV has the ESXi host", 2*time.Minute, func(ctx context.Context) bool { return w.isReady(ctx, "Host", host) })
	w.until(t, "MTV has the VDDK image", 3*time.Minute, func(ctx context.Context) bool { return strings.Contains(w.image(ctx), "/migration-prep-vddk@sha256:") })

	w.plan(t)
	w.until(t, "the report says that everything is ready", 3*time.Minute, func(ctx context.Context) bool {
		code, _ := w.report(ctx)
		return code == 0
	})
	t.Logf("from an empty cluster to ready: %s, at a pace of %v", time.Since(began).Round(time.Second), slowness)

	t.Run("the end state is that of the page's clicks", func(t *testing.T) {
		// Everything is ready, and the controller may still note what it did.
		names := map[string]string{
			"<url>": vc.URL, "<user>": vc.User, "<password>": vc.Password, "<certificate>": string(vc.CACert), "<checksum>": checksum(archive)[:24],
		}
		unlike := w.unlikeByClicks(t, names)
		for began := time.Now(); unlike != "" && time.Since(began) < time.Minute; time.Sleep(time.Second) {
			unlike = w.unlikeByClicks(t, names)
		}
		if unlike != "" {
			t.Errorf("%s", unlike)
		}
	})

	t.Run("what somebody changes is put right", func(t *testing.T) {
		for _, each := range w.drifts(t, host) {
			each.hurt(t)
			if each.isRight(t.Context()) {
				t.Fatalf("%s: nothing was changed", each.what)
			}
			changed := time.Now()
			w.until(t, each.what+" is as declared again", 2*time.Minute, each.isRight)
			t.Logf("put right: %s, after %s", each.what, time.Since(changed).Round(100*time.Millisecond))
		}
		w.until(t, "the report says that everything is ready", 2*time.Minute, func(ctx context.Context) bool {
			code, _ := w.report(ctx)
			return code == 0
		})
	})

	t.Run("its rights are enough, and nothing was tried before its time", func(t *testing.T) {
		said := w.said("migration-prep-controller-")
		if !strings.Contains(said, `"event":"started"`) {
			t.Fatalf("the controller said nothing: %s", said)
		}
		for _, line := range strings.Split(said, "\n") {
			if strings.Contains(line, "forbidden") || strings.Contains(line, `"event":"retry"`) || strings.Contains(line, vc.Password) {
				t.Errorf("%s", line)
			}
		}
		all := w.audit(t, "migration-prep-controller")
		if len(all) == 0 {
			t.Fatal("the API server heard nothing of the controller")
		}
		for _, each := range all {
			if each.ResponseStatus.Code == http.StatusForbidden {
				t.Errorf("refused: %s %s", each.Verb, each.RequestURI)
			}
		}
	})

	// Argo CD runs the hook PreDelete from 3.3 on. Before, somebody does what the README says.
	t.Run("when the release goes, the page may change what it held", func(t *testing.T) {
		w.deleteApplication(t, 3*time.Minute)
		command := exec.CommandContext(t.Context(), "node", project+"/dist-tools/main.mjs", "cleanup", "--only", "plugin,declared", "--namespace", release, "--kubeconfig", w.Kubeconfig)
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		if w.enabled(t.Context()) {
			t.Error("the plugin is in the console's list")
		}
		for _, each := range [][2]string{{"Provider", "vcenter"}, {"ForkliftController", "forklift-controller"}} {
			object := w.find(t.Context(), forklift, each[0], mtv, each[1])
			if object == nil {
				t.Errorf("%s is gone", each[0])
			}
			if by, _, _ := unstructured.NestedString(object, "metadata", "annotations", "migration-prep/declared-by"); by != "" {
				t.Errorf("%s is still held by %s", each[0], by)
			}
		}
	})
}

// said is what the pods printed whose names begin so.
func (w *world) said(pod string) string {
	files, _ := filepath.Glob(filepath.Join(w.dir, "kubelet", "logs", release, pod+"*", "*.log"))
	var text strings.Builder
	for _, file := range files {
		content, _ := os.ReadFile(file)
		text.Write(content)
	}
	return text.String()
}

func (w *world) isReady(ctx context.Context, kind, name string) bool {
	conditions, _, _ := unstructured.NestedSlice(w.find(ctx, forklift, kind, mtv, name), "status", "conditions")
	for _, each := range conditions {
		condition := each.(map[string]any)
		if condition["type"] == "Ready" {
			return condition["status"] == "True"
		}
	}
	return false
}

// host is the name of the only Host, once it is there.
func (w *world) host(t *testing.T) (name string) {
	t.Helper()
	w.until(t, "there is a Host", 2*time.Minute, func(ctx context.Context) bool {
		list := &unstructured.UnstructuredList{}
		list.SetAPIVersion(forklift)
		list.SetKind("HostList")
		if w.List(ctx, list) != nil || len(list.Items) != 1 {
			return false
		}
		name = list.Items[0].GetName()
		return true
	})
	return name
}

// unlikeByClicks says how what is on the cluster differs from what the page's clicks leave there, by the program that the browser test
// of the step Prerequisites runs too.
func (w *world) unlikeByClicks(t *testing.T, names map[string]string) string {
	t.Helper()
	run, err := json.Marshal(map[string]any{"names": names, "written": w.written(t)})
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "node", project+"/integration-tests/end-state/compare.mjs", "values", w.Kubeconfig)
	command.Stdin = bytes.NewReader(run)
	output, err := command.CombinedOutput()
	if err != nil && len(output) == 0 {
		t.Fatal(err)
	}
	return string(output)
}

// image is what MTV uses.
func (w *world) image(ctx context.Context) string {
	image, _, _ := unstructured.NestedString(w.find(ctx, forklift, "ForkliftController", mtv, "forklift-controller"), "spec", "vddk_image")
	return image
}

// plan is what somebody makes in MTV: a migration plan with networks that are not there yet.
func (w *world) plan(t *testing.T) {
	t.Helper()
	ref := func(name string) map[string]any { return map[string]any{"name": name, "namespace": mtv} }
	providers := map[string]any{"source": ref("vcenter"), "destination": ref("host")}
	var networks []any
	for _, name := range []string{"app-100", "db-200", "std-300"} {
		networks = append(networks, map[string]any{
			"source": map[string]any{"name": name}, "destination": map[string]any{"type": "multus", "namespace": target, "name": name},
		})
	}
	for kind, spec := range map[string]map[string]any{
		"NetworkMap": {"provider": providers, "map": networks},
		"Plan": {
			"provider": providers, "targetNamespace": target, "map": map[string]any{"network": ref("move"), "storage": ref("move")}, "vms": []any{},
		},
	} {
		object := &unstructured.Unstructured{Object: map[string]any{"apiVersion": forklift, "kind": kind, "spec": spec}}
		object.SetNamespace(mtv)
		object.SetName("move")
		if err := w.Create(t.Context(), object); err != nil {
			t.Fatal(err)
		}
	}
}

// report judges every check, and answers with the exit code: 0 when everything is ready.
func (w *world) report(ctx context.Context) (int, string) {
	command := exec.CommandContext(ctx, "node", project+"/dist-tools/main.mjs", "report", "--dry-run", "--exit-code", "--deadline", "0", "--kubeconfig", w.Kubeconfig)
	output, err := command.CombinedOutput()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return failed.ExitCode(), string(output)
	}
	return 0, string(output)
}

// drift is something that values declare, changed by somebody.
type drift struct {
	what    string
	hurt    func(t *testing.T)
	isRight func(ctx context.Context) bool
}

// drifts are all that these values declare.
func (w *world) drifts(t *testing.T, host string) []drift {
	field := func(apiVersion, kind, namespace, name string, patch string, path ...string) drift {
		read := func(ctx context.Context) any {
			value, _, _ := unstructured.NestedFieldNoCopy(w.find(ctx, apiVersion, kind, namespace, name), path...)
			return value
		}
		declared := read(t.Context())
		if declared == nil {
			t.Fatalf("%s has no %s", kind, strings.Join(path, "."))
		}
		return drift{kind + " " + strings.Join(path, "."), func(t *testing.T) {
			t.Helper()
			object := &unstructured.Unstructured{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
			object.SetNamespace(namespace)
			object.SetName(name)
			if err := w.Patch(t.Context(), object, client.RawPatch(types.MergePatchType, []byte(patch))); err != nil {
				t.Fatal(err)
			}
		}, func(ctx context.Context) bool { return read(ctx) == declared }}
	}
	gone := func(apiVersion, kind, namespace, name string) drift {
		was := w.find(t.Context(), apiVersion, kind, namespace, name)
		if was == nil {
			t.Fatalf("there is no %s %s", kind, name)
		}
		uid, _, _ := unstructured.NestedString(was, "metadata", "uid")
		return drift{kind + " deleted", func(t *testing.T) {
			t.Helper()
			if err := w.Delete(t.Context(), &unstructured.Unstructured{Object: was}); err != nil {
				t.Fatal(err)
			}
		}, func(ctx context.Context) bool {
			is, _, _ := unstructured.NestedString(w.find(ctx, apiVersion, kind, namespace, name), "metadata", "uid")
			return is != "" && is != uid
		}}
	}
	together := func(what string, several ...drift) drift {
		return drift{what, func(t *testing.T) {
			t.Helper()
			for _, each := range several {
				each.hurt(t)
			}
		}, func(ctx context.Context) bool {
			return !slices.ContainsFunc(several, func(each drift) bool { return !each.isRight(ctx) })
		}}
	}
	return []drift{
		// A Host alone is looked at every 5 minutes, and when a Provider changes.
		together("Provider spec.url, and its Host with its Secret",
			field(forklift, "Host", mtv, host, `{"spec":{"ipAddress":"192.0.2.99"}}`, "spec", "ipAddress"),
			field("v1", "Secret", mtv, host+"-credentials", `{"data":{"provider":"b3RoZXI="}}`, "data", "provider"),
			field(forklift, "Provider", mtv, "vcenter", `{"spec":{"url":"https://other.example.com/sdk"}}`, "spec", "url"),
		),
		field(forklift, "Provider", mtv, "vcenter", `{"spec":{"settings":{"vddkInitImage":"quay.io/other/vddk:1"}}}`, "spec", "settings", "vddkInitImage"),
		field(forklift, "ForkliftController", mtv, "forklift-controller", `{"spec":{"vddk_image":"quay.io/other/vddk:1"}}`, "spec", "vddk_image"),
		field("v1", "Secret", mtv, "vcenter-credentials", `{"data":{"insecureSkipVerify":"dHJ1ZQ=="}}`, "data", "insecureSkipVerify"),
		together("Host deleted, and its Provider", gone(forklift, "Host", mtv, host), gone(forklift, "Provider", mtv, "vcenter")),
		gone("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", target, "app-100"),
		field("storage.k8s.io/v1", "StorageClass", "", "lvms-vg1", `{"metadata":{"annotations":{"`+virtDefault+`":null}}}`, "metadata", "annotations", virtDefault),
		field("imageregistry.operator.openshift.io/v1", "Config", "", "cluster", `{"spec":{"managementState":"Removed"}}`, "spec", "managementState"),
		field("hco.kubevirt.io/v1beta1", "HyperConverged", "openshift-cnv", "kubevirt-hyperconverged", `{"spec":{"evictionStrategy":"None"}}`, "spec", "evictionStrategy"),
	}
}
