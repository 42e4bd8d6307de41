package bridge

import (
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// serveStatic serves the console shell.
func (b *Bridge) serveStatic(w http.ResponseWriter, r *http.Request) {
	serveFile(w, r, b.options.Host, strings.TrimPrefix(r.URL.Path, "/static/"))
}

// serveFile serves a file below a folder, never a listing and never a file outside.
func serveFile(w http.ResponseWriter, r *http.Request, folder, name string) {
	w.Header().Set("Cache-Control", "no-cache")
	if name == "" || strings.HasSuffix(name, "/") {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, filepath.Join(folder, filepath.FromSlash(path.Clean("/"+name))))
}

// serveCompressed serves a file as [serveFile] does, but what the build has compressed to who takes gzip, as the plugin's server does
// (gzip_static in charts/migration-prep, _nginx.tpl). The console passes it on as it comes.
func serveCompressed(w http.ResponseWriter, r *http.Request, folder, name string) {
	content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path.Clean("/"+name))) + ".gz")
	if err != nil || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		serveFile(w, r, folder, name)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Vary", "Accept-Encoding")
	_, _ = w.Write(content)
}

// serveUpdates says which plugins the console has, which it polls to offer a reload.
func (b *Bridge) serveUpdates(w http.ResponseWriter, r *http.Request) {
	plugins, err := b.plugins(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"consoleCommit": "", "plugins": plugins, "capabilities": []any{}, "contentSecurityPolicy": "",
	})
}
