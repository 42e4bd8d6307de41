package openshiftapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
)

const projectsPath = "/apis/project.openshift.io/v1"

// TestProjects holds projects to what the sources of openshift-apiserver say (docs/facts/platform.md §9).
func TestProjects(t *testing.T) {
	w := newWorld(t, func(o *openshiftapi.Options) { o.NoBuilder = true })
	for _, each := range []string{"theirs", "shared"} {
		w.create(t, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: each, Labels: map[string]string{"team": each}}})
	}
	w.grant(t, "basic-user", "list,watch", "projects", "system:authenticated")
	w.grant(t, "self-provisioner", "create", "projectrequests", "preparers")
	w.create(t, &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "preparers", Namespace: "shared"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "view"},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: "preparers"}},
	})
	w.await(t, "prep", "shared")
	if got := w.projects(t, "viewer", ""); len(got) != 0 {
		t.Errorf("a user without rights sees %v", got)
	}
	if got := w.projects(t, "", "?labelSelector=team%3Dtheirs"); !slices.Equal(got, []string{"theirs"}) {
		t.Errorf("by label an administrator sees %v", got)
	}

	request := func(user, name, query string) answer {
		t.Helper()
		body := fmt.Sprintf(`{"apiVersion":"project.openshift.io/v1","kind":"ProjectRequest","metadata":{"name":%q}}`, name)
		got, err := w.ask(t.Context(), user, http.MethodPost, projectsPath+"/projectrequests"+query, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, test := range []struct {
		user, name string
		code       int
		says       string
	}{
		{"viewer", "mine", 403, `cannot create resource "projectrequests"`},
		{"prep", "openshift-mine", 403, `cannot request a project starting with "openshift-"`},
		{"prep", "kube", 403, `cannot request a project with the name "kube"`},
		{"prep", "theirs", 409, `project.project.openshift.io "theirs" already exists`},
		{"prep", "m", 422, "must be at least 2 characters long"},
		{"prep", "M", 422, "lower case"},
	} {
		if got := request(test.user, test.name, ""); got.Code != test.code || !strings.Contains(fmt.Sprint(got.Body["message"]), test.says) {
			t.Errorf("%s is answered for %s: %d %s", test.user, test.name, got.Code, got.text)
		}
	}

	events := w.followProjects(t, "prep")
	if got := request("prep", "mine", "?dryRun=All"); got.Code != http.StatusCreated || got.Body["kind"] != "Project" {
		t.Fatalf("answered %d %s", got.Code, got.text)
	}
	w.await(t, "prep", "mine")
	if got := <-events; got != "ADDED mine" {
		t.Errorf("the watch tells %s", got)
	}
	got, err := w.ask(t.Context(), "prep", http.MethodGet, "/api/v1/namespaces/mine/configmaps", "", nil)
	if err != nil || got.Code != http.StatusOK {
		t.Errorf("whoever asked for it is answered there %d %s, %v", got.Code, got.text, err)
	}
}

// grant lets a group do something in the whole cluster.
func (w *world) grant(t *testing.T, name, verbs, resource, group string) {
	t.Helper()
	w.create(t, &rbacv1.ClusterRole{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Rules:      []rbacv1.PolicyRule{{APIGroups: []string{"project.openshift.io"}, Resources: []string{resource}, Verbs: strings.Split(verbs, ",")}},
	})
	w.create(t, &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: name},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: group}},
	})
}

// projects are the names of those that a user is answered with.
func (w *world) projects(t *testing.T, user, query string) []string {
	t.Helper()
	got, err := w.ask(t.Context(), user, http.MethodGet, projectsPath+"/projects"+query, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Metadata metav1.ListMeta
		Items    []metav1.PartialObjectMetadata
	}
	if err := json.Unmarshal([]byte(got.text), &list); err != nil {
		t.Fatal(err)
	}
	if list.Metadata.ResourceVersion != "" {
		t.Errorf("the list has the version %s", list.Metadata.ResourceVersion)
	}
	names := []string{}
	for _, each := range list.Items {
		names = append(names, each.Name)
	}
	return names
}

// await waits until a user sees a project.
func (w *world) await(t *testing.T, user, name string) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		if slices.Contains(w.projects(t, user, ""), name) {
			return
		}
	}
	t.Fatalf("%s does not see %s", user, name)
}

// followProjects tells what a user's watch of projects tells, as "ADDED name".
func (w *world) followProjects(t *testing.T, user string) <-chan string {
	t.Helper()
	events := make(chan string, 10)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	response := w.open(ctx, t, user, projectsPath+"/projects?watch=true")
	go func() {
		defer close(events)
		defer response.Close()
		for decoder := json.NewDecoder(response); ; {
			var event struct {
				Type   string
				Object metav1.PartialObjectMetadata
			}
			if decoder.Decode(&event) != nil {
				return
			}
			events <- event.Type + " " + event.Object.Name
		}
	}()
	return events
}
