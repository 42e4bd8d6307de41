package vcenter_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"github.com/migration-prep/migration-prep/sandbox/internal/vcenter"
)

func start(t *testing.T) (*vcenter.VCenter, string) {
	t.Helper()
	dir := t.TempDir()
	vc, err := vcenter.Start(t.Context(), vcenter.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(vc.Stop)
	return vc, dir
}

func login(ctx context.Context, address, user, password string) (*govmomi.Client, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	target.User = url.UserPassword(user, password)
	return govmomi.NewClient(ctx, target, true)
}

func TestLoginIsChecked(t *testing.T) {
	vc, _ := start(t)
	for _, address := range []string{vc.URL, strings.Replace(vc.URL, "127.0.0.1", "localhost", 1), vc.Endpoints["self-signed"], vc.Endpoints["expired"], vc.Endpoints["foreign"]} {
		client, err := login(t.Context(), address, vc.User, vc.Password)
		if err != nil || !client.IsVC() {
			t.Errorf("the right password at %s: IsVC %v, %v", address, client != nil && client.IsVC(), err)
		}
	}
	if client, err := login(t.Context(), vc.Endpoints["esxi"], "root", vc.Password); err != nil || client.IsVC() {
		t.Errorf("root at the ESXi host: %v", err)
	}
	const sentence = "ServerFaultCode: Cannot complete login due to an incorrect user name or password."
	for _, address := range []string{vc.URL, vc.Endpoints["esxi"]} {
		if _, err := login(t.Context(), address, vc.User, "wrong"); err == nil || err.Error() != sentence {
			t.Errorf("the wrong password at %s: %v, want %q", address, err, sentence)
		}
	}
}

func TestCertificates(t *testing.T) {
	vc, _ := start(t)
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(vc.CACert) {
		t.Fatal("CACert is no PEM")
	}
	verify := func(address string) error {
		target, err := url.Parse(address)
		if err != nil {
			return err
		}
		conn, err := tls.Dial("tcp", target.Host, &tls.Config{RootCAs: roots})
		if err != nil {
			return err
		}
		return conn.Close()
	}
	for _, address := range []string{vc.URL, strings.Replace(vc.URL, "127.0.0.1", "localhost", 1), vc.Endpoints["web-ui"]} {
		if err := verify(address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for name, want := range map[string]string{
		"expired": "certificate has expired", "foreign": "doesn't contain any IP SANs", "self-signed": "unknown authority",
		"esxi": "unknown authority", "closed": "connection refused",
	} {
		if err := verify(vc.Endpoints[name]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

func TestPlainHTTPLeadsToHTTPS(t *testing.T) {
	vc, _ := start(t)
	// Not dialled with TLS: what a plain HTTP server makes of a handshake depends on the handshake's random bytes.
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(vc.Endpoints["plain-http"])
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 3 || !strings.HasPrefix(answer.Header.Get("Location"), "https://") {
		t.Errorf("GET answers %s, Location %q", answer.Status, answer.Header.Get("Location"))
	}
}

func TestWebClientHasNoSDK(t *testing.T) {
	vc, _ := start(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	page, err := client.Get(vc.Endpoints["web-ui"])
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	if text, err := io.ReadAll(page.Body); err != nil || !strings.Contains(string(text), "vSphere Client") {
		t.Errorf("the page reads %q, %v", text, err)
	}
	answer, err := client.Post(strings.Replace(vc.Endpoints["web-ui"], "/ui/", "/sdk", 1), "text/xml", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusNotFound {
		t.Errorf("POST /sdk answers %s", answer.Status)
	}
}

func TestNetworks(t *testing.T) {
	vc, _ := start(t)
	client, err := login(t.Context(), vc.URL, vc.User, vc.Password)
	if err != nil {
		t.Fatal(err)
	}
	var groups []mo.DistributedVirtualPortgroup
	retrieve(t, client.Client, "DistributedVirtualPortgroup", &groups)
	got := map[string]types.BaseVmwareDistributedVirtualSwitchVlanSpec{}
	for _, group := range groups {
		got[group.Name] = group.Config.DefaultPortConfig.(*types.VMwareDVSPortSetting).Vlan
	}
	for name, want := range map[string]int32{"app-100": 100, "db-200": 200, "untagged": 0} {
		if spec, ok := got[name].(*types.VmwareDistributedVirtualSwitchVlanIdSpec); !ok || spec.VlanId != want {
			t.Errorf("%s: %#v, want VLAN %d", name, got[name], want)
		}
	}
	for name, want := range map[string][]types.NumericRange{"trunk": {{Start: 10, End: 20}, {Start: 30, End: 30}}, "dvs-lab-DVUplinks": {{Start: 0, End: 4094}}} {
		if spec, ok := got[name].(*types.VmwareDistributedVirtualSwitchTrunkVlanSpec); !ok || !slices.Equal(spec.VlanId, want) {
			t.Errorf("%s: %#v, want the ranges %v", name, got[name], want)
		}
	}
	if _, ok := got["private-500"].(*types.VmwareDistributedVirtualSwitchPvlanSpec); !ok {
		t.Errorf("private-500: %#v", got["private-500"])
	}
	var switches []mo.VmwareDistributedVirtualSwitch
	retrieve(t, client.Client, "VmwareDistributedVirtualSwitch", &switches)
	if len(switches) != 1 || len(switches[0].Config.GetDVSConfigInfo().Host) != 4 {
		t.Errorf("%d switches", len(switches))
	}
}

func TestTwoSitesNameTheirNetworksAlike(t *testing.T) {
	vc, _ := start(t)
	client, err := login(t.Context(), vc.Endpoints["two-sites"], vc.User, vc.Password)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]int{}
	var networks []mo.Network
	all, err := view.NewManager(client.Client).CreateContainerView(t.Context(), client.ServiceContent.RootFolder, []string{"Network"}, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := all.Retrieve(t.Context(), []string{"Network"}, []string{"name"}, &networks); err != nil {
		t.Fatal(err)
	}
	for _, network := range networks {
		names[network.Name]++
	}
	if names["app-100"] != 2 || names["VM Network"] != 2 || names["isolated-lab"] != 1 {
		t.Errorf("%v", names)
	}
	var switches []mo.VmwareDistributedVirtualSwitch
	retrieve(t, client.Client, "VmwareDistributedVirtualSwitch", &switches)
	if len(switches) != 2 {
		t.Errorf("%d distributed switches", len(switches))
	}
	var hosts []mo.HostSystem
	retrieve(t, client.Client, "HostSystem", &hosts)
	isolated := 0
	for _, host := range hosts {
		for _, each := range host.Config.Network.Vswitch {
			if len(each.Pnic) == 0 {
				isolated++
			}
		}
	}
	if len(hosts) != 4 || isolated != 2 {
		t.Errorf("%d hosts, %d switches without a physical NIC", len(hosts), isolated)
	}
}

func TestHostsDisagree(t *testing.T) {
	vc, _ := start(t)
	client, err := login(t.Context(), vc.URL, vc.User, vc.Password)
	if err != nil {
		t.Fatal(err)
	}
	var hosts []mo.HostSystem
	retrieve(t, client.Client, "HostSystem", &hosts)
	vlans := map[string][]int32{}
	subnets := map[string]bool{}
	for _, host := range hosts {
		if host.OverallStatus != types.ManagedEntityStatusGreen {
			t.Errorf("%s is %s", host.Name, host.OverallStatus)
		}
		for _, group := range host.Config.Network.Portgroup {
			vlans[group.Spec.Name] = append(vlans[group.Spec.Name], group.Spec.VlanId)
		}
		for _, nic := range host.Config.Network.Vnic {
			subnets[nic.Spec.Ip.IpAddress[:strings.LastIndex(nic.Spec.Ip.IpAddress, ".")]] = true
		}
	}
	for name, want := range map[string][]int32{"std-300": {300, 300, 300, 300}, "std-odd": {400, 400, 400, 401}, "std-all": {4095, 4095, 4095, 4095}} {
		slices.Sort(vlans[name])
		if !slices.Equal(vlans[name], want) {
			t.Errorf("%s: %v, want %v", name, vlans[name], want)
		}
	}
	if len(hosts) != 4 || len(subnets) != 3 {
		t.Errorf("%d hosts with adapters in %v", len(hosts), subnets)
	}
}

func TestStopLeavesNothing(t *testing.T) {
	vc, dir := start(t)
	vc.Stop()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	_, err = login(t.Context(), vc.URL, vc.User, vc.Password)
	var refused *url.Error
	if !errors.As(err, &refused) {
		t.Errorf("after Stop: %v", err)
	}
}

// retrieve reads all objects of a type with their names and configurations.
func retrieve(t *testing.T, client *vim25.Client, kind string, into any) {
	t.Helper()
	all, err := view.NewManager(client).CreateContainerView(t.Context(), client.ServiceContent.RootFolder, []string{kind}, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := all.Retrieve(t.Context(), []string{kind}, []string{"name", "config", "overallStatus"}, into); err != nil {
		t.Fatal(err)
	}
}
