package openshiftapi

import (
	"context"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage/names"
	"k8s.io/client-go/kubernetes"
	"k8s.io/utils/clock"

	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// apis are the resources of all groups.
type apis struct {
	pods     *pods
	registry *clusterRegistry
	accounts *accounts
	viewers  *viewers
	client   kubernetes.Interface
	clock    clock.Clock
	pace     *pace.Pace

	buildConfigs, builds, streams, images *registry.Store
}

// open makes the stores in etcd.
func (a *apis) open(scheme *runtime.Scheme, options generic.RESTOptionsGetter) (err error) {
	kinds := []struct {
		into           **registry.Store
		group          schema.GroupVersion
		plural, single string
		item, list     func() runtime.Object
		strategy       strategy
	}{
		{
			&a.buildConfigs, buildv1.GroupVersion, "buildconfigs", "buildconfig",
			func() runtime.Object { return &buildv1.BuildConfig{} }, func() runtime.Object { return &buildv1.BuildConfigList{} },
			strategy{namespaced: true, prepare: prepareBuildConfig, validate: validateBuildConfig},
		},
		{
			&a.builds, buildv1.GroupVersion, "builds", "build",
			func() runtime.Object { return &buildv1.Build{} }, func() runtime.Object { return &buildv1.BuildList{} },
			strategy{namespaced: true, prepare: prepareBuild, validate: validateBuild},
		},
		{
			&a.streams, imagev1.GroupVersion, "imagestreams", "imagestream",
			func() runtime.Object { return &imagev1.ImageStream{} }, func() runtime.Object { return &imagev1.ImageStreamList{} },
			strategy{namespaced: true, prepare: a.prepareStream, validate: validateStream},
		},
		{
			&a.images, imagev1.GroupVersion, "images", "image",
			func() runtime.Object { return &imagev1.Image{} }, func() runtime.Object { return &imagev1.ImageList{} },
			strategy{prepare: func(runtime.Object, runtime.Object) {}, validate: func(runtime.Object, runtime.Object) field.ErrorList { return nil }},
		},
	}
	for _, kind := range kinds {
		kind.strategy.ObjectTyper, kind.strategy.NameGenerator = scheme, names.SimpleNameGenerator
		resource := kind.group.WithResource(kind.plural).GroupResource()
		store := &registry.Store{
			NewFunc: kind.item, NewListFunc: kind.list,
			DefaultQualifiedResource: resource, SingularQualifiedResource: kind.group.WithResource(kind.single).GroupResource(),
			CreateStrategy: kind.strategy, UpdateStrategy: kind.strategy, DeleteStrategy: kind.strategy,
			TableConvertor: rest.NewDefaultTableConvertor(resource),
		}
		if kind.into == &a.streams {
			store.Decorator = a.decorateStream
		}
		if err := store.CompleteWithOptions(&generic.StoreOptions{RESTOptions: options}); err != nil {
			return err
		}
		*kind.into = store
	}
	return nil
}

func (a *apis) buildResources() map[string]rest.Storage {
	return map[string]rest.Storage{
		"buildconfigs":                   a.buildConfigs,
		"buildconfigs/instantiate":       &instantiate{a},
		"buildconfigs/instantiatebinary": &instantiateBinary{a},
		"builds":                         a.builds,
		"builds/log":                     &buildLog{a},
	}
}

func (a *apis) imageResources() map[string]rest.Storage {
	status := *a.streams
	statusStrategy := a.streams.UpdateStrategy.(strategy)
	statusStrategy.prepare = prepareStreamStatus
	status.UpdateStrategy = statusStrategy
	return map[string]rest.Storage{
		"images":              a.images,
		"imagestreams":        a.streams,
		"imagestreams/status": &streamStatus{&status},
		"imagestreamtags":     &streamTags{a},
		"imagestreamimports":  &streamImports{a},
	}
}

func (a *apis) projectResources() map[string]rest.Storage {
	return map[string]rest.Storage{"projects": &projects{a.viewers}, "projectrequests": &projectRequests{a.client}}
}

// strategy is what a kind does before it is stored.
type strategy struct {
	runtime.ObjectTyper
	names.NameGenerator
	namespaced bool
	// prepare sets what clients may not; old is nil when the object is new. validate looks at the result.
	prepare  func(object, old runtime.Object)
	validate func(object, old runtime.Object) field.ErrorList
}

func (s strategy) NamespaceScoped() bool          { return s.namespaced }
func (s strategy) AllowCreateOnUpdate() bool      { return false }
func (s strategy) AllowUnconditionalUpdate() bool { return false }
func (s strategy) Canonicalize(runtime.Object)    {}

func (s strategy) PrepareForCreate(_ context.Context, object runtime.Object) { s.prepare(object, nil) }

func (s strategy) PrepareForUpdate(_ context.Context, object, old runtime.Object) {
	s.prepare(object, old)
}

func (s strategy) Validate(_ context.Context, object runtime.Object) field.ErrorList {
	return s.validate(object, nil)
}

func (s strategy) ValidateUpdate(_ context.Context, object, old runtime.Object) field.ErrorList {
	return s.validate(object, old)
}

func (s strategy) WarningsOnCreate(context.Context, runtime.Object) []string { return nil }

func (s strategy) WarningsOnUpdate(context.Context, runtime.Object, runtime.Object) []string {
	return nil
}
