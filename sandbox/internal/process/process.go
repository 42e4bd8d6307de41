// Package process runs programs that must not outlive this one.
package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// patience is how long a process may take to end after SIGTERM before it is killed.
const patience = 5 * time.Second

// Process is a child that never outlives this program.
type Process struct {
	name  string
	cmd   *exec.Cmd
	ended *Ending
	// log is where its output goes.
	log string
}

// Ending is the end of a command, which may be yet to come.
type Ending struct {
	done chan struct{}
	how  error
}

// Done is closed when the command has ended.
func (e *Ending) Done() <-chan struct{} { return e.done }

// Err waits for the end and says how the command ended.
func (e *Ending) Err() error {
	<-e.done
	return e.how
}

// Start runs a command with its output at the end of <dir>/<name>.log.
func Start(dir, name string, command *exec.Cmd) (*Process, error) {
	child := &Process{name: name, cmd: command, log: filepath.Join(dir, name+".log")}
	if err := child.start(); err != nil {
		return nil, err
	}
	return child, nil
}

func (p *Process) start() error {
	output, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log of %s: %w", p.name, err)
	}
	p.cmd.Stdout, p.cmd.Stderr = output, output
	defer output.Close()
	if p.ended, err = Begin(p.cmd); err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	return nil
}

// Begin starts a command that dies with this program, in a process group of its own.
func Begin(command *exec.Cmd) (*Ending, error) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	ending, started := &Ending{done: make(chan struct{})}, make(chan error, 1)
	go func() {
		// Pdeathsig follows the thread that forked, not the program: the thread must live as long as the child.
		runtime.LockOSThread()
		ending.how = command.Start()
		started <- ending.how
		if ending.how == nil {
			ending.how = command.Wait()
		}
		close(ending.done)
	}()
	return ending, <-started
}

// End asks the process group of a command to end, kills it after a time of grace, and says how it ended.
func End(command *exec.Cmd, ending *Ending, grace time.Duration) error {
	select {
	case <-ending.Done():
		return ending.Err()
	default:
	}
	_ = syscall.Kill(-command.Process.Pid, syscall.SIGTERM)
	select {
	case <-ending.Done():
	case <-time.After(grace):
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	}
	return ending.Err()
}

// Restart kills the process in the midst of whatever it does and starts it again as it was.
func (p *Process) Restart() error {
	p.Kill()
	return p.Again()
}

// Again starts a process that has ended as it was started first.
func (p *Process) Again() error {
	select {
	case <-p.ended.Done():
	default:
		return fmt.Errorf("%s is running", p.name)
	}
	again := exec.Command(p.cmd.Path, p.cmd.Args[1:]...)
	again.Env, again.Dir = p.cmd.Env, p.cmd.Dir
	p.cmd = again
	return p.start()
}

// Stop asks the process to end and, when it doesn't, kills it.
func (p *Process) Stop() { _ = End(p.cmd, p.ended, patience) }

// Kill ends the process without giving it time for anything.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	_ = p.ended.Err()
}

// Pause keeps the process where it is: its connections stay open, and nothing answers on them. The kernel stops thread by thread, after it
// has taken the signal; Pause returns when the last one has stopped.
func (p *Process) Pause() error {
	if err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGSTOP); err != nil {
		return err
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if p.isStopped() {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s does not stop", p.name)
		}
	}
}

// isStopped tells whether every thread is stopped (proc_pid_stat(5): the state follows the name, which is in brackets).
func (p *Process) isStopped() bool {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", p.cmd.Process.Pid))
	for _, thread := range threads {
		content, err := os.ReadFile(thread)
		if err != nil {
			continue
		}
		if _, rest, ok := strings.Cut(string(content), ") "); !ok || !strings.HasPrefix(rest, "T") {
			return false
		}
	}
	return err == nil && len(threads) > 0
}

// Resume lets a paused process go on.
func (p *Process) Resume() error { return syscall.Kill(-p.cmd.Process.Pid, syscall.SIGCONT) }

// Wait polls ready until it says yes. It fails early when the process ends, with the end of its log.
func (p *Process) Wait(ctx context.Context, ready func(context.Context) error) error {
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.ended.Done():
			return fmt.Errorf("%s ended before it was ready:\n%s", p.name, p.Tail())
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready (%w):\n%s", p.name, errors.Join(ctx.Err(), err), p.Tail())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Tail is the last 2 kB of the log.
func (p *Process) Tail() string {
	content, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-2048):])
}
