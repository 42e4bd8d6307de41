package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// options of a sandbox beside the working copy's own build, with empty folders where the plugin and the shell would be.
func options(t *testing.T) settings {
	t.Helper()
	root := filepath.Join("..", "..", "..")
	return settings{
		kube: filepath.Join(root, ".build", "bin", "kube"), plugin: t.TempDir(), host: t.TempDir(),
		scenario: "prepared", openShift: "4.22", address: "127.0.0.1:0", pace: 0.1,
	}
}

func TestEverythingStartsAndNothingIsLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	box, err := start(t.Context(), options(t), dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	path, err := box.writeInfo()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var info struct {
		Console   string            `json:"console"`
		APIServer string            `json:"apiServer"`
		VCenter   map[string]any    `json:"vcenter"`
		Users     []json.RawMessage `json:"users"`
	}
	if err := json.Unmarshal(content, &info); err != nil || len(info.Users) != 3 {
		t.Fatalf("%v %s", err, content)
	}
	answer, err := http.Get(info.Console + "/auth/login")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the console answers %d", answer.StatusCode)
	}
	if mode, err := os.Stat(path); err != nil || mode.Mode().Perm() != 0o600 {
		t.Errorf("others may read the tokens: %v %v", mode.Mode(), err)
	}
	if text := box.welcome(0); !strings.Contains(text, info.Console) || !strings.Contains(text, "kubeadmin") {
		t.Errorf("the welcome does not say where to go: %s", text)
	}

	box.stop()
	for _, address := range []string{info.Console, info.APIServer, info.VCenter["url"].(string)} {
		parsed, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		connection, err := net.Dial("tcp", parsed.Host)
		if err == nil {
			_ = connection.Close()
			t.Errorf("%s still answers", address)
		}
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*settings)
		says   string
	}{
		"the plugin":  {func(s *settings) { s.plugin = "nowhere" }, "`npm run build` builds it"},
		"the shell":   {func(s *settings) { s.host = "nowhere" }, "`npm run host` builds it"},
		"Kubernetes":  {func(s *settings) { s.kube = "nowhere" }, "`make kube` builds it"},
		"a scenario":  {func(s *settings) { s.scenario = "frsh" }, `no scenario "frsh"`},
		"the address": {func(s *settings) { s.address = "127.0.0.1:not-a-port" }, "console: listen tcp"},
		"a folder":    {func(s *settings) { s.crds = "nowhere" }, "definitions: stat nowhere"},
		// The only one that is found when Kubernetes runs already.
		"definitions": {func(s *settings) { s.crds = "main.go" }, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("KUBEBUILDER_ASSETS", "")
			s := options(t)
			s.dir = filepath.Join(t.TempDir(), "sandbox")
			test.change(&s)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := run(ctx, s)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v", err)
			}
			if _, err := os.Stat(s.dir); !os.IsNotExist(err) {
				t.Errorf("the folder is left: %v", err)
			}
		})
	}
}
