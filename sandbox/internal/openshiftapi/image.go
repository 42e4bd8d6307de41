package openshiftapi

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/openshift/api/image/docker10"
	imagev1 "github.com/openshift/api/image/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

const (
	manifestType = "application/vnd.docker.distribution.manifest.v2+json"
	layerType    = "application/vnd.docker.image.rootfs.diff.tar.gzip"
	configType   = "application/vnd.docker.container.image.v1+json"
)

// fromBase is a container of a base image such as Red Hat's minimal one.
func fromBase() *container {
	c := &container{files: tree{}, config: docker10.DockerConfig{
		Env:    []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "container=oci"},
		Cmd:    []string{"/bin/bash"},
		Labels: map[string]string{"vendor": "Red Hat, Inc.", "architecture": "x86_64"},
	}}
	for _, folder := range []string{"bin", "etc", "home", "lib", "lib64", "mnt", "opt", "root", "run", "srv", "tmp", "usr", "var"} {
		c.files[folder] = &node{mode: fs.ModeDir | 0o755}
	}
	return c
}

// layer sums up what is in an image: its digest changes with every name, mode, link and content.
func (t tree) layer() imagev1.ImageLayer {
	hash := sha256.New()
	size := int64(0)
	for _, name := range slices.Sorted(maps.Keys(t)) {
		each := t[name]
		fmt.Fprintf(hash, "%q %q ", name, each.link)
		_ = binary.Write(hash, binary.BigEndian, uint32(each.mode))
		hash.Write(each.digest[:])
		size += each.size
	}
	return imagev1.ImageLayer{Name: fmt.Sprintf("sha256:%x", hash.Sum(nil)), LayerSize: size, MediaType: layerType}
}

// image is what a registry would tell about a finished container.
func (c *container) image(now metav1.Time) (*imagev1.Image, error) {
	layer := c.files.layer()
	id, err := digest(map[string]any{
		"architecture": "amd64", "os": "linux", "created": now, "config": c.config,
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{layer.Name}},
	})
	if err != nil {
		return nil, err
	}
	type blob struct {
		MediaType string `json:"mediaType"`
		Size      int64  `json:"size"`
		Digest    string `json:"digest"`
	}
	name, err := digest(map[string]any{
		"schemaVersion": 2, "mediaType": manifestType,
		"config": blob{configType, 0, id}, "layers": []blob{{layer.MediaType, layer.LayerSize, layer.Name}},
	})
	if err != nil {
		return nil, err
	}
	metadata := &docker10.DockerImage{
		TypeMeta: metav1.TypeMeta{Kind: "DockerImage", APIVersion: "image.openshift.io/1.0"},
		ID:       id, Created: now, Config: &c.config, Architecture: "amd64", Size: layer.LayerSize,
	}
	return newImage(name, metadata, []imagev1.ImageLayer{layer})
}

// newImage is an Image as OpenShift shows it.
func newImage(name string, metadata *docker10.DockerImage, layers []imagev1.ImageLayer) (*imagev1.Image, error) {
	raw, err := json.Marshal(metadata)
	if err != nil {
		return nil, err
	}
	return &imagev1.Image{
		ObjectMeta:                   metav1.ObjectMeta{Name: name, Annotations: map[string]string{"image.openshift.io/dockerLayersOrder": "ascending"}},
		DockerImageMetadata:          runtime.RawExtension{Raw: raw},
		DockerImageMetadataVersion:   "1.0",
		DockerImageLayers:            layers,
		DockerImageManifestMediaType: manifestType,
	}, nil
}

func digest(document any) (string, error) {
	content, err := json.Marshal(document)
	return fmt.Sprintf("sha256:%x", sha256.Sum256(content)), err
}
