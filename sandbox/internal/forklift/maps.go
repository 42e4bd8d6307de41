package forklift

import (
	"context"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// recheckTime is how often MTV looks again at every map and plan of the provider host, times the pace (pkg/controller/watch/handler).
const recheckTime = 10 * time.Second

// maps is what reconciles NetworkMaps and StorageMaps: are the sources in the inventory, are the destinations on the cluster?
type maps struct {
	client    client.Client
	inventory *inventory
	pace      *pace.Pace
}

// mapping is a map as both kinds have it.
type mapping struct {
	providers  api.ProviderPair
	sources    []api.Ref
	status     api.MapStatus
	generation int64
	// collection of the inventory has the sources; kind is their part in the types of conditions, word their name in messages.
	collection, kind, word string
	judgeDestinations      func(*api.Staging)
}

// judge says what a map's status is to be, and when MTV looks at it again. Without a status, MTV fails before it writes any, and tries again.
func (m *maps) judge(ctx context.Context, of mapping) (*api.MapStatus, reconcile.Result, error) {
	conditions := api.Stage(of.status.Conditions)
	providers, err := judgeProviders(ctx, m.client, of.providers, conditions)
	if err != nil {
		return nil, reconcile.Result{}, err
	}
	status := api.MapStatus{References: of.status.References}
	if areFit(conditions) {
		known := m.inventory.byUID(string(providers.source.UID))
		if known == nil {
			return nil, reconcile.Result{RequeueAfter: m.pace.Again(retryTime)}, nil
		}
		status.References = judgeSources(known, of.collection, of.kind, of.word, of.sources, conditions)
		of.judgeDestinations(conditions)
	}
	if !conditions.Staged().Blocked() {
		conditions.Set(api.Condition{Type: api.ReadyCondition, Category: api.Required, Message: "The " + of.word + " map is ready."})
	}
	status.Conditions, status.ObservedGeneration = conditions.End(), of.generation
	return &status, reconcile.Result{RequeueAfter: m.pace.Again(recheckTime)}, nil
}
