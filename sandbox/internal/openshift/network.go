package openshift

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"

	"golang.org/x/sync/errgroup"
)

// inventoryPort is where MTV's inventory listens behind its Service (docs/facts/forklift.md §6).
const inventoryPort = "8443"

// network plays the cluster's network of Services on the loopback addresses of this machine: pods find MTV's inventory by its name.
type network struct {
	inventory net.Listener
	// target is the address that the inventory really has.
	target string
	home   func() string
}

// newNetwork listens at an address of its own, because the port is the Service's. Other sandboxes do the same at other addresses.
func newNetwork(ctx context.Context, inventoryURL string, home func() string) (*network, error) {
	target, err := url.Parse(inventoryURL)
	if err != nil {
		return nil, err
	}
	n := &network{target: target.Host, home: home}
	for range 20 {
		address := fmt.Sprintf("127.%d.%d.%d", 1+rand.IntN(254), rand.IntN(256), 1+rand.IntN(254))
		if n.inventory, err = (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(address, inventoryPort)); err == nil {
			go n.serve(ctx)
			return n, nil
		}
	}
	return nil, err
}

func (n *network) stop() { _ = n.inventory.Close() }

// names of Services, each with its address: while MTV is installed.
func (n *network) names() map[string]string {
	home := n.home()
	if home == "" {
		return nil
	}
	address, _, _ := strings.Cut(n.inventory.Addr().String(), ":")
	return map[string]string{"forklift-inventory." + home + ".svc": address}
}

func (n *network) serve(ctx context.Context) {
	for {
		incoming, err := n.inventory.Accept()
		if err != nil {
			return
		}
		go func() {
			defer incoming.Close()
			outgoing, err := (&net.Dialer{}).DialContext(ctx, "tcp", n.target)
			if err != nil {
				return
			}
			defer outgoing.Close()
			var both errgroup.Group
			for _, way := range [][2]net.Conn{{incoming, outgoing}, {outgoing, incoming}} {
				both.Go(func() error {
					_, err := io.Copy(way[1], way[0])
					// The other side is told that nothing more comes.
					_ = way[1].(*net.TCPConn).CloseWrite()
					return err
				})
			}
			_ = both.Wait()
		}()
	}
}
