package vcenter

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// OwnPassword is that of root on the third host; the others have the one of the vCenter.
const OwnPassword = "Own&Host-3"

// lockedDown is what a host in lockdown mode answers to who is none of its exception users. It looks at no password. That the fault is this
// one is inferred (docs/facts/forklift.md §5).
type lockedDown struct {
	*simulator.SessionManager
}

// Login refuses everybody.
func (m *lockedDown) Login(*simulator.Context, *types.Login) soap.HasFault {
	return &methods.LoginBody{Fault_: simulator.Fault("Permission to perform this operation was denied.", new(types.NoPermission))}
}

// listenAsHosts lets the hosts of the inventory answer at their own addresses, by Routes: nobody can listen at addresses for documentation.
// The first two take the password of the vCenter, the third has its own, the fourth is in lockdown mode. Nothing answers in the network of
// app-100. As vCenter issues them, their certificates name the host and not its addresses, except for the second.
func (v *VCenter) listenAsHosts(regular http.Handler) error {
	own, err := newESXiHandler(OwnPassword, nil)
	if err != nil {
		return err
	}
	locked, err := newESXiHandler(password, func(original *simulator.SessionManager) mo.Reference { return &lockedDown{original} })
	if err != nil {
		return err
	}
	var names []string
	for _, each := range clusters {
		names = append(names, each.hosts...)
	}
	v.Routes = map[string]string{}
	for index, handler := range []http.Handler{regular, regular, own, locked} {
		addresses := make([]string, 0, len(adapters))
		for _, adapter := range adapters {
			addresses = append(addresses, addressOf(adapter.subnet, index))
		}
		named := []string{names[index]}
		if index == 1 {
			named = append(named, addresses...)
		}
		certificate, err := v.authority.issue(leaf{names[index], named, time.Now().Add(validity / 2)})
		if err != nil {
			return err
		}
		listener, err := v.serve(handler, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
		if err != nil {
			return fmt.Errorf("open %s: %w", names[index], err)
		}
		closed, err := url.Parse(closedURL)
		if err != nil {
			return err
		}
		for at, adapter := range adapters {
			to := listener
			if adapter.distributed != "" {
				to = closed.Host
			}
			v.Routes[net.JoinHostPort(addresses[at], "443")] = to
		}
	}
	return nil
}

// addressOf is the address of the host at this place in a subnet.
func addressOf(subnet string, index int) string {
	return fmt.Sprintf("%s.%d", subnet, 11+index)
}
