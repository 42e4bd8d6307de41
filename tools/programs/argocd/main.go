// Command argocd is what Argo CD needs to bring a chart onto a cluster, as one program: its application controller, its repo server, in
// memory the Redis between them, and what an ApplicationSet makes of clusters. The first argument says which. There is no API server of
// Argo CD and no page.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"
	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/spf13/cobra"
)

func main() {
	command := &cobra.Command{Use: "argocd", SilenceUsage: true}
	application, repo := controller.NewCommand(), reposerver.NewCommand()
	application.Use, repo.Use = "application-controller", "repo-server"
	command.AddCommand(application, repo, &cobra.Command{
		Use: "redis ADDRESS", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, arguments []string) error { return redis(arguments[0]) },
	}, &cobra.Command{
		Use: "applicationset", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
			return applicationSet(command.Context(), command.InOrStdin(), command.OutOrStdout())
		},
	})
	if err := command.ExecuteContext(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// redis serves for ever. The time of this Redis does not pass by itself, and without it nothing cached would ever expire.
func redis(address string) error {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(address); err != nil {
		return err
	}
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
	return nil
}
