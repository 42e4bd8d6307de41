package openshiftapi

import (
	"strings"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// setDefaults are those of openshift-apiserver, pkg/build/apis/build/v1 and pkg/image/apis/image/v1.
func setDefaults(scheme *runtime.Scheme) {
	scheme.AddTypeDefaultingFunc(&buildv1.BuildConfig{}, func(o any) { defaultBuildConfig(o.(*buildv1.BuildConfig)) })
	scheme.AddTypeDefaultingFunc(&buildv1.BuildConfigList{}, func(o any) { each(o.(*buildv1.BuildConfigList).Items, defaultBuildConfig) })
	scheme.AddTypeDefaultingFunc(&buildv1.Build{}, func(o any) { defaultSpec(&o.(*buildv1.Build).Spec.CommonSpec) })
	scheme.AddTypeDefaultingFunc(&imagev1.ImageStream{}, func(o any) { each(o.(*imagev1.ImageStream).Spec.Tags, defaultTag) })
	scheme.AddTypeDefaultingFunc(&imagev1.ImageStreamImport{}, func(o any) { each(o.(*imagev1.ImageStreamImport).Spec.Images, defaultImport) })
}

func each[T any](items []T, apply func(*T)) {
	for i := range items {
		apply(&items[i])
	}
}

func defaultBuildConfig(config *buildv1.BuildConfig) {
	if config.Spec.RunPolicy == "" {
		config.Spec.RunPolicy = buildv1.BuildRunPolicySerial
	}
	defaultSpec(&config.Spec.CommonSpec)
}

// defaultSpec fills in what a type says and, as OpenShift's conversion does, sets each type to what there is.
func defaultSpec(spec *buildv1.CommonSpec) {
	source, strategy := &spec.Source, &spec.Strategy
	if source.Type == buildv1.BuildSourceBinary && source.Binary == nil {
		source.Binary = &buildv1.BinaryBuildSource{}
	}
	if strategy.Type == buildv1.DockerBuildStrategyType && strategy.DockerStrategy == nil {
		strategy.DockerStrategy = &buildv1.DockerBuildStrategy{}
	}
	switch {
	case source.Git != nil:
		source.Type = buildv1.BuildSourceGit
	case source.Binary != nil:
		source.Type = buildv1.BuildSourceBinary
	case source.Dockerfile != nil:
		source.Type = buildv1.BuildSourceDockerfile
	case len(source.Images) > 0:
		source.Type = buildv1.BuildSourceImage
	default:
		source.Type = buildv1.BuildSourceNone
	}
	switch {
	case strategy.SourceStrategy != nil:
		strategy.Type = buildv1.SourceBuildStrategyType
	case strategy.DockerStrategy != nil:
		strategy.Type = buildv1.DockerBuildStrategyType
		if from := strategy.DockerStrategy.From; from != nil && from.Kind == "" {
			from.Kind = "ImageStreamTag"
		}
	case strategy.CustomStrategy != nil:
		strategy.Type = buildv1.CustomBuildStrategyType
	case strategy.JenkinsPipelineStrategy != nil:
		strategy.Type = buildv1.JenkinsPipelineBuildStrategyType
	default:
		strategy.Type = ""
	}
}

func defaultTag(tag *imagev1.TagReference) {
	defaultPolicies(&tag.ImportPolicy, &tag.ReferencePolicy)
}

func defaultImport(image *imagev1.ImageImportSpec) {
	defaultPolicies(&image.ImportPolicy, &image.ReferencePolicy)
	if image.To != nil {
		return
	}
	if reference, err := parseReference(image.From.Name); err == nil && reference.tag != "" && !strings.Contains(image.From.Name, "@") {
		image.To = &corev1.LocalObjectReference{Name: reference.tag}
	}
}

func defaultPolicies(imports *imagev1.TagImportPolicy, references *imagev1.TagReferencePolicy) {
	if imports.ImportMode == "" {
		imports.ImportMode = imagev1.ImportModeLegacy
	}
	if references.Type == "" {
		references.Type = imagev1.SourceTagReferencePolicy
	}
}
