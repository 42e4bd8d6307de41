package openshiftapi

import (
	"context"
	"errors"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/tools/cache"
)

// clusterRegistry knows by which host the integrated registry is reached: images.config.openshift.io/cluster says so, and says
// nothing while the registry is Removed.
type clusterRegistry struct{ images cache.Store }

func (s *Server) watchRegistry(ctx context.Context, o Options) (*clusterRegistry, error) {
	c, err := dynamic.NewForConfig(o.Config)
	if err != nil {
		return nil, err
	}
	factory := dynamicinformer.NewDynamicSharedInformerFactory(c, 0)
	images := factory.ForResource(schema.GroupVersionResource{Group: "config.openshift.io", Version: "v1", Resource: "images"}).Informer()
	s.running.Go(func() { images.RunWithContext(ctx) })
	patience, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if !cache.WaitForCacheSync(patience.Done(), images.HasSynced) {
		return nil, errors.New("images.config.openshift.io cannot be watched")
	}
	return &clusterRegistry{images: images.GetStore()}, nil
}

// configured says whether there is a configuration of images at all.
func (r *clusterRegistry) configured() bool {
	return len(r.images.ListKeys()) > 0
}

// host is empty while no registry is configured.
func (r *clusterRegistry) host() string {
	object, found, err := r.images.GetByKey("cluster")
	if err != nil || !found {
		return ""
	}
	host, _, _ := unstructured.NestedString(object.(*unstructured.Unstructured).Object, "status", "internalRegistryHostname")
	return host
}
