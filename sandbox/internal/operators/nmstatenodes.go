package operators

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const (
	// nmstateTry is how long one try on a node takes, times the pace. The original gives a try up to eight minutes, and each probe two.
	nmstateTry = 5 * time.Second
	// nmstateTries is how often a node tries (environment: NNCP_MAX_RETRIES).
	nmstateTries = 5
)

// nmstateFaults are what nodes cannot do, by node: the probe that fails there ("ping", "dns", "api-server", "node-readiness"), or "refuses".
type nmstateFaults map[string]string

// NMStateHandler lets tests break nodes: PUT /faults with {"worker-1": "ping"}.
func (s *Operators) NMStateHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /faults", func(w http.ResponseWriter, r *http.Request) {
		faults := nmstateFaults{}
		if err := json.NewDecoder(r.Body).Decode(&faults); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.BreakNodes(faults)
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

// BreakNodes says what nodes cannot do from now on; none: nothing.
func (s *Operators) BreakNodes(faults map[string]string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.nmstateFaults = faults
}

func (s *Operators) nmstateFault(node string) string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.nmstateFaults[node]
}

// actNodes carries policies out as the handlers of kubernetes-nmstate do (docs/facts/platform.md §11: controllers/handler, pkg/enactmentstatus,
// pkg/policyconditions): an enactment for each node that is ready, as many at once as maxUnavailable allows, tries that fail, rollback, the
// others aborted. What a scenario says of a policy is left as it is.
func (s *Operators) actNodes(ctx context.Context) error {
	policies, err := s.list(ctx, kind("nmstate.io", "v1", "NodeNetworkConfigurationPolicy"))
	if err != nil {
		return err
	}
	enactments, err := s.list(ctx, kind("nmstate.io", "v1beta1", "NodeNetworkConfigurationEnactment"))
	if err != nil {
		return err
	}
	nodes, err := s.list(ctx, kind("", "v1", "Node"))
	if err != nil {
		return err
	}
	byPolicy := map[string]map[string]*object{}
	for i := range enactments {
		labels := enactments[i].GetLabels()
		if byPolicy[labels["nmstate.io/policy"]] == nil {
			byPolicy[labels["nmstate.io/policy"]] = map[string]*object{}
		}
		byPolicy[labels["nmstate.io/policy"]][labels["nmstate.io/node"]] = &enactments[i]
	}
	for i := range policies {
		policy := &policies[i]
		there := byPolicy[policy.GetName()]
		delete(byPolicy, policy.GetName())
		if policy.GetDeletionTimestamp() != nil || len(there) == 0 && isOfScenario(policy) {
			continue
		}
		if err := s.carryOut(ctx, policy, nodes, there); err != nil {
			return err
		}
	}
	// The policy is gone, and the nodes keep what it made.
	for _, left := range byPolicy {
		for _, enactment := range left {
			if err := client.IgnoreNotFound(s.client.Delete(ctx, enactment)); err != nil {
				return err
			}
		}
	}
	return nil
}

// isOfScenario reports whether a scenario says how a policy ended: its conditions have a time that those written here have not.
func isOfScenario(policy *object) bool {
	conditions, _, _ := unstructured.NestedSlice(policy.Object, "status", "conditions")
	return slices.ContainsFunc(conditions, func(each any) bool {
		condition, ok := each.(map[string]any)
		return ok && condition["lastHeartbeatTime"] != nil
	})
}

func (s *Operators) carryOut(ctx context.Context, policy *object, nodes []object, there map[string]*object) error {
	selector, _, _ := unstructured.NestedStringMap(policy.Object, "spec", "nodeSelector")
	var selected []*object
	for i := range nodes {
		if matches(nodes[i].GetLabels(), selector) {
			selected = append(selected, &nodes[i])
		} else if old := there[nodes[i].GetName()]; old != nil {
			if err := client.IgnoreNotFound(s.client.Delete(ctx, old)); err != nil {
				return err
			}
		}
	}
	atOnce := maxUnavailable(policy, len(selected))
	phases := map[string]string{}
	count := func(phase string) (n int) {
		for _, each := range phases {
			if each == phase {
				n++
			}
		}
		return n
	}
	for _, node := range selected {
		phases[node.GetName()] = phaseOf(policy, there[node.GetName()])
	}
	for _, node := range selected {
		name := node.GetName()
		if !isReady(node) || slices.Contains([]string{"Available", "Failing", "Aborted"}, phases[name]) {
			continue
		}
		enactment, err := s.enactment(ctx, policy, node, there[name])
		if err != nil {
			return err
		}
		before := enactment.DeepCopy()
		working := phases[name] == "Progressing" || phases[name] == "Retrying"
		switch {
		case !working && count("Failing") >= atOnce:
			enact(enactment, policy, "Aborted", fmt.Sprintf("reconciliation of enactment %q has aborted", enactment.GetName()))
		case !working && count("Progressing")+count("Retrying") >= atOnce:
			enact(enactment, policy, "Pending", "Waiting for progressing nodes to finish")
			s.waiting = true
		case !working:
			enact(enactment, policy, "Progressing", "Applying desired state")
			s.waiting = true
		default:
			if err := s.try(ctx, policy, node, enactment); err != nil {
				return err
			}
		}
		phases[name] = phaseOf(policy, enactment)
		if err := s.writeStatus(ctx, before, enactment); err != nil {
			return err
		}
	}
	return s.countNodes(ctx, policy, selected, phases)
}

