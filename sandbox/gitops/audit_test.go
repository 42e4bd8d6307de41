package gitops_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// asked is a request as the API server wrote it down.
type asked struct {
	Verb       string `json:"verb"`
	RequestURI string `json:"requestURI"`
	User       struct {
		Username string `json:"username"`
	} `json:"user"`
	ObjectRef struct {
		Resource string `json:"resource"`
	} `json:"objectRef"`
	ResponseStatus struct {
		Code int `json:"code"`
	} `json:"responseStatus"`
}

// audit is what ServiceAccounts of the release asked so far whose names begin so.
func (w *world) audit(t *testing.T, account string) (all []asked) {
	t.Helper()
	file, err := os.Open(w.AuditLog)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var each asked
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(each.User.Username, "system:serviceaccount:"+release+":"+account) {
			all = append(all, each)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// written are the resources that hooks and controller of the release wrote to.
func (w *world) written(t *testing.T) (resources []string) {
	t.Helper()
	for _, each := range w.audit(t, "") {
		if slices.Contains([]string{"create", "update", "patch", "delete"}, each.Verb) && each.ResponseStatus.Code < 300 {
			resources = append(resources, each.ObjectRef.Resource)
		}
	}
	slices.Sort(resources)
	return slices.Compact(resources)
}
