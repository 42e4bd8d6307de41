package operators

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	admissionv1 "k8s.io/api/admission/v1"
	"k8s.io/client-go/util/cert"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

// hook is an admission webhook and the Deployment whose pod answers it.
type hook struct {
	deployment string
	handle     func(*Operators, context.Context, string, admission.Request) admission.Response
}

// hooks by path.
var hooks = map[string]hook{
	"/mutate-lvm-topolvm-io-v1alpha1-lvmcluster":       {"lvms-operator", (*Operators).defaultLVMCluster},
	"/validate-lvm-topolvm-io-v1alpha1-lvmcluster":     {"lvms-operator", (*Operators).validateLVMCluster},
	"/validate-hco-kubevirt-io-v1beta1-hyperconverged": {"hco-webhook", (*Operators).validateHyperConverged},
	"/mutate-ns-hco-kubevirt-io":                       {"hco-webhook", (*Operators).guardNamespace},
}

// serve answers webhooks at a free port of this machine.
func (s *Operators) serve(ctx context.Context) error {
	certificate, key, err := cert.GenerateSelfSignedCertKey("localhost", []net.IP{net.IPv4(127, 0, 0, 1)}, nil)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.WebhookURL, s.WebhookCA = "https://"+listener.Addr().String(), certificate
	s.server = &http.Server{
		Handler: http.HandlerFunc(s.answer), TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
		ErrorLog: slog.NewLogLogger(s.options.Log.Handler(), slog.LevelDebug), ReadHeaderTimeout: 10 * time.Second,
	}
	s.running.Go(func() { _ = s.server.ServeTLS(listener, "", "") })
	return nil
}

// answer lets the webhook of a namespace's operator decide. Without a ready pod nobody answers; the API server then refuses the
// request with status 500, as it does where a Service has no endpoints.
func (s *Operators) answer(w http.ResponseWriter, r *http.Request) {
	namespace, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	found, ok := hooks["/"+path]
	if !ok || !s.isUp(namespace, found.deployment) {
		http.Error(w, fmt.Sprintf("no endpoints available for service %q", found.deployment+"-service"), http.StatusServiceUnavailable)
		return
	}
	(&admission.Webhook{Handler: admission.HandlerFunc(func(ctx context.Context, request admission.Request) admission.Response {
		return found.handle(s, ctx, namespace, request)
	})}).ServeHTTP(w, r)
}

// decode reads an object of a request; a response is there when it can't.
func decode(raw []byte) (*object, error) {
	o := &object{}
	return o, json.Unmarshal(raw, &o.Object)
}

// convert carries a value over into another type, as JSON would.
func convert(from, to any) error {
	content, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(content, to)
}

// defaultLVMCluster looks for disks once only, where none are named. From 4.22 on.
func (s *Operators) defaultLVMCluster(context.Context, string, admission.Request) admission.Response {
	return admission.Allowed("")
}

// validateLVMCluster refuses what the webhook of LVM Storage refuses, in its words (openshift/lvm-operator,
// api/v1alpha1/lvmcluster_webhook.go), as far as Migration Prep could send it.
func (s *Operators) validateLVMCluster(ctx context.Context, namespace string, request admission.Request) admission.Response {
	cluster, err := decode(request.Object.Raw)
	if err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	classes, err := deviceClasses(cluster)
	if err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	if request.Operation == admissionv1.Create {
		if request.Namespace != namespace {
			return admission.Denied(fmt.Sprintf("creating LVMCluster is only supported within namespace %q: invalid namespace was supplied", namespace))
		}
		there, err := s.list(ctx, kind("lvm.topolvm.io", "v1alpha1", "LVMCluster"), client.InNamespace(namespace))
		if err != nil {
			return admission.Errored(http.StatusInternalServerError, err)
		}
		if len(there) > 0 {
			return admission.Denied(fmt.Sprintf("LVMCluster exists at %q: duplicate LVMClusters are not allowed, remove the old LVMCluster or work with the existing instance", client.ObjectKeyFromObject(&there[0])))
		}
	}
	warnings, problem := checkDeviceClasses(classes)
	if problem == "" && request.Operation == admissionv1.Update {
		problem, err = changedDeviceClasses(request.OldObject.Raw, classes)
		if err != nil {
			return admission.Errored(http.StatusBadRequest, err)
		}
	}
	if problem != "" {
		return admission.Denied(problem).WithWarnings(warnings...)
	}
	return admission.Allowed("").WithWarnings(warnings...)
}

func checkDeviceClasses(classes []deviceClass) (warnings []string, problem string) {
	defaults := 0
	var without []string
	for _, class := range classes {
		if class.Default {
			defaults++
		}
		switch {
		case class.DeviceSelector == nil:
			without = append(without, class.Name)
		case len(class.allPaths()) == 0:
			return nil, "either paths or optionalPaths must be specified when DeviceSelector is specified"
		case class.relativePath() != "":
			return nil, fmt.Sprintf("path %s must be an absolute path to the device", class.relativePath())
		}
	}
	if defaults > 1 {
		return nil, fmt.Sprintf("only one default deviceClass is allowed. Currently, there are %d default deviceClasses", defaults)
	}
	if defaults == 0 {
		warnings = append(warnings, "no default deviceClass was specified, it will be mandatory to specify the generated storage class in any PVC explicitly or you will have to declare another default StorageClass")
	}
	if len(without) > 0 && len(classes) > 1 {
		return warnings, fmt.Sprintf("path list should not be empty when there are multiple deviceClasses. Please specify device path(s) under deviceSelector.paths for %s deviceClass(es)", strings.Join(without, ","))
	}
	if len(without) == 1 {
		warnings = append(warnings, fmt.Sprintf("no device path(s) under deviceSelector.paths was specified for the %s deviceClass, "+
			"device discovery will be based on the deviceDiscoveryPolicy (defaults to Static). This is not recommended for production environments. "+
			"Please refer to the limitations outlined in the product documentation for further details.", without[0]))
	}
	return warnings, ""
}

// changedDeviceClasses refuses what cannot be changed.
func changedDeviceClasses(before []byte, classes []deviceClass) (string, error) {
	cluster, err := decode(before)
	if err != nil {
		return "", err
	}
	old, err := deviceClasses(cluster)
	if err != nil {
		return "", err
	}
	if len(classes) == 0 {
		return "device class removal validation failed: cannot remove all device classes: at least one device class must remain", nil
	}
	now := map[string]deviceClass{}
	for _, class := range classes {
		now[class.Name] = class
	}
	for _, was := range old {
		is, kept := now[was.Name]
		switch {
		case !kept && was.Default:
			return fmt.Sprintf("device class removal validation failed: cannot delete default device class %s", was.Name), nil
		case !kept:
		case !same(was.ThinPoolConfig, is.ThinPoolConfig):
			return "ThinPoolConfig can not be changed", nil
		case !same(was.NodeSelector, is.NodeSelector):
			return "NodeSelector can not be changed", nil
		case was.DeviceSelector != nil && is.DeviceSelector != nil && !same(was.DeviceSelector.ForceWipe, is.DeviceSelector.ForceWipe):
			return "ForceWipeDevicesAndDestroyAllData can not be changed", nil
		case len(was.allPaths()) == 0 && len(is.allPaths()) > 0:
			return "device paths can not be added after a device class has been initialized", nil
		case len(was.allPaths()) > 0 && len(is.allPaths()) == 0:
			return fmt.Sprintf("cannot remove all device paths from device class %s: at least one device path must remain", was.Name), nil
		}
	}
	return "", nil
}

func same(one, other any) bool {
	a, errA := json.Marshal(one)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}
