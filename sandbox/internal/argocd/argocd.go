// Package argocd runs the application controller and the repo server of a real Argo CD, with a Redis in memory between them, on the
// sandbox's cluster, in the place that OpenShift GitOps prepares (package operators): with the token of its ServiceAccount, and so
// with its rights and no others. What is not here: Argo CD's API server and page.
package argocd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/process"
)

// Namespace of the instance that OpenShift GitOps makes.
const Namespace = "openshift-gitops"

// controller is the ServiceAccount of the application controller there.
const controller = "openshift-gitops-argocd-application-controller"

// Options of an Argo CD.
type Options struct {
	// Program is tools/programs/argocd, Helm a Helm 3; both built by `make chart-tools`.
	Program, Helm string
	// Config may do anything on the cluster, on which OpenShift GitOps is installed.
	Config *rest.Config
	// Dir holds logs and what the repo server checks out.
	Dir string
	Log *slog.Logger
}

// ArgoCD is running.
type ArgoCD struct {
	options    Options
	client     client.Client
	controller *process.Process
	processes  []*process.Process
	cancel     context.CancelFunc
}

// Start sets up the instance and runs it until ctx ends or Stop is called. It returns when both programs answer.
func Start(ctx context.Context, o Options) (*ArgoCD, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(ctx)
	a := &ArgoCD{options: o, cancel: cancel}
	if err := a.start(ctx); err != nil {
		a.Stop()
		return nil, fmt.Errorf("start Argo CD: %w", err)
	}
	return a, nil
}

func (a *ArgoCD) start(ctx context.Context) (err error) {
	for _, program := range []string{a.options.Program, a.options.Helm} {
		if _, err := os.Stat(program); err != nil {
			return fmt.Errorf("no %s; `make chart-tools` builds it", program)
		}
	}
	if a.client, err = client.New(a.options.Config, client.Options{}); err != nil {
		return err
	}
	// The operator's would say more; without any the controller does not start.
	settings := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{
		Namespace: Namespace, Name: "argocd-cm", Labels: map[string]string{"app.kubernetes.io/part-of": "argocd"},
	}}
	if err := a.client.Create(ctx, settings); err != nil {
		return err
	}
	kubeconfig, err := a.writeKubeconfig(ctx)
	if err != nil {
		return err
	}
	return a.run(ctx, kubeconfig)
}

// run starts the programs. Ports are free ones; nothing listens beyond this machine.
func (a *ArgoCD) run(ctx context.Context, kubeconfig string) error {
	// The repo server finds Helm by this name.
	tools := filepath.Join(a.options.Dir, "bin")
	helm, err := filepath.Abs(a.options.Helm)
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(tools, 0o755), os.Symlink(helm, filepath.Join(tools, "helm")), os.Mkdir(filepath.Join(a.options.Dir, "tmp"), 0o700)); err != nil {
		return err
	}
	environment := append(os.Environ(),
		"PATH="+tools+":"+os.Getenv("PATH"), "TMPDIR="+filepath.Join(a.options.Dir, "tmp"), "ARGOCD_ASK_PASS_SOCK="+filepath.Join(a.options.Dir, "askpass"),
		"ARGOCD_GPG_ENABLED=false", "ARGOCD_FAKE_IN_CLUSTER=true", "KUBECONFIG="+kubeconfig,
	)
	ports, err := freePorts(4)
	if err != nil {
		return err
	}
	start := func(name, address string, arguments ...string) (*process.Process, error) {
		command := exec.Command(a.options.Program, append([]string{name}, arguments...)...)
		command.Env = environment
		child, err := process.Start(a.options.Dir, name, command)
		if err != nil {
			return nil, err
		}
		a.processes = append(a.processes, child)
		wait, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		return child, child.Wait(wait, func(ctx context.Context) error {
			connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
			if err == nil {
				_ = connection.Close()
			}
			return err
		})
	}
	host, port := func(i int) string { return "127.0.0.1:" + ports[i] }, func(i int) string { return ports[i] }
	if _, err := start("redis", host(0), host(0)); err != nil {
		return err
	}
	if _, err := start("repo-server", host(1), "--disable-tls", "--address", "127.0.0.1", "--port", port(1), "--metrics-address", "127.0.0.1",
		"--metrics-port", port(2), "--redis", host(0), "--revision-cache-expiration", "2s"); err != nil {
		return err
	}
	a.controller, err = start("application-controller", host(3), "-n", Namespace, "--repo-server", host(1), "--repo-server-plaintext",
		"--redis", host(0), "--metrics-port", port(3), "--persist-resource-health",
		// A sync of everything that was healed at once: Argo CD's own default would wait, and overwrite what the whole sync said.
		"--self-heal-timeout-seconds", "3", "--self-heal-backoff-timeout-seconds", "0")
	return err
}

// writeKubeconfig writes one with a real token of the controller's ServiceAccount.
func (a *ArgoCD) writeKubeconfig(ctx context.Context) (string, error) {
	request := &authenticationv1.TokenRequest{}
	account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Namespace: Namespace, Name: controller}}
	if err := a.client.SubResource("token").Create(ctx, account, request); err != nil {
		return "", fmt.Errorf("token of the controller: %w", err)
	}
	config := api.NewConfig()
	config.Clusters["sandbox"] = &api.Cluster{Server: a.options.Config.Host, CertificateAuthorityData: a.options.Config.CAData, CertificateAuthority: a.options.Config.CAFile}
	config.AuthInfos["controller"] = &api.AuthInfo{Token: request.Status.Token}
	config.Contexts["sandbox"] = &api.Context{Cluster: "sandbox", AuthInfo: "controller"}
	config.CurrentContext = "sandbox"
	path := filepath.Join(a.options.Dir, "kubeconfig")
	return path, clientcmd.WriteToFile(*config, path)
}

// RestartController kills the controller in the midst of whatever it does and starts it again.
func (a *ArgoCD) RestartController() error { return a.controller.Restart() }

// Stop ends the programs.
func (a *ArgoCD) Stop() {
	a.cancel()
	for _, each := range a.processes {
		each.Stop()
	}
}

// Log is the end of what the controller said.
func (a *ArgoCD) Log() string { return a.controller.Tail() }

func freePorts(count int) ([]string, error) {
	var ports []string
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("find free ports: %w", err)
		}
		defer listener.Close()
		_, port, _ := strings.Cut(listener.Addr().String(), ":")
		ports = append(ports, port)
	}
	return ports, nil
}
