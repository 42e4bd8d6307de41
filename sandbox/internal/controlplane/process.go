package controlplane

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// patience is how long a process may take to end after SIGTERM before it is killed.
const patience = 5 * time.Second

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

// process is a child that never outlives this program.
type process struct {
	name string
	cmd  *exec.Cmd
	// ended is closed once the process is gone.
	ended chan struct{}
	// log is where its output goes.
	log string
}

// start runs a program with its output in <dir>/<name>.log.
func (p programs) start(dir, name string, arguments ...string) (*process, error) {
	executable, prefix, err := p.command(name)
	if err != nil {
		return nil, err
	}
	child := &process{name: name, ended: make(chan struct{}), log: filepath.Join(dir, name+".log")}
	output, err := os.Create(child.log)
	if err != nil {
		return nil, fmt.Errorf("open the log of %s: %w", name, err)
	}
	child.cmd = exec.Command(executable, append(prefix, arguments...)...)
	child.cmd.Stdout, child.cmd.Stderr = output, output
	child.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	started := make(chan error, 1)
	go func() {
		// Pdeathsig follows the thread that forked, not the program: the thread must live as long as the child.
		runtime.LockOSThread()
		err := child.cmd.Start()
		started <- err
		if err == nil {
			_ = child.cmd.Wait()
		}
		_ = output.Close()
		close(child.ended)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return child, nil
}

// stop asks the process to end and, when it doesn't, kills it.
func (c *process) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.ended:
	case <-time.After(patience):
		_ = c.cmd.Process.Kill()
		<-c.ended
	}
}

// wait polls ready until it says yes. It fails early when the process ends, with the end of its log.
func (c *process) wait(ctx context.Context, ready func(context.Context) error) error {
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-c.ended:
			return fmt.Errorf("%s ended before it was ready:\n%s", c.name, tail(c.log))
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready (%w):\n%s", c.name, errors.Join(ctx.Err(), err), tail(c.log))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// tail is the last 2 kB of a file.
func tail(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-2048):])
}
