// Command kube is the sandbox's control plane: the real etcd, kube-apiserver and kube-controller-manager,
// chosen by the first argument. It keeps no state of its own and takes the flags of the original programs.
package main

import (
	"fmt"
	"os"
	"slices"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: kube etcd|kube-apiserver|kube-controller-manager [flags]")
		os.Exit(2)
	}
	program := os.Args[1]
	os.Args = slices.Delete(os.Args, 1, 2)
	switch program {
	case "etcd":
		etcdmain.Main(os.Args)
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllermanager.NewControllerManagerCommand()))
	default:
		fmt.Fprintf(os.Stderr, "kube: unknown program %q\n", program)
		os.Exit(2)
	}
}
