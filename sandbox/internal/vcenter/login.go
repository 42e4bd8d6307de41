package vcenter

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// incorrectLogin is vCenter's sentence. Forklift tells a wrong password from any other failure by the words "incorrect" and
// "password" in it (docs/facts/forklift.md §2), so the simulator's own "Login failure" would be taken for a broken connection.
const incorrectLogin = "Cannot complete login due to an incorrect user name or password."

// sessionManager answers Login as vCenter does.
type sessionManager struct {
	*simulator.SessionManager
}

// Login checks user and password; the fault of a wrong pair carries vCenter's sentence.
func (m *sessionManager) Login(ctx *simulator.Context, req *types.Login) soap.HasFault {
	answer := m.SessionManager.Login(ctx, req)
	if answer.Fault() == nil {
		return answer
	}
	return &methods.LoginBody{Fault_: simulator.Fault(incorrectLogin, new(types.InvalidLogin))}
}

// answering makes what answers the method Login, from the registry's own.
type answering func(original *simulator.SessionManager) mo.Reference

// answerLikeVCenter puts sessionManager, or what is given instead, in front of the registry's own for the method Login.
func answerLikeVCenter(registry *simulator.Registry, answering answering) {
	original := registry.SessionManager()
	if answering == nil {
		answering = func(original *simulator.SessionManager) mo.Reference { return &sessionManager{original} }
	}
	first := answering(original)
	registry.Handler = func(_ *simulator.Context, method *simulator.Method) (mo.Reference, types.BaseMethodFault) {
		if method.This == original.Reference() && method.Name == "Login" {
			return first, nil
		}
		return nil, nil
	}
}
