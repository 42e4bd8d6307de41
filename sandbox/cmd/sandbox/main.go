// Command sandbox runs OpenShift's half of a migration on one machine: a real Kubernetes control plane, a vCenter simulator,
// stand-ins for MTV, for OpenShift's build and image APIs and for its console, which loads the built plugin.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshift"
	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

// settings are what the command line says.
type settings struct {
	kube, dir, plugin, pluginCA, host string
	// crds is a folder with definitions that take the place of the sandbox's own; empty for none.
	crds              string
	scenario, address string
	// openShift is the version that is played.
	openShift string
	// images are folders that play container images: name → folder.
	images                map[string]kubelet.Image
	pace                  float64
	keep, quiet, untilEOF bool
	// audit has the API server write every request down.
	audit bool
}

func parse(arguments []string) (settings, error) {
	s := settings{images: map[string]kubelet.Image{}}
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	flags.StringVar(&s.kube, "kube", ".build/bin/kube", "the control plane's program; those below KUBEBUILDER_ASSETS are preferred")
	flags.StringVar(&s.dir, "dir", "", "folder for data and logs (default: a new one below .build/sandbox)")
	flags.StringVar(&s.plugin, "plugin", "dist", "folder of the built plugin, or https address of a server that has it")
	flags.StringVar(&s.pluginCA, "plugin-ca", "", "file with the certificate authority of that server")
	flags.StringVar(&s.host, "host", ".build/host", "folder of the built console shell")
	flags.StringVar(&s.crds, "crds", "", "folder with CRDs to use instead of the sandbox's own")
	flags.StringVar(&s.scenario, "scenario", scenarios.Fresh, "state of the cluster: "+strings.Join(scenarios.Names(), ", "))
	flags.StringVar(&s.openShift, "openshift", "4.22", "version of OpenShift: "+strings.Join(openshift.Versions, " or "))
	flags.Func("image", "NAME=FOLDER: run containers of an image with the program in a folder, whose file entrypoint.json says how; may be repeated", func(text string) error {
		name, image, err := imageOf(text)
		if err == nil {
			s.images[name] = image
		}
		return err
	})
	flags.StringVar(&s.address, "address", "127.0.0.1:9000", "address of the console; port 0 takes a free one")
	flags.Float64Var(&s.pace, "pace", 1, "how long things take, compared with a real cluster; tests use less than 1")
	flags.BoolVar(&s.keep, "keep", false, "leave the folder behind")
	flags.BoolVar(&s.quiet, "quiet", false, "print no logins")
	flags.BoolVar(&s.audit, "audit", false, "have the API server write every request down, without bodies; sandbox.json says where")
	flags.BoolVar(&s.untilEOF, "until-eof", false, "end when standard input ends, so when the program that started this one does")
	err := flags.Parse(arguments)
	if err == nil && !slices.Contains(openshift.Versions, s.openShift) {
		err = fmt.Errorf("there is no OpenShift %s here; there are %s", s.openShift, strings.Join(openshift.Versions, " and "))
		fmt.Fprintln(os.Stderr, err)
	}
	return s, err
}

// imageOf reads NAME=FOLDER. The folder's entrypoint.json is a list such as ["node", "tools.mjs"].
func imageOf(text string) (string, kubelet.Image, error) {
	name, folder, ok := strings.Cut(text, "=")
	if !ok {
		return "", kubelet.Image{}, fmt.Errorf("%q is not NAME=FOLDER", text)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", kubelet.Image{}, err
	}
	content, err := os.ReadFile(filepath.Join(folder, "entrypoint.json"))
	if err != nil {
		return "", kubelet.Image{}, err
	}
	image := kubelet.Image{Dir: folder}
	if err := json.Unmarshal(content, &image.Entrypoint); err != nil {
		return "", kubelet.Image{}, fmt.Errorf("read the entrypoint of %s: %w", name, err)
	}
	return name, image, nil
}

func main() {
	// As in package controlplane: memory is cheaper here than the processor.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	s, err := parse(os.Args[1:])
	if err != nil {
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if s.untilEOF {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	if err := run(ctx, s); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

// run keeps a sandbox until ctx ends.
func run(ctx context.Context, s settings) error {
	if err := scenarios.Known(s.scenario); err != nil {
		return err
	}
	for _, folder := range s.crdFolders() {
		if _, err := os.Stat(folder); err != nil {
			return fmt.Errorf("definitions: %w", err)
		}
	}
	for folder, remedy := range map[string]string{s.plugin: "npm run build", s.host: "npm run host"} {
		if strings.HasPrefix(folder, "https://") {
			continue
		}
		if _, err := os.Stat(folder); err != nil {
			return fmt.Errorf("%s is missing: `%s` builds it", folder, remedy)
		}
	}
	dir, err := workFolder(s.dir)
	if err != nil {
		return err
	}
	if !s.keep {
		defer os.RemoveAll(dir)
	}
	logFile, err := os.Create(filepath.Join(dir, "sandbox.log"))
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	defer logFile.Close()
	logger := slog.New(slog.NewTextHandler(logFile, nil))
	log.SetLogger(logr.FromSlogHandler(logger.Handler()))
	klog.SetSlogLogger(logger)

	began := time.Now()
	box, err := start(ctx, s, dir, logger)
	if err != nil {
		return err
	}
	defer box.stop()
	path, err := box.writeInfo()
	if err != nil {
		return err
	}
	if !s.quiet {
		fmt.Print(box.welcome(time.Since(began)))
	}
	fmt.Println("READY", path)
	<-ctx.Done()
	return nil
}

// workFolder makes the folder of this sandbox; several may run at a time.
func workFolder(dir string) (string, error) {
	if dir != "" {
		return dir, os.MkdirAll(dir, 0o700)
	}
	parent := filepath.Join(".build", "sandbox")
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(parent, "")
}

// welcome tells a person where to go and as whom.
func (b *sandbox) welcome(took time.Duration) string {
	var text strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&text, format+"\n", a...) }
	line("")
	line("  Console     %s/migration-prep   (ready after %.0f s, scenario %s)", b.bridge.URL, took.Seconds(), b.settings.scenario)
	for _, user := range b.controlPlane.Users {
		line("    sign in   %-10s %s", user.Name, user.Title)
	}
	line("  vCenter     %s", b.vcenter.URL)
	line("    user      %s", b.vcenter.User)
	line("    password  %s", b.vcenter.Password)
	names := make([]string, 0, len(b.vcenter.Endpoints))
	for name := range b.vcenter.Endpoints {
		if name != "good" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	line("    endpoints that are wrong in one way each:")
	for _, name := range names {
		line("              %-12s %s", name, b.vcenter.Endpoints[name])
	}
	line("  kubectl     KUBECONFIG=%s", b.controlPlane.Kubeconfig)
	line("  Ctrl-C ends everything.")
	line("")
	return text.String()
}
