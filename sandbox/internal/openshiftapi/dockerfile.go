package openshiftapi

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	buildv1 "github.com/openshift/api/build/v1"
	"github.com/openshift/api/image/docker10"
)

const dockerfileName = "Dockerfile"

// dockerfilePath is where a build's Dockerfile lies in what is uploaded.
func dockerfilePath(spec *buildv1.CommonSpec) string {
	name := dockerfileName
	if docker := spec.Strategy.DockerStrategy; docker != nil && docker.DockerfilePath != "" {
		name = docker.DockerfilePath
	}
	return clean(path.Join(spec.Source.ContextDir, name))
}

// recipe is a Dockerfile, read.
type recipe struct {
	from  string
	steps []instructions.Command
	// texts are the instructions as they stand in the file, FROM included.
	texts []string
	env   []string
}

var errNoFrom = errors.New("no FROM image in Dockerfile")

// readRecipe parses a Dockerfile and appends what OpenShift appends to each (openshift/builder, addBuildParameters).
func readRecipe(text string, build *buildv1.Build) (*recipe, error) {
	file, err := parser.Parse(strings.NewReader(text + appended(build)))
	if err != nil {
		return nil, err
	}
	stages, global, err := instructions.Parse(file.AST, nil)
	if err != nil {
		return nil, err
	}
	if len(stages) == 0 {
		return nil, errNoFrom
	}
	if len(stages) > 1 {
		return nil, errors.New("the sandbox builds Dockerfiles of one stage only")
	}
	r := &recipe{steps: stages[0].Commands}
	for _, child := range file.AST.Children {
		if len(r.texts) > 0 || strings.EqualFold(child.Value, "from") {
			r.texts = append(r.texts, child.Original)
		}
	}
	arguments := map[string]string{}
	if docker := build.Spec.Strategy.DockerStrategy; docker != nil {
		for _, each := range docker.BuildArgs {
			arguments[each.Name] = each.Value
		}
		if docker.From != nil {
			stages[0].BaseName = docker.From.Name
		}
	}
	for _, each := range global {
		r.declare(each.Args, arguments)
	}
	if r.from, err = r.expand(stages[0].BaseName); err != nil {
		return nil, err
	}
	r.env = nil
	for _, each := range r.steps {
		if declared, ok := each.(*instructions.ArgCommand); ok {
			r.declare(declared.Args, arguments)
		}
	}
	return r, nil
}

// appended are the instructions that OpenShift adds.
func appended(build *buildv1.Build) string {
	var text strings.Builder
	fmt.Fprintf(&text, "\nENV \"OPENSHIFT_BUILD_NAME\"=%q \"OPENSHIFT_BUILD_NAMESPACE\"=%q\n", build.Name, build.Namespace)
	fmt.Fprintf(&text, "LABEL \"io.openshift.build.name\"=%q \"io.openshift.build.namespace\"=%q", build.Name, build.Namespace)
	for _, label := range build.Spec.Output.ImageLabels {
		fmt.Fprintf(&text, " %q=%q", label.Name, label.Value)
	}
	return text.String() + "\n"
}

func (r *recipe) declare(declared []instructions.KeyValuePairOptional, arguments map[string]string) {
	for _, each := range declared {
		if value, ok := arguments[each.Key]; ok {
			r.env = append(r.env, each.Key+"="+value)
		} else if each.Value != nil {
			r.env = append(r.env, each.Key+"="+*each.Value)
		}
	}
}

func (r *recipe) expand(word string) (string, error) {
	expanded, _, err := shell.NewLex('\\').ProcessWord(word, shell.EnvsFromSlice(r.env))
	return expanded, err
}

// container is an image while it is made.
type container struct {
	files  tree
	config docker10.DockerConfig
}

// step carries out one instruction on what was uploaded.
func (c *container) step(r *recipe, each instructions.Command, context tree) error {
	if words, ok := each.(instructions.SupportsSingleWordExpansion); ok {
		if err := words.Expand(r.expand); err != nil {
			return err
		}
	}
	switch each := each.(type) {
	case *instructions.CopyCommand:
		if each.From != "" || len(each.SourceContents) > 0 || len(each.ExcludePatterns) > 0 {
			return errors.New("the sandbox copies from what was uploaded only")
		}
		return copying{sources: each.SourcePaths, to: each.DestPath, chmod: each.Chmod}.apply(context, c.files, c.config.WorkingDir)
	case *instructions.AddCommand:
		for _, source := range each.SourcePaths {
			if strings.Contains(source, "://") {
				return fmt.Errorf("adding sources [%s]: the sandbox fetches nothing", source)
			}
		}
		return copying{sources: each.SourcePaths, to: each.DestPath, chmod: each.Chmod, unpack: true}.apply(context, c.files, c.config.WorkingDir)
	case *instructions.EnvCommand:
		for _, pair := range each.Env {
			r.env = append(r.env, pair.Key+"="+pair.Value)
			c.config.Env = append(c.config.Env, pair.Key+"="+pair.Value)
		}
	case *instructions.LabelCommand:
		for _, pair := range each.Labels {
			c.config.Labels[pair.Key] = pair.Value
		}
	case *instructions.UserCommand:
		c.config.User = each.User
	case *instructions.WorkdirCommand:
		c.config.WorkingDir = path.Join("/", c.config.WorkingDir, each.Path)
		if path.IsAbs(each.Path) {
			c.config.WorkingDir = path.Clean(each.Path)
		}
	case *instructions.EntrypointCommand:
		c.config.Entrypoint, c.config.Cmd = command(each.ShellDependantCmdLine), nil
	case *instructions.CmdCommand:
		c.config.Cmd = command(each.ShellDependantCmdLine)
	case *instructions.ExposeCommand, *instructions.VolumeCommand, *instructions.ArgCommand, *instructions.MaintainerCommand,
		*instructions.StopSignalCommand, *instructions.HealthCheckCommand, *instructions.ShellCommand:
	default:
		return fmt.Errorf("the sandbox runs nothing: %s", strings.ToUpper(each.Name()))
	}
	return nil
}

func command(line instructions.ShellDependantCmdLine) []string {
	if line.PrependShell {
		return append([]string{"/bin/sh", "-c"}, line.CmdLine...)
	}
	return line.CmdLine
}
