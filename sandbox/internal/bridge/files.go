package bridge

import (
	"compress/gzip"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
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

// compressed are the types that a plugin's server compresses, and from how many bytes on: ours (charts/migration-prep, _nginx.tpl), which the
// console passes on as they come. Its level, 6, is the default of Go and of zlib.
var compressed = []string{".js", ".json", ".css", ".svg"}

const compressedFrom = 1024

// serveCompressed serves a file as [serveFile] does, with gzip for who takes it.
func serveCompressed(w http.ResponseWriter, r *http.Request, folder, name string) {
	content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path.Clean("/"+name))))
	if err != nil || len(content) < compressedFrom || !slices.Contains(compressed, path.Ext(name)) || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		serveFile(w, r, folder, name)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Vary", "Accept-Encoding")
	out := gzip.NewWriter(w)
	_, _ = out.Write(content)
	_ = out.Close()
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
