// Package controlplane runs a real Kubernetes control plane on this machine: etcd, kube-apiserver and
// kube-controller-manager, with users, RBAC and the aggregation layer. There is no node: package kubelet stands in for one.
package controlplane

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/migration-prep/migration-prep/sandbox/internal/process"
)

// Options of a control plane.
type Options struct {
	// Kube is the path of the program of sandbox/kube. Programs below KUBEBUILDER_ASSETS are preferred.
	Kube string
	// Dir holds certificates, logs and etcd's data; it is made when absent. Stop leaves it.
	Dir string
	// Audit has the API server write down every request, with who asked: see AuditLog.
	Audit bool
	// Log receives what is worth knowing; nil discards it.
	Log *slog.Logger
}

// ControlPlane is a running control plane.
type ControlPlane struct {
	// Config is for a client that may do anything.
	Config *rest.Config
	// URL of the API server, https://127.0.0.1:PORT, and the authority of its certificate.
	URL    string
	CAFile string
	CACert []byte
	// EtcdURL is for aggregated API servers that keep their objects in the same store.
	EtcdURL string
	// Kubeconfig is a file for kubectl, with the rights of Config.
	Kubeconfig string
	// AuditLog is a file with an audit.k8s.io/v1 Event on each line, without bodies; "" when nothing is written down.
	AuditLog string
	// Users who may sign in.
	Users []User

	// lock guards what follows: a test may stop and start programs while all of them are stopped for good.
	lock      sync.Mutex
	ended     bool
	processes []*process.Process
	programs  map[string]program
}

// program is one of the processes, and how to know that it answers.
type program struct {
	*process.Process
	ready func(context.Context) error
}

// startTime is how long the slowest machine may take.
const startTime = 2 * time.Minute

// Start runs the control plane until ctx ends or Stop is called. It returns when the API server answers and the controller
// manager has been started.
func Start(ctx context.Context, o Options) (*ControlPlane, error) {
	// A kubeconfig's paths are relative to its own folder, a command line's to the current one.
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("find the folder of the control plane: %w", err)
	}
	o.Dir = dir
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the control plane: %w", err)
	}
	c := &ControlPlane{
		Users: newUsers(), CAFile: filepath.Join(o.Dir, "ca.crt"), Kubeconfig: filepath.Join(o.Dir, "kubeconfig"), programs: map[string]program{},
	}
	began := time.Now()
	if err := c.start(ctx, o); err != nil {
		c.Stop()
		return nil, err
	}
	context.AfterFunc(ctx, c.Stop)
	if o.Log != nil {
		o.Log.Info("control plane is ready", "seconds", time.Since(began).Round(100*time.Millisecond).Seconds(), "url", c.URL)
	}
	return c, nil
}

func (c *ControlPlane) start(ctx context.Context, o Options) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	if err := writeCertificates(o.Dir); err != nil {
		return err
	}
	if err := writeTokens(filepath.Join(o.Dir, "tokens.csv"), c.Users); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(o.Dir, "admission.yaml"), []byte(admission), 0o600); err != nil {
		return fmt.Errorf("configure admission: %w", err)
	}
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	file := func(name string) string { return filepath.Join(o.Dir, name) }
	address := func(port int) string { return "://127.0.0.1:" + strconv.Itoa(port) }
	c.EtcdURL, c.URL = "http"+address(ports[0]), "https"+address(ports[2])
	run := func(name, executable string, ready func(context.Context) error, arguments ...string) error {
		child, err := programs{kube: o.Kube}.start(o.Dir, executable, arguments...)
		if err == nil {
			c.processes = append(c.processes, child)
			c.programs[name] = program{child, ready}
		}
		return err
	}

	peers := "http" + address(ports[1])
	if err := run(Etcd, "etcd", c.etcdReady, "--data-dir", file("etcd"), "--unsafe-no-fsync", "--log-level", "warn",
		"--listen-client-urls", c.EtcdURL, "--advertise-client-urls", c.EtcdURL,
		"--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", "default="+peers,
	); err != nil {
		return err
	}
	if err := c.writeKubeconfig(o.Dir); err != nil {
		return err
	}
	audit, err := c.auditArguments(o)
	if err != nil {
		return err
	}
	err = run(APIServer, "kube-apiserver", c.ready, append(audit, "--etcd-servers", c.EtcdURL, "--bind-address", "127.0.0.1",
		"--secure-port", strconv.Itoa(ports[2]), "--service-cluster-ip-range", "10.0.0.0/24",
		"--admission-control-config-file", file("admission.yaml"), "--authorization-mode", "RBAC", "--token-auth-file", file("tokens.csv"), "--client-ca-file", c.CAFile,
		"--tls-cert-file", file("server.crt"), "--tls-private-key-file", file("server.key"),
		"--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", file("service-accounts.key"),
		"--service-account-signing-key-file", file("service-accounts.key"),
		// An upload to the build API waits up to 5 minutes for its build. OpenShift's API server excepts it from the time limit
		// of a request, Kubernetes' own does not know it.
		"--request-timeout", "15m",
		// The aggregation layer. Services of aggregated servers are of type ExternalName, which a router to endpoints can't follow.
		"--requestheader-client-ca-file", file("front-proxy-ca.crt"), "--requestheader-allowed-names", "front-proxy-client",
		"--requestheader-username-headers", "X-Remote-User", "--requestheader-group-headers", "X-Remote-Group",
		"--requestheader-extra-headers-prefix", "X-Remote-Extra-", "--proxy-client-cert-file", file("front-proxy.crt"),
		"--proxy-client-key-file", file("front-proxy.key"), "--enable-aggregator-routing=false",
	)...)
	if err != nil {
		return err
	}
	if err := c.programs[APIServer].Wait(ctx, c.ready); err != nil {
		return err
	}
	return run(Controllers, "kube-controller-manager", c.ready, "--kubeconfig", c.Kubeconfig, "--secure-port", "0", "--leader-elect=false",
		"--use-service-account-credentials=true", "--service-account-private-key-file", file("service-accounts.key"),
		"--root-ca-file", c.CAFile, "--concurrent-gc-syncs", "5", "--controllers", controllers)
}

