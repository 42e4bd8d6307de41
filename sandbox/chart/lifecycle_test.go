package chart_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

// life is how a cluster in some state takes the chart.
type life struct {
	scenario string
	helms    []string
	// values are given besides the defaults.
	values []string
	// mtv is the namespace where MTV's services are found.
	mtv string
	// keeps are foreign objects that were changed on request and stay so when the release is removed.
	keeps []string
	// stays is what is left where operators are taken back as well; the operators' kinds stay anyway.
	stays []string
	// approves: somebody lets pending InstallPlans pass.
	approves bool
}

var packages = []string{"kubernetes-nmstate-operator", "kubevirt-hyperconverged", "lvms-operator", "mtv-operator"}

// everythingWished is set on a bare cluster.
var everythingWished = []string{
	"operators.lvms.operand.paths={/dev/disk/by-id/wwn-0x5000c500a1b2c3d4}", "storage.virtDefaultClass=lvms",
	"virtualization.evictionStrategy=LiveMigrateIfPossible",
}

var lives = map[string]life{
	"empty": {
		scenario: scenarios.Empty, helms: helms, mtv: "openshift-mtv", values: append(slices.Clone(everythingWished), "registry.enable=true"),
		keeps: []string{"configs.imageregistry.operator.openshift.io /cluster"},
	},
	"empty, operators taken back": {
		scenario: scenarios.Empty, helms: []string{"helm4"}, mtv: "openshift-mtv",
		values: append(slices.Clone(everythingWished), "hooks.takeBack={report,virt-default-class,eviction-strategy,operands,operators,namespaces}"),
		// Helm made it, and leaves it.
		stays: []string{"namespaces /migration-prep"},
	},
	"half": {
		scenario: scenarios.Half, helms: helms, mtv: "mtv", approves: true, values: []string{"storage.virtDefaultClass=san-gold"},
	},
	"assisted": {
		scenario: scenarios.Assisted, helms: helms, mtv: "openshift-mtv",
		values: []string{"storage.virtDefaultClass=lvms", "virtualization.evictionStrategy=LiveMigrateIfPossible"},
	},
}

// The chart is brought onto a cluster, changed, changed back and removed, by real Helms; its hooks run with their own rights.
func TestLifecycle(t *testing.T) {
	for title, l := range lives {
		for _, name := range l.helms {
			t.Run(title+"/"+name, func(t *testing.T) {
				t.Parallel()
				l.live(t, name)
			})
		}
	}
}

func (l life) live(t *testing.T, name string) {
	w := newWorld(t, l.scenario)
	before := takeDump(t, w.Config)
	followed := followAdoption(t, w.Config)
	if l.approves {
		go w.approve(t.Context())
	}
	settings := []string{"--timeout", "4m"}
	for _, value := range l.values {
		settings = append(settings, "--set", value)
	}

	w.helm(t, name, "install", append([]string{chart, "--create-namespace"}, settings...)...)
	w.enabled(t, true)
	w.finds(t, l.mtv)
	w.helm(t, name, "test")

	w.helm(t, name, "upgrade", append([]string{chart, "--set", "plugin.replicas=3,plugin.console=disable"}, settings...)...)
	w.enabled(t, false)
	w.replicas(t, 3)

	w.helm(t, name, "rollback", "1", "--timeout", "4m")
	w.enabled(t, true)
	w.replicas(t, 2)

	if there := takeDump(t, w.Config).residue(); len(there) < 10 {
		t.Errorf("of a release that is there only this is seen: %v", there)
	}
	w.helm(t, name, "uninstall", "--timeout", "4m")
	w.enabled(t, false)
	after := takeDump(t, w.Config)
	if left := after.residue(); len(left) > 0 {
		t.Errorf("left behind:\n%s", strings.Join(left, "\n"))
	}
	changed := slices.DeleteFunc(before.changed(after), func(line string) bool {
		return slices.ContainsFunc(l.keeps, func(key string) bool { return strings.HasPrefix(line, key) })
	})
	if len(changed) > 0 {
		t.Errorf("foreign objects changed:\n%s", strings.Join(changed, "\n"))
	}
	if l.stays != nil {
		w.eventually(t, "what was taken back is gone", func() string {
			added := before.added(takeDump(t, w.Config))
			if slices.Equal(added, l.stays) {
				return ""
			}
			return strings.Join(added, "\n")
		})
	}
	if twice := followed.duplicates(); len(twice) > 0 {
		t.Errorf("there were at some time:\n%s", strings.Join(twice, "\n"))
	}
	if got := followed.packages(); !slices.Equal(got, packages) {
		t.Errorf("subscribed packages: %v", got)
	}
	if t.Failed() {
		t.Log(w.logs())
	}
}

// enabled holds the console's list to what it should have, with what others put there.
func (w *world) enabled(t *testing.T, want bool) {
	t.Helper()
	if got := w.plugins(t); slices.Contains(got, release) != want {
		t.Errorf("the console's list is %v\n%s", got, w.logs())
	}
}

// finds holds the plugin's proxies to the namespace where MTV is.
func (w *world) finds(t *testing.T, namespace string) {
	t.Helper()
	proxies, _, _ := unstructured.NestedSlice(w.get(t, "console.openshift.io/v1", "ConsolePlugin", "", release), "spec", "proxy")
	for _, each := range proxies {
		if got, _, _ := unstructured.NestedString(each.(map[string]any), "endpoint", "service", "namespace"); got != namespace {
			t.Errorf("the plugin looks for MTV in %s", got)
		}
	}
	if len(proxies) != 2 {
		t.Errorf("the plugin has %d proxies", len(proxies))
	}
}

func (w *world) replicas(t *testing.T, want int64) {
	t.Helper()
	if got, _, _ := unstructured.NestedInt64(w.get(t, "apps/v1", "Deployment", release, release), "spec", "replicas"); got != want {
		t.Errorf("the server has %d replicas", got)
	}
}

// approve is a person who lets every pending InstallPlan pass.
func (w *world) approve(ctx context.Context) {
	plans := &unstructured.UnstructuredList{Object: map[string]any{"apiVersion": "operators.coreos.com/v1alpha1", "kind": "InstallPlanList"}}
	for ctx.Err() == nil {
		time.Sleep(2 * time.Second)
		if w.admin.List(ctx, plans) != nil {
			continue
		}
		for i := range plans.Items {
			approved := client.RawPatch(types.MergePatchType, []byte(`{"spec":{"approved":true}}`))
			_ = w.admin.Patch(ctx, &plans.Items[i], approved)
		}
	}
}
