package forklift

import (
	"context"
	"reflect"

	storagev1 "k8s.io/api/storage/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// storageMaps reconciles StorageMaps: without one that is Ready no plan is (kubev2v/forklift release-2.12,
// pkg/controller/map/storage/validation.go).
type storageMaps struct{ maps }

func newStorageMaps(c client.Client, i *inventory, pace *pace.Pace) *storageMaps {
	return &storageMaps{maps{client: c, inventory: i, pace: pace}}
}

func (s *storageMaps) setup(m manager.Manager) error {
	return ctrl.NewControllerManagedBy(m).Named("storagemaps").WithOptions(unnamed).For(&api.StorageMap{}).Complete(s)
}

// Reconcile looks at one StorageMap and writes what it found.
func (s *storageMaps) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	storageMap := &api.StorageMap{}
	if err := s.client.Get(ctx, request.NamespacedName, storageMap); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	var sources []api.Ref
	for _, pair := range storageMap.Spec.Map {
		sources = append(sources, pair.Source)
	}
	status, again, err := s.judge(ctx, mapping{
		providers: storageMap.Spec.Provider, sources: sources, status: storageMap.Status, generation: storageMap.Generation,
		collection: datastores, kind: "Storage", word: "storage",
		judgeDestinations: func(conditions *api.Staging) { s.judgeDestinations(ctx, storageMap, conditions) },
	})
	if err != nil || status == nil || reflect.DeepEqual(*status, storageMap.Status) {
		return again, err
	}
	storageMap.Status = *status
	return again, client.IgnoreNotFound(s.client.Status().Update(ctx, storageMap))
}

// judgeDestinations finds storage classes that are not there.
func (s *storageMaps) judgeDestinations(ctx context.Context, storageMap *api.StorageMap, conditions *api.Staging) {
	var missing []string
	for _, each := range storageMap.Spec.Map {
		name := each.Destination.StorageClass
		if s.client.Get(ctx, client.ObjectKey{Name: name}, &storagev1.StorageClass{}) != nil {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		conditions.Set(api.Condition{
			Type: "DestinationStorageNotValid", Category: api.Critical, Reason: "NotFound", Message: "Destination storage not valid.", Items: missing,
		})
	}
}
