package openshiftapi

import (
	"context"
	"fmt"
	"reflect"

	imagev1 "github.com/openshift/api/image/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/internalversion"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
)

// prepareStream keeps clients from writing the status.
func (a *apis) prepareStream(object, before runtime.Object) {
	stream := object.(*imagev1.ImageStream)
	stream.Status = imagev1.ImageStreamStatus{}
	stream.Generation = 1
	if before != nil {
		old := before.(*imagev1.ImageStream)
		stream.Status, stream.Generation = old.Status, old.Generation
		if !reflect.DeepEqual(old.Spec, stream.Spec) {
			stream.Generation++
		}
	}
	a.decorateStream(stream)
}

func prepareStreamStatus(object, before runtime.Object) {
	stream, old := object.(*imagev1.ImageStream), before.(*imagev1.ImageStream)
	stream.Spec, stream.Generation = old.Spec, old.Generation
}

// decorateStream says where to push. It is made up afresh at each reading: empty while no registry is configured.
func (a *apis) decorateStream(object runtime.Object) {
	switch object := object.(type) {
	case *imagev1.ImageStream:
		object.Status.DockerImageRepository = object.Spec.DockerImageRepository
		if host := a.registry.host(); host != "" {
			object.Status.DockerImageRepository = fmt.Sprintf("%s/%s/%s", host, object.Namespace, object.Name)
		}
	case *imagev1.ImageStreamList:
		for i := range object.Items {
			a.decorateStream(&object.Items[i])
		}
	}
}

// streamStatus is the status of ImageStreams by itself: the registry writes it.
type streamStatus struct{ store *registry.Store }

var _ rest.Patcher = &streamStatus{}

func (s *streamStatus) New() runtime.Object { return &imagev1.ImageStream{} }
func (s *streamStatus) Destroy()            {}

func (s *streamStatus) Get(ctx context.Context, name string, options *metav1.GetOptions) (runtime.Object, error) {
	return s.store.Get(ctx, name, options)
}

func (s *streamStatus) Update(
	ctx context.Context, name string, object rest.UpdatedObjectInfo, create rest.ValidateObjectFunc, update rest.ValidateObjectUpdateFunc, _ bool,
	options *metav1.UpdateOptions,
) (runtime.Object, bool, error) {
	return s.store.Update(ctx, name, object, create, update, false, options)
}

// streamTags are ImageStreamTags: a view of a stream's tag and its newest image. They are read only here.
type streamTags struct{ *apis }

var (
	_ rest.Getter = &streamTags{}
	_ rest.Lister = &streamTags{}
)

func (*streamTags) New() runtime.Object     { return &imagev1.ImageStreamTag{} }
func (*streamTags) NewList() runtime.Object { return &imagev1.ImageStreamTagList{} }
func (*streamTags) Destroy()                {}
func (*streamTags) NamespaceScoped() bool   { return true }
func (*streamTags) GetSingularName() string { return "imagestreamtag" }

func (t *streamTags) ConvertToTable(ctx context.Context, object, options runtime.Object) (*metav1.Table, error) {
	return rest.NewDefaultTableConvertor(imagev1.Resource("imagestreamtags")).ConvertToTable(ctx, object, options)
}

func (t *streamTags) Get(ctx context.Context, id string, options *metav1.GetOptions) (runtime.Object, error) {
	name, tag, err := splitTag(id)
	if err != nil {
		return nil, apierrors.NewBadRequest("ImageStreamTags must be retrieved with <name>:<tag>")
	}
	found, err := t.streams.Get(ctx, name, options)
	if err != nil {
		return nil, err
	}
	stream := found.(*imagev1.ImageStream)
	event := newest(stream, tag)
	if event == nil {
		return nil, apierrors.NewNotFound(imagev1.Resource("imagestreamtags"), id)
	}
	image, err := t.images.Get(ctx, event.Image, &metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	seen := viewOf(stream, tag, event)
	seen.Image = *within(image, event)
	return seen, nil
}

// List leaves out what is in the images, as the original.
func (t *streamTags) List(ctx context.Context, options *internalversion.ListOptions) (runtime.Object, error) {
	found, err := t.streams.List(ctx, options)
	if err != nil {
		return nil, err
	}
	list := &imagev1.ImageStreamTagList{Items: []imagev1.ImageStreamTag{}}
	streams := found.(*imagev1.ImageStreamList).Items
	for i := range streams {
		for _, tag := range streams[i].Status.Tags {
			if event := newest(&streams[i], tag.Tag); event != nil {
				list.Items = append(list.Items, *viewOf(&streams[i], tag.Tag, event))
			}
		}
	}
	return list, nil
}

// newest is the image that was tagged last; nil for none.
func newest(stream *imagev1.ImageStream, tag string) *imagev1.TagEvent {
	for _, each := range stream.Status.Tags {
		if each.Tag == tag && len(each.Items) > 0 {
			return &each.Items[0]
		}
	}
	return nil
}

// within is an image as part of another object, named as in the stream.
func within(image runtime.Object, event *imagev1.TagEvent) *imagev1.Image {
	part := image.(*imagev1.Image).DeepCopy()
	part.TypeMeta, part.ManagedFields = metav1.TypeMeta{}, nil
	part.DockerImageReference = event.DockerImageReference
	return part
}

func viewOf(stream *imagev1.ImageStream, tag string, event *imagev1.TagEvent) *imagev1.ImageStreamTag {
	view := &imagev1.ImageStreamTag{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: stream.Namespace, Name: stream.Name + ":" + tag, CreationTimestamp: event.Created, Annotations: map[string]string{},
			Labels: stream.Labels, ResourceVersion: stream.ResourceVersion, UID: stream.UID,
		},
		Generation: event.Generation, LookupPolicy: stream.Spec.LookupPolicy,
		Image: imagev1.Image{ObjectMeta: metav1.ObjectMeta{Name: event.Image}, DockerImageReference: event.DockerImageReference},
	}
	for i := range stream.Spec.Tags {
		if stream.Spec.Tags[i].Name == tag {
			view.Tag = &stream.Spec.Tags[i]
		}
	}
	return view
}
