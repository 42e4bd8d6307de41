package openshiftapi

import (
	"context"
	"errors"
	"fmt"
	"strings"

	projectv1 "github.com/openshift/api/project/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/internalversion"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/client-go/kubernetes"
)

// projects are the namespaces that a user may get: openshift-apiserver, pkg/project/apiserver/registry/project/proxy. A control plane
// without OpenShift's changes asks for the right to a project by name in the whole cluster, where OpenShift asks in that project.
type projects struct{ *viewers }

var (
	_ rest.Lister  = &projects{}
	_ rest.Getter  = &projects{}
	_ rest.Watcher = &projects{}
)

func (*projects) New() runtime.Object     { return &projectv1.Project{} }
func (*projects) NewList() runtime.Object { return &projectv1.ProjectList{} }
func (*projects) Destroy()                {}
func (*projects) NamespaceScoped() bool   { return false }
func (*projects) GetSingularName() string { return "project" }

func (p *projects) ConvertToTable(ctx context.Context, object, options runtime.Object) (*metav1.Table, error) {
	return rest.NewDefaultTableConvertor(projectv1.Resource("projects")).ConvertToTable(ctx, object, options)
}

// List knows neither versions nor pages, as the original.
func (p *projects) List(ctx context.Context, options *internalversion.ListOptions) (runtime.Object, error) {
	who, ok := request.UserFrom(ctx)
	if !ok {
		return nil, apierrors.NewForbidden(projectv1.Resource("project"), "", errors.New("unable to list projects without a user on the context"))
	}
	now, _ := p.now()
	list := &projectv1.ProjectList{Items: []projectv1.Project{}}
	for _, namespace := range now.of(who) {
		if selectorOf(options).Matches(labels.Set(namespace.Labels)) {
			list.Items = append(list.Items, *projectOf(namespace))
		}
	}
	return list, nil
}

func (p *projects) Get(_ context.Context, name string, _ *metav1.GetOptions) (runtime.Object, error) {
	now, _ := p.now()
	for _, namespace := range now.namespaces {
		if namespace.Name == name {
			return projectOf(namespace), nil
		}
	}
	// The original passes on what it is told of the namespace.
	return nil, apierrors.NewNotFound(corev1.Resource("namespaces"), name)
}

// Watch tells what changes from now on, and what is there already only when asked from version 0.
func (p *projects) Watch(ctx context.Context, options *internalversion.ListOptions) (watch.Interface, error) {
	who, ok := request.UserFrom(ctx)
	if !ok {
		return nil, errors.New("no user")
	}
	ctx, cancel := context.WithCancel(ctx)
	events := make(chan watch.Event)
	go p.tell(ctx, who, options, events)
	return &projectWatch{events, cancel}, nil
}

