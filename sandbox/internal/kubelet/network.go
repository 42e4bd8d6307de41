package kubelet

import (
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// takePorts finds a free port of this machine for each that a container declares and names in an argument. A container that listens
// at a port of its own choice listens there, as on a node's network.
func (p *pod) takePorts(container corev1.Container) error {
	for _, each := range container.Ports {
		port := fmt.Sprint(each.ContainerPort)
		if p.ports[port] != "" || !slices.Contains(container.Args, port) {
			continue
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		_, p.ports[port], _ = net.SplitHostPort(listener.Addr().String())
		if err := listener.Close(); err != nil {
			return err
		}
	}
	return nil
}

// hosts is the file that is /etc/hosts in the pod's containers.
func (p *pod) hosts() string { return filepath.Join(p.dir, "hosts") }

// writeHosts names Services in place of the cluster's DNS. The file is mounted, so it is written in place, and only when something changed.
func (p *pod) writeHosts() error {
	content, err := os.ReadFile("/etc/hosts")
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	text := strings.TrimRight(string(content), "\n") + "\n"
	if p.kubelet.options.Services != nil {
		services := p.kubelet.options.Services()
		for _, name := range slices.Sorted(maps.Keys(services)) {
			text += services[name] + " " + name + "\n"
		}
	}
	if before, err := os.ReadFile(p.hosts()); err == nil && string(before) == text {
		return nil
	}
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(p.hosts(), []byte(text), 0o644)
}
