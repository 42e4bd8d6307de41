package vcenter

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"
)

// ownNames are what every certificate that is meant to be right is valid for.
var ownNames = []string{"localhost", "127.0.0.1", "::1"}

// closedURL has no listener: port 1 (tcpmux) is unused on any machine that runs a sandbox.
const closedURL = "https://127.0.0.1:1/sdk"

// listen opens the endpoints. Those with a bad certificate serve the same vCenter as the good one, so that skipping the
// check really leads to a working connection.
func (v *VCenter) listen(sdk, esxi, twoSites http.Handler) error {
	soon := time.Now().Add(validity / 2)
	good := leaf{"vcenter.sandbox.example", ownNames, soon}
	certificates := map[string]func() (tls.Certificate, error){
		"good":      func() (tls.Certificate, error) { return v.authority.issue(good) },
		"web-ui":    func() (tls.Certificate, error) { return v.authority.issue(good) },
		"two-sites": func() (tls.Certificate, error) { return v.authority.issue(good) },
		"expired": func() (tls.Certificate, error) {
			return v.authority.issue(leaf{good.commonName, ownNames, time.Now().Add(-24 * time.Hour)})
		},
		"foreign": func() (tls.Certificate, error) {
			return v.authority.issue(leaf{"vcenter.elsewhere.example", []string{"vcenter.elsewhere.example"}, soon})
		},
		"self-signed": func() (tls.Certificate, error) { return selfSigned(good) },
		"esxi":        func() (tls.Certificate, error) { return selfSigned(leaf{"esxi.sandbox.example", ownNames, soon}) },
	}
	handlers := map[string]http.Handler{
		"good": sdk, "self-signed": sdk, "expired": sdk, "foreign": sdk, "esxi": esxi, "web-ui": webClient(), "two-sites": twoSites,
	}
	paths := map[string]string{"web-ui": "/ui/"}
	for name, makeCertificate := range certificates {
		certificate, err := makeCertificate()
		if err != nil {
			return err
		}
		config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
		address, err := v.serve(handlers[name], config)
		if err != nil {
			return fmt.Errorf("open the endpoint %s: %w", name, err)
		}
		path := "/sdk"
		if paths[name] != "" {
			path = paths[name]
		}
		v.Endpoints[name] = "https://" + address + path
	}
	v.URL = v.Endpoints["good"]
	address, err := v.serve(http.RedirectHandler(v.URL, http.StatusMovedPermanently), nil)
	if err != nil {
		return fmt.Errorf("open the endpoint plain-http: %w", err)
	}
	v.Endpoints["plain-http"] = "http://" + address + "/sdk"
	v.Endpoints["closed"] = closedURL
	return v.listenWithoutAnswering(good)
}

// serve answers on a free port of 127.0.0.1, and of ::1 where the machine has IPv6 and the port is free there too.
// Without a TLS configuration it speaks plain HTTP.
func (v *VCenter) serve(handler http.Handler, config *tls.Config) (string, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{
		Handler: handler, TLSConfig: config, ReadHeaderTimeout: 10 * time.Second,
		// Handshakes that clients break off over a bad certificate are what these listeners are for.
		ErrorLog: slog.NewLogLogger(v.log.Handler(), slog.LevelDebug),
	}
	v.servers = append(v.servers, server)
	v.accept(server, listener, config != nil)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	if second, err := net.Listen("tcp6", net.JoinHostPort("::1", port)); err == nil {
		v.accept(server, second, config != nil)
	}
	return listener.Addr().String(), nil
}

// accept is told whether it speaks TLS: serving plain HTTP sets the server's TLSConfig too, for HTTP/2, and another listener would find it.
func (v *VCenter) accept(server *http.Server, listener net.Listener, secure bool) {
	v.serving.Go(func() {
		var err error
		if secure {
			err = server.ServeTLS(listener, "", "")
		} else {
			err = server.Serve(listener)
		}
		if !errors.Is(err, http.ErrServerClosed) {
			v.log.Error("a listener of the vCenter ended", "address", listener.Addr().String(), "error", err)
		}
	})
}

// webClient is vCenter's HTML client as far as a wrong URL meets it: pages below /ui/, nothing at /sdk.
func webClient() http.Handler {
	const page = "<!DOCTYPE html><html><head><title>vSphere Client</title></head><body>vSphere Client</body></html>\n"
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ui/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		_, _ = io.WriteString(w, page) // the client went away: nobody is left to tell
	})
	mux.Handle("GET /{$}", http.RedirectHandler("/ui/", http.StatusFound))
	return mux
}
