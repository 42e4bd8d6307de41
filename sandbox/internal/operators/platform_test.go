package operators_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

func TestTheRest(t *testing.T) {
	w := newWorld(t, "4.22")
	w.apply(t, operator("openshift-cnv", "kubevirt-hyperconverged")+"---"+operator("openshift-mtv", "mtv-operator")+"---"+operator("openshift-nmstate", "kubernetes-nmstate-operator"))

	t.Run("NMState is Available and brings its kinds", func(t *testing.T) {
		w.insist(t, "{apiVersion: nmstate.io/v1, kind: NMState, metadata: {name: nmstate}}")
		w.eventually(t, "Available", func(ctx context.Context) bool {
			return conditions(w.read(ctx, ref("nmstate.io", "v1", "NMState", "", "nmstate")))["Available"] == "True SuccessfullyDeployed"
		})
		if w.read(t.Context(), crdNamed("nodenetworkconfigurationpolicies.nmstate.io")) == nil {
			t.Error("no NodeNetworkConfigurationPolicy")
		}
	})

	t.Run("MTV's provider host is not connected before OpenShift Virtualization is there", func(t *testing.T) {
		w.insist(t, "{apiVersion: forklift.konveyor.io/v1beta1, kind: ForkliftController, metadata: {name: forklift-controller, namespace: openshift-mtv}, spec: {}}")
		host := ref("forklift.konveyor.io", "v1beta1", "Provider", "openshift-mtv", "host")
		w.eventually(t, "ConnectionFailed", func(ctx context.Context) bool {
			found := w.read(ctx, host)
			if found == nil {
				return false
			}
			phase, _, _ := unstructured.NestedString(found.Object, "status", "phase")
			return phase == "ConnectionFailed"
		})
		w.insist(t, "{apiVersion: hco.kubevirt.io/v1beta1, kind: HyperConverged, metadata: {name: kubevirt-hyperconverged, namespace: openshift-cnv}, spec: {}}")
		w.eventually(t, "HyperConverged and host", func(ctx context.Context) bool {
			got := conditions(w.read(ctx, ref("hco.kubevirt.io", "v1beta1", "HyperConverged", "openshift-cnv", "kubevirt-hyperconverged")))
			return got["Available"] == "True ReconcileCompleted" && got["ReconcileComplete"] == "True ReconcileCompleted" && conditions(w.read(ctx, host))["Ready"] == "True"
		})
	})

	t.Run("a HyperConverged elsewhere is invalid; its namespace and one with VMs stay", func(t *testing.T) {
		w.apply(t, "{apiVersion: hco.kubevirt.io/v1beta1, kind: HyperConverged, metadata: {name: other, namespace: default}, spec: {}}")
		other := ref("hco.kubevirt.io", "v1beta1", "HyperConverged", "default", "other")
		w.eventually(t, "InvalidRequest", func(ctx context.Context) bool {
			return conditions(w.read(ctx, other))["ReconcileComplete"] == "False InvalidRequest"
		})
		if err := w.Delete(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		err := w.Delete(t.Context(), ref("", "v1", "Namespace", "", "openshift-cnv"))
		if err == nil || !strings.Contains(err.Error(), "HyperConverged CR is still present") {
			t.Error(err)
		}
		w.apply(t, "{apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: {name: vm, namespace: default}}")
		err = w.Delete(t.Context(), ref("hco.kubevirt.io", "v1beta1", "HyperConverged", "openshift-cnv", "kubevirt-hyperconverged"))
		if err == nil || !strings.Contains(err.Error(), "existing Virtual Machines") {
			t.Error(err)
		}
	})

	t.Run("the console starts anew with the enabled plugins that exist", func(t *testing.T) { runsPlugins(t, w) })

	t.Run("a Service gets its certificate, and another one when the authority is renewed or the Secret is gone", func(t *testing.T) {
		w.apply(t, `
apiVersion: v1
kind: Service
metadata: {name: ours, namespace: default, annotations: {service.beta.openshift.io/serving-cert-secret-name: ours-cert}}
spec: {ports: [{port: 9443}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ca, namespace: default, annotations: {service.beta.openshift.io/inject-cabundle: "true"}}
`)
		secret := ref("", "v1", "Secret", "default", "ours-cert")
		certificate := func(ctx context.Context) string {
			found := w.read(ctx, secret)
			if found == nil {
				return ""
			}
			data, _, _ := unstructured.NestedString(found.Object, "data", "tls.crt")
			return data
		}
		w.eventually(t, "the Secret", func(ctx context.Context) bool { return certificate(ctx) != "" })
		verify(t, w)
		first := certificate(t.Context())
		controls := httptest.NewServer(w.openShift.Controls()["service-ca"])
		defer controls.Close()
		answer, err := http.Post(controls.URL+"/rotate", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		w.eventually(t, "another certificate", func(ctx context.Context) bool { return certificate(ctx) != first })
		verify(t, w)
		if err := w.Delete(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "made again", func(ctx context.Context) bool { return certificate(ctx) != "" })
	})

	t.Run("GitOps' controller has the rights of the original, and a project's where the label says so", func(t *testing.T) {
		w.apply(t, strings.Replace(operator("openshift-gitops-operator", "openshift-gitops-operator"), "spec: {targetNamespaces: [openshift-gitops-operator]}", "spec: {}", 1))
		w.eventually(t, "Argo CD", func(ctx context.Context) bool {
			argo := w.read(ctx, ref("argoproj.io", "v1beta1", "ArgoCD", "openshift-gitops", "openshift-gitops"))
			if argo == nil {
				return false
			}
			phase, _, _ := unstructured.NestedString(argo.Object, "status", "phase")
			return phase == "Available" && w.read(ctx, ref("argoproj.io", "v1alpha1", "AppProject", "openshift-gitops", "default")) != nil
		})
		w.apply(t, "{apiVersion: v1, kind: Namespace, metadata: {name: target, labels: {argocd.argoproj.io/managed-by: openshift-gitops}}}")
		config := rest.CopyConfig(w.controlPlane.Config)
		config.Impersonate.UserName = "system:serviceaccount:openshift-gitops:openshift-gitops-argocd-application-controller"
		argo, err := client.New(config, client.Options{})
		if err != nil {
			t.Fatal(err)
		}
		account := func(namespace string) *unstructured.Unstructured {
			return ref("", "v1", "ServiceAccount", namespace, "made-by-argo")
		}
		w.eventually(t, "it may write in the managed project", func(ctx context.Context) bool { return argo.Create(ctx, account("target")) == nil })
		if err := argo.Create(t.Context(), account("default")); err == nil {
			t.Error("it may write ServiceAccounts anywhere")
		}
		if err := argo.Create(t.Context(), ref("nmstate.io", "v1", "NMState", "", "other")); err == nil {
			t.Error("it may write cluster-scoped operands")
		}
		if err := argo.Create(t.Context(), ref("", "v1", "Namespace", "", "by-argo")); err != nil {
			t.Error(err)
		}
		if err := w.patch(t, ref("", "v1", "Namespace", "", "target"), `{"metadata":{"labels":{"argocd.argoproj.io/managed-by":null}}}`); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "it may no longer", func(ctx context.Context) bool { return argo.Delete(ctx, account("target")) != nil })
	})

	t.Run("at rest they write nothing, and read only whether anything was written", func(t *testing.T) {
		asked := regexp.MustCompile(`(?m)^apiserver_request_total\{.*resource="(consoleplugins|customresourcedefinitions)".*verb="(LIST|POST)".*$`)
		admin, err := rest.HTTPClientFor(w.controlPlane.Config)
		if err != nil {
			t.Fatal(err)
		}
		requests := func() string {
			answer, err := admin.Get(w.controlPlane.URL + "/metrics")
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			text, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(asked.FindAllString(string(text), -1), "\n")
		}
		w.eventually(t, "nothing is asked for a second", func(context.Context) bool {
			before := requests()
			time.Sleep(time.Second)
			return before != "" && before == requests()
		})
	})
}

func crdNamed(name string) *unstructured.Unstructured {
	return ref("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "", name)
}

// verify holds the Service's certificate to the authority that ConfigMaps get.
func verify(t *testing.T, w *world) {
	t.Helper()
	w.eventually(t, "certificate and authority agree", func(ctx context.Context) bool {
		secret, config := w.read(ctx, ref("", "v1", "Secret", "default", "ours-cert")), w.read(ctx, ref("", "v1", "ConfigMap", "default", "ca"))
		authority, _, _ := unstructured.NestedString(config.Object, "data", "service-ca.crt")
		pair, err := tls.X509KeyPair(decoded(secret, "tls.crt"), decoded(secret, "tls.key"))
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(pair.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		if block, _ := pem.Decode([]byte(authority)); block == nil {
			return false
		}
		roots.AppendCertsFromPEM([]byte(authority))
		_, err = leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: "ours.default.svc"})
		return err == nil
	})
}

func decoded(secret *unstructured.Unstructured, key string) []byte {
	value, _, _ := unstructured.NestedString(secret.Object, "data", key)
	content, _ := base64.StdEncoding.DecodeString(value)
	return content
}
