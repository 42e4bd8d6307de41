package openshiftapi

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/openshift/api/image/docker10"
	imagev1 "github.com/openshift/api/image/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints/request"
)

// lookTime is how long a registry may take to answer.
const lookTime = 15 * time.Second

// find looks an image up: in the cluster's own registry among the streams of the project, elsewhere by the registry's API. Without
// credentials, and there are none here, the cluster's registry shows no other project's images.
func (a *apis) find(ctx context.Context, name string, policy imagev1.TagImportPolicy) (*found, *apierrors.StatusError) {
	wanted, err := parseReference(name)
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	switch wanted.registry {
	case "":
		wanted.registry = "docker.io"
	case a.registry.host():
		return a.findOwn(ctx, wanted, name)
	case baseRegistry:
		image, err := fromBase().image(metav1.Now())
		if err != nil {
			return nil, apierrors.NewInternalError(err)
		}
		image.DockerImageReference = wanted.name() + "@" + image.Name
		return &found{image: image}, nil
	}
	c := &registryClient{image: wanted, schemes: []string{"https"}}
	if policy.Insecure {
		c.schemes = append(c.schemes, "http")
	}
	seen, err := c.find(ctx, policy.ImportMode)
	switch status := err.(type) {
	case nil:
		return seen, nil
	case answered:
		switch status {
		case http.StatusUnauthorized, http.StatusForbidden:
			return nil, noAccess(name)
		case http.StatusNotFound:
			return nil, noImage(name)
		}
	}
	return nil, apierrors.NewInternalError(fmt.Errorf("%s: %w", name, err))
}

func noAccess(name string) *apierrors.StatusError {
	return &apierrors.StatusError{ErrStatus: metav1.Status{
		Status: metav1.StatusFailure, Code: http.StatusUnauthorized, Reason: metav1.StatusReasonUnauthorized,
		Message: fmt.Sprintf("you may not have access to the container image %q", name),
	}}
}

func noImage(name string) *apierrors.StatusError {
	return apierrors.NewNotFound(schema.GroupResource{Group: imagev1.GroupName, Resource: "dockerimage"}, name)
}

func (a *apis) findOwn(ctx context.Context, wanted imageReference, name string) (*found, *apierrors.StatusError) {
	project, stream, _ := strings.Cut(wanted.repository, "/")
	if project != request.NamespaceValue(ctx) {
		return nil, noAccess(name)
	}
	known, err := a.streams.Get(ctx, stream, &metav1.GetOptions{})
	if err != nil {
		return nil, noImage(name)
	}
	for _, tag := range known.(*imagev1.ImageStream).Status.Tags {
		for i, event := range tag.Items {
			if event.Image != wanted.digest && (i > 0 || wanted.digest != "" || tag.Tag != cmp.Or(wanted.tag, "latest")) {
				continue
			}
			image, err := a.images.Get(ctx, event.Image, &metav1.GetOptions{})
			if err != nil {
				return nil, noImage(name)
			}
			return &found{image: within(image, &event)}, nil
		}
	}
	return nil, noImage(name)
}

// answered is a status that a registry gave instead of what was asked for.
type answered int

func (a answered) Error() string {
	return fmt.Sprintf("unexpected status %d %s", int(a), http.StatusText(int(a)))
}

// registryClient asks one registry for one image, without credentials. go-containerregistry would not do: it takes http at 127.0.0.1 unasked
// (pkg/name, Registry.Scheme), where every registry of the sandbox is, and makes one text of why no scheme was answered (transport.ping).
type registryClient struct {
	image   imageReference
	schemes []string
	base    string
}

