package openshiftapi_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

func TestBuilder(t *testing.T) {
	w := newWorld(t, nil)

	t.Run("a good archive becomes an image with a digest", func(t *testing.T) {
		w.prepare(t, name, dockerfile)
		got, err := w.upload(t.Context(), name, bytes.NewReader(vddk(t)))
		if err != nil || got.Code != http.StatusCreated {
			t.Fatalf("%v %+v", err, got)
		}
		build := w.awaitBuild(t, name+"-1", in(buildv1.BuildPhaseComplete))
		digest := build.Status.Output.To.ImageDigest
		if !strings.HasPrefix(digest, "sha256:") || build.Status.OutputDockerImageReference != registryHost+"/demo/"+name+":latest" {
			t.Errorf("the build says %+v", build.Status)
		}
		stream := &imagev1.ImageStream{}
		if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: project, Name: name}, stream); err != nil {
			t.Fatal(err)
		}
		if newest := stream.Status.Tags[0].Items[0]; newest.Image != digest || newest.DockerImageReference != registryHost+"/demo/"+name+"@"+digest {
			t.Errorf("the stream's newest image is %+v", newest)
		}
		tag := w.mustAsk(t, http.MethodGet, imagePath+"/imagestreamtags/"+name+":latest", nil)
		var seen struct {
			Image struct {
				DockerImageReference string
				DockerImageMetadata  struct {
					Architecture string
					Config       struct {
						User       string
						Entrypoint []string
						Labels     map[string]string
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(tag.text), &seen); err != nil {
			t.Fatal(err)
		}
		image := seen.Image.DockerImageMetadata
		if image.Architecture != "amd64" || image.Config.User != "1001" || strings.Join(image.Config.Entrypoint, " ") != "cp -r /vmware-vix-disklib-distrib /opt" ||
			image.Config.Labels["io.migration-prep.vddk.version"] != "8.0.1" || image.Config.Labels["io.openshift.build.name"] != name+"-1" {
			t.Errorf("the image is %s", tag.text)
		}
		log := w.mustAsk(t, http.MethodGet, buildPath+"/builds/"+name+"-1/log?follow=true", nil)
		for _, line := range []string{
			"Receiving source from STDIN as archive ...", "STEP 2/7: COPY --chmod=0755 vmware", "Successfully pushed " + registryHost + "/demo/" + name + "@" + digest,
			"Push successful\n",
		} {
			if !strings.Contains(log.text, line) {
				t.Errorf("the log lacks %q:\n%s", line, log.text)
			}
		}
	})

	t.Run("an import that only looks finds the image in its project, and nowhere else", func(t *testing.T) {
		for at, code := range map[string]float64{"demo/" + name: 0, "demo/" + name + ":old": 404, "demo/other": 404, "other/" + name: 401} {
			got := w.mustAsk(t, http.MethodPost, imagePath+"/imagestreamimports", map[string]any{
				"metadata": map[string]any{"name": "probe"},
				"spec":     map[string]any{"import": false, "images": []any{map[string]any{"from": map[string]any{"kind": "DockerImage", "name": registryHost + "/" + at}}}},
			})
			var seen struct {
				Status struct {
					Images []struct{ Status struct{ Code float64 } }
				}
			}
			if err := json.Unmarshal([]byte(got.text), &seen); err != nil || got.Code != http.StatusCreated || seen.Status.Images[0].Status.Code != code {
				t.Errorf("%s: %v %d %s", at, err, got.Code, got.text)
			}
		}
	})

	for name, test := range map[string]struct {
		body            []byte
		reason, message string
		snippet         string
	}{
		"no library": {
			archive(t, "vmware-tools-distrib/", "vmware-tools-distrib/README"), "DockerBuildFailed", "Dockerfile build strategy has failed.",
			`copier: stat: "/vmware-vix-disklib-distrib": no such file or directory`,
		},
		"no archive":     {[]byte("<html>Sign in</html>"), "FetchSourceFailed", "Failed to fetch the input source.", "unable to extract binary build input"},
		"cut off":        {vddk(t)[:100], "FetchSourceFailed", "Failed to fetch the input source.", "unable to extract binary build input"},
		"path traversal": {archive(t, "../etc/passwd"), "FetchSourceFailed", "Failed to fetch the input source.", "unable to extract binary build input"},
		"empty":          {nil, "DockerBuildFailed", "Dockerfile build strategy has failed.", "no such file or directory"},
	} {
		t.Run(name+": the upload is taken, the build fails", func(t *testing.T) {
			config := strings.ReplaceAll(name, " ", "-")
			w.prepare(t, config, dockerfile)
			got, err := w.upload(t.Context(), config, bytes.NewReader(test.body))
			if err != nil || got.Code != http.StatusCreated {
				t.Fatalf("%v %+v", err, got)
			}
			build := w.awaitBuild(t, config+"-1", done)
			if s := build.Status; s.Phase != buildv1.BuildPhaseFailed || string(s.Reason) != test.reason || s.Message != test.message {
				t.Errorf("the build is %+v", build.Status)
			}
			log := w.mustAsk(t, http.MethodGet, buildPath+"/builds/"+config+"-1/log", nil)
			last := strings.Split(strings.TrimSpace(log.text), "\n")
			if !strings.Contains(last[len(last)-1], test.snippet) || !strings.HasPrefix(last[len(last)-1], "error: ") || build.Status.LogSnippet == "" {
				t.Errorf("the log is %s, its excerpt %s", log.text, build.Status.LogSnippet)
			}
		})
	}

	t.Run("an upload that breaks off: nobody cancels the build, its pod finds the source incomplete", func(t *testing.T) {
		w.prepare(t, "aborted", dockerfile)
		reader, writer := io.Pipe()
		ended := make(chan error, 1)
		go func() {
			_, err := w.upload(t.Context(), "aborted", reader)
			ended <- err
		}()
		if _, err := writer.Write(vddk(t)[:50]); err != nil {
			t.Fatal(err)
		}
		w.awaitBuild(t, "aborted-1", in(buildv1.BuildPhaseRunning))
		_ = writer.CloseWithError(errors.New("the tab was closed"))
		if err := <-ended; err == nil {
			t.Error("the upload went through")
		}
		build := w.awaitBuild(t, "aborted-1", done)
		if s := build.Status; s.Phase != buildv1.BuildPhaseFailed || s.Reason != buildv1.StatusReasonFetchSourceFailed || s.Cancelled {
			t.Errorf("the build is %+v", build.Status)
		}
	})

	t.Run("an upload that breaks off before its build runs: the build goes on to its end all the same", func(t *testing.T) {
		w.prepare(t, "early", dockerfile)
		reader, writer := io.Pipe()
		ended := make(chan error, 1)
		go func() {
			_, err := w.upload(t.Context(), "early", reader)
			ended <- err
		}()
		w.awaitBuild(t, "early-1", func(*buildv1.Build) bool { return true })
		_ = writer.CloseWithError(errors.New("the tab was closed"))
		if err := <-ended; err == nil {
			t.Error("the upload went through")
		}
		// Of the archive nothing arrived: an empty one.
		if s := w.awaitBuild(t, "early-1", done).Status; s.Phase != buildv1.BuildPhaseFailed || s.Cancelled {
			t.Errorf("the build is %+v", s)
		}
	})

	t.Run("builds of one BuildConfig run one after the other; a cancelled one makes room", func(t *testing.T) {
		w.prepare(t, "queue", dockerfile)
		reader, writer := io.Pipe()
		answers := make(chan answer, 2)
		send := func(body io.Reader) {
			got, err := w.upload(t.Context(), "queue", body)
			if err != nil {
				t.Error(err)
			}
			answers <- got
		}
		go send(reader)
		w.awaitBuild(t, "queue-1", in(buildv1.BuildPhaseRunning))
		go send(bytes.NewReader(vddk(t)))
		w.awaitBuild(t, "queue-2", in(buildv1.BuildPhaseNew))
		time.Sleep(300 * time.Millisecond)
		if phase := w.build(t, "queue-2").Status.Phase; phase != buildv1.BuildPhaseNew {
			t.Errorf("the second build is %s beside the first", phase)
		}
		first := w.build(t, "queue-1")
		patch := client.RawPatch(types.MergePatchType, []byte(`{"status":{"cancelled":true}}`))
		if err := w.client.Patch(t.Context(), first, patch); err != nil {
			t.Fatal(err)
		}
		w.awaitBuild(t, "queue-1", in(buildv1.BuildPhaseCancelled))
		w.awaitBuild(t, "queue-2", in(buildv1.BuildPhaseComplete))
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
		<-answers
		<-answers
	})

	t.Run("a log is followed while the build runs", func(t *testing.T) {
		w.prepare(t, "followed", dockerfile)
		reader, writer := io.Pipe()
		go func() { _, _ = w.upload(t.Context(), "followed", reader) }()
		w.awaitBuild(t, "followed-1", in(buildv1.BuildPhaseRunning))
		lines := w.follow(t, buildPath+"/builds/followed-1/log?follow=true")
		if first := <-lines; first != "Receiving source from STDIN as archive ..." {
			t.Errorf("the log begins with %q", first)
		}
		if _, err := writer.Write(vddk(t)); err != nil {
			t.Fatal(err)
		}
		_ = writer.Close()
		last := ""
		for line := range lines {
			last = line
		}
		if last != "Push successful" {
			t.Errorf("the log ends with %q", last)
		}
	})

	t.Run("no registry: a binary build fails at once, another waits for one", func(t *testing.T) {
		w.setRegistry(t, "")
		w.awaitStream(t, "")
		w.prepare(t, "removed", dockerfile)
		got, err := w.upload(t.Context(), "removed", bytes.NewReader(vddk(t)))
		if err != nil || got.Code != http.StatusBadRequest || !strings.Contains(got.text, "build removed-1 failed: InvalidOutputReference: Output image could not be resolved.") {
			t.Errorf("%v %+v", err, got)
		}
		w.mustAsk(t, http.MethodPost, buildPath+"/buildconfigs/removed/instantiate", map[string]any{
			"kind": "BuildRequest", "apiVersion": "build.openshift.io/v1", "metadata": map[string]any{"name": "removed"},
		})
		waiting := w.awaitBuild(t, "removed-2", func(build *buildv1.Build) bool { return build.Status.Reason != "" })
		if s := waiting.Status; s.Phase != buildv1.BuildPhaseNew || s.Reason != buildv1.StatusReasonInvalidOutputReference {
			t.Errorf("the build is %+v", s)
		}
		w.setRegistry(t, registryHost)
		// Nothing was uploaded: it runs, and fails for the missing folder.
		w.awaitBuild(t, "removed-2", in(buildv1.BuildPhaseFailed))
	})

	t.Run("a BuildConfig takes its builds along, and keeps five of each kind", func(t *testing.T) {
		for range 6 {
			if got, err := w.upload(t.Context(), "no-library", bytes.NewReader(archive(t, "a/b"))); err != nil || got.Code != http.StatusCreated {
				t.Fatalf("%v %+v", err, got)
			}
		}
		w.awaitBuild(t, "no-library-7", in(buildv1.BuildPhaseFailed))
		count := func() int {
			builds := &buildv1.BuildList{}
			if err := w.client.List(t.Context(), builds, client.InNamespace(project), client.MatchingLabels{"buildconfig": "no-library"}); err != nil {
				t.Fatal(err)
			}
			return len(builds.Items)
		}
		w.eventually(t, 10*time.Second, func() bool { return count() == 5 })
		if err := w.client.Delete(t.Context(), w.config(t, "no-library")); err != nil {
			t.Fatal(err)
		}
		// Kubernetes' garbage collector looks for new kinds every 30 seconds.
		w.eventually(t, time.Minute, func() bool { return count() == 0 })
	})
}

func done(build *buildv1.Build) bool { return build.Status.CompletionTimestamp != nil }

func (w *world) eventually(t *testing.T, patience time.Duration, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within %v", patience)
		}
	}
}

// follow reads a log line by line.
func (w *world) follow(t *testing.T, path string) <-chan string {
	t.Helper()
	transport, err := rest.TransportFor(w.controlPlane.Config)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.controlPlane.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		defer response.Body.Close()
		for scan := bufio.NewScanner(response.Body); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	return lines
}
