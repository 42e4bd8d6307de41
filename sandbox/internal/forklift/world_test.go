package forklift_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/forklift"
	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/internal/vcenter"
)

// slowness makes everything 20 times faster than MTV.
const slowness = 0.05

// world is a cluster with MTV beside a vCenter.
type world struct {
	controlPlane *controlplane.ControlPlane
	vcenter      *vcenter.VCenter
	forklift     *forklift.Forklift
	client       client.WithWatch
	// project is where a test has its objects.
	project string
}

// One cluster for all of them: it takes longer to start than any of these tests.
func TestForklift(t *testing.T) {
	shared := newWorld(t)
	for name, test := range map[string]func(*testing.T, *world){
		"providers as recorded":                    testProvidersAsRecorded,
		"a password is corrected in place":         testPasswordCorrectedInPlace,
		"the fingerprint is the server's":          testFingerprintIsTheServersCertificate,
		"inventory and certificates":               testInventory,
		"a VDDK image restarts the inventory":      testImageRestartsTheInventory,
		"Secrets are tried":                        testSecretsAreTried,
		"Secrets of ESXi hosts are tried":          testHostSecretsAreTried,
		"what Secrets and Providers lack is added": testWhatIsLeftOutIsAdded,
		"SSH keys beside a Provider":               testSSHKeysBesideAProvider,
		"the provider host as recorded":            testHostProviderAsRecorded,
		"Hosts as recorded":                        testHostsAsRecorded,
		"NetworkMaps as recorded":                  testNetworkMapsAsRecorded,
		"Plans":                                    testPlans,
		"Plans follow what they rest on":           testPlansFollow,
		"bodies of the inventory as recorded":      testInventoryBodiesAsRecorded,
	} {
		t.Run(name, func(t *testing.T) {
			namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "vms-"}}
			shared.create(t, namespace)
			w := *shared
			w.project = namespace.Name
			test(t, &w)
		})
	}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	w := &world{controlPlane: controlplane.ForTest(t, crd.Platform, crd.MTV)}
	var err error
	if w.vcenter, err = vcenter.Start(t.Context(), vcenter.Options{Dir: t.TempDir(), Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.vcenter.Stop)
	if w.forklift, err = forklift.Start(t.Context(), forklift.Options{Config: w.controlPlane.Config, Log: log, Pace: pace.New(slowness), Routes: w.vcenter.Routes}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.forklift.Stop)
	scheme := runtime.NewScheme()
	if err := errors.Join(clientscheme.AddToScheme(scheme), api.AddToScheme(scheme)); err != nil {
		t.Fatal(err)
	}
	if w.client, err = client.NewWithWatch(w.controlPlane.Config, client.Options{Scheme: scheme}); err != nil {
		t.Fatal(err)
	}
	// kubeadmin is what the scenarios make of it.
	w.create(t, &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "admins"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "cluster-admin"},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: "Group", Name: "system:cluster-admins"}},
	})
	return w
}

func (w *world) create(t *testing.T, object client.Object) {
	t.Helper()
	if err := w.client.Create(t.Context(), object); err != nil {
		t.Fatal(err)
	}
}

// keys of a Secret that logs in without verifying.
func (w *world) keys() map[string]string {
	return map[string]string{"url": w.vcenter.URL, "user": w.vcenter.User, "password": w.vcenter.Password, "insecureSkipVerify": "true"}
}

func (w *world) secure(ca []byte) map[string]string {
	keys := w.keys()
	keys["insecureSkipVerify"], keys["cacert"] = "false", string(ca)
	return keys
}

func (w *world) secretOf(name string, keys map[string]string, labels map[string]string) *corev1.Secret {
	return &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.project, Labels: labels}, StringData: keys}
}

func (w *world) providerOf(name, url string) *api.Provider {
	return &api.Provider{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.project},
		Spec:       api.ProviderSpec{Type: api.VSphere, URL: url, Secret: corev1.ObjectReference{Name: name, Namespace: w.project}},
	}
}

// recording reads an answer of the real MTV (sandbox/recorded/README.md). A test without its recording fails.
func recording(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("../../recorded", name))
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