// tell sends what becomes different for a user until ctx ends.
func (p *projects) tell(ctx context.Context, who user.Info, options *internalversion.ListOptions, events chan<- watch.Event) {
	defer close(events)
	known := map[string]string{}
	for isFirst := true; ; isFirst = false {
		now, next := p.now()
		isSilent := isFirst && (options == nil || options.ResourceVersion != "0")
		gone := known
		known = map[string]string{}
		for _, namespace := range now.of(who) {
			if !selectorOf(options).Matches(labels.Set(namespace.Labels)) {
				continue
			}
			version, was := gone[namespace.Name]
			delete(gone, namespace.Name)
			known[namespace.Name] = namespace.ResourceVersion
			kind := watch.Added
			if was {
				kind = watch.Modified
			}
			if isSilent || version == namespace.ResourceVersion {
				continue
			}
			if !send(ctx, events, watch.Event{Type: kind, Object: projectOf(namespace)}) {
				return
			}
		}
		for name := range gone {
			if !send(ctx, events, watch.Event{Type: watch.Deleted, Object: &projectv1.Project{ObjectMeta: metav1.ObjectMeta{Name: name}}}) {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-next:
		}
	}
}

func send(ctx context.Context, events chan<- watch.Event, event watch.Event) bool {
	select {
	case <-ctx.Done():
		return false
	case events <- event:
		return true
	}
}

type projectWatch struct {
	events chan watch.Event
	stop   context.CancelFunc
}

func (w *projectWatch) Stop()                          { w.stop() }
func (w *projectWatch) ResultChan() <-chan watch.Event { return w.events }

func selectorOf(options *internalversion.ListOptions) labels.Selector {
	if options == nil || options.LabelSelector == nil {
		return labels.Everything()
	}
	return options.LabelSelector
}

func projectOf(namespace *corev1.Namespace) *projectv1.Project {
	return &projectv1.Project{
		ObjectMeta: *namespace.ObjectMeta.DeepCopy(),
		Spec:       projectv1.ProjectSpec{Finalizers: namespace.Spec.Finalizers},
		Status:     projectv1.ProjectStatus{Phase: namespace.Status.Phase, Conditions: namespace.Status.Conditions},
	}
}

// projectRequests make a project and its requester the administrator: openshift-apiserver, pkg/project/apiserver/registry/projectrequest,
// with its default template. They heed no dry run, as in the original.
type projectRequests struct{ client kubernetes.Interface }

var _ rest.Creater = &projectRequests{}

func (*projectRequests) New() runtime.Object     { return &projectv1.ProjectRequest{} }
func (*projectRequests) Destroy()                {}
func (*projectRequests) NamespaceScoped() bool   { return false }
func (*projectRequests) GetSingularName() string { return "projectrequest" }

func (p *projectRequests) Create(ctx context.Context, object runtime.Object, validate rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	wanted := object.(*projectv1.ProjectRequest)
	if errs := validateProject(wanted.Name); len(errs) > 0 {
		return nil, apierrors.NewInvalid(projectv1.SchemeGroupVersion.WithKind("ProjectRequest").GroupKind(), wanted.Name, errs)
	}
	if err := validate(ctx, wanted); err != nil {
		return nil, err
	}
	resource := projectv1.Resource("project")
	for _, word := range []string{"openshift", "kubernetes", "kube"} {
		if wanted.Name == word {
			return nil, apierrors.NewForbidden(resource, wanted.Name, fmt.Errorf("cannot request a project with the name %q", word))
		}
		if strings.HasPrefix(wanted.Name, word+"-") {
			return nil, apierrors.NewForbidden(resource, wanted.Name, fmt.Errorf("cannot request a project starting with %q", word+"-"))
		}
	}
	requester := ""
	if who, ok := request.UserFrom(ctx); ok {
		requester = who.GetName()
	}
	namespace, err := p.client.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{
		Name: wanted.Name,
		Annotations: map[string]string{
			"openshift.io/description": wanted.Description, "openshift.io/display-name": wanted.DisplayName, "openshift.io/requester": requester,
		},
	}}, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil, apierrors.NewAlreadyExists(resource, wanted.Name)
	}
	if err != nil {
		return nil, err
	}
	for _, binding := range bindingsOf(wanted.Name, requester) {
		if _, err := p.client.RbacV1().RoleBindings(wanted.Name).Create(ctx, binding, metav1.CreateOptions{}); err != nil {
			return nil, apierrors.NewInternalError(err)
		}
	}
	return projectOf(namespace), nil
}

func validateProject(name string) field.ErrorList {
	at := field.NewPath("metadata", "name")
	var errs field.ErrorList
	for _, message := range validation.IsDNS1123Label(name) {
		errs = append(errs, field.Invalid(at, name, message))
	}
	if len(name) < 2 {
		errs = append(errs, field.Invalid(at, name, "must be at least 2 characters long"))
	}
	return errs
}

// bindingsOf are the rights in a new project, as far as the sandbox has their roles.
func bindingsOf(project, requester string) []*rbacv1.RoleBinding {
	binding := func(name, role string, subject rbacv1.Subject) *rbacv1.RoleBinding {
		subject.APIGroup = rbacv1.GroupName
		return &rbacv1.RoleBinding{
			ObjectMeta: metav1.ObjectMeta{Name: name},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role},
			Subjects:   []rbacv1.Subject{subject},
		}
	}
	return []*rbacv1.RoleBinding{
		binding("system:image-pullers", "system:image-puller", rbacv1.Subject{Kind: rbacv1.GroupKind, Name: "system:serviceaccounts:" + project}),
		binding("admin", "admin", rbacv1.Subject{Kind: rbacv1.UserKind, Name: requester}),
	}
}
