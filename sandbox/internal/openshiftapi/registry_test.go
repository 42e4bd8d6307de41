package openshiftapi_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	imagev1 "github.com/openshift/api/image/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// fakeRegistry is a registry without TLS that has one image, lib/vddk:good, like the one that answers were recorded with.
type fakeRegistry struct{ host string }

func newFakeRegistry(t *testing.T) *fakeRegistry {
	config := []byte(`{"architecture":"amd64","os":"linux","created":"2026-11-01T00:00:00Z","config":{"User":"1001",` +
		`"Entrypoint":["cp","-r","/vmware-vix-disklib-distrib","/opt"],"Labels":{"io.migration-prep.vddk.version":"8.0.1"}},"rootfs":{"type":"layers","diff_ids":[]}}`)
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(config))
	manifest, err := json.Marshal(map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
		"config": map[string]any{"digest": digest, "size": 416, "mediaType": "application/vnd.docker.container.image.v1+json"},
		"layers": []map[string]any{{"digest": "sha256:" + strings.Repeat("0", 64), "size": 100, "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	serve := func(content []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(content) }
	}
	mux.HandleFunc("/v2/{$}", serve([]byte("{}")))
	mux.HandleFunc("/v2/lib/vddk/manifests/good", serve(manifest))
	mux.HandleFunc("/v2/lib/vddk/blobs/"+digest, serve(config))
	// lib/list is for two platforms and has an attestation; lib/sparse lacks one of its images, as copies of lists do.
	entry := func(architecture string) map[string]any {
		config := []byte(fmt.Sprintf(`{"architecture":%q,"os":"linux","created":"2026-11-01T00:00:00Z","config":{"Entrypoint":["cp","-r","/vmware-vix-disklib-distrib","/opt"]}}`, architecture))
		configDigest := fmt.Sprintf("sha256:%x", sha256.Sum256(config))
		manifest := []byte(fmt.Sprintf(`{"schemaVersion":2,"mediaType":%q,"config":{"digest":%q,"size":%d},"layers":[]}`, ociManifest, configDigest, len(config)))
		digest := fmt.Sprintf("sha256:%x", sha256.Sum256(manifest))
		mux.HandleFunc("/v2/lib/list/manifests/"+digest, serve(manifest))
		mux.HandleFunc("/v2/lib/list/blobs/"+configDigest, serve(config))
		if architecture == "amd64" {
			mux.HandleFunc("/v2/lib/sparse/manifests/"+digest, serve(manifest))
			mux.HandleFunc("/v2/lib/sparse/blobs/"+configDigest, serve(config))
		}
		os := "linux"
		if architecture == "unknown" {
			os = "unknown"
		}
		return map[string]any{"digest": digest, "mediaType": ociManifest, "size": len(manifest), "platform": map[string]any{"architecture": architecture, "os": os}}
	}
	index, err := json.Marshal(map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []any{entry("arm64"), entry("amd64"), entry("unknown")},
	})
	if err != nil {
		t.Fatal(err)
	}
	mux.HandleFunc("/v2/lib/list/manifests/multi", serve(index))
	mux.HandleFunc("/v2/lib/sparse/manifests/multi", serve(index))
	mux.HandleFunc("/v2/secret/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return &fakeRegistry{host: strings.TrimPrefix(server.URL, "http://")}
}

const ociManifest = "application/vnd.oci.image.manifest.v1+json"

// Addresses that answers were recorded with: a registry, and an API server that is none.
const recordedRegistry, recordedAPIServer = "127.0.0.1:5999", "127.0.0.1:28443"

// here puts this machine's addresses into a text, there takes them out.
func (r *fakeRegistry) here(text, apiServer string) string {
	return strings.NewReplacer(recordedRegistry, r.host, recordedAPIServer, strings.TrimPrefix(apiServer, "https://")).Replace(text)
}

func (r *fakeRegistry) there(text, apiServer string) string {
	return strings.NewReplacer(r.host, recordedRegistry, strings.TrimPrefix(apiServer, "https://"), recordedAPIServer).Replace(text)
}

// awaitStream waits until ImageStreams say that they are reached at a host, or at none.
func (w *world) awaitStream(t *testing.T, host string) {
	t.Helper()
	err := wait.PollUntilContextTimeout(t.Context(), 20*time.Millisecond, 10*time.Second, true, func(ctx context.Context) (bool, error) {
		stream := &imagev1.ImageStream{}
		err := w.client.Get(ctx, client.ObjectKey{Namespace: project, Name: name}, stream)
		repository := stream.Status.DockerImageRepository
		return err == nil && (repository == "") == (host == "") && strings.HasPrefix(repository, host), err
	})
	if err != nil {
		t.Fatal(err)
	}
}
