package bridge

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
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
			impersonateBySubprotocol(r)
		}
		// Several groups come in one header, which the console splits (docs/facts/console-host.md, "XHR upload").
		if groups := r.Header.Get("X-Console-Impersonate-Groups"); groups != "" {
			r.Header.Del("X-Console-Impersonate-Groups")
			for group := range strings.SplitSeq(groups, ",") {
				r.Header.Add("Impersonate-Group", group)
			}
		}
	}), nil
}

// subprotocolKey is where the subprotocol is kept that the browser is to be answered with.
type subprotocolKey struct{}

// impersonateBySubprotocol turns the subprotocols of a websocket into headers: a browser cannot set headers there. Names come in
// base64 with "_" for "=" and "-" for "/" (openshift/console, pkg/proxy). The API server does not know these subprotocols.
func impersonateBySubprotocol(r *http.Request) {
	const name = "Sec-Websocket-Protocol"
	var chosen string
	var others []string
	for protocol := range strings.SplitSeq(r.Header.Get(name), ",") {
		protocol = strings.TrimSpace(protocol)
		header, encoded, _ := strings.Cut(protocol, ".")
		decoded, err := base64.StdEncoding.DecodeString(strings.NewReplacer("_", "=", "-", "/").Replace(encoded))
		switch {
		case err == nil && header == "Impersonate-User":
			r.Header.Set(header, string(decoded))
			chosen = protocol
		case err == nil && header == "Impersonate-Group":
			r.Header.Add(header, string(decoded))
			chosen = protocol
		case protocol != "":
			others = append(others, protocol)
		}
	}
	if chosen == "" {
		return
	}
	r.Header.Del(name)
	if len(others) > 0 {
		r.Header.Set(name, strings.Join(others, ", "))
	}
	*r = *r.WithContext(context.WithValue(r.Context(), subprotocolKey{}, chosen))
}

// ErrNoProxy says that a ConsolePlugin has no proxy of that alias, or is not there.
var ErrNoProxy = errors.New("no such proxy")

// serveProxy forwards what is asked of a plugin's proxy. The console knows the proxies by the ConsolePlugins that are there (console-operator,
// pkg/console/configmap); behind a proxy to a service that does not exist it finds no name, and answers 502 without a body.
func (b *Bridge) serveProxy(w http.ResponseWriter, r *http.Request) {
	plugin, alias := r.PathValue("plugin"), r.PathValue("alias")
	base, err := b.options.ProxyOf(r.Context(), plugin, alias)
	if errors.Is(err, ErrNoProxy) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("not found"))
		return
	}
	var service http.Handler
	if err == nil {
		service, err = newServiceProxy(b.options, base)
	}
	if err != nil {
		b.options.Log.Warn("forward a request", "method", r.Method, "path", r.URL.Path, "error", err)
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	http.StripPrefix("/api/proxy/plugin/"+plugin+"/"+alias, service).ServeHTTP(w, r)
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
			// A browser closes a websocket whose answer has none of the subprotocols it asked for.
			if chosen, ok := r.Request.Context().Value(subprotocolKey{}).(string); ok && r.StatusCode == http.StatusSwitchingProtocols {
				r.Header.Set("Sec-Websocket-Protocol", chosen)
			}
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			// The path only: a query may carry what a log must not.
			o.Log.Warn("forward a request", "method", r.Method, "path", r.URL.Path, "error", err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}
}
