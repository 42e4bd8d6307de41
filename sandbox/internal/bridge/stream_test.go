package bridge_test

import (
	"bufio"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"github.com/migration-prep/migration-prep/sandbox/internal/bridge"
	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

// signedIn is a browser at a bridge before an API server of the test's own.
func signedIn(t *testing.T, apiServer http.HandlerFunc) *browser {
	t.Helper()
	upstream := httptest.NewTLSServer(apiServer)
	t.Cleanup(upstream.Close)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: upstream.Certificate().Raw})
	console, err := bridge.Start(t.Context(), bridge.Options{
		APIServer: &rest.Config{Host: upstream.URL, TLSClientConfig: rest.TLSClientConfig{CAData: ca}},
		Users:     []controlplane.User{{Name: "prep", Token: "token-of-prep"}}, Plugin: t.TempDir(), Host: t.TempDir(), Listener: listen(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(console.Stop)
	jar, _ := cookiejar.New(nil)
	b := &browser{Client: &http.Client{Jar: jar, Timeout: 8 * time.Second}, url: console.URL, csrf: true}
	signIn(t, b)
	return b
}

// Neither direction may be held back: an upload is larger than memory, and a log is read while it is written.
func TestUploadsAreStreamed(t *testing.T) {
	const piece, pieces = 1 << 20, 64
	arrived := make(chan struct{})
	b := signedIn(t, func(w http.ResponseWriter, r *http.Request) {
		buffer := make([]byte, piece)
		for {
			if _, err := io.ReadFull(r.Body, buffer); err != nil {
				break
			}
			select {
			case arrived <- struct{}{}:
			case <-t.Context().Done():
				return
			}
		}
		w.WriteHeader(http.StatusCreated)
	})
	body, write := io.Pipe()
	t.Cleanup(func() { _ = write.Close() })
	request, err := http.NewRequest(http.MethodPost, b.url+"/api/kubernetes/apis/build.openshift.io/v1/x/instantiatebinary", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-CSRFToken", b.token())
	codes := make(chan int, 1)
	go func() {
		answer, err := b.Do(request)
		if err != nil {
			t.Error(err)
			codes <- 0
			return
		}
		_ = answer.Body.Close()
		codes <- answer.StatusCode
	}()
	for i := range pieces {
		if _, err := write.Write(make([]byte, piece)); err != nil {
			t.Fatal(err)
		}
		// The next piece is sent only when this one is there.
		select {
		case <-arrived:
		case <-time.After(5 * time.Second):
			t.Fatalf("piece %d is held back", i)
		}
	}
	_ = write.Close()
	if code := <-codes; code != http.StatusCreated {
		t.Errorf("the upload ends with %d", code)
	}
}

func TestLogsAreStreamed(t *testing.T) {
	read := make(chan struct{})
	b := signedIn(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 3 {
			_, _ = w.Write([]byte("a line\n"))
			_ = http.NewResponseController(w).Flush()
			select {
			case <-read:
			case <-t.Context().Done():
				return
			}
		}
	})
	answer, err := b.Get(b.url + "/api/kubernetes/apis/build.openshift.io/v1/x/log?follow=true")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewReader(answer.Body)
	for range 3 {
		// What is held back ends with the browser's patience.
		if line, err := lines.ReadString('\n'); err != nil || line != "a line\n" {
			t.Fatalf("%q %v", line, err)
		}
		read <- struct{}{}
	}
}