// try is one try on one node: the time it takes, then success, another try, or failure after the last one.
func (s *Operators) try(ctx context.Context, policy, node, enactment *object) error {
	generation := fmt.Sprint(policy.GetGeneration())
	tries, _, _ := unstructured.NestedInt64(enactment.Object, "status", "retryCount", generation)
	if !s.took(fmt.Sprintf("%s %s %s %d", policy.GetUID(), node.GetName(), generation, tries), nmstateTry) {
		return nil
	}
	state := named(kind("nmstate.io", "v1beta1", "NodeNetworkState"), "", node.GetName())
	if err := s.client.Get(ctx, client.ObjectKeyFromObject(state), state); err != nil {
		return client.IgnoreNotFound(err)
	}
	failure := s.whyNot(policy, state)
	if failure == "" {
		enact(enactment, policy, "Available", "successfully reconciled")
		before := state.DeepCopy()
		configure(policy, state)
		return s.writeStatus(ctx, before, state)
	}
	tries++
	_ = unstructured.SetNestedField(enactment.Object, tries, "status", "retryCount", generation)
	if tries >= nmstateTries {
		enact(enactment, policy, "Failing", fmt.Sprintf("error reconciling NodeNetworkConfigurationPolicy on node %s at desired state apply: %s", node.GetName(), failure))
		return nil
	}
	s.waiting = true
	enact(enactment, policy, "Retrying", fmt.Sprintf("failed to reconcile NodeNetworkConfigurationPolicy on node %s. Retrying %d/%d", node.GetName(), tries+1, nmstateTries))
	return nil
}

// whyNot is why a node cannot have what a policy wants: a port that it does not have, the card of br-ex, or a fault. Taking away always works.
func (s *Operators) whyNot(policy, state *object) string {
	const probe = "%q,\n rolling back desired state configuration: failed runnig probes after network changes: failed runnig probe '%s' with after network " +
		"reconfiguration -> currentState: %s: context deadline exceeded"
	current, _, _ := unstructured.NestedMap(state.Object, "status", "currentState")
	text, _ := json.Marshal(current)
	wanted := wantedPorts(policy)
	removes := len(wanted) == 0 && len(mappings(policy, "present")) == 0
	controllers := map[string]string{}
	for _, each := range interfaces(state.Object, "status", "currentState") {
		name, _ := each["name"].(string)
		controllers[name], _ = each["controller"].(string)
	}
	for port := range wanted {
		controller, known := controllers[port]
		if !known {
			return fmt.Sprintf("%q,\n failed to execute nmstatectl apply: exit status 1: NmstateError: VerificationError: interface %s not found", "", port)
		}
		if controller == "br-ex" {
			return fmt.Sprintf(probe, "", "ping", text)
		}
	}
	switch fault := s.nmstateFault(state.GetName()); {
	case fault == "" || removes:
		return ""
	case fault == "refuses":
		return fmt.Sprintf("%q,\n failed to execute nmstatectl apply: exit status 1: NmstateError: PluginFailure: the device was refused", "")
	default:
		return fmt.Sprintf(probe, "", fault, text)
	}
}

