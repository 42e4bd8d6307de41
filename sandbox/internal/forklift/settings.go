package forklift

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	ktypes "k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// runTime is how long MTV's Ansible operator works on a change of its ForkliftController, times the pace.
const runTime = 20 * time.Second

// settings reconciles ForkliftControllers: busy after a change, idle again when the operator is through (docs/facts/forklift.md §3).
type settings struct {
	client  client.Client
	pace    *pace.Pace
	install *install
	// runs are the generations at work and when the work began, images those that MTV works with. One worker reconciles, so nothing
	// guards them.
	runs   map[ktypes.UID]run
	images map[ktypes.UID]string
}

type run struct {
	generation int64
	began      time.Time
}

func newSettings(c client.Client, pace *pace.Pace, i *install) *settings {
	return &settings{client: c, pace: pace, install: i, runs: map[ktypes.UID]run{}, images: map[ktypes.UID]string{}}
}

func (s *settings) setup(m manager.Manager) error {
	kind := &unstructured.Unstructured{}
	kind.SetGroupVersionKind(api.GroupVersion.WithKind("ForkliftController"))
	return ctrl.NewControllerManagedBy(m).Named("settings").WithOptions(unnamed).For(kind).Complete(s)
}

// Reconcile plays one run of the operator.
func (s *settings) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	// The operator supports the install mode OwnNamespace alone: it watches the namespace where it is (docs/facts/platform.md §1).
	if home := s.install.namespace; home != "" && home != request.Namespace {
		return reconcile.Result{}, nil
	}
	controller := &unstructured.Unstructured{}
	controller.SetGroupVersionKind(api.GroupVersion.WithKind("ForkliftController"))
	if err := s.client.Get(ctx, request.NamespacedName, controller); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	current, known := s.runs[controller.GetUID()]
	if !known || current.generation != controller.GetGeneration() {
		current = run{generation: controller.GetGeneration(), began: time.Now()}
		if !known && (s.install.longAgo || s.pace.Hurried()) {
			current.began = time.Time{}
		}
		s.runs[controller.GetUID()] = current
	}
	left := time.Until(current.began.Add(s.pace.Of(runTime)))
	conditions := idle()
	if left > 0 {
		conditions = busy()
	} else if err := s.carryOut(ctx, controller); err != nil {
		return reconcile.Result{}, err
	}
	return reconcile.Result{RequeueAfter: max(left, 0)}, s.write(ctx, controller, conditions)
}

// carryOut is the end of a run. Another VDDK image is in the environment of the Deployment forklift-controller: its pod, which has the
// inventory too, restarts (docs/facts/forklift.md §3 and corrections).
func (s *settings) carryOut(ctx context.Context, controller *unstructured.Unstructured) error {
	image, _, _ := unstructured.NestedString(controller.Object, "spec", "vddk_image")
	before, known := s.images[controller.GetUID()]
	s.images[controller.GetUID()] = image
	if known && before != image {
		return s.install.restart(ctx)
	}
	return s.install.activate(ctx)
}

func (s *settings) write(ctx context.Context, controller *unstructured.Unstructured, wanted []map[string]any) error {
	before, _, _ := unstructured.NestedSlice(controller.Object, "status", "conditions")
	if len(before) > 0 && len(wanted) > 0 {
		// Every kind of condition is always there; the reason of the first tells the states apart.
		first, _ := before[0].(map[string]any)
		if first["reason"] == wanted[0]["reason"] {
			return nil
		}
	}
	list := make([]any, 0, len(wanted))
	for _, condition := range wanted {
		condition["lastTransitionTime"] = time.Now().UTC().Format(time.RFC3339)
		list = append(list, condition)
	}
	if err := unstructured.SetNestedSlice(controller.Object, list, "status", "conditions"); err != nil {
		return err
	}
	return client.IgnoreNotFound(s.client.Status().Update(ctx, controller))
}

func idle() []map[string]any {
	return []map[string]any{
		{"type": "Running", "status": "True", "reason": "Successful", "message": "Awaiting next reconciliation"},
		{"type": "Successful", "status": "True", "reason": "Successful", "message": "Last reconciliation succeeded"},
		{"type": "Failure", "status": "False", "reason": "", "message": ""},
	}
}

func busy() []map[string]any {
	return []map[string]any{
		{"type": "Running", "status": "True", "reason": "Running", "message": "Running reconciliation"},
		{"type": "Successful", "status": "False", "reason": "", "message": ""},
		{"type": "Failure", "status": "False", "reason": "", "message": ""},
	}
}
