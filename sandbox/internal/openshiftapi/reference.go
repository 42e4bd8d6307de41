package openshiftapi

import (
	"fmt"
	"strings"

	"github.com/distribution/reference"
)

// imageReference is the name of an image, taken apart.
type imageReference struct {
	// registry is empty where a name has none, and then Docker's own is meant.
	registry, repository, tag, digest string
}

// parseReference reads a name as OpenShift does (library-go, pkg/image/reference): a registry is not made up.
func parseReference(name string) (imageReference, error) {
	parsed, err := reference.ParseNormalizedNamed(name)
	if err != nil {
		return imageReference{}, err
	}
	r := imageReference{registry: reference.Domain(parsed), repository: reference.Path(parsed)}
	if !strings.HasPrefix(name, r.registry+"/") {
		r.registry = ""
	}
	if tagged, ok := parsed.(reference.Tagged); ok {
		r.tag = tagged.Tag()
	}
	if digested, ok := parsed.(reference.Digested); ok {
		r.digest = digested.Digest().String()
	}
	return r, nil
}

// name is registry and repository.
func (r imageReference) name() string {
	if r.registry == "" {
		return r.repository
	}
	return r.registry + "/" + r.repository
}

// splitTag takes "stream:tag" apart.
func splitTag(name string) (stream, tag string, err error) {
	stream, tag, ok := strings.Cut(name, ":")
	if !ok || stream == "" || tag == "" || strings.Contains(tag, ":") {
		return "", "", fmt.Errorf("%q is not of the form <name>:<tag>", name)
	}
	return stream, tag, nil
}
