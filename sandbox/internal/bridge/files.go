package bridge

import (
	"net/http"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// servePluginFile serves the built plugin below /api/plugins/<name>/, as the console's proxy to the plugin's Service does.
func (b *Bridge) servePluginFile(w http.ResponseWriter, r *http.Request) {
	file, ours := strings.CutPrefix(r.URL.Path, "/api/plugins/"+b.options.PluginName+"/")
	if !ours {
		http.NotFound(w, r)
		return
	}
	serveFile(w, r, b.options.Plugin, file)
}

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

// localeName keeps language and namespace from naming a path.
var localeName = regexp.MustCompile(`^[\w-]+$`)

// serveLocale serves texts as the console asks for them: ?lng=<language>&ns=<namespace>.
func (b *Bridge) serveLocale(w http.ResponseWriter, r *http.Request) {
	language, namespace := r.FormValue("lng"), r.FormValue("ns")
	if !localeName.MatchString(language) || !localeName.MatchString(namespace) {
		http.NotFound(w, r)
		return
	}
	folder := b.options.Locales
	if folder == "" {
		folder = filepath.Join(b.options.Plugin, "locales")
	}
	serveFile(w, r, folder, language+"/"+namespace+".json")
}

// serveUpdates says which plugins the console has, which it polls to offer a reload.
func (b *Bridge) serveUpdates(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"consoleCommit": "", "plugins": []string{b.options.PluginName}, "capabilities": []any{}, "contentSecurityPolicy": "",
	})
}
