package bridge

import (
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed index.html
var indexPage string

var indexTemplate = template.Must(template.New("index").Parse(indexPage))

// servePage answers every path of the console's router with the page, with a new script nonce and CSRF token each
// time. Without a session it leads to the sign-in page.
func (b *Bridge) servePage(w http.ResponseWriter, r *http.Request) {
	user, ok := b.sessions.user(r)
	if !ok {
		http.Redirect(w, r, "/auth/login?then="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
		return
	}
	plugins, err := b.plugins(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	flags, err := json.Marshal(serverFlags(plugins, user.Name))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	nonce := rand.Text() + rand.Text()
	setCSRFCookie(w)
	w.Header().Set("Content-Security-Policy", contentSecurityPolicy(nonce))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache, no-store, must-revalidate")
	_ = indexTemplate.Execute(w, struct {
		Nonce       string
		ServerFlags template.JS
	}{nonce, template.JS(flags)})
}

// contentSecurityPolicy is console 4.22's on a cluster (pkg/utils, BuildCSPDirectives) for a plugin that asks for no
// further sources. The console sends it as Content-Security-Policy-Report-Only.
func contentSecurityPolicy(nonce string) string {
	return strings.Join([]string{
		"base-uri 'self'",
		"default-src 'self' console.redhat.com",
		"img-src 'self' data:",
		"font-src 'self' data:",
		fmt.Sprintf("script-src 'self' console.redhat.com 'unsafe-eval' 'nonce-%s'", nonce),
		"style-src 'self' 'unsafe-inline'",
		"connect-src 'self' console.redhat.com",
		"object-src 'self'",
		"frame-src 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// serverFlags are those of jsGlobals (pkg/server/server.go) that matter without a cluster's monitoring and OAuth, and the name
// of the user: the console learns it from an API that only OpenShift has.
func serverFlags(plugins []string, user string) map[string]any {
	namespaces := []string{}
	for _, plugin := range plugins {
		namespaces = append(namespaces, "plugin__"+plugin)
	}
	return map[string]any{
		"authDisabled":         false,
		"basePath":             "/",
		"branding":             "ocp",
		"capabilities":         []any{},
		"consolePlugins":       plugins,
		"consoleVersion":       "v6.0.6",
		"controlPlaneTopology": "HighlyAvailable",
		"documentationBaseURL": "https://docs.redhat.com/en/documentation/openshift_container_platform/4.22/",
		"GOARCH":               "amd64",
		"GOOS":                 "linux",
		"graphqlBaseURL":       "/api/graphql",
		"i18nNamespaces":       namespaces,
		"inactivityTimeout":    0,
		"k8sMode":              "in-cluster",
		"loginURL":             "/auth/login",
		"logoutURL":            "/api/console/logout",
		"logoutRedirect":       "",
		"nodeArchitectures":    []string{"amd64"},
		"nodeOperatingSystems": []string{"linux"},
		"releaseVersion":       "4.22.0",
		"sandboxUser":          user,
		"telemetry":            map[string]string{},
		"userSettingsLocation": "localstorage",
	}
}
