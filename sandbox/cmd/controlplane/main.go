// Command controlplane runs the sandbox's Kubernetes and nothing else: no CRDs, no stand-ins. For tests that bring what they need.
// It prints "READY <kubeconfig>" and ends with its standard input, so when the program that started it does.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

func main() {
	kube := flag.String("kube", ".build/bin/kube", "the control plane's program; those below KUBEBUILDER_ASSETS are preferred")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	if err := run(ctx, *kube); err != nil {
		fmt.Fprintln(os.Stderr, "controlplane:", err)
		os.Exit(1)
	}
}

// run keeps a control plane in a folder of its own until ctx ends; nothing is left.
func run(ctx context.Context, kube string) error {
	dir, err := os.MkdirTemp("", "controlplane-")
	if err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	defer os.RemoveAll(dir)
	running, err := controlplane.Start(ctx, controlplane.Options{Kube: kube, Dir: dir})
	if err != nil {
		return err
	}
	fmt.Println("READY", running.Kubeconfig)
	<-ctx.Done()
	running.Stop()
	return nil
}
