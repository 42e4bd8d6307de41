package operators

import (
	"context"
	"fmt"
	"net/http"
	"time"

	admissionv1 "k8s.io/api/admission/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

const (
	// virtualizationTime is how long OpenShift Virtualization takes to be there, times the pace.
	virtualizationTime = 60 * time.Second

	hyperConvergedName = "kubevirt-hyperconverged"
	hcoFinalizer       = "kubevirt.io/hyperconverged"
)

// actVirtualization brings KubeVirt and CDI with the HyperConverged, and the kinds of VMs with them (kubevirt/
// hyperconverged-cluster-operator, controllers/hyperconverged).
func (s *Operators) actVirtualization(ctx context.Context, namespace string) error {
	all, err := s.list(ctx, kind("hco.kubevirt.io", "v1beta1", "HyperConverged"))
	if err != nil {
		return err
	}
	for i := range all {
		if err := s.reconcileHyperConverged(ctx, namespace, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Operators) reconcileHyperConverged(ctx context.Context, namespace string, hco *object) error {
	before := hco.DeepCopy()
	observed := map[string]any{"observedGeneration": hco.GetGeneration()}
	if hco.GetName() != hyperConvergedName || hco.GetNamespace() != namespace {
		setConditions(hco, []condition{{"ReconcileComplete", "False", "InvalidRequest",
			fmt.Sprintf("Request does not match expected name (%s) and namespace (%s)", hyperConvergedName, namespace)}}, observed)
		return s.writeStatus(ctx, before, hco)
	}
	components := []*object{
		named(kind("kubevirt.io", "v1", "KubeVirt"), namespace, "kubevirt-"+hyperConvergedName), named(kind("cdi.kubevirt.io", "v1beta1", "CDI"), "", "cdi-"+hyperConvergedName),
	}
	if hco.GetDeletionTimestamp() != nil {
		for _, each := range components {
			if err := client.IgnoreNotFound(s.client.Delete(ctx, each)); err != nil {
				return err
			}
		}
		return s.removeFinalizers(ctx, hco)
	}
	if err := s.addFinalizer(ctx, hco, hcoFinalizer); err != nil {
		return err
	}
	conditions := []condition{
		{"ReconcileComplete", "Unknown", "Init", "Initializing HyperConverged cluster"}, {"Available", "False", "Init", "Initializing HyperConverged cluster"},
		{"Progressing", "True", "Init", "Initializing HyperConverged cluster"}, {"Degraded", "False", "Init", "Initializing HyperConverged cluster"},
		{"Upgradeable", "Unknown", "Init", "Initializing HyperConverged cluster"},
	}
	// One that is ready stays so while it works on a change.
	if s.took(string(hco.GetUID()), virtualizationTime) {
		done, message := "ReconcileCompleted", "Reconcile completed successfully"
		conditions = []condition{
			{"ReconcileComplete", "True", done, message}, {"Available", "True", done, message}, {"Progressing", "False", done, message},
			{"Degraded", "False", done, message}, {"Upgradeable", "True", done, message},
		}
		if err := s.install(ctx, crd.VirtualizationOperand); err != nil {
			return err
		}
		for _, each := range components {
			each.Object["status"] = map[string]any{"phase": "Deployed"}
			if err := s.create(ctx, each); err != nil {
				return err
			}
		}
	}
	setConditions(hco, conditions, observed)
	return s.writeStatus(ctx, before, hco)
}

// install brings an operand's CRDs, once.
func (s *Operators) install(ctx context.Context, set crd.Set) error {
	definitions, known := s.operands[set]
	if !known {
		var err error
		if definitions, err = crd.Definitions(ctx, []crd.Set{set}); err != nil {
			return err
		}
		s.operands[set] = definitions
	}
	for _, definition := range definitions {
		if err := s.create(ctx, definition.DeepCopy()); err != nil {
			return err
		}
	}
	return nil
}

// validateHyperConverged keeps the HyperConverged while there are VMs.
func (s *Operators) validateHyperConverged(ctx context.Context, _ string, request admission.Request) admission.Response {
	if request.Operation != admissionv1.Delete {
		return admission.Allowed("")
	}
	hco, err := decode(request.OldObject.Raw)
	if err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	spec, _ := hco.Object["spec"].(map[string]any)
	machines, err := s.list(ctx, kind("kubevirt.io", "v1", "VirtualMachine"), client.Limit(1))
	if err != nil {
		return admission.Errored(http.StatusInternalServerError, err)
	}
	if len(machines) > 0 && spec["uninstallStrategy"] != "RemoveWorkloads" {
		return admission.Denied("there are existing Virtual Machines in the cluster; please delete all the Virtual Machines before uninstalling")
	}
	return admission.Allowed("")
}

// guardNamespace keeps the operator's namespace while its HyperConverged is there (pkg/webhooks/mutator/namespace_mutator.go).
func (s *Operators) guardNamespace(ctx context.Context, namespace string, request admission.Request) admission.Response {
	if request.Name != namespace {
		return admission.Allowed("")
	}
	there, err := s.list(ctx, kind("hco.kubevirt.io", "v1beta1", "HyperConverged"), client.InNamespace(namespace))
	if err != nil {
		return admission.Errored(http.StatusInternalServerError, err)
	}
	if len(there) > 0 {
		return admission.Denied("HyperConverged CR is still present, please remove it before deleting the containing hcoNamespace")
	}
	return admission.Allowed("")
}
