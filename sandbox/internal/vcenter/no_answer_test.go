package vcenter_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// Each leaves its client waiting at another point: the connection, the handshake, the answer.
func TestNoAnswer(t *testing.T) {
	vc, _ := start(t)
	const patience = 300 * time.Millisecond
	config := &tls.Config{InsecureSkipVerify: true} //nolint:gosec // It is about whether anything comes, not from whom.
	host := func(name string) string {
		address, err := url.Parse(vc.Endpoints[name])
		if err != nil || address.Host == "" {
			t.Fatalf("%s is at %q: %v", name, vc.Endpoints[name], err)
		}
		return address.Host
	}
	isTimeout := func(err error) bool {
		timeout, ok := errors.AsType[net.Error](err)
		return ok && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded)
	}
	// Again and again: whoever tried before has left nothing in the queue.
	for range 3 {
		if connection, err := net.DialTimeout("tcp4", host("dropping"), patience); !isTimeout(err) {
			t.Fatalf("dropping: %v, %v", connection, err)
		}
	}
	connection, err := net.DialTimeout("tcp4", host("silent"), patience)
	if err != nil {
		t.Fatalf("silent: %v", err)
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := tls.Client(connection, config).HandshakeContext(ctx); !isTimeout(err) {
		t.Errorf("silent: the handshake ended with %v", err)
	}
	secured, err := tls.Dial("tcp4", host("mute"), config)
	if err != nil {
		t.Fatalf("mute: %v", err)
	}
	_ = secured.Close()
	transport := &http.Transport{TLSClientConfig: config}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: patience}
	if answer, err := client.Get(vc.Endpoints["mute"]); !isTimeout(err) {
		t.Errorf("mute: %v, %v", answer, err)
	}
}
