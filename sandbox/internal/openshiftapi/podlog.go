package openshiftapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
)

// podLog is what the containers of a build's pod print, one after the other.
type podLog struct {
	mu      sync.Mutex
	content []byte
	closed  bool
	// grown is closed, and replaced, with each change.
	grown chan struct{}
}

func newPodLog() *podLog {
	return &podLog{grown: make(chan struct{})}
}

func (l *podLog) print(format string, a ...any) {
	l.change(func() { l.content = append(l.content, fmt.Sprintf(format+"\n", a...)...) })
}

// close says that nothing more will come.
func (l *podLog) close() {
	l.change(func() { l.closed = true })
}

func (l *podLog) change(apply func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	apply()
	close(l.grown)
	l.grown = make(chan struct{})
}

// excerpt is what a failed build quotes: the last 5 lines, each shortened to 120 characters (openshift-controller-manager,
// pkg/build/controller/build, setBuildCompletionData).
func (l *podLog) excerpt() string {
	const most, width = 5, 120
	l.mu.Lock()
	lines := strings.Split(string(bytes.TrimRight(l.content, "\n")), "\n")
	l.mu.Unlock()
	lines = lines[max(0, len(lines)-most):]
	for i, line := range lines {
		if len(line) > width {
			lines[i] = line[:58] + "..." + line[len(line)-59:]
		}
	}
	return strings.Join(lines, "\n")
}

// reader reads from the beginning. With follow it waits for more until the log is closed or ctx ends.
func (l *podLog) reader(ctx context.Context, follow bool) io.ReadCloser {
	ctx, cancel := context.WithCancel(ctx)
	return &podLogReader{log: l, ctx: ctx, cancel: cancel, follow: follow}
}

type podLogReader struct {
	log    *podLog
	ctx    context.Context
	cancel context.CancelFunc
	follow bool
	at     int
}

func (r *podLogReader) Read(p []byte) (int, error) {
	for {
		r.log.mu.Lock()
		n := copy(p, r.log.content[r.at:])
		closed, grown := r.log.closed, r.log.grown
		r.log.mu.Unlock()
		r.at += n
		if n > 0 {
			return n, nil
		}
		if closed || !r.follow {
			return 0, io.EOF
		}
		select {
		case <-grown:
		case <-r.ctx.Done():
			return 0, io.EOF
		}
	}
}

func (r *podLogReader) Close() error {
	r.cancel()
	return nil
}
