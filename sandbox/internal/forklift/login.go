package forklift

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // vSphere's thumbprints are SHA-1.
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/soap"
	corev1 "k8s.io/api/core/v1"
)

// dialTimeout is MTV's `controller_tls_connection_timeout_sec`. Only the controller has it: the services and the webhooks of
// forklift-api dial without any, so that a server that drops packets keeps them until the kernel gives up, after about 133 s
// (docs/facts/forklift.md, corrections).
const dialTimeout = 5 * time.Second

// wrongPassword is vCenter's sentence; MTV recognises a wrong password by it and by nothing else.
const wrongPassword = "Cannot complete login due to an incorrect user name or password."

// isWrongPassword tells a refused login from every other failure.
func isWrongPassword(err error) bool {
	return err != nil && strings.Contains(err.Error(), wrongPassword)
}

// errIncompleteURL is MTV's own sentence.
var errIncompleteURL = errors.New("URL host or path is empty")

// credentials are what a provider's Secret says.
type credentials struct {
	user, password string
	insecure       bool
	// authorities are PEM certificates: key `ca.crt`, or the older `cacert` (docs/facts/forklift.md §2).
	authorities []byte
}

func credentialsOf(secret *corev1.Secret) credentials {
	insecure, _ := strconv.ParseBool(string(secret.Data["insecureSkipVerify"]))
	authorities := secret.Data["ca.crt"]
	if len(authorities) == 0 {
		authorities = secret.Data["cacert"]
	}
	return credentials{user: string(secret.Data["user"]), password: string(secret.Data["password"]), insecure: insecure, authorities: authorities}
}

func (c credentials) tls() *tls.Config {
	if c.insecure {
		return &tls.Config{InsecureSkipVerify: true} //nolint:gosec // The user chose it, and a condition says so.
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(c.authorities)
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

// leafOf dials a server without verifying it and returns its certificate.
func leafOf(ctx context.Context, address *url.URL) (*x509.Certificate, error) {
	connection, err := dial(ctx, address, &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // To look at the certificate, not to trust it.
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	return connection.ConnectionState().PeerCertificates[0], nil
}

func dial(ctx context.Context, address *url.URL, config *tls.Config) (*tls.Conn, error) {
	if address.Host == "" {
		return nil, errIncompleteURL
	}
	host := address.Host
	if address.Port() == "" {
		host = net.JoinHostPort(address.Hostname(), "443")
	}
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", routed(ctx, host))
	if err != nil {
		return nil, err
	}
	config.ServerName = address.Hostname()
	secured := tls.Client(raw, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, fmt.Errorf("failed to create a secure TLS connection: %w", err)
	}
	return secured, nil
}

// fingerprint is a certificate's SHA-1 as vSphere writes it: upper-case hex with colons.
func fingerprint(certificate *x509.Certificate) string {
	sum := sha1.Sum(certificate.Raw) //nolint:gosec // vSphere's thumbprints are SHA-1.
	var text bytes.Buffer
	for i, b := range sum {
		if i > 0 {
			text.WriteByte(':')
		}
		fmt.Fprintf(&text, "%02X", b)
	}
	return text.String()
}

// connect logs in. The caller logs out.
func connect(ctx context.Context, address *url.URL, c credentials) (*govmomi.Client, error) {
	without := *address
	without.User = nil
	soapClient := soap.NewClient(&without, c.insecure)
	if !c.insecure {
		soapClient.DefaultTransport().TLSClientConfig = c.tls()
	}
	if host := net.JoinHostPort(address.Host, "443"); routed(ctx, host) != host {
		soapClient.DefaultTransport().DialTLSContext = func(context.Context, string, string) (net.Conn, error) {
			return dial(ctx, &without, c.tls())
		}
	}
	vimClient, err := vim25.NewClient(ctx, soapClient)
	if err != nil {
		return nil, err
	}
	client := &govmomi.Client{Client: vimClient, SessionManager: session.NewManager(vimClient)}
	if err := client.Login(ctx, url.UserPassword(c.user, c.password)); err != nil {
		return nil, err
	}
	return client, nil
}
