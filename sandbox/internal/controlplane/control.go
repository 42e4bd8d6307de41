package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Names of the programs, for those who stop and start one of them.
const (
	Etcd        = "etcd"
	APIServer   = "apiserver"
	Controllers = "controllers"
)

// RestartAPIServer kills the API server in the midst of whatever it does, starts it again at its address, and waits until it answers.
func (c *ControlPlane) RestartAPIServer(ctx context.Context) error {
	return c.Control(ctx, "restart "+APIServer)
}

// Control does to one of the programs what a line says: `stop etcd`, `start etcd`, `restart apiserver`, `pause apiserver`, `resume apiserver`.
// A program that is stopped may end in order; restart kills it. Start and restart return when the program answers; pause keeps its
// connections open and silent.
func (c *ControlPlane) Control(ctx context.Context, line string) error {
	verb, name, _ := strings.Cut(strings.TrimSpace(line), " ")
	one, ok := c.programs[name]
	if !ok {
		return fmt.Errorf("no program %q; there are %s, %s and %s", name, Etcd, APIServer, Controllers)
	}
	if err := c.act(verb, one); err != nil {
		return fmt.Errorf("%s %s: %w", verb, name, err)
	}
	if verb != "start" && verb != "restart" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	return one.Wait(ctx, one.ready)
}

// act is what is done at once. Whoever stops everything waits for that, and nothing is started afterwards.
func (c *ControlPlane) act(verb string, one program) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.ended {
		return errors.New("the control plane has ended")
	}
	switch verb {
	case "stop":
		one.Stop()
		return nil
	case "start":
		return one.Again()
	case "restart":
		return one.Restart()
	case "pause":
		return one.Pause()
	case "resume":
		return one.Resume()
	}
	return errors.New("nothing of that name can be done")
}

// etcdReady asks etcd for its health.
func (c *ControlPlane) etcdReady(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.EtcdURL+"/health", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("/health answers %d", answer.StatusCode)
	}
	return nil
}
