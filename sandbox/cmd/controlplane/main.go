// Command controlplane runs the sandbox's Kubernetes and nothing else: no CRDs, no stand-ins. For tests that bring what they need.
// It prints "READY <kubeconfig>" and ends with its standard input, so when the program that started it does. Until then each line there
// is done to one of its programs, such as "stop etcd" or "restart apiserver", and answered by "DONE" or "FAILED <why>".
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

func main() {
	kube := flag.String("kube", ".build/bin/kube", "the control plane's program; those below KUBEBUILDER_ASSETS are preferred")
	audit := flag.Bool("audit", false, "write every request down in audit.log beside the kubeconfig")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// Read at once, so that the end is seen while everything starts or a line is carried out.
	lines := make(chan string, 100)
	go func() {
		for input := bufio.NewScanner(os.Stdin); input.Scan(); {
			lines <- input.Text()
		}
		stop()
	}()
	if err := run(ctx, controlplane.Options{Kube: *kube, Audit: *audit}, lines); err != nil {
		fmt.Fprintln(os.Stderr, "controlplane:", err)
		os.Exit(1)
	}
}

// run keeps a control plane in a folder of its own until ctx ends; nothing is left.
func run(ctx context.Context, o controlplane.Options, lines <-chan string) (err error) {
	if o.Dir, err = os.MkdirTemp("", "controlplane-"); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	defer os.RemoveAll(o.Dir)
	running, err := controlplane.Start(ctx, o)
	if err != nil {
		return err
	}
	defer running.Stop()
	fmt.Println("READY", running.Kubeconfig)
	for {
		select {
		case <-ctx.Done():
			return nil
		case line := <-lines:
			if err := running.Control(ctx, line); err != nil {
				// One line, whatever the error holds: the end of a log, for example.
				fmt.Println("FAILED", strings.ReplaceAll(err.Error(), "\n", " "))
				continue
			}
			fmt.Println("DONE")
		}
	}
}
