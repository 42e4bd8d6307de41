package openshiftapi

import (
	"context"
	"fmt"
	"slices"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/util/retry"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// target is the name under which a build's image is pushed; empty when there is no output, or when it can't be resolved.
func (b *builder) target(ctx context.Context, build *buildv1.Build) (string, error) {
	to := build.Spec.Output.To
	if to == nil || to.Kind != "ImageStreamTag" {
		if to == nil {
			return "", nil
		}
		return to.Name, nil
	}
	stream, tag, err := b.stream(ctx, build)
	if err != nil || stream.Status.DockerImageRepository == "" {
		return "", client.IgnoreNotFound(err)
	}
	return stream.Status.DockerImageRepository + ":" + tag, nil
}

// stream is the ImageStream that a build's output names, and the tag.
func (b *builder) stream(ctx context.Context, build *buildv1.Build) (*imagev1.ImageStream, string, error) {
	to := build.Spec.Output.To
	name, tag, err := splitTag(to.Name)
	if err != nil {
		return nil, "", err
	}
	namespace := to.Namespace
	if namespace == "" {
		namespace = build.Namespace
	}
	stream := &imagev1.ImageStream{}
	return stream, tag, b.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, stream)
}

// store is the registry taking a push: the image becomes an Image, and the newest of its tag.
func (b *builder) store(ctx context.Context, build *buildv1.Build, image *imagev1.Image) error {
	if build.Spec.Output.To.Kind != "ImageStreamTag" {
		return fmt.Errorf("trying to reuse blob at destination: pinging container registry: the sandbox reaches no other registry than its own")
	}
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		stream, tag, err := b.stream(ctx, build)
		if err != nil {
			return err
		}
		repository := stream.Status.DockerImageRepository
		if repository == "" {
			return fmt.Errorf("pinging container registry: no registry is configured")
		}
		image.DockerImageReference = repository + "@" + image.Name
		metav1.SetMetaDataAnnotation(&image.ObjectMeta, "openshift.io/image.managed", "true")
		if err := client.IgnoreAlreadyExists(b.Create(ctx, image.DeepCopy())); err != nil {
			return err
		}
		tagWith(stream, tag, imagev1.TagEvent{
			Created: metav1.Now(), DockerImageReference: image.DockerImageReference, Image: image.Name, Generation: stream.Generation,
		})
		return b.Status().Update(ctx, stream)
	})
}

// tagWith makes an image the newest of a tag.
func tagWith(stream *imagev1.ImageStream, tag string, event imagev1.TagEvent) {
	for i := range stream.Status.Tags {
		if each := &stream.Status.Tags[i]; each.Tag == tag {
			each.Conditions = nil
			each.Items = slices.Insert(each.Items, 0, event)
			return
		}
	}
	stream.Status.Tags = append(stream.Status.Tags, imagev1.NamedTagEventList{Tag: tag, Items: []imagev1.TagEvent{event}})
}

// prune deletes the oldest finished builds above the limits of their BuildConfig.
func (b *builder) prune(ctx context.Context, build *buildv1.Build) error {
	config := &buildv1.BuildConfig{}
	key := client.ObjectKey{Namespace: build.Namespace, Name: build.Labels[buildv1.BuildConfigLabel]}
	if err := b.Get(ctx, key, config); err != nil {
		return client.IgnoreNotFound(err)
	}
	siblings, err := b.siblings(ctx, build)
	if err != nil {
		return err
	}
	slices.SortFunc(siblings, func(x, y buildv1.Build) int { return number(&y) - number(&x) })
	left := map[bool]*int32{true: config.Spec.SuccessfulBuildsHistoryLimit, false: config.Spec.FailedBuildsHistoryLimit}
	count := map[bool]int32{}
	for i := range siblings {
		if !done(&siblings[i]) {
			continue
		}
		good := siblings[i].Status.Phase == buildv1.BuildPhaseComplete
		count[good]++
		if limit := left[good]; limit != nil && count[good] > *limit {
			if err := client.IgnoreNotFound(b.Delete(ctx, &siblings[i])); err != nil {
				return err
			}
		}
	}
	return nil
}
