package bridge

import (
	"net/http"
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

// serveUpdates says which plugins the console has, which it polls to offer a reload.
func (b *Bridge) serveUpdates(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"consoleCommit": "", "plugins": []string{b.options.PluginName}, "capabilities": []any{}, "contentSecurityPolicy": "",
	})
}
