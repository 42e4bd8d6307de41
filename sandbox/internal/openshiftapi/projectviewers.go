package openshiftapi

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// noticing is how often the original looks whether anybody's rights changed (openshift-apiserver, pkg/project/auth).
const noticing = time.Second

// viewers know who may see which project: those who may get its namespace. As in the original, a change is noticed within a second.
type viewers struct {
	factory informers.SharedInformerFactory
	changed chan struct{}

	lock sync.Mutex
	seen snapshot
	// next is closed when another snapshot takes the place of the present one.
	next chan struct{}
}

// snapshot is what is known of projects and rights.
type snapshot struct {
	namespaces      []*corev1.Namespace
	clusterBindings []*rbacv1.ClusterRoleBinding
	bindings        map[string][]*rbacv1.RoleBinding
	rules           map[string][]rbacv1.PolicyRule
}

func newViewers(client kubernetes.Interface) *viewers {
	return &viewers{factory: informers.NewSharedInformerFactory(client, 0), changed: make(chan struct{}, 1), next: make(chan struct{})}
}

// start returns when the first snapshot is there, and takes others until ctx ends.
func (v *viewers) start(ctx context.Context, running *sync.WaitGroup) error {
	touch := func() {
		select {
		case v.changed <- struct{}{}:
		default:
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { touch() }, UpdateFunc: func(any, any) { touch() }, DeleteFunc: func(any) { touch() },
	}
	rbac := v.factory.Rbac().V1()
	for _, informer := range []cache.SharedIndexInformer{
		v.factory.Core().V1().Namespaces().Informer(), rbac.Roles().Informer(), rbac.ClusterRoles().Informer(),
		rbac.RoleBindings().Informer(), rbac.ClusterRoleBindings().Informer(),
	} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	v.factory.Start(ctx.Done())
	for _, synced := range v.factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return errors.New("projects and rights cannot be watched")
		}
	}
	v.take()
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				v.factory.Shutdown()
				return
			case <-time.After(noticing):
			}
			select {
			case <-v.changed:
				v.take()
			default:
			}
		}
	})
	return nil
}

// take makes a snapshot of what the informers hold, and wakes who waits for it.
func (v *viewers) take() {
	everything, rbac := labels.Everything(), v.factory.Rbac().V1()
	s := snapshot{bindings: map[string][]*rbacv1.RoleBinding{}, rules: map[string][]rbacv1.PolicyRule{}}
	// Listers over a cache do not fail.
	s.namespaces, _ = v.factory.Core().V1().Namespaces().Lister().List(everything)
	s.clusterBindings, _ = rbac.ClusterRoleBindings().Lister().List(everything)
	bindings, _ := rbac.RoleBindings().Lister().List(everything)
	for _, each := range bindings {
		s.bindings[each.Namespace] = append(s.bindings[each.Namespace], each)
	}
	roles, _ := rbac.Roles().Lister().List(everything)
	for _, each := range roles {
		s.rules["Role "+each.Namespace+"/"+each.Name] = each.Rules
	}
	clusterRoles, _ := rbac.ClusterRoles().Lister().List(everything)
	for _, each := range clusterRoles {
		s.rules["ClusterRole "+each.Name] = each.Rules
	}
	slices.SortFunc(s.namespaces, func(a, b *corev1.Namespace) int { return strings.Compare(a.Name, b.Name) })
	v.lock.Lock()
	defer v.lock.Unlock()
	v.seen = s
	close(v.next)
	v.next = make(chan struct{})
}

// now is the present snapshot, and what tells that it is outdated.
func (v *viewers) now() (snapshot, <-chan struct{}) {
	v.lock.Lock()
	defer v.lock.Unlock()
	return v.seen, v.next
}

// of are the namespaces that a user may get, by name.
func (s snapshot) of(who user.Info) []*corev1.Namespace {
	var found []*corev1.Namespace
	for _, namespace := range s.namespaces {
		if s.maySee(who, namespace.Name) {
			found = append(found, namespace)
		}
	}
	return found
}

func (s snapshot) maySee(who user.Info, namespace string) bool {
	for _, each := range s.clusterBindings {
		if isAbout(each.Subjects, who, "") && mayGet(s.rules["ClusterRole "+each.RoleRef.Name], namespace) {
			return true
		}
	}
	for _, each := range s.bindings[namespace] {
		role := "ClusterRole " + each.RoleRef.Name
		if each.RoleRef.Kind == "Role" {
			role = "Role " + namespace + "/" + each.RoleRef.Name
		}
		if isAbout(each.Subjects, who, namespace) && mayGet(s.rules[role], namespace) {
			return true
		}
	}
	return false
}

func isAbout(subjects []rbacv1.Subject, who user.Info, namespace string) bool {
	return slices.ContainsFunc(subjects, func(subject rbacv1.Subject) bool {
		switch subject.Kind {
		case rbacv1.UserKind:
			return subject.Name == who.GetName()
		case rbacv1.GroupKind:
			return slices.Contains(who.GetGroups(), subject.Name)
		case rbacv1.ServiceAccountKind:
			home := subject.Namespace
			if home == "" {
				home = namespace
			}
			return who.GetName() == "system:serviceaccount:"+home+":"+subject.Name
		}
		return false
	})
}

// mayGet says whether rules let somebody get a namespace.
func mayGet(rules []rbacv1.PolicyRule, namespace string) bool {
	has := func(list []string, wanted string) bool {
		return slices.Contains(list, "*") || slices.Contains(list, wanted)
	}
	return slices.ContainsFunc(rules, func(rule rbacv1.PolicyRule) bool {
		return has(rule.Verbs, "get") && has(rule.APIGroups, "") && has(rule.Resources, "namespaces") &&
			(len(rule.ResourceNames) == 0 || slices.Contains(rule.ResourceNames, namespace))
	})
}
