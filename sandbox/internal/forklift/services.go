package forklift

import (
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// services answers for MTV's inventory (forklift-inventory) and for its helper (forklift-services).
type services struct {
	client    client.Client
	inventory *inventory
}

func (s *services) inventoryHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /providers", s.listProviders)
	mux.HandleFunc("GET /providers/vsphere/{uid}", s.getProvider)
	mux.HandleFunc("GET /providers/vsphere/{uid}/{collection}", s.list)
	mux.HandleFunc("GET /providers/vsphere/{uid}/{collection}/{id}", s.get)
	return mux
}

// allowed asks the API server whether the bearer of the request's token may do this. It answers the request itself when not:
// 401 without a valid token, 403 without rights, both with an empty body (recorded).
func (s *services) allowed(w http.ResponseWriter, r *http.Request, verb string, provider client.ObjectKey) bool {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	review := &authenticationv1.TokenReview{Spec: authenticationv1.TokenReviewSpec{Token: token}}
	if token == "" || s.client.Create(r.Context(), review) != nil || !review.Status.Authenticated {
		w.WriteHeader(http.StatusUnauthorized)
		return false
	}
	access := &authorizationv1.SubjectAccessReview{Spec: authorizationv1.SubjectAccessReviewSpec{
		User: review.Status.User.Username, Groups: review.Status.User.Groups,
		ResourceAttributes: &authorizationv1.ResourceAttributes{
			Group: api.GroupVersion.Group, Resource: "providers", Verb: verb, Namespace: provider.Namespace, Name: provider.Name,
		},
	}}
	if s.client.Create(r.Context(), access) != nil || !access.Status.Allowed {
		w.WriteHeader(http.StatusForbidden)
		return false
	}
	return true
}

// named finds a provider's snapshot and answers the request itself when there is none: 404 with X-Reason ProviderNotFound, whether
// the provider does not exist or was not read yet, and before anybody's rights are looked at (sandbox/recorded/README.md).
func (s *services) named(w http.ResponseWriter, r *http.Request) (*snapshot, bool) {
	found := s.inventory.byUID(r.PathValue("uid"))
	if found == nil {
		w.Header().Set("X-Reason", "ProviderNotFound")
		w.WriteHeader(http.StatusNotFound)
		return nil, false
	}
	return found, s.allowed(w, r, "get", found.name)
}

func (s *services) listProviders(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r, "list", client.ObjectKey{Namespace: r.FormValue("namespace")}) {
		return
	}
	answer := map[string][]any{"ec2": {}, "hyperv": {}, "openshift": {}, "openstack": {}, "ova": {}, "ovirt": {}, "vsphere": {}}
	for _, each := range s.inventory.all() {
		if namespace := r.FormValue("namespace"); namespace == "" || namespace == each.name.Namespace {
			answer["vsphere"] = append(answer["vsphere"], each.describe())
		}
	}
	writeJSON(w, answer)
}

func (s *snapshot) describe() map[string]any {
	return map[string]any{
		"uid": s.uid, "id": s.uid, "version": s.version, "namespace": s.name.Namespace, "name": s.name.Name,
		"selfLink": "providers/vsphere/" + string(s.uid),
	}
}

func (s *services) getProvider(w http.ResponseWriter, r *http.Request) {
	found, ok := s.named(w, r)
	if !ok {
		return
	}
	provider := &api.Provider{}
	if err := s.client.Get(r.Context(), found.name, provider); err != nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	answer := found.describe()
	answer["type"], answer["object"] = api.VSphere, provider
	writeJSON(w, answer)
}

func (s *services) list(w http.ResponseWriter, r *http.Request) {
	found, ok := s.named(w, r)
	if !ok {
		return
	}
	resources, known := found.collections[r.PathValue("collection")]
	if !known {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	detail, _ := strconv.Atoi(r.FormValue("detail"))
	answer := make([]any, 0, len(resources))
	for _, each := range resources {
		answer = append(answer, each.at(detail))
	}
	writeJSON(w, answer)
}

func (s *services) get(w http.ResponseWriter, r *http.Request) {
	found, ok := s.named(w, r)
	if !ok {
		return
	}
	for _, each := range found.collections[r.PathValue("collection")] {
		if each.id == r.PathValue("id") {
			writeJSON(w, each.at(1))
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

// serveCertificate answers GET /tls-certificate?URL=…: the server's own certificate as PEM, without its chain and without any
// check of who asks (docs/facts/forklift.md §2).
func serveCertificate(w http.ResponseWriter, r *http.Request) {
	address, err := url.Parse(r.URL.Query().Get("URL"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	leaf, err := leafOf(r.Context(), address)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	// MTV writes the body before it sets the type, so Go finds a type of its own: one with a charset (sandbox/recorded/README.md).
	_ = pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: leaf.Raw})
}

func writeJSON(w http.ResponseWriter, content any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(content)
}
