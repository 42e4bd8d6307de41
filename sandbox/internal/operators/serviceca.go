package operators

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Annotations of OpenShift's service CA: on a Service, the Secret that gets its certificate; on a ConfigMap, that it wants the CA.
const (
	servingCert  = "service.beta.openshift.io/serving-cert-secret-name"
	injectCA     = "service.beta.openshift.io/inject-cabundle"
	originalName = "service.beta.openshift.io/originating-service-name"
)

// signer is the authority of the cluster's Services.
type signer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newSigner() (*signer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	certificate, err := cert.NewSelfSignedCACert(cert.Config{CommonName: "openshift-service-serving-signer"}, key)
	return &signer{certificate, key}, err
}

func (s *signer) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: cert.CertificateBlockType, Bytes: s.certificate.Raw})
}

// issue makes a certificate for a Service, with the CA behind it.
func (s *signer) issue(service *corev1.Service) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, nil, err
	}
	host := service.Name + "." + service.Namespace + ".svc"
	signed, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: host}, DNSNames: []string{host, host + ".cluster.local"},
		NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(2 * 365 * 24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, s.certificate, private.Public(), s.key)
	if err != nil {
		return nil, nil, err
	}
	key, err = keyutil.MarshalPrivateKeyToPEM(private)
	leaf := pem.EncodeToMemory(&pem.Block{Type: cert.CertificateBlockType, Bytes: signed})
	return append(leaf, s.pem()...), key, err
}

// actServiceCA gives Services their certificates and ConfigMaps the CA. A Secret that is deleted is made again: so a certificate is
// renewed.
func (s *Operators) actServiceCA(ctx context.Context) error {
	services, maps := &corev1.ServiceList{}, &corev1.ConfigMapList{}
	if err := errors.Join(s.client.List(ctx, services), s.client.List(ctx, maps)); err != nil {
		return err
	}
	for i := range services.Items {
		if services.Items[i].Annotations[servingCert] != "" && services.Items[i].DeletionTimestamp == nil {
			if err := s.certify(ctx, &services.Items[i]); err != nil {
				return err
			}
		}
	}
	for i := range maps.Items {
		config := &maps.Items[i]
		if config.Annotations[injectCA] == "true" && config.Data["service-ca.crt"] != string(s.signer.pem()) {
			config.Data = map[string]string{"service-ca.crt": string(s.signer.pem())}
			if err := ignoreLost(s.client.Update(ctx, config)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Operators) certify(ctx context.Context, service *corev1.Service) error {
	secret := &corev1.Secret{}
	err := s.client.Get(ctx, client.ObjectKey{Namespace: service.Namespace, Name: service.Annotations[servingCert]}, secret)
	if client.IgnoreNotFound(err) != nil {
		return err
	}
	if err == nil {
		if secret.Annotations[originalName] != service.Name {
			return fmt.Errorf("secret %s/%s does not have corresponding service UID", secret.Namespace, secret.Name)
		}
		if bytes.HasSuffix(secret.Data[corev1.TLSCertKey], s.signer.pem()) {
			return nil
		}
	}
	certificate, key, issueErr := s.signer.issue(service)
	if issueErr != nil {
		return issueErr
	}
	data := map[string][]byte{corev1.TLSCertKey: certificate, corev1.TLSPrivateKeyKey: key}
	if err == nil {
		secret.Data = data
		return ignoreLost(s.client.Update(ctx, secret))
	}
	return s.create(ctx, &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: service.Namespace, Name: service.Annotations[servingCert], Annotations: map[string]string{originalName: service.Name},
			OwnerReferences: []metav1.OwnerReference{{APIVersion: "v1", Kind: "Service", Name: service.Name, UID: service.UID}},
		},
		Type: corev1.SecretTypeTLS, Data: data,
	})
}

// Handler renews the authority and with it every certificate, on POST /rotate.
func (s *Operators) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /rotate", func(w http.ResponseWriter, _ *http.Request) {
		fresh, err := newSigner()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		s.rotated <- fresh
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