// controllers are those that act on what the sandbox holds. Nothing schedules a pod; package kubelet runs some.
const controllers = "namespace-controller,garbage-collector-controller,serviceaccount-controller,serviceaccount-token-controller," +
	"clusterrole-aggregation-controller,root-ca-certificate-publisher-controller,job-controller,ttl-after-finished-controller," +
	"deployment-controller,replicaset-controller,disruption-controller," +
	"persistentvolumeclaim-protection-controller,persistentvolume-protection-controller"

// ready asks the API server as its own health check does; RBAC's first roles are part of that.
func (c *ControlPlane) ready(ctx context.Context) error {
	client, err := kubernetes.NewForConfig(c.Config)
	if err != nil {
		return err
	}
	var status int
	if err := client.RESTClient().Get().AbsPath("/readyz").Do(ctx).StatusCode(&status).Error(); err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("/readyz answers %d", status)
	}
	return nil
}

func (c *ControlPlane) writeKubeconfig(dir string) error {
	ca, err := os.ReadFile(c.CAFile)
	if err != nil {
		return fmt.Errorf("read the authority back: %w", err)
	}
	c.CACert = ca
	config := api.NewConfig()
	config.Clusters["sandbox"] = &api.Cluster{Server: c.URL, CertificateAuthorityData: ca}
	config.AuthInfos["admin"] = &api.AuthInfo{ClientCertificate: filepath.Join(dir, "admin.crt"), ClientKey: filepath.Join(dir, "admin.key")}
	config.Contexts["sandbox"] = &api.Context{Cluster: "sandbox", AuthInfo: "admin"}
	config.CurrentContext = "sandbox"
	if err := clientcmd.WriteToFile(*config, c.Kubeconfig); err != nil {
		return fmt.Errorf("write the kubeconfig: %w", err)
	}
	c.Config, err = clientcmd.BuildConfigFromFlags("", c.Kubeconfig)
	if err != nil {
		return fmt.Errorf("read the kubeconfig back: %w", err)
	}
	// A sandbox writes dozens of objects at once; the default of 5 requests a second is meant for other clusters.
	c.Config.QPS, c.Config.Burst = 200, 400
	return nil
}

// Stop ends the programs, the last started first. It may be called more than once.
func (c *ControlPlane) Stop() {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.ended = true
	for _, child := range slices.Backward(c.processes) {
		child.Stop()
	}
}

// freePorts are ports nobody listens on at this moment.
func freePorts(count int) ([]int, error) {
	ports := make([]int, 0, count)
	var errs []error
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			errs = append(errs, err)
			continue
		}
		defer func() { errs = append(errs, listener.Close()) }()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	if len(ports) < count {
		return nil, fmt.Errorf("find free ports: %w", errors.Join(errs...))
	}
	return ports, nil
}
