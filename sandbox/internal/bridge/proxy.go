package bridge

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"

	"k8s.io/client-go/rest"
)

// newKubernetesProxy forwards to the API server as the signed-in user: [Bridge.authenticated] has set the token.
func newKubernetesProxy(o Options) (http.Handler, error) {
	target, err := url.Parse(o.APIServer.Host)
	if err != nil {
		return nil, fmt.Errorf("address of the API server: %w", err)
	}
	anonymous := rest.AnonymousClientConfig(o.APIServer)
	// A websocket begins with an upgrade, which HTTP/2 does not have.
	anonymous.NextProtos = []string{"http/1.1"}
	transport, err := rest.TransportFor(anonymous)
	if err != nil {
		return nil, fmt.Errorf("transport to the API server: %w", err)
	}
	return forward(o, target, transport, func(r *http.Request) {
		// A websocket's request must name an origin; the console names this one (pkg/proxy).
		if r.Header.Get("Upgrade") != "" {
			r.Header.Set("Origin", "http://localhost")
		}
		// Several groups come in one header, which the console splits (facts/console-host.md, "XHR upload").
		if groups := r.Header.Get("X-Console-Impersonate-Groups"); groups != "" {
			r.Header.Del("X-Console-Impersonate-Groups")
			for group := range strings.SplitSeq(groups, ",") {
				r.Header.Add("Impersonate-Group", group)
			}
		}
	}), nil
}

// newServiceProxy forwards to a service of the cluster with the user's token, as a ConsolePlugin's proxy with
// `authorization: UserToken` does.
func newServiceProxy(o Options, base string) (http.Handler, error) {
	target, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("address of the service: %w", err)
	}
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(o.ProxyCA)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}}
	return forward(o, target, transport, func(*http.Request) {}), nil
}

// forward strips what belongs between browser and console, streams both ways, upgrades websockets, and sandboxes every
// answer so that no document served by a cluster runs scripts in the console's origin.
func forward(o Options, target *url.URL, transport http.RoundTripper, adapt func(*http.Request)) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			for _, name := range []string{"Cookie", csrfHeader, "Origin", "Referer"} {
				r.Out.Header.Del(name)
			}
			adapt(r.Out)
		},
		Transport:     transport,
		FlushInterval: -1,
		ModifyResponse: func(r *http.Response) error {
			r.Header.Set("Content-Security-Policy", "sandbox;")
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			// The path only: a query may carry what a log must not.
			o.Log.Warn("forward a request", "method", r.Method, "path", r.URL.Path, "error", err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}
}
