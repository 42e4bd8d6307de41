package chart_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// tools is the folder that is /app in the image of the hooks.
const tools = project + "/dist-tools"

// misunderstood is the exit code of a command line or a file that is wrong (docs/hooks.md).
const misunderstood = 2

// command is what a hook runs, with the files it has.
type command struct {
	arguments []string
	files     map[string]string
}

// commands are those of the Jobs among objects, with the ConfigMaps that they mount.
func commands(all []*unstructured.Unstructured) []command {
	files := map[string]string{}
	for _, object := range all {
		if object.GetKind() == "ConfigMap" {
			data, _, _ := unstructured.NestedStringMap(object.Object, "data")
			for name, text := range data {
				files["/etc/migration-prep/"+name] = text
			}
		}
	}
	var found []command
	for _, object := range all {
		if object.GetKind() != "Job" {
			continue
		}
		containers, _, _ := unstructured.NestedSlice(object.Object, "spec", "template", "spec", "containers")
		arguments, _, _ := unstructured.NestedStringSlice(containers[0].(map[string]any), "args")
		found = append(found, command{arguments, files})
	}
	return found
}

// rehearseCommand runs a command once as a rehearsal and returns its exit code and what it printed.
func rehearseCommand(ctx context.Context, dir, kubeconfig string, c command) (int, string, error) {
	// One try, not the hook's minutes.
	c.arguments = slices.Clone(c.arguments)
	c.arguments[slices.Index(c.arguments, "--deadline")+1] = "0"
	return runCommand(ctx, dir, kubeconfig, c, "--dry-run")
}

// runCommand runs a command and returns its exit code and what it printed.
func runCommand(ctx context.Context, dir, kubeconfig string, c command, more ...string) (int, string, error) {
	arguments := slices.Clone(c.arguments)
	for i, argument := range arguments {
		text, isFile := c.files[argument]
		if !isFile {
			continue
		}
		arguments[i] = filepath.Join(dir, filepath.Base(argument))
		if err := os.WriteFile(arguments[i], []byte(text), 0o600); err != nil {
			return 0, "", err
		}
	}
	arguments = slices.Concat([]string{tools + "/main.mjs"}, arguments, more, []string{"--kubeconfig", kubeconfig})
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, "node", arguments...)
	var output bytes.Buffer
	child.Stdout, child.Stderr = &output, &output
	var failed *exec.ExitError
	err := child.Run()
	if errors.As(err, &failed) {
		return failed.ExitCode(), output.String(), nil
	}
	return 0, output.String(), err
}

// What hooks are asked to do is understood: their arguments, and the wishes file that the chart writes for each scenario.
func TestCommandsAreUnderstood(t *testing.T) {
	t.Parallel()
	_, c, _ := cluster(t)
	all := map[string][]command{}
	for scenario, file := range valueFiles(t) {
		all[scenario] = commands(mustTemplate(t, "helm3", "--values", file))
	}
	for path, text := range installerFiles(t) {
		rendered, err := objects(text)
		if err != nil {
			t.Fatal(err)
		}
		all[path] = commands(rendered)
	}
	for name, found := range all {
		if len(found) == 0 && name != "hands-off" {
			t.Errorf("%s has no command", name)
		}
		for _, each := range found {
			t.Run(name+"/"+strings.Join(each.arguments[:2], " "), func(t *testing.T) {
				code, output, err := rehearseCommand(t.Context(), t.TempDir(), c.Kubeconfig, each)
				if err != nil || code == misunderstood {
					t.Errorf("exit code %d, %v\n%s", code, err, output)
				}
			})
		}
	}
	t.Run("and nonsense is not", func(t *testing.T) {
		for _, nonsense := range []command{
			{arguments: []string{"ensure", "--wish", "x", "--deadline", "0"}},
			{arguments: []string{"ensure", "--wishes", "/f", "--deadline", "0"}, files: map[string]string{"/f": "operators: {lvms: {mod: install}}"}},
		} {
			if code, output, err := rehearseCommand(t.Context(), t.TempDir(), c.Kubeconfig, nonsense); err != nil || code != misunderstood {
				t.Errorf("%v: exit code %d, %v\n%s", nonsense, code, err, output)
			}
		}
	})
}
