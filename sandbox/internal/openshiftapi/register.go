package openshiftapi

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	registration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Where the control plane finds this server. OpenShift has a Service of that name in a namespace of its own; here it is in one
// that no scenario clears. Names of its type are resolved by the API server's machine: there is no cluster network.
const (
	serviceNamespace = "kube-system"
	serviceName      = "openshift-apiserver"
	serviceHost      = serviceName + "." + serviceNamespace + ".svc"
)

func registrations(of []schema.GroupVersion) []*registration.APIService {
	all := make([]*registration.APIService, 0, len(of))
	for _, group := range of {
		all = append(all, &registration.APIService{ObjectMeta: metav1.ObjectMeta{Name: group.Version + "." + group.Group}})
	}
	return all
}

// Publish registers the groups with the control plane and waits until it passes requests on.
func (s *Server) Publish(ctx context.Context) error {
	service := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: serviceName, Namespace: serviceNamespace},
		Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeExternalName, ExternalName: "localhost"},
	}
	if err := client.IgnoreAlreadyExists(s.admin.Create(ctx, service)); err != nil {
		return fmt.Errorf("register the build and image APIs: %w", err)
	}
	for i, each := range registrations(groups) {
		each.Spec = registration.APIServiceSpec{
			Group: groups[i].Group, Version: groups[i].Version, CABundle: s.ca, GroupPriorityMinimum: 9900, VersionPriority: 15,
			Service: &registration.ServiceReference{Namespace: serviceNamespace, Name: serviceName, Port: &s.port},
		}
		if err := client.IgnoreAlreadyExists(s.admin.Create(ctx, each)); err != nil {
			return fmt.Errorf("register %s: %w", each.Name, err)
		}
	}
	return s.await(ctx, groups, true)
}

// Withdraw leaves the control plane without the build and image APIs, as a cluster whose Build capability is off. Objects stay where they are.
func (s *Server) Withdraw(ctx context.Context) error {
	for _, each := range registrations(optional) {
		if err := client.IgnoreNotFound(s.admin.Delete(ctx, each)); err != nil {
			return fmt.Errorf("withdraw %s: %w", each.Name, err)
		}
	}
	return s.await(ctx, optional, false)
}

// await polls until the control plane serves these groups and lists them, or none of them.
func (s *Server) await(ctx context.Context, groups []schema.GroupVersion, there bool) error {
	for _, group := range groups {
		var last error
		err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, time.Minute, true, func(context.Context) (bool, error) {
			_, last = s.discovery.ServerResourcesForGroupVersion(group.String())
			if there != (last == nil) || !there && !apierrors.IsNotFound(last) {
				return false, nil
			}
			listed, err := s.discovery.ServerGroups()
			return err == nil && there == slices.ContainsFunc(listed.Groups, func(each metav1.APIGroup) bool { return each.Name == group.Group }), nil
		})
		if err != nil {
			return fmt.Errorf("wait for %s: %w", group, errors.Join(err, last))
		}
	}
	return nil
}

func registrationScheme() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{corev1.AddToScheme, registration.AddToScheme} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	return scheme, nil
}
