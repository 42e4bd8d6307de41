package operators

import (
	"context"
	"time"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// nmstateTime is how long the handlers take to start, times the pace.
const nmstateTime = 20 * time.Second

// actNMState brings the kinds of NMState with its NMState and reports it Available, as 4.21 and later do (openshift/kubernetes-nmstate,
// controllers/operator). What nodes report at first is a scenario's to say: without one that has nodes, there is no
// NodeNetworkState. From then on policies change it.
func (s *Operators) actNMState(ctx context.Context, _ string) error {
	all, err := s.list(ctx, kind("nmstate.io", "v1", "NMState"))
	if err != nil {
		return err
	}
	for i := range all {
		state := &all[i]
		if state.GetName() != "nmstate" || state.GetDeletionTimestamp() != nil {
			continue
		}
		if err := s.install(ctx, crd.NMStateOperand); err != nil {
			return err
		}
		before := state.DeepCopy()
		conditions := []condition{
			{"Progressing", "True", "Deploying", `DaemonSet "openshift-nmstate/nmstate-handler" is not yet scheduled on any nodes`},
			{"Available", "False", "Deploying", "Deploying is in progress"}, {"Degraded", "False", "Deploying", "Deploying is in progress"},
		}
		if s.took(string(state.GetUID()), nmstateTime) {
			const reason, message = "SuccessfullyDeployed", "All components are available and ready"
			conditions = []condition{{"Progressing", "False", reason, message}, {"Available", "True", reason, message}, {"Degraded", "False", reason, message}}
			if err := s.actNodes(ctx); err != nil {
				return err
			}
		}
		setConditions(state, conditions, nil)
		if err := s.writeStatus(ctx, before, state); err != nil {
			return err
		}
	}
	return nil
}
