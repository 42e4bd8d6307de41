package openshiftapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// asKnown are answers as the sources of openshift-apiserver (release-4.22) give them; they are asked without recordings too.
func (w *replay) asKnown(t *testing.T) {
	const config = "known"
	w.prepare(t, config, dockerfile)
	spec := func(change string) string {
		return fmt.Sprintf(`{"apiVersion":"build.openshift.io/v1","kind":"BuildConfig","metadata":{"name":"other"},"spec":%s}`, change)
	}
	for _, test := range []struct {
		name, user, method, path, body string
		code                           int
		says                           string
	}{
		{"no source", "", http.MethodPost, buildPath + "/buildconfigs", spec(`{"strategy":{"type":"Docker"}}`), 422, "must provide a value for at least one source input"},
		{"no strategy", "", http.MethodPost, buildPath + "/buildconfigs", spec(`{"source":{"binary":{}}}`), 422, "must provide a value for exactly one of sourceStrategy"},
		{
			"an output without tag", "", http.MethodPost, buildPath + "/buildconfigs",
			spec(`{"source":{"binary":{}},"strategy":{"type":"Docker"},"output":{"to":{"kind":"ImageStreamTag","name":"x"}}}`), 422,
			"ImageStreamTag object references must be in the form <name>:<tag>",
		},
		{
			"a run policy of its own", "", http.MethodPost, buildPath + "/buildconfigs", spec(`{"runPolicy":"Now","source":{"binary":{}},"strategy":{"type":"Docker"}}`),
			422, "run policy must Parallel, Serial, or SerialLatestOnly",
		},
		{"an ImageStream that no registry could hold", "", http.MethodPost, imagePath + "/imagestreams", `{"metadata":{"name":"a.-b"}}`, 422, "must match"},
		{"a tag without a stream", "", http.MethodGet, imagePath + "/imagestreamtags/known", "", 400, "ImageStreamTags must be retrieved with <name>:<tag>"},
		{"an unknown BuildConfig", "", http.MethodPost, buildPath + "/buildconfigs/nope/instantiatebinary", "x", 404, `buildconfigs.build.openshift.io "nope" not found`},
		{"a rehearsed upload", "", http.MethodPost, buildPath + "/buildconfigs/known/instantiatebinary?dryRun=All", "x", 400, "dryRun is not supported"},
		{"a name with a slash", "", http.MethodPost, buildPath + "/buildconfigs/known/instantiatebinary?asFile=a%2Fb", "x", 422, "file name may not contain slashes"},
		{
			"no right to upload", "viewer", http.MethodPost, buildPath + "/buildconfigs/known/instantiatebinary", "x", 403,
			`User "viewer" cannot create resource "buildconfigs/instantiatebinary"`,
		},
		{"no right to look", "viewer", http.MethodGet, buildPath + "/builds", "", 403, `cannot list resource "builds"`},
		{"the log of no build", "", http.MethodGet, buildPath + "/builds/nope/log", "", 404, `builds.build.openshift.io "nope" not found`},
		{
			"an import for good", "", http.MethodPost, imagePath + "/imagestreamimports",
			`{"metadata":{"name":"p"},"spec":{"import":true,"images":[{"from":{"kind":"DockerImage","name":"a/b:c"}}]}}`, 422, "only looks",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := w.ask(t.Context(), test.user, test.method, test.path, "application/json", strings.NewReader(test.body))
			message, _ := got.Body["message"].(string)
			if err != nil || got.Code != test.code || !strings.Contains(message, test.says) {
				t.Errorf("%v %d %s", err, got.Code, got.text)
			}
		})
	}

	t.Run("nobody runs the build: cancelled after five minutes", func(t *testing.T) {
		answers := make(chan answer, 1)
		go func() {
			got, err := w.upload(t.Context(), config, bytes.NewReader(vddk(t)))
			if err != nil {
				t.Error(err)
			}
			answers <- got
		}()
		w.onNewBuild(t, func(t *testing.T, w *replay, _ *buildv1.Build) {
			w.clock.Step(5*time.Minute - time.Second)
			select {
			case got := <-answers:
				t.Errorf("answered too early: %+v", got)
			case <-time.After(200 * time.Millisecond):
			}
			w.clock.Step(time.Second)
		})
		got := <-answers
		number := w.config(t, config).Status.LastVersion
		want := fmt.Sprintf("unable to wait for build known-%d to run: timed out waiting for the condition", number)
		if got.Code != http.StatusBadRequest || !strings.Contains(got.text, want) {
			t.Errorf("got %d %s", got.Code, got.text)
		}
		if build := w.build(t, fmt.Sprintf("known-%d", number)); !build.Status.Cancelled || build.Status.Phase != buildv1.BuildPhaseNew {
			t.Errorf("the build is %+v", build.Status)
		}
	})

	t.Run("without the ServiceAccount builder: 500 that says so, and no build", func(t *testing.T) {
		account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "builder", Namespace: project}}
		if err := w.client.Delete(t.Context(), account); err != nil {
			t.Fatal(err)
		}
		got, err := w.upload(t.Context(), config, bytes.NewReader(vddk(t)))
		message, _ := got.Body["message"].(string)
		if err != nil || got.Code != http.StatusInternalServerError || message != `error getting push/pull secrets for service account demo/builder: serviceaccounts "builder" not found` {
			t.Errorf("%v %d %s", err, got.Code, got.text)
		}
		w.create(t, &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "builder", Namespace: project}})
	})

	for _, test := range []struct {
		name, mode            string
		code                  int
		entries, own          int
		architecture, message string
	}{
		{"lib/list:multi", "", 0, 0, 0, "amd64", ""},
		{"lib/list:multi", "PreserveOriginal", 0, 3, 3, "", ""},
		{"lib/sparse:multi", "Legacy", 0, 0, 0, "amd64", ""},
		{"lib/sparse:multi", "PreserveOriginal", 404, 0, 0, "", "not found"},
		{"lib/vddk:good", "PreserveOriginal", 0, 0, 0, "amd64", ""},
	} {
		t.Run("an import of "+test.name+" in the mode "+test.mode, func(t *testing.T) {
			got := w.mustAsk(t, http.MethodPost, imagePath+"/imagestreamimports", map[string]any{
				"metadata": map[string]any{"name": "probe"},
				"spec": map[string]any{"import": false, "images": []any{map[string]any{
					"from":         map[string]any{"kind": "DockerImage", "name": w.registry.host + "/" + test.name},
					"importPolicy": map[string]any{"insecure": true, "importMode": test.mode},
				}}},
			})
			answered := &imagev1.ImageStreamImport{}
			if err := json.Unmarshal([]byte(got.text), answered); err != nil || got.Code != http.StatusCreated {
				t.Fatalf("%v %d %s", err, got.Code, got.text)
			}
			seen := answered.Status.Images[0]
			if int(seen.Status.Code) != test.code || !strings.Contains(seen.Status.Message, test.message) || len(seen.Manifests) != test.own {
				t.Fatalf("%s", got.text)
			}
			if seen.Image == nil {
				return
			}
			var metadata struct{ Architecture string }
			if err := json.Unmarshal(seen.Image.DockerImageMetadata.Raw, &metadata); err != nil || metadata.Architecture != test.architecture || len(seen.Image.DockerImageManifests) != test.entries {
				t.Errorf("%v %s", err, got.text)
			}
		})
	}

	t.Run("writes that a console sends: JSON patch, and a watch tells", func(t *testing.T) {
		before := w.config(t, config)
		patch := client.RawPatch(types.JSONPatchType, []byte(`[{"op":"test","path":"/metadata/name","value":"known"},{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]`))
		if err := w.client.Patch(t.Context(), before.DeepCopy(), patch); err != nil {
			t.Fatal(err)
		}
		after := w.config(t, config)
		if after.Labels["a"] != "b" || after.Generation != before.Generation {
			t.Errorf("patched to %+v", after.ObjectMeta)
		}
		got := w.mustAsk(t, http.MethodGet, buildPath+"/buildconfigs?watch=true&timeoutSeconds=1&resourceVersion="+before.ResourceVersion, nil)
		var event struct {
			Type   string
			Object metav1.PartialObjectMetadata
		}
		if err := json.Unmarshal([]byte(strings.SplitN(got.text, "\n", 2)[0]), &event); err != nil || event.Type != "MODIFIED" || event.Object.Labels["a"] != "b" {
			t.Errorf("the watch tells %v %s", err, got.text)
		}
	})

	t.Run("the groups go and come back", func(t *testing.T) {
		if err := w.server.Withdraw(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.mustAsk(t, http.MethodGet, buildPath+"/buildconfigs", nil); got.Code != http.StatusNotFound {
			t.Errorf("withdrawn, it answers %d %s", got.Code, got.text)
		}
		if err := w.server.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		// A client that looks anew, as one that resets the cluster, finds them at once.
		fresh, err := client.New(w.controlPlane.Config, client.Options{Scheme: w.client.Scheme()})
		if err != nil {
			t.Fatal(err)
		}
		if err := fresh.Get(t.Context(), client.ObjectKey{Namespace: project, Name: config}, &buildv1.BuildConfig{}); err != nil {
			t.Error(err)
		}
	})
}

func (w *world) config(t *testing.T, name string) *buildv1.BuildConfig {
	t.Helper()
	config := &buildv1.BuildConfig{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: project, Name: name}, config); err != nil {
		t.Fatal(err)
	}
	return config
}
