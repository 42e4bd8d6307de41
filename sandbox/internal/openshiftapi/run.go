package openshiftapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Sentences of openshift/builder, pkg/build/builder/util/consts.go.
const (
	fetchFailed   = "Failed to fetch the input source."
	pullFailed    = "Failed pulling builder image."
	dockerFailed  = "Dockerfile build strategy has failed."
	pushFailed    = "Failed to push the image to the registry."
	noContext     = "The supplied context directory does not exist."
	genericFailed = "Generic Build failure - check logs for details."
	outputInvalid = "Output image could not be resolved."
	cancelled     = "The build was cancelled by the user."
	podDeleted    = "The pod for this build was deleted before the build completed."
)

// failure is how a build's pod ends early.
type failure struct {
	reason  buildv1.StatusReason
	message string
	cause   error
}

func (f *failure) Error() string { return f.cause.Error() }

// push stores an image where a build's output goes and returns its name with the digest.
type push func(ctx context.Context, image *imagev1.Image) error

// Time that parts of a build take on a real cluster.
const (
	pullTime = 4 * time.Second
	stepTime = time.Second
	pushTime = 4 * time.Second
)

// run is the life of a build's pod after it was scheduled. It ends with the digest of an image, with a failure, or with ctx.
func (p *pod) run(pace *pace.Pace, push push) (string, error) {
	defer p.log.close()
	digest, err := p.containers(pace, push)
	if err != nil && p.ctx.Err() == nil {
		p.log.print("error: %v", err)
	}
	return digest, err
}

func (p *pod) containers(pace *pace.Pace, push push) (string, error) {
	files, err := p.source()
	if err != nil {
		return "", err
	}
	text, context, err := p.manageDockerfile(files)
	if err != nil {
		return "", &failure{buildv1.StatusReasonGenericBuildFailed, genericFailed, err}
	}
	recipe, err := readRecipe(text, p.build)
	if errors.Is(err, errNoFrom) {
		return "", &failure{buildv1.StatusReasonGenericBuildFailed, genericFailed, fmt.Errorf("build error: %w", err)}
	}
	if err != nil {
		return "", &failure{buildv1.StatusReasonDockerBuildFailed, dockerFailed, fmt.Errorf("build error: %w", err)}
	}
	if err := p.pull(recipe.from, pace); err != nil {
		return "", err
	}
	image, err := p.dockerBuild(recipe, context, pace)
	if err != nil {
		return "", err
	}
	return p.push(image, pace, push)
}

// source waits for the upload, if the build takes one.
func (p *pod) source() (tree, error) {
	if p.build.Spec.Source.Binary == nil {
		return tree{}, nil
	}
	select {
	case <-p.ctx.Done():
		return nil, p.ctx.Err()
	case got := <-p.arrived:
		if got.err != nil {
			return nil, &failure{buildv1.StatusReasonFetchSourceFailed, fetchFailed, got.err}
		}
		if folder := clean(p.build.Spec.Source.ContextDir); folder != "" && got.files[folder] == nil {
			return nil, &failure{buildv1.StatusReasonInvalidContextDirectory, noContext, fmt.Errorf("provided context directory does not exist: %s", folder)}
		}
		return got.files, nil
	}
}

// manageDockerfile finds the Dockerfile's text and the folder that is the build's context.
func (p *pod) manageDockerfile(files tree) (string, tree, error) {
	source := &p.build.Spec.Source
	context := files.below(clean(source.ContextDir))
	at := dockerfilePath(&p.build.Spec.CommonSpec)
	if source.Dockerfile != nil {
		return *source.Dockerfile, context, nil
	}
	if files[at] == nil {
		return "", nil, fmt.Errorf("open %s/%s: no such file or directory", contextFolder, at)
	}
	return string(files[at].text), context, nil
}

// baseRegistry has every base image that is asked for: the one of which imports, too, find what builds pull.
const baseRegistry = "registry.access.redhat.com"

// registries are those that base images are pulled from. The sandbox has no network: any other is a host that does not resolve.
var registries = []string{baseRegistry, "registry.redhat.io", "quay.io", "docker.io"}

func (p *pod) pull(name string, pace *pace.Pace) error {
	if name == "scratch" {
		return nil
	}
	p.log.print("\nPulling image %s ...", name)
	reference, err := parseReference(name)
	if err == nil && !slices.Contains(registries, reference.registry) {
		err = fmt.Errorf("initializing source docker://%s: pinging container registry %s: Get \"https://%s/v2/\": dial tcp: lookup %s: no such host",
			name, reference.registry, reference.registry, reference.registry)
	}
	if err != nil {
		p.log.print("Warning: Pull failed, retrying in 5s ...")
		return &failure{buildv1.StatusReasonPullBuilderImageFailed, pullFailed,
			fmt.Errorf("build error: failed to pull image: After retrying 2 times, Pull image still failed due to error: %w", err)}
	}
	p.log.print("Trying to pull %s...\nGetting image source signatures\nCopying blob sha256:%x\nCopying config sha256:%x\nWriting manifest to image destination",
		name, random(32), random(32))
	return p.take(pullTime, pace)
}

func (p *pod) dockerBuild(r *recipe, context tree, pace *pace.Pace) (*imagev1.Image, error) {
	c := fromBase()
	p.log.print("STEP 1/%d: %s", len(r.texts), r.texts[0])
	for i, each := range r.steps {
		p.log.print("STEP %d/%d: %s", i+2, len(r.texts), r.texts[i+1])
		if err := c.step(r, each, context); err != nil {
			return nil, &failure{buildv1.StatusReasonDockerBuildFailed, dockerFailed, fmt.Errorf("build error: building at STEP \"%s\": %w", r.texts[i+1], err)}
		}
		if i < len(r.steps)-1 {
			p.log.print("--> %x", random(6))
		}
		if err := p.take(stepTime, pace); err != nil {
			return nil, err
		}
	}
	image, err := c.image(metav1.Now())
	if err != nil {
		return nil, err
	}
	tag := fmt.Sprintf("temp.builder.openshift.io/%s/%s:%x", p.build.Namespace, p.build.Name, random(4))
	p.log.print("COMMIT %s\n--> %s\nSuccessfully tagged %s\n%s", tag, strings.TrimPrefix(image.Name, "sha256:")[:12], tag, strings.TrimPrefix(image.Name, "sha256:"))
	return image, nil
}

func (p *pod) push(image *imagev1.Image, pace *pace.Pace, push push) (string, error) {
	if p.build.Spec.Output.To == nil {
		p.log.print("Build complete, no image push requested")
		return "", nil
	}
	target := p.build.Status.OutputDockerImageReference
	p.log.print("\nPushing image %s ...", target)
	if err := p.take(pushTime, pace); err != nil {
		return "", err
	}
	if err := push(p.ctx, image); err != nil {
		return "", &failure{buildv1.StatusReasonPushImageToRegistryFailed, pushFailed, fmt.Errorf("build error: Failed to push image: %w", err)}
	}
	p.log.print("Getting image source signatures\nCopying blob %s\nCopying config sha256:%x\nWriting manifest to image destination",
		image.DockerImageLayers[0].Name, random(32))
	p.log.print("Successfully pushed %s\nPush successful", image.DockerImageReference)
	return image.Name, nil
}

// take lets time pass.
func (p *pod) take(real time.Duration, pace *pace.Pace) error {
	select {
	case <-time.After(pace.Of(real)):
		return nil
	case <-p.ctx.Done():
		return p.ctx.Err()
	}
}

func random(bytes int) []byte {
	made := make([]byte, bytes)
	_, _ = rand.Read(made)
	return made
}
