package openshiftapi

import (
	"crypto/sha256"
	"fmt"
	"runtime"

	"github.com/openshift/api/image/docker10"
	imagev1 "github.com/openshift/api/image/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// found is what a look at a registry brought: an image, and of a list that was asked for as such the images in it.
type found struct {
	image     *imagev1.Image
	manifests []imagev1.Image
}

// manifestList is a list of images, one for each platform (Docker calls it a manifest list, OCI an image index). Attestations are
// entries too, for the platform unknown/unknown.
type manifestList struct {
	MediaType string `json:"mediaType"`
	Manifests []struct {
		Digest    string `json:"digest"`
		MediaType string `json:"mediaType"`
		Size      int64  `json:"size"`
		Platform  struct {
			Architecture string `json:"architecture"`
			OS           string `json:"os"`
			Variant      string `json:"variant"`
		} `json:"platform"`
	} `json:"manifests"`
}

// choose is the entry that an import of one image takes: the control plane's platform first, then amd64, then whatever comes first.
func (l *manifestList) choose() string {
	for _, architecture := range []string{runtime.GOARCH, "amd64"} {
		for _, each := range l.Manifests {
			if each.Platform.Architecture == architecture && each.Platform.OS == "linux" {
				return each.Digest
			}
		}
	}
	return l.Manifests[0].Digest
}

// image is the list as an Image: it has no configuration of its own, only its entries.
func (l *manifestList) image(content []byte) (*imagev1.Image, error) {
	name := fmt.Sprintf("sha256:%x", sha256.Sum256(content))
	image, err := newImage(name, &docker10.DockerImage{
		TypeMeta: metav1.TypeMeta{Kind: "DockerImage", APIVersion: "image.openshift.io/1.0"}, ID: name, Created: metav1.Now(),
	}, nil)
	if err != nil {
		return nil, err
	}
	image.Annotations, image.DockerImageManifestMediaType = nil, l.MediaType
	for _, each := range l.Manifests {
		image.DockerImageManifests = append(image.DockerImageManifests, imagev1.ImageManifest{
			Digest: each.Digest, MediaType: each.MediaType, ManifestSize: each.Size,
			Architecture: each.Platform.Architecture, OS: each.Platform.OS, Variant: each.Platform.Variant,
		})
	}
	return image, nil
}
