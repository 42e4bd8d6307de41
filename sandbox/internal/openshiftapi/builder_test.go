package openshiftapi_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
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
		for _, line := range []string{"Receiving source from STDIN as archive ...", "STEP 2/7: COPY --chmod=0755 vmware", "Successfully pushed " + registryHost + "/demo/" + name + "@" + digest, "Push successful\n"} {
			if !strings.Contains(log.text, line) {
				t.Errorf("the log lacks %q:\n%s", line, log.text)
			}
		}
	})
}
