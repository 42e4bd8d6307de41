package bridge_test

import (
	"encoding/pem"
	"net/http"
	"strings"
	"testing"

	"k8s.io/client-go/rest"

	"github.com/migration-prep/migration-prep/sandbox/internal/bridge"
	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

func TestPluginFromItsServer(t *testing.T) {
	u := newUpstream(t)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: u.Certificate().Raw})
	console := func(t *testing.T, plugin string, ca []byte) (*browser, error) {
		started, err := bridge.Start(t.Context(), bridge.Options{
			APIServer: &rest.Config{Host: u.URL}, Users: []controlplane.User{{Name: "prep", Token: "token-of-prep"}},
			Plugin: plugin, PluginCA: ca, PluginName: "migration-prep", Host: t.TempDir(), Listener: listen(t),
		})
		if err != nil {
			return nil, err
		}
		t.Cleanup(started.Stop)
		b := newBrowser(started.URL)
		signIn(t, b)
		return b, nil
	}
	t.Run("files and texts, without what is between browser and console", func(t *testing.T) {
		b, err := console(t, u.URL, ca)
		if err != nil {
			t.Fatal(err)
		}
		for path, asked := range map[string]string{
			"/api/plugins/migration-prep/plugin-entry.js?cacheBuster=1": `"/plugin-entry.js"`,
			"/locales/resource.json?lng=en&ns=plugin__migration-prep":   `"/locales/en/plugin__migration-prep.json"`,
		} {
			code, body, header := b.do(t, "GET", path, "")
			if code != http.StatusOK || !strings.Contains(body, asked) || len(header.Values("X-Content-Type-Options")) != 1 {
				t.Errorf("%s: %d %s %v", path, code, body, header)
			}
			for _, name := range []string{"Cookie", "Authorization", "X-Csrftoken"} {
				if u.last(t).Header.Get(name) != "" {
					t.Errorf("%s reaches the plugin's server", name)
				}
			}
		}
	})
	t.Run("only GET", func(t *testing.T) {
		b, err := console(t, u.URL, ca)
		if err != nil {
			t.Fatal(err)
		}
		before := u.count()
		if code, _, header := b.do(t, "HEAD", "/api/plugins/migration-prep/plugin-entry.js", ""); code != http.StatusMethodNotAllowed || header.Get("Allow") != "GET" {
			t.Errorf("%d %v", code, header)
		}
		if u.count() != before {
			t.Error("it reached the plugin's server")
		}
	})
	t.Run("a certificate of somebody else", func(t *testing.T) {
		b, err := console(t, strings.Replace(u.URL, "127.0.0.1", "localhost", 1), ca)
		if err != nil {
			t.Fatal(err)
		}
		if code, body, _ := b.do(t, "GET", "/api/plugins/migration-prep/plugin-entry.js", ""); code != http.StatusBadGateway || !strings.Contains(body, "failed to send GET request") {
			t.Errorf("%d %s", code, body)
		}
	})
	t.Run("no authority", func(t *testing.T) {
		if _, err := console(t, u.URL, nil); err == nil || !strings.Contains(err.Error(), "no certificate authority") {
			t.Errorf("got %v", err)
		}
	})
}
