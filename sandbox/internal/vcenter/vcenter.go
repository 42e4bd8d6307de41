// Package vcenter runs a vCenter for the sandbox: govmomi's simulator filled with an inventory that has every kind of
// network a migration meets, behind TLS listeners that are right, and wrong in the ways certificates are wrong in the field.
//
// The simulator is a stand-in for vCenter's SOAP and REST APIs. It is held to the real product where users notice:
// logins are checked, and a wrong password is answered with vCenter's own sentence.
package vcenter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/vmware/govmomi/simulator"
	// Registers the REST endpoints that clients log in to besides SOAP.
	_ "github.com/vmware/govmomi/vapi/simulator"
)

const (
	// user and password are printed to whoever runs the sandbox. The password has characters that XML, URLs and shells
	// treat specially, so that forgetting to escape them shows here and not at a customer.
	user     = "administrator@vsphere.local"
	password = "Prep&Migrate-9"
	// esxiUser logs in to the endpoint "esxi", with the same password.
	esxiUser = "root"
)

// Options of a vCenter.
type Options struct {
	// Dir holds the datastore files of the simulator; it is made when absent and emptied by Stop.
	Dir string
	// Log receives what the listeners complain about; nil discards it.
	Log *slog.Logger
}

// VCenter is a running simulator.
type VCenter struct {
	// URL of the SDK, https://127.0.0.1:PORT/sdk. The certificate is valid for localhost and ::1 as well.
	URL string
	// User and Password that log in.
	User, Password string
	// CACert is the PEM of the authority that signed the certificates of "good", "expired", "foreign" and "web-ui".
	CACert []byte
	// Endpoints are other addresses, by what is particular about them: "good" (the same as URL), "self-signed", "expired",
	// "foreign" (certificate of another host), "esxi" (an ESXi host, user root, same password), "web-ui" (the HTML client;
	// no SDK), "plain-http" (redirects to https, as vCenter's port 80 does), "closed" (nothing listens), three that leave a client
	// without an answer: "dropping" (packets), "silent" (after the connection) and "mute" (after the handshake), and "two-sites"
	// (another vCenter, with two datacenters that name their networks alike).
	Endpoints map[string]string
	// Routes lead the addresses of the inventory's ESXi hosts, with their port, to where those answer.
	Routes map[string]string

	dir       string
	log       *slog.Logger
	servers   []*http.Server
	closers   []io.Closer
	serving   sync.WaitGroup
	authority *authority
}

// Start builds the inventory and opens every listener on 127.0.0.1 at a port of the system's choice.
// The vCenter stops when ctx ends or Stop is called.
func Start(ctx context.Context, o Options) (*VCenter, error) {
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	dir := filepath.Join(o.Dir, "vcenter")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the vCenter: %w", err)
	}
	ca, err := newAuthority("Sandbox vCenter CA")
	if err != nil {
		return nil, err
	}
	vc := &VCenter{User: user, Password: password, CACert: ca.pem(), Endpoints: map[string]string{}, dir: dir, log: log, authority: ca}
	if err := vc.open(ctx); err != nil {
		vc.Stop()
		return nil, err
	}
	context.AfterFunc(ctx, vc.Stop)
	return vc, nil
}

func (v *VCenter) open(ctx context.Context) error {
	sdk, err := newVCenterHandler(ctx, filepath.Join(v.dir, "vcenter-datastore"))
	if err != nil {
		return fmt.Errorf("build the vCenter: %w", err)
	}
	esxi, err := newESXiHandler(password, nil)
	if err != nil {
		return fmt.Errorf("build the ESXi host: %w", err)
	}
	twoSites, err := newSitesHandler(ctx, filepath.Join(v.dir, "two-sites-datastore"))
	if err != nil {
		return fmt.Errorf("build the vCenter of two sites: %w", err)
	}
	if err := v.listenAsHosts(esxi); err != nil {
		return err
	}
	return v.listen(sdk, esxi, twoSites)
}

// Stop closes every listener, ends open requests and removes the files of the simulator. It may be called more than once.
func (v *VCenter) Stop() {
	for _, server := range v.servers {
		if err := server.Close(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			v.log.Warn("close a listener of the vCenter", "error", err)
		}
	}
	for _, each := range v.closers {
		_ = each.Close() // it may be closed already: Stop may be called twice
	}
	v.serving.Wait()
	if err := os.RemoveAll(v.dir); err != nil {
		v.log.Warn("remove the files of the vCenter", "error", err)
	}
}

// newVCenterHandler is the HTTP handler of a vCenter with the sandbox's inventory; its datastore lives in dir.
func newVCenterHandler(ctx context.Context, dir string) (http.Handler, error) {
	model := simulator.VPX()
	model.Cluster, model.ClusterHost, model.Host = len(clusters), len(clusters[0].hosts), 0
	model.Datastore, model.Machine = 0, 0
	server, err := serve(model, url.UserPassword(user, password), nil)
	if err != nil {
		return nil, err
	}
	// Only the population below goes through the simulator's own listener, which has no TLS.
	defer server.Close()
	return model.Service.ServeMux, populate(ctx, model, server.URL, dir)
}

// newESXiHandler is the HTTP handler of an ESXi host whose root has this password.
func newESXiHandler(password string, answering answering) (http.Handler, error) {
	model := simulator.ESX()
	model.Datastore, model.Machine = 0, 0
	server, err := serve(model, url.UserPassword(esxiUser, password), answering)
	if err != nil {
		return nil, err
	}
	server.Close()
	return model.Service.ServeMux, nil
}

// serve creates the model's objects and its handlers. It does by hand what Model.Create does, except for the folder that
// Model.Create makes outside the sandbox's own.
func serve(model *simulator.Model, who *url.Userinfo, answering answering) (*simulator.Server, error) {
	ctx := simulator.NewContext()
	model.Service = simulator.New(simulator.NewServiceInstance(ctx, model.ServiceContent, model.RootFolder))
	if err := model.CreateInfrastructure(ctx); err != nil {
		return nil, err
	}
	model.Service.Listen = &url.URL{Host: "127.0.0.1:0", User: who}
	model.Service.RegisterEndpoints = true
	server := model.Service.NewServer()
	answerLikeVCenter(model.Map(), answering)
	return server, nil
}