// find looks at an image. Of a list of images, one for each architecture, the mode Legacy takes one and says nothing of the others;
// PreserveOriginal takes the list itself and then each image of it, and fails when one is not there (openshift-apiserver,
// pkg/image/apiserver/importer/importer.go).
func (c *registryClient) find(ctx context.Context, mode imagev1.ImportModeType) (*found, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	if err := c.ping(ctx); err != nil {
		return nil, err
	}
	content, err := c.get(ctx, "manifests/"+cmp.Or(c.image.digest, c.image.tag, "latest"))
	if err != nil {
		return nil, err
	}
	list := &manifestList{}
	if err := json.Unmarshal(content, list); err != nil {
		return nil, err
	}
	if len(list.Manifests) == 0 {
		image, err := c.single(ctx, content)
		return &found{image: image}, err
	}
	if mode != imagev1.ImportModePreserveOriginal {
		image, err := c.entry(ctx, list.choose())
		return &found{image: image}, err
	}
	image, err := list.image(content)
	if err != nil {
		return nil, err
	}
	image.DockerImageReference = c.image.name() + "@" + image.Name
	whole := &found{image: image}
	for _, each := range list.Manifests {
		part, err := c.entry(ctx, each.Digest)
		if err != nil {
			return nil, err
		}
		whole.manifests = append(whole.manifests, *part)
	}
	return whole, nil
}

// entry is one image of a list.
func (c *registryClient) entry(ctx context.Context, digest string) (*imagev1.Image, error) {
	content, err := c.get(ctx, "manifests/"+digest)
	if err != nil {
		return nil, err
	}
	return c.single(ctx, content)
}

// single is the image that a manifest describes.
func (c *registryClient) single(ctx context.Context, content []byte) (*imagev1.Image, error) {
	var manifest struct {
		MediaType string `json:"mediaType"`
		Config    struct {
			Digest string `json:"digest"`
			Size   int64  `json:"size"`
		} `json:"config"`
		Layers []struct {
			MediaType string `json:"mediaType"`
			Digest    string `json:"digest"`
			Size      int64  `json:"size"`
		} `json:"layers"`
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		return nil, err
	}
	document, err := c.get(ctx, "blobs/"+manifest.Config.Digest)
	if err != nil {
		return nil, err
	}
	var config struct {
		Created      metav1.Time            `json:"created"`
		Architecture string                 `json:"architecture"`
		Config       *docker10.DockerConfig `json:"config"`
	}
	if err := json.Unmarshal(document, &config); err != nil {
		return nil, err
	}
	metadata := &docker10.DockerImage{
		TypeMeta: metav1.TypeMeta{Kind: "DockerImage", APIVersion: "image.openshift.io/1.0"},
		ID:       manifest.Config.Digest, Created: config.Created, Config: config.Config, Architecture: config.Architecture, Size: manifest.Config.Size,
	}
	layers := []imagev1.ImageLayer{}
	for _, layer := range manifest.Layers {
		metadata.Size += layer.Size
		layers = append(layers, imagev1.ImageLayer{Name: layer.Digest, LayerSize: layer.Size, MediaType: layer.MediaType})
	}
	image, err := newImage(fmt.Sprintf("sha256:%x", sha256.Sum256(content)), metadata, layers)
	if err != nil {
		return nil, err
	}
	image.DockerImageManifestMediaType = manifest.MediaType
	image.DockerImageReference = c.image.name() + "@" + image.Name
	return image, nil
}

// ping finds out how the registry is reached. What it then answers is of no interest yet.
func (c *registryClient) ping(ctx context.Context) (err error) {
	for _, scheme := range c.schemes {
		c.base = scheme + "://" + c.image.registry + "/v2/"
		var answer *http.Response
		if answer, err = c.ask(ctx, c.base); err == nil {
			return answer.Body.Close()
		}
	}
	return err
}

func (c *registryClient) get(ctx context.Context, path string) ([]byte, error) {
	answer, err := c.ask(ctx, c.base+c.image.repository+"/"+path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, answered(answer.StatusCode)
	}
	return io.ReadAll(io.LimitReader(answer.Body, 4<<20))
}

func (c *registryClient) ask(ctx context.Context, url string) (*http.Response, error) {
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	asked.Header.Set("Accept", strings.Join([]string{
		manifestType, "application/vnd.oci.image.manifest.v1+json",
		"application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json",
	}, ", "))
	return http.DefaultClient.Do(asked)
}
