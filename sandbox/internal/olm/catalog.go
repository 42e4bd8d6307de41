package olm

import (
	"strings"

	registration "k8s.io/api/admissionregistration/v1"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// Packages of Red Hat's catalog, as far as Migration Prep meets them, and the same operators as the community's catalog has them.
const (
	LVMS           = "lvms-operator"
	MTV            = "mtv-operator"
	NMState        = "kubernetes-nmstate-operator"
	Virtualization = "kubevirt-hyperconverged"
	GitOps         = "openshift-gitops-operator"
	// Forklift is what MTV is upstream (kubev2v/forklift, build/release.conf); CommunityVirtualization is the HyperConverged of OKD.
	Forklift                = "forklift-operator"
	CommunityVirtualization = "community-kubevirt-hyperconverged"
)

// Index images whose packages are known here, by the beginning of their names.
const (
	redHatIndex    = "redhat-operator-index"
	communityIndex = "community-operator-index"
)

// bundle is one package as its ClusterServiceVersions describe it. Names, install modes, channels and webhooks are those of
// docs/facts/platform.md §1 and of the operators' own bundles (openshift/lvm-operator, kubevirt/hyperconverged-cluster-operator,
// openshift/kubernetes-nmstate, folder bundle or manifests).
type bundle struct {
	name, title, namespace string
	// index is the image of the catalog that has it.
	index string
	// csv is the beginning of a ClusterServiceVersion's name; the version follows.
	csv string
	// own, single and all are the install modes.
	own, single, all bool
	sets             []crd.Set
	deployments      []string
	webhooks         []webhook
	channels         []channel
	// Default is the channel that a Subscription without one gets.
	defaultChannel string
}

// channel lists versions, the oldest first. Each can be upgraded to the last one at once (olm.skipRange).
type channel struct {
	name     string
	versions []string
}

type webhook struct {
	name, path, deployment string
	group, version, plural string
	mutating               bool
	operations             []registration.OperationType
	// objectName limits the webhook to objects of a name: to namespaces, which have a label for it.
	inOperatorNamespace bool
}

// packagesOf are the catalogs for an OpenShift version, such as 4.22.
func packagesOf(openShift string) map[string]*bundle {
	previous := map[string]string{"4.21": "4.20", "4.22": "4.21"}[openShift]
	mtv := []channel{{"release-v2.12", []string{"2.12.0", "2.12.1"}}}
	if openShift == "4.21" {
		mtv = append(mtv, channel{"release-v2.11", []string{"2.11.4"}})
	}
	create, update, remove := registration.Create, registration.Update, registration.Delete
	list := []*bundle{
		{
			name: LVMS, title: "LVM Storage", namespace: "openshift-lvm-storage", csv: "lvms-operator.v", own: true, single: true,
			sets: []crd.Set{crd.LVMS}, deployments: []string{"lvms-operator"},
			channels: []channel{
				{"stable-" + previous, []string{previous + ".0"}}, {"stable-" + openShift, []string{openShift + ".0", openShift + ".1"}},
			},
			defaultChannel: "stable-" + openShift,
			webhooks: []webhook{
				{name: "mlvmcluster.kb.io", path: "/mutate-lvm-topolvm-io-v1alpha1-lvmcluster", deployment: "lvms-operator", mutating: true,
					group: "lvm.topolvm.io", version: "v1alpha1", plural: "lvmclusters", operations: []registration.OperationType{create}},
				{name: "vlvmcluster.kb.io", path: "/validate-lvm-topolvm-io-v1alpha1-lvmcluster", deployment: "lvms-operator",
					group: "lvm.topolvm.io", version: "v1alpha1", plural: "lvmclusters", operations: []registration.OperationType{create, update}},
			},
		},
		{
			name: MTV, title: "Migration Toolkit for Virtualization Operator", namespace: "openshift-mtv", csv: "mtv-operator.v", own: true,
			sets: []crd.Set{crd.MTV}, deployments: []string{"forklift-operator"}, channels: mtv, defaultChannel: "release-v2.12",
		},
		{
			name: NMState, title: "Kubernetes NMState Operator", namespace: "openshift-nmstate", csv: "kubernetes-nmstate-operator.",
			own: true, single: true, all: openShift != "4.20",
			sets: []crd.Set{crd.NMState}, deployments: []string{"nmstate-operator"},
			channels: []channel{{"stable", []string{openShift + ".0-202608190000"}}}, defaultChannel: "stable",
		},
		{
			name: Virtualization, title: "OpenShift Virtualization", namespace: "openshift-cnv", csv: "kubevirt-hyperconverged-operator.v", own: true,
			sets: []crd.Set{crd.Virtualization}, deployments: []string{"hco-operator", "hco-webhook", "virt-operator", "cdi-operator"},
			channels: []channel{{"stable", []string{openShift + ".0", openShift + ".1"}}}, defaultChannel: "stable",
			webhooks: []webhook{
				{name: "validate-hco.kubevirt.io", path: "/validate-hco-kubevirt-io-v1beta1-hyperconverged", deployment: "hco-webhook",
					group: "hco.kubevirt.io", version: "v1beta1", plural: "hyperconvergeds", operations: []registration.OperationType{create, remove, update}},
				{name: "mutate-ns-hco.kubevirt.io", path: "/mutate-ns-hco-kubevirt-io", deployment: "hco-webhook", mutating: true,
					version: "v1", plural: "namespaces", operations: []registration.OperationType{remove}, inOperatorNamespace: true},
			},
		},
		{
			name: GitOps, title: "Red Hat OpenShift GitOps", namespace: "openshift-gitops-operator", csv: "openshift-gitops-operator.v", all: true,
			sets: []crd.Set{crd.GitOps}, deployments: []string{"openshift-gitops-operator-controller-manager"},
			channels:       []channel{{"gitops-1.20", []string{"1.20.0"}}, {"latest", []string{"1.20.0"}}},
			defaultChannel: "latest",
		},
	}
	packages := map[string]*bundle{}
	for _, each := range list {
		each.index = redHatIndex
		packages[each.name] = each
	}
	// Upstream's own names and versions, with the CRDs, Deployments and webhooks of the product.
	forklift, virtualization := *packages[MTV], *packages[Virtualization]
	forklift.name, forklift.title, forklift.namespace, forklift.csv = Forklift, "Forklift Operator", "konveyor-forklift", "forklift-operator.v"
	forklift.channels, forklift.defaultChannel = []channel{{"release-v2.9", []string{"2.9.0"}}, {"release-v2.12", []string{"2.12.0"}}}, "release-v2.12"
	virtualization.name, virtualization.title, virtualization.namespace = CommunityVirtualization, "KubeVirt HyperConverged Cluster Operator", "kubevirt-hyperconverged"
	virtualization.own, virtualization.all = false, true
	virtualization.channels = []channel{{"stable", []string{"1.15.0", "1.16.0"}}}
	for _, each := range []*bundle{&forklift, &virtualization} {
		each.index = communityIndex
		packages[each.name] = each
	}
	return packages
}

// indexOf is the index that an image is, mirrored or not; "" is one of which no packages are known.
func indexOf(image string) string {
	name := image[strings.LastIndex(image, "/")+1:]
	for _, index := range []string{redHatIndex, communityIndex} {
		if strings.HasPrefix(name, index+":") || strings.HasPrefix(name, index+"@") {
			return index
		}
	}
	return ""
}

// channel finds a channel; without a name it is the default one.
func (b *bundle) channel(name string) (channel, bool) {
	if name == "" {
		name = b.defaultChannel
	}
	for _, each := range b.channels {
		if each.name == name {
			return each, true
		}
	}
	return channel{}, false
}

func (c channel) head() string { return c.versions[len(c.versions)-1] }

// byCSV finds the package and version of a ClusterServiceVersion.
func byCSV(packages map[string]*bundle, csv string) (*bundle, string, bool) {
	for _, each := range packages {
		version, ok := strings.CutPrefix(csv, each.csv)
		if !ok {
			continue
		}
		for _, channel := range each.channels {
			for _, known := range channel.versions {
				if known == version {
					return each, version, true
				}
			}
		}
	}
	return nil, "", false
}