// enact writes an enactment's conditions (pkg/enactmentstatus/conditions). Retrying is Failing and Progressing at once.
func enact(enactment, policy *object, phase, message string) {
	reason := map[string]string{
		"Available": "SuccessfullyConfigured", "Failing": "FailedToConfigure", "Retrying": "Retrying", "Progressing": "ConfigurationProgressing",
		"Pending": "MaxUnavailableLimitReached", "Aborted": "ConfigurationAborted",
	}[phase]
	_ = unstructured.SetNestedField(enactment.Object, policy.GetGeneration(), "status", "policyGeneration")
	var list []condition
	for _, each := range []string{"Failing", "Available", "Progressing", "Pending", "Aborted"} {
		status, said := "False", ""
		switch {
		case each == phase, phase == "Retrying" && (each == "Failing" || each == "Progressing"):
			status, said = "True", message
		case phase == "Progressing" && (each == "Failing" || each == "Available"):
			status = "Unknown"
		}
		list = append(list, condition{each, status, reason, said})
	}
	now := time.Now().UTC().Format(time.RFC3339)
	setConditions(enactment, list, map[string]any{"lastHeartbeatTime": now})
}

// phaseOf is how far an enactment is with the policy as it is now; nothing where it is about an earlier one.
func phaseOf(policy, enactment *object) string {
	if enactment == nil {
		return ""
	}
	if generation, _, _ := unstructured.NestedInt64(enactment.Object, "status", "policyGeneration"); generation != policy.GetGeneration() {
		return ""
	}
	is := func(kind string) bool { return isTrue(enactment, kind) }
	switch {
	case is("Failing") && is("Progressing"):
		return "Retrying"
	case is("Available"):
		return "Available"
	case is("Failing"):
		return "Failing"
	case is("Aborted"):
		return "Aborted"
	case is("Pending"):
		return "Pending"
	case is("Progressing"):
		return "Progressing"
	}
	return ""
}

// enactment is that of a policy on a node, made when it is not there, owned by the node.
func (s *Operators) enactment(ctx context.Context, policy, node, there *object) (*object, error) {
	if there != nil {
		return there, nil
	}
	made := named(kind("nmstate.io", "v1beta1", "NodeNetworkConfigurationEnactment"), "", node.GetName()+"."+policy.GetName())
	made.SetLabels(map[string]string{"nmstate.io/policy": policy.GetName(), "nmstate.io/node": node.GetName(), "app.kubernetes.io/component": "network"})
	_ = unstructured.SetNestedSlice(made.Object, []any{map[string]any{"apiVersion": "v1", "kind": "Node", "name": node.GetName(), "uid": string(node.GetUID())}}, "metadata", "ownerReferences")
	if err := s.client.Create(ctx, made); err != nil {
		return nil, err
	}
	return made, nil
}

// countNodes writes the policy's conditions, which are counts (pkg/policyconditions).
func (s *Operators) countNodes(ctx context.Context, policy *object, selected []*object, phases map[string]string) error {
	count := func(wanted ...string) (n int) {
		for _, phase := range phases {
			if slices.Contains(wanted, phase) {
				n++
			}
		}
		return n
	}
	ready := 0
	for _, node := range selected {
		if isReady(node) {
			ready++
		}
	}
	finished := count("Available", "Failing", "Aborted")
	type status = [4]string // Degraded, Available, Progressing, Ignored
	set, reason, message := status{"False", "False", "True", "False"}, "ConfigurationProgressing", fmt.Sprintf("Policy is progressing %d/%d nodes finished", finished, ready)
	switch {
	case len(selected) == 0:
		set, reason, message = status{"False", "False", "False", "True"}, "NoMatchingNode", "Policy does not match any node"
	case count("Failing", "Aborted") > 0:
		set, reason, message = status{"True", "False", "False", "False"}, "FailedToConfigure", fmt.Sprintf("%d/%d nodes failed to configure", count("Failing"), len(selected))
		if aborted := count("Aborted"); aborted > 0 {
			message += fmt.Sprintf(", %d nodes aborted configuration", aborted)
		}
	case finished >= ready:
		set, reason, message = status{"False", "True", "False", "False"}, "SuccessfullyConfigured", fmt.Sprintf("%d/%d nodes successfully configured", count("Available"), len(selected))
	}
	if away := len(selected) - ready; away > 0 && count("Failing", "Aborted") == 0 {
		message += fmt.Sprintf(", %d nodes ignored due to NotReady state", away)
	}
	before := policy.DeepCopy()
	var list []condition
	for i, each := range []string{"Degraded", "Available", "Progressing", "Ignored"} {
		said := ""
		if set[i] == "True" {
			said = message
		}
		list = append(list, condition{each, set[i], reason, said})
	}
	setConditions(policy, list, nil)
	return s.writeStatus(ctx, before, policy)
}

