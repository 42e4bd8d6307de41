package forklift_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// request asks one of MTV's services as the holder of a token.
func (w *world) request(ctx context.Context, address, token string) (*http.Response, error) {
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(w.forklift.CACert)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	return (&http.Client{Transport: transport}).Do(request)
}

// ask reads what request is answered.
func (w *world) ask(t *testing.T, address, token string) (int, http.Header, []byte) {
	t.Helper()
	answer, err := w.request(t.Context(), address, token)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, body
}

// token is how a user of the control plane says who they are.
func (w *world) token(name string) string {
	for _, user := range w.controlPlane.Users {
		if user.Name == name {
			return user.Token
		}
	}
	return ""
}

func (w *world) list(t *testing.T, path string) []map[string]any {
	t.Helper()
	code, _, body := w.ask(t, w.forklift.InventoryURL+path, w.token("kubeadmin"))
	var list []map[string]any
	if err := json.Unmarshal(body, &list); code != http.StatusOK || err != nil {
		t.Fatalf("%s: %d %v %s", path, code, err, body)
	}
	return list
}

func testInventory(t *testing.T, w *world) {
	w.create(t, w.secretOf("before", w.keys(), nil))
	w.create(t, w.providerOf("before", w.vcenter.URL))
	before := &api.Provider{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: "before"}, before); err != nil {
		t.Fatal(err)
	}
	if code, header, body := w.ask(t, w.forklift.InventoryURL+"/providers/vsphere/"+string(before.UID)+"/networks", w.token("kubeadmin")); code != http.StatusNotFound ||
		header.Get("X-Reason") != "ProviderNotFound" || len(body) != 0 {
		t.Errorf("before it was read: %d %v %s", code, header, body)
	}
	w.follow(t, []recordedCase{{name: "good", url: w.vcenter.URL, keys: w.keys(), last: "Ready"}})
	provider := &api.Provider{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: "good"}, provider); err != nil {
		t.Fatal(err)
	}
	base := "/providers/vsphere/" + string(provider.UID)

	t.Run("who may not look gets an empty refusal", func(t *testing.T) {
		for token, want := range map[string]int{"": http.StatusUnauthorized, "nobody's": http.StatusUnauthorized, w.token("viewer"): http.StatusForbidden} {
			if code, _, body := w.ask(t, w.forklift.InventoryURL+base+"/networks", token); code != want || len(body) != 0 {
				t.Errorf("%d %s, want %d", code, body, want)
			}
		}
	})

	t.Run("an unknown provider is said to be one before anybody's rights are looked at", func(t *testing.T) {
		for _, token := range []string{"", w.token("viewer"), w.token("kubeadmin")} {
			code, header, body := w.ask(t, w.forklift.InventoryURL+"/providers/vsphere/unknown/networks", token)
			if code != http.StatusNotFound || header.Get("X-Reason") != "ProviderNotFound" || len(body) != 0 {
				t.Errorf("%d %v %s", code, header, body)
			}
		}
	})

	t.Run("VLANs are told as vSphere has them", func(t *testing.T) {
		got := map[string]string{}
		for _, network := range w.list(t, base+"/networks?detail=1") {
			got[network["name"].(string)] = fmt.Sprintf("%s %s", network["variant"], network["vlanId"])
		}
		for name, want := range map[string]string{"app-100": "DvPortGroup 100", "db-200": "DvPortGroup 200", "trunk": "DvPortGroup 10-20,30-30"} {
			if got[name] != want {
				t.Errorf("%s is %q, want %q; all: %v", name, got[name], want, got)
			}
		}
		for _, network := range w.list(t, base+"/networks") {
			if _, told := network["vlanId"]; told {
				t.Errorf("detail 0 tells the VLAN of %s", network["name"])
			}
		}
	})

	t.Run("switches and NSX segments are listed, as the real inventory does", func(t *testing.T) {
		variants := map[string]map[string]any{}
		for _, network := range w.list(t, base+"/networks?detail=1") {
			variants[network["variant"].(string)+" "+network["name"].(string)] = network
		}
		for _, want := range []string{"DvSwitch dvs-lab", "OpaqueNetwork segment-db", "DvPortGroup segment-web"} {
			if variants[want] == nil {
				t.Errorf("there is no %s among %v", want, slices.Sorted(maps.Keys(variants)))
			}
		}
		members, _ := variants["DvSwitch dvs-lab"]["host"].([]any)
		if len(members) != 4 || len(members[0].(map[string]any)["PNIC"].([]any)) != 1 {
			t.Errorf("members of the switch: %v", members)
		}
		if of := variants["DvPortGroup segment-web"]["dvSwitch"].(map[string]any); of["id"] != variants["DvSwitch dvs-lab"]["id"] {
			t.Errorf("a port group is of the switch %v", of)
		}
	})

	t.Run("every NIC is on a network that is listed", func(t *testing.T) {
		known := map[any]bool{}
		for _, network := range w.list(t, base+"/networks?detail=1") {
			known[network["id"]] = true
			if network["variant"] == "OpaqueNetwork" {
				known[network["key"]] = true
				delete(known, network["id"])
			}
		}
		nics := 0
		for _, vm := range w.list(t, base+"/vms") {
			for _, nic := range vm["nics"].([]any) {
				nics++
				if id := nic.(map[string]any)["network"].(map[string]any)["id"]; !known[id] {
					t.Errorf("%s has a NIC on %v", vm["name"], id)
				}
			}
		}
		if nics == 0 {
			t.Error("no VM has a NIC")
		}
	})

	t.Run("a certificate is the server's own, as PEM", func(t *testing.T) {
		fetch := func(address string) (int, []byte) {
			code, _, body := w.ask(t, w.forklift.ServicesURL+"/tls-certificate?URL="+url.QueryEscape(address), "")
			return code, body
		}
		code, header, body := w.ask(t, w.forklift.ServicesURL+"/tls-certificate?URL="+url.QueryEscape(w.vcenter.Endpoints["self-signed"]), "")
		if got := header.Get("Content-Type"); got != "text/plain; charset=utf-8" {
			t.Errorf("its type is %q: the console reads only what is exactly text/plain as text", got)
		}
		block, rest := pem.Decode(body)
		if code != http.StatusOK || block == nil || len(strings.TrimSpace(string(rest))) != 0 {
			t.Errorf("%d %s", code, body)
		}
		if code, body := fetch(w.vcenter.Endpoints["closed"]); code != http.StatusInternalServerError || !strings.Contains(string(body), "connection refused") {
			t.Errorf("a closed port: %d %s", code, body)
		}
		// Longer than MTV's controller dials: the services of forklift-api have no limit (docs/facts/forklift.md, corrections).
		within, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		if _, err := w.request(within, w.forklift.ServicesURL+"/tls-certificate?URL="+url.QueryEscape(w.vcenter.Endpoints["dropping"]), ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("dropped packets: %v", err)
		}
		if code, body := fetch(""); code != http.StatusInternalServerError || strings.TrimSpace(string(body)) != "URL host or path is empty" {
			t.Errorf("no address: %d %s", code, body)
		}
	})
}
