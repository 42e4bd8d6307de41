package openshiftapi

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	projectv1 "github.com/openshift/api/project/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/conversion"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// optional are the groups that an installation may leave out, groups all that are served.
var (
	optional = []schema.GroupVersion{buildv1.GroupVersion, imagev1.GroupVersion}
	groups   = append([]schema.GroupVersion{projectv1.GroupVersion}, optional...)
)

// published are the kinds of the groups as clients know them.
func published() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
	errs := []error{buildv1.Install(scheme), imagev1.Install(scheme), projectv1.Install(scheme)}
	for _, group := range groups {
		errs = append(errs, scheme.SetVersionPriority(group))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("register OpenShift's kinds: %w", err)
	}
	return scheme, nil
}

// newScheme is what the server works with. An API server has an internal version of each kind; both groups have had one version
// for ten years, so here the internal types are the published ones and nothing is ever converted.
func newScheme() (*runtime.Scheme, error) {
	scheme, err := published()
	if err != nil {
		return nil, err
	}
	for _, group := range groups {
		internal := schema.GroupVersion{Group: group.Group, Version: runtime.APIVersionInternal}
		for kind, of := range scheme.KnownTypes(group) {
			if strings.HasPrefix(of.PkgPath(), "github.com/openshift/api/") {
				scheme.AddKnownTypeWithName(internal.WithKind(kind), reflect.New(of).Interface().(runtime.Object))
			}
		}
	}
	setDefaults(scheme)
	for into, convert := range map[any]conversion.ConversionFunc{
		(*buildv1.BinaryBuildRequestOptions)(nil): binaryOptions,
		(*buildv1.BuildLogOptions)(nil):           logOptions,
	} {
		if err := scheme.AddConversionFunc((*url.Values)(nil), into, convert); err != nil {
			return nil, fmt.Errorf("register OpenShift's options: %w", err)
		}
	}
	return scheme, nil
}

func binaryOptions(from, into any, _ conversion.Scope) error {
	query, options := *from.(*url.Values), into.(*buildv1.BinaryBuildRequestOptions)
	options.AsFile = query.Get("asFile")
	options.Commit, options.Message = query.Get("revision.commit"), query.Get("revision.message")
	options.AuthorName, options.AuthorEmail = query.Get("revision.authorName"), query.Get("revision.authorEmail")
	options.CommitterName, options.CommitterEmail = query.Get("revision.committerName"), query.Get("revision.committerEmail")
	return nil
}

func logOptions(from, into any, _ conversion.Scope) error {
	query, options := *from.(*url.Values), into.(*buildv1.BuildLogOptions)
	for name, flag := range map[string]*bool{"follow": &options.Follow, "nowait": &options.NoWait} {
		value := query.Get(name)
		*flag = query.Has(name) && value != "false" && value != "0"
	}
	return nil
}
