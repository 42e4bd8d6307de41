package kubelet

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// openLog opens a container's log to write at its end. Logs outlive their pods.
func (p *pod) openLog(container corev1.Container) (*os.File, error) {
	dir := filepath.Join(p.kubelet.logs(), p.object.Namespace, p.object.Name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return os.OpenFile(filepath.Join(dir, container.Name+".log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}

// Handler answers GET /NAMESPACE/POD with the log of a pod's containers, and GET /NAMESPACE with those of all pods there whose
// name begins with the parameter `prefix`; of pods that are gone too.
func (k *Kubelet) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{namespace}/{pod}", func(w http.ResponseWriter, r *http.Request) {
		k.answer(w, filepath.Join(r.PathValue("namespace"), r.PathValue("pod"), "*.log"))
	})
	mux.HandleFunc("GET /{namespace}", func(w http.ResponseWriter, r *http.Request) {
		k.answer(w, filepath.Join(r.PathValue("namespace"), r.FormValue("prefix")+"*", "*.log"))
	})
	return mux
}

func (k *Kubelet) answer(w http.ResponseWriter, pattern string) {
	files, err := filepath.Glob(filepath.Join(k.logs(), pattern))
	if err != nil || len(files) == 0 || strings.Contains(pattern, "..") {
		http.Error(w, "no such log", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(content)
	}
}
