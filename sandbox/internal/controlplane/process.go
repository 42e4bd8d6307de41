package controlplane

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/migration-prep/migration-prep/sandbox/internal/process"
)

// programs finds etcd, kube-apiserver and kube-controller-manager.
type programs struct {
	// kube is the binary of sandbox/kube, which is all three.
	kube string
}

// command is the program's executable and the arguments that come before its own. A program below KUBEBUILDER_ASSETS,
// where Kubernetes developers keep theirs, wins over the sandbox's own build.
func (p programs) command(name string) (string, []string, error) {
	if assets := os.Getenv("KUBEBUILDER_ASSETS"); assets != "" {
		path := filepath.Join(assets, name)
		if _, err := os.Stat(path); err == nil {
			return path, nil, nil
		}
	}
	if _, err := os.Stat(p.kube); err != nil {
		return "", nil, fmt.Errorf("no %s: neither below KUBEBUILDER_ASSETS nor %s; `make kube` builds it (5 to 10 minutes)", name, p.kube)
	}
	return p.kube, []string{name}, nil
}

// start runs a program with its output in <dir>/<name>.log.
func (p programs) start(dir, name string, arguments ...string) (*process.Process, error) {
	executable, prefix, err := p.command(name)
	if err != nil {
		return nil, err
	}
	command := exec.Command(executable, append(prefix, arguments...)...)
	// Memory is cheaper here than the processor: garbage is collected a fourth as often.
	command.Env = append([]string{"GOGC=400"}, os.Environ()...)
	return process.Start(dir, name, command)
}
