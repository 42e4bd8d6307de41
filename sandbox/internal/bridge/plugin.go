package bridge

import (
	"crypto/tls"
	"crypto/x509"
	"embed"
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// pluginFiles answers for the plugin's files, by their path below the plugin's folder: from a folder, or as the console does, from the
// https server behind the plugin's Service.
func pluginFiles(o Options) (http.Handler, error) {
	if !strings.HasPrefix(o.Plugin, "https://") {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/settings.json" {
				o.serveSettings(w, r)
				return
			}
			serveCompressed(w, r, o.Plugin, strings.TrimPrefix(r.URL.Path, "/"))
		}), nil
	}
	target, err := url.Parse(o.Plugin)
	if err != nil {
		return nil, fmt.Errorf("address of the plugin: %w", err)
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM(o.PluginCA) {
		return nil, fmt.Errorf("no certificate authority is given for %s", o.Plugin)
	}
	return &httputil.ReverseProxy{
		// The console asks anew, without the query (pkg/plugins/handlers.go of openshift/console).
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.URL.Path, r.Out.URL.RawPath, r.Out.URL.RawQuery = path.Join("/", target.Path, r.In.URL.Path), "", ""
			for _, name := range []string{"Cookie", csrfHeader, "Authorization"} {
				r.Out.Header.Del(name)
			}
		},
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}},
		// The console says it already.
		ModifyResponse: func(r *http.Response) error {
			r.Header.Del("X-Content-Type-Options")
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			o.Log.Warn("ask the plugin's server", "path", r.URL.Path, "error", err)
			writeJSON(w, http.StatusBadGateway, map[string]string{
				"error": fmt.Sprintf("failed to send GET request for %q plugin: %v", o.PluginName, err),
			})
		},
	}, nil
}

// serveSettings is what the chart's server has in addition to the plugin's files (charts/migration-prep/templates/plugin/_nginx.tpl).
func (o Options) serveSettings(w http.ResponseWriter, r *http.Request) {
	if o.Settings == nil {
		http.NotFound(w, r)
		return
	}
	settings, err := o.Settings(r.Context())
	if err != nil {
		o.Log.Warn("serve the plugin's settings", "error", err)
		http.NotFound(w, r)
		return
	}
	writeJSON(w, http.StatusOK, settings)
}

// mtvFiles are MTV's console plugin as far as the sandbox has it: its entries in the console's navigation
// (kubev2v/forklift-console-plugin, plugin-extensions.ts).
//
//go:embed mtv-plugin
var mtvFiles embed.FS

// servePluginFile serves the plugins' files below /api/plugins/<name>/.
func (b *Bridge) servePluginFile(w http.ResponseWriter, r *http.Request) {
	if file, mtvs := strings.CutPrefix(r.URL.Path, "/api/plugins/"+mtvPlugin+"/"); mtvs {
		http.ServeFileFS(w, r, mtvFiles, path.Join("mtv-plugin", path.Clean("/"+file)))
		return
	}
	file, ours := strings.CutPrefix(r.URL.Path, "/api/plugins/"+b.options.PluginName+"/")
	if !ours {
		http.NotFound(w, r)
		return
	}
	b.askPlugin(w, r, file)
}

// localeName keeps language and namespace from naming a path.
var localeName = regexp.MustCompile(`^[\w-]+$`)

// serveLocale serves texts as the console asks for them: ?lng=<language>&ns=<namespace>.
func (b *Bridge) serveLocale(w http.ResponseWriter, r *http.Request) {
	language, namespace := r.FormValue("lng"), r.FormValue("ns")
	if !localeName.MatchString(language) || !localeName.MatchString(namespace) {
		http.NotFound(w, r)
		return
	}
	if namespace == "plugin__"+mtvPlugin {
		http.NotFound(w, r)
		return
	}
	if b.options.Locales != "" {
		serveFile(w, r, b.options.Locales, language+"/"+namespace+".json")
		return
	}
	b.askPlugin(w, r, "locales/"+language+"/"+namespace+".json")
}

// askPlugin passes on what may be asked of a plugin: to get a file.
func (b *Bridge) askPlugin(w http.ResponseWriter, r *http.Request, file string) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "Method unsupported, the only supported methods is GET"})
		return
	}
	asked := r.Clone(r.Context())
	asked.URL.Path, asked.URL.RawPath = "/"+file, ""
	b.plugin.ServeHTTP(w, asked)
}
