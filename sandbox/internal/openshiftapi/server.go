package openshiftapi

import (
	"context"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	"github.com/openshift/api/openapi/generated_openapi"
	projectv1 "github.com/openshift/api/project/v1"
	kubernetes "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/endpoints/openapi"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/server/filters"
	"k8s.io/apiserver/pkg/server/options"
	"k8s.io/apiserver/pkg/util/compatibility"
	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/util"
	"k8s.io/kube-openapi/pkg/validation/spec"
)

// newAPIServer is OpenShift's API server as far as three of its groups go. Who asks and what they may do is the control plane's
// to say: authentication and authorization are delegated to it, as in the original.
func newAPIServer(o Options, listener net.Listener, a *apis) (*server.GenericAPIServer, error) {
	scheme, err := newScheme()
	if err != nil {
		return nil, err
	}
	factory := serializer.NewCodecFactory(scheme)
	settings := options.NewRecommendedOptions("/openshift.io", factory.LegacyCodec(groups...))
	settings.Etcd.StorageConfig.Transport.ServerList = []string{o.EtcdURL}
	settings.Etcd.SkipHealthEndpoints = true
	settings.SecureServing.Listener = listener
	settings.SecureServing.BindPort = listener.Addr().(*net.TCPAddr).Port
	settings.SecureServing.ServerCert.CertKey = options.CertKey{CertFile: filepath.Join(o.Dir, "serving.crt"), KeyFile: filepath.Join(o.Dir, "serving.key")}
	settings.Authentication.RemoteKubeConfigFile = o.Kubeconfig
	settings.Authorization.RemoteKubeConfigFile = o.Kubeconfig
	// Tests grant a right and use it at once.
	settings.Authorization.AllowCacheTTL, settings.Authorization.DenyCacheTTL = time.Second, time.Second
	settings.CoreAPI.CoreAPIKubeconfigPath = o.Kubeconfig
	settings.Features.EnablePriorityAndFairness = false

	config := server.NewRecommendedConfig(factory)
	config.EffectiveVersion = compatibility.DefaultBuildEffectiveVersion()
	config.LongRunningFunc = longRunning
	if err := describe(config); err != nil {
		return nil, err
	}
	if err := settings.ApplyTo(config); err != nil {
		return nil, err
	}
	s, err := config.Complete().New("openshift-apiserver", server.NewEmptyDelegate())
	if err != nil {
		return nil, err
	}
	// Open watches would hold it up for a minute.
	s.ShutdownTimeout = 500 * time.Millisecond
	if err := a.open(scheme, config.RESTOptionsGetter); err != nil {
		return nil, err
	}
	parameters := runtime.NewParameterCodec(scheme)
	for group, storage := range map[schema.GroupVersion]map[string]rest.Storage{
		buildv1.GroupVersion: a.buildResources(), imagev1.GroupVersion: a.imageResources(), projectv1.GroupVersion: a.projectResources(),
	} {
		info := server.NewDefaultAPIGroupInfo(group.Group, scheme, parameters, factory)
		info.PrioritizedVersions = []schema.GroupVersion{group}
		info.VersionedResourcesStorageMap["v1"] = storage
		if err := s.InstallAPIGroup(&info); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// longRunning requests have no time limit: the usual ones, and the upload of a build's source.
func longRunning(r *http.Request, info *request.RequestInfo) bool {
	usual := filters.BasicLongRunningRequestCheck(sets.NewString("watch"), sets.NewString("log"))
	return usual(r, info) || info.Subresource == "instantiatebinary"
}

// describe gives the server its OpenAPI document, by which also server-side apply merges.
func describe(config *server.RecommendedConfig) error {
	scheme, err := published()
	if err != nil {
		return err
	}
	namer := openapi.NewDefinitionNamer(scheme)
	names := func(name string) (string, spec.Extensions) { return namer.GetDefinitionName(friendly(name)) }
	config.OpenAPIConfig = server.DefaultOpenAPIConfig(definitions, namer)
	config.OpenAPIConfig.GetDefinitionName = names
	config.OpenAPIV3Config = server.DefaultOpenAPIV3Config(definitions, namer)
	config.OpenAPIV3Config.GetDefinitionName = names
	config.OpenAPIV3Config.Definitions = definitions(func(name string) spec.Ref {
		return spec.MustCreateRef("#/components/schemas/" + common.EscapeJsonPointer(friendly(name)))
	})
	return nil
}

// definitions are OpenShift's, and those of Kubernetes that every API server has. OpenShift's are generated for Kubernetes 1.34 and
// name its kinds by their Go packages; an API server of 1.35 asks for them by the name in the document.
func definitions(callback common.ReferenceCallback) map[string]common.OpenAPIDefinition {
	all := generated_openapi.GetOpenAPIDefinitions(callback)
	for name, definition := range all {
		if strings.HasPrefix(name, "k8s.io/") {
			all[friendly(name)] = definition
		}
	}
	maps.Copy(all, kubernetes.GetOpenAPIDefinitions(callback))
	return all
}

func friendly(name string) string {
	if strings.Contains(name, "/") {
		return util.ToRESTFriendlyName(name)
	}
	return name
}

// run serves until ctx ends.
func run(ctx context.Context, s *server.GenericAPIServer) error {
	return s.PrepareRun().RunWithContext(ctx)
}
