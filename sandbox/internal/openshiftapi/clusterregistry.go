package openshiftapi

import (
	"context"
	"errors"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// clusterRegistry knows by which host the integrated registry is reached: images.config.openshift.io/cluster says so, and says
// nothing while the registry is Removed.
type clusterRegistry struct{ images cache.SharedIndexInformer }

func newClusterRegistry(config *rest.Config) (*clusterRegistry, error) {
	c, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	images := schema.GroupVersionResource{Group: "config.openshift.io", Version: "v1", Resource: "images"}
	return &clusterRegistry{dynamicinformer.NewDynamicSharedInformerFactory(c, 0).ForResource(images).Informer()}, nil
}

// watch returns when the configuration is known. Its definition may still be on its way to the cluster.
func (s *Server) watch(ctx context.Context, r *clusterRegistry) error {
	patience, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	err := wait.PollUntilContextCancel(patience, 50*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		return s.discovery.RESTClient().Get().AbsPath("/apis/config.openshift.io/v1/images").Do(ctx).Error() == nil, nil
	})
	if err != nil {
		return fmt.Errorf("wait for images.config.openshift.io: %w", err)
	}
	s.running.Go(func() { r.images.RunWithContext(ctx) })
	if !cache.WaitForCacheSync(patience.Done(), r.images.HasSynced) {
		return errors.New("images.config.openshift.io cannot be watched")
	}
	return nil
}

// configured says whether there is a configuration of images at all.
func (r *clusterRegistry) configured() bool {
	return len(r.images.GetStore().ListKeys()) > 0
}

// host is empty while no registry is configured.
func (r *clusterRegistry) host() string {
	object, found, err := r.images.GetStore().GetByKey("cluster")
	if err != nil || !found {
		return ""
	}
	host, _, _ := unstructured.NestedString(object.(*unstructured.Unstructured).Object, "status", "internalRegistryHostname")
	return host
}
