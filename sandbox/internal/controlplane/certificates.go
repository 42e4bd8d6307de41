package controlplane

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
)

// authority signs the certificates of the control plane. It lives in memory only: certificates last as long as a sandbox.
type authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// newAuthority makes a certificate authority and writes its certificate to <dir>/<name>.crt.
func newAuthority(dir, name string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the key of %s: %w", name, err)
	}
	certificate, err := cert.NewSelfSignedCACert(cert.Config{CommonName: name}, key)
	if err != nil {
		return nil, fmt.Errorf("sign %s: %w", name, err)
	}
	a := &authority{certificate: certificate, key: key}
	return a, os.WriteFile(filepath.Join(dir, name+".crt"), a.pem(), 0o600)
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: cert.CertificateBlockType, Bytes: a.certificate.Raw})
}

// issue writes <dir>/<name>.crt and .key. With hosts it is a server's certificate for localhost, without it is a client's.
func (a *authority) issue(dir, name string, subject pkix.Name, server bool) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("make the key of %s: %w", name, err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return fmt.Errorf("number the certificate of %s: %w", name, err)
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(30 * 24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if server {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		template.DNSNames = []string{"localhost", "kubernetes.default.svc"}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 0, 0, 1)}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return fmt.Errorf("sign the certificate of %s: %w", name, err)
	}
	if err := writeKey(filepath.Join(dir, name+".key"), key); err != nil {
		return err
	}
	block := pem.EncodeToMemory(&pem.Block{Type: cert.CertificateBlockType, Bytes: der})
	return os.WriteFile(filepath.Join(dir, name+".crt"), block, 0o600)
}

func writeKey(path string, key crypto.PrivateKey) error {
	encoded, err := keyutil.MarshalPrivateKeyToPEM(key)
	if err != nil {
		return fmt.Errorf("encode a key: %w", err)
	}
	return os.WriteFile(path, encoded, 0o600)
}

// writeCertificates makes everything the programs present to each other.
func writeCertificates(dir string) error {
	ca, err := newAuthority(dir, "ca")
	if err != nil {
		return err
	}
	// Aggregated API servers trust users named by the API server only under this authority's certificate.
	front, err := newAuthority(dir, "front-proxy-ca")
	if err != nil {
		return err
	}
	accounts, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("make the key of service accounts: %w", err)
	}
	if err := writeKey(filepath.Join(dir, "service-accounts.key"), accounts); err != nil {
		return err
	}
	if err := ca.issue(dir, "server", pkix.Name{CommonName: "kube-apiserver"}, true); err != nil {
		return err
	}
	if err := ca.issue(dir, "admin", pkix.Name{CommonName: "sandbox", Organization: []string{"system:masters"}}, false); err != nil {
		return err
	}
	return front.issue(dir, "front-proxy", pkix.Name{CommonName: "front-proxy-client"}, false)
}