// configure is what a node reports once a policy is carried out: bridges and mappings come and go, cards become their ports.
func configure(policy, state *object) {
	wanted := interfaces(policy.Object, "spec", "desiredState")
	ports := wantedPorts(policy)
	touched := map[string]map[string]any{}
	for _, each := range wanted {
		name, _ := each["name"].(string)
		touched[name] = each
	}
	list := []any{}
	for _, each := range interfaces(state.Object, "status", "currentState") {
		name, _ := each["name"].(string)
		if touched[name] != nil && each["type"] == "linux-bridge" {
			continue
		}
		if bridge := ports[name]; bridge != "" {
			each["controller"] = bridge
		} else if touched[name] != nil {
			delete(each, "controller")
		}
		list = append(list, each)
	}
	for _, each := range wanted {
		if each["type"] != "linux-bridge" || each["state"] == "absent" {
			continue
		}
		list = append(list, withFilters(each))
	}
	_ = unstructured.SetNestedSlice(state.Object, list, "status", "currentState", "interfaces")
	kept := []any{}
	present, _, _ := unstructured.NestedSlice(state.Object, "status", "currentState", "ovn", "bridge-mappings")
	gone := append(mappings(policy, "absent"), mappings(policy, "present")...)
	for _, each := range present {
		localnet := each.(map[string]any)["localnet"]
		if !slices.ContainsFunc(gone, func(mapping any) bool { return mapping.(map[string]any)["localnet"] == localnet }) {
			kept = append(kept, each)
		}
	}
	_ = unstructured.SetNestedSlice(state.Object, append(kept, mappings(policy, "present")...), "status", "currentState", "ovn", "bridge-mappings")
}

// withFilters is a bridge as NMState reports it: a port of which the policy says nothing passes VLANs 2 to 4094 (pkg/bridge).
func withFilters(bridge map[string]any) map[string]any {
	shown := (&object{Object: bridge}).DeepCopy().Object
	ports, _, _ := unstructured.NestedSlice(shown, "bridge", "port")
	for _, port := range ports {
		if port := port.(map[string]any); port["vlan"] == nil {
			port["vlan"] = map[string]any{"mode": "trunk", "enable-native": false, "trunk-tags": []any{map[string]any{"id-range": map[string]any{"min": int64(2), "max": int64(4094)}}}}
		}
	}
	_ = unstructured.SetNestedSlice(shown, ports, "bridge", "port")
	return shown
}

func interfaces(of map[string]any, path ...string) []map[string]any {
	found := []map[string]any{}
	list, _, _ := unstructured.NestedSlice(of, append(path, "interfaces")...)
	for _, each := range list {
		if each, ok := each.(map[string]any); ok {
			found = append(found, each)
		}
	}
	return found
}

// wantedPorts are the ports of the bridges that a policy wants, each with its bridge.
func wantedPorts(policy *object) map[string]string {
	ports := map[string]string{}
	for _, each := range interfaces(policy.Object, "spec", "desiredState") {
		if each["state"] == "absent" {
			continue
		}
		list, _, _ := unstructured.NestedSlice(each, "bridge", "port")
		for _, port := range list {
			name, _ := port.(map[string]any)["name"].(string)
			ports[name], _ = each["name"].(string)
		}
	}
	return ports
}

func mappings(policy *object, state string) []any {
	var found []any
	list, _, _ := unstructured.NestedSlice(policy.Object, "spec", "desiredState", "ovn", "bridge-mappings")
	for _, each := range list {
		is, _ := each.(map[string]any)["state"].(string)
		if is == state || is == "" && state == "present" {
			found = append(found, each)
		}
	}
	return found
}

func maxUnavailable(policy *object, nodes int) int {
	limit := intstr.FromString("50%")
	value, _, _ := unstructured.NestedFieldNoCopy(policy.Object, "spec", "maxUnavailable")
	switch value := value.(type) {
	case int64:
		limit = intstr.FromInt32(int32(value))
	case string:
		limit = intstr.Parse(value)
	}
	scaled, err := intstr.GetScaledValueFromIntOrPercent(&limit, nodes, true)
	if err != nil {
		return 1
	}
	return max(1, scaled)
}

func matches(labels, selector map[string]string) bool {
	for key, value := range selector {
		if found, there := labels[key]; !there || found != value {
			return false
		}
	}
	return true
}

func isReady(node *object) bool { return isTrue(node, "Ready") }

func isTrue(o *object, kind string) bool {
	conditions, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions")
	return slices.ContainsFunc(conditions, func(each any) bool {
		condition, ok := each.(map[string]any)
		return ok && condition["type"] == kind && strings.EqualFold(fmt.Sprint(condition["status"]), "True")
	})
}
