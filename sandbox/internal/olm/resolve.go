package olm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	"k8s.io/apimachinery/pkg/util/version"
)

// notSatisfiable is why no choice satisfies all Subscriptions of a namespace. Retrying does not help.
type notSatisfiable []string

func (n notSatisfiable) Error() string {
	return "constraints not satisfiable: " + strings.Join(n, ", ")
}

// choice is a version that a Subscription is to get.
type choice struct {
	sub                       *v1alpha1.Subscription
	bundle                    *bundle
	catalog, channel, version string
	// replaces is the ClusterServiceVersion that is there now.
	replaces string
}

func (c choice) csv() string { return c.bundle.csv + c.version }

// id is the choice as OLM's resolver names it.
func (c choice) id() string { return c.catalog + "/" + c.channel + "/" + c.csv() }

// resolve chooses a version for each Subscription that has none or could have a newer one. Its errors and their sentences are those
// of the original's resolver (pkg/controller/registry/resolver: resolver.go and variable_types.go).
func (l *OLM) resolve(k *look) ([]choice, error) {
	for i := range k.catalogs {
		if catalog := &k.catalogs[i]; !l.healthy(catalog) {
			return nil, fmt.Errorf("error using catalogsource %s/%s: failed to list bundles: rpc error: code = Unavailable desc = connection error: "+
				"desc = \"transport: Error while dialing: dial tcp 172.30.127.21:50051: connect: connection refused\"", catalog.Namespace, catalog.Name)
		}
	}
	var choices []choice
	for _, sub := range k.subs {
		found, needed, err := l.choose(k, sub)
		if err != nil {
			return nil, err
		}
		if needed {
			choices = append(choices, found)
		}
	}
	if err := l.rivals(k, choices); err != nil {
		return nil, err
	}
	return choices, nil
}

// choose looks at one Subscription.
func (l *OLM) choose(k *look, sub *v1alpha1.Subscription) (c choice, needed bool, err error) {
	invalid := func(format string, a ...any) (choice, bool, error) {
		return choice{}, false, notSatisfiable{fmt.Sprintf(format, a...), "subscription " + sub.Name + " exists"}
	}
	spec := sub.Spec
	at := slices.IndexFunc(k.catalogs, func(catalog v1alpha1.CatalogSource) bool {
		return catalog.Name == spec.CatalogSource && catalog.Namespace == spec.CatalogSourceNamespace && indexOf(catalog.Spec.Image) != ""
	})
	if at < 0 {
		return invalid("no operators found from catalog %s in namespace %s referenced by subscription %s", spec.CatalogSource, spec.CatalogSourceNamespace, sub.Name)
	}
	b, ok := l.packages[spec.Package]
	if !ok || b.index != indexOf(k.catalogs[at].Spec.Image) {
		return invalid("no operators found in package %s in the catalog referenced by subscription %s", spec.Package, sub.Name)
	}
	channel, ok := b.channel(spec.Channel)
	if !ok {
		return invalid("no operators found in channel %s of package %s in the catalog referenced by subscription %s", spec.Channel, spec.Package, sub.Name)
	}
	c = choice{sub: sub, bundle: b, catalog: spec.CatalogSource + "/" + spec.CatalogSourceNamespace, channel: channel.name, version: channel.head()}
	if current := k.csv(sub.Status.InstalledCSV); current != nil {
		c.replaces = current.Name
		installed, _ := strings.CutPrefix(current.Name, b.csv)
		return c, older(installed, c.version), nil
	}
	if spec.StartingCSV != "" {
		starting, _ := strings.CutPrefix(spec.StartingCSV, b.csv)
		if !slices.Contains(channel.versions, starting) {
			return invalid("no operators found with name %s in channel %s of package %s in the catalog referenced by subscription %s", spec.StartingCSV, spec.Channel, spec.Package, sub.Name)
		}
		c.version = starting
	}
	return c, true, nil
}

// rivals refuses what would give a namespace two operators of one package: a version that is there and belongs to another
// Subscription or to none, or two Subscriptions that choose differently.
func (l *OLM) rivals(k *look, choices []choice) error {
	first := map[string]choice{}
	for _, c := range choices {
		if c.replaces != "" {
			continue
		}
		requires := []string{"subscription " + c.sub.Name + " exists", "subscription " + c.sub.Name + " requires " + c.alternatives()}
		for i := range k.csvs {
			there := &k.csvs[i]
			if b, _, ok := byCSV(l.packages, there.Name); !ok || b != c.bundle {
				continue
			}
			existing := "@existing/" + k.namespace + "//" + there.Name
			both := fmt.Sprintf("%s and %s originate from package %s", existing, c.id(), c.bundle.name)
			at := slices.IndexFunc(k.subs, func(sub *v1alpha1.Subscription) bool { return sub.Status.InstalledCSV == there.Name })
			if at < 0 {
				return notSatisfiable(append([]string{"clusterserviceversion " + there.Name + " exists and is not referenced by a subscription"}, append(requires, both)...))
			}
			owner := k.subs[at].Name
			return notSatisfiable(append(requires, "subscription "+owner+" exists", "subscription "+owner+" requires "+existing, both))
		}
		other, taken := first[c.bundle.name]
		if taken && other.id() != c.id() {
			return notSatisfiable(append(requires, "subscription "+other.sub.Name+" exists", "subscription "+other.sub.Name+" requires "+other.alternatives(),
				fmt.Sprintf("%s and %s originate from package %s", other.id(), c.id(), c.bundle.name)))
		}
		first[c.bundle.name] = c
	}
	return nil
}

// alternatives are all versions that would do.
func (c choice) alternatives() string {
	var ids []string
	channel, _ := c.bundle.channel(c.channel)
	for _, each := range slices.Backward(channel.versions) {
		if c.sub.Spec.StartingCSV == "" || each == c.version {
			ids = append(ids, choice{bundle: c.bundle, catalog: c.catalog, channel: c.channel, version: each}.id())
		}
	}
	if len(ids) == 1 {
		return ids[0]
	}
	return "at least one of " + strings.Join(ids[:len(ids)-1], ", ") + " or " + ids[len(ids)-1]
}

func older(one, other string) bool {
	a, errA := version.ParseSemantic(one)
	b, errB := version.ParseSemantic(other)
	return errA == nil && errB == nil && a.LessThan(b)
}
